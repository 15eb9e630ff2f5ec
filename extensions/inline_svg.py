"""The `{inline-svg}` directive: a drawing inside the page, so that it takes the page's colours.

An `<img>` could not follow the theme. The file must bring its own title and description.
"""

import pathlib
import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective


class InlineSvg(SphinxDirective):
    required_arguments = 1
    option_spec = {"caption": directives.unchanged}

    def run(self):
        _, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(path)
        if not pathlib.Path(path).is_file():
            raise self.error(f"no drawing {self.arguments[0]}")
        svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", pathlib.Path(path).read_text("utf8"), flags=re.S).strip()
        if "<title" not in svg or "<desc" not in svg:
            raise self.error(f"{self.arguments[0]} needs <title> and <desc> for readers who cannot see it")
        opening, closing = nodes.raw("", '<figure class="drawing">' + svg, format="html"), nodes.raw("", "</figure>", format="html")
        if "caption" not in self.options:
            return [opening, closing]
        inline, messages = self.state.inline_text(self.options["caption"], self.lineno)
        start, end = nodes.raw("", "<figcaption>", format="html"), nodes.raw("", "</figcaption>", format="html")
        return [opening, start, nodes.paragraph("", "", *inline), end, closing, *messages]


def setup(app):
    app.add_directive("inline-svg", InlineSvg)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
