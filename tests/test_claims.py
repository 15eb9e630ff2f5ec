"""The claims of the founding sources: each well-formed, with evidence for its verdict, and covered by a page."""

import re
from collections import Counter

import pytest
from docutils import nodes
from glossary import FILE
from sphinx.errors import ExtensionError

import claims as extension


def marked():
    """(claim, page) for every mark in the chapters."""
    for path in sorted((FILE.parents[1] / "chapters").glob("*.md")):
        for group in re.findall(r"\{claim\}`([^`]+)`", path.read_text("utf8")):
            for name in group.split(","):
                yield name.strip(), path.stem


def test_every_claim_is_covered_and_every_mark_is_a_claim():
    found = extension.claims()
    assert len(found) == 99
    assert {name for name, page in marked()} == set(found)


def test_a_claim_is_covered_on_the_page_of_its_topic():
    places = set(marked())
    homeless = {name: claim["page"] for name, claim in extension.claims().items() if (name, claim["page"]) not in places
                and (name, "risk_and_monitoring") not in places}
    assert not homeless


def test_most_claims_hold_and_those_that_do_not_say_why():
    verdicts = Counter(claim["verdict"] for claim in extension.claims().values())
    assert set(verdicts) <= set(extension.VERDICTS) and verdicts["agrees"] > 30


GOOD = {"id": "x-01", "source": "review", "verdict": "agrees", "claim": "A thing", "keys": ["orange2010"]}


@pytest.mark.parametrize("change, wrong", [
    ({"verdict": "true"}, "none of"), ({"source": "letter"}, "none of"), ({"keys": []}, "needs a reference"),
    ({"keys": ["nobody1900"]}, "no such references: nobody1900"), ({"verdict": "updated"}, "needs a note"),
    ({"verdict": "unverified", "keys": [], "note": "Looked for."}, ""), ({}, "")])
def test_what_is_wrong_with_a_claim_is_said(change, wrong):
    said = extension.objection(GOOD | change)
    assert wrong in said and bool(said) is bool(wrong)
    assert extension.objection({"id": "x"}) == "claim, keys, source, verdict missing"


def test_the_build_stops_when_a_claim_is_covered_nowhere(monkeypatch):
    env = type("Env", (), {"metadata": {"chapters/a": {"claims": "claim-x-01"}}})
    monkeypatch.setattr(extension, "claims", lambda: {"x-01": GOOD, "x-02": GOOD})
    with pytest.raises(ExtensionError, match="x-02"):
        extension.check(None, env)
    monkeypatch.setattr(extension, "claims", lambda: {"x-01": GOOD})
    extension.check(None, env)


def test_a_mark_before_a_full_stop_leaves_no_gap():
    mark = nodes.raw("", '<span class="claim" id="claim-x"></span>', format="html")
    paragraph = nodes.paragraph("", "", nodes.Text("It holds "), mark, nodes.Text(". More "), mark.deepcopy(), nodes.Text("follows."))
    document = nodes.document(None, None)
    document += paragraph
    extension.close_gaps(None, document)
    assert [node.astext() for node in paragraph.children if isinstance(node, nodes.Text)] == ["It holds", ". More ", "follows."]


def test_the_table_links_to_the_spot_and_to_the_references():
    titles = {"chapters/a": type("Title", (), {"astext": lambda self: "A & B"})()}
    text = extension.as_html({"x-01": GOOD | {"page": "a", "note": "moved"}}, {"x-01": ["chapters/a"]}, titles)
    assert '<a href="a.html#claim-x-01">A &amp; B</a>' in text and "Orange et al., 2010" in text and "Moved." in text
