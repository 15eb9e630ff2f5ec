"""The vaccine interval: table, rule, and the words for a dose that the table does not list."""

import itertools
from math import log10

import pytest

from tests.asking import asking, trace
from widgets.catalog import vaccine_deferral as widget
from widgets.controls import check
from widgets.models.live_vaccines import INDICATIONS, TABLE, vaccine_rule

PLOTS = ((262, 200), (408, 290))  # pixels, width and height: phone, laptop
DOSES = range(100, 2001, 100)

says = asking(widget).describe


def state(preset="", **values):
    return check(widget.CONTROLS, dict(widget.PRESETS.get(preset, {}), **values))


def test_the_choices_are_the_indications_of_the_model():
    assert [option["value"] for option in widget.CONTROLS[0]["options"]] == list(INDICATIONS)
    assert len(widget.WORDS) == len(TABLE)


def test_the_opening_is_kawasaki_disease_at_11_months():
    assert says() == ("After 2000 mg/kg for Kawasaki disease the table asks for 11 months before a measles or "
                      "varicella vaccine. The rule gives 10.6.")


@pytest.mark.parametrize("preset, months", [
    ("Kawasaki disease, 2 g/kg", 11), ("ITP, 1 g/kg", 10), ("Replacement, 400 mg/kg", 8)])
def test_presets_of_the_table_give_its_months(preset, months):
    assert f"the table asks for {months} months" in says(preset)


def test_a_dose_without_a_row_is_answered_by_the_rule_and_says_so():
    said = says("ITP, 0.4 g/kg on 5 days")
    assert "the table has no row: it lists 400 mg/kg and 1000 mg/kg" in said
    assert "The rule gives 10.6, so about 11 months" in said
    assert "it lists 300 to 400 mg/kg" in says(indication="replacement", dose=900)


@pytest.mark.parametrize("indication", INDICATIONS)
@pytest.mark.parametrize("dose", DOSES)
def test_the_patient_stands_on_the_table_or_within_half_a_month_of_the_rule(indication, dose):
    here = trace(widget.figure(indication, dose), "this patient")
    assert here["x"] == [dose] and abs(here["y"][0] - vaccine_rule(dose)) <= 0.5


def test_every_row_of_the_table_is_a_point_and_the_rule_passes_near():
    table = trace(widget.figure(**state()), "table")
    assert list(zip(table["x"], table["y"])) == [(300, 8), (400, 8), (1000, 10), (2000, 11)]
    assert all(abs(vaccine_rule(dose) - months) < 0.5 for dose, months in zip(table["x"], table["y"]))


def test_the_rule_is_a_straight_line_over_doublings():
    months = trace(widget.figure(**state()), "rule")["y"]
    steps = [b - a for a, b in zip(months, months[1:])]
    assert max(steps) - min(steps) < 1e-9


def test_the_numbers_of_the_task():
    assert says(indication="itp", dose=400).startswith("After 400 mg/kg for immune thrombocytopenia (ITP) the "
                                                      "table asks for 8 months")
    assert f"{vaccine_rule(2000) - vaccine_rule(400):.1f}" == "2.3" and "adds 2.3" in widget.TASK["answer"]
    assert f"{vaccine_rule(800) - vaccine_rule(400):.0f}" == "1"


@pytest.mark.parametrize("indication, dose, marked", [
    ("replacement", 300, "Replacement"), ("itp", 1000, "Immune"), ("kawasaki", 400, None)])
def test_the_table_marks_the_row_of_this_patient(indication, dose, marked):
    rows = widget.table(indication, dose)["rows"]
    assert len(rows) == len(TABLE)
    found = [row[0]["text"] for row in rows if isinstance(row[0], dict)]
    assert len(found) == (1 if marked else 0) and all(text.startswith(marked) for text in found)
    assert {row[-1] for row in rows} == {"[cdc_acip_timing]"}


@pytest.mark.parametrize("width, height", PLOTS)
@pytest.mark.parametrize("dose", DOSES)
@pytest.mark.parametrize("indication", INDICATIONS)
def test_labels_stay_inside_and_apart(indication, dose, width, height):
    made = widget.figure(indication, dose)["layout"]
    left, right = made["xaxis"]["range"]
    boxes = []
    for note in made["annotations"]:
        lines = note["text"].replace("<b>", "").replace("</b>", "").split("<br>")
        long, tall = 6.6 * max(map(len, lines)), 16 * len(lines)
        x = (note["x"] - left) / (right - left) * width + note["xshift"]
        y = note["y"] / 12.5 * height + note["yshift"]
        start = x - long * {"left": 0, "center": 0.5, "right": 1}[note["xanchor"]]
        low = y - tall if note.get("yanchor") == "top" else y - tall / 2
        assert start >= 0 and start + long <= width + 10 and low >= 0 and low + tall <= height
        boxes.append((start, start + long, low, low + tall))
    for one, other in itertools.combinations(boxes, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_every_point_lies_on_the_axes():
    for indication in INDICATIONS:
        for dose in DOSES:
            made = widget.figure(indication, dose)
            low, high = made["layout"]["xaxis"]["range"]
            for part in made["data"]:
                assert all(low <= log10(x) + 1e-9 and log10(x) <= high for x in part["x"])
                assert all(0 < y <= 12 for y in part["y"])
