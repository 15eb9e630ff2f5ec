"""The widget on the time of reactions: its data, its opening point, and every state of its controls."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import asking
from widgets.catalog import reaction_timeline as widget
from widgets.controls import check

ask = asking(widget)
figure, describe, table = ask.figure, ask.describe, ask.table


anything = st.fixed_dictionaries({
    control["name"]: st.sampled_from([option["value"] for option in control["options"]])
    for control in widget.CONTROLS})
BY_ID = {row["id"]: row for row in widget.REACTIONS}
BASES = {"from a publication", "class range", "chosen for teaching"}


def shown(**values):
    state = check(widget.CONTROLS, values)
    return widget._shown(**state)


# ---- the data ------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", widget.REACTIONS, ids=BY_ID)
def test_every_reaction_says_when_how_often_how_grave_and_what_to_do_with_sources(row):
    onset, often, advice = row["onset"], row["frequency"], row["what_to_do"]
    assert 0.1 <= onset["low"] < onset["high"] <= 8760
    assert onset["typical"] is None or onset["low"] <= onset["typical"] <= onset["high"]
    assert onset["basis"] in BASES and (onset["keys"] or onset["basis"] == "chosen for teaching")
    assert often["per"] in {"infusion", "patient", "course", "not quantified"}
    assert often["words"] and often["keys"]
    assert row["severity"] in widget.SEVERITIES and row["phase"] in {"immediate", "delayed", "late"}
    assert advice["basis"] in {"product label", "guideline", "from a publication", "common practice"}
    assert bool(advice["keys"]) == (advice["basis"] != "common practice")
    assert advice["words"].endswith(".") and len(advice["words"]) <= 110 and len(row["label"]) <= 30
    assert row["mechanism"] and set(row["from"]) <= {"review", "overview", "added"} and row["keys"]


def test_ids_and_names_are_unique():
    assert len(BY_ID) == len(widget.REACTIONS) == len({row["name"] for row in widget.REACTIONS})


def test_the_reactions_answer_every_claim_about_a_reaction():
    claimed = {claim for row in widget.REACTIONS for claim in row["claims"]}
    assert claimed == {f"ae-{n:02d}" for n in range(1, 20)} - {"ae-04", "ae-06", "ae-07", "ae-16"}
    assert all(row["claims"] or row["from"] == ["added"] for row in widget.REACTIONS)


def test_a_class_range_is_the_range_of_its_class():
    for row in widget.REACTIONS:
        if row["onset"]["basis"] == "class range":
            ends = {"immediate": (0.1, 6), "late": (336, 4380)}[row["phase"]]
            assert (row["onset"]["low"], row["onset"]["high"]) == ends


# ---- the figure ------------------------------------------------------------------------------------


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_finite_figure_a_sentence_and_a_table(state):
    made, text = widget.figure(**state), widget.describe(**state)
    json.dumps([made, widget.table(**state)], allow_nan=False)
    assert text.endswith(".") and text.count(". ") <= 3 and "None" not in text
    assert len(made["data"]) <= 6 and len(made["layout"]["annotations"]) <= 1


@settings(deadline=None)
@given(anything)
def test_the_chosen_reaction_is_always_among_the_rows_and_those_that_begin_first_are_on_top(state):
    rows = widget._shown(**state)
    assert state["reaction"] in [row["id"] for row in rows]
    starts = [row["onset"]["low"] for row in rows]
    assert starts == sorted(starts)
    made = widget.figure(**state)
    assert made["layout"]["yaxis"]["categoryarray"] == [row["name"] for row in rows]
    bottom, top = made["layout"]["yaxis"]["range"]
    assert top < -0.5 and bottom > len(rows) - 1


@settings(deadline=None)
@given(anything)
def test_every_bar_spans_its_onset_in_the_look_of_its_severity(state):
    rows = {row["name"]: row for row in widget._shown(**state)}
    found = {}
    for trace in widget.figure(**state)["data"]:
        if trace["name"] in widget.LOOK:
            role, symbol = widget.LOOK[trace["name"]]
            assert (trace["meta"]["role"], trace["marker"]["symbol"]) == (role, symbol)
            for n in range(0, len(trace["x"]), 3):
                found[trace["y"][n]] = (trace["x"][n], trace["x"][n + 1], trace["name"])
                assert trace["x"][n + 2] is None and trace["marker"]["size"][n + 1] == 0
    assert found == {name: (row["onset"]["low"], row["onset"]["high"], row["severity"])
                     for name, row in rows.items()}


def test_severity_differs_by_symbol_and_word_and_not_by_colour_alone():
    assert len({symbol for role, symbol in widget.LOOK.values()}) == len(widget.SEVERITIES)
    names = [trace for trace in figure()["data"] if trace["name"] == "names"][0]
    assert all(text.rstrip("</b>").endswith(("severe", "life-threatening")) for text in names["text"])


def test_rows_keep_their_names_in_every_phase():
    for phase in ("immediate", "delayed", "late"):
        assert len(shown(phase=phase, severity="any")) <= widget.NAMED
        assert figure(phase=phase, severity="any")["layout"]["annotations"] == []
    assert len(figure(severity="any")["layout"]["annotations"]) == 1
    assert "names are in the table" in describe(severity="any")


def test_only_the_chosen_row_is_bold_and_shaded():
    made = figure(reaction="kidney")
    names = [trace for trace in made["data"] if trace["name"] == "names"][0]
    assert [text for text in names["text"] if "<b>" in text] == ["<b>Acute kidney injury, severe</b>"]
    at = made["layout"]["yaxis"]["categoryarray"].index("Acute kidney injury")
    assert made["layout"]["shapes"][0]["y0"] < at < made["layout"]["shapes"][0]["y1"]


# ---- words -------------------------------------------------------------------------------------------


def test_opening_shows_that_most_grave_reactions_can_begin_after_the_infusion():
    assert describe().startswith("Of 9 reactions shown, 7 can begin more than 6 hours after the start.")
    assert "Haemolysis (severe): onset 36 hours to 10 days" in describe()


def test_the_task_counts_what_the_data_hold():
    grave = [row for row in widget.REACTIONS if row["severity"] in widget.SERIOUS]
    later = [row for row in grave if row["onset"]["high"] > 6]
    never_before = [row for row in grave if row["onset"]["low"] >= 6]
    assert (len(grave), len(later), len(never_before)) == (9, 7, 5)
    assert {row["id"] for row in grave} - {row["id"] for row in later} == {"anaphylaxis", "trali"}
    assert "nine severe" in widget.TASK["predict"]
    assert widget.TASK["answer"].startswith("Seven of nine.")
    assert "five are not expected" in widget.TASK["answer"]


@pytest.mark.parametrize("name", BY_ID)
def test_the_sentence_tells_onset_frequency_severity_and_what_to_do(name):
    said, row = describe(reaction=name), BY_ID[name]
    for part in (row["name"], row["severity"], row["onset"]["words"], row["frequency"]["words"],
                 row["what_to_do"]["words"]):
        assert part in said


def test_the_table_holds_the_rows_of_the_figure_with_their_sources():
    made = table(severity="any")
    assert [row[0] for row in made["rows"]] == [row["name"] for row in shown(severity="any")]
    for row in made["rows"]:
        assert len(row) == len(made["columns"]) == 5
        assert re.search(r"\[[a-z0-9_; ]+\]$", row[2]) and row[3]["role"] in {"reference", "evidence", "harm"}
        assert re.search(r"\[[a-z0-9_; ]+\]$", row[4]) or row[4].endswith("(common practice)")


def test_limits_name_the_rows_whose_times_were_chosen():
    chosen = {row["id"] for row in widget.REACTIONS if row["onset"]["basis"] == "chosen for teaching"}
    assert chosen == {"overload", "encephalopathy", "arthritis"}
    assert "fluid overload, encephalopathy and arthritis are chosen for teaching" in widget.LIMITS[2]
