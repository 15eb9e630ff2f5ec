"""The card of a built page: whole without JavaScript, the same in every build, safe whatever it says."""

import functools
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

import widgets
from widgets import catalog
from widgets.controls import choice, opening, slider, toggle
from widgets.figures import axis, curve, layout
from widgets.hosts import draw, page, references

NASTY = """</script><script>alert(1)</script> '"><img src=x onerror=alert(2)> <!--<script> & © $id ${title}"""
PACKAGES = {"widgets", "widgets.catalog", "widgets.models", "widgets.hosts"}
every_widget = pytest.mark.parametrize("widget", [catalog.find(name) for name in catalog.names()],
                                       ids=catalog.names())


@pytest.fixture(autouse=True)
def no_browser(monkeypatch):
    """Without a browser the card has no still picture: an export takes seconds and is tested elsewhere."""
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(page, "_shown", {})


def card(widget, identifier="card", **values):
    return page.card(widget, opening(widget.CONTROLS) | values, identifier)


@functools.cache
def opening_card(name):
    return card(catalog.find(name))


def read(text):
    return BeautifulSoup(text, "html.parser")


def data_of(text):
    return json.loads(read(text).select_one("script.data").string)


def fake(words="plain", **more):
    """A widget whose every text is `words`, under the name of one that has a file."""
    controls = [slider("level", words, unit=words, min=0, max=9, step=0.5, value=4, help=words),
                slider("fold", words, unit="", min=1, max=10, value=2, log=True),
                choice("show", words, options={words: words, "b": "B"}, value=words, help=words),
                toggle("divided", words, value=True, help=words)]

    def figure(level, fold, show, divided):
        line = curve([0, level], [0, fold], "igg", words, hover=words)
        return {"data": [line], "layout": layout(axis(words), axis("g/L"))}

    made = SimpleNamespace(
        __name__="widgets.catalog.igg_level", TITLE=words, CONTROLS=controls, figure=figure,
        describe=lambda **values: words, PRESETS={words: {"level": 1}},
        LIMITS=[words, words + " [orange2010]"])
    vars(made).update(more)
    return made


# ---- whole without JavaScript ---------------------------------------------------------------------


@every_widget
def test_title_sentence_limits_and_presets_are_in_the_card(widget):
    found = read(opening_card(page.name_of(widget)))
    assert found.select_one(".title").text == widget.TITLE
    assert found.select_one(".sentence").text == widget.describe(**opening(widget.CONTROLS))
    assert [item.text for item in found.select(".limits li")] == [
        read(references.linked(limit)).text for limit in widget.LIMITS]
    assert [button["data-preset"] for button in found.select(".presets button")] == list(widget.PRESETS)
    assert [button.text for button in found.select(".presets button")] == list(widget.PRESETS)


@every_widget
def test_numbers_of_the_opening_figure_are_in_the_card(widget):
    tables = draw.tables(widget.figure(**opening(widget.CONTROLS)))
    found = read(opening_card(page.name_of(widget))).select(".numbers table")
    assert len(found) == len(tables)
    for shown, table in zip(found, tables):
        assert [cell.text for cell in shown.select("thead th")] == table["columns"]
        rows = [[cell.text for cell in row.select("td")] for row in shown.select("tbody tr")]
        assert 0 < len(rows) <= page.TABLE_ROWS or not table["rows"]
        assert rows[:1] == [[page._cell(value) for value in row] for row in table["rows"][:1]]
        assert bool(shown.caption) == (len(rows) < len(table["rows"]))


@every_widget
def test_every_control_is_there_with_its_label_and_start_value(widget):
    found = read(opening_card(page.name_of(widget)))
    assert [box["data-control"] for box in found.select("[data-control]")] == list(opening(widget.CONTROLS))
    for control in widget.CONTROLS:
        box = found.select_one(f'[data-control="{control["name"]}"]')
        assert box.label.text == control["label"]
        if control["kind"] == "slider":
            assert float(box.select_one("input[type=number]")["value"]) == control["value"]
            place = float(box.select_one("input[type=range]")["value"])
            assert (control["grid"][int(place)] if "grid" in control else place) == control["value"]
        elif control["kind"] == "choice":
            options = [(option["value"], option.text) for option in box.select("option")]
            assert options == [(str(option["value"]), option["label"]) for option in control["options"]]
            assert [option["value"] for option in box.select("option[selected]")] == [str(control["value"])]
        else:
            assert box.input.has_attr("checked") == control["value"]
        about = found.find(id=f"card-{control['name']}-help")
        assert (about.text if about else "") == control["help"]


