"""The widget on the two denominators: its point, its published rows, and every corner of its controls."""

import json
import re

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking, trace
from widgets.catalog import reaction_denominators as widget
from widgets.models.reaction_rates import STUDIES, ae_per_patient, anaphylaxis_rate

ROLES = {"harm", "evidence", "reference"}

anything = any_state(widget)
ask = asking(widget)
figure, describe, table = ask.figure, ask.describe, ask.table


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_finite_figure_a_sentence_and_a_table(state):
    made, text = widget.figure(**state), widget.describe(**state)
    json.dumps([made, widget.table(**state)], allow_nan=False)
    assert "nan" not in text and text.endswith(".") and 1 <= text.count(". ") + 1 <= 3
    assert {part["meta"]["role"] for part in made["data"]} <= ROLES
    assert {note["name"] for note in made["layout"]["annotations"]} <= ROLES
    assert len(made["data"]) <= 6 and len(made["layout"]["annotations"]) <= 3


@settings(deadline=None)
@given(anything)
def test_axes_stay_and_hold_every_share_with_its_interval(state):
    made = widget.figure(**state)
    assert made["layout"]["yaxis"]["range"] == [0, 100] and made["layout"]["xaxis"]["range"] == [0, 49]
    for part in made["data"]:
        assert all(0 < y <= 100 for y in part["y"])
        low, high = made["layout"]["xaxis" + part.get("xaxis", "x")[1:]]["range"]
        assert all(low <= x <= high for x in part["x"])
        if "error_y" in part:
            assert all(y + up <= 100 for y, up in zip(part["y"], part["error_y"]["array"]))
            assert all(y - down >= 0 for y, down in zip(part["y"], part["error_y"]["arrayminus"]))


def test_opening_shows_one_rate_as_two_numbers():
    made = figure()
    assert trace(made, "your rate per infusion")["y"] == [2.5]
    assert trace(made, "your share of patients")["y"] == [pytest.approx(18.1, abs=0.05)]
    assert describe().startswith("2.5 % of infusions bring a reaction; after 12 infusions 18 % of patients")
    assert "2.3 % of infusions but 48 % of patients, at about 45 infusions each" in describe()


def test_presets_reach_1_and_82_percent():
    answers = [describe(**preset) for preset in widget.PRESETS.values()]
    assert "after one infusion 1.0 % of patients" in answers[0]
    assert "after 30 infusions 82 % of patients" in answers[1]
    assert "after 30 infusions 41 % of patients" in answers[2] and "a clustering of 0.35" in answers[2]


def test_after_one_infusion_both_dots_stand_at_the_same_height():
    made = figure(rate=7.5, infusions=1, clustering=0.4)
    share = trace(made, "your share of patients")["y"]
    assert trace(made, "your rate per infusion")["y"] == pytest.approx(share)


def test_without_clustering_the_curve_lies_on_the_dashed_one():
    made = figure(clustering=0)
    assert trace(made, "patients with a reaction")["y"] == trace(made, "if infusions were independent")["y"]


def test_published_shares_stand_in_their_own_part_with_open_markers():
    made = figure()
    infusions, patients = trace(made, "published, of infusions"), trace(made, "published, of patients")
    assert infusions["xaxis"] == "x2" and "xaxis" not in patients
    assert max(infusions["y"]) < 22 < sorted(patients["y"])[-5]
    assert len(infusions["y"]) == sum(study.infusion_share is not None for study in STUDIES)
    for part in (infusions, patients):
        assert part["marker"]["symbol"].endswith("-open") and part["meta"]["role"] == "evidence"


def test_shares_without_a_printed_number_have_no_interval():
    part = trace(figure(), "published, of infusions")
    assert part["error_y"]["array"][part["text"].index("Kato 2021, all")] == 0


def test_the_chosen_study_is_marked_in_both_parts_and_in_the_table():
    for option in widget.CONTROLS[3]["options"]:
        made, rows = figure(study=option["value"]), table(study=option["value"])["rows"]
        marked = [sum(size > 8 for size in trace(made, name)["marker"]["size"])
                  for name in ("published, of infusions", "published, of patients")]
        assert marked == ([0, 0] if option["value"] == widget.NONE else [1, 1])
        assert sum(isinstance(row[0], dict) for row in rows) == marked[0]


def test_the_table_holds_every_study_with_its_source():
    made = table()
    assert len(made["rows"]) == len(STUDIES) + 3 and len(made["columns"]) == 4
    for row in made["rows"]:
        first = row[0]["text"] if isinstance(row[0], dict) else row[0]
        assert re.search(r"\[[a-z]+\d{4}\]$", first)
    assert "22.9 per 10,000" in json.dumps(made)
    assert made["rows"][0][2] == "0.8 % (0.7 % to 1.0 %; n = 13,508)"


def test_the_task_answers_with_numbers_of_the_model():
    answer = widget.TASK["answer"]
    audit = [study for study in STUDIES if study.name == "Malbrán 2013, looking back"][0]
    assert f"{100 * audit.patient_share:.0f} %: 11 of 23 patients" in answer
    assert f"{100 * audit.infusion_share:.1f} % of infusions" in widget.TASK["predict"]
    assert f"{100 * ae_per_patient(0.025, 0.1, 12):.0f} % of patients after 12" in answer
    assert f"{100 * ae_per_patient(0.09, 0.05, 30):.0f} % after 30" in answer


def test_limits_quote_the_model_and_the_counts():
    text = " ".join(widget.LIMITS)
    assert f"the model says {100 * ae_per_patient(97 / 2888, 0.1, 7):.0f} %" in text
    assert f"{anaphylaxis_rate('first')} per 10,000" in text
    assert f"{anaphylaxis_rate('within 42 days')} within" in text
    delayed, at_once = 0.209, 0.035
    assert round(delayed / at_once) == 6 and "six times" in text
