"""The uses of IVIG: that the data are complete, and that the explorer counts and shows what is chosen."""

import pathlib
import re
from collections import Counter

import pytest
from pybtex.database import parse_file

from widgets.catalog import indications_explorer as widget
from widgets.controls import opening
from widgets.data import read
from widgets.hosts.references import keys_in

ROWS = read("indications")
TEXTS = ("dose", "basis", "guideline", "note")
FIELDS = [name for name, words, chapter in widget.FIELDS]
GRADES = [name for name, role, pattern in widget.GRADES]
BIBLIOGRAPHY = pathlib.Path(__file__).parents[2] / "references.bib"
every_row = pytest.mark.parametrize("row", ROWS, ids=[row["disease"] for row in ROWS])

# What the two founding sources name, by the word that must stand in the name of a row.
TABLE_1 = ["Bruton", "Common variable", "Hyper-IgM", "Severe combined", "lymphocytic leukaemia", "myeloma",
           "HIV"]
TABLE_2 = ["von Willebrand", "factor VIII", "Parvovirus B19", "haemolytic anaemia", "neutropenia", "(ITP)",
           "Acquired immune thrombocytopenia", "Guillain-Barré", "CIDP", "Multifocal motor",
           "Multiple sclerosis", "Myasthenia", "Dermatomyositis", "Kawasaki", "ANCA", "lupus", "Felty",
           "Rheumatoid", "abortion", "Antiphospholipid", "Graft-versus-host", "Antibody-mediated rejection",
           "Toxic epidermal", "blistering", "toxic shock", "Sepsis"]
OVERVIEW = ["Kawasaki", "Primary immunodeficiency", "(ITP)", "Guillain-Barré", "CIDP",
            "Antibody-mediated rejection", "Dermatomyositis", "Pemphigus vulgaris", "cancer immunotherapy"]


def state(**values):
    return opening(widget.CONTROLS) | values


def shown(**values):
    return widget.table(**state(**values))["rows"]


def words_of(cell):
    return cell["text"] if isinstance(cell, dict) else cell


# ---- the data -------------------------------------------------------------------------------------


@every_row
def test_every_entry_is_complete(row):
    assert set(row) == {"disease", "field", "role", "evidence", "listed_by", "keys", *TEXTS}
    assert row["field"] in FIELDS and row["evidence"] in GRADES
    assert row["role"] in ("replacement", "immunomodulation")
    assert all(isinstance(row[name], str) and row[name] == row[name].strip() for name in TEXTS)
    assert row["dose"] and row["basis"] and row["guideline"]


@every_row
def test_a_dose_a_basis_and_a_guideline_cite_a_source_or_say_that_there_is_none(row):
    assert keys_in(row["dose"]) or row["dose"] == "not given"
    assert keys_in(row["basis"]) or row["basis"] == "no source seen"
    assert keys_in(row["guideline"]) or row["guideline"] == "no statement seen"


@every_row
def test_the_keys_of_an_entry_are_those_that_it_cites(row):
    cited = {key for name in TEXTS for key in keys_in(row[name])}
    assert cited == set(row["keys"]) and len(row["keys"]) == len(cited) > 0


@every_row
def test_every_key_of_an_entry_is_in_the_bibliography(row):
    assert set(row["keys"]) <= set(parse_file(str(BIBLIOGRAPHY)).entries)


@every_row
def test_an_entry_says_who_lists_it(row):
    assert row["listed_by"] and set(row["listed_by"]) <= {
        "review, Table 1", "review, Table 2", "review, text", "overview", "added"}
    assert "added" not in row["listed_by"] or row["listed_by"] == ["added"]


def test_no_disease_has_two_entries():
    assert max(Counter(row["disease"] for row in ROWS).values()) == 1


@pytest.mark.parametrize("listed, names", [
    ("review, Table 1", TABLE_1), ("review, Table 2", TABLE_2), ("overview", OVERVIEW)])
def test_every_disease_of_the_founding_sources_is_there_once(listed, names):
    diseases = [row["disease"] for row in ROWS if listed in row["listed_by"]]
    assert [sum(name in disease for disease in diseases) for name in names] == [1] * len(names)
    assert len(diseases) == len(names)


def test_what_is_listed_and_rejected_says_why():
    for row in ROWS:
        if row["evidence"] == "rejected":
            assert keys_in(row["basis"])
            assert row["listed_by"] == ["added"] or row["note"]


# ---- the table ------------------------------------------------------------------------------------


def test_the_opening_table_has_every_use():
    assert sorted(words_of(row[0]) for row in shown()) == sorted(row["disease"] for row in ROWS)


def test_every_row_of_the_table_cites_a_source():
    assert all(any(keys_in(words_of(cell)) for cell in row) for row in shown(notes=True))


def test_every_citation_of_an_entry_reaches_the_table():
    cited = {words_of(row[0]): {key for cell in row for key in keys_in(words_of(cell))}
             for row in shown(notes=True)}
    assert cited == {row["disease"]: set(row["keys"]) for row in ROWS}


def test_the_cell_of_the_evidence_says_in_words_what_its_mark_says():
    roles = {name: role for name, role, pattern in widget.GRADES}
    for row in shown():
        grade = row[3]["text"].split(":")[0]
        assert row[3]["role"] == roles[grade] and not re.search(r"[\[\]]|\s[,.;]|  ", row[3]["text"])


