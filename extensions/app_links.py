"""What makes an app of a page: its manifest, the colours of its window, and the script that has the book kept.

The files that they name are written by `python -m editions.app`, when all pages are there.
"""

import os
import pathlib

from browser_code import ROOT, copy
from widgets.hosts.palette import palette

SOURCE = ROOT / "editions" / "app"
SCRIPTS = ["register.js", "new_edition.js"]


def collect(app):
    for name in SCRIPTS:
        copy(SOURCE / name, pathlib.Path(app.outdir) / "_static" / name)
    app.add_js_file("register.js", loading_method="defer")


def add_links(app, pagename, templatename, context, doctree):
    def link(rel, path):
        return f'\n<link rel="{rel}" href="{context["pathto"](path, 1)}">'

    links = link("manifest", "manifest.webmanifest")
    for theme in ("light", "dark"):
        links += (f'\n<meta name="theme-color" content="{palette(theme)["ground"]}" '
                  f'media="(prefers-color-scheme: {theme})">')
    if os.environ.get("BROWSER_PATH"):  # drawn by it
        links += link("apple-touch-icon", "_static/app/apple-touch-icon.png")
    context["metatags"] = context.get("metatags", "") + links


def setup(app):
    app.connect("builder-inited", collect)
    app.connect("html-page-context", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
