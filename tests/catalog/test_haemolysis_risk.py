"""The widget on haemolysis: its lines, the published share, its words and every corner of its controls."""

import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking, trace
from widgets.catalog import haemolysis_risk as widget
from widgets.models.haemolysis import GROUPS, haemolysis_risk

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def names(made):
    return [note for note in made["layout"]["annotations"] if note["text"].strip("</b>") in GROUPS]


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_finite_figure_and_a_sentence(state):
    made, said = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    assert all(0 <= y <= 100 for part in made["data"] for y in part["y"])
    assert " 0.0 %" not in said and f"blood group {state['group']} " in said


@settings(deadline=None)
@given(anything)
def test_names_of_the_lines_are_apart_and_inside_the_figure(state):
    places = [note["y"] for note in names(widget.figure(**state))]
    assert len(places) == 4
    assert all(later - before >= widget.APART - 1e-9 for before, later in zip(places, places[1:]))
    assert places[0] >= 0 and places[-1] <= 98


@pytest.mark.parametrize("group", GROUPS)
def test_the_line_of_the_readers_group_is_the_only_thick_one(group):
    made = figure(group=group)
    widths = {part["name"]: part["line"]["width"] for part in made["data"] if part["mode"] == "lines"}
    assert widths.pop("group " + group) > 2 * max(widths.values()) and len(widths) == 3
    assert trace(made, "you")["y"] == [pytest.approx(100 * haemolysis_risk(2, 32, group))]


def test_lines_differ_by_dash():
    assert len({part["line"]["dash"] for part in figure()["data"] if part["mode"] == "lines"}) == 4


@pytest.mark.parametrize("grade, share", [("any", 32), ("moderate", 19)])
def test_the_published_share_stands_at_2_g_per_kg_and_is_called_fitted(grade, share):
    made = figure(grade=grade)
    seen = trace(made, "published, fitted")
    assert (seen["x"], seen["y"], seen["meta"]["role"]) == ([2], [share], "evidence")
    assert any(note["text"].startswith(f"fitted to {share} %") for note in made["layout"]["annotations"])


def test_the_answer_of_the_task_holds_the_numbers_of_the_model():
    removed = widget.PRESETS["2 g/kg, group A, antibody removed"]
    risks = [100 * haemolysis_risk(2), 100 * haemolysis_risk(1), 100 * haemolysis_risk(2, removed["titre"])]
    assert [f"{risk:.0f}" for risk in risks] == ["33", "15", "4"]
    assert "from 33 to 15 %" in widget.TASK["answer"] and "about 4 %" in widget.TASK["answer"]
    assert haemolysis_risk(2, group="O") < 0.01 and "below 1 %" in widget.TASK["answer"]
    assert 4 < 32 / removed["titre"] < 8, "between two and three steps of two"


def test_a_titre_two_steps_lower_is_a_quarter():
    assert f"would make it {100 * haemolysis_risk(2, 8):.1f} %." in describe()


def test_extreme_risks_are_not_called_none_or_all():
    assert "O under 0.1 %" in describe(dose=0.2, titre=2)
    assert "over 99 %" in describe(dose=4, titre=64, inflammation=3, group="AB")


def test_words_leave_the_upper_left_to_steep_lines():
    sides = {note["xanchor"] for note in figure(titre=64, inflammation=3)["layout"]["annotations"]
             if "you" in note["text"] or "fitted" in note["text"]}
    assert sides == {"right"}
