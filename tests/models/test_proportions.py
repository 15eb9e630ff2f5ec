"""Proportions and their intervals: published results, the equations that define them, symmetry, refusals."""

from math import inf, nan, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from widgets.models.proportions import Z, number_needed_to_treat, proportion, risk_difference, risk_ratio

counts = st.integers(1, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def test_difference_of_a_trial_agrees_with_what_the_trial_published():
    """kobayashi2012: 28 and 4 events, risk difference 0.20 (0.12 to 0.28)."""
    assert risk_difference((28, 121), (4, 121)) == pytest.approx((0.20, 0.12, 0.28), abs=0.005)


def test_intervals_leave_out_no_difference_where_trials_published_a_small_p_value():
    """newburger1986: p = 0.01 at two weeks and 0.005 at seven; inoue2006: p = 0.017."""
    for first, second in (((18, 78), (6, 75)), ((14, 79), (3, 79)), ((10, 88), (2, 90))):
        assert risk_difference(first, second).low > 0 and risk_ratio(first, second).high < 1


@given(counts)
def test_ends_of_an_interval_are_where_the_score_test_is_at_its_limit(count):
    share, low, high = proportion(*count)
    for end in (low, high):
        assume(1e-6 < end < 1 - 1e-6)
        assert abs(share - end) == pytest.approx(Z * sqrt(end * (1 - end) / count[1]), rel=1e-6)


@given(counts)
def test_an_interval_holds_its_share_and_lies_between_none_and_all(count):
    share, low, high = proportion(*count)
    assert 0 <= low <= share <= high <= 1


@given(counts)
def test_counting_the_children_without_the_event_mirrors_the_interval(count):
    events, total = count
    one, other = proportion(events, total), proportion(total - events, total)
    assert other == pytest.approx((1 - one.value, 1 - one.high, 1 - one.low), abs=1e-12)


def test_more_patients_narrow_the_interval():
    widths = [proportion(n, 4 * n).high - proportion(n, 4 * n).low for n in (2, 20, 200)]
    assert widths == sorted(widths, reverse=True)


@given(counts, counts)
def test_exchanging_groups_turns_the_difference_round(first, second):
    one, other = risk_difference(first, second), risk_difference(second, first)
    assert other == pytest.approx((-one.value, -one.high, -one.low), abs=1e-12)
    assert -1 <= one.low <= one.value <= one.high <= 1


@given(counts, counts)
def test_exchanging_groups_inverts_the_ratio(first, second):
    assume(first[0] > 0 and second[0] > 0)
    one, other = risk_ratio(first, second), risk_ratio(second, first)
    assert other == pytest.approx((1 / one.value, 1 / one.high, 1 / one.low))
    assert one.low <= one.value <= one.high


@given(counts, counts)
def test_a_number_needed_to_treat_is_the_difference_turned_over_or_none(first, second):
    difference, needed = risk_difference(first, second), number_needed_to_treat(first, second)
    if difference.low <= 0 <= difference.high:
        assert needed is None
    else:
        assert needed == pytest.approx((1 / difference.value, 1 / difference.high, 1 / difference.low))
        assert needed.low <= needed.value <= needed.high


def test_harm_gives_a_negative_number_needed_to_treat():
    assert number_needed_to_treat((4, 121), (28, 121)).high < 0


@pytest.mark.parametrize("call", [
    lambda: proportion(0, 0), lambda: proportion(1, nan), lambda: proportion(-1, 10),
    lambda: proportion(11, 10),
    lambda: proportion(nan, 10), lambda: proportion(inf, 10), lambda: risk_difference((1, 10), (1, 0)),
    lambda: risk_difference((11, 10), (1, 10)), lambda: risk_ratio((0, 10), (1, 10)),
    lambda: risk_ratio((1, 10), (0, 10)), lambda: number_needed_to_treat((1, 10), (nan, 10))])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_a_refusal_names_the_argument_and_its_value():
    with pytest.raises(ValueError, match="events must be 0 to 10, got 12"):
        proportion(12, 10)
