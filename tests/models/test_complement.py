"""Complement scavenging: limits, order and refusals; the published numbers stand in widgets/validation."""

from math import inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.complement import (
    HALF_INHIBITION, HALF_INHIBITION_RANGE, added_for_mac, c1q_fraction, deposited_fraction, mac_fraction)

added = st.floats(0, 100)
halves = st.floats(*HALF_INHIBITION_RANGE)
exponents = st.floats(1, 4)


@given(added, halves, exponents)
def test_all_shares_lie_between_0_and_1_and_mac_never_above_c3b(igg, half, exponent):
    c3b, mac = deposited_fraction(igg, half), mac_fraction(igg, half, exponent)
    assert 0 < mac <= c3b <= 1 and isfinite(mac)


@given(halves, exponents)
def test_without_added_igg_nothing_is_kept_off(half, exponent):
    assert deposited_fraction(0, half) == mac_fraction(0, half, exponent) == 1


@given(added, st.floats(0.01, 50), halves, exponents)
def test_more_igg_keeps_more_off(igg, more, half, exponent):
    assert deposited_fraction(igg + more, half) < deposited_fraction(igg, half)
    assert mac_fraction(igg + more, half, exponent) < mac_fraction(igg, half, exponent)


@given(halves)
def test_half_inhibition_halves_c3b_and_quarters_mac(half):
    assert deposited_fraction(half, half) == 0.5
    assert mac_fraction(half, half) == 0.25


@given(added, halves)
def test_acceptors_compete_by_their_number(igg, half):
    """What goes to the fluid and what goes to the target stand as the added IgG to I50."""
    share = deposited_fraction(igg, half)
    assert (1 - share) * half == pytest.approx(share * igg)


@given(added, halves)
def test_with_exponent_one_mac_follows_c3b(igg, half):
    assert mac_fraction(igg, half, 1) == deposited_fraction(igg, half)


@given(added)
def test_c1q_is_never_changed(igg):
    assert c1q_fraction(igg) == 1


@given(st.floats(0.01, 1), halves, exponents)
def test_added_igg_for_a_share_of_mac_gives_that_share(share, half, exponent):
    igg = added_for_mac(share, half, exponent)
    assert mac_fraction(igg, half, exponent) == pytest.approx(share)


def test_half_inhibition_stands_inside_its_range():
    assert HALF_INHIBITION_RANGE[0] < HALF_INHIBITION < HALF_INHIBITION_RANGE[1]


@pytest.mark.parametrize("call", [
    lambda: deposited_fraction(-1), lambda: deposited_fraction(nan), lambda: deposited_fraction(inf),
    lambda: deposited_fraction(1, 0), lambda: deposited_fraction(1, nan), lambda: deposited_fraction(1, inf),
    lambda: mac_fraction(1, 25, 0.9), lambda: mac_fraction(1, 25, nan), lambda: mac_fraction(1, 25, inf),
    lambda: mac_fraction(nan), lambda: c1q_fraction(-1), lambda: c1q_fraction(nan),
    lambda: added_for_mac(0), lambda: added_for_mac(1.1), lambda: added_for_mac(nan),
    lambda: added_for_mac(0.5, 0), lambda: added_for_mac(0.5, 25, 0)])
def test_what_makes_no_sense_is_refused(call):
    with pytest.raises(ValueError):
        call()
