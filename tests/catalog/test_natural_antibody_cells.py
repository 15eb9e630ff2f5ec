"""The widget on natural-antibody B cells: two quoted bands, a disputed cell."""

import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import natural_antibody_cells as widget

anything = any_state(widget)
ask = asking(widget)
figure, describe, table = ask.figure, ask.describe, ask.table


@settings(deadline=None)
@given(anything)
def test_every_number_stays_inside_the_fixed_ranges(state):
    made, said = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    low, high = made["layout"]["yaxis"]["range"]
    assert all(low <= y <= high for trace in made["data"] for y in trace["y"])
    assert said.count(". ") == 2 and not any(part in said for part in ("nan", "inf", "e+", "e-0"))


def test_bands_are_filled_between_their_own_two_lines():
    low, high, human_low, human_high = figure()["data"][:4]
    assert high["fill"] == human_high["fill"] == "tonexty" and "fill" not in low and "fill" not in human_low
    assert [trace["y"][1] for trace in (low, high, human_low, human_high)] == pytest.approx([30, 90, 6, 54])


def test_opening_lies_in_the_human_band_only():
    said = describe()
    assert "8 per µL, or 40 million in 5 L of blood" in said
    assert "human blood gives 2 to 18 per µL, the one for mouse spleen 10 to 30" in said
    assert said.endswith("Only the human range holds 4 %; which cell to count is disputed.")


def test_answer_of_the_task_is_what_the_sentence_gives():
    assert "From 2 to 18 per µL" in widget.TASK["answer"] and "10 to 30" in widget.TASK["answer"]
    assert "15-fold" in widget.TASK["answer"] and 30 / 2 == 15
    assert "200 B cells per µL" in widget.TASK["predict"]


@pytest.mark.parametrize("share, said", [
    (0.5, "Neither range holds 0.5 %."), (1, "Only the human range holds 1 %;"), (5, "Both ranges hold 5 %;"),
    (9, "Both ranges hold 9 %;"), (9.5, "Only the mouse range holds 9.5 %."),
    (15, "Only the mouse range holds 15 %.")])
def test_sentence_says_which_of_the_quoted_ranges_hold_the_share(share, said):
    assert said in describe(share=share)


def test_table_counts_for_this_person_and_names_what_is_disputed():
    seen = table(b_cells=100)
    assert [row[2] for row in seen["rows"]] == ["5 to 15", "1 to 9", "4"]
    assert all("No primary source" in row[3] or "record not seen" in row[3] for row in seen["rows"])
    assert "[griffin2011]" in seen["rows"][1][3] and "pre-plasmablasts" in seen["rows"][1][3]


def test_halves_print_alike_in_both_pythons():
    assert widget._cells(0.125) == "0.13" and widget._cells(2.25) == "2.3" and widget._cells(12.5) == "13"
