"""Anti-idiotypes at equilibrium: the law of mass action, its limits, and what is refused."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.idiotypes import MOLAR_MASS, anti_idiotype, bound_fraction

levels = st.floats(0, 60)
affinities = st.floats(4, 12).map(lambda power: 10 ** power)
shares = st.floats(1e-6, 0.1)
targets = st.floats(-10, -5).map(lambda power: 10 ** power)
states = st.tuples(levels, affinities, shares, targets)


def test_anti_idiotypes_are_a_share_of_the_igg():
    assert anti_idiotype(15, 1e-3) == pytest.approx(1e-7)  # 15 g/L is 100 µmol/L


@given(states)
def test_what_is_bound_obeys_the_law_of_mass_action(state):
    igg, affinity, share, target = state
    binder, bound = anti_idiotype(igg, share), bound_fraction(*state) * target
    free_product = (target - bound) * (binder - bound)
    lost = 1e-13 * affinity * max(target, binder) ** 2  # digits that the two differences lose
    assert free_product * affinity == pytest.approx(bound, rel=1e-9, abs=lost)


@given(states)
def test_no_more_is_bound_than_there_is_of_either(state):
    igg, affinity, share, target = state
    bound = bound_fraction(*state)
    assert 0 <= bound <= 1
    assert bound * target <= anti_idiotype(igg, share) * (1 + 1e-12)


@given(states, st.floats(1, 100))
def test_more_igg_or_more_affinity_never_binds_less(state, factor):
    igg, affinity, share, target = state
    assert bound_fraction(igg * factor, affinity, share, target) >= bound_fraction(*state) * (1 - 1e-12)
    assert bound_fraction(igg, affinity * factor, share, target) >= bound_fraction(*state) * (1 - 1e-12)


def test_half_is_bound_when_the_free_binder_equals_kd():
    """A = 2 nM, half bound: 1 nM complex, and with 100 nM free binder Kd is 100 nM."""
    igg = 101e-9 * MOLAR_MASS / 1e-3
    assert bound_fraction(igg, 1e7, 1e-3, 2e-9) == pytest.approx(0.5, rel=1e-12)


def test_little_target_is_bound_as_by_a_fixed_amount_of_binder():
    binder = anti_idiotype(25, 1e-3)
    assert bound_fraction(25, 1e7, 1e-3, 1e-15) == pytest.approx(binder / (binder + 1e-7), rel=1e-6)


def test_a_perfect_binder_is_limited_only_by_its_amount():
    assert bound_fraction(15, 1e18, 1e-4, 1e-7) == pytest.approx(0.1, rel=1e-6)
    assert bound_fraction(15, 1e18, 1e-2, 1e-7) == pytest.approx(1, rel=1e-6)


def test_without_igg_or_share_nothing_is_bound():
    assert bound_fraction(0) == 0 and bound_fraction(25, share=0) == 0


@pytest.mark.parametrize("wrong", [
    {"igg": -1}, {"igg": nan}, {"igg": inf}, {"igg": 25, "share": -0.1}, {"igg": 25, "share": 1.1},
    {"igg": 25, "share": nan}, {"igg": 25, "affinity": 0}, {"igg": 25, "affinity": nan},
    {"igg": 25, "affinity": inf}, {"igg": 25, "target": 0}, {"igg": 25, "target": nan}])
def test_what_is_out_of_range_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        bound_fraction(**wrong)
