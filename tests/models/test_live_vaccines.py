"""The interval before a live vaccine: table, rule, and what they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.live_vaccines import (
    ANCHOR_DOSE, ANCHOR_MONTHS, INDICATIONS, SHORTEST, TABLE, vaccine_interval, vaccine_rule)

NAN, INFINITY = float("nan"), float("inf")
doses = st.floats(1, 10_000)


def test_every_row_of_the_table_is_found_again():
    for row in TABLE:
        for dose in (row.low, row.high):
            assert vaccine_interval(row.indication, dose) == row.months


def test_a_dose_that_the_table_does_not_list_has_no_interval():
    assert vaccine_interval("kawasaki", 400) is None
    assert vaccine_interval("itp", 700) is None
    assert vaccine_interval("replacement", 350) == 8


def test_a_higher_dose_in_the_table_never_waits_less():
    for one in TABLE:
        for other in TABLE:
            assert not (one.low >= other.high and one.months < other.months)


def test_the_rule_starts_from_its_anchor():
    assert vaccine_rule(ANCHOR_DOSE) == ANCHOR_MONTHS


@given(doses, doses)
def test_a_higher_dose_never_waits_less_by_the_rule(one, other):
    low, high = sorted((one, other))
    assert SHORTEST <= vaccine_rule(low) <= vaccine_rule(high)


@given(st.floats(10, 5000))
def test_a_doubling_adds_30_days_wherever_it_starts(dose):
    assert (vaccine_rule(2 * dose) - vaccine_rule(dose)) * 30.44 == pytest.approx(30)


def test_a_small_dose_waits_three_months():
    assert vaccine_rule(1) == SHORTEST and vaccine_rule(9) == SHORTEST < vaccine_rule(11)


@pytest.mark.parametrize("row", TABLE)
def test_the_rounded_rule_gives_every_row_of_the_table(row):
    assert round(vaccine_rule(row.low)) == round(vaccine_rule(row.high)) == row.months


def test_the_older_anchor_falls_0_7_to_1_4_months_short():
    short = [row.months - vaccine_rule(dose, anchor=5) for row in TABLE for dose in (row.low, row.high)]
    assert f"{min(short):.1f} {max(short):.1f}" == "0.7 1.4"


@pytest.mark.parametrize("dose", [0, -1, NAN, INFINITY])
def test_impossible_doses_are_refused(dose):
    with pytest.raises(ValueError, match=f"dose must be > 0 mg/kg, got {dose}"):
        vaccine_rule(dose)
    for indication in INDICATIONS:
        with pytest.raises(ValueError, match="dose must be > 0 mg/kg"):
            vaccine_interval(indication, dose)


def test_an_unknown_indication_lists_what_there_is():
    with pytest.raises(ValueError, match="no indication 'rabies'; the table has: replacement, .*kawasaki"):
        vaccine_interval("rabies", 400)


@pytest.mark.parametrize("anchor", [0, -1, NAN, INFINITY])
def test_an_impossible_anchor_is_refused(anchor):
    with pytest.raises(ValueError, match="anchor must be > 0 months"):
        vaccine_rule(400, anchor)
