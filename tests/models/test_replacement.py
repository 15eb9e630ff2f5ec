"""The settled regimens of one month's dose: against the IgG model, conservation, order, and bad input."""

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.models import replacement as model
from widgets.models.igg_level import LAWS, exposure, kinetics, production, steady_cycle
from widgets.models.integrate import halved
from widgets.models.replacement import BIOAVAILABILITY, LARGEST_DOSE, monthly_dose, settled_cycle

laws = st.sampled_from(LAWS)
intervals = st.sampled_from([7, 14, 21, 28])
doses = st.integers(4, 24).map(lambda n: 50 * n)
baselines = st.integers(1, 16).map(lambda n: n / 2)


def trough(monthly, interval, baseline, under_skin=False, law="saturable"):
    return settled_cycle(monthly, interval, baseline, under_skin, law)[0].igg[-1]


@settings(deadline=None, max_examples=40)
@given(doses, intervals, baselines, laws)
def test_by_vein_it_is_the_settled_cycle_of_the_igg_model(monthly, interval, baseline, law):
    course, near = settled_cycle(monthly, interval, baseline, law=law)
    other = steady_cycle(monthly * interval / 28, interval, baseline, law=law)
    assert course.igg[-1] == pytest.approx(other.igg[-1], abs=2e-3)
    assert max(course.igg) == pytest.approx(max(other.igg), abs=5e-3)


@settings(deadline=None, max_examples=40)
@given(doses, intervals, baselines, laws, st.booleans())
def test_an_interval_ends_where_it_began(monthly, interval, baseline, law, under_skin):
    course, near = settled_cycle(monthly, interval, baseline, under_skin, law)
    assert course.times[0] == 0 and course.times[-1] == interval
    assert course.igg[-1] == pytest.approx(course.igg[0], abs=1e-3)
    assert course.peripheral[-1] == pytest.approx(course.peripheral[0], abs=1e-3)


@settings(deadline=None, max_examples=30)
@given(doses, intervals, baselines, st.booleans())
def test_under_the_constant_law_the_mean_is_the_dose_that_arrives_over_clearance(
        monthly, interval, baseline, under_skin):
    course, near = settled_cycle(monthly, interval, baseline, under_skin, "linear")
    share = BIOAVAILABILITY if under_skin else 1
    above = monthly / 28 * share / kinetics("linear").upper_clearance
    assert exposure(course, 0, interval, 0)[0] / interval == pytest.approx(baseline + above, rel=1e-3)


@settings(deadline=None, max_examples=30)
@given(doses, intervals, baselines, st.booleans())
def test_under_the_saturable_law_what_is_lost_is_what_arrives_and_what_is_made(
        monthly, interval, baseline, under_skin):
    """The loss, summed over each step by Simpson's rule with its middle from a run with halved steps."""
    whole = model._stretches
    model._stretches = lambda *asked: [(rate, halved(halved(times))) for rate, times in whole(*asked)]
    try:
        course, near = settled_cycle(monthly, interval, baseline, under_skin)
    finally:
        model._stretches = whole
    k = course.kinetics
    lost = [(k.upper_clearance - k.recycling_capacity / (k.half_saturation + c)) * c for c in course.igg]
    total = sum((b - a) * (x + y) / 2 for a, b, x, y in zip(course.times, course.times[1:], lost, lost[1:]))
    share = BIOAVAILABILITY if under_skin else 1
    assert total == pytest.approx(monthly * interval / 28 * share + interval * production(baseline), rel=3e-3)


@settings(deadline=None, max_examples=30)
@given(doses, baselines, laws)
def test_the_same_dose_given_more_often_has_a_lower_peak_and_a_higher_trough(monthly, baseline, law):
    courses = [settled_cycle(monthly, interval, baseline, law=law)[0] for interval in (7, 14, 21, 28)]
    peaks, troughs = [max(course.igg) for course in courses], [course.igg[-1] for course in courses]
    assert peaks == sorted(peaks) and troughs == sorted(troughs, reverse=True)


@settings(deadline=None, max_examples=30)
@given(doses, baselines, laws)
def test_under_the_skin_the_swing_is_smaller_and_the_level_lower_than_weekly_by_vein(monthly, baseline, law):
    vein, skin = (settled_cycle(monthly, 7, baseline, way, law)[0].igg for way in (False, True))
    assert max(skin) - min(skin) < max(vein) - min(vein)
    assert max(skin) < max(vein) and skin[-1] < vein[-1]


@settings(deadline=None, max_examples=60)
@given(doses, intervals, baselines, laws, st.booleans(), st.integers(8, 24).map(lambda n: n / 2))
def test_the_dose_for_a_trough_gives_that_trough(monthly, interval, baseline, law, under_skin, wanted):
    known = (monthly, settled_cycle(monthly, interval, baseline, under_skin, law))
    dose = monthly_dose(wanted, interval, baseline, under_skin, law, known)
    if wanted <= baseline:
        assert dose == 0
    elif dose is None:
        assert trough(LARGEST_DOSE, interval, baseline, under_skin, law) < wanted + 0.02
    else:
        assert 0 < dose <= LARGEST_DOSE
        assert trough(dose, interval, baseline, under_skin, law) == pytest.approx(wanted, abs=0.03)


def test_a_trough_out_of_reach_has_no_dose():
    assert monthly_dose(40, 28, 1) is None and monthly_dose(500, 28, 1) is None
    assert monthly_dose(7, 28, 7) == 0
    assert 700 < monthly_dose(7, 28, 2) < 800 < LARGEST_DOSE


@settings(deadline=None, max_examples=30)
@given(doses, intervals, baselines, laws, st.booleans())
def test_halving_all_steps_moves_igg_by_less_than_0_01_g_per_l(monthly, interval, baseline, law, under_skin):
    course = settled_cycle(monthly, interval, baseline, under_skin, law)[0]
    whole = model._stretches
    model._stretches = lambda *asked: [(rate, halved(times)) for rate, times in whole(*asked)]
    try:
        fine = settled_cycle(monthly, interval, baseline, under_skin, law)[0]
    finally:
        model._stretches = whole
    assert course.igg[-1] == pytest.approx(fine.igg[-1], abs=0.01)
    assert max(course.igg) == pytest.approx(max(fine.igg), abs=0.01)


def test_without_a_dose_the_baseline_stays():
    for law in LAWS:
        assert settled_cycle(0, 28, 3, law=law)[0].igg == pytest.approx([3] * 29, abs=2e-3)


@pytest.mark.parametrize("call", [
    lambda: settled_cycle(-1, 28, 2), lambda: settled_cycle(nan, 28, 2), lambda: settled_cycle(inf, 28, 2),
    lambda: settled_cycle(400, 3, 2), lambda: settled_cycle(400, nan, 2), lambda: settled_cycle(400, inf, 2),
    lambda: settled_cycle(400, 28, -1), lambda: settled_cycle(400, 28, nan),
    lambda: settled_cycle(400, 28, 2, law="other"), lambda: monthly_dose(-1, 28, 2),
    lambda: monthly_dose(nan, 28, 2), lambda: monthly_dose(inf, 28, 2), lambda: monthly_dose(7, nan, 2)])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()
