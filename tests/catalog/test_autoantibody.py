"""The widget on a harmful antibody after IVIG: its numbers, its published point, its words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import asking
from widgets.catalog import autoantibody as widget
from widgets.models.autoantibody import at_day, lowest, simulate_autoantibody
from widgets.models.igg_level import regimen

ask = asking(widget)
figure, describe = ask.figure, ask.describe


def trace(made, name):
    found = [trace for trace in made["data"] if trace["name"] == name]
    return found[0] if found else None


def course(production=1.0, count=1, dose=2000, baseline=11):
    return simulate_autoantibody(regimen(dose, 28, count, True), baseline, production, days=182)


anything = st.fixed_dictionaries({
    "dose": st.sampled_from(range(400, 2001, 100)), "courses": st.integers(1, 6),
    "baseline": st.integers(4, 20), "production": st.sampled_from(range(0, 101, 10)),
    "blockade": st.sampled_from(range(0, 101, 10))})


@settings(deadline=None, max_examples=40)
@given(anything)
def test_every_number_lies_on_its_axis_and_the_sentence_is_short(state):
    made, said = widget.figure(**state), widget.describe(**state)
    for part in made["data"]:
        axis = made["layout"]["y" + "axis" + part.get("yaxis", "y")[1:]]["range"]
        assert all(axis[0] <= y <= axis[1] for y in part["y"]), part["name"]
        assert all(0 <= x <= widget.DAYS for x in part["x"]) and len(part["x"]) <= 200
    assert 1 <= said.count(". ") + 1 <= 3
    assert len(made["data"]) <= 6 and len(made["layout"]["annotations"]) <= 3


def test_opening_says_how_low_when_and_how_long():
    said = describe()
    assert "down to 84 % of its level before, lowest on day 26; on day 90 it is at 94 %" in said
    assert "peak of 35.8 g/L" in said
    assert "Blocking 80 % of FcRn instead for 28 days takes it to 54 %." in said


def test_marked_point_is_the_lowest_of_the_curve():
    made = figure()
    x, y = trace(made, "IVIG, marked day")["x"][0], trace(made, "IVIG, marked day")["y"][0]
    line = trace(made, "antibody, IVIG")
    assert y == pytest.approx(min(line["y"]), abs=0.1) and x == pytest.approx(26.3, abs=0.1)


def test_published_fall_is_an_open_marker_with_its_range_and_the_curve_misses_it():
    made = figure()
    marker = trace(made, "Bleeker 2000")
    assert marker["meta"]["role"] == "evidence" and marker["marker"]["symbol"] == "diamond-open"
    assert marker["x"][0] - marker["error_x"]["array"][0] == 21 and marker["x"][0] + 3.5 == 28
    assert marker["y"] == [75] and min(trace(made, "antibody, IVIG")["y"]) > 80


def test_published_fall_is_drawn_only_where_it_was_published_for():
    assert trace(figure(dose=1000), "Bleeker 2000") is None
    assert trace(figure(production=50), "Bleeker 2000") is None


def test_limits_say_rightly_where_the_published_size_is_met():
    falls = {c0: 100 * (1 - lowest(*course(baseline=c0)[::3][:2])[1]) for c0 in (12, 10, 7, 5)}
    assert [f"{falls[c0]:.0f}" for c0 in (12, 10, 7, 5)] == ["15", "18", "23", "29"]
    assert f"{lowest(*course(baseline=5)[::3][:2])[0]:.0f}" == "37" and "it is day 37" in widget.LIMITS[0]
    assert "(15 to 18 %)" in widget.LIMITS[0] and "(23 % at 7 g/L, 29 % at 5 g/L)" in widget.LIMITS[0]


def test_answer_of_the_task_holds_the_numbers_of_the_model():
    one, six, stopped = course(), course(count=6), course(production=0.0)
    untreated = simulate_autoantibody(production_share=0.0, days=182)
    day, left = lowest(one.times, one.antibody)
    assert (f"{100 * (1 - left):.0f}", f"{day:.0f}") == ("16", "26")
    assert f"{100 * (1 - at_day(one.times, one.antibody, 90)):.0f}" == "6"
    assert f"{100 * (1 - lowest(six.times, six.antibody)[1]):.0f}" == "31"
    assert f"{100 * at_day(stopped.times, stopped.antibody, 28):.0f}" == "31"
    assert f"{100 * at_day(untreated.times, untreated.antibody, 28):.0f}" == "42"
    assert 3 < max(one.igg) / 11 < 3.5  # "three times its level"
    for said in ("falls by 16 %", "day 26", "6 % down on day 90", "reach 31 %", "31 % are left on day 28",
                 "42 % without any IVIG"):
        assert said in widget.TASK["answer"]


def test_less_production_is_told_beside_the_untreated_course():
    said = describe(production=0)
    assert said.startswith("With 0 % of its production from day 0, the antibody is at 31 % of its level")
    assert "and at 42 % without any" in said


def test_no_blockade_is_no_treatment_and_left_out_of_the_sentence():
    made = figure(blockade=0)
    assert trace(made, "antibody, FcRn blocker")["y"] == pytest.approx(
        [100] * len(trace(made, "antibody, FcRn blocker")["y"]))
    assert "no treatment" in [note["text"] for note in made["layout"]["annotations"]]
    assert "Blocking" not in describe(blockade=0)


def test_peaks_of_igg_stay_in_the_drawn_curve():
    drawn = trace(figure(courses=6), "IgG, IVIG")["y"]
    whole = course(count=6)
    for start in range(0, 168, 28):
        peak = max(igg for day, igg in zip(whole.times, whole.igg) if start <= day < start + 28)
        assert peak in drawn


def test_task_names_a_preset_that_exists():
    assert '"Production stopped"' in widget.TASK["predict"] and "Production stopped" in widget.PRESETS
