"""The notebooks of the book: each piece of MyST as plain Markdown, every chapter as a whole, and what a run leaves."""

import ast
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from editions import address, markdown, notebooks
from editions.markdown import Page
from tests.conftest import browser_path, needed
from widgets import show
from widgets.catalog import igg_level
from widgets.controls import check
from widgets.hosts import saved, still

ROOT = pathlib.Path(__file__).parents[2]
PAGES = {path.stem: path.read_text("utf8") for path in sorted((ROOT / "chapters").glob("*.md"))}
WITH_CODE = [name for name, text in PAGES.items() if "```{code-cell}" in text]
SITE = "https://book.example/"
LEFT_OVER = re.compile(r"\{[a-z:-]+\}`|^(?::::|`{3,}\{)|^\([\w-]+\)=|^:[a-z]+: |\]\(#|\.\./|\.md\)", re.M)
LABELS = {"toy": ("toy", "A toy"), "toy-dose": ("toy", "The dose"), "fcrn_half": ("fcrn", "Its half-life")}
FRONT = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
review: {status: draft}
updated: "2026-11-21"
---

(toy)=
# A toy

"""


@pytest.fixture(scope="module")
def unrun():
    """The notebooks of all chapters, as they are before they run."""
    return notebooks.unrun()


def in_words(myst, **options):
    """The Markdown of a piece of the page "toy"."""
    return Page("toy", LABELS, **options).markdown(myst)


def markdown_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def svg_in(text):
    """The SVG of the first image in a text."""
    return base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', text)[1]).decode()


# ---- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("myst, words", [
    ("True {cite}`orange2010`.", "True (Orange et al., 2010)."),
    ("True {cite}`bruhns2009,gillis2014`.", "True (Bruhns et al., 2009; Gillis et al., 2014)."),
    ("{cite:t}`orange2010` saw it.", "Orange et al. (2010) saw it."),
    ("In mice {cite}`fcrnitp2011`.", "In mice (Blood, 2011)."),
    ("See {ref}`the toy <toy>` and {ref}`toy-dose`.", "See the toy and The dose."),
    ("It binds {claim}`fcr-01`, it signals {claim}`fcr-02, fcr-03`.", "It binds, it signals."),
    ("{claim}`fcr-04` **The review says** so.", "**The review says** so."),
    ("(toy-dose)=\n## The dose", "## The dose"),
    ("[the dose](#toy-dose), [a page](toy.md)", "the dose, a page"),
    ("[a licence](https://example.org/by/4.0/)", "[a licence](https://example.org/by/4.0/)"),
    ('<a href="../embed/igg_level.html#igg_level?dose=300&amp;interval=21">Open it</a> now', "Open it now"),
    ("$K c$ and\n\n$$\\varphi = \\frac{a}{b}$$", "$K c$ and\n\n$$\\varphi = \\frac{a}{b}$$"),
])
def test_roles_links_and_labels_become_words_and_formulas_stay(myst, words):
    assert in_words(myst) == words


@pytest.mark.parametrize("myst, words", [
    ("See {ref}`the toy <toy>`, {ref}`toy-dose` and [the dose](#toy-dose).", "See the toy, The dose and the dose."),
    ("See {ref}`fcrn_half`.", "See [Its half-life](https://book.example/chapters/fcrn.html#fcrn-half)."),
    ("[FcRn](fcrn.md), [how](fcrn.md#why).",
     "[FcRn](https://book.example/chapters/fcrn.html), [how](https://book.example/chapters/fcrn.html#why)."),
    ('<a href="../embed/igg_level.html#igg_level?dose=300&amp;interval=21">Open it</a>',
     '<a href="https://book.example/embed/igg_level.html#igg_level?dose=300&amp;interval=21">Open it</a>'),
    ('<a href="toy.html#igg_level?dose=300">Set so</a>',
     '<a href="https://book.example/chapters/toy.html#igg_level?dose=300">Set so</a>'),
    ("[a licence](https://example.org/by/4.0/)", "[a licence](https://example.org/by/4.0/)"),
])
def test_where_the_book_has_an_address_what_leads_to_another_page_stays_a_link(myst, words):
    assert in_words(myst, site=SITE) == words


def test_an_admonition_becomes_a_block_quote_with_its_title():
    myst = ":::{admonition} In plain words\n:class: plain-words\n\nOne {cite}`orange2010`.\n\n- two\n:::\n\nAfter."
    assert in_words(myst) == ("> **In plain words**\n>\n> One (Orange et al., 2010).\n>\n> - two\n\nAfter.")


def test_a_dropdown_becomes_a_disclosure_whose_inside_is_still_markdown():
    myst = ":::{dropdown} If IgG < 5 g/L\nThe **trough**.\n:::"
    assert in_words(myst) == "<details>\n<summary>If IgG &lt; 5 g/L</summary>\n\nThe **trough**.\n\n</details>\n<p></p>"


def test_a_table_keeps_its_caption():
    myst = ":::{table} Doses {cite}`orange2010`.\n:name: toy-table\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n:::"
    assert in_words(myst) == "**Table.** Doses (Orange et al., 2010).\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_labels_name_headings_and_tables():
    text = "(toy)=\n# A toy\n\n(toy-dose)=\n## The dose\n\n:::{table} Doses.\n:name: toy-table\n\n| a |\n:::\n"
    assert markdown.labels_in("toy", text) == {
        "toy": ("toy", "A toy"), "toy-dose": ("toy", "The dose"), "toy-table": ("toy", "Doses.")}


def test_a_drawing_becomes_an_image_with_its_own_colours_words_and_caption(tmp_path):
    (tmp_path / "toy.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A dose</title>'
                                      '<desc>One dot.</desc><circle r="4" fill="var(--ivig-igg, #000000)"/></svg>')
    shown = in_words("```{inline-svg} toy.svg\n:caption: A dot {cite}`orange2010`.\n```", folder=tmp_path)
    assert shown.startswith('<img width="480" alt="A dose. One dot." src="data:')
    assert shown.endswith("\n\n**Figure.** A dot (Orange et al., 2010).")
    assert 'fill="#0072b2"' in svg_in(shown)


def test_colours_become_those_of_the_light_palette():
    svg = saved.concrete('<?xml version="1.0"?><!-- x --><svg viewBox="0 0 9 9"><rect fill="color-mix(in srgb, '
                         'var(--ivig-igg) calc(0.12 * 100%), transparent)" '
                         'stroke="color-mix(in srgb, var(--ivig-igg) 35%, transparent)"/>'
                         '<path stroke="var(--ivig-harm)"/></svg>')
    assert 'fill="rgba(0,114,178,0.12)" stroke="rgba(0,114,178,0.35)"' in svg and 'stroke="#b91c1c"' in svg
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>') and "var(" not in svg


def test_names_for_which_plotly_draws_lots_are_the_same_at_every_export():
    svg = ('<svg><defs id="defs-{0}"><pattern id="p{0}-{1}"/><pattern id="p{0}-legend-{1}"/></defs>'
           '<g class="bars trace{1}" fill="url(\'#p{0}-{1}\')"/><g class="trace{2}" fill="url(#clip{0}xy)"/></svg>')
    one = still._themed(svg.format("a1b2c3", "d4e5f6", "a7b8c9"), {})
    other = still._themed(svg.format("0f1e2d", "3c4b5a", "aaaaaa"), {})
    assert one == other and "d4e5f6" not in one
    assert "url('#pp-0')" in one and 'id="pp-0"' in one and 'id="pp-legend-0"' in one and 'class="trace-1"' in one


def test_a_self_test_asks_first_and_folds_what_each_option_means():
    shown = markdown.self_test([
        {"stem": "Which a_b?", "kind": "single", "keys": ["orange2010"], "options": [
            {"text": "IgG < 5", "correct": True, "feedback": "It *is*."},
            {"text": "None", "correct": False, "feedback": "One is."}]},
        {"stem": "How much?", "kind": "numeric", "keys": [], "answer": 98.5, "tolerance": 0.3, "unit": "%",
         "feedback": "66 / 67."}])
    first, second = shown.split("\n\n**Question 2.** ")
    assert first == ("**Question 1.** Which a\\_b? *One answer is right.*\n\n- A: IgG &lt; 5\n- B: None\n\n"
                     "<details>\n<summary>Answer</summary>\n\n- **A: right.** It \\*is\\*.\n"
                     "- **B: not this one.** One is.\n\n"
                     "Sources: Orange et al., 2010.\n\n</details>\n<p></p>")
    assert second == ("How much? *Work it out, then open the answer.*\n\n<details>\n<summary>Answer</summary>\n\n"
                      "**98.5 %** (within 0.3). 66 / 67.\n\n</details>\n<p></p>")


def test_references_are_listed_once_with_journal_year_and_a_link():
    keys = markdown.cited_in("{cite}`orange2010,bruhns2009` and {cite:t}`orange2010`")
    assert keys == ["orange2010", "bruhns2009"]
    head, *entries = markdown.bibliography(keys).split("\n- ")
    assert head.strip() == "## References" and len(entries) == 2
    assert entries[0].startswith("P. Bruhns, B. Iannascoli") and "*Blood*, 113(16):3716, 2009." in entries[0]
    assert "](https://doi.org/10.1182/blood-2008-09-179754)" in entries[0]


@pytest.mark.parametrize("myst", ["```{mermaid} x\n```", "{doc}`toy`", "{ref}`no-such-label`", "{cite}`nobody1900`"])
def test_what_a_notebook_cannot_show_stops_the_build(myst):
    with pytest.raises((ValueError, KeyError)):
        in_words(myst)


# ---- notebooks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_CODE)
def test_every_chapter_becomes_a_notebook_without_a_trace_of_myst(unrun, name):
    notebook = unrun[name]
    nbformat.validate(notebook)
    text = markdown_of(notebook)
    assert not LEFT_OVER.findall(text)
    assert text.startswith("# ") and "not medical advice" in text.split("\n\n")[1]
    assert ("## References" in text) == bool(markdown.cited_in(PAGES[name]))
    shows = [cell.source for cell in notebook.cells if cell.cell_type == "code" and "show(" in cell.source]
    assert len(shows) == PAGES[name].count("```{code-cell}")
    for data in re.findall(r"base64,([^\"]+)", text):
        svg = base64.b64decode(data).decode()
        assert xml.fromstring(svg) is not None and "var(" not in svg


def test_pages_without_code_have_no_notebook(unrun):
    assert list(unrun) == WITH_CODE


def test_a_notebook_says_its_kernel_and_language_and_its_cells_keep_their_names(unrun):
    for notebook in unrun.values():
        assert notebook.metadata.kernelspec.name == "python3" and notebook.metadata.language_info.name == "python"
        assert [cell.id for cell in notebook.cells] == [f"cell-{n}" for n in range(len(notebook.cells))]


def test_what_a_chapter_may_not_hold_is_said_with_its_name():
    with pytest.raises(ValueError, match=r"chapters/toy.md: .*mermaid"):
        notebooks.converted(FRONT + "```{mermaid} x\n```\n", Page("toy", {}))


# ---- the first cell ------------------------------------------------------------------------------------


def first_cell():
    return notebooks.converted(FRONT, Page("toy", {})).cells[0]


def ran(source, found, platform, colab=False):
    """What the first cell does in a place: the packages it installs, and what it asks of Colab."""
    asked = []

    class Util:
        find_spec = staticmethod(lambda name: name if found else None)
    tools = type("importlib", (), {"util": Util})
    places = {"importlib.util": tools, "importlib": tools,
              "sys": type("sys", (), {"platform": platform, "modules": {"google.colab": 1} if colab else {}}),
              "google.colab": type("colab", (), {"output": type("output", (), {
                  "enable_custom_widget_manager": staticmethod(lambda: asked.append("widgets"))})})}
    source = re.sub(r"^(\s*)%pip (.*)$", r"\1pip(\2)".replace(r"(\2)", r'("\2")'), source, flags=re.M)
    exec(source, {"pip": asked.append, "__builtins__": {"__import__": lambda name, *_: places[name]}})
    return asked


@pytest.mark.parametrize("found, platform, colab, asked", [
    (True, "linux", False, []),
    (True, "emscripten", False, []),
    (False, "emscripten", False, ["install --quiet ivig-textbook"]),
    (False, "linux", False, [f"install --quiet git+{address.repository()}"]),
    (False, "linux", True, [f"install --quiet git+{address.repository()}", "widgets"]),
    (True, "linux", True, ["widgets"]),
])
def test_the_first_cell_gets_the_code_only_where_it_is_missing(found, platform, colab, asked):
    assert ran(first_cell().source, found, platform, colab) == asked


def test_the_first_cell_is_hidden_and_has_a_title():
    cell = first_cell()
    assert cell.metadata == {"tags": ["colab"], "jupyter": {"source_hidden": True}, "cellView": "form"}
    assert cell.source.startswith("#@title ")
    ast.parse(TransformerManager().transform_cell(cell.source))


# ---- unrun ---------------------------------------------------------------------------------------------


def test_notebooks_that_are_not_run_need_neither_sphinx_nor_a_browser(tmp_path):
    """As on a machine of Binder: without the book's tools, and with no notebook folder made before."""
    without = ("sphinx", "docutils", "sphinxcontrib", "kaleido", "nbclient", "myst_nb", "playwright")
    code = (f"import sys\nfor name in {without}: sys.modules[name] = None\n"
            f"from editions import notebooks\nnotebooks.main(['--unrun', {str(tmp_path / 'chapters')!r}])")
    kept = {name: value for name, value in os.environ.items() if name != "BROWSER_PATH"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120,
                          env={**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    assert sorted(path.stem for path in (tmp_path / "chapters").iterdir()) == WITH_CODE
    notebook = nbformat.read(tmp_path / "chapters" / "dose_and_level.ipynb", 4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)


# ---- run -----------------------------------------------------------------------------------------------


def cells(*sources):
    return FRONT + "".join(f"```{{code-cell}} ipython3\n:tags: [remove-input]\n{source}\n```\n\n" for source in sources)


def run(text, home, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", needed(browser_path()))
    return notebooks.executed(notebooks.converted(text, Page("toy", {})), "toy", home)


def test_an_executed_notebook_can_be_read_before_it_runs_and_holds_no_widget_and_no_script(tmp_path, monkeypatch):
    notebook = run(cells('from widgets import show\n\nshow("igg_level", dose=600)', 'show("mechanism_map")', "1 + 1"),
                   tmp_path, monkeypatch)
    nbformat.validate(notebook)
    first, level, drawn, plain = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert first.outputs == [] and [cell.execution_count for cell in (first, level, drawn, plain)] == [1, 2, 3, 4]
    assert plain.outputs[0].data == {"text/plain": "2"} and notebook.metadata == notebooks.METADATA
    assert level.outputs[0].data["text/plain"] == igg_level.describe(**check(igg_level.CONTROLS, {"dose": 600}))
    for cell in (level, drawn):
        assert set(cell.outputs[0].data) == {"text/html", "text/plain"}
        assert "<script" not in cell.outputs[0].data["text/html"] and len(cell.outputs[0].data["text/html"]) < 200_000
        svg = svg_in(cell.outputs[0].data["text/html"])
        assert xml.fromstring(svg) is not None and "var(" not in svg and "role(" not in svg
    assert "peak" in svg_in(level.outputs[0].data["text/html"])


def test_a_cell_that_raises_is_named_by_its_page_its_place_and_its_words(tmp_path, monkeypatch):
    with pytest.raises(notebooks.Raised) as said:
        run(cells("1 + 1", 'from widgets import show\nshow("igg_level", dose=-1)', "2 + 2"), tmp_path, monkeypatch)
    assert str(said.value).startswith("chapters/toy.md, code cell 2:\n\n    from widgets import show\n    show(")
    assert "ValueError: igg_level" in str(said.value) or "ValueError: dose must be" in str(said.value)


@pytest.fixture
def toys(tmp_path, monkeypatch):
    """A book of two chapters, whose cells are not really run; the list of what was."""
    done = []
    for name in ("CHAPTERS", "FOLDER", "MADE", "SITE"):
        monkeypatch.setattr(notebooks, name, tmp_path / name.lower())
        (tmp_path / name.lower()).mkdir()
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    monkeypatch.setattr(notebooks, "DIGESTS", tmp_path / "digests.json")
    monkeypatch.setattr(notebooks, "of_all", lambda pictures: f"the same, {pictures}")
    monkeypatch.setattr(notebooks, "executed", lambda notebook, name, home: done.append(name) or notebook)
    for name in ("one", "two"):
        (notebooks.CHAPTERS / f"{name}.md").write_text(cells("1 + 1"))
    return done


def made_by(toys):
    toys.clear()
    notebooks.main([])
    return sorted(toys)


def test_a_notebook_is_run_again_only_if_something_changed_that_it_is_made_of(toys, monkeypatch):
    assert made_by(toys) == ["one", "two"] and made_by(toys) == []
    (notebooks.CHAPTERS / "one.md").write_text(cells("1 + 2"))
    assert made_by(toys) == ["one"]
    (notebooks.MADE / "two.ipynb").unlink()
    assert made_by(toys) == ["two"]
    monkeypatch.setattr(notebooks, "of_all", lambda pictures: "other widgets")
    assert made_by(toys) == ["one", "two"] and made_by(toys) == []


def test_the_notebooks_lie_beside_the_pages_and_those_without_a_chapter_go(toys):
    notebooks.main([])
    (notebooks.CHAPTERS / "one.md").unlink()
    notebooks.main([])
    assert [path.name for path in notebooks.MADE.iterdir()] == ["two.ipynb"]
    assert [path.name for path in notebooks.SITE.iterdir()] == ["two.ipynb"]
    assert list(json.loads(notebooks.DIGESTS.read_text())) == ["two"]


def test_a_notebook_that_does_not_run_ends_the_command_and_keeps_those_that_did(toys, monkeypatch):
    def executed(notebook, name, home):
        if name == "two":
            raise notebooks.Raised("chapters/two.md, code cell 1: no.")
        return notebook
    monkeypatch.setattr(notebooks, "executed", executed)
    with pytest.raises(SystemExit, match="chapters/two.md, code cell 1: no."):
        notebooks.main([])
    assert "two" not in notebooks.kept_digests()


def test_what_all_notebooks_are_made_of_counts_widgets_data_and_pictures():
    notebooks.of_all.cache_clear()
    before = notebooks.of_all(True)
    assert before != notebooks.of_all(False)
    for path in ("widgets/models/igg_level.py", "widgets/hosts/page/palette.css", "data/reactions.yml",
                 "references.bib"):
        path = ROOT / path
        with pytest.MonkeyPatch.context() as patch:
            read = pathlib.Path.read_bytes
            patch.setattr(pathlib.Path, "read_bytes", lambda self: read(self) + (b"#" if self == path else b""))
            notebooks.of_all.cache_clear()
            assert notebooks.of_all(True) != before
    notebooks.of_all.cache_clear()


# ---- what a live card says -----------------------------------------------------------------------------


def test_a_live_card_needs_no_browser_and_brings_its_sentence(monkeypatch):
    monkeypatch.delenv("IVIG_STILLS", raising=False)
    monkeypatch.delenv("IVIG_HOST", raising=False)
    monkeypatch.setattr(saved, "saved", lambda *_: pytest.fail("a picture was asked for"))
    card = show("igg_level")
    card.boxes["dose"].value = 600
    bundle = card._repr_mimebundle_(include=None, exclude=None)
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}
    assert bundle["text/plain"] == igg_level.describe(**check(igg_level.CONTROLS, {"dose": 600}))
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == card.model_id


def test_a_table_in_a_saved_output_is_set_to_the_left(monkeypatch):
    monkeypatch.setenv("IVIG_STILLS", "1")
    monkeypatch.delenv("IVIG_HOST", raising=False)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    html = show("mechanism_map")._repr_mimebundle_()["text/html"]
    cells = re.findall(r"<t[hd][ >][^>]*", html)
    assert len(cells) > 50 and all('style="text-align: left"' in cell for cell in cells)
