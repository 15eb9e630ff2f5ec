"""Citations in a widget's own text: "[orange2010]" becomes the author and year, linked."""

import functools
import html
import re

from pybtex.database import parse_file
from pybtex.richtext import Text

from widgets.data import book

BIBLIOGRAPHY = book() / "references.bib"
ADDRESS = "../chapters/bibliography.html#cite-1-{}"  # from any page one folder below the root
_KEYS = re.compile(r"\[([a-z]\w*(?:\s*;\s*[a-z]\w*)*)\]")


@functools.cache
def _entries():
    return parse_file(str(BIBLIOGRAPHY)).entries


def keys_in(text):
    """The bibliography keys that stand in square brackets in a text."""
    return [key.strip() for group in _KEYS.findall(text) for key in group.split(";")]


def has(key):
    return key in _entries()


def short(key):
    """Author and year of a reference as a reader knows it: "Orange et al., 2010"."""
    if key not in _entries():
        raise ValueError(f"no reference {key!r} in references.bib")
    entry = _entries()[key]
    people = entry.persons.get("author", [])
    if not people:  # no author was shown on the record: the journal stands in
        who = entry.fields.get("journal", entry.fields.get("publisher", key))
    else:
        who = " ".join(people[0].prelast_names + people[0].last_names)
        if len(people) == 2 and str(people[1]) != "others":
            who += " and " + " ".join(people[1].last_names)
        elif len(people) > 1:
            who += " et al."
    return str(Text.from_latex(who)) + ", " + entry.fields.get("year", "n.d.")


def address(key):
    """Where the bibliography shows a reference; Sphinx writes a hyphen for an underscore."""
    return ADDRESS.format(key.replace("_", "-"))


def linked(text):
    """HTML of a text whose bracketed keys link to the bibliography page."""
    return linked_html(html.escape(text))


def linked_html(text):
    """The same for what is HTML already; facts.js does it in the page."""
    def link(match):
        cited = [f'<a href="{address(key.strip())}">{html.escape(short(key.strip()))}</a>'
                 for key in match.group(1).split(";")]
        return "(" + "; ".join(cited) + ")"
    return _KEYS.sub(link, text)


def worded(text):
    """Plain text whose bracketed keys have become author and year."""
    return _KEYS.sub(lambda match: "(" + "; ".join(short(key.strip()) for key in match.group(1).split(";")) + ")",
                     text)
