"""The widget on viscosity and sodium: its opening point, its presets, and every corner of its controls."""

import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking, trace
from widgets.catalog import viscosity_and_sodium as widget
from widgets.models.hyperproteinaemia import indirect_sodium, serum_viscosity, total_protein

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_figure_inside_its_axes_and_a_sentence_with_both_numbers(state):
    made, said = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    assert "Relative viscosity" in said and "mmol/L of sodium" in said
    assert (made["layout"]["yaxis"]["range"] in [list(pair) for pair in widget.THICKNESS + widget.SALT])
    low, high = made["layout"]["yaxis"]["range"]
    for part in made["data"]:
        if part["mode"] == "markers":
            assert all(low < y < high for y in part["y"])
            assert all(0 <= x <= made["layout"]["xaxis"]["range"][1] for x in part["x"])


def test_opening_shows_serum_thicker_than_normal_within_the_published_rise():
    made = figure()
    after, published = trace(made, "at the peak")["y"][0], trace(made, "published rise, Dalakas 1994")
    assert after > widget.NORMAL[1]
    bar = published["error_y"]
    assert published["y"][0] - bar["arrayminus"][0] < after < published["y"][0] + bar["array"][0]


def test_the_published_rise_stands_on_the_readers_own_viscosity_before():
    made = figure(albumin=30, baseline=5)
    before = trace(made, "before")["y"][0]
    published = trace(made, "published rise, Dalakas 1994")
    assert published["y"][0] - before == pytest.approx(0.55)
    for side in ("array", "arrayminus"):
        assert published["error_y"][side] == [pytest.approx(0.45)]


@pytest.mark.parametrize("days, igg", [("5", 35), ("2", 45), ("1", 52)])
def test_peaks_are_those_of_the_igg_model(days, igg):
    assert widget.peak_igg(2, days, 10) == pytest.approx(igg, abs=0.5)


def test_points_are_what_the_models_give():
    peak = widget.peak_igg(1.2, "5", 8)
    made = figure(dose=1.2, days="5", baseline=8, albumin=30, other=12, crowding=0.5)
    assert trace(made, "at the peak")["y"] == [pytest.approx(serum_viscosity(peak, 30, 12, 0.5))]
    made = figure(show="sodium", dose=1.2, days="5", baseline=8, albumin=30, other=12, lipid=2)
    assert trace(made, "at the peak")["y"] == [pytest.approx(indirect_sodium(total_protein(peak, 30, 12), 2))]


def test_the_answer_of_the_task_holds_the_numbers_of_the_model():
    answer, numbers = widget.TASK["answer"], []
    for days in ("1", "5"):
        peak = widget.peak_igg(2, days, 10)
        numbers += [f"{peak:.0f}", f"{serum_viscosity(peak) - serum_viscosity(10):.2f}",
                    f"{indirect_sodium(total_protein(10)) - indirect_sodium(total_protein(peak)):.1f}"]
    assert numbers == ["52", "0.83", "4.6", "35", "0.42", "2.7"]
    assert all(number in answer for number in numbers)


def test_limits_say_rightly_how_much_of_a_fall_protein_explains():
    falls = [indirect_sodium(total_protein(10)) - indirect_sodium(total_protein(widget.peak_igg(2, days, 10)))
             for days in ("5", "2", "1")]
    assert 2.5 < falls[0] < falls[1] < falls[2] < 5
    assert "3 to 5 mmol/L at the peak" in widget.LIMITS[4]


def test_lipid_moves_sodium_and_leaves_viscosity():
    assert trace(figure(lipid=3), "at the peak")["y"] == trace(figure(), "at the peak")["y"]
    assert (trace(figure(show="sodium", lipid=3), "at the peak")["y"][0]
            < trace(figure(show="sodium"), "at the peak")["y"][0] - 3)


def test_both_views_have_the_same_sentence():
    assert describe(show="sodium") == describe(show="viscosity")
    assert describe().startswith("2 g/kg over 2 days takes IgG from 10 to 45.2 g/L. Relative viscosity rises "
                                 "by 0.65 to 2.17")
