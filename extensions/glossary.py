"""The glossary: `{glossary-list}` shows data/glossary.yml, and the first use of a term on a page explains it.

The first use becomes a link to the glossary; glossary.js shows the definition when it is pointed at or has
the focus. Nothing has to be marked in the text.
"""

import functools
import html
import pathlib
import re

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from browser_code import add_script
from widgets.hosts import references

FILE = pathlib.Path(__file__).parents[1] / "data" / "glossary.yml"
PAGE = "chapters/glossary"
GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "λ": "lambda"}  # an address has plain letters
LEFT_ALONE = (nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.raw, nodes.math, nodes.math_block,
              nodes.citation, nodes.rubric, nodes.pending, addnodes.pending_xref)


@functools.cache
def terms():
    """The entries, sorted; ExtensionError says which one is not well-formed."""
    found = yaml.safe_load(FILE.read_text("utf8"))
    names = [name.lower() for entry in found for name in [entry["term"], *entry.get("aliases", [])]]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ExtensionError(f"{FILE.name}: stands twice: {', '.join(sorted(twice))}")
    for entry in found:
        unknown = [key for key in entry.get("keys", []) if not references.has(key)]
        if unknown or not entry.get("definition"):
            raise ExtensionError(f"{FILE.name}, {entry['term']}: no definition, or no such reference: {unknown}")
    return sorted(found, key=lambda entry: entry["term"].lower())


@functools.cache
def pattern():
    """All names of all terms, longest first. A name with a capital inside is matched as it is written."""
    def one(name):
        exact = re.search(r"[A-Z0-9]", name[1:]) or name[0].isupper()
        return re.escape(name) if exact else f"[{name[0].lower()}{name[0].upper()}]" + re.escape(name[1:])
    names = sorted(by_name(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(" + "|".join(map(one, names)) + r")(s?)(?![\w-])")


@functools.cache
def by_name():
    return {name: entry for entry in terms() for name in [entry["term"], *entry.get("aliases", [])]}


def anchor(entry):
    name = entry["term"].lower()
    for letter, word in GREEK.items():
        name = name.replace(letter, word)
    return "term-" + re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def explain_first_uses(app, doctree):
    """Make the first use of each term on a page a link that holds its definition."""
    if app.env.docname == PAGE or not app.env.docname.startswith("chapters/"):
        return
    app.env.note_dependency(str(FILE))
    used = set()
    for text in list(doctree.findall(nodes.Text)):
        if any(isinstance(above, LEFT_ALONE) for above in ancestors(text)) or in_written_link(text):
            continue
        parts, place = [], 0
        for match in pattern().finditer(text):
            entry = by_name().get(match[1]) or by_name()[match[1][0].lower() + match[1][1:]]
            if anchor(entry) in used:
                continue
            used.add(anchor(entry))
            link = (f'<a class="term" href="glossary.html#{anchor(entry)}" data-definition="'
                    f'{html.escape(entry["definition"], quote=True)}">{html.escape(match[0])}</a>')
            parts += [nodes.Text(text[place:match.start()]), nodes.raw("", link, format="html")]
            place = match.end()
        if parts:
            text.parent.replace(text, [part for part in [*parts, nodes.Text(text[place:])] if part.astext()])


def in_written_link(text):
    """Whether a link that the page writes as HTML is open before this text."""
    before = [node.astext() for node in text.parent.children[:text.parent.index(text)] if isinstance(node, nodes.raw)]
    return sum(part.startswith("<a ") for part in before) > sum(part.endswith("</a>") for part in before)


def ancestors(node):
    while node.parent is not None:
        node = node.parent
        yield node


class GlossaryList(SphinxDirective):
    def run(self):
        self.env.note_dependency(str(FILE))
        rows = "".join(
            f'<dt id="{anchor(entry)}">{html.escape(entry["term"])}'
            + (f' <span class="about">({html.escape(", ".join(entry["aliases"]))})</span>' if entry.get("aliases") else "")
            + f"</dt><dd>{html.escape(entry['definition'])}"
            + "".join(f' <a href="{references.address(key)}">({html.escape(references.short(key))})</a>' for key in entry.get("keys", []))
            + "</dd>" for entry in terms())
        return [nodes.raw("", f'<dl class="glossary-list">{rows}</dl>', format="html")]


def setup(app):
    app.add_directive("glossary-list", GlossaryList)
    add_script(app, pathlib.Path(__file__).with_suffix(".js"), 'class="term"')
    app.connect("doctree-read", explain_first_uses, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