def test_each_column_has_one_cell_in_each_row():
    for notes, columns in ((False, 6), (True, 7)):
        made = widget.table(**state(notes=notes))
        assert len(made["columns"]) == columns == len(set(made["columns"]))
        assert {len(row) for row in made["rows"]} == {columns}


@pytest.mark.parametrize("name, at", [("field", "field"), ("role", "role"), ("evidence", "evidence")])
def test_a_choice_shows_the_rows_that_fit_it(name, at):
    for value in {row[at] for row in ROWS}:
        fitting = sorted(row["disease"] for row in ROWS if row[at] == value)
        assert sorted(words_of(row[0]) for row in shown(**{name: value})) == fitting


def test_choices_are_joined():
    row, = shown(field="transplantation", evidence="rejected", role="replacement")
    assert row[0] == "Infection after stem-cell transplantation"


def test_without_what_the_book_added_only_the_founding_sources_speak():
    assert all("added" not in row[5] for row in shown(added=False))
    assert len(shown(added=False)) + len([row for row in ROWS if row["listed_by"] == ["added"]]) == len(ROWS)


def test_rows_stand_in_the_order_that_is_asked_for():
    diseases = [words_of(row[0]) for row in shown(sort="disease")]
    assert diseases == sorted(diseases)
    order = [words for name, words, chapter in widget.FIELDS]
    fields = [order.index(words_of(row[1])) for row in shown(sort="field")]
    assert fields == sorted(fields)
    grades = [GRADES.index(row[3]["text"].split(":")[0]) for row in shown(sort="evidence")]
    assert grades == sorted(grades)


def test_a_row_of_one_answer_is_not_a_row_of_the_next():
    first = shown()
    first[0][3]["text"] = "spoilt"
    first[0].append("spoilt")
    assert "spoilt" not in str(shown())


# ---- the figure -----------------------------------------------------------------------------------


def test_bars_count_the_uses_of_each_field_and_grade():
    counted = Counter((row["field"], row["evidence"]) for row in ROWS)
    for trace in widget.figure(**state())["data"]:
        assert trace["x"] == [counted[field, trace["name"]] for field in FIELDS]


def test_the_longest_bar_stays_inside_the_axis():
    traces = widget.figure(**state())["data"]
    assert max(sum(numbers) for numbers in zip(*(trace["x"] for trace in traces))) == widget.TOP - 1


def test_bars_count_only_the_purpose_that_is_chosen():
    traces = widget.figure(**state(role="replacement"))["data"]
    assert sum(sum(trace["x"]) for trace in traces) == sum(row["role"] == "replacement" for row in ROWS)


def test_a_chosen_field_and_grade_stand_out():
    for trace in widget.figure(**state(field="neurology", evidence="rejected"))["data"]:
        full = [field for field, opacity in zip(FIELDS, trace["marker"]["opacity"]) if opacity == 1]
        assert full == (["neurology"] if trace["name"] == "rejected" else [])
    assert all(set(trace["marker"]["opacity"]) == {1} for trace in widget.figure(**state())["data"])


def test_no_two_grades_look_alike():
    looks = [(trace["meta"]["role"], trace["marker"]["pattern"]["shape"])
             for trace in widget.figure(**state())["data"]]
    assert len(set(looks)) == len(looks) == len(GRADES) == 5


# ---- the sentence ---------------------------------------------------------------------------------


def test_the_sentence_counts_the_rows_of_the_table():
    for values in ({"added": False}, {"field": "neurology"}, {"evidence": "probable"},
                   {"role": "replacement"}):
        said = widget.describe(**state(**values))
        assert said.startswith(f"{len(shown(**values))} of {len(ROWS)} uses are shown: ")
        split = Counter(row[3]["text"].split(":")[0] for row in shown(**values))
        told = re.findall(r"\b(\d+) (established|probable|possible|unproven|rejected)\b", said)
        assert {grade: int(number) for number, grade in told} == split
    assert widget.describe(**state()).startswith(f"All {len(ROWS)} uses are shown: ")


def test_the_sentence_names_what_is_rejected():
    for values in ({}, {"added": False}, {"field": "infection"}):
        said = widget.describe(**state(**values)).partition("Rejected by the evidence: ")[2]
        named = said.rstrip(".").split("; ")
        assert sorted(named) == sorted(words_of(row[0]) for row in shown(evidence="rejected", **values))
    assert "Rejected by" not in widget.describe(**state(field="haematology"))


def test_one_use_is_and_no_use_says_so():
    assert widget.describe(**state(field="obstetrics")) == f"1 of {len(ROWS)} uses is shown: 1 unproven."
    none = {"field": "obstetrics", "role": "replacement"}
    assert widget.describe(**state(**none)) == "No use in the list fits these choices."
    assert shown(**none) == []


def test_the_task_tells_the_numbers_of_the_data():
    listed = [row for row in ROWS if row["listed_by"] != ["added"]]
    count = Counter(row["evidence"] for row in listed)
    assert f"list {len(listed)} uses" in widget.TASK["predict"]
    told = (f"Of the {len(listed)} uses, {count['established']} are established and {count['probable']} "
            f"probable; {count['possible']} are possible, {count['unproven']} unproven and "
            f"{count['rejected']} rejected")
    assert told in widget.TASK["answer"]
    for row in listed:
        if row["evidence"] == "rejected":
            assert row["disease"].split(" in ")[0].lower() in widget.TASK["answer"].lower()
    assert re.findall(r'"([^"]+)"', widget.TASK["predict"]) == [list(widget.PRESETS)[0]]
