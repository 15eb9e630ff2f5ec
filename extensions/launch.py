"""The menu "Run this chapter" on every page with code, and its notebook in the menu of downloads.

A page's notebook is opened in three places, see editions/address.py; launch.js gives the state of the page's figures
to those that take it. What each place needs stands in the menu.
"""

import pathlib

from browser_code import copy
from editions import address, downloads

SCRIPT = pathlib.Path(__file__).with_suffix(".js")
LITE_MEGABYTES, LITE_SECONDS = 19, 15  # compressed, and to the first figure; `make bench` measures both
NEEDS = {
    "lite": f"No account. Fetches about {LITE_MEGABYTES} MB once; the first figure takes about {LITE_SECONDS} seconds. "
            "Opens as you set the figures here.",
    "binder": "No account. A machine that is started for you, which can take minutes: read on meanwhile, the figures "
              "of this page answer already. Opens as you set the figures here.",
    "colab": "Needs a Google account. Opens the figures at their start, not as you set them here.",
}


def has_code(app, pagename):
    """Whether a page has a notebook."""
    source = pathlib.Path(app.env.doc2path(pagename))
    return source.is_file() and "```{code-cell}" in source.read_text("utf8")


def add_buttons(app, pagename, templatename, context, doctree):
    """After the theme has made its own buttons."""
    if pagename == "chapters/run":
        context["body"] = downloads.filled(context["body"], pathlib.Path(app.outdir))
    if not has_code(app, pagename):
        return
    page = pagename.rpartition("/")[2]
    groups = context["header_buttons"]
    downloading = next(group for group in groups if group.get("label") == "download-buttons")
    downloading["buttons"].insert(0, {
        "type": "link", "label": "download-notebook-button", "icon": "fas fa-code", "text": ".ipynb",
        "tooltip": "Download this page as a notebook", "url": context["pathto"](address.notebook(page), 1)})
    groups.insert(0, {
        "type": "group", "label": "launch-buttons", "icon": "fas fa-rocket", "tooltip": "Run this chapter",
        "buttons": [
            entry("lite", "In this browser (JupyterLite)", "fa-bolt", context["pathto"](address.lite(page), 1)),
            entry("binder", "On Binder", "fa-server", address.binder(page)),
            entry("colab", "On Colab", "fa-cloud", address.colab(page))]})
    app.add_js_file(SCRIPT.name, type="module")


def entry(place, words, icon, url):
    """A link of the menu, and below its words what the place needs."""
    return {"type": "link", "label": f"launch-{place}", "icon": f"fas {icon}", "url": url,
            "text": f'{words} <span class="needs">{NEEDS[place]}</span>'}


def setup(app):
    app.connect("builder-inited", lambda app: copy(SCRIPT, pathlib.Path(app.outdir) / "_static" / SCRIPT.name))
    app.connect("html-page-context", add_buttons, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