@every_widget
def test_every_source_file_is_linked_and_has_its_place(widget):
    found = read(opening_card(page.name_of(widget)))
    modules = [module for module in page.modules_of(widget.__name__) if module not in page.ENGINE]
    assert [part["data-module"] for part in found.select(".code [data-module]")] == modules
    assert modules[-1] == widget.__name__
    for module, link in zip(modules, found.select(".code a"), strict=True):
        assert page.ROOT.joinpath(link.text) == page.path_of(module)
        assert link["href"] == "../_static/page/source/" + link.text


@every_widget
def test_task_and_table_are_in_the_card(widget):
    found = read(opening_card(page.name_of(widget)))
    task, start = getattr(widget, "TASK", None), opening(widget.CONTROLS)
    assert bool(found.select(".predict")) == bool(found.select("details.answer")) == bool(task)
    if task:
        assert found.select_one(".predict").text == "Predict " + read(references.linked(task["predict"])).text
        assert found.select_one(".answer p").text == read(references.linked(task["answer"])).text
    if not hasattr(widget, "table"):
        assert not found.select(".facts")
        return
    table, shown = widget.table(**start), found.select_one(".facts table")
    assert shown.caption.text == table["caption"]
    assert [cell.text for cell in shown.select("thead th")] == table["columns"]
    rows = [[references.worded(str("" if cell is None else cell)) for cell in row]
            for row in draw.table_texts(table)["rows"]]
    assert [[cell.text for cell in row.select("th, td")] for row in shown.select("tbody tr")] == rows
    assert bool(found.select(".facts input")) == (len(rows) > page.SEARCHED_ROWS)
    assert "[" not in shown.text and "role(" not in str(found.select_one(".facts"))


@every_widget
def test_a_card_opens_at_the_values_a_chapter_gives(widget):
    first = widget.CONTROLS[0]
    value = first["options"][-1]["value"] if first["kind"] == "choice" else first.get("max", True)
    text = card(widget, **{first["name"]: value})
    start = opening(widget.CONTROLS) | {first["name"]: value}
    assert read(text).select_one(".sentence").text == widget.describe(**start)
    assert data_of(text)["start"] == start


# ---- what the script is given ---------------------------------------------------------------------


@every_widget
def test_the_script_finds_the_opening_state_and_figure(widget):
    start = opening(widget.CONTROLS)
    data, drawn = data_of(opening_card(page.name_of(widget))), draw.draw(widget, start)
    assert data["module"] == widget.__name__ and data["start"] == start
    assert data["sentence"] == drawn["sentence"]
    assert data["controls"] == widget.CONTROLS and data["presets"] == widget.PRESETS
    assert data["figure"] == page._rounded(drawn["figure"])
    if "svg" in drawn["figure"]:
        return
    for held, trace in zip(data["figure"]["data"], drawn["figure"]["data"], strict=True):
        assert len(held["y"]) == len(trace["y"])
        assert all(one == pytest.approx(other, rel=1e-5) if isinstance(other, float) else one == other
                   for one, other in zip(held["y"], trace["y"]))


@every_widget
def test_modules_are_all_that_a_widget_needs_each_after_what_it_imports(widget):
    modules = page.modules_of(widget.__name__)
    asked = f"import sys, {widget.__name__}; print(*[m for m in sys.modules if m.split('.')[0] == 'widgets'])"
    loaded = subprocess.run([sys.executable, "-c", asked], cwd=page.ROOT, text=True, capture_output=True,
                            check=True)
    assert sorted(m for m in modules if not m.startswith("data.")) == sorted(set(loaded.stdout.split()) - PACKAGES)
    for place, module in enumerate(modules):
        assert set(page.modules_of(module)) <= set(modules[:place + 1])


def test_a_module_that_two_others_need_is_given_once_and_before_both(tmp_path, monkeypatch):
    needs = {"catalog/a": "from widgets.models import b\nfrom widgets.models.c import x", "models/d": "import math",
             "models/b": "from widgets.models.d import y", "models/c": "def x():\n    from widgets.models import d"}
    for name, source in needs.items():
        (tmp_path / "widgets" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "widgets" / f"{name}.py").write_text(source)
    monkeypatch.setattr(page, "ROOT", tmp_path)
    assert page.modules_of("widgets.catalog.a") == [
        "widgets.models.d", "widgets.models.b", "widgets.models.c", "widgets.catalog.a"]


@every_widget
def test_the_interpreter_is_given_its_engine_and_the_modules_once_each(widget):
    modules = data_of(opening_card(page.name_of(widget)))["modules"]
    assert len(modules) == len(set(modules)) and modules[-1] == widget.__name__
    assert set(modules) == set(page.ENGINE) | set(page.modules_of(widget.__name__))
    for module in page.ENGINE:
        assert set(page.modules_of(module)) <= set(page.ENGINE)
    assert "widgets.hosts.browser" in page.ENGINE  # worker.js asks it


