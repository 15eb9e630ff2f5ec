"""The widget on dendritic cells: its opening point, its task, and the reports that contradict each other."""

import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import dendritic_switch as widget
from widgets.hosts.references import keys_in

anything = any_state(widget)
ask = asking(widget)
figure, table = ask.figure, ask.table


def dot(made, name):
    return [trace for trace in made["data"] if trace["name"] == "your level, " + name][0]["y"][0]


@settings(deadline=None)
@given(anything)
def test_every_number_stays_inside_the_fixed_ranges(state):
    made = widget.figure(**state)
    json.dumps(made, allow_nan=False)
    for trace in made["data"]:
        low, high = made["layout"]["yaxis" + trace.get("yaxis", "y")[1:]]["range"]
        assert all(low <= y <= high for y in trace["y"])


@settings(deadline=None)
@given(anything)
def test_sentence_is_three_and_says_that_the_numbers_are_chosen(state):
    said = widget.describe(**state)
    assert said.count(". ") == 2 and "nan" not in said
    assert said.endswith("Shape from experiments, numbers chosen for teaching.")


def test_opening_at_a_high_dose_is_past_the_maximum():
    made = figure()
    maturation = made["data"][0]
    assert max(maturation["y"]) > 99 and dot(made, "maturation") < 25
    assert dot(made, "IL-12") < 20 and dot(made, "IL-10") > 2.5


def test_answer_of_the_task_is_what_the_model_gives():
    found = [dot(figure(igg=igg), "maturation") for igg in (3, 10, 30)]
    assert [f"{index:.0f}" for index in found] == ["59", "100", "22"]
    assert "from 59 % at 3 g/L to 100 % at 10 g/L and falls to 22 % at 30 g/L" in widget.TASK["answer"]
    made = figure(igg=30)
    assert f"{dot(made, 'IL-12'):.0f}" == "16" and f"{dot(made, 'IL-10'):.1f}" == "2.7"
    assert "IL-12 is at 16 % and IL-10 at 2.7 times" in widget.TASK["answer"]


def test_page_says_that_shape_is_measured_and_numbers_are_not():
    assert any("Shape from experiments, numbers chosen for teaching" in limit for limit in widget.LIMITS)
    assert all("Chosen for teaching" in control["help"] for control in widget.CONTROLS[1:])


def test_table_holds_two_reports_that_say_yes_and_one_that_says_no():
    seen = table()
    assert seen["columns"] == ["Study", "What was measured", "Found", "What could explain it"]
    assert [keys_in(row[0]) for row in seen["rows"]] == [["aukrust1994"], ["aukrust1999"], ["andersen1995"]]
    found = [row[2]["text"] for row in seen["rows"]]
    assert "rise" in found[0].lower() and "rise" in found[1].lower() and "No change" in found[2]
    assert "plastic" in seen["rows"][2][3]


@pytest.mark.parametrize("igg", [0.5, 50])
def test_table_is_evidence_and_does_not_move_with_the_model(igg):
    assert table(igg=igg) == table()


def test_no_curve_is_drawn_for_the_contested_antagonist():
    assert not any("IL-1ra" in trace["name"] for trace in figure()["data"])
