"""Natural-antibody B cells: a multiplication, its bands, and what is refused."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models import natural_antibody_cells as model
from widgets.models.natural_antibody_cells import cells_in_blood, natural_antibody_cells

counts, shares = st.floats(0, 1e5), st.floats(0, 1)


@given(counts, shares)
def test_those_that_do_and_those_that_do_not_are_all_the_b_cells(b_cells, share):
    rest = natural_antibody_cells(b_cells, 1 - share)
    assert natural_antibody_cells(b_cells, share) + rest == pytest.approx(b_cells)


@given(counts, shares, st.floats(0.1, 10))
def test_blood_holds_a_million_times_what_a_microlitre_holds_per_litre(b_cells, share, volume):
    assert cells_in_blood(b_cells, share, volume) == pytest.approx(
        1e6 * volume * natural_antibody_cells(b_cells, share))


def test_no_b_cells_make_no_natural_antibodies():
    assert natural_antibody_cells(0, 0.15) == 0 and cells_in_blood(0, 0.15) == 0


def test_the_two_quoted_bands_overlap_and_the_median_lies_in_the_human_one():
    assert model.HUMAN_LOW < model.MOUSE_LOW < model.HUMAN_HIGH < model.MOUSE_HIGH
    assert model.HUMAN_LOW < model.HUMAN_MEDIAN < model.HUMAN_HIGH


@pytest.mark.parametrize("call", [
    lambda: natural_antibody_cells(-1, 0.1), lambda: natural_antibody_cells(nan, 0.1),
    lambda: natural_antibody_cells(inf, 0.1), lambda: natural_antibody_cells(200, -0.1),
    lambda: natural_antibody_cells(200, 1.1), lambda: natural_antibody_cells(200, nan),
    lambda: cells_in_blood(200, 0.1, 0), lambda: cells_in_blood(200, 0.1, nan),
    lambda: cells_in_blood(200, 2, 5)])
def test_what_is_out_of_range_is_refused(call):
    with pytest.raises(ValueError, match="must be"):
        call()
