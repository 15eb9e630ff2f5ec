"""The platelet widget: its opening, what its sentence says, and every number of its task and limits."""

import pytest

from tests.asking import asking, trace
from widgets.catalog import platelet_response as widget
from widgets.models.platelets import days_at_or_above, peak, simulate_platelets, time_to_reach

ask = asking(widget)
figure, describe = ask.figure, ask.describe


def test_opening_reaches_50_within_two_days_peaks_in_the_first_week_and_fades_within_five():
    made = figure()
    platelets = trace(made, "platelets")
    (reached, peak_day), (fifty, highest) = (trace(made, "50 reached, and peak")[axis] for axis in "xy")
    assert fifty == 50 and 1 < reached < 2 and 6 < peak_day < 8
    assert highest == pytest.approx(max(platelets["y"]), abs=0.5)
    assert platelets["y"][0] == 12 and platelets["y"][-1] < 50


def test_medians_of_the_trial_stand_open_over_the_curve_with_their_regimen_named():
    medians = trace(figure(), "trial medians, 1 g/kg on 2 days")
    assert medians["marker"]["symbol"] == "diamond-open" and medians["meta"]["role"] == "evidence"
    assert (8, 149) in zip(medians["x"], medians["y"]) and (2.5, 50) in zip(medians["x"], medians["y"])
    assert medians["x"][2] == pytest.approx(2.5 + 15.4)


def test_thresholds_30_and_50_and_the_untreated_count_are_lines():
    heights = {(shape["name"], shape["y0"]) for shape in figure(untreated=20)["layout"]["shapes"]}
    assert heights == {("target", 30), ("target", 50), ("reference", 20)}


def test_no_curve_climbs_faster_than_with_all_immune_removal_stopped():
    made = figure()
    ceiling, platelets = trace(made, "immune removal stopped"), trace(made, "platelets")
    for day, count in zip(ceiling["x"], ceiling["y"]):
        reached = [y for x, y in zip(platelets["x"], platelets["y"]) if x <= day]
        assert max(reached) <= count + 1e-6


@pytest.mark.parametrize("production", [10, 35, 70])
@pytest.mark.parametrize("untreated", [4, 12, 30])
@pytest.mark.parametrize("baseline", [5, 15])
def test_nothing_leaves_the_axis(production, untreated, baseline):
    made = figure(production=production, untreated=untreated, baseline=baseline)
    low, high = made["layout"]["yaxis"]["range"]
    assert high in widget.TOPS
    for part in made["data"]:
        assert all(low <= y <= high for y in part["y"]) and all(0 <= x <= 35 for x in part["x"])
        assert len(part["x"]) <= 150


def test_the_sentence_of_each_regimen():
    assert ("after 1.3 days, peaks at 122 on day 7 and is at or above 50 for 23 days, at or above 30 for at "
            "least 34 days. Untreated it stays at 12.") in describe()
    assert "after 1.8 days, peaks at 131 on day 8" in describe(regimen="0.4 g/kg a day for 5 days")
    assert "for 8.6 days, at or above 30 for 21 days" in describe(regimen="1 g/kg once")


def test_a_count_that_stays_low_is_said_to_never_reach_the_threshold():
    assert "the count never reaches 50 ×10⁹/L; it peaks at 46 on day 4 and" in describe(independent=20)
    lowest = describe(independent=50, untreated=4, production=70)
    assert "peaks at 8 on day 2. Untreated it stays at 4." in lowest
    assert len(figure(independent=20)["data"][2]["x"]) == 1


def test_too_little_production_alone_can_keep_the_count_low():
    assert "a production of 10 a day would still need 5.8 days" in describe(production=10)


def test_the_task_is_answered_with_the_numbers_of_the_model():
    answer = widget.TASK["answer"]
    assert "It takes 1.3 days, and 1.2 with all immune removal stopped" in answer
    assert "reaches 50 ×10⁹/L after 1.3 days" in describe() and "need 1.2 days" in describe()
    assert "peak of 122" in answer and "after 24 days it is below 50" in answer
    course = simulate_platelets([(0, 1000), (1, 1000)])
    assert time_to_reach(course, 50) + days_at_or_above(course, 50) == pytest.approx(24, abs=0.5)
    assert "10 % of the removal needs no Fcγ receptor, the peak is 68" in answer
    assert "peaks at 68" in describe(independent=10)
    assert "with 20 % the count never reaches 50" in answer and "never reaches" in describe(independent=20)


def test_limits_say_what_the_model_gives_where_it_misses_the_four_adults():
    course = simulate_platelets([(0, 1250), (4, 0)])
    assert course.platelets[course.times.index(4)] == pytest.approx(85, abs=0.5)
    course = simulate_platelets([(0, 1250), (4, 0)], production=70)
    assert course.platelets[course.times.index(4)] == pytest.approx(118, abs=0.5)
    assert "gives 85 then, and 118" in widget.LIMITS[2]
    assert peak(simulate_platelets([(0, 1000), (1, 1000)]))[1] < 149
