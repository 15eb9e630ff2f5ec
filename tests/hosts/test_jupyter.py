"""The Jupyter host without a server: what a control sets is what figure and sentence then show."""

import html
import json
import random
from types import SimpleNamespace

import ipywidgets
import pytest

from widgets import catalog, show
from widgets.controls import choice, opening, slider, toggle
from widgets.figures import axis, curve, label, layout, level, points
from widgets.hosts import draw, jupyter
from widgets.hosts.jupyter_figure import script_holder
from widgets.hosts.palette import colour_in, palette

OWN = ("uid", "template", "autosize")  # what Plotly adds by itself, or the host for the width
WALK = 40  # states of each widget, one after the other


@pytest.fixture(autouse=True)
def in_jupyter(monkeypatch):
    monkeypatch.delenv("IVIG_HOST", raising=False)


def every_control():
    return [pytest.param(name, control["name"], id=f"{name}-{control['name']}")
            for name in catalog.names() for control in catalog.find(name).CONTROLS]


def offered(control):
    """A few values of a control that are not its start: the ends of a slider and a step from them."""
    if control["kind"] == "toggle":
        found = [True, False]
    elif control["kind"] == "choice":
        found = [option["value"] for option in control["options"]]
    elif "grid" in control:
        found = [control["grid"][n] for n in (0, 1, -2, -1)]
    else:
        found = [control["min"], jupyter.settled(control, control["min"] + control["step"]), control["max"]]
    return [value for value in found if value != control["value"]]


def plainly(part):
    """A part of a figure as JSON has it, without what is empty or Plotly's own."""
    if isinstance(part, dict):
        kept = {key: plainly(value) for key, value in part.items() if key not in OWN}
        return {key: value for key, value in kept.items() if value is not None and value not in ({}, [])}
    return [plainly(value) for value in part] if isinstance(part, (list, tuple)) else part


def assert_shows(card, widget, values):
    """The card shows the widget's figure for these values over the ghosts of its start, and nothing else."""
    start = draw.start_beside(widget, card.start, values)
    ghosts = draw.ghosts_of(widget, start) if values != start else []
    drawn = colour_in(draw.draw(widget, values, ghosts), palette("light"))
    wanted = drawn["figure"]
    assert f">{html.escape(widget.describe(**values))}</p>" in card.sentence.value
    assert card.problem.value == ""
    assert bool(card.table.value) == hasattr(widget, "table")
    if "table" in drawn:
        words = [jupyter.references.worded(str(row[0])) for row in draw.table_texts(widget.table(**values))["rows"]]
        assert all(html.escape(word, quote=False) in card.table.value.replace("&quot;", '"') for word in words)
        assert "data-to" not in card.table.value and "role(" not in card.table.value
    if "svg" in wanted:
        assert wanted["svg"]["wide"] in card.figure.value
        return
    held = plainly(json.loads(json.dumps(card.figure.to_dict())))
    assert [trace for trace in held["data"] if trace.pop("visible", True)] == plainly(wanted["data"])
    assert held["layout"] == plainly({**wanted["layout"], "height": 420, "paper_bgcolor": "#ffffff"})


def ghosts_seen(card):
    return [] if isinstance(card.figure, jupyter.Drawing) else [trace["name"] for trace in card.figure.to_dict()["data"]
            if trace["meta"].get("start") and trace.get("visible")]


# ---- every widget ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", catalog.names())
def test_a_widget_opens_with_its_figure_its_sentence_and_no_ghost(name):
    card, widget = show(name), catalog.find(name)
    assert isinstance(card, ipywidgets.VBox)
    assert_shows(card, widget, opening(widget.CONTROLS))
    assert ghosts_seen(card) == []
    if "data" in widget.figure(**opening(widget.CONTROLS)):
        assert card.figure.layout.template.layout.to_plotly_json() == {}  # the page has no template either


@pytest.mark.parametrize("name, control", every_control())
def test_setting_a_control_draws_what_the_widget_gives_for_its_value(name, control):
    card, widget = show(name), catalog.find(name)
    box, values = card.boxes[control], opening(widget.CONTROLS)
    for value in offered(card.controls[control]):
        box.value = value
        values[control] = value
        assert_shows(card, widget, values)


@pytest.mark.parametrize("name", catalog.names())
def test_nothing_of_an_earlier_state_lingers(name):
    card, widget = show(name), catalog.find(name)
    values, chance = opening(widget.CONTROLS), random.Random(name)
    for _ in range(WALK):
        control = chance.choice(widget.CONTROLS)
        values[control["name"]] = chance.choice(offered(control) + [control["value"]])
        card.boxes[control["name"]].value = values[control["name"]]
        assert_shows(card, widget, values)


