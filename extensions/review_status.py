"""Says under every title what has been reviewed, when the page last changed and what it is for.

A page's front matter gives `summary`, `review: {status, by, date}` and `updated`. The statuses are
draft, in review and approved; approved needs a named clinician and a date.
"""

import datetime
import json

from docutils import nodes
from sphinx.errors import ExtensionError

STATUSES = {
    "draft": "Draft: not yet reviewed by a clinician",
    "in review": "In review by {by}",
    "approved": "Approved by {by} on {date}",
}


def status_line(docname, metadata):
    """The text under a page's title; ExtensionError says what is wrong in its front matter."""
    review = metadata.get("review", "{}")
    review = json.loads(review) if isinstance(review, str) else review
    status = review.get("status")
    if status not in STATUSES:
        raise ExtensionError(f"{docname}: review status {status!r} is none of {list(STATUSES)}")
    if status != "draft" and not review.get("by") or status == "approved" and not review.get("date"):
        raise ExtensionError(f"{docname}: {status} needs a named clinician (by) and, if approved, a date")
    try:
        updated = datetime.date.fromisoformat(str(metadata.get("updated")))
    except ValueError:
        raise ExtensionError(f"{docname}: `updated` must be a date such as 2026-11-21") from None
    said = STATUSES[status].format(by=review.get("by", ""), date=review.get("date", ""))
    return f"{said}. Last changed {updated:%d %B %Y}. For learning only, not medical advice.".replace(" 0", " ")


def put_under_title(app, doctree):
    metadata = app.env.metadata[app.env.docname]
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is None or metadata.get("review") is None and metadata.get("orphan") is not None:
        return
    line = nodes.paragraph("", status_line(app.env.docname, metadata), classes=["review-status"])
    title.parent.insert(title.parent.index(title) + 1, line)


def describe_page(app, pagename, templatename, context, doctree):
    """The summary is what search engines and link previews show."""
    summary = app.env.metadata.get(pagename, {}).get("summary")
    if summary:
        text = str(summary).replace('"', "&quot;")
        context["metatags"] = context.get("metatags", "") + f'\n<meta name="description" content="{text}">'


def setup(app):
    app.connect("doctree-read", put_under_title, priority=900)
    app.connect("html-page-context", describe_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
