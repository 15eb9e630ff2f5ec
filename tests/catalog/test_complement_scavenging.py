"""The widget on complement: the course on the curves, both bodies of data, and the words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import asking, trace
from widgets.catalog import complement_scavenging as widget
from widgets.models.complement import deposited_fraction, mac_fraction
from widgets.models.igg_level import regimen, simulate_igg

ask = asking(widget)
figure, describe = ask.figure, ask.describe


anything = st.fixed_dictionaries({
    "dose": st.sampled_from(range(400, 2001, 100)), "moment": st.sampled_from(widget.NAMES),
    "half_inhibition": st.sampled_from(widget.CONTROLS[2]["grid"]),
    "exponent": st.sampled_from([1, 1.5, 2, 2.5, 3, 3.5, 4]), "baseline": st.integers(4, 18)})


@settings(deadline=None, max_examples=60)
@given(anything)
def test_every_number_lies_on_its_axis_and_the_sentence_is_short(state):
    made, said = widget.figure(**state), widget.describe(**state)
    for part in made["data"]:
        assert all(0 <= y <= 100 for y in part["y"]) and all(0 <= x <= widget.RIGHT for x in part["x"])
    assert 1 <= said.count(". ") + 1 <= 3
    assert len(made["data"]) <= 6 and len(made["layout"]["annotations"]) <= 5


@pytest.mark.parametrize("moment, day", [("end", 4 + 1 / 6), ("day 7", 7), ("day 14", 14), ("day 28", 28)])
def test_added_igg_is_that_of_the_model_of_the_level_at_that_moment(moment, day):
    expected = simulate_igg(regimen(2000, 28, 1, True), 10, days=day).igg[-1] - 10
    assert widget.added_igg(2000, 10)[moment] == pytest.approx(expected, abs=0.02)


def test_opening_says_half_and_a_quarter_get_through():
    said = describe()
    assert said.startswith("At the end of 2 g/kg over 5 days IgG is 24.9 g/L above its level before")
    assert "50 % of C3b and 25 % of MAC still do; C1q binds as before" in said
    assert "On day 28 IgG is 4.9 g/L above, and 84 % of C3b and 70 % of MAC do." in said


def test_answer_of_the_task_holds_the_numbers_of_the_model():
    added = widget.added_igg(2000, 10)
    for moment, half, expected in (("end", 25, ["50", "25"]), ("day 28", 25, ["84", "70"]),
                                   ("end", 2.8, ["10", "1"])):
        shares = [deposited_fraction(added[moment], half), mac_fraction(added[moment], half)]
        assert [f"{100 * share:.0f}" for share in shares] == expected
    assert "half of the C3b and a quarter of the MAC" in widget.TASK["answer"]
    assert "84 % and 70 %" in widget.TASK["answer"] and "10 % and 1 % get through" in widget.TASK["answer"]
    assert f"{added['end']:.0f}" == "25" and "about 25 g/L" in widget.TASK["predict"]
    assert '"2 g/kg, potency in guinea pigs"' in widget.TASK["predict"]
    assert widget.PRESETS["2 g/kg, potency in guinea pigs"]["half_inhibition"] == 2.8


def test_the_readers_dots_stand_on_the_curves_and_the_other_moments_are_open():
    made = figure(moment="day 14")
    added = widget.added_igg(2000, 10)
    now = trace(made, "now")
    assert now["x"] == [added["day 14"]] * 2
    assert now["y"] == pytest.approx([100 * deposited_fraction(added["day 14"]),
                                      100 * mac_fraction(added["day 14"])])
    others = trace(made, "other moments of the course")
    assert len(others["x"]) == 6 and others["marker"]["symbol"] == "circle-open"


def test_c1q_is_a_line_that_no_control_moves():
    for values in ({}, {"half_inhibition": 2.5}, {"exponent": 4}, {"dose": 400}):
        assert trace(figure(**values), "C1q")["y"] == [100, 100]


def test_both_bodies_of_data_are_drawn_as_evidence():
    made = figure()
    tube = trace(made, "C3 uptake halved in the tube")
    assert tube["meta"]["role"] == "evidence" and tube["y"] == [50]
    middle, spread = tube["x"][0], tube["error_x"]["array"][0]
    assert [middle - spread, middle + spread] == [20, 30]
    band = made["layout"]["shapes"][0]
    assert (band["name"], band["y0"], band["y1"]) == ("evidence", 0, 10)


def test_the_slider_spans_both_bodies_of_data():
    added = widget.added_igg(2000, 10)["end"]
    control = widget.CONTROLS[2]
    assert deposited_fraction(added, control["min"]) < 0.1  # near-complete inhibition
    assert control["min"] < 3 and control["max"] >= 30
    assert deposited_fraction(added, 3) == pytest.approx(0.1, abs=0.02)  # "about 3 g/L"


def test_a_steep_line_is_named_with_the_other_where_they_are_one():
    assert "C3b and MAC" in [note["text"] for note in figure(exponent=1)["layout"]["annotations"]]
    names = [note["text"] for note in figure(exponent=4, half_inhibition=10)["layout"]["annotations"]]
    assert "C3b" in names and "MAC" in names