def test_a_figure_with_a_number_that_is_none_is_refused_at_build_time():
    def figure(**values):
        return {"data": [curve([0.0], [float("nan")], "igg", "IgG")], "layout": layout(axis("x"), axis("y"))}
    with pytest.raises(ValueError, match="not JSON compliant"):
        card(fake(figure=figure))


def test_numbers_of_the_opening_figure_have_six_digits():
    assert page._rounded({"x": [1.23456789, 2, None, "1.23456789", True], "y": (1e-9,)}) == {
        "x": [1.23457, 2, None, "1.23456789", True], "y": [1e-9]}
    assert page._rounded({"xaxis": {"range": (-1.09691001, 4)}}) == {"xaxis": {"range": (-1.09691001, 4)}}


# ---- the same in every build ----------------------------------------------------------------------


def test_two_builds_give_the_same_text_without_any_ipywidgets():
    asked = ("import sys\nfrom widgets import catalog, show\n"
             "print(*[show(name)._repr_html_() for name in catalog.names()], sep='')\n"
             "print([m for m in sys.modules if m.split('.')[0] in ('ipywidgets', 'plotly', 'anywidget')])")
    built = []
    for seed in ("1", "2"):
        place = os.environ | {"PYTHONHASHSEED": seed, "IVIG_HOST": "page"}
        built.append(subprocess.run([sys.executable, "-c", asked], cwd=page.ROOT, env=place, text=True,
                                    encoding="utf8", capture_output=True, check=True).stdout)
    assert built[0] == built[1]
    assert built[0].endswith("</section>\n\n[]\n"), "the page host imports no ipywidgets and no Plotly"
    assert "vnd.jupyter" not in built[0]
    here = [page.card(widget, opening(widget.CONTROLS), page.name_of(widget))
            for widget in map(catalog.find, catalog.names())]
    assert built[0] == "".join(here) + "\n[]\n"


def test_a_notebook_is_given_html_and_nothing_else(monkeypatch):
    monkeypatch.setenv("IVIG_HOST", "page")
    shown = widgets.show(catalog.names()[0])
    assert [name for name in dir(shown) if name.startswith(("_repr_", "_ipython_"))] == ["_repr_html_"]
    assert shown._repr_html_() == card(catalog.find(catalog.names()[0]), catalog.names()[0])


@every_widget
def test_nothing_in_a_card_comes_from_elsewhere(widget):
    for part in read(opening_card(page.name_of(widget))).find_all(True):
        for key in ("src", "href", "srcset", "action", "data"):
            assert not part.get(key, "").startswith(("http:", "https:", "//")), part


# ---- a second card on a page ----------------------------------------------------------------------


@every_widget
def test_a_second_card_of_a_page_shares_no_id_with_the_first(widget):
    cards = [page.show(widget, opening(widget.CONTROLS)) for _ in range(3)]
    found = read("".join(one._repr_html_() for one in cards))
    ids = [part["id"] for part in found.select("[id]")]
    name = page.name_of(widget)
    assert [part["id"] for part in found.select(".ivig-widget")] == [name, name + "-2", name + "-3"]
    assert [part["data-widget"] for part in found.select(".ivig-widget")] == [name] * 3
    assert len(ids) == len(set(ids))


@every_widget
def test_labels_and_descriptions_point_to_what_is_there(widget):
    found = read(card(widget, "igg_level-2"))
    for part in found.find_all(True):
        for key in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            said = part.get(key, "")
            for pointed in " ".join(said if isinstance(said, list) else [said]).split():
                assert len(found.select(f'[id="{pointed}"]')) == 1, f"{key}={pointed}"


# ---- tables, drawings, tasks ------------------------------------------------------------------------


def test_a_long_table_gets_a_search_field_and_chapters_that_are_not_there_get_no_link():
    def table(rows):
        return lambda **values: {"caption": "Seen", "columns": ["What", "Where"], "rows": [
            [f"row {n} [orange2010]", {"text": "there", "to": "intro" if n else "nowhere"}] for n in range(rows)]}
    few, many = read(card(fake(table=table(12)))), read(card(fake(table=table(13))))
    assert not few.select(".search") and len(many.select(".search input[type=search]")) == 1
    links = [(link.text, link["href"]) for link in few.select(".facts td a")]
    assert links == 11 * [("there", "../chapters/intro.html")]
    assert few.select_one(".facts tbody th a")["href"] == references.address("orange2010")
    known = data_of(card(fake(table=table(1))))["known"]
    cited = [key for key in references.keys_in(page.source_of("widgets.catalog.igg_level")) if references.has(key)]
    assert "intro" in known["chapters"] and cited
    assert {key: known["citations"][key] for key in cited} == {key: references.short(key) for key in cited}
    assert data_of(card(fake()))["known"] is None


