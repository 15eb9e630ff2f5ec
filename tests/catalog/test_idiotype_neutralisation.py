"""The widget on anti-idiotypes: affinity against amount."""

import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import idiotype_neutralisation as widget

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def held(**values):
    """Per cent of the target that is held at the reader's dot."""
    return [trace for trace in figure(**values)["data"] if trace["name"] == "now"][0]["y"][0]


@settings(deadline=None)
@given(anything)
def test_every_number_is_a_share_of_the_target(state):
    made, said = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    assert all(0 <= y <= 100 for trace in made["data"] for y in trace["y"])
    assert said.count(". ") == 1 and not any(part in said for part in ("nan", "inf", "e+", "e-0"))


@settings(deadline=None)
@given(anything)
def test_tighter_holds_more_at_every_level_of_igg(state):
    tighter, now, looser = [trace["y"] for trace in widget.figure(**state | {"across": "igg"})["data"][:3]]
    assert all(a >= b - 1e-9 and b >= c - 1e-9 for a, b, c in zip(tighter, now, looser))


@settings(deadline=None)
@given(anything)
def test_the_dot_is_the_same_on_both_axes(state):
    ys = [[trace["y"][0] for trace in widget.figure(**state | {"across": across})["data"]
           if trace["name"] == "now"][0] for across in ("igg", "kd")]
    assert ys[0] == ys[1]


def test_opening_holds_about_three_fifths_and_ten_times_tighter_nearly_all():
    assert held() == pytest.approx(61.6, abs=0.05)  # M7, row 4
    assert "62 % of the target antibody is held" in describe()
    assert "ten times more tightly would hold 94 %" in describe()


def test_answer_of_the_task_is_what_the_model_gives():
    found = [held(igg=10), held(igg=25), held(igg=10, kd=10)]
    assert [f"{percent:.0f}" for percent in found] == ["39", "62", "85"]
    answer = widget.TASK["answer"]
    assert "At 10 g/L and 100 nM, 39 % is held. 25 g/L hold 62 %" in answer
    assert "ten times tighter at 10 g/L hold 85 %" in answer


def test_where_binders_are_fewer_than_targets_the_sentence_names_the_ceiling():
    assert "no affinity could hold more than 8.3 %" in describe(target=200, binders=10)
    assert "no affinity" not in describe()


def test_against_tightness_the_axis_runs_from_loose_to_tight():
    made = figure(across="kd")
    assert made["layout"]["xaxis"]["range"] == [4, 0]
    assert made["data"][0]["x"][0] > made["data"][0]["x"][-1]
    assert made["data"][0]["y"] == sorted(made["data"][0]["y"])


def test_page_says_that_no_affinity_was_found_in_the_literature():
    assert "no measured range for IVIG was found" in widget.LIMITS[0]
