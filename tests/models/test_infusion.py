"""Infusion plans, weights and vials: what they conserve, their order, and what they refuse."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.infusion import (
    LEAST_HEIGHT, RULES, SCHEDULES, SEXES, SLOW_SPEED, VIALS, adjusted_weight, body_mass_index, dosing_weight,
    fewest_vials, ideal_weight, infusion_plan, rate, round_vials, rounded, volume)

NAN, INFINITY = float("nan"), float("inf")
UNITS = (1, 2.5, 5, 10)

amounts = st.floats(0.5, 330)
weights = st.floats(5, 160)
heights = st.floats(LEAST_HEIGHT, 210)
schedules = st.sampled_from(sorted(SCHEDULES))
ceilings = st.sampled_from([None, SLOW_SPEED, 0.5, 20])


# Volume and rate

def test_ten_grams_of_a_10_percent_product_are_100_ml_and_of_a_5_percent_product_200():
    assert volume(10, 10) == pytest.approx(100) and volume(10, 5) == pytest.approx(200)


def test_rates_of_a_label_in_both_units_agree():
    # Manufacturer's page of Gammagard Liquid: 0.5 mL/kg/h is 0.8 mg/kg/min, 5 mL/kg/h is 8, both rounded.
    assert rate(0.8, 10) == pytest.approx(0.5, abs=0.03) and rate(8, 10) == pytest.approx(5, abs=0.3)


def test_the_slow_ceiling_is_1_2_ml_per_kg_and_hour_of_a_10_percent_product():
    assert rate(SLOW_SPEED, 10) == pytest.approx(1.2) and rate(SLOW_SPEED, 5) == pytest.approx(2.4)


# The walk

@given(amounts, weights, schedules, ceilings)
def test_the_steps_hold_the_whole_volume_and_nothing_more(grams, weight, schedule, ceiling):
    plan = infusion_plan(grams, weight, schedule, ceiling)
    given_volume = sum(step.rate * (step.end - step.start) for step in plan.steps)
    assert given_volume == pytest.approx(plan.volume, rel=1e-9)
    assert plan.steps[-1].volume == plan.volume and plan.steps[-1].end == plan.hours
    assert all(math.isfinite(number) for step in plan.steps for number in step)


@given(amounts, weights, schedules, ceilings)
def test_steps_follow_each_other_and_never_slow_down(grams, weight, schedule, ceiling):
    steps = infusion_plan(grams, weight, schedule, ceiling).steps
    assert steps[0].start == 0
    for one, other in zip(steps, steps[1:]):
        assert one.end == other.start and one.rate < other.rate and one.volume < other.volume


@given(amounts, amounts, weights, schedules, ceilings)
def test_more_grams_never_take_less_time(one, other, weight, schedule, ceiling):
    low, high = sorted((one, other))
    assert (infusion_plan(low, weight, schedule, ceiling).hours
            <= infusion_plan(high, weight, schedule, ceiling).hours + 1e-12)


@given(amounts, weights, schedules)
def test_a_ceiling_is_kept_and_only_lengthens(grams, weight, schedule):
    held = infusion_plan(grams, weight, schedule, SLOW_SPEED)
    assert held.hours >= infusion_plan(grams, weight, schedule).hours - 1e-12
    highest = rate(SLOW_SPEED, SCHEDULES[schedule].strength)
    assert all(step.rate_per_kg <= highest for step in held.steps)


@given(st.floats(0.1, 3), weights, weights, schedules)
def test_time_depends_on_the_dose_per_kg_alone(dose, one, other, schedule):
    assert (infusion_plan(dose * one, one, schedule).hours
            == pytest.approx(infusion_plan(dose * other, other, schedule).hours))


# Weights

def test_ideal_weight_at_five_feet_is_the_constant_and_an_inch_adds_2_3_kg():
    assert ideal_weight(60 * 2.54, "male") == pytest.approx(50)
    assert ideal_weight(60 * 2.54, "female") == pytest.approx(45.5)
    assert ideal_weight(71 * 2.54, "male") == pytest.approx(50 + 11 * 2.3)


@given(heights, weights, st.sampled_from(SEXES), st.sampled_from(RULES))
def test_nobody_is_dosed_by_more_than_the_actual_weight(height, weight, sex, rule):
    assert 0 < dosing_weight(height, weight, sex, rule) <= weight


@given(heights, weights, st.sampled_from(SEXES))
def test_adjusted_weight_lies_between_ideal_and_actual(height, weight, sex):
    ideal, adjusted = ideal_weight(height, sex), adjusted_weight(height, weight, sex)
    assert min(ideal, weight) - 1e-9 <= adjusted <= max(ideal, weight) + 1e-9


@given(heights, weights, st.sampled_from(SEXES))
def test_the_default_is_adjusted_from_a_body_mass_index_of_30(height, weight, sex):
    rule = "adjusted" if body_mass_index(height, weight) >= 30 else "actual"
    assert dosing_weight(height, weight, sex) == dosing_weight(height, weight, sex, rule)


def test_the_default_of_a_child_is_the_actual_weight_whatever_the_body_mass_index():
    assert dosing_weight(120, 60, "male") == 60


@pytest.mark.parametrize("rule", ["adjusted", "ideal"])
def test_a_height_without_ideal_weight_says_what_to_use_instead(rule):
    with pytest.raises(ValueError, match="needs a height of 152 to 250 cm, got 100: dose by actual weight"):
        dosing_weight(100, 30, "female", rule)


# Vials

@given(amounts, st.sampled_from(UNITS))
def test_rounding_moves_a_dose_by_half_a_unit_at_most(grams, unit):
    if grams >= unit / 2:
        ordered = rounded(grams, unit)
        assert abs(ordered - grams) <= unit / 2 + 1e-6 and ordered % unit == 0


def test_halves_go_up():
    assert rounded(2.5, 5) == 5 and rounded(17.5, 5) == 20 and rounded(12.5, 5) == 15


@given(amounts, st.sampled_from(UNITS))
def test_vials_hold_exactly_what_was_ordered(grams, unit):
    if grams >= unit / 2:
        ordered, vials = round_vials(grams, unit)
        assert sum(size * number for size, number in vials) == ordered
        assert [size for size, number in vials] == sorted((size for size, number in vials), reverse=True)


def test_no_other_choice_of_vials_is_fewer():
    counts = {0: 0}  # in halves of a gram, searched without any shortcut
    for amount in range(1, 661):
        before = [counts[amount - int(2 * size)] for size in VIALS if amount - int(2 * size) in counts]
        if before:
            counts[amount] = min(before) + 1
    for amount in sorted(counts)[1:]:
        assert sum(number for size, number in fewest_vials(amount / 2)) == counts[amount], amount / 2


@pytest.mark.parametrize("grams, vials", [
    (28 + 2, [(30, 1)]), (35, [(30, 1), (5, 1)]), (40, [(30, 1), (10, 1)]), (7.5, [(5, 1), (2.5, 1)]),
    (70, [(30, 2), (10, 1)]), (3, [(1, 3)])])
def test_vials_of_common_orders(grams, vials):
    assert fewest_vials(grams) == vials


def test_an_amount_that_no_vials_make_is_refused():
    for grams in (0.5, 1.5, 2.25):
        with pytest.raises(ValueError, match=f"no vials of .* add up to {grams} g"):
            fewest_vials(grams)


def test_a_dose_that_rounds_to_nothing_says_what_to_change():
    with pytest.raises(ValueError, match="0.5 g rounds to nothing in units of 5 g: choose a smaller unit"):
        rounded(0.5, 5)


# What is refused

@pytest.mark.parametrize("value", [0, -1, NAN, INFINITY])
def test_impossible_amounts_and_weights_are_refused(value):
    for call in (lambda: infusion_plan(value, 70, "cautious_10"),
                 lambda: infusion_plan(30, value, "cautious_10"),
                 lambda: rounded(value, 5), lambda: rounded(30, value), lambda: fewest_vials(value),
                 lambda: dosing_weight(170, value, "male"), lambda: dosing_weight(value, 70, "male"),
                 lambda: adjusted_weight(170, value, "male"), lambda: volume(10, value),
                 lambda: rate(2, value)):
        with pytest.raises(ValueError, match="must be"):
            call()


@pytest.mark.parametrize("value", [-1, NAN, INFINITY])
def test_negative_grams_and_speeds_are_refused(value):
    with pytest.raises(ValueError, match="grams must be >= 0 g"):
        volume(value, 10)
    with pytest.raises(ValueError, match="speed must be >= 0 mg/kg/min"):
        rate(value, 10)


@pytest.mark.parametrize("ceiling", [0, -2, NAN, INFINITY])
def test_an_impossible_ceiling_is_refused(ceiling):
    with pytest.raises(ValueError, match="(ceiling|speed) must be"):
        infusion_plan(30, 70, "cautious_10", ceiling)


def test_unknown_words_list_what_there_is():
    with pytest.raises(ValueError, match="no schedule 'fast'.*cautious_10, fast_10, standard_5"):
        infusion_plan(30, 70, "fast")
    with pytest.raises(ValueError, match="rule must be one of"):
        dosing_weight(170, 70, "male", "lean")
    with pytest.raises(ValueError, match="sex must be one of"):
        dosing_weight(170, 70, "m")
    with pytest.raises(ValueError, match="sex must be one of"):
        ideal_weight(170, "m")
    with pytest.raises(ValueError, match="needs a height"):
        ideal_weight(NAN, "male")
