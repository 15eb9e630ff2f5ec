"""Every control of every widget, turned by the keyboard alone, and what the page then draws."""

import math

import pytest

from widgets import catalog
from widgets.hosts import draw, references

every_widget = pytest.mark.parametrize("name", catalog.names())

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  return {tag: at.localName, kind: at.type ?? "", words: at.dataset.preset ?? "",
    control: at.closest("[data-control]")?.dataset.control ?? "", inside: !!at.closest(".ivig-widget"),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""
DRAWING = """() => JSON.stringify(document.querySelector(".plot").data) + document.querySelector(".plot").svg
  + document.querySelector(".sentence").textContent + document.querySelector(".facts")?.textContent"""
MANY = 400  # more presses of Tab than any widget has places to stop


def stops(page):
    """Press Tab through the page and give what has the focus, until it has left the widget."""
    been_inside = False
    for _ in range(MANY):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if been_inside and not focus["inside"]:
            return
        been_inside = been_inside or focus["inside"]
        if focus["inside"]:
            yield focus
    raise AssertionError("Tab never leaves the widget")


def typed(page, text):
    page.keyboard.press("Control+A")
    page.keyboard.type(str(text))
    page.keyboard.press("Enter")


def turn(card, focus):
    """Turn the control that has the focus by keys, one value and then another: the values it should have."""
    name, keys = focus["control"], card.page.keyboard
    values = card.offered(name)
    now = values.index((card.values() or card.start)[name])
    if focus["kind"] == "checkbox":
        for expected in (not values[now], values[now]):
            keys.press("Space")
            yield expected
    elif focus["tag"] == "select":
        later = now + 1 < len(values)
        keys.press("ArrowDown" if later else "ArrowUp")
        reached = now + 1 if later else now - 1
        yield values[reached]
        keys.press("End" if reached < len(values) - 1 else "Home")
        yield values[-1 if reached < len(values) - 1 else 0]
    elif focus["kind"] == "number":
        typed(card.page, values[len(values) // 3])
        yield values[len(values) // 3]
        typed(card.page, 10 * values[-1] + 1)
        yield values[-1]
        assert card.control(name, "number").input_value() == f"{values[-1]:g}", "not put right"
        typed(card.page, -1)
        yield values[0]
    else:
        assert focus["kind"] == "range", focus
        keys.press("ArrowRight" if now + 1 < len(values) else "ArrowLeft")
        yield values[now + 1 if now + 1 < len(values) else now - 1]
        keys.press("End")
        yield values[-1]


def shows(card, name, value):
    """Whether the control itself, and what it tells a screen reader, say this value."""
    control = card.controls[name]
    if control["kind"] == "toggle":
        return card.control(name).is_checked() is value
    if control["kind"] == "choice":
        return card.control(name).input_value() == str(value)
    said = card.control(name, "range").get_attribute("aria-valuetext")
    number, _, unit = said.partition(" ")
    place = float(card.control(name, "range").input_value())
    here = card.offered(name)[int(place)] if "grid" in control else place
    return float(number) == value and unit == control["unit"] and math.isclose(here, value)


@every_widget
def test_every_control_can_be_turned_by_keys_alone_and_moves_the_figure(open_widget, name):
    card = open_widget(name)
    turned, drawings = set(), {control: set() for control in card.controls}
    for focus in stops(card.page):
        assert focus["ring"], f"nothing shows that the focus is on {focus}"
        control = focus["control"]
        if not control:
            continue
        for value in turn(card, focus):
            card.computed({control: value})
            assert shows(card, control, value), f"{control} does not show {value}"
            drawings[control].add(card.page.evaluate(DRAWING))
        turned.add((control, focus["kind"] or focus["tag"]))
        card.set({control: card.start[control]})
    assert {control for control, _ in turned} == set(card.controls)
    assert {control for control, kind in turned if kind == "number"} == {
        control for control, made in card.controls.items() if made["kind"] == "slider"}
    assert [control for control, seen in drawings.items() if len(seen) < 2] == [], "these change nothing"


@every_widget
def test_every_input_has_a_name_and_sliders_say_their_unit(open_widget, name):
    card = open_widget(name)
    for control in card.widget.CONTROLS:
        field = card.control(control["name"], "range" if control["kind"] == "slider" else "")
        assert field.evaluate("(field) => field.labels[0].textContent") == control["label"]
        if control["help"]:
            told = field.get_attribute("aria-describedby")
            assert card.page.locator(f"[id='{told}']").text_content() == control["help"]
        if control["kind"] == "slider":
            assert shows(card, control["name"], control["value"])
            exact = card.control(control["name"], "number").get_attribute("aria-label")
            assert exact.startswith(control["label"]) and control["unit"] in exact


@every_widget
def test_presets_set_their_values_and_reset_goes_back_to_the_start(open_widget, name):
    card = open_widget(name)
    for preset, values in getattr(card.widget, "PRESETS", {}).items():
        button = card.part(".presets button").get_by_text(preset, exact=True)
        button.focus()
        card.page.keyboard.press("Enter")
        state = card.computed({**card.start, **values})
        assert card.are_allowed(state)
        assert card.sentence() == card.widget.describe(**state)
        assert all(shows(card, control, value) for control, value in state.items())
    state = card.reset()
    assert state == card.start and all(shows(card, control, value) for control, value in state.items())


@every_widget
def test_the_page_draws_and_says_what_cpython_computes(open_widget, states_of, name):
    card = open_widget(name)
    for state in [card.start, *states_of(name, 4)]:
        reached = card.reset() if state == card.start else card.set(state)
        assert reached == state
        expected = card.in_cpython(state)
        assert card.sentence() == expected["sentence"]
        if "table" in expected:
            rows = draw.table_texts(card.widget.table(**state))["rows"]
            shown = card.part(".facts tbody th").all_text_contents()
            assert shown == [references.worded(str(row[0])) for row in rows], state
        compare(expected["figure"], card.figure(), state)


def compare(expected, shown, state):
    """Fail where a drawn figure is not the expected one: numbers to 1e-9, words and roles as they are."""
    if "svg" in expected:
        assert shown["svg"] in expected["svg"].values(), state
        return
    assert len(shown["data"]) == len(expected["data"]), state
    for drawn, trace in zip(shown["data"], expected["data"]):
        for key in ("type", "mode", "name", "text", "meta"):
            assert drawn.get(key) == trace.get(key), (key, state)
        for key in ("x", "y"):
            assert close(drawn[key], trace[key]), (trace["name"], key, state)
    for key, axis in expected["layout"].items():
        if key.startswith(("xaxis", "yaxis")) and "range" in axis:
            assert close(shown["layout"][key]["range"], axis["range"]), (key, state)
    words = [note["text"] for note in expected["layout"]["annotations"]]
    assert [note["text"] for note in shown["layout"].get("annotations", [])] == words


def close(drawn, computed):
    return len(drawn) == len(computed) and all(
        a == b if a is None or isinstance(b, str) else math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
        for a, b in zip(drawn, computed))


def test_only_the_newest_of_many_quick_changes_is_drawn(open_widget):
    card = open_widget("igg_level")
    card.reset()
    doses = [500 + 50 * (n % 20) for n in range(49)] + [1700]
    card.page.evaluate("""(doses) => {
      const card = document.querySelector(".ivig-widget");
      const range = card.querySelector("[data-control=dose] [type=range]");
      window.drawn = [];
      new MutationObserver(() => drawn.push(JSON.parse(card.dataset.state).dose))
        .observe(card, {attributeFilter: ["data-state"]});
      for (const dose of doses) {
        range.value = dose;
        range.dispatchEvent(new Event("input", {bubbles: true}));
      }
    }""", doses)
    state = card.computed({"dose": 1700})
    card.page.evaluate("() => new Promise((done) => setTimeout(done, 300))")
    assert card.values() == state
    drawn = card.page.evaluate("() => drawn")
    assert drawn[-1] == 1700 and len(drawn) <= 5, f"drew {drawn}"
    assert card.sentence() == card.widget.describe(**state)
    compare(card.in_cpython(state)["figure"], card.figure(), state)


@pytest.mark.parametrize("text", ["", "-", "1e", "abc"])
def test_what_is_no_number_is_put_back(open_widget, text):
    card = open_widget("igg_level")
    card.reset()
    exact = card.control("dose", "number")
    exact.focus()
    card.page.keyboard.press("Control+A")
    card.page.keyboard.press("Delete")
    card.page.keyboard.type(text)
    card.page.keyboard.press("Tab")
    assert exact.input_value() == "400"
    assert card.values() == card.start


def test_a_number_between_two_steps_becomes_the_nearest_that_is_offered(open_widget):
    card = open_widget("igg_level")
    card.control("dose", "number").focus()
    typed(card.page, 1234)
    card.computed({"dose": 1250})
    assert card.control("dose", "number").input_value() == "1250"
