"""The platelet model: exact limits, monotonicity, its own equations solved another way, and bad input."""

from math import exp, inf, isfinite, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.models import platelets as model
from widgets.models.fc_receptors import competing_igg
from widgets.models.igg_level import simulate_igg
from widgets.models.platelets import (
    LIFESPAN, PRODUCTION, REGIMENS, days_at_or_above, immune_removal, peak, simulate_platelets, time_to_reach,
    uptake)

regimens = st.sampled_from(sorted(REGIMENS))
counts = st.integers(2, 30)
productions = st.integers(10, 70)
shares = st.integers(0, 10).map(lambda n: n / 20)
baselines = st.integers(5, 15)


def on(course, day):
    return course.platelets[course.times.index(pytest.approx(day, abs=1e-9))]


@given(counts, productions, shares, baselines)
def test_without_igg_the_untreated_count_stays(untreated, production, share, baseline):
    course = simulate_platelets([], untreated, production, share, baseline)
    assert course.platelets == pytest.approx([untreated] * len(course.times), rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(regimens, counts, productions, shares, baselines)
def test_every_control_gives_a_finite_count_between_untreated_and_normal(
        regimen, untreated, production, share, baseline):
    course = simulate_platelets(REGIMENS[regimen], untreated, production, share, baseline)
    assert course.times[0] == 0 and course.times[-1] == 35
    assert all(b > a for a, b in zip(course.times, course.times[1:]))
    assert all(isfinite(slope) for slope in course.slopes)
    assert all(untreated * (1 - 1e-9) <= count < production * LIFESPAN for count in course.platelets)


def test_with_removal_by_age_alone_the_count_climbs_to_production_times_life_span():
    """A third of a normal count that nothing attacks climbs as the exact solution says: here k_I = 0."""
    normal = PRODUCTION * LIFESPAN
    assert immune_removal(normal) == 0
    assert simulate_platelets([(0, 1000)], normal).platelets[-1] == pytest.approx(normal)


def test_if_igg_blocked_all_removal_the_count_would_climb_at_the_pace_of_production():
    """So many bonds that any infused IgG blocks uptake: the exact solution without immune removal."""
    course = simulate_platelets([(0, 1000)], bonds=2000, infusion_hours=0.1, days=10)
    normal = PRODUCTION * LIFESPAN
    exact = normal - (normal - 12) * exp(-10 / LIFESPAN)
    assert course.platelets[-1] == pytest.approx(exact, rel=0.01)


def test_uptake_that_igg_cannot_block_leaves_the_count_where_it_was():
    course = simulate_platelets(REGIMENS["1 g/kg on 2 days"], independent=1.0)
    assert course.platelets == pytest.approx([12] * len(course.times), rel=1e-9)


@settings(deadline=None, max_examples=30)
@given(regimens, counts, st.integers(0, 9).map(lambda n: n / 20), baselines)
def test_a_larger_share_of_removal_without_fc_receptors_lowers_the_peak(regimen, untreated, share, baseline):
    less, more = (peak(simulate_platelets(REGIMENS[regimen], untreated, 35, q, baseline))[1]
                  for q in (share, share + 0.05))
    assert more < less


def test_ten_percent_of_other_removal_takes_the_peak_from_122_to_68_and_twenty_to_46():
    peaks = [peak(simulate_platelets(REGIMENS["1 g/kg on 2 days"], independent=q))[1] for q in (0, 0.1, 0.2)]
    assert [round(height) for height in peaks] == [122, 68, 46]


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 39), counts, productions)
def test_more_igg_means_a_higher_peak(step, untreated, production):
    less, more = (peak(simulate_platelets([(0, 50 * n)], untreated, production))[1] for n in (step, step + 1))
    assert more > less


@given(st.floats(0, 60), st.floats(0.01, 20), baselines)
def test_uptake_falls_as_igg_rises_above_the_untreated_level_and_never_exceeds_one(igg, rise, baseline):
    assert 0 < uptake(igg, baseline) <= 1
    assert uptake(baseline, baseline) == 1 == uptake(0, baseline)
    assert uptake(baseline + igg + rise, baseline) < uptake(baseline + igg, baseline)


@given(regimens, counts, productions, shares)
def test_slopes_are_those_of_the_equation_with_the_receptor_models_competing_igg(
        regimen, untreated, production, share):
    course = simulate_platelets(REGIMENS[regimen], untreated, production, share)
    immune = immune_removal(untreated, production)
    for n in range(0, len(course.times), 7):
        blocked = (10 / competing_igg(max(10.0, course.igg[n]), 10)) ** 3.2
        rate = 1 / LIFESPAN + immune * (share + (1 - share) * blocked)
        assert course.slopes[n] == pytest.approx(production - rate * course.platelets[n], rel=1e-9, abs=1e-9)


