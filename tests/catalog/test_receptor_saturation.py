"""The widget on what IgG fills: its opening state, its numbers, and every corner of its controls."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.catalog import receptor_saturation as widget
from widgets.controls import check
from widgets.models.fc_receptors import (
    ACTIVATING, RECEPTORS, free_fraction, occupied_fraction, relative_uptake)

ROLES = {"igg", "activating", "inhibitory", "reference", "text"}


def values_of(control):
    if control["kind"] == "choice":
        return st.sampled_from([option["value"] for option in control["options"]])
    if "grid" in control:
        return st.sampled_from(control["grid"])
    steps = round((control["max"] - control["min"]) / control["step"])
    return st.integers(0, steps).map(lambda n: control["min"] + n * control["step"])


anything = st.fixed_dictionaries({control["name"]: values_of(control) for control in widget.CONTROLS})


def figure(**values):
    return widget.figure(**check(widget.CONTROLS, values))


def describe(**values):
    return widget.describe(**check(widget.CONTROLS, values))


def trace(made, name):
    return [trace for trace in made["data"] if trace["name"] == name][0]


def words(made):
    return [note["text"] for note in made["layout"]["annotations"]]


def axes(made):
    return {name: part for name, part in made["layout"].items() if name[1:5] == "axis"}


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_finite_figure_and_a_sentence(state):
    made, text = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    assert "nan" not in text and "inf" not in text.replace("infused", "")
    assert text.endswith(".") and 1 <= text.count(". ") + 1 <= 3
    assert {part["meta"]["role"] for part in made["data"]} <= ROLES
    assert {note["name"] for note in made["layout"]["annotations"]} <= ROLES


@settings(deadline=None)
@given(anything)
def test_every_number_stays_inside_its_axis(state):
    made = widget.figure(**state)
    for part in made["data"]:
        y_axis = made["layout"]["yaxis" + part.get("yaxis", "y")[1:]]
        low, high = y_axis["range"]
        if y_axis.get("type") == "category":
            assert part["y"] == list(RECEPTORS) == y_axis["categoryarray"][::-1]
        else:
            assert all(low <= y <= high for y in part["y"])
        low, high = made["layout"]["xaxis"]["range"]
        if made["layout"]["xaxis"].get("type") == "log":
            low, high = 0.999 * 10 ** low, 1.001 * 10 ** high
        assert all(low <= x <= high for x in part["x"] if x is not None)


@settings(deadline=None)
@given(anything)
def test_axes_stay_put_while_controls_move(state):
    made, start = widget.figure(**state), figure(show=state["show"])
    below = state["show"] == "uptake" and state["igg"] < state["baseline"]
    assert set(axes(made)) == set(axes(start))
    for name, part in axes(made).items():
        assert part["range"] == ([0, 525] if below and name[0] == "y" else axes(start)[name]["range"])


def test_opening_shows_every_human_form_in_a_row_of_its_own():
    made = figure()
    assert [part["name"] for part in made["data"][:len(RECEPTORS)]] == [
        receptor + ", % occupied" for receptor in RECEPTORS]
    rows = [part["domain"] for name, part in axes(made).items() if name[0] == "y"]
    rows.sort()
    assert len(rows) == len(RECEPTORS)
    assert all(below[1] < above[0] for below, above in zip(rows, rows[1:]))
    assert rows[0][0] == pytest.approx(0, abs=1e-9)


def test_opening_says_what_is_full_and_how_the_free_part_shrinks():
    text = describe()
    assert "99.6 to 99.9 % of FcγRIIa and FcγRIIIa" in text
    assert "96.0 % of FcγRIIb" in text
    assert "3.5 to 3.7 times smaller" in text


def test_without_dimers_the_free_part_falls_about_3_5_fold():  # target 4 of the model
    assert "3.5 times smaller on the activating receptors and 3.2 times on FcγRIIb" in describe(dimers=0)


def test_normal_serum_is_described_as_the_level_before():
    text = describe(igg=10)
    assert "86.5 % of FcγRIIb" in text and "98.7 to 99.6 %" in text
    assert "level before treatment" in text


def test_below_the_level_before_the_free_part_is_larger():
    text = describe(igg=1)
    assert "larger" in text and "no more than 500 %" in text


def test_dots_stand_on_their_curves_at_the_readers_level():
    made = figure(igg=20, dimers=0)
    for receptor in RECEPTORS:
        dot = trace(made, receptor + " now, % occupied")
        assert dot["x"] == [20]
        assert dot["y"] == [pytest.approx(100 * occupied_fraction(20, receptor, dimer_fraction=0))]


def test_free_view_shows_before_and_now():
    made = figure(show="free", dimers=0)
    before = trace(made, "before, 10 g/L")
    assert before["x"] == pytest.approx([100 * free_fraction(10, receptor) for receptor in RECEPTORS])
    now = [100 * free_fraction(35, receptor, dimer_fraction=0) for receptor in RECEPTORS]
    for role, members in widget.ROLES:
        shown = trace(made, ("neither" if role == "text" else role) + ", now, 35 g/L")["x"]
        assert shown == [pytest.approx(share) if receptor in members else None
                         for receptor, share in zip(RECEPTORS, now)]
    assert words(made).count("÷3.5") == len(ACTIVATING)


def test_uptake_view_shows_activating_forms_and_the_share_that_is_left():
    made = figure(show="uptake", dimers=10)
    assert [part["name"] for part in made["data"][:len(ACTIVATING)]] == [
        receptor + ", uptake in % of before" for receptor in ACTIVATING]
    assert trace(made, "FcγRIIa H131 now, uptake in % of before")["y"] == [
        pytest.approx(100 * relative_uptake(35, "FcγRIIa H131", dimer_fraction=0.1))]
    assert words(made).count("0.8") == 4  # target 6 of the model: 0.008 with 10 % dimers


def test_lines_of_the_free_view_run_from_before_to_now():
    made = figure(show="free")
    before = trace(made, "before, 10 g/L")["x"]
    for line, share in zip(made["layout"]["shapes"], before):
        assert line["x0"] == share and line["x1"] < share and line["y0"] == line["y1"]


def test_bonds_change_the_uptake_only():
    assert figure(bonds=1) == figure(bonds=6)
    assert figure(show="free", bonds=1) == figure(show="free", bonds=6)
    assert figure(show="uptake", bonds=1) != figure(show="uptake", bonds=6)


def test_nothing_is_ever_said_to_be_completely_full():
    text = describe(igg=60, dimers=15, dimer_affinity=50)
    assert "100" not in text.split("Against")[0] and ">99.9 %" in text


@pytest.mark.parametrize("name", widget.PRESETS)
def test_presets_are_states_that_the_controls_offer(name):
    state = check(widget.CONTROLS, widget.PRESETS[name])
    for control in widget.CONTROLS:
        assert state[control["name"]] in control.get("grid", [state[control["name"]]])


def test_start_values_lie_on_the_grids():
    for control in widget.CONTROLS:
        assert control["value"] in control.get("grid", [control["value"]])


def test_mouse_receptor_is_named_only_as_a_mouse_receptor():
    assert not [text for text in words(figure()) if "FcγRIV" in text]
    assert len([text for text in widget.LIMITS if "FcγRIV exists only in mice" in text]) == 1


@pytest.mark.parametrize("receptor, percent", [
    ("FcγRIIa H131", "92"), ("FcγRIIIa F158", "79"), ("FcγRIIb", "24")])
def test_limits_quote_what_the_model_gives_at_a_twentieth_of_the_affinity(receptor, percent):
    assert f"{100 * occupied_fraction(10, receptor, cell_binding=0.05):.0f}" == percent
    assert f"{percent} % of {receptor}" in widget.LIMITS[0]
