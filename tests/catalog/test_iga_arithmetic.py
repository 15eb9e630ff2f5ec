"""The widget on IgA deficiency: common in a clinic, and never a risk of anaphylaxis."""

import json

from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import iga_arithmetic as widget

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def dots(**values):
    """Chance of IgA deficiency, and of deficiency with anti-IgA, per cent."""
    return [trace["y"][0] for trace in figure(**values)["data"][4:]]


@settings(deadline=None)
@given(anything)
def test_every_number_is_a_chance(state):
    made = widget.figure(**state)
    json.dumps(made, allow_nan=False)
    assert all(0 <= y <= 100 for trace in made["data"] for y in trace["y"])
    alone, anti = [trace["y"][0] for trace in made["data"][4:]]
    assert anti <= alone


@settings(deadline=None)
@given(anything)
def test_sentence_always_says_what_the_numbers_are_not(state):
    said = widget.describe(**state)
    assert said.endswith("Neither is a risk of anaphylaxis.") and said.count(". ") == 2
    assert not any(part in said for part in ("nan", "inf", "e+", "e-0", "<"))


def test_opening_meets_it_in_a_third_of_clinics_of_200():
    assert [f"{percent:.0f}" for percent in dots()] == ["33", "11"]
    assert "among 200 patients is 33 %, and of at least one with anti-IgA too 11 %" in describe()


def test_answer_of_the_task_is_what_the_sentence_gives():
    assert "It takes 346 and 1155 patients for an even chance" in describe()
    answer = widget.TASK["answer"]
    assert answer.startswith("33 % among 200 patients, and 11 % for one who also has anti-IgA.")
    assert "346 patients for IgA deficiency and 1155 for both" in answer
    assert "None of these is a risk of anaphylaxis" in answer


def test_reader_inside_the_published_range_lies_inside_the_shaded_band():
    rare, common, own = [trace["y"] for trace in figure()["data"][:3]]
    assert all(low <= y <= high for low, y, high in zip(rare, own, common))


def test_limits_forbid_the_multiplication_and_give_the_numbers_that_refute_it():
    forbidden = widget.LIMITS[0]
    assert forbidden.startswith("Never multiply") and "[sandler1995]" in forbidden
    assert all(number in forbidden for number in ("20,000 to 47,000", "1200", "17.5 %"))


def test_limits_own_up_to_the_number_that_the_shares_miss():
    assert f"one person in {500 / 0.3:.0f}" in widget.LIMITS[1] and widget.LIMITS[1].startswith("Not met")
