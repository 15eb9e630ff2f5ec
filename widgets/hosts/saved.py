"""A figure as HTML that shows what it says where nothing runs: in a notebook that somebody has saved.

Needs a Chromium for the picture (BROWSER_PATH), as the page does; without one the figure has no picture.
"""

import base64
import html
import re

from widgets.hosts import draw
from widgets.hosts.palette import palette
from widgets.hosts.still import still

WIDTH, DRAWING = 560, 720  # pixels of a plot, and of a drawing, whose words are smaller
NOTE = "A still picture. Run the cells of this notebook, and it becomes a figure with controls."
_WIDE = re.compile(r'<div class="still wide">(.*?)</div>(?=<div class="still narrow">)', re.S)
_FAINT = re.compile(r"color-mix\(in srgb, var\(--ivig-(\w+)\) (?:calc\(([\d.]+) \* 100%\)|([\d.]+)%), transparent\)")


def saved(widget, values, table):
    """HTML of a state: title, still picture, sentence, the table as it is given ("" for none), and a note."""
    drawn = draw.draw(widget, values)
    wide = _WIDE.search(still(drawn["figure"], "still", drawn["sentence"]))
    width = DRAWING if "svg" in drawn["figure"] else WIDTH
    parts = [f"<p><strong>{html.escape(widget.TITLE)}</strong></p>",
             image(wide[1], f"Still picture: {widget.TITLE}", width) if wide else "",
             f'<p>{html.escape(drawn["sentence"])}</p>', _to_the_left(table), f"<p><em>{NOTE}</em></p>"]
    return "\n".join(filter(None, parts))


def _to_the_left(table):
    """A table whose cells say where their words begin: Jupyter sets every cell of an output to the right."""
    return re.sub(r"<(t[hd]) ", r'<\1 style="text-align: left" ', table)


def image(svg, words, width):
    """HTML of an SVG as an image that holds its own data; as one it can run no script."""
    data = base64.b64encode(concrete(svg).encode()).decode()
    return f'<img width="{width}" alt="{html.escape(words)}" src="data:image/svg+xml;base64,{data}">'


def concrete(svg):
    """SVG that stands alone: the light palette's colours in the place of the page's variables."""
    colours = palette("light")

    def see_through(match):
        red, green, blue = (int(colours[match[1]][i:i + 2], 16) for i in (1, 3, 5))
        share = float(match[2]) if match[2] else float(match[3]) / 100
        return f"rgba({red},{green},{blue},{share:g})"
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.S).strip()
    svg = _FAINT.sub(see_through, svg)
    svg = re.sub(r"var\(--ivig-(\w+)(?:,[^)]*)?\)", lambda match: colours[match[1]], svg)
    space = "" if "xmlns=" in svg[:svg.index(">")] else ' xmlns="http://www.w3.org/2000/svg"'
    look = f'<style>:root{{color:{colours["text"]};background:{colours["ground"]};font-family:{draw.FONT}}}</style>'
    return re.sub(r"<svg\b([^>]*)>", lambda match: f"<svg{space}{match[1]}>{look}", svg, count=1)
