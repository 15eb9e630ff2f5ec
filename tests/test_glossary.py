"""The glossary: its entries, and which words of a page become links to them."""

import pytest
from docutils import nodes

import glossary


def page_of(*children):
    document = nodes.document(None, None)
    document.extend(children)
    app = type("App", (), {"env": type("Env", (), {"docname": "chapters/x", "note_dependency": lambda self, path: None})()})
    glossary.explain_first_uses(app, document)
    return document


@pytest.fixture
def two_terms(monkeypatch):
    found = [{"term": "FcRn", "aliases": ["neonatal Fc receptor"], "definition": "Saves <IgG>."},
             {"term": "trough", "definition": "The lowest level."}]
    monkeypatch.setattr(glossary, "terms", lambda: found)
    for cached in (glossary.pattern, glossary.by_name):
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in (glossary.pattern, glossary.by_name):
        cached.cache_clear()


def test_there_are_about_120_terms_each_explained_in_a_sentence_or_two():
    found = glossary.terms()
    assert 100 <= len(found) <= 220
    for entry in found:
        assert 4 <= len(entry["definition"].split()) <= 45 and entry["definition"].endswith("."), entry["term"]
    anchors = [glossary.anchor(entry) for entry in found]
    assert len(set(anchors)) == len(anchors)


def test_the_first_use_of_a_term_is_explained_and_no_other(two_terms):
    text = page_of(nodes.paragraph("", "Troughs and FcRn."), nodes.paragraph("", "A trough, an FcRn.")).astext()
    assert text.count('class="term"') == 2
    assert '<a class="term" href="glossary.html#term-trough" data-definition="The lowest level.">Troughs</a>' in text
    assert 'data-definition="Saves &lt;IgG&gt;."' in text


def test_an_alias_leads_to_the_same_entry_and_counts_as_its_use(two_terms):
    text = page_of(nodes.paragraph("", "The neonatal Fc receptor (FcRn).")).astext()
    assert text.count("#term-fcrn") == 1


@pytest.mark.parametrize("word", ["FcRn-like", "anti-FcRn", "fcrn", "troughing", "FcRnX"])
def test_a_part_of_a_word_or_another_spelling_is_left_alone(two_terms, word):
    assert "term" not in page_of(nodes.paragraph("", f"A {word} here.")).astext()


def test_a_link_written_as_html_holds_no_second_link(two_terms):
    raw = nodes.raw
    text = page_of(nodes.paragraph("", "", raw("", '<a href="x">', format="html"), nodes.Text("the FcRn"),
                                   raw("", "</a>", format="html"), nodes.Text(" and FcRn"))).astext()
    assert text.startswith('<a href="x">the FcRn</a>') and text.count('class="term"') == 1


def test_titles_links_and_code_are_left_alone(two_terms):
    kept = page_of(nodes.section("", nodes.title("", "FcRn")), nodes.paragraph("", "", nodes.literal("", "FcRn")),
                   nodes.paragraph("", "", nodes.reference("", "trough", refuri="x")))
    assert 'class="term"' not in kept.astext()
