"""The widget on trials of Kawasaki disease: its data, its intervals and what it says of any two arms."""

import itertools
import json

import pytest

from tests.asking import asking, trace
from widgets.catalog import kawasaki_trials as widget
from widgets.controls import opening
from widgets.models.proportions import number_needed_to_treat, proportion

ARMS = {arm["id"]: arm for arm in widget.ARMS}
PAIRS = list(itertools.product(["early", "late"], ARMS, ARMS))

ask = asking(widget)
figure, describe, table = ask.figure, ask.describe, ask.table


def test_every_arm_has_counts_a_source_and_a_name_of_its_own():
    assert len(ARMS) == len(widget.ARMS) == len({arm["short"] for arm in widget.ARMS})
    for arm in widget.ARMS:
        assert arm["keys"] and "early" in arm
        for outcome in {"early", "late"} & set(arm):
            assert 0 < arm[outcome]["events"] < arm[outcome]["total"] and arm[outcome]["when"]


def test_every_trial_has_two_arms_of_one_source_and_one_kind_of_children():
    for trial in {arm["trial"] for arm in widget.ARMS}:
        arms = [arm for arm in widget.ARMS if arm["trial"] == trial]
        assert len(arms) == 2 and arms[0]["keys"] == arms[1]["keys"]
        assert arms[0]["children"] == arms[1]["children"]
        assert ("late" in arms[0]) == ("late" in arms[1])


@pytest.mark.parametrize("arm, outcome, percent", [
    ("aspirin_1984", "early", 42), ("ivig_1984", "early", 15), ("aspirin_1986", "early", 23),
    ("ivig_1986", "early", 8), ("aspirin_1986", "late", 18), ("ivig_1986", "late", 4),
    ("ivig_2012", "early", 23),
    ("prednisolone_2012", "early", 3), ("ciclosporin_2019", "early", 14)])
def test_counts_give_the_share_that_the_abstract_prints(arm, outcome, percent):
    assert round(100 * proportion(*widget._counts(ARMS[arm], outcome)).value) == percent


@pytest.mark.parametrize("arm, printed", [("ivig_2006", "11.4"), ("prednisolone_2006", "2.2")])
def test_counts_worked_out_from_a_share_are_the_only_ones_that_print_so(arm, printed):
    events, total = widget._counts(ARMS[arm], "early")
    assert [n for n in range(total + 1) if f"{100 * n / total:.1f}" == printed] == [events]


@pytest.mark.parametrize("outcome, first, second", PAIRS)
def test_any_pair_gives_a_figure_and_a_sentence(outcome, first, second):
    made, said = widget.figure(outcome, first, second), widget.describe(outcome, first, second)
    json.dumps(made, allow_nan=False)
    shown = sorted(name for part in made["data"] for name in part["y"])
    assert shown == sorted(arm["short"] for arm in widget.ARMS if outcome in arm)
    assert said.endswith(".")


@pytest.mark.parametrize("outcome, first, second", PAIRS)
def test_a_number_needed_to_treat_is_given_for_randomised_arms_only(outcome, first, second):
    one, two = ARMS[first], ARMS[second]
    randomised = one["trial"] == two["trial"] and first != second and outcome in one
    said = widget.describe(outcome, first, second)
    assert ("for every" in said) <= randomised and ("Randomised against each other" in said) == randomised


def test_dots_and_bars_are_shares_and_their_intervals():
    dot = trace(figure(), "with")
    share = proportion(6, 75)
    assert dot["y"] == ["4 × 0.4 g/kg, 1986"] and dot["x"] == [pytest.approx(8)]
    assert dot["error_x"]["array"] == [pytest.approx(100 * (share.high - share.value))]
    assert dot["error_x"]["arrayminus"] == [pytest.approx(100 * (share.value - share.low))]


def test_opening_shows_what_ivig_did_in_1986():
    assert describe() == (
        "Aspirin alone (USA, 1986): 18 of 78 children (23 %, 95 % interval 15 to 34); IVIG 4 × 0.4 g/kg "
        "(USA, 1986): 6 of 75 children (8 %, 95 % interval 4 to 16). Randomised against each other: 15 percentage "
        "points fewer with the second (4 to 26), risk ratio 0.35 (0.15 to 0.83); one child is spared "
        "for every 7 treated (4 to 29).")


def test_turning_the_arms_round_speaks_of_harm():
    assert "more with the second" in describe(first="ivig_1986", second="aspirin_1986")
    assert "one child more is affected for every 7 treated (4 to 29)" in describe(
        first="ivig_1986", second="aspirin_1986")


def test_arms_without_a_late_count_say_so():
    assert describe(outcome="late", second="ivig_2012").startswith(
        "For IVIG 2 g/kg once (RAISE, 2012) no late count was seen.")
    assert "different arm" in describe(first="ivig_1986")


def test_the_answer_of_the_task_holds_the_numbers_of_the_trials():
    answer = widget.TASK["answer"]
    assert "18 of 78 down to 6 of 75: 15 percentage points" in answer and "28 of 121" in answer
    assert widget._up(number_needed_to_treat((18, 78), (6, 75)).value) == 7 and "every 7 treated" in answer
    across = opening(widget.CONTROLS) | widget.PRESETS["Across trials, 1986 and 2012"]
    assert "Not randomised" in widget.describe(**across) and "risk ratio 1.00" in widget.describe(**across)
    assert widget.describe(**across).count("23 %") == 2


def test_the_table_lists_each_arm_with_its_source():
    early, late = table(), table(outcome="late")
    assert len(early["rows"]) == len(ARMS) and len(late["rows"]) == 4
    for made in (early, late):
        assert all(len(row) == len(made["columns"]) <= 7 for row in made["rows"])
        assert all(row[-1].startswith("[") for row in made["rows"])
    marked = [row[0]["role"] for row in early["rows"]]
    assert (marked.count("igg"), marked.count("reference")) == (1, 1)


def test_exact_halves_print_alike_in_both_pythons():
    assert "3 of 40 children (8 %" in describe(outcome="late", first="aspirin_1984", second="ivig_1984")
