"""Says under every title what has been reviewed, when the page last changed and what it is for.

A page's front matter gives `summary` and what review.py reads of it.
"""

from docutils import nodes

from review import status_line


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
