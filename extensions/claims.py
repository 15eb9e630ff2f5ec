"""Every claim of the two founding sources: marked where the book covers it, and all of them in one table.

`` {claim}`fcr-01` `` in a chapter marks the spot and shows nothing; `{claims}` shows the table. The build
stops when a claim is not covered, or has a verdict other than `unverified` and no reference.
"""

import functools
import html
import itertools
import pathlib

import yaml
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole

from widgets.hosts import references

FOLDER = pathlib.Path(__file__).parents[1] / "data" / "claims"
SOURCES = {"review": "review", "overview": "overview page"}
VERDICTS = {
    "agrees": "current evidence says the same",
    "updated": "true in substance, but the number, the name or the scope has moved on",
    "corrected": "wrong or garbled as it was printed",
    "contested": "the evidence is mixed or negative",
    "unverified": "no primary source was found",
}


@functools.cache
def claims():
    """All claims, in the order of files and rows; ExtensionError says which one is not well-formed."""
    found = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for claim in yaml.safe_load(path.read_text("utf8")):
            wrong = objection(claim)
            if wrong or claim["id"] in found:
                raise ExtensionError(f"{path.name}, claim {claim.get('id')!r}: {wrong or 'stands twice'}")
            found[claim["id"]] = dict(claim, page=path.stem)
    return found


def objection(claim):
    """What is wrong with a claim, or ""."""
    missing = {"id", "source", "verdict", "claim", "keys"} - set(claim)
    if missing:
        return f"{', '.join(sorted(missing))} missing"
    if claim["source"] not in SOURCES or claim["verdict"] not in VERDICTS:
        return f"source or verdict is none of {list(SOURCES)}, {list(VERDICTS)}"
    unknown = [key for key in claim["keys"] if not references.has(key)]
    if unknown:
        return f"no such references: {', '.join(unknown)}"
    if claim["verdict"] != "unverified" and not claim["keys"]:
        return f"the verdict {claim['verdict']!r} needs a reference in `keys`"
    return "" if claim["verdict"] == "agrees" or claim.get("note") else "a verdict other than `agrees` needs a note that says why"


class Claim(SphinxRole):
    """Marks where a claim is covered; several names may stand with commas between them."""

    def run(self):
        spots = []
        for name in (part.strip() for part in self.text.split(",")):
            if name not in claims():
                raise ExtensionError(f"{self.env.docname}: no claim {name!r} in data/claims")
            places = self.env.metadata[self.env.docname].setdefault("claims", "")
            spot = f"claim-{name}"
            if spot not in places.split():
                self.env.metadata[self.env.docname]["claims"] = f"{places} {spot}".strip()
                spots.append(nodes.raw("", f'<span class="claim" id="{spot}"></span>', format="html"))
        return spots, []


def close_gaps(app, doctree):
    """A mark between a word and its full stop leaves no gap between the two."""
    for text in list(doctree.findall(nodes.Text)):
        after = text.parent.children[text.parent.index(text) + 1:]
        marks = list(itertools.takewhile(lambda node: node.astext().startswith('<span class="claim"'), after))
        if marks and text.endswith(" ") and "".join(node.astext() for node in after[len(marks):])[:1] in tuple(".,;:)"):
            text.parent.replace(text, nodes.Text(text.rstrip()))


class Claims(SphinxDirective):
    def run(self):
        for path in FOLDER.glob("*.yml"):
            self.env.note_dependency(str(path))
        return [nodes.raw("", "<!-- claims -->", format="html")]


def covered(env):
    """The pages on which each claim is marked: dict from its name to their names."""
    found = {}
    for page, metadata in sorted(env.metadata.items()):
        for spot in str(metadata.get("claims", "")).split():
            found.setdefault(spot.removeprefix("claim-"), []).append(page)
    return found


def check(app, env):
    missing = sorted(set(claims()) - set(covered(env)))
    if missing:
        raise ExtensionError("these claims are covered nowhere: mark them with {claim}`...`: " + ", ".join(missing))


def table(app, pagename, templatename, context, doctree):
    if "<!-- claims -->" in context.get("body", ""):
        context["body"] = context["body"].replace("<!-- claims -->", as_html(claims(), covered(app.env), app.env.titles))


def as_html(found, places, titles):
    """The table, one part for each chapter."""
    parts, pages = [], {}
    for claim in found.values():
        pages.setdefault(claim["page"], []).append(claim)
    for page, rows in pages.items():
        title = titles.get(f"chapters/{page}")
        title = html.escape(title.astext() if title else page)
        body = "".join(row_html(claim, places.get(claim["id"], []), titles) for claim in rows)
        parts.append(f'<h2 id="claims-{page}">{title}</h2><div class="pst-scrollable-table-container" tabindex="0" role="region" '
                     f'aria-label="Claims: {title}"><table class="table claims"><thead><tr><th>Claim</th><th>Verdict</th>'
                     f"<th>Where, and on what evidence</th></tr></thead><tbody>{body}</tbody></table></div>")
    return "".join(parts)


def row_html(claim, places, titles):
    links = ", ".join(f'<a href="{place.rpartition("/")[2]}.html#claim-{claim["id"]}">{html.escape(titles[place].astext().partition(":")[0])}</a>'
                      for place in places)
    cited = "; ".join(f'<a href="{references.address(key)}">{html.escape(references.short(key))}</a>' for key in claim["keys"])
    note = f'<br>{html.escape(claim["note"][0].upper() + claim["note"][1:])}.' if claim.get("note") else ""
    return (f'<tr><td>{html.escape(claim["claim"])} <span class="about">({SOURCES[claim["source"]]}, {claim["id"]})</span></td>'
            f'<td><strong>{claim["verdict"]}</strong>{note}</td><td>{links}<br>{cited or "No reference was found."}</td></tr>')


def setup(app):
    app.add_role("claim", Claim())
    app.add_directive("claims", Claims)
    app.connect("doctree-read", close_gaps, priority=600)
    app.connect("env-check-consistency", check)
    app.connect("html-page-context", table)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
