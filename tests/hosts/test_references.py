"""Citations in the text of a widget: author and year, linked to the bibliography."""

import pytest
from pybtex.database import parse_string

from widgets.hosts import references

BOOK = """
@article{orange2010, author = {Orange, J. S. and Grossman, W. and others}, journal = {CI}, year = {2010}}
@article{rossi2015, author = {Rossi, A. and {van der} Berg, B.}, journal = {Blood}, year = {2015}}
@article{vandermeche1992, author = {van der Meché, F. G. A.}, journal = {NEJM}, year = {1992}}
@article{ivigfcgr2015, journal = {Journal of {Clinical} Immunology}, year = {2015}}
@misc{cdc_acip_timing, publisher = {CDC & partners}}
@article{more2001, author = {More, A. and others}, year = {2001}}
"""


@pytest.fixture(autouse=True)
def small_bibliography(monkeypatch):
    monkeypatch.setattr(references, "_entries", lambda: parse_string(BOOK, "bibtex").entries)


@pytest.mark.parametrize("key, said", [
    ("orange2010", "Orange et al., 2010"), ("rossi2015", "Rossi and van der Berg, 2015"),
    ("vandermeche1992", "van der Meché, 1992"), ("ivigfcgr2015", "Journal of Clinical Immunology, 2015"),
    ("cdc_acip_timing", "CDC & partners, n.d."), ("more2001", "More et al., 2001")])
def test_a_reference_is_named_by_author_and_year(key, said):
    assert references.short(key) == said


def test_keys_become_links_to_the_bibliography():
    assert references.linked("A rate [orange2010].") == (
        'A rate (<a href="../chapters/bibliography.html#cite-1-orange2010">Orange et al., 2010</a>).')


def test_several_keys_share_their_brackets():
    text = references.linked("Two agree [orange2010; rossi2015] and one [cdc_acip_timing] does not.")
    assert text.count("<a ") == 3 and text.count("(<a ") == 2 and "</a>; <a " in text
    assert 'cite-1-rossi2015">Rossi and' in text and "CDC &amp; partners, n.d.</a>" in text


def test_the_rest_of_a_text_is_escaped_and_kept():
    assert references.linked("a < b & c [g/L] [5] [0.6, 0.8] <script>") == (
        "a &lt; b &amp; c [g/L] [5] [0.6, 0.8] &lt;script&gt;")


def test_keys_of_a_text_are_found_in_order():
    assert references.keys_in("x [orange2010; rossi2015] y [cdc_acip_timing] z [95 %]") == [
        "orange2010", "rossi2015", "cdc_acip_timing"]
    assert references.keys_in("") == []


@pytest.mark.parametrize("text", ["[nobody1999]", "[orange2010; nobody1999]", "[who_unknown]"])
def test_an_unknown_key_is_an_error(text):
    with pytest.raises(ValueError, match="no reference '(nobody1999|who_unknown)' in references.bib"):
        references.linked(text)


def test_every_entry_of_the_book_has_a_name_that_can_be_read(monkeypatch):
    monkeypatch.undo()
    said = {key: references.short(key) for key in references._entries()}
    assert said["orange2010"] == "Orange et al., 2010"
    assert {key: name for key, name in said.items() if set("{}\\$") & set(name) or name.startswith(",")} == {}
