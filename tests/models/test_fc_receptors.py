"""Fcγ receptors and IgG: the numbers the model must give, its limits, and what it refuses.

Targets are arithmetic on the affinities of bruhns2009, Figure 3, done outside this code (by hand for
FcγRI, and in the specification of the model for the rest).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models import fc_receptors as model
from widgets.models.fc_receptors import (
    ACTIVATING, AFFINITIES, HIGH_AFFINITY, INHIBITORY, RECEPTORS, SUBCLASS_SHARES, UPTAKE_CEILING,
    activating_inhibitory_ratio, binding, competing_igg, free_change, free_fraction,
    half_saturating_igg, mean_affinity, occupied_fraction, relative_uptake)

LOW_AFFINITY_ACTIVATING = ACTIVATING[1:]
NAN, INFINITY = float("nan"), float("inf")

igg_levels = st.floats(0, 200)
conditions = st.fixed_dictionaries({
    "receptor": st.sampled_from(RECEPTORS), "baseline": st.floats(2, 15),
    "dimer_fraction": st.floats(0, 0.15), "dimer_affinity": st.floats(1, 50),
    "cell_binding": st.floats(0.01, 1)})


# Numbers from outside

# bruhns2009, Figure 3: association constants in 10^5 per M, as the paper's data files print them.
BRUHNS_FIGURE_3 = {
    "FcγRI": (650, 0, 610, 340),
    "FcγRIIa H131": (52, 4.5, 8.9, 1.7),
    "FcγRIIa R131": (35, 1.0, 9.1, 2.1),
    "FcγRIIb": (1.2, 0.2, 1.7, 2.0),
    "FcγRIIIa V158": (20, 0.7, 98, 2.5),
    "FcγRIIIa F158": (11.7, 0.3, 77, 2.0),
    "FcγRIIIb NA1": (2.0, 0, 11.1, 0),
    "FcγRIIIb NA2": (2.2, 0, 9.1, 0),
}


def test_affinities_are_those_of_bruhns_2009_figure_3():
    assert set(AFFINITIES) == set(BRUHNS_FIGURE_3)
    for receptor, printed in BRUHNS_FIGURE_3.items():
        assert AFFINITIES[receptor] == pytest.approx([1e5 * constant for constant in printed])


def test_subclass_shares_add_up_to_one():
    assert sum(SUBCLASS_SHARES) == pytest.approx(1)


def test_high_affinity_receptor_is_full_at_normal_igg():
    # By hand: K = 0.65 * 65 + 0.045 * 61 + 0.025 * 34 = 45.845 per µM; 10 g/L is 66.67 µM; x = 3056.
    assert binding(10, "FcγRI") == pytest.approx(3056.3, rel=1e-4)
    assert occupied_fraction(10, "FcγRI") > 0.999
    assert 100 * occupied_fraction(10, "FcγRI") == pytest.approx(99.97, abs=0.005)


@pytest.mark.parametrize("receptor, percent", [
    ("FcγRIIa H131", 99.6), ("FcγRIIa R131", 99.4), ("FcγRIIIa V158", 99.2), ("FcγRIIIa F158", 98.7),
    ("FcγRIIb", 86.5)])
def test_low_affinity_receptors_are_largely_full_at_10_g_per_litre(receptor, percent):
    assert 100 * occupied_fraction(10, receptor) == pytest.approx(percent, abs=0.3)


@pytest.mark.parametrize("receptor", ["FcγRIIIb NA1", "FcγRIIIb NA2"])
def test_neutrophil_receptor_is_92_percent_full_at_10_g_per_litre(receptor):
    # Specified as a whole number: 92.31 (NA1) and 92.46 (NA2) both print as 92.
    assert f"{100 * occupied_fraction(10, receptor):.0f}" == "92"


@pytest.mark.parametrize("receptor, igg", [
    ("FcγRI", 0.0033), ("FcγRIIa H131", 0.042), ("FcγRIIa R131", 0.064), ("FcγRIIIa V158", 0.085),
    ("FcγRIIIa F158", 0.134), ("FcγRIIIb NA1", 0.82), ("FcγRIIIb NA2", 0.82), ("FcγRIIb", 1.56)])
def test_half_saturating_igg(receptor, igg):
    assert half_saturating_igg(receptor) == pytest.approx(igg, rel=0.03)


@pytest.mark.parametrize("receptor", ACTIVATING)
def test_free_activating_receptors_fall_3_5_fold_from_10_to_35_g_per_litre(receptor):
    assert 1 / free_change(35, receptor, 10, dimer_fraction=0) == pytest.approx(3.5, abs=0.1)


def test_free_inhibitory_receptor_falls_3_2_fold_from_10_to_35_g_per_litre():
    assert 1 / free_change(35, "FcγRIIb", 10, dimer_fraction=0) == pytest.approx(3.2, abs=0.1)


@pytest.mark.parametrize("activating", ACTIVATING)
def test_competition_alone_hardly_moves_the_balance(activating):
    ratio = activating_inhibitory_ratio(35, activating, 10, dimer_fraction=0)
    assert ratio == pytest.approx(0.905, abs=0.02)


@pytest.mark.parametrize("activating", ACTIVATING)
def test_doubling_the_inhibitory_receptor_halves_the_balance(activating):
    ratio = activating_inhibitory_ratio(35, activating, 10, dimer_fraction=0, inhibitory_fold=2)
    assert ratio == pytest.approx(0.45, abs=0.02)


@pytest.mark.parametrize("receptor", LOW_AFFINITY_ACTIVATING)
@pytest.mark.parametrize("dimer_fraction, uptake", [(0, 0.018), (0.02, 0.015), (0.10, 0.008)])
def test_uptake_of_an_opsonised_target_at_35_g_per_litre(receptor, dimer_fraction, uptake):
    found = relative_uptake(35, receptor, 10, dimer_fraction, dimer_affinity=5, bonds=3.2)
    assert found == pytest.approx(uptake, abs=0.003)


@pytest.mark.parametrize("receptor, percent", [("FcγRIIa H131", 92), ("FcγRIIIa F158", 79), ("FcγRIIb", 24)])
def test_a_twentieth_of_the_affinity_empties_the_low_affinity_receptors(receptor, percent):
    assert 100 * occupied_fraction(10, receptor, cell_binding=0.05) == pytest.approx(percent, abs=0.5)


def test_inhibitory_receptor_binds_serum_igg_more_weakly_than_every_other():  # bruhns2009, abstract
    assert min(RECEPTORS, key=mean_affinity) == INHIBITORY


def test_mouse_receptor_is_in_no_human_list():
    assert not [receptor for receptor in RECEPTORS if receptor.startswith("FcγRIV")]


# Limits, symmetry, monotonicity, conservation

@pytest.mark.parametrize("receptor", RECEPTORS)
def test_half_of_the_receptors_are_occupied_at_the_half_saturating_igg(receptor):
    assert occupied_fraction(half_saturating_igg(receptor), receptor) == pytest.approx(0.5)


@pytest.mark.parametrize("receptor", RECEPTORS)
def test_no_igg_leaves_every_receptor_free_and_endless_igg_none(receptor):
    assert occupied_fraction(0, receptor) == 0
    assert free_fraction(0, receptor) == 1
    assert free_fraction(1e9, receptor) < 1e-7


@given(igg_levels, conditions)
def test_occupied_and_free_add_up_to_one(igg, setting):
    occupied, free = occupied_fraction(igg, **setting), free_fraction(igg, **setting)
    assert 0 <= occupied <= 1 and 0 < free <= 1
    assert occupied + free == pytest.approx(1, abs=1e-12)


@given(igg_levels, igg_levels, conditions)
def test_occupancy_rises_with_igg(one, other, setting):
    low, high = sorted((one, other))
    assert occupied_fraction(low, **setting) <= occupied_fraction(high, **setting)


@given(igg_levels, conditions)
def test_dimers_never_lower_occupancy(igg, setting):
    without = dict(setting, dimer_fraction=0)
    assert occupied_fraction(igg, **setting) >= occupied_fraction(igg, **without) - 1e-12


@given(igg_levels, conditions)
def test_a_dimer_that_binds_like_a_monomer_changes_nothing(igg, setting):
    plain = dict(setting, dimer_affinity=1, dimer_fraction=0)
    assert binding(igg, **dict(setting, dimer_affinity=1)) == pytest.approx(binding(igg, **plain))


@given(st.floats(0, 2), conditions)
def test_there_are_no_dimers_below_the_baseline(igg, setting):
    assert binding(igg, **setting) == pytest.approx(binding(igg, **dict(setting, dimer_fraction=0)))


@given(igg_levels, conditions)
def test_neither_dimers_nor_cells_change_the_high_affinity_receptor(igg, setting):
    setting = dict(setting, receptor=HIGH_AFFINITY)
    assert binding(igg, **setting) == pytest.approx(igg / half_saturating_igg(HIGH_AFFINITY))


@given(igg_levels, conditions, st.floats(0.01, 1))
def test_weaker_binding_on_cells_never_fills_more(igg, setting, weaker):
    low, high = sorted((weaker, setting["cell_binding"]))
    assert (occupied_fraction(igg, **dict(setting, cell_binding=low))
            <= occupied_fraction(igg, **dict(setting, cell_binding=high)) + 1e-12)


def test_competing_igg_counts_a_dimer_as_alpha_monomers():
    # 25 g/L infused, 4 % of it dimers: 1 g/L that counts ten times instead of once.
    assert competing_igg(35, 10, 0.04, 10) == pytest.approx(35 - 1 + 10)


@given(conditions, st.floats(1, 6))
def test_everything_is_one_at_the_baseline(setting, bonds):
    igg = setting["baseline"]
    assert free_change(igg, **setting) == 1
    assert relative_uptake(igg, bonds=bonds, **setting) == pytest.approx(1)
    setting = dict(setting)
    del setting["receptor"]
    assert activating_inhibitory_ratio(igg, "FcγRI", **setting) == pytest.approx(1)


@given(igg_levels, igg_levels, conditions, st.floats(1, 6))
def test_uptake_falls_as_igg_rises_and_stays_under_the_ceiling(one, other, setting, bonds):
    low, high = sorted((one, other))
    more = relative_uptake(low, bonds=bonds, **setting)
    less = relative_uptake(high, bonds=bonds, **setting)
    assert 0 < less <= more + 1e-12
    assert more <= UPTAKE_CEILING


@given(st.floats(15, 200), conditions, st.floats(1, 5))
def test_more_bonds_make_a_blockade_deeper(igg, setting, bonds):
    assert (relative_uptake(igg, bonds=bonds + 1, **setting)
            <= relative_uptake(igg, bonds=bonds, **setting) + 1e-12)


@pytest.mark.parametrize("receptor", RECEPTORS)
def test_uptake_without_igg_comes_close_to_the_ceiling_only(receptor):
    assert relative_uptake(0, receptor) == pytest.approx(UPTAKE_CEILING, rel=0.02)


def test_uptake_below_the_baseline_bends_towards_the_ceiling_of_five():
    # FcγRI is full at 5 and at 10 g/L, so half the IgG leaves twice as many free:
    # one bond, phi = 2, U = 2 * 5 / (5 + 2 - 1).
    assert relative_uptake(5, "FcγRI", 10, bonds=1) == pytest.approx(10 / 6, rel=1e-3)


@given(igg_levels, st.floats(0.5, 4))
def test_balance_is_inverse_to_the_amount_of_inhibitory_receptor(igg, fold):
    alone = activating_inhibitory_ratio(igg, "FcγRI")
    assert activating_inhibitory_ratio(igg, "FcγRI", inhibitory_fold=fold) == pytest.approx(alone / fold)


def test_weak_binding_on_cells_lets_competition_move_the_balance():
    for activating in LOW_AFFINITY_ACTIVATING:
        assert activating_inhibitory_ratio(35, activating, cell_binding=0.05) < 0.6


# What it refuses

@pytest.mark.parametrize("function", [mean_affinity, half_saturating_igg])
def test_unknown_receptor_lists_what_there_is(function):
    with pytest.raises(ValueError, match="no receptor 'FcγRIV'.*FcγRIIa H131.*FcγRIIb"):
        function("FcγRIV")


@pytest.mark.parametrize("receptor", ["FcγRIIb", "FcγRIIIb NA1", "FcγRIV"])
def test_balance_refuses_what_is_no_activating_receptor(receptor):
    with pytest.raises(ValueError, match="no activating receptor.*FcγRI, FcγRIIa H131"):
        activating_inhibitory_ratio(10, receptor)


@pytest.mark.parametrize("name, values", [
    ("igg", (-0.1, NAN, INFINITY)), ("baseline", (0, -1, NAN, INFINITY)),
    ("dimer_fraction", (-0.01, 1.01, NAN)), ("dimer_affinity", (0.9, NAN, INFINITY)),
    ("cell_binding", (0, -1, 1.01, NAN)), ("bonds", (0, -1, NAN, INFINITY))])
def test_uptake_refuses_values_out_of_range_and_names_them(name, values):
    for value in values:
        with pytest.raises(ValueError, match=f"{name} must be .*got {value}"):
            relative_uptake(**dict({"igg": 10, "receptor": "FcγRIIb"}, **{name: value}))


@pytest.mark.parametrize("value", [0, -1, NAN, INFINITY])
def test_balance_refuses_an_impossible_amount_of_inhibitory_receptor(value):
    with pytest.raises(ValueError, match="inhibitory_fold must be > 0"):
        activating_inhibitory_ratio(10, "FcγRI", inhibitory_fold=value)


@pytest.mark.parametrize("function", ["binding", "occupied_fraction", "free_fraction", "free_change"])
def test_every_function_of_igg_refuses_nan(function):
    with pytest.raises(ValueError, match="igg must be >= 0 g/L, got nan"):
        getattr(model, function)(NAN, "FcγRIIb")