def test_igg_is_that_of_the_igg_model_and_its_slope_the_one_of_its_course():
    course = simulate_igg([(0, 1000)], 10, infusion_hours=6, days=35)
    assert max(simulate_platelets([(0, 1000)]).igg) == pytest.approx(max(course.igg))
    n = len(course.times) // 2
    mean = (model.igg_slope(course, n, n - 1) + model.igg_slope(course, n, n)) / 2
    rise = (course.igg[n] - course.igg[n - 1]) / (course.times[n] - course.times[n - 1])
    assert mean == pytest.approx(rise, rel=0.02)


@settings(deadline=None, max_examples=40)
@given(regimens, counts, productions, shares, baselines)
def test_steps_a_quarter_as_long_move_no_number_that_is_shown(
        regimen, untreated, production, share, baseline):
    """Counts to a whole number, days to a tenth, times 2 for rounding at the edge."""
    def answers():
        course = simulate_platelets(REGIMENS[regimen], untreated, production, share, baseline)
        return peak(course), days_at_or_above(course, 50), time_to_reach(course, 50) or 0.0
    coarse, reach = answers(), model.LONGEST_REACH
    model.LONGEST_REACH = reach / 8
    try:
        fine = answers()
    finally:
        model.LONGEST_REACH = reach
    assert coarse[0][1] == pytest.approx(fine[0][1], rel=0.002, abs=0.05)
    assert coarse[0][0] == pytest.approx(fine[0][0], abs=0.25)
    if abs(fine[0][1] - 50) > 0.5:  # a count that barely touches 50 is there or is not
        assert coarse[1] == pytest.approx(fine[1], abs=0.1)
        assert coarse[2] == pytest.approx(fine[2], abs=0.05)


def test_no_course_of_the_widget_takes_more_than_500_steps():
    for regimen in REGIMENS.values():
        assert len(simulate_platelets(regimen, 4, 70, 0.5).times) <= 500
        assert len(simulate_platelets(regimen).times) <= 90


def test_peak_and_times_agree_with_a_fine_search_of_the_course():
    course = simulate_platelets(list(REGIMENS["1 g/kg on 2 days"]) + [(n / 4, 0) for n in range(6, 130)
                                                                       if n % 4 or n > 4])
    plain = simulate_platelets(REGIMENS["1 g/kg on 2 days"])
    assert peak(plain)[1] == pytest.approx(max(course.platelets), abs=0.05)
    above = [day for day, count in zip(course.times, course.platelets) if count >= 50]
    assert days_at_or_above(plain, 50) == pytest.approx(above[-1] - above[0], abs=0.5)
    assert time_to_reach(plain, 50) == pytest.approx(above[0], abs=0.25)


def test_times_at_a_count_are_all_or_nothing_outside_the_range_of_the_course():
    course = simulate_platelets(REGIMENS["1 g/kg once"])
    assert time_to_reach(course, 500) is None and days_at_or_above(course, 500) == 0
    assert time_to_reach(course, 5) == 0 and days_at_or_above(course, 5) == pytest.approx(35)


def test_an_untreated_course_peaks_at_its_start():
    assert peak(simulate_platelets([]))[1] == pytest.approx(12)


@pytest.mark.parametrize("call", [
    lambda: immune_removal(0), lambda: immune_removal(nan), lambda: immune_removal(400),
    lambda: immune_removal(12, 0), lambda: immune_removal(12, nan), lambda: immune_removal(12, inf),
    lambda: immune_removal(12, 35, 0), lambda: immune_removal(12, 35, nan), lambda: uptake(nan),
    lambda: uptake(-1), lambda: uptake(20, 0), lambda: uptake(20, nan), lambda: uptake(20, 10, 0),
    lambda: uptake(20, 10, nan), lambda: uptake(20, 10, inf), lambda: uptake(20, 10, 3, nan),
    lambda: uptake(20, 10, 3, 0.02, 0.5), lambda: simulate_platelets([], independent=-0.1),
    lambda: simulate_platelets([], independent=1.1), lambda: simulate_platelets([], independent=nan),
    lambda: simulate_platelets([], baseline=0), lambda: simulate_platelets([], baseline=nan),
    lambda: simulate_platelets([], bonds=nan), lambda: simulate_platelets([], dimer_fraction=nan),
    lambda: simulate_platelets([(0, nan)]), lambda: simulate_platelets([(0, -1)]),
    lambda: simulate_platelets([(0, 400)], infusion_hours=0), lambda: simulate_platelets([], days=0),
    lambda: simulate_platelets([], days=nan), lambda: simulate_platelets([], untreated=nan),
    lambda: time_to_reach(simulate_platelets([]), nan), lambda: time_to_reach(simulate_platelets([]), -1),
    lambda: days_at_or_above(simulate_platelets([]), nan)])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_a_refusal_names_the_argument_and_its_value():
    with pytest.raises(ValueError, match="independent must be 0 to 1, got 2"):
        simulate_platelets([], independent=2)
