"""The model of a pathogenic antibody: exact limits, balance of mass, and what no parameter may break."""

from math import exp, inf, isfinite, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.models import autoantibody as model
from widgets.models.autoantibody import (
    at_day, lowest, removal_sessions, removed_share, simulate_autoantibody, steady_igg)
from widgets.models.igg_level import clearance, kinetics, production, regimen, simulate_igg
from widgets.models.integrate import halved, integrate
from widgets.models.two_compartments import Kinetics


def course_of(dose=2000, count=1, **more):
    return simulate_autoantibody(regimen(dose, 28, count, True), **more)


def held(course):
    """IgG-like amount of the antibody in the body, per kg, in units of its level times mL."""
    k = kinetics()
    return [k.central_volume * a + k.peripheral_volume * p
            for a, p in zip(course.antibody, course.antibody_peripheral)]


# ---- exact limits ----

def test_without_treatment_nothing_changes():
    course = simulate_autoantibody(days=100)
    assert course.antibody == pytest.approx([1] * len(course.times), abs=1e-9)
    assert course.igg == pytest.approx([11] * len(course.times), abs=1e-9)


def test_igg_is_that_of_the_model_of_the_igg_level():
    doses = regimen(2000, 28, 2, True)
    other = simulate_igg(doses, 10, days=84)
    course = simulate_autoantibody(doses, 10, days=84)
    for day, igg in list(zip(other.times, other.igg))[::9]:
        assert at_day(course.times, course.igg, day) == pytest.approx(igg, rel=0.01)
    assert course.igg[-1] == pytest.approx(other.igg[-1], rel=1e-4)


@pytest.mark.parametrize("removals", [(), removal_sessions(5)])
def test_without_ivig_an_antibody_of_unchanged_production_moves_exactly_like_igg(removals):
    course = simulate_autoantibody(blockade=0.5, removals=removals)
    assert [11 * a for a in course.antibody] == pytest.approx(course.igg, rel=1e-9)


@pytest.mark.parametrize("blockade", [0, 0.3, 0.8, 1])
def test_a_lasting_blockade_ends_at_the_steady_level(blockade):
    course = simulate_autoantibody(blockade=blockade, days=500)
    assert course.igg[-1] == pytest.approx(steady_igg(11, blockade), rel=1e-4)


def test_full_blockade_lowers_igg_to_its_share_of_clearance():
    assert steady_igg(12.1, 1) == pytest.approx(production(12.1) / 7.56)


def test_without_blockade_the_steady_level_is_the_untreated_one():
    assert steady_igg(11, 0) == pytest.approx(11)


def test_with_production_stopped_and_igg_at_rest_the_late_fall_has_the_tracers_half_life():
    course = simulate_autoantibody(production_share=0, days=160)
    ratio = at_day(course.times, course.antibody, 123.7) / at_day(course.times, course.antibody, 100)
    assert ratio == pytest.approx(0.5, abs=0.01)


# ---- balance of mass ----

def test_redistribution_alone_keeps_the_amount_in_the_body():
    """After a removal, without clearance and production, plasma refills from the periphery only."""
    k = Kinetics(0.0, 0.0, 21.0, 46.0, 50.0, 15.0)
    state = (complex(11, 0.2), complex(11, 0.9))
    path = integrate(model._rates(k, 0j), state, [n / 4 for n in range(200)])
    before = 46 * 0.2 + 50 * 0.9
    for plasma, tissue in path:
        assert 46 * plasma.imag + 50 * tissue.imag == pytest.approx(before, rel=1e-12)
    assert path[-1][0].imag == pytest.approx(before / 96, rel=1e-6)


@pytest.mark.parametrize("production_share", [0, 0.5, 1])
def test_amount_in_the_body_changes_by_what_is_made_and_lost(production_share):
    course = course_of(production_share=production_share, removals=[(10, 0.6), (12, 0.6)], days=56)
    amounts, made, lost = held(course), production_share * production(11) / 11, 0.0
    for n in range(1, len(course.times)):
        h = course.times[n] - course.times[n - 1]
        if h == 0:
            continue
        ends = [clearance(course.igg[i]) * course.antibody[i] for i in (n - 1, n)]
        lost += h * sum(ends) / 2
    jumps = [amounts[n - 1] - amounts[n] for n in range(1, len(amounts))
             if course.times[n] == course.times[n - 1]]
    assert len(jumps) == 2
    assert amounts[-1] == pytest.approx(amounts[0] + 56 * made - lost - sum(jumps), rel=0.01)


def test_a_session_takes_its_share_from_plasma_and_nothing_from_the_periphery():
    course = simulate_autoantibody(removals=[(3, 0.4)], days=10)
    n = course.times.index(3)
    assert course.times[n + 1] == 3
    assert course.antibody[n + 1] == pytest.approx(0.6 * course.antibody[n])
    assert course.igg[n + 1] == pytest.approx(0.6 * course.igg[n])
    assert course.antibody_peripheral[n + 1] == course.antibody_peripheral[n]


def test_one_plasma_volume_removes_63_percent():
    assert removed_share(1) == 1 - exp(-1)
    assert removed_share(0) == 0
    assert (1 - removed_share(0.5)) ** 2 == pytest.approx(1 - removed_share(1))


# ---- direction ----

def test_more_ivig_means_less_antibody():
    falls = [1 - lowest(c.times, c.antibody)[1] for c in [course_of(dose) for dose in (0, 400, 1000, 2000)]]
    assert falls == sorted(falls) and falls[0] < 1e-9


def test_the_fall_is_larger_where_igg_is_low():
    falls = [1 - min(course_of(baseline=c0).antibody) for c0 in (4, 7, 11, 20)]
    assert falls == sorted(falls, reverse=True)


