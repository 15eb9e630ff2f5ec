"""Every source that is cited is in references.bib, and every source in references.bib is cited."""

import ast
import pathlib
import re

import pytest
import yaml
from pybtex.database import parse_file

from widgets import catalog
from widgets.hosts import references

ROOT = pathlib.Path(__file__).parents[1]
ENTRIES = set(parse_file(str(ROOT / "references.bib")).entries)  # raises for a key that stands twice
SHAPE = r"[a-z][a-z0-9]*(?:19|20)\d\d(?:[a-z][a-z0-9]*)?"  # of a key: a name, a year, perhaps a word
ODD = [key for key in ENTRIES if not re.fullmatch(SHAPE, key)]
KEY = re.compile(r"\b(?:" + "|".join([*map(re.escape, sorted(ODD)), SHAPE]) + r")\b")
SECTION = re.compile(r"^References\n-+\n(.*?)(?=\n\n[A-Z][\w ]*\n-+\n|\Z)", re.M | re.S)
KEYED = {"key", "keys", "source", "sources", "reference", "references", "evidence", "citation", "citations"}
PAGES = sorted((ROOT / "chapters").glob("*.md"))
DATA = sorted((ROOT / "data").rglob("*.yml"))
SCIENCE = sorted((ROOT / "widgets/models").glob("[a-z]*.py")) + sorted((ROOT / "widgets/catalog").glob("[a-z]*.py"))


def name_of(path):
    return str(path.relative_to(ROOT))


def cited_on(path):
    """Keys of the citations of a page, in order."""
    groups = re.findall(r"\{cite(?::[\w-]+)?\}`([^`]+)`", path.read_text("utf8"))
    return [key.strip() for group in groups for key in group.split(",")]


def cited_in_data(path):
    """Keys in the fields of a data file that name sources."""
    def visit(part, keyed=False):
        if isinstance(part, dict):
            for key, value in part.items():
                yield from visit(value, key in KEYED)
        elif isinstance(part, list):
            for one in part:
                yield from visit(one, keyed)
        elif keyed and isinstance(part, str):
            yield from KEY.findall(part)
    return list(visit(yaml.safe_load(path.read_text("utf8"))))


def cited_in_docstrings(path):
    """(object, keys) for each References section of a Python file."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, (ast.Module, ast.FunctionDef)):
            said = SECTION.search(ast.get_docstring(node) or "")
            if said:
                yield getattr(node, "name", "the module"), KEY.findall(said[1])


def cited():
    """Every key that pages, data, models and widgets cite."""
    found = {key for path in PAGES for key in cited_on(path)}
    found |= {key for path in DATA for key in cited_in_data(path)}
    found |= {key for path in SCIENCE for key in KEY.findall(path.read_text("utf8"))}
    return found


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_citation_of_a_page_is_in_the_bibliography(path):
    assert set(cited_on(path)) - ENTRIES == set()


@pytest.mark.parametrize("path", DATA, ids=name_of)
def test_every_source_of_a_data_file_is_in_the_bibliography(path):
    assert set(cited_in_data(path)) - ENTRIES == set()
    for part in yaml.safe_load(path.read_text("utf8")):
        if isinstance(part, dict) and "keys" in part:
            assert set(part["keys"]) <= ENTRIES, part.get("id")


@pytest.mark.parametrize("path", SCIENCE, ids=name_of)
def test_every_source_of_a_model_or_widget_is_in_the_bibliography(path):
    """In its docstrings, comments and limits: wherever a word looks like a key."""
    assert set(KEY.findall(path.read_text("utf8"))) - ENTRIES == set()
    for where, keys in cited_in_docstrings(path):
        assert keys, f"References of {where} names no source"


@pytest.mark.parametrize("name", catalog.names())
def test_brackets_in_the_limits_of_a_widget_are_citations(name):
    for limit in catalog.find(name).LIMITS:
        assert set(references.keys_in(limit)) <= ENTRIES
        left = re.sub(r"<[^>]*>", "", references.linked(limit))
        assert not re.search(r"\[[^\]]*[a-z]\w*\d{4}", left), f"brackets that make no citation: {left}"


def test_every_entry_of_the_bibliography_is_cited():
    assert sorted(ENTRIES - cited()) == []


def test_what_looks_like_a_key_is_found():
    assert KEY.findall("kim2007; landersdorfer2013 and orange2010, Table 4, fcgr3ifng2007 lee2020trough") == [
        "kim2007", "landersdorfer2013", "orange2010", "fcgr3ifng2007", "lee2020trough"]
    assert KEY.findall("in 2007, IgG1 at 1998 mg, H131 x 2010") == []
    assert all(KEY.fullmatch(key) for key in ENTRIES)


MODEL = '''"""A model.

References
----------
kim2007, Table 1
"""

def clearance():
    """CL.

    References
    ----------
    orange2010, abstract; berger2013

    Notes
    -----
    lee2020trough
    """

def production():
    """P.

    References
    ----------
    a letter
    """
'''


def test_references_sections_are_found_wherever_they_stand(tmp_path):
    (tmp_path / "model.py").write_text(MODEL)
    assert list(cited_in_docstrings(tmp_path / "model.py")) == [
        ("the module", ["kim2007"]), ("clearance", ["orange2010", "berger2013"]), ("production", [])]
