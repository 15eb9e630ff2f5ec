"""How an entry of the bibliography looks. Needs no Sphinx."""

from pybtex.style.formatting.unsrt import Style as Unsorted
from pybtex.style.formatting.unsrt import date, pages, toplevel
from pybtex.style.template import field, join, optional, optional_field, sentence, tag


class Entries(Unsorted):
    """Pybtex's plain style, sorted by author, for which an article's author is optional."""

    default_sorting_style = "author_year_title"

    def get_article_template(self, entry):
        where = join[field("volume"), optional["(", field("number"), ")"], optional[":", pages]]
        return toplevel[
            optional[self.format_names("author")] if "author" in entry.persons else "",
            self.format_title(entry, "title"),
            sentence[tag("em")[field("journal")], optional[where], optional[date]],
            sentence[optional_field("note")],
            self.format_web_refs(entry)]