def test_a_drawing_is_its_own_still_picture_in_the_colours_of_the_page():
    svg = {"wide": '<svg viewBox="0 0 9 9"><title>w</title><g id="a" fill="role(cell)"/><use href="#a"/></svg>',
           "narrow": '<svg viewBox="0 0 9 9"><title>n</title><path fill="role(igg,0.12)"/></svg>'}
    found = read(card(fake(figure=lambda **values: {"svg": svg})))
    assert "drawing" in found.section["class"] and not found.select(".numbers")
    wide, narrow = found.select(".still")
    assert wide.g["fill"] == "var(--ivig-cell)" and wide.use["href"] == "#" + wide.g["id"] != "#a"
    assert narrow.path["fill"] == "color-mix(in srgb, var(--ivig-igg) 12%, transparent)"


def test_data_of_the_book_reach_the_interpreter_as_a_python_module(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "widgets" / "catalog").mkdir(parents=True)
    (tmp_path / "data" / "seen.yml").write_text("- {name: ä, keys: [x]}\n", "utf8")
    (tmp_path / "widgets" / "catalog" / "a.py").write_text('ROWS = read("seen")\n', "utf8")
    monkeypatch.setattr(page, "ROOT", tmp_path)
    monkeypatch.setattr(page, "read", lambda name: [{"name": "ä", "keys": ["x"]}])
    assert page.modules_of("widgets.catalog.a") == ["data.seen", "widgets.catalog.a"]
    held = {}
    exec(page.source_of("data.seen"), held)
    assert held["CONTENT"] == [{"name": "ä", "keys": ["x"]}]


# ---- whatever a text says -------------------------------------------------------------------------


def test_a_text_is_shown_as_it_is_and_never_becomes_markup():
    def markup(found):
        return [(part.name, list(part.attrs)) for part in found.find_all(True)]

    quiet, loud = read(card(fake("plain"))), read(card(fake(NASTY)))
    assert markup(loud) == markup(quiet)
    assert loud.select_one(".title").text == loud.select_one(".sentence").text == NASTY
    assert [item.text for item in loud.select(".limits li")] == [NASTY, NASTY + " (Orange et al., 2010)"]
    assert {part.text for part in loud.select("form label, .presets button, option, .unit, dt, dd")} == {
        NASTY, "B", ""}
    assert loud.form["aria-label"] == "Controls: " + NASTY
    assert loud.select_one(".presets button")["data-preset"] == NASTY


def test_data_for_the_script_holds_any_text_and_cannot_end_the_script():
    text = card(fake(NASTY))
    data = data_of(text)
    assert data["controls"][0]["label"] == data["sentence"] == data["figure"]["data"][0]["name"] == NASTY
    inside = text[text.index('class="data">') + len('class="data">'):text.rindex("</script>")]
    assert "<" not in inside and json.loads(inside) == data


def test_a_widget_may_have_neither_presets_nor_limits_nor_help():
    bare = fake()
    for name in ("PRESETS", "LIMITS"):
        delattr(bare, name)
    bare.CONTROLS = [dict(control, help="") for control in bare.CONTROLS]
    found = read(card(bare))
    assert not found.select(".presets, .limits li, .about, [aria-describedby$='-help']")
    assert data_of(card(bare))["presets"] == {}


def test_a_cell_has_four_digits_or_plain_words():
    assert [page._cell(value) for value in (1.23456, 12345.6, 7, None, "<b>IgG1</b>", "<5 & >2", "")] == [
        "1.235", "1.235e+04", "7", "", "IgG1", "&lt;5 &amp; &gt;2", ""]


def test_a_long_table_is_thinned_and_says_so():
    def shown(count):
        return read(page.tables_html([{"columns": ["<x>", "y"], "rows": [[n, n / 3] for n in range(count)]}]))
    assert len(shown(25).select("tbody tr")) == 25 and not shown(25).caption
    assert len(shown(26).select("tbody tr")) == 13 and "2" in shown(26).caption.text
    assert len(shown(500).select("tbody tr")) == 25 and "20" in shown(500).caption.text
    assert shown(1).th.text == "<x>" and page.tables_html([]) == ""


# ---- show -----------------------------------------------------------------------------------------


def test_show_says_which_widgets_and_controls_there_are(monkeypatch):
    monkeypatch.setenv("IVIG_HOST", "page")
    with pytest.raises(ValueError, match="no widget 'igg'; the widgets are: .*igg_level"):
        widgets.show("igg")
    with pytest.raises(ValueError, match="no control 'doze'; the controls are: dose, interval"):
        widgets.show("igg_level", doze=400)
    with pytest.raises(ValueError, match="dose must be 100 to 2000 mg/kg, got 50"):
        widgets.show("igg_level", dose=50)
