"""How citations and the bibliography look: (Orange et al., 2010), and entries without an author or a year.

The record of some references shows no author or year. Such an entry prints without one, and a citation of it
gives the journal in the author's place.
"""

import dataclasses

import pybtex.plugin
from pybtex.style.template import field, first_of, optional
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from reference_style import Entries

ROUND = BracketStyle(left="(", right=")")


class Persons(PersonStyle):
    def author_or_editor_or_title(self, full):
        return first_of[optional[self.names("author", full=full)],
                        optional[field("journal")], optional[field("publisher")], field("title")]


@dataclasses.dataclass
class References(AuthorYearReferenceStyle):
    bracket_textual: BracketStyle = dataclasses.field(default_factory=lambda: ROUND)
    bracket_parenthetical: BracketStyle = dataclasses.field(default_factory=lambda: ROUND)
    person: PersonStyle = dataclasses.field(default_factory=Persons)


def without_roles(app, pagename, templatename, context, doctree):
    """The bibliography without docutils' ARIA roles: one is deprecated, the other forbids what is inside."""
    if "doc-biblioentry" in context.get("body", ""):
        context["body"] = context["body"].replace(' role="doc-biblioentry"', "").replace(
            '<div role="list" class="citation-list">', '<div class="citation-list">')


def setup(app):
    pybtex.plugin.register_plugin("pybtex.style.formatting", "ivig", Entries)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "ivig", References)
    app.connect("html-page-context", without_roles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