@pytest.mark.parametrize("name", catalog.names())
def test_reset_returns_to_the_start_that_the_chapter_chose(name):
    widget = catalog.find(name)
    chosen = {control["name"]: offered(control)[0] for control in widget.CONTROLS}
    card = show(name, **chosen)
    for control in widget.CONTROLS:
        card.boxes[control["name"]].value = control["value"]
    card.buttons["Reset"].click()
    assert {name: box.value for name, box in card.boxes.items()} == chosen
    assert_shows(card, widget, chosen)
    assert ghosts_seen(card) == []


@pytest.mark.parametrize("name", catalog.names())
def test_a_preset_sets_its_controls_leaves_choices_and_returns_the_rest_to_the_start(name):
    card, widget = show(name), catalog.find(name)
    made = {name for preset in widget.PRESETS.values() for name in preset}
    for words, preset in widget.PRESETS.items():
        chosen = {}
        for control in widget.CONTROLS:
            card.boxes[control["name"]].value = offered(control)[0]
            if control["kind"] == "choice" and control["name"] not in made:
                chosen[control["name"]] = offered(control)[0]
        card.buttons[words].click()
        values = {**opening(widget.CONTROLS), **chosen, **preset}
        assert {name: box.value for name, box in card.boxes.items()} == values
        assert_shows(card, widget, values)


@pytest.mark.parametrize("name, control", every_control())
def test_a_control_says_its_label_and_unit_in_full_and_answers_while_it_moves(name, control):
    card = show(name)
    box, control = card.boxes[control], card.controls[control]
    unit = f" ({control['unit']})" if control.get("unit") else ""
    assert box.description == control["label"] + unit
    assert control["kind"] == "toggle" or box.style.description_width == "initial"
    assert control["kind"] != "slider" or box.continuous_update is True


# ---- widgets made for a test ------------------------------------------------------------------------


def module(controls, figure, describe=lambda **values: "Said.", **more):
    return SimpleNamespace(__name__="made_for_a_test", TITLE="What is <it>?", CONTROLS=controls,
                           figure=figure, describe=describe, **more)


def opened(widget, **start):
    return jupyter.show(widget, {**opening(widget.CONTROLS), **start})


def frame(**more):
    return layout(axis("x", 0, 1), axis("y", 0, 10), **more)


def test_each_kind_of_control_has_its_ipywidget():
    card = opened(module([
        slider("whole", "Whole", min=0, max=10, step=1, value=5),
        slider("half", "Half", min=0, max=10, step=0.5, value=5),
        slider("log", "Log", min=1, max=100, value=10, log=True),
        choice("law", "Law", options={"a": "First", "b": "Second"}, value="b"),
        toggle("on", "On", value=True)], lambda **values: {"data": [], "layout": frame()}))
    assert [type(box) for box in card.boxes.values()] == [
        ipywidgets.IntSlider, ipywidgets.FloatSlider, ipywidgets.SelectionSlider, ipywidgets.Dropdown,
        ipywidgets.Checkbox]
    assert card.boxes["law"].options == (("First", "a"), ("Second", "b"))
    assert card.boxes["log"].options[0] == ("1", 1)


def test_a_start_off_the_grid_of_a_logarithmic_slider_takes_the_nearest_value():
    widget = module([slider("igg", "IgG", min=1, max=100, value=10, log=True)],
                    lambda igg: {"data": [points([0], [igg], "igg", "you")], "layout": frame()},
                    lambda igg: f"{igg} g/L.")
    card = opened(widget, igg=10.4)
    assert card.boxes["igg"].value == 10
    assert_shows(card, widget, {"igg": 10})  # and says "10 g/L", as the page does, not "10.0 g/L"


def test_a_typed_number_goes_to_the_nearest_value_that_the_slider_offers():
    card = show("igg_level")
    card.boxes["dose"].value = 433
    assert card.boxes["dose"].value == 450
    assert_shows(card, catalog.find("igg_level"), {**card.start, "dose": 450})


def counted():
    """A widget that refuses 3, and the list of what it was asked for."""
    asked = []

    def figure(n, on):
        if n == 3:
            raise ValueError("n must not be 3, got <3>\nand more")
        return {"data": [curve([0, 1], [n, n], "igg", "line", ghost=True)], "layout": frame()}

    def describe(n, on):
        asked.append((n, on))
        return f"n is {n}, <5."

    controls = [slider("n", "n", min=0, max=9, step=1, value=1), toggle("on", "On", value=False)]
    return module(controls, figure, describe, PRESETS={"Case": {"n": 7, "on": True}, "Bad": {"n": 3}}), asked


def test_a_model_that_raises_keeps_the_last_figure_and_says_why():
    widget, _ = counted()
    card = opened(widget)
    card.boxes["n"].value = 2
    before = card.figure.to_dict(), card.sentence.value
    for refuse in (lambda: setattr(card.boxes["n"], "value", 3), card.buttons["Bad"].click):
        refuse()
        assert (card.figure.to_dict(), card.sentence.value) == before
        assert "ValueError: n must not be 3, got &lt;3&gt;. The figure shows" in card.problem.value
        assert 'role="alert"' in card.problem.value and "and more" not in card.problem.value
    card.boxes["n"].value = 4
    assert_shows(card, widget, {"n": 4, "on": False})


