"""The book's look on top of the theme: its own style, fewer bytes, and the theme's faults mended.

What the theme and its companions load and this book does not need is taken out of the written pages;
the icon font is cut down to the icons in use. Every repair names its reason; a repair that finds
nothing to do any more stops the build, so that it goes when the theme no longer needs it.
"""

import logging
import pathlib
import re
import shutil

from fontTools import subset
from sphinx.errors import ExtensionError

from browser_code import copy

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table it cuts
HERE = pathlib.Path(__file__).parent
ICON_CLASS = re.compile(r"\bfa-([a-z-]+)\b")
PRIVATE_USE = re.compile("[\ue000-\uf8ff]|\\\\f[0-9a-f]{3}\\b")

REPAIRS = {  # what is wrong -> what is replaced, and by what
    "half a megabyte of script that draws icons the font draws already":
        (r'<script src="[^"]*fontawesome[^"]*"></script>\s*', ""),
    "all icons of the font, where the book shows a dozen":
        (r'<link href="([^"]*)_static/vendor/fontawesome[^"]*" rel="stylesheet" />',
         r'<link href="\1_static/icons/icons.css" rel="stylesheet" />'),
    "fonts fetched before anyone needs them":
        (r'<link rel="preload" as="font"[^>]*>\s*', ""),
    "the viewport said three times":
        (r'<meta name="viewport" content="width=device-width, initial-scale=1"\s*/>', ""),
    "thebe, which names another host and declares a constant twice, even when off":
        (r'<script>const THEBE_JS_URL.*?</script>\s*|<script [^>]*sphinx-thebe[^>]*></script>\s*'
         r'|<link [^>]*sphinx-thebe[^>]*>\s*|<script type="text/x-thebe-config">.*?</script>\s*'
         r"|<script>kernelName = [^<]*</script>\s*", ""),
    "togglebutton, whose work native disclosures do":
        (r"<script>(?:let toggle|var togglebutton).*?</script>\s*|<script [^>]*togglebutton[^>]*></script>\s*"
         r"|<link [^>]*togglebutton[^>]*>\s*", ""),
    "copy buttons for code cells, of which the pages show none":
        (r"<script [^>]*(?:clipboard\.min|copybutton)[^>]*></script>\s*|<link [^>]*copybutton[^>]*>\s*", ""),
    "tabs, which no page has":
        (r"<script [^>]*design-tabs[^>]*></script>\s*", ""),
    "a search field that calls itself Search...":
        (r'aria-label="Search\.\.\."', 'aria-label="Search the book"'),
    "a search button whose name differs from what is seen on it":
        (r'(class="btn search-button-field[^"]*") title="Search" aria-label="Search"', r"\1"),
}
UNNEEDED = ["vendor", "scripts/*.map", "styles/*.map", "*thebe*", "togglebutton.*", "copybutton*", "clipboard*",
            "check-solid.svg", "copy-button.svg", "design-tabs.js", "images"]


def repaired(text):
    """A built page without what it does not need, and the names of the repairs that changed it."""
    done = set()
    for reason, (pattern, better) in REPAIRS.items():
        text, times = re.subn(pattern, better, text, flags=re.S)
        if times:
            done.add(reason)
    return text, done


def pages_of(out):
    """The book's own pages in the built site; JupyterLite's, in lite/, are not the book's."""
    return [path for path in out.rglob("*.html") if path.relative_to(out).parts[0] != "lite"]


def repair_pages(app, exception):
    if exception or app.builder.name != "html":
        return
    out = pathlib.Path(app.outdir)
    cut_icons(out)
    fresh, done = False, set()
    for path in pages_of(out):
        text = path.read_text("utf8")
        if path.name == "index.html" and path.parent == out:
            path.write_text(front_door(app, text), "utf8")
        elif "ivig-embed" not in text:
            better, changed = repaired(text)
            fresh, done = fresh or bool(changed), done | changed
            if changed:
                path.write_text(better, "utf8")
    idle = set(REPAIRS) - done
    if fresh and idle:
        raise ExtensionError("repairs of the theme that found nothing to do: " + "; ".join(sorted(idle)))
    for pattern in UNNEEDED:
        for path in (out / "_static").glob(pattern):
            if path.name == "vendor":
                shutil.rmtree(path / "fontawesome", ignore_errors=True)
            elif path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def front_door(app, text):
    """The redirect from the root, as a page in its own right: titled, in a language, with a link."""
    target = re.search(r"url=([^\"]+)", text).group(1)
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>' + app.config.html_title
            + f'</title><meta http-equiv="refresh" content="0; url={target}"><meta name="viewport" '
            'content="width=device-width, initial-scale=1"><link rel="icon" href="_static/favicon.svg"></head>'
            f'<body><main><h1>{app.config.html_title}</h1>'
            f'<p><a href="{target}">Open the book</a></p></main></body></html>\n')


def cut_icons(out):
    """Write _static/icons: a font with the icons that pages, styles and scripts use, and its style."""
    source = out / "_static" / "vendor" / "fontawesome"
    target = out / "_static" / "icons"
    if not source.exists():
        return  # cut by an earlier build of the same output
    style = next(source.rglob("all.min.css")).read_text("utf8")
    pages = "".join(path.read_text("utf8") for path in pages_of(out))
    styles = "".join(path.read_text("utf8") for path in (out / "_static" / "styles").glob("*.css"))
    names = sorted(set(ICON_CLASS.findall(pages)))
    codes = {}
    for name in names:
        found = re.search(rf"\.fa-{name}:before[^{{]*\{{content:\"(\\[0-9a-f]+|.)\"\}}", style)
        if found:
            codes[name] = found.group(1)
    used = {_code(text) for text in [*codes.values(), *PRIVATE_USE.findall(styles)]}
    target.mkdir(parents=True, exist_ok=True)
    options = subset.Options(flavor="woff2", notdef_outline=True)
    font = subset.load_font(str(next(source.rglob("fa-solid-900.woff2"))), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=used)
    cutter.subset(font)
    subset.save_font(font, str(target / "icons.woff2"), options)
    rules = "".join(f'.fa-{name}::before{{content:"{code}"}}' for name, code in codes.items())
    (target / "icons.css").write_text((HERE / "icons.css").read_text("utf8") + rules + "\n", "utf8")


def _code(text):
    return int(text[1:], 16) if text.startswith("\\") else ord(text)


def let_keyboard_scroll(app, pagename, templatename, context, doctree):
    """Wide formulas and tables get the class whose overflowing elements the theme's script makes focusable."""
    context["body"] = re.sub(r'<div class="(math|pst-scrollable-table-container)">',
                             r'<div class="\1 jp-RenderedHTMLCommon">', context.get("body", ""))


def add_style(app):
    static = pathlib.Path(app.outdir) / "_static"
    copy(HERE / "book.css", static / "book.css")
    app.add_css_file("page/palette.css", priority=600)
    app.add_css_file("book.css", priority=610)


def setup(app):
    app.connect("builder-inited", add_style)
    app.connect("html-page-context", let_keyboard_scroll)
    app.connect("build-finished", repair_pages, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
