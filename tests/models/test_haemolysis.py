"""Risk of haemolysis: limits, directions, symmetry of dose and titre, and refusals."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.haemolysis import (
    GROUP_FACTORS, GROUPS, RATES, STEEPNESS, antibody_load, cohort_risk, haemolysis_risk)

doses, titres = st.floats(0.2, 4), st.floats(2, 64)
groups, grades, inflammations = st.sampled_from(GROUPS), st.sampled_from(sorted(RATES)), st.floats(1, 3)


def test_no_antibody_no_haemolysis():
    assert haemolysis_risk(0) == haemolysis_risk(2, 0) == haemolysis_risk(2, inflammation=0) == 0


def test_a_flood_of_antibody_breaks_the_cells_of_every_group():
    assert all(haemolysis_risk(1e6, 1e6, group) == 1 for group in GROUPS)


@given(doses, titres, groups, grades, inflammations)
def test_a_risk_lies_between_none_and_all_and_rises_with_dose_titre_and_inflammation(d, t, group, grade, i):
    now = haemolysis_risk(d, t, group, grade, i)
    assert 0 < now <= 1
    more = [haemolysis_risk(d + 0.1, t, group, grade, i), haemolysis_risk(d, t + 1, group, grade, i),
            haemolysis_risk(d, t, group, grade, i + 0.1)]
    assert min(more) > now or now > 0.999


@given(doses, titres, grades)
def test_groups_stand_in_the_published_order(d, t, grade):
    risks = [haemolysis_risk(d, t, group, grade) for group in GROUPS]
    assert risks == sorted(risks)


@given(doses, titres, groups)
def test_severe_haemolysis_is_rarer_than_any(d, t, group):
    assert haemolysis_risk(d, t, group, "moderate") < haemolysis_risk(d, t, group, "any")


@given(doses, titres, groups)
def test_twice_the_dose_is_twice_the_titre(d, t, group):
    assert haemolysis_risk(2 * d, t, group) == pytest.approx(haemolysis_risk(d, 2 * t, group))


def test_a_small_risk_follows_the_antibody_to_the_power_of_the_steepness():
    assert haemolysis_risk(2e-4) / haemolysis_risk(1e-4) == pytest.approx(2 ** STEEPNESS, rel=1e-4)


def test_group_a_is_the_reference():
    assert GROUP_FACTORS["A"] == 1 and set(GROUPS) == set(GROUP_FACTORS) and antibody_load(2, 32) == 1


@given(doses, titres, grades)
def test_a_cohort_lies_between_its_groups(d, t, grade):
    assert haemolysis_risk(d, t, "B", grade) <= cohort_risk(d, t, grade) <= haemolysis_risk(d, t, "AB", grade)


@pytest.mark.parametrize("low, high", [(1.1, 1.7)])
def test_the_steepness_is_that_of_a_risk_lower_by_nine_tenths_after_two_to_three_steps(low, high):
    """With small risks: 2 to the power of (steps x steepness) is 10."""
    assert 2 ** (3 * low) == pytest.approx(10, rel=0.03) and 2 ** (2 * high) == pytest.approx(10, rel=0.06)
    assert low < STEEPNESS < high


@pytest.mark.parametrize("call", [
    lambda: antibody_load(-1), lambda: antibody_load(nan), lambda: antibody_load(1, -1),
    lambda: antibody_load(1, nan), lambda: haemolysis_risk(-1), lambda: haemolysis_risk(nan),
    lambda: haemolysis_risk(1, nan), lambda: haemolysis_risk(1, group="a"),
    lambda: haemolysis_risk(1, grade="2"),
    lambda: haemolysis_risk(1, inflammation=-1), lambda: haemolysis_risk(1, inflammation=nan),
    lambda: haemolysis_risk(1, steepness=0), lambda: haemolysis_risk(1, steepness=nan),
    lambda: cohort_risk(-inf),
    lambda: cohort_risk(1, grade="none")])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_a_refusal_names_the_argument_and_its_value():
    with pytest.raises(ValueError, match="dose must be >= 0 g/kg, got -3"):
        haemolysis_risk(-3)
