"""Every model against the published numbers of widgets/validation, each with its verdict in its name."""

import importlib
import math
import pathlib
import re

import pytest

from widgets import validation
from widgets.hosts import references

FOLDER = pathlib.Path(validation.__file__).parent
TOPICS = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
MODELS = sorted(path.stem for path in (FOLDER.parent / "models").glob("[a-z]*.py"))
WITHOUT = {"integrate", "two_compartments", "proportions", "criteria"}  # tools and rules, not models
ROWS = [pytest.param(row, id=f"{topic}-{row['verdict']}-{row['what']}")
        for topic in TOPICS for row in importlib.import_module(f"widgets.validation.{topic}").TARGETS]


def test_every_model_is_held_against_something():
    assert set(MODELS) - WITHOUT - set(TOPICS) == set() and set(TOPICS) <= set(MODELS)


@pytest.mark.parametrize("row", ROWS)
def test_the_verdict_is_what_the_model_says_today(row):
    number = row["computed"]()
    assert math.isfinite(number)
    assert (row["low"] <= number <= row["high"]) is (row["verdict"] != "NOT MET"), f"{number} {row['unit']}"


@pytest.mark.parametrize("row", ROWS)
def test_a_number_says_where_it_comes_from(row):
    assert row["low"] <= row["high"] and row["what"] and not row["what"].endswith(".")
    assert all(references.has(key) for key in references.keys_in(row["source"] + row["note"]))


def test_a_target_without_source_or_reason_is_refused():
    with pytest.raises(ValueError, match="say where"):
        validation.target("x", lambda: 1, (0, 2), "MET")
    with pytest.raises(ValueError, match="say what was fitted"):
        validation.target("x", lambda: 1, (0, 2), "FITTED", source="arithmetic")
    with pytest.raises(ValueError, match="verdict must be one of"):
        validation.target("x", lambda: 1, (0, 2), "GOOD", source="arithmetic")


def test_the_page_of_models_shows_every_model_once():
    text = (FOLDER.parents[1] / "chapters" / "models.md").read_text("utf8")
    assert sorted(re.findall(r"^```\{model-sheet\} (\w+)$", text, re.M)) == TOPICS
