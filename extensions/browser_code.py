"""Puts what widgets need into the built site: libraries, the page host, Python sources, embed pages.

The libraries come from npm packages and are copied beside the HTML, not into the source's `_static`,
which Jupyter Book loads on every page.
"""

import hashlib
import html
import os
import pathlib
import shutil
import string

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer, YamlLexer
from sphinx.util import logging

from widgets import catalog, controls
from widgets.hosts import page

ROOT = pathlib.Path(__file__).parents[1]
NPM = ROOT / "node_modules"
LIBRARIES = {  # in node_modules -> in _static/vendor
    "@micropython/micropython-webassembly-pyscript/micropython.mjs": "micropython/micropython.mjs",
    "@micropython/micropython-webassembly-pyscript/micropython.wasm": "micropython/micropython.wasm",
    "plotly.js-basic-dist-min/plotly-basic.min.js": "plotly/plotly-basic.min.js",
}
PAGE_FILES = ("*.js", "*.css")
MODULES = ("card.js", "interpreter.js", "address.js", "plot.js", "numbers.js", "facts.js", "load.js")
logger = logging.getLogger(__name__)


def run_cells_as_page(app, config):
    """Tell the kernels that they build pages, and run cells anew when the widgets changed."""
    os.environ["IVIG_HOST"] = "page"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    _quieten_kernels(ROOT / "_build" / "ipython")
    digest = hashlib.sha256(os.environ.get("BROWSER_PATH", "").encode())
    watched = [ROOT / "references.bib", *(ROOT / "widgets").rglob("*.py"), *(ROOT / "widgets").rglob("*.html"),
               *(ROOT / "data").glob("*.yml")]
    for path in sorted(watched):
        digest.update(path.read_bytes())
    kept = ROOT / "_build" / "cells" / digest.hexdigest()[:16]
    for old in kept.parent.glob("*"):
        if old != kept:
            shutil.rmtree(old)
    config.nb_execution_cache_path = str(kept)


def _quieten_kernels(folder):
    """Kernels of the build read no settings of whoever builds, and do not warn of loopback."""
    (folder / "profile_default").mkdir(parents=True, exist_ok=True)
    (folder / "profile_default" / "ipython_kernel_config.py").write_text('c.IPKernelApp.log_level = "ERROR"\n', "utf8")
    os.environ["IPYTHONDIR"] = str(folder)


def collect(app):
    """Lay out _static/vendor and _static/page."""
    static = pathlib.Path(app.outdir) / "_static"
    for source, place in LIBRARIES.items():
        if not (NPM / source).is_file():
            raise FileNotFoundError(f"node_modules/{source} is missing: run `make site`, which installs it")
        copy(NPM / source, static / "vendor" / place)
    for pattern in PAGE_FILES:
        for path in page.HERE.glob(pattern):
            copy(path, static / "page" / path.name)
    for module in sorted({module for name in catalog.names() for module in page.modules_of(f"widgets.catalog.{name}")}
                         | set(page.ENGINE)):
        write(page.source_of(module), static / "page" / "python" / (module.replace(".", "/") + ".py"))
        write(_source_view(module), static / "page" / "source" / f"{module}.html")
        path = page.path_of(module)
        copy(path, static / "page" / "source" / path.relative_to(ROOT))


def _source_view(module):
    """What a card shows of a source file; see _source in hosts/page.py."""
    path = page.path_of(module)
    lexer = PythonLexer(stripnl=False) if path.suffix == ".py" else YamlLexer(stripnl=False)
    return (f'<pre tabindex="0" role="region" aria-label="Source of {path.relative_to(ROOT).as_posix()}" '
            f'translate="no">{highlight(path.read_text("utf8"), lexer, HtmlFormatter(nowrap=True))}</pre>')


def add_script(app, path, mark):
    """Put a script of the book beside its pages, and load it on those whose text holds `mark`."""
    def load(app, pagename, templatename, context, doctree):
        if mark in context.get("body", ""):
            app.add_js_file(path.name, type="module")

    app.connect("builder-inited", lambda app: copy(path, pathlib.Path(app.outdir) / "_static" / path.name))
    app.connect("html-page-context", load)


def write(text, target):
    if not target.exists() or target.read_text("utf8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf8")


def copy(source, target):
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def load_where_used(app, pagename, templatename, context, doctree):
    """Only a page with a widget loads the page host."""
    if 'class="ivig-widget' in context.get("body", ""):
        app.add_css_file("page/widget.css")
        app.add_js_file("page/main.js", type="module")
        # main.js names the others only once it is there: let the browser fetch them all at once
        context["metatags"] = context.get("metatags", "") + "".join(
            f'\n<link rel="modulepreload" href="{context["pathto"]("_static/page/" + name, 1)}">' for name in MODULES)


def write_embed_pages(app, exception):
    """One bare page per widget, at embed/<name>.html, to stand in a frame of a course page."""
    if exception or app.builder.name != "html":
        return
    folder = pathlib.Path(app.outdir) / "embed"
    folder.mkdir(exist_ok=True)
    template = string.Template((page.HERE / "embed.html").read_text("utf8"))
    for name in catalog.names():
        widget = catalog.find(name)
        start = controls.opening(widget.CONTROLS)
        text = template.substitute(
            title=html.escape(widget.TITLE), book=html.escape(app.config.html_title or app.config.project),
            description=html.escape(widget.describe(**start), quote=True), card=page.card(widget, start, name, heading="h1"))
        (folder / f"{name}.html").write_text(text, "utf8")
    logger.info(f"embed pages: {', '.join(catalog.names())}")


def setup(app):
    app.connect("config-inited", run_cells_as_page)
    app.connect("builder-inited", collect)
    app.connect("html-page-context", load_where_used)
    app.connect("build-finished", write_embed_pages, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
