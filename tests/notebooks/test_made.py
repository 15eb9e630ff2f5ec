"""The notebooks that `make notebooks` writes: each piece of MyST as plain Markdown, and every chapter as a whole."""

import ast
import base64
import importlib.util
import pathlib
import re
import xml.etree.ElementTree as xml

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from widgets.catalog import igg_level
from widgets.controls import check

ROOT = pathlib.Path(__file__).parents[2]
PAGES = {path.stem: path.read_text("utf8") for path in sorted((ROOT / "chapters").glob("*.md"))}
WITH_CODE = [name for name, text in PAGES.items() if "```{code-cell}" in text]
LEFT_OVER = re.compile(r"\{[a-z:-]+\}`|^(?::::|`{3,}\{)|^\([\w-]+\)=|^:[a-z]+: |\]\(#|\.\./|\.md\)", re.M)
LABELS = {"toy": "A toy", "toy-dose": "The dose"}
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
def made():
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("notebooks", ROOT / ".ci" / "notebooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def labels(made):
    return {label: words for text in PAGES.values() for label, words in made.labels_in(text).items()}


def markdown_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def svg_in(text):
    """The SVG of the first image in a text."""
    return base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', text)[1]).decode()


# ---- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("myst, markdown", [
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
def test_roles_links_and_labels_become_words_and_formulas_stay(made, myst, markdown):
    assert made.readable(myst, LABELS) == markdown


def test_an_admonition_becomes_a_block_quote_with_its_title(made):
    myst = ":::{admonition} In plain words\n:class: plain-words\n\nOne {cite}`orange2010`.\n\n- two\n:::\n\nAfter."
    assert made.readable(myst, {}) == ("> **In plain words**\n>\n> One (Orange et al., 2010).\n>\n> - two\n\nAfter.")


def test_a_dropdown_becomes_a_disclosure_whose_inside_is_still_markdown(made):
    myst = ":::{dropdown} If IgG < 5 g/L\nThe **trough**.\n:::"
    assert made.readable(myst, {}) == "<details>\n<summary>If IgG &lt; 5 g/L</summary>\n\nThe **trough**.\n\n</details>"


def test_a_table_keeps_its_caption(made):
    myst = ":::{table} Doses {cite}`orange2010`.\n:name: toy-table\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n:::"
    assert made.readable(myst, {}) == "**Table.** Doses (Orange et al., 2010).\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_labels_name_headings_and_tables(made):
    text = "(toy)=\n# A toy\n\n(toy-dose)=\n## The dose\n\n:::{table} Doses.\n:name: toy-table\n\n| a |\n:::\n"
    assert made.labels_in(text) == {"toy": "A toy", "toy-dose": "The dose", "toy-table": "Doses."}


def test_a_drawing_becomes_an_image_with_its_own_colours_words_and_caption(made, tmp_path):
    (tmp_path / "toy.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A dose</title>'
                                      '<desc>One dot.</desc><circle r="4" fill="var(--ivig-igg, #000000)"/></svg>')
    shown = made.readable("```{inline-svg} toy.svg\n:caption: A dot {cite}`orange2010`.\n```", {}, tmp_path)
    assert shown.startswith('<img width="480" alt="A dose. One dot." src="data:')
    assert shown.endswith("\n\n**Figure.** A dot (Orange et al., 2010).")
    assert 'fill="#0072b2"' in svg_in(shown)


def test_colours_become_those_of_the_light_palette(made):
    svg = made.concrete('<?xml version="1.0"?><!-- x --><svg viewBox="0 0 9 9"><rect fill="color-mix(in srgb, var(--ivig-igg) '
                        'calc(0.12 * 100%), transparent)" stroke="color-mix(in srgb, var(--ivig-igg) 35%, transparent)"/>'
                        '<path stroke="var(--ivig-harm)"/></svg>')
    assert 'fill="rgba(0,114,178,0.12)" stroke="rgba(0,114,178,0.35)"' in svg and 'stroke="#b91c1c"' in svg
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>') and "var(" not in svg


def test_a_self_test_asks_first_and_folds_what_each_option_means(made):
    shown = made.self_test([
        {"stem": "Which a_b?", "kind": "single", "keys": ["orange2010"], "options": [
            {"text": "IgG < 5", "correct": True, "feedback": "It *is*."}, {"text": "None", "correct": False, "feedback": "One is."}]},
        {"stem": "How much?", "kind": "numeric", "keys": [], "answer": 98.5, "tolerance": 0.3, "unit": "%", "feedback": "66 / 67."}])
    first, second = shown.split("\n\n**Question 2.** ")
    assert first == ("**Question 1.** Which a\\_b? *One answer is right.*\n\n- A: IgG &lt; 5\n- B: None\n\n"
                     "<details>\n<summary>Answer</summary>\n\n- **A: right.** It \\*is\\*.\n- **B: not this one.** One is.\n\n"
                     "Sources: Orange et al., 2010.\n\n</details>")
    assert second == ("How much? *Work it out, then open the answer.*\n\n<details>\n<summary>Answer</summary>\n\n"
                      "**98.5 %** (within 0.3). 66 / 67.\n\n</details>")


def test_references_are_listed_once_with_journal_year_and_a_link(made):
    keys = made.cited_in("{cite}`orange2010,bruhns2009` and {cite:t}`orange2010`")
    assert keys == ["orange2010", "bruhns2009"]
    head, *entries = made.bibliography(keys).split("\n- ")
    assert head.strip() == "## References" and len(entries) == 2
    assert entries[0].startswith("P. Bruhns, B. Iannascoli") and "*Blood*, 113(16):3716, 2009." in entries[0]
    assert "](https://doi.org/10.1182/blood-2008-09-179754)" in entries[0]


@pytest.mark.parametrize("myst", ["```{mermaid} x\n```", "{doc}`toy`", "{ref}`no-such-label`", "{cite}`nobody1900`"])
def test_what_a_notebook_cannot_show_stops_the_build(made, myst):
    with pytest.raises((ValueError, KeyError)):
        made.readable(myst, LABELS)


# ---- notebooks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_CODE)
def test_every_chapter_becomes_a_notebook_without_a_trace_of_myst(made, labels, name):
    notebook = made.converted(PAGES[name], name, labels)
    nbformat.validate(notebook)
    text = markdown_of(notebook)
    assert not LEFT_OVER.findall(text)
    assert text.startswith("# ") and "not medical advice" in text.split("\n\n")[1]
    assert ("## References" in text) == bool(made.cited_in(PAGES[name]))
    shows = [cell.source for cell in notebook.cells if cell.cell_type == "code" and "show(" in cell.source]
    assert len(shows) == PAGES[name].count("```{code-cell}")
    for data in re.findall(r"base64,([^\"]+)", text):
        svg = base64.b64decode(data).decode()
        assert xml.fromstring(svg) is not None and "var(" not in svg


def test_the_first_cell_gets_the_code_where_it_is_missing_from_one_address(made):
    cell = made.converted(FRONT, "toy", {}).cells[0]
    assert cell.metadata["tags"] == ["colab"] and cell.source.startswith("# ")
    assert made.REPOSITORY in cell.source and made.REPOSITORY.startswith("https://")
    ast.parse(TransformerManager().transform_cell(cell.source))


def test_an_executed_notebook_can_be_read_before_it_runs_and_holds_no_widget_and_no_script(made):
    source = FRONT + ('```{code-cell} ipython3\n:tags: [remove-input]\nfrom widgets import show\n\nshow("igg_level", dose=600)\n```\n\n'
                      '```{code-cell} ipython3\nshow("mechanism_map")\n```\n\n```{code-cell} ipython3\n1 + 1\n```\n')
    notebook = made.converted(source, "toy", {})
    made.execute(notebook)
    nbformat.validate(notebook)
    first, level, drawn, plain = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert first.outputs == [] and [cell.execution_count for cell in (first, level, drawn, plain)] == [1, 2, 3, 4]
    assert plain.outputs[0].data == {"text/plain": "2"} and "widgets" not in notebook.metadata
    assert level.outputs[0].data["text/plain"] == igg_level.describe(**check(igg_level.CONTROLS, {"dose": 600}))
    for cell in (level, drawn):
        assert set(cell.outputs[0].data) == {"text/html", "text/plain"}
        assert "<script" not in cell.outputs[0].data["text/html"] and len(cell.outputs[0].data["text/html"]) < 200_000
    svg = svg_in(drawn.outputs[0].data["text/html"])
    assert xml.fromstring(svg) is not None and "var(" not in svg and "role(" not in svg
