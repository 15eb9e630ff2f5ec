"""What every widget promises, whatever it is about: see widgets/catalog/__init__.py."""

import inspect
import json
import keyword
import re
from xml.etree import ElementTree

import pytest

from tests.asking import states
from widgets import catalog
from widgets.controls import check, opening
from widgets.hosts import draw
from widgets.hosts.palette import palette

every_widget = pytest.mark.parametrize("widget", [catalog.find(name) for name in catalog.names()],
                                       ids=catalog.names())


def answered(widget, state):
    read = [widget.table(**state)] if hasattr(widget, "table") else []
    return json.dumps([widget.figure(**state), widget.describe(**state)] + read)


def test_the_folder_is_the_catalogue():
    assert catalog.names() == sorted(catalog.names()) and "igg_level" in catalog.names()
    with pytest.raises(ValueError, match="no widget 'igg'; the widgets are: .*igg_level"):
        catalog.find("igg")
    with pytest.raises(ValueError, match="no widget '__init__'"):
        catalog.find("__init__")


@every_widget
def test_a_widget_has_a_question_for_its_title_and_says_what_it_is(widget):
    assert widget.TITLE.endswith("?") and draw.plain(widget.TITLE) == widget.TITLE and len(widget.TITLE) <= 90
    assert widget.__doc__ and widget.figure.__doc__ and widget.describe.__doc__


@every_widget
def test_figure_and_describe_take_one_argument_for_each_control(widget):
    names = [control["name"] for control in widget.CONTROLS]
    for function in (widget.figure, widget.describe, getattr(widget, "table", widget.figure)):
        parameters = inspect.signature(function).parameters.values()
        assert [parameter.name for parameter in parameters] == names
        assert all(parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.default is parameter.empty
                   for parameter in parameters)


@every_widget
def test_controls_have_names_and_labels_of_their_own(widget):
    names, labels = [c["name"] for c in widget.CONTROLS], [c["label"] for c in widget.CONTROLS]
    assert names and len(set(names)) == len(names) and len(set(labels)) == len(labels)
    assert all(name.isidentifier() and not keyword.iskeyword(name) for name in names)
    assert all(label and draw.plain(label) == label for label in labels)
    for control in widget.CONTROLS:
        if control["kind"] == "choice":
            options = [option["value"] for option in control["options"]]
            assert len(options) > 1 and len({str(option) for option in options}) == len(options)


@every_widget
def test_the_opening_state_is_one_that_the_controls_offer(widget):
    assert check(widget.CONTROLS, opening(widget.CONTROLS)) == opening(widget.CONTROLS)


@every_widget
def test_a_slider_reaches_its_end_by_whole_steps(widget):
    for control in widget.CONTROLS:
        if "step" in control:
            check([control], {control["name"]: control["max"]})


@every_widget
def test_presets_hold_values_that_the_controls_offer(widget):
    for words, preset in getattr(widget, "PRESETS", {}).items():
        assert words and preset and draw.plain(words) == words
        check(widget.CONTROLS, preset)


@every_widget
def test_start_and_presets_of_a_logarithmic_slider_stand_on_its_grid(widget):
    """A link to a state between two values of the grid would open at one of the two."""
    for control in widget.CONTROLS:
        for state in [opening(widget.CONTROLS), *getattr(widget, "PRESETS", {}).values()]:
            if "grid" in control and control["name"] in state:
                assert state[control["name"]] in control["grid"], control["name"]


@every_widget
def test_no_two_presets_are_the_same_state(widget):
    opened = opening(widget.CONTROLS)
    reached = [json.dumps(opened | preset) for preset in getattr(widget, "PRESETS", {}).values()]
    assert len(set(reached)) == len(reached)


@every_widget
def test_limits_are_a_few_sentences(widget):
    assert isinstance(widget.LIMITS, list) and 3 <= len(widget.LIMITS) <= 7
    assert all(isinstance(limit, str) and limit.endswith((".", "?")) and limit[0] == limit[0].upper()
               and draw.plain(limit) == limit for limit in widget.LIMITS)


@every_widget
def test_a_task_asks_before_and_tells_after(widget):
    task = getattr(widget, "TASK", None)
    if task is None:
        return
    assert set(task) == {"predict", "answer"} and "?" in task["predict"]
    assert task["answer"].endswith((".", "]")) and len(task["predict"]) <= 320 and len(task["answer"]) <= 500
    assert all(draw.plain(text) == text == text.strip() for text in task.values())