def test_rebound_is_the_slower_the_less_is_produced_and_slower_with_ivig():
    def left(dose, share):
        doses = [(9 + day, amount) for day, amount in regimen(dose, 28, 1, True)]
        course = simulate_autoantibody(doses, production_share=share, removals=removal_sessions(5))
        return at_day(course.times, course.antibody, 36)
    for dose in (0, 2000):
        assert left(dose, 0) < left(dose, 0.5) < left(dose, 1)
    for share in (0, 0.5, 1):
        assert left(2000, share) < left(0, share)


@settings(deadline=None, max_examples=60)
@given(dose=st.integers(0, 2000), count=st.integers(1, 6), baseline=st.floats(1, 20),
       share=st.floats(0, 1), blockade=st.floats(0, 1), sessions=st.integers(0, 7), volumes=st.floats(0, 3))
def test_everything_stays_finite_and_the_antibody_between_0_and_its_start(
        dose, count, baseline, share, blockade, sessions, volumes):
    doses = [(20 + day, amount) for day, amount in regimen(dose, 28, count, True)]
    course = simulate_autoantibody(doses, baseline, share, blockade, 20, removal_sessions(sessions, volumes),
                                   days=190)
    for values in course:
        assert all(isfinite(value) for value in values)
    assert all(0 <= a <= 1 + 1e-9 for a in course.antibody + course.antibody_peripheral)
    assert all(igg > 0 for igg in course.igg)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.5, 20), st.floats(0, 1))
def test_the_steady_level_balances_production_and_loss(baseline, blockade):
    igg = steady_igg(baseline, blockade)
    k = kinetics()
    lost = (k.upper_clearance - (1 - blockade) * k.recycling_capacity / (k.half_saturation + igg)) * igg
    assert lost == pytest.approx(production(baseline), rel=1e-9)
    assert igg <= baseline * (1 + 1e-9)


# ---- the solver ----

@pytest.mark.parametrize("arguments", [
    {"doses": regimen(2000, 28, 6, True)}, {"doses": regimen(2000, 28, 1), "baseline": 4},
    {"blockade": 1.0, "blocked_until": 28}, {"removals": removal_sessions(7, 1.5), "production_share": 0}])
def test_halving_every_step_changes_no_number_that_is_shown(arguments, monkeypatch):
    coarse = simulate_autoantibody(**arguments)
    steps = model._steps
    monkeypatch.setattr(model, "_steps", lambda *stretch: halved(steps(*stretch)))
    fine = simulate_autoantibody(**arguments)
    at = dict(zip(fine.times, zip(fine.igg, fine.antibody)))  # of a removal, what stands after it
    for day, igg, antibody, following in zip(coarse.times, coarse.igg, coarse.antibody, coarse.times[1:]):
        if day != following:
            assert igg == pytest.approx(at[day][0], abs=0.02)
            assert antibody == pytest.approx(at[day][1], abs=0.0005)


# ---- reading a curve ----

def test_lowest_is_the_vertex_of_a_parabola():
    times = [0, 1, 3, 4, 7]
    day, value = lowest(times, [(t - 2.6) ** 2 + 5 for t in times])
    assert (day, value) == (pytest.approx(2.6), pytest.approx(5))


def test_lowest_at_an_end_or_beside_a_jump_is_the_point_itself():
    assert lowest([0, 1, 2], [3, 2, 1]) == (2, 1)
    assert lowest([0, 1, 1, 2], [3, 2, 1, 4]) == (1, 1)
    assert lowest([0, 1, 2, 3], [1, 1, 1, 1]) == (0, 1)


def test_at_day_is_on_the_line_between_two_points():
    assert at_day([0, 2, 4], [1, 3, 9], 3) == 6
    assert at_day([0, 2, 2, 4], [1, 3, 0, 4], 3) == 2
    for day in (-1, 5, nan):
        with pytest.raises(ValueError, match="day must be"):
            at_day([0, 2, 4], [1, 3, 9], day)


# ---- refusals ----

@pytest.mark.parametrize("arguments", [
    {"baseline": 0}, {"baseline": nan}, {"baseline": inf}, {"production_share": -0.1},
    {"production_share": nan}, {"production_share": 1.1}, {"blockade": -0.1}, {"blockade": nan},
    {"blockade": 1.1}, {"days": 0}, {"days": nan}, {"days": inf}, {"blocked_until": -1},
    {"blocked_until": nan}, {"infusion_hours": 0}, {"infusion_hours": nan}, {"doses": [(0, -1)]},
    {"doses": [(0, nan)]}, {"doses": [(0, inf)]}, {"doses": [(nan, 1)]}, {"doses": [(168, 1)]},
    {"doses": [(0, 1), (0.1, 1)]}, {"removals": [(0, 1.1)]}, {"removals": [(0, nan)]},
    {"removals": [(168, 0.5)]}, {"removals": [(-1, 0.5)]}, {"removals": [(nan, 0.5)]},
    {"removals": [(1, 0.5), (1, 0.5)]}, {"doses": [(0, 400)], "removals": [(0.1, 0.5)]}])
def test_what_makes_no_sense_is_refused(arguments):
    with pytest.raises(ValueError):
        simulate_autoantibody(**arguments)


@pytest.mark.parametrize("call", [
    lambda: steady_igg(0), lambda: steady_igg(nan), lambda: steady_igg(11, nan), lambda: steady_igg(11, 2),
    lambda: removed_share(-1), lambda: removed_share(nan), lambda: removal_sessions(-1),
    lambda: removal_sessions(nan), lambda: removal_sessions(2, -1), lambda: removal_sessions(2, 1, 0)])
def test_helpers_refuse_what_makes_no_sense(call):
    with pytest.raises(ValueError):
        call()
