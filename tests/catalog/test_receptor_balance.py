"""The widget on the balance of receptors: its opening point, and every corner of its controls."""

import json
from math import log10

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking, trace
from widgets.catalog import receptor_balance as widget
from widgets.controls import check
from widgets.models.fc_receptors import ACTIVATING, activating_inhibitory_ratio

ROLES = {"text", "cell", "activating", "inhibitory", "reference"}

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_finite_figure_and_a_sentence(state):
    made, text = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    assert "nan" not in text and "inf" not in text
    assert text.endswith(".") and 1 <= text.count(". ") + 1 <= 3
    assert {part["meta"]["role"] for part in made["data"]} <= ROLES
    assert {note["name"] for note in made["layout"]["annotations"]} <= ROLES


@settings(deadline=None)
@given(anything)
def test_every_number_stays_inside_one_of_two_fixed_ranges(state):
    made = widget.figure(**state)
    low, high = made["layout"]["yaxis"]["range"]
    assert [low, high] in [[log10(low), log10(high)] for low, high in widget.RANGES]
    for part in made["data"]:
        assert all(low <= log10(y) <= high for y in part["y"])
        assert all(0 <= x <= 61 for x in part["x"])


@settings(deadline=None)
@given(anything)
def test_words_beside_the_curves_are_apart(state):
    notes = [note for note in widget.figure(**state)["layout"]["annotations"] if note["x"] == 60]
    heights = sorted((note["y"], note["yshift"]) for note in notes)
    assert len(notes) == (1 if state["inhibitory_fold"] == 1 else 2)
    assert [shift for y, shift in heights] == ([15] if len(notes) == 1 else [-15, 15])


def test_opening_shows_that_competition_alone_hardly_moves_the_balance():  # target 5 of the model
    assert trace(figure(dimers=0), "now, competition alone")["y"] == [pytest.approx(0.905, abs=0.02)]
    assert "competition alone takes the index of FcγRIIa H131 from 1 to 0.90;" in describe()


def test_opening_shows_that_doubling_the_inhibitory_receptor_does():  # target 5 of the model
    assert trace(figure(dimers=0), "now")["y"] == [pytest.approx(0.45, abs=0.02)]
    assert "with 2 times as much FcγRIIb it is 0.45." in describe()


def test_readers_curve_is_competition_divided_by_the_amount_of_inhibitory_receptor():
    made = figure(inhibitory_fold=4)
    alone, both = trace(made, "competition alone"), trace(made, "with 4 times the FcγRIIb")
    assert both["y"] == pytest.approx([ratio / 4 for ratio in alone["y"]])


def test_competition_alone_is_one_at_the_level_before():
    made = figure(igg=10, inhibitory_fold=1)
    assert trace(made, "now")["y"] == [1]
    assert trace(made, "before")["y"] == [1]
    assert "competition does not move the index" in describe(igg=10, inhibitory_fold=1)


@pytest.mark.parametrize("activating", ACTIVATING)
def test_dots_are_what_the_model_gives(activating):
    made = figure(activating=activating, igg=50, dimers=6, cell_binding=0.1)
    expected = activating_inhibitory_ratio(50, activating, 10, 0.06, cell_binding=0.1)
    assert trace(made, "now, competition alone")["y"] == [pytest.approx(expected)]


def test_exact_halves_print_alike_in_both_pythons():
    assert "0.63" in describe(igg=10, inhibitory_fold=1.6)  # 1 / 1.6 = 0.625


@pytest.mark.parametrize("name", widget.PRESETS)
def test_presets_are_states_that_the_controls_offer(name):
    state = check(widget.CONTROLS, widget.PRESETS[name])
    for control in widget.CONTROLS:
        assert state[control["name"]] in control.get("grid", [state[control["name"]]])


def test_start_values_lie_on_the_grids():
    for control in widget.CONTROLS:
        assert control["value"] in control.get("grid", [control["value"]])


def test_limits_say_rightly_that_weak_binding_halves_the_index():
    found = [activating_inhibitory_ratio(35, receptor, cell_binding=0.05) for receptor in ACTIVATING]
    assert min(found) > 0.45 and max(found) < 0.55
    assert "35 g/L alone halves the index" in widget.LIMITS[3]