def test_a_widget_that_cannot_open_fails_in_the_cell():
    with pytest.raises(ValueError, match="n must not be 3"):
        opened(counted()[0], n=3)


def test_a_preset_is_one_redraw():
    widget, asked = counted()
    card = opened(widget)
    asked.clear()
    card.buttons["Case"].click()
    assert asked == [(7, True)]


def test_the_start_stays_as_a_ghost_where_the_widget_asks_for_one():
    card = opened(counted()[0])
    card.boxes["n"].value = 6
    assert ghosts_seen(card) == ["line, at the start"]
    assert list(card.figure.data[0].y) == [1, 1]
    card.boxes["n"].value = 1
    assert ghosts_seen(card) == []


def various(kind):
    """Figures with other traces, axes, shapes and labels for each kind."""
    lines = [curve([0, 1], [n, n + 1], "igg", f"line {n}", dash="dot", ghost=n == 0) for n in range(3)]
    bars = [{"type": "bar", "x": ["a", "b"], "y": [1, 2], "name": "bars", "meta": {"role": "cell"}}]
    data, more = {
        "one": (lines[:1], {"shapes": [level(5, "target")]}),
        "three": (lines, {"labels": [label(0, 1, "words", "igg", ax=3)], "legend": True}),
        "bars": (bars, {"barmode": "stack"}),
        "two axes": (lines[:1] + [{**lines[1], "yaxis": "y2"}],
                     {"yaxis2": axis("right", 0, 1, overlaying="y")}),
        "points": ([points([0], [1], "harm", "you", text=["A"])], {"shapes": [], "hovermode": "x"}),
    }[kind]
    return {"data": data, "layout": frame(**more)}


KINDS = ["one", "three", "bars", "two axes", "points"]


@pytest.mark.parametrize("start", KINDS)
def test_traces_axes_and_labels_come_and_go_and_leave_nothing_behind(start):
    widget = module([choice("kind", "Kind", options={kind: kind for kind in KINDS}, value="one")], various)
    card = opened(widget, kind=start)
    for before in KINDS:
        for after in KINDS:
            for kind in (before, after):
                card.boxes["kind"].value = kind
                assert_shows(card, widget, {"kind": kind})


def test_words_from_a_widget_are_text_and_not_markup():
    card = opened(counted()[0])
    assert "n is 1, &lt;5." in card.sentence.value
    assert card.children[0].value == "<strong>What is &lt;it&gt;?</strong>"


def test_figures_bring_a_small_loader_each_and_one_script_together():
    states = [show(name).figure.get_state() for name in catalog.names()[:2]]
    assert all(len(state["_esm"]) < 5000 for state in states)
    assert [state["_script"] for state in states] == 2 * [script_holder().model_id]
    assert "_py2js_update" in script_holder().value  # Plotly's own, which answers to these messages


def test_task_table_and_limits_are_said_with_authors_in_the_place_of_keys():
    widget = counted()[0]
    widget.TASK = {"predict": "How <many>?", "answer": "Two [orange2010]."}
    widget.LIMITS = ["One thing is left out [orange2010]."]
    widget.table = lambda **values: {"caption": "Seen", "columns": ["What", "Where"], "rows": [
        ["<this> [orange2010]", {"text": "there", "to": "fc_receptors", "role": "harm"}]]}
    card = opened(widget)
    assert "&lt;this&gt; (Orange et al., 2010)" in card.table.value
    assert "<a " not in card.table.value and palette("light")["harm"] in card.table.value
    said = "".join(part.value for part in card.children if isinstance(part, ipywidgets.HTML))
    for words in ("Predict: How &lt;many&gt;?", "Two (Orange et al., 2010).",
                  "<li>One thing is left out (Orange et al., 2010).</li>"):
        assert words in said


# ---- what a chapter may get wrong -------------------------------------------------------------------


def test_a_wrong_name_lists_the_widgets_there_are():
    with pytest.raises(ValueError, match="no widget 'igg'; the widgets are: .*igg_level.*receptor_sat"):
        show("igg")


def test_a_wrong_control_lists_the_controls_there_are():
    with pytest.raises(ValueError, match="no control 'dosis'; the controls are: dose, interval"):
        show("igg_level", dosis=400)


@pytest.mark.parametrize("values, told", [
    ({"dose": 5000}, "dose must be 100 to 2000 mg/kg, got 5000"),
    ({"dose": 401}, "dose must be 100 plus a multiple of 50, got 401"),
    ({"dose": float("nan")}, "dose must be 100 to 2000"),
    ({"dose": "400"}, "dose must be a number, got '400'"),
    ({"law": "cubic"}, r"law must be one of \['saturable', 'linear'\], got 'cubic'"),
    ({"divided": 1}, "divided must be True or False, got 1")])
def test_a_wrong_value_says_what_is_allowed(values, told):
    with pytest.raises(ValueError, match=told):
        show("igg_level", **values)
