"""Half-life under a blocker of FcRn: limits, monotonicity, and the equation written out."""

from math import inf, log, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.fcrn_blockade import equivalent_igg, half_life_blocked
from widgets.models.igg_level import HALF_SATURATION, RECYCLING_CAPACITY, UPPER_CLEARANCE, half_life, kinetics

levels = st.floats(0, 100)
shares = st.integers(0, 20).map(lambda n: n / 20)


@given(levels)
def test_nothing_blocked_is_the_half_life_of_the_level(igg):
    assert equivalent_igg(igg, 0) == igg
    assert half_life_blocked(igg, 0) == half_life(igg)


@given(levels, shares)
def test_half_life_is_that_of_the_clearance_with_less_capacity(igg, blocked):
    clearance = UPPER_CLEARANCE - (1 - blocked) * RECYCLING_CAPACITY / (HALF_SATURATION + igg)
    k = kinetics()
    k10, k12, k21 = (clearance / k.central_volume, k.exchange / k.central_volume,
                     k.exchange / k.peripheral_volume)
    total = k10 + k12 + k21
    expected = 2 * log(2) / (total - sqrt(total * total - 4 * k10 * k21))
    assert half_life_blocked(igg, blocked) == pytest.approx(expected, rel=1e-9)


@given(levels, st.integers(0, 19).map(lambda n: n / 20))
def test_half_life_shortens_as_more_is_blocked(igg, blocked):
    assert half_life_blocked(igg, blocked + 0.05) < half_life_blocked(igg, blocked)


@given(levels, levels)
def test_with_all_blocked_the_half_life_is_the_same_at_every_level(one, other):
    assert half_life_blocked(one, 1) == half_life_blocked(other, 1)


@given(levels, shares)
def test_blocking_acts_as_more_igg(igg, blocked):
    assert equivalent_igg(igg, blocked) >= igg


def test_half_blocked_at_12_acts_as_45_g_per_l():
    assert equivalent_igg(12, 0.5) == pytest.approx(45)


@pytest.mark.parametrize("call", [
    lambda: equivalent_igg(-1, 0), lambda: equivalent_igg(nan, 0), lambda: equivalent_igg(12, -0.1),
    lambda: equivalent_igg(12, 1.1), lambda: equivalent_igg(12, nan), lambda: equivalent_igg(12, inf),
    lambda: half_life_blocked(nan, 0.5), lambda: half_life_blocked(12, 2)])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()
