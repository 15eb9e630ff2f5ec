"""The criteria worksheet: its presets, its counts, and that it never recommends."""

import json
import re

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import criteria_worksheet as widget
from widgets.controls import check
from widgets.models.criteria import MET, MISSING, NOT_ASKED, NOT_MET, RANGES

RECOMMENDS = re.compile(r"\b(should|recommend\w*|needs?|indicat\w*|must|start|give|candidate)\b", re.I)

anything = any_state(widget)
says = asking(widget).describe


def state(preset="", **values):
    return check(widget.CONTROLS, dict(widget.PRESETS.get(preset, {}), **values))


def results(preset="", **values):
    """Result by criterion and whose list it is on."""
    rows = widget.table(**state(preset, **values))["rows"]
    return {(row[0], row[1].split(" ")[0].strip(",")): row[3]["text"] for row in rows}


def counts(text):
    return tuple(map(int, re.search(r"(\d) of the source's (\d) .* and (\d) of today's (\d)", text).groups()))


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_figure_a_sentence_and_a_table(values):
    made, text, table = widget.figure(**values), widget.describe(**values), widget.table(**values)
    json.dumps([made, table], allow_nan=False)
    assert len(table["rows"]) == 14 and {len(row) for row in table["rows"]} == {5}
    assert len({(row[0], row[1]) for row in table["rows"]}) == 14
    for part in made["data"]:
        assert all(y is None or widget.LOW < y < widget.HIGH for y in part["y"]) and part["x"]
    assert text.endswith("Whether to treat is another question.")


@settings(deadline=None)
@given(anything)
def test_the_sentence_counts_what_the_table_shows(values):
    rows = widget.table(**values)["rows"]
    lists = {whose: [row[3]["text"] for row in rows if row[1].split(" [")[0] == whose]
             for whose in ("source", "today", "source, agreed today")}
    asked = [result for result in lists["today"] if result != NOT_ASKED]
    found = (lists["source"].count(MET), len(lists["source"]), lists["today"].count(MET), len(asked))
    text = widget.describe(**values)
    assert counts(text) == found and found[1] == 4
    assert ("No test is missing." in text) == (MISSING not in sum(lists.values(), []))


@settings(deadline=None)
@given(anything)
def test_neither_sentence_nor_table_recommends(values):
    words = [widget.describe(**values)] + [cell if isinstance(cell, str) else cell["text"]
                                           for row in widget.table(**values)["rows"] for cell in row]
    assert not [text for text in words if RECOMMENDS.search(text)]


def test_the_opening_passes_the_reviews_level_but_is_low_for_age():
    assert counts(says()) == (1, 4, 3, 4)
    assert results()["IgG under 200 or total under 400 mg/dL", "source"] == NOT_MET
    assert results()["IgG low for age", "today"] == MET
    assert ("Missing: vaccine answers, antibody after an infection, creatinine and hepatitis screen."
            in says())


def test_numbers_stand_in_both_units():
    assert "IgG 400 mg/dL (4.0 g/L) and a total of 460 mg/dL" in says()


@pytest.mark.parametrize("preset, found", [
    ("CVID, adult, worked up", (2, 4, 4, 4)), ("X-linked agammaglobulinaemia, 8 months", (2, 4, 4, 4)),
    ("Healthy infant, 8 months", (1, 4, 0, 5)), ("Low IgG, never ill, adult", (1, 4, 1, 4)),
    ("IgA deficiency, normal IgG, adult", (1, 4, 1, 4))])
def test_presets_meet_what_they_are_there_to_show(preset, found):
    assert counts(says(preset)) == found


def test_the_healthy_infant_of_the_task_meets_the_review_by_its_total_alone():
    met = [key for key, result in results("Healthy infant, 8 months").items()
           if result == MET and not key[0].endswith("known")]
    assert met == [("IgG under 200 or total under 400 mg/dL", "source")]
    assert "total of 399 mg/dL" in says("Healthy infant, 8 months")
    for number in ("399", "400", "four", "five"):
        assert number in widget.TASK["answer"]
    for number in ("350", "14", "35"):
        assert number in widget.TASK["predict"]
    preset = widget.PRESETS["Healthy infant, 8 months"]
    assert (preset["igg"], preset["iga"], preset["igm"]) == (350, 14, 35)


def test_an_infant_with_almost_no_igg_is_not_asked_for_a_vaccine_test():
    assert results("X-linked agammaglobulinaemia, 8 months")["Impaired answer to vaccines", "today"] == NOT_ASKED
    assert results("X-linked agammaglobulinaemia, 8 months")["Poor answer to vaccines", "source"] == MISSING


def test_iga_deficiency_is_known_and_does_not_forbid():
    row = widget.table(**state("IgA deficiency, normal IgG, adult"))["rows"][-1]
    assert row[0] == "IgA known" and row[3]["text"] == MET
    assert "does not forbid" in row[4] and "[berger2013ae; morawska2021]" in row[4]


def test_a_raised_creatinine_is_known_and_named_a_risk():
    row = [row for row in widget.table(**state(creatinine="raised"))["rows"] if row[0] == "Kidney function known"][0]
    assert row[3]["text"] == MET and "kidney risk" in row[4]


def test_ages_offered_are_those_at_which_ranges_or_limits_change():
    offered = [float(option["value"]) for option in widget.CONTROLS[0]["options"]]
    assert set(age for age, ranges in RANGES) <= set(offered) and {1, 4, 18} <= set(offered)
    assert list(widget.AGES) == [option["value"] for option in widget.CONTROLS[0]["options"]]


def test_bars_are_the_ranges_and_follow_the_age():
    bars = {age: widget.figure(**state(age=age))["data"][0]["y"] for age in widget.AGES}
    assert bars["18"][:2] == [700, 1600] and bars["0.5"][:2] == [300, 1100]
    assert bars["18"] == bars["10"] != bars["4"]


def test_limits_of_today_are_drawn_where_they_hold():
    def limits(age):
        part = widget.figure(**state(age=age))["data"][2]
        return list(zip(part["x"], part["y"]))
    assert limits("0.5") == [("IgG", 200)] and limits("1") == [("IgG", 500)]
    assert limits("4") == [("IgG", 500), ("IgA", 7)] and limits("18") == [("IgA", 7)]


def test_limits_of_the_source_do_not_depend_on_age():
    for age in widget.AGES:
        part = widget.figure(**state(age=age))["data"][1]
        assert list(zip(part["x"], part["y"])) == [("IgG", 200), ("total", 400)]


@pytest.mark.parametrize("total, place", [
    (280, "middle right"), (390, "bottom right"), (400, "top right"), (600, "middle right")])
def test_the_number_of_a_dot_keeps_off_a_limit_that_is_close(total, place):
    assert widget._beside(total, 400) == place
