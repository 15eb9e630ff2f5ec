"""The donor pool: a chance that saturates, a titre that does not."""

from math import comb, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.donor_pool import (
    donors_at, donors_for, log_of_rest, patient_titre, presence, product_titre)

prevalences = st.floats(1e-12, 0.5)
pools = st.integers(0, 10 ** 6)


def test_a_pool_of_one_donor_has_the_prevalence_for_its_chance():
    assert presence(0.3, 1) == pytest.approx(0.3, rel=1e-14)


def test_chance_is_the_sum_over_all_numbers_of_carriers():
    chances = [comb(20, k) * 0.1 ** k * 0.9 ** (20 - k) for k in range(1, 21)]
    assert presence(0.1, 20) == pytest.approx(sum(chances), rel=1e-12)


def test_ends_of_the_chance_are_exact():
    assert presence(0, 1e6) == 0 and presence(0.2, 0) == 0
    assert presence(1, 1) == 1 and presence(1, 0) == 0
    assert presence(0.5, 1e300) == 1


def test_a_very_rare_antibody_keeps_its_digits():
    """1 - (1 - p)^N computed as it stands would give 0 below 1e-16."""
    assert presence(1e-18, 1000) == pytest.approx(1e-15, rel=1e-12)
    assert log_of_rest(1e-18) == pytest.approx(-1e-18, rel=1e-12)
    assert log_of_rest(1e-9) == pytest.approx(-1e-9 - 5e-19, rel=1e-15)


@given(prevalences, pools)
def test_chance_lies_between_nothing_and_the_expected_number_of_carriers(prevalence, donors):
    assert 0 <= presence(prevalence, donors) <= min(1.0, prevalence * donors * (1 + 1e-12))


@given(prevalences, pools, pools)
def test_two_pools_together_lack_it_only_if_both_lack_it(prevalence, one, other):
    lacking = (1 - presence(prevalence, one)) * (1 - presence(prevalence, other))
    assert 1 - presence(prevalence, one + other) == pytest.approx(lacking, abs=1e-12)


@given(prevalences, st.floats(1e-6, 0.999))
def test_the_pool_that_is_asked_for_has_the_chance_asked_for(prevalence, chance):
    assert presence(prevalence, donors_at(chance, prevalence)) == pytest.approx(chance, rel=1e-9)
    assert presence(prevalence, donors_for(chance, prevalence)) >= chance * (1 - 1e-12)


@given(prevalences, st.floats(10, 1e5), st.floats(7, 12))
def test_titre_is_in_proportion_to_prevalence_and_never_saturates(prevalence, carrier, plasma):
    one = product_titre(prevalence, carrier, 100, plasma)
    assert product_titre(2 * prevalence, carrier, 100, plasma) == pytest.approx(2 * one)
    assert one >= 0


def test_product_holds_more_antibody_than_plasma_by_its_concentration():
    assert product_titre(1, 1000, 100, 10) == 10000
    assert product_titre(1, 1000, 50, 10) == 5000


@given(prevalences, st.floats(0, 40))
def test_what_the_patient_gets_is_the_product_diluted(prevalence, rise):
    for strength in (50, 100):
        diluted = product_titre(prevalence, product_igg=strength) * rise / strength
        assert patient_titre(prevalence, rise) == pytest.approx(diluted)


@pytest.mark.parametrize("call", [
    lambda: presence(-0.1, 10), lambda: presence(1.1, 10), lambda: presence(nan, 10),
    lambda: presence(0.1, -1), lambda: presence(0.1, nan), lambda: presence(0.1, inf),
    lambda: donors_at(1, 0.1), lambda: donors_at(-0.1, 0.1), lambda: donors_at(nan, 0.1),
    lambda: donors_for(0.5, 0), lambda: donors_for(0.5, 1), lambda: donors_for(0.5, nan),
    lambda: product_titre(2), lambda: product_titre(nan), lambda: product_titre(0.1, -1),
    lambda: product_titre(0.1, nan), lambda: product_titre(0.1, product_igg=0),
    lambda: product_titre(0.1, product_igg=nan), lambda: product_titre(0.1, plasma_igg=0),
    lambda: product_titre(0.1, plasma_igg=nan), lambda: patient_titre(0.1, -1),
    lambda: patient_titre(0.1, nan), lambda: patient_titre(0.1, inf), lambda: patient_titre(nan, 9)])
def test_what_is_out_of_range_is_refused(call):
    with pytest.raises(ValueError, match="must be"):
        call()
