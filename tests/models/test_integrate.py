"""The integrator against solutions known in closed form."""

from math import cos, exp, inf, nan, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.integrate import cubic_crossing, graded_times, halved, integrate, settled


def even(end, steps):
    return [end * n / steps for n in range(steps + 1)]


def oscillator(x, v):
    return v, -x


def test_two_states_follow_the_exact_oscillation():
    x, v = integrate(oscillator, (1.0, 0.0), even(10, 400))[-1]
    assert x == pytest.approx(cos(10), abs=1e-6)
    assert v == pytest.approx(-sin(10), abs=1e-6)


def test_one_state_follows_the_exact_decay():
    assert integrate(lambda y: (-y,), (1.0,), even(3, 60))[-1][0] == pytest.approx(exp(-3), rel=1e-6)


def test_halving_the_steps_divides_the_error_by_sixteen():
    def error(steps):
        return abs(integrate(oscillator, (1.0, 0.0), even(2, steps))[-1][0] - cos(2))
    assert error(20) / error(40) == pytest.approx(16, rel=0.1)


def test_two_states_take_the_same_steps_as_any_number_of_states():
    def three(x, v, still):
        return v, -x, 0.0
    pair = integrate(oscillator, (1.0, 0.5), even(5, 23))
    for (x, v), (x3, v3, still) in zip(pair, integrate(three, (1.0, 0.5, 7.0), even(5, 23))):
        assert (x, v, 7.0) == pytest.approx((x3, v3, still), rel=1e-14)


def test_what_flows_between_two_states_is_conserved():
    def rates(a, b):
        moved = 0.3 * (a - b)
        return -moved, moved
    assert all(a + b == pytest.approx(5, rel=1e-14) for a, b in integrate(rates, (4.0, 1.0), even(30, 40)))


def test_the_path_has_one_state_for_each_time():
    path = integrate(oscillator, (1.0, 0.0), [0, 0.1, 0.5, 0.6])
    assert len(path) == 4
    assert path[0] == (1.0, 0.0)


@pytest.mark.parametrize("times", [[0, 0], [0, 1, 0.5], [0, nan], [0, nan, 1]])
@pytest.mark.parametrize("state", [(1.0, 0.0), (1.0, 0.0, 0.0)])
def test_times_that_do_not_rise_are_refused(times, state):
    with pytest.raises(ValueError, match="times must rise"):
        integrate(lambda *y: (0.0,) * len(y), state, times)


@given(st.floats(-10, 200), st.floats(0.01, 200), st.floats(0.01, 1), st.floats(1, 5), st.floats(1, 3))
def test_graded_times_run_from_start_to_end_and_no_step_exceeds_the_longest(
        start, span, first, ratio, growth):
    times = graded_times(start, start + span, first, first * ratio, growth)
    steps = [after - before for before, after in zip(times, times[1:])]
    assert times[0] == start
    assert times[-1] == start + span
    assert min(steps) > 0
    assert max(steps) <= first * ratio * (1 + 1e-6)
    assert steps[0] <= first * (1 + 1e-6)


def test_graded_steps_grow_up_to_the_longest():
    steps = [b - a for a, b in zip(*(lambda t: (t, t[1:]))(graded_times(0, 28, 0.25, 1.2, 1.5)))]
    assert all(after >= before * (1 - 1e-9) for before, after in zip(steps, steps[1:]))


@pytest.mark.parametrize("arguments", [
    (1, 1, 0.1, 1), (2, 1, 0.1, 1), (0, nan, 0.1, 1), (nan, 1, 0.1, 1), (0, inf, 0.1, 1), (0, 1, 0, 1),
    (0, 1, nan, 1), (0, 1, 2, 1), (0, 1, 0.1, nan), (0, 1, 0.1, 1, 0.9), (0, 1, 0.1, 1, nan)])
def test_a_grading_that_cannot_end_is_refused(arguments):
    with pytest.raises(ValueError):
        graded_times(*arguments)


def test_halved_times_add_the_middle_of_every_step():
    assert halved([0, 1, 4]) == [0, 0.5, 1, 2.5, 4]


def test_a_linear_cycle_settles_at_its_fixed_point():
    def cycle(a, b):
        return 3 + 0.9 * a - 0.1 * b, 1 + 0.2 * a + 0.4 * b
    (a, b), slope = settled(cycle, (0.0, 0.0))
    assert (a, b) == pytest.approx((85 / 4, 35 / 4), rel=1e-9)
    assert cycle(a, b) == pytest.approx((a, b), rel=1e-9)


def test_a_curved_cycle_settles_where_it_returns_the_same_state():
    def cycle(a, b):
        return 2 + 0.8 * a ** 0.9, 0.5 * a + 0.3 * b
    (a, b), slope = settled(cycle, (1.0, 1.0), small=1e-9)
    assert cycle(a, b) == pytest.approx((a, b), abs=1e-9)


def test_an_earlier_slope_saves_cycles_and_leads_to_the_same_state():
    calls = []

    def cycle(a, b):
        calls.append(1)
        return 2 + 0.8 * a ** 0.9, 0.5 * a + 0.3 * b
    first, slope = settled(cycle, (8.0, 6.0))
    fresh = len(calls)
    second, slope = settled(cycle, (8.0, 6.0), slope)
    assert len(calls) - fresh < fresh
    assert second == pytest.approx(first, abs=1e-3)


@given(st.floats(0.01, 0.99), st.floats(-3, 3), st.floats(0.2, 3))
def test_a_cubic_is_crossed_where_it_passes_the_level(at, bend, slope):
    def value(u):
        return slope * u + bend * u * (1 - u) * (0.5 - u) / 3

    def rate(u):
        return slope + bend * (1 - 6 * u + 6 * u * u) / 6
    if min(rate(n / 50) for n in range(51)) <= 0.05:
        return
    found = cubic_crossing(value(0), value(1), rate(0), rate(1), value(at))
    assert found == pytest.approx(at, abs=1e-6)
