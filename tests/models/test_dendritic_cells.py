"""The dendritic-cell switch: limits, direction, and what it refuses."""

from math import inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models import dendritic_cells as model
from widgets.models.dendritic_cells import (
    il10, il12, level_of_most_maturation, maturation, maturation_index, suppression)

levels = st.floats(0, 1e6)
restoring, suppressing = st.floats(1, 10), st.floats(12, 30)
steepnesses = st.floats(1, 6)
constants = st.tuples(restoring, suppressing, steepnesses)


def test_half_of_the_cells_are_suppressed_at_the_level_that_is_named_for_it():
    assert suppression(model.HALF_SUPPRESSING) == 0.5
    assert il12(model.HALF_SUPPRESSING) == 0.5
    assert il10(model.HALF_SUPPRESSING) == (1 + model.IL10_RISE) / 2


def test_without_igg_nothing_matures_and_nothing_is_suppressed():
    assert maturation_index(0) == 0 and suppression(0) == 0
    assert il12(0) == 1 and il10(0) == 1


def test_very_much_igg_silences_maturation_and_il12_and_leaves_il10_at_its_most():
    assert maturation_index(1e9) < 1e-25 and il12(1e9) < 1e-25
    assert il10(1e9, rise=3) == pytest.approx(3)


def test_suppression_is_the_hill_curve_worked_by_hand():
    assert suppression(40, 20, 1) == pytest.approx(2 / 3)
    assert suppression(40, 20, 2) == pytest.approx(4 / 5)
    assert suppression(10, 20, 2) == pytest.approx(1 / 5)


def test_with_steepness_one_the_maximum_is_the_geometric_mean_of_the_two_constants():
    """E / (C + E) = C / (C + I) gives C^2 = E I."""
    assert level_of_most_maturation(4, 25, 1) == pytest.approx(10, rel=1e-9)


@given(constants)
def test_no_level_matures_more_than_the_one_named(constants):
    peak = level_of_most_maturation(*constants)
    most = maturation(peak, *constants)
    for share in (0.2, 0.5, 0.9, 0.99, 1.01, 1.1, 2, 9):
        assert maturation(share * peak, *constants) <= most
    assert maturation_index(peak, *constants) == pytest.approx(1)


@given(levels, constants, st.floats(1, 5))
def test_every_number_is_finite_and_inside_its_range(igg, constants, rise):
    half_restoring, half_suppressing, steepness = constants
    assert 0 <= maturation_index(igg, *constants) <= 1 + 1e-12
    assert 0 <= il12(igg, half_suppressing, steepness) <= 1
    assert 1 <= il10(igg, rise, half_suppressing, steepness) <= rise * (1 + 1e-12)
    assert isfinite(level_of_most_maturation(*constants))


@given(levels, levels, suppressing, steepnesses)
def test_more_igg_never_raises_il12_and_never_lowers_il10(one, other, half_suppressing, steepness):
    low, high = sorted((one, other))
    assert il12(low, half_suppressing, steepness) >= il12(high, half_suppressing, steepness) - 1e-12
    assert il10(low, 3, half_suppressing, steepness) <= il10(high, 3, half_suppressing, steepness) + 1e-12


@pytest.mark.parametrize("steepness", [300.0, 1e4])
@pytest.mark.parametrize("igg", [1e-300, 19.0, 21.0, 1e300])
def test_extreme_steepness_does_not_overflow(igg, steepness):
    assert 0 <= suppression(igg, 20, steepness) <= 1


@pytest.mark.parametrize("wrong", [
    {"igg": -1}, {"igg": nan}, {"igg": inf}, {"igg": 5, "half_suppressing": 0},
    {"igg": 5, "half_suppressing": nan}, {"igg": 5, "steepness": 0}, {"igg": 5, "steepness": nan},
    {"igg": 5, "half_restoring": 0}, {"igg": 5, "half_restoring": nan}])
def test_what_is_out_of_range_is_refused(wrong):
    for function in (maturation, maturation_index):
        with pytest.raises(ValueError, match="must be"):
            function(**wrong)


@pytest.mark.parametrize("rise", [0.9, nan, inf])
def test_il10_that_would_fall_is_refused(rise):
    with pytest.raises(ValueError, match="rise must be >= 1"):
        il10(10, rise)
