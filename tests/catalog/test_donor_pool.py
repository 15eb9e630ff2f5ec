"""The widget on the donor pool: presence saturates, titre does not."""

import json
from math import log10

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import donor_pool as widget

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def dots(**values):
    """Chance in per cent, titre in the product, titre in the patient."""
    return [trace["y"][0] for trace in figure(**values)["data"][3:]]


@settings(deadline=None)
@given(anything)
def test_every_number_stays_inside_one_of_two_fixed_ranges(state):
    made = widget.figure(**state)
    json.dumps(made, allow_nan=False)
    low, high = made["layout"]["yaxis2"]["range"]
    assert (low, high) in [(log10(low), log10(high)) for low, high in widget.RANGES]
    left, right = made["layout"]["xaxis"]["range"]
    for trace in made["data"]:
        assert all(left <= log10(x) <= right for x in trace["x"])
        if trace.get("yaxis") == "y2":
            assert all(low <= log10(y) <= high for y in trace["y"])
        else:
            assert all(0 <= y <= 100 for y in trace["y"])


@settings(deadline=None)
@given(anything)
def test_sentence_is_two_and_plain(state):
    said = widget.describe(**state)
    assert said.count(". ") == 1 and not any(part in said for part in ("nan", "inf", "e+", "e-0", "<"))
    assert ("no reaction even undiluted" in said) == (widget.figure(**state)["data"][5]["y"][0] < 1)


def test_opening_is_almost_surely_in_the_pool_and_a_thousandfold_thinner_in_the_patient():
    chance, product, patient = dots()
    assert chance > 99.9 and product == pytest.approx(100) and patient == pytest.approx(9)
    assert "more than 99.9 %" in describe()
    assert "10,000 in a carrier becomes 100 in the product and 9 in a patient" in describe()


def test_more_donors_raise_the_chance_and_leave_both_titres_alone():
    small, large = dots(donors=1000), dots(donors=10000)
    assert f"{small[0]:.0f}" == "63" and large[0] > 99.9 and small[1:] == large[1:]
    assert "from 63 % to more than 99.9 %" in widget.TASK["answer"]
    assert "the titre stays at 100 in the product and 9 in the patient" in widget.TASK["answer"]


def test_more_carriers_raise_the_titre_where_the_chance_can_no_longer_grow():
    rare, common = dots(one_in=1000), dots(one_in=10)
    assert common[1] / rare[1] == pytest.approx(100)
    assert rare[0] > 99.9 and common[0] - rare[0] < 0.1
    assert "from one in 1000 to one in 10 it grows 100 times" in widget.TASK["answer"]


def test_half_the_strength_halves_the_product_and_not_the_patient():
    ten, five = dots(product="10 %"), dots(product="5 %")
    assert five[1] == pytest.approx(ten[1] / 2) and five[2] == ten[2]


@pytest.mark.parametrize("number, said", [
    (2, "2"), (2.5, "2.5"), (10, "10"), (1000, "1000"), (10000, "10,000"), (100000, "100,000")])
def test_numbers_of_five_digits_get_a_comma(number, said):
    assert widget._whole(number) == said


@pytest.mark.parametrize("titre, said", [
    (1e-5, "less than 0.001"), (0.001, "0.001"), (0.09, "0.09"), (0.25, "0.3"), (1, "1"), (9.94, "9.9"),
    (9.96, "10"), (10, "10"), (4444, "4400"), (50000, "50,000")])
def test_titres_have_one_digit_below_1_and_two_above_10(titre, said):
    assert widget._titre(titre) == said
