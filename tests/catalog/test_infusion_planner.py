"""The infusion planner: what its sentence, chart and table say, and how it meets the impossible."""

import json
import re

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import infusion_planner as widget
from widgets.controls import check

anything = any_state(widget)
says = asking(widget).describe


def state(preset="", **values):
    return check(widget.CONTROLS, dict(widget.PRESETS.get(preset, {}), **values))


def order(preset="", **values):
    return widget.order(**state(preset, **values))


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_figure_a_sentence_and_a_table(values):
    made, text, table = widget.figure(**values), widget.describe(**values), widget.table(**values)
    json.dumps([made, table], allow_nan=False)
    assert text.endswith(".") and not re.search(r"nan|inf\b|-\d", text)
    assert 1 <= len(table["rows"]) <= 6 and {len(row) for row in table["rows"]} == {len(table["columns"])}


@settings(deadline=None)
@given(anything)
def test_everything_stays_inside_the_fixed_axes(values):
    made = widget.figure(**values)
    frame, (rate, volume, end) = made["layout"], made["data"]
    hours, speed, full = [frame[key]["range"][1] for key in ("xaxis", "yaxis", "yaxis2")]
    assert hours in widget.HOURS and speed in widget.RATES and full in widget.VOLUMES
    assert max(rate["x"] + volume["x"] + end["x"]) <= hours
    assert max(rate["y"]) <= speed and max(volume["y"] + end["y"]) <= full


@settings(deadline=None)
@given(anything)
def test_grams_vials_and_millilitres_belong_together(values):
    made = widget.order(**values)
    assert sum(size * number for size, number in made["vials"]) == made["grams"]
    strength = 5 if values["schedule"] == "standard_5" else 10
    assert made["plan"].volume == pytest.approx(100 * made["grams"] / strength)
    assert 0 < made["weight"] <= values["weight"]


def test_the_opening_shows_that_vials_change_the_dose():
    assert says() == ("400 mg/kg for 70 kg is 28 g, ordered as 30 g (7 % more): 300 mL of 10 % product in 2.3 "
                      "hours, from 1 vial (30 g).")


def test_presets_of_the_task_give_its_numbers():
    ten, five = order("ITP, 1 g/kg, 70 kg")["plan"], order("The same as a 5 % product")["plan"]
    assert (ten.volume, five.volume) == (700, 1400)
    assert f"{ten.hours:.1f} {five.hours:.1f} {five.hours / ten.hours:.1f}" == "3.7 6.0 1.6"
    assert (ten.steps[-1].start, five.steps[-1].start) == (2, 1.5)
    said = widget.TASK["answer"]
    for number in ("700", "1400", "3.7", "6.0", "1.6", "2 hours", "1.5"):
        assert number in said


def test_adjusted_weight_saves_a_third_of_the_actual_dose_in_the_obese_preset():
    name = "110 kg and 163 cm"
    assert "77.1 kg of adjusted weight is 30.8 g, ordered as 30 g (3 % less)" in says(name)
    assert order(name, rule="actual")["grams"] == 45


def test_a_child_gets_the_actual_weight_and_vials_that_add_up():
    assert "for 12 kg is 24 g, ordered as 24 g: 240 mL" in says("Kawasaki disease, 2 g/kg, 12 kg")
    assert "from 5 vials (20 g and 4 of 1 g)" in says("Kawasaki disease, 2 g/kg, 12 kg")


@pytest.mark.parametrize("rule", ["adjusted", "ideal"])
def test_a_rule_that_the_height_does_not_allow_is_refused_with_the_reason(rule):
    said = says(height=151, rule=rule)
    assert "for 70 kg is 28 g" in said
    assert "no ideal weight for a height of 151 cm (it starts at 152 cm), so the actual weight was used" in said
    assert "no ideal weight" not in says(height=152, rule=rule)


def test_the_default_says_why_it_did_not_adjust_the_weight_of_a_short_heavy_person():
    assert "so the actual weight was used" in says(height=140, weight=80)
    assert "actual weight was used" not in says(height=140, weight=40)


def test_a_thin_person_is_dosed_by_the_actual_weight_under_every_rule():
    for rule in ("adjusted", "ideal"):
        said = says(weight=50, height=185, rule=rule)
        assert "for 50 kg is 20 g" in said and f"The {rule} weight is not below the actual weight" in said


def test_rounding_that_would_leave_nothing_is_refused_with_the_reason():
    said = says(dose=100, weight=10, height=80, unit="5")
    assert "is 1 g, ordered as 1 g" in said
    assert "Rounding to 5 g would leave nothing of this dose, so it was rounded to 1 g." in said


def test_a_coarse_unit_asks_for_a_smaller_one():
    assert "is 24 g, ordered as 20 g (17 % less)" in says(
        "Kawasaki disease, 2 g/kg, 12 kg", unit="10")
    assert "Round to a smaller unit" in says("Kawasaki disease, 2 g/kg, 12 kg", unit="10")
    assert "ordered as 1 g (100 % more)" in says(dose=100, weight=5, height=60, unit="1")
    assert "No vial is smaller." in says(dose=100, weight=5, height=60, unit="1")


def test_patients_at_risk_get_the_same_grams_more_slowly():
    for schedule, ceiling in (("cautious_10", 1.2), ("fast_10", 1.2), ("standard_5", 2.4)):
        quick, slow = order(dose=1000, schedule=schedule), order(dose=1000, schedule=schedule, at_risk=True)
        assert slow["grams"] == quick["grams"] and slow["plan"].hours > quick["plan"].hours
        assert slow["plan"].steps[-1].rate_per_kg == pytest.approx(ceiling)


def test_the_table_walks_from_zero_to_the_whole_volume():
    rows = widget.table(**state())["rows"]
    assert rows[0] == ["1", "0:00", "0:30", "0.5", "35", "18"]
    assert rows[-1] == ["5", "2:00", "2:16", "4", "280", "300"]
    assert [row[2] for row in rows[:-1]] == [row[1] for row in rows[1:]]


@pytest.mark.parametrize("hours, text", [(0, "0:00"), (0.5, "0:30"), (5.999, "6:00"), (17.3, "17:18")])
def test_hours_read_as_a_clock(hours, text):
    assert widget.clock(hours) == text