@every_widget
def test_a_table_has_a_caption_and_whole_rows_of_plain_cells(widget):
    for state in states(widget) if hasattr(widget, "table") else []:
        table = widget.table(**state)
        assert set(table) == {"caption", "columns", "rows"} and table["caption"] and len(table["columns"]) <= 7
        assert len(set(table["columns"])) == len(table["columns"])
        for row in table["rows"]:
            assert len(row) == len(table["columns"]) and row[0]
            for cell in row:
                if isinstance(cell, dict):
                    assert set(cell) <= {"text", "role", "to"} and cell["text"]
                    assert re.fullmatch(r"[a-z_]+", cell.get("to", "chapter"))
                    assert cell.get("role", "text") in palette()
                else:
                    assert cell is None or isinstance(cell, (str, int, float))


@every_widget
def test_a_drawing_is_svg_for_two_widths_that_says_what_it_shows(widget):
    for state in states(widget):
        for svg in widget.figure(**state).get("svg", {}).values():
            root = ElementTree.fromstring(svg)
            assert root.tag.endswith("svg") and root.get("viewBox") and not root.get("width")
            below = {part.tag.rpartition("}")[2]: part for part in root}
            assert below["title"].text and len(below["desc"].text) > 40
            assert {"image", "script", "style", "foreignObject"}.isdisjoint(
                part.tag.rpartition("}")[2] for part in root.iter())
            assert set(re.findall(r"role\((\w+)", svg)) <= set(palette())
            paints = [part.get(name) for part in root.iter() for name in ("fill", "stroke")]
            assert all(paint in (None, "none") or paint.startswith("role(") for paint in paints)
        assert set(widget.figure(**state).get("svg", {"wide": 0, "narrow": 0})) == {"wide", "narrow"}


@every_widget
def test_a_figure_is_plain_data_without_numbers_that_are_none(widget):
    for state in states(widget):
        figure = widget.figure(**state)
        assert set(figure) == {"data", "layout"} and figure["data"] or set(figure) == {"svg"}
        assert json.loads(json.dumps(figure, allow_nan=False)) == json.loads(json.dumps(figure))


@every_widget
def test_every_trace_stands_on_axes_that_have_a_title_and_a_fixed_range(widget):
    for state in states(widget):
        figure = widget.figure(**state)
        for trace in figure.get("data", []):
            assert len(trace["x"]) == len(trace["y"]) and trace["name"] and trace["meta"]["role"]
            for letter in "xy":
                axis = figure["layout"][letter + "axis" + trace.get(letter + "axis", letter)[1:]]
                assert "text" in axis["title"]
                assert "range" in axis or axis.get("type") == "category" or isinstance(trace[letter][0], str)


@every_widget
def test_the_sentence_is_plain_text_for_the_ear(widget):
    for state in states(widget):
        said = widget.describe(**state)
        assert said.endswith(".") and said == said.strip() and draw.plain(said) == said
        assert not re.search(r"\b(nan|inf|None|True|False)\b|\{|\}|  |\.\.|e[+-]\d\d", said), said


@every_widget
def test_an_answer_does_not_depend_on_what_was_asked_before(widget):
    asked = states(widget)
    first = [answered(widget, state) for state in asked]
    assert [answered(widget, state) for state in reversed(asked)] == first[::-1]


@every_widget
def test_a_figure_shares_no_dict_with_the_next_one(widget):
    """Hosts write colours into the dicts of a figure; lists they leave alone."""
    def dicts(part):
        if isinstance(part, dict):
            yield id(part)
        for inner in part.values() if isinstance(part, dict) else part:
            if isinstance(inner, (dict, list, tuple)):
                yield from dicts(inner)

    state = opening(widget.CONTROLS)
    one, other = widget.figure(**state), widget.figure(**state)
    found = list(dicts(one)) if "data" in one else []
    assert len(set(found)) == len(found) and not set(found) & set(dicts(other) if found else [])


@every_widget
def test_a_whole_number_may_come_with_or_without_its_point(widget):
    """The page sends 10, a Jupyter slider may send 10.0."""
    for state in states(widget):
        whole = {name: value for name, value in state.items()
                 if not isinstance(value, (bool, str)) and float(value).is_integer()}
        with_point = widget.describe(**state | {name: float(value) for name, value in whole.items()})
        assert with_point == widget.describe(**state | {name: int(value) for name, value in whole.items()})
