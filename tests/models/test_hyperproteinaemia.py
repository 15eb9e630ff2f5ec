"""Viscosity and reported sodium: limits, directions, units and refusals."""

from math import exp, inf, isfinite, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.hyperproteinaemia import (
    ALBUMIN_INTRINSIC, ASSUMED_WATER, IGG_INTRINSIC, OTHER_INTRINSIC, WATER_WITHOUT_SOLIDS, indirect_sodium,
    serum_viscosity, serum_water, total_protein)

igg, albumin, other = st.floats(0, 80), st.floats(25, 50), st.floats(10, 25)
lipid, crowding = st.floats(0.3, 3), st.floats(0.3, 0.6)


def test_water_has_the_viscosity_of_water():
    assert serum_viscosity(0, 0, 0) == 1


def test_dilute_protein_thickens_by_its_intrinsic_viscosity():
    small = 1e-4
    for slope, amounts in ((IGG_INTRINSIC, (small, 0, 0)), (ALBUMIN_INTRINSIC, (0, small, 0)),
                           (OTHER_INTRINSIC, (0, 0, small))):
        assert (serum_viscosity(*amounts) - 1) / small == pytest.approx(slope, rel=1e-4)


def test_without_crowding_viscosity_is_an_exponential():
    assert serum_viscosity(20, 40, 15, 0) == pytest.approx(exp(0.0063 * 20 + 0.0039 * 40 + 0.007 * 15))


@given(igg, albumin, other, crowding)
def test_viscosity_is_finite_and_rises_with_each_protein(g, a, o, k):
    now = serum_viscosity(g, a, o, k)
    assert isfinite(now) and now > 1
    assert min(serum_viscosity(g + 1, a, o, k), serum_viscosity(g, a + 1, o, k),
               serum_viscosity(g, a, o + 1, k)) > now


@given(igg, albumin, other, crowding)
def test_each_further_gram_of_igg_thickens_more_than_the_last(g, a, o, k):
    steps = [serum_viscosity(g + n, a, o, k) for n in (0, 1, 2)]
    assert steps[2] - steps[1] > steps[1] - steps[0]


@given(igg, albumin, other)
def test_crowding_thickens(g, a, o):
    assert serum_viscosity(g, a, o, 0.6) > serum_viscosity(g, a, o, 0.3)


def test_proteins_add_up_in_grams_per_decilitre():
    assert total_protein(10, 42, 18) == pytest.approx(7)


def test_water_without_solids_is_what_the_formula_leaves():
    assert serum_water(0, 0) == WATER_WITHOUT_SOLIDS


@given(st.floats(0, 16), lipid)
def test_water_falls_with_protein_and_faster_with_lipid(protein, fat):
    now = serum_water(protein, fat)
    assert serum_water(protein, fat + 1) < serum_water(protein + 1, fat) < now


def test_grams_per_litre_taken_for_grams_per_decilitre_would_leave_half_the_water():
    assert serum_water(70, 0) == pytest.approx(48, abs=0.1)


def test_an_indirect_electrode_is_right_where_serum_is_93_percent_water():
    protein = (WATER_WITHOUT_SOLIDS - 1.03 * 0.6 - ASSUMED_WATER) / 0.73
    assert indirect_sodium(protein, 0.6, 137) == pytest.approx(137)


@given(st.floats(0, 16), lipid, st.floats(100, 170))
def test_reported_sodium_is_proportional_to_true_sodium_and_falls_with_protein(protein, fat, sodium):
    now = indirect_sodium(protein, fat, sodium)
    assert now == pytest.approx(sodium * indirect_sodium(protein, fat, 1))
    assert indirect_sodium(protein + 1, fat, sodium) < now


@pytest.mark.parametrize("call", [
    lambda: serum_viscosity(-1), lambda: serum_viscosity(nan), lambda: serum_viscosity(10, -1),
    lambda: serum_viscosity(10, nan), lambda: serum_viscosity(10, 42, -1),
    lambda: serum_viscosity(10, 42, nan),
    lambda: serum_viscosity(10, crowding=-0.1), lambda: serum_viscosity(10, crowding=nan),
    lambda: serum_viscosity(400), lambda: serum_viscosity(inf), lambda: total_protein(-1),
    lambda: total_protein(nan),
    lambda: total_protein(1, nan), lambda: total_protein(1, 1, -1),
    lambda: serum_water(-1), lambda: serum_water(nan),
    lambda: serum_water(7, -1), lambda: serum_water(7, nan), lambda: serum_water(140),
    lambda: serum_water(inf),
    lambda: indirect_sodium(7, true_sodium=0), lambda: indirect_sodium(7, true_sodium=nan),
    lambda: indirect_sodium(nan), lambda: indirect_sodium(7, nan)])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_a_refusal_names_the_argument_and_its_value():
    with pytest.raises(ValueError, match="albumin must be >= 0 g/L, got -3"):
        serum_viscosity(10, -3)
