"""The still picture of a figure: Plotly's own static export as SVG that follows the page's theme.
A figure that is SVG already is its own still picture.

Needs a Chromium (BROWSER_PATH or one that kaleido finds); without one the card has no picture until
the script draws it. Pictures are kept by the hash of what they show, since an export takes a second.
"""

import hashlib
import html
import json
import logging
import os
import pathlib
import re

from widgets.hosts.palette import colour_in, palette, variables_in

KEPT = pathlib.Path(__file__).parents[2] / "_build" / "stills"
SIZES = {"wide": (480, 350, 13), "narrow": (330, 291, 12)}  # width, height, font size: pixels
TRIES = 3
VERSION = "2"  # part of the hash: change it when this file changes what an export looks like


def still(figure, identifier, description):
    """HTML of the picture of a painted figure, once for wide and once for narrow columns."""
    if "svg" not in figure and not os.environ.get("BROWSER_PATH"):
        return ""
    pictures = []
    for name, size in SIZES.items():
        svg = variables_in(figure["svg"][name]) if "svg" in figure else _exported(figure, *size)
        prefix = f"{identifier}-{name}-"
        svg = re.sub(r"""(id="|url\(['"]?#|href="#)(\w)""", rf"\g<1>{prefix}\g<2>", svg)
        svg = svg if "svg" in figure else svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(description, quote=True)}" ', 1)
        pictures.append(f'<div class="still {name}">{svg}</div>')
    return "".join(pictures)


def _exported(figure, width, height, size):
    named = {role: f"#{i + 1:02x}fe{i + 1:02x}" for i, role in enumerate(palette())}  # one odd colour a role
    sized = colour_in(figure, named)
    sized["layout"].update(width=width, height=height)
    sized["layout"]["font"]["size"] = size
    for key, axis in sized["layout"].items():
        if key[1:].startswith("axis"):
            axis["title"]["font"]["size"] = size
    key = hashlib.sha256(json.dumps([sized, VERSION], sort_keys=True).encode()).hexdigest()[:24]
    path = KEPT / f"{key}.svg"
    if not path.exists():
        svg = _export(sized, width, height)
        KEPT.mkdir(parents=True, exist_ok=True)
        path.write_text(_themed(svg, named), "utf8")
    return path.read_text("utf8")


def _export(figure, width, height):
    """Plotly's export in a Chromium of its own, tried again where the browser fails to answer."""
    import kaleido
    for name in ("kaleido", "choreographer"):  # they tell the cell's reader of messages they then ignore
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for tries_left in reversed(range(TRIES)):
        try:
            return kaleido.calc_fig_sync(figure, opts={"format": "svg", "width": width, "height": height}).decode()
        except Exception:
            if not tries_left:
                raise


def _themed(svg, named):
    """Put the palette's variables where the odd colours stand, and stable names where Plotly drew lots."""
    for role, colour in named.items():
        red, green, blue = (int(colour[i:i + 2], 16) for i in (1, 3, 5))
        svg = re.sub(rf"rgb\({red},\s*{green},\s*{blue}\)|{colour}", f"var(--ivig-{role})", svg, flags=re.I)
        svg = re.sub(rf"rgba\({red},\s*{green},\s*{blue},\s*([\d.]+)\)",
                     rf"color-mix(in srgb, var(--ivig-{role}) calc(\g<1> * 100%), transparent)", svg)
    drawn = re.search(r'id="defs-(\w+)"', svg)
    if drawn:
        svg = svg.replace(drawn.group(1), "p")
    lots = {}
    svg = re.sub(r"\b(trace|pp-(?:legend-)?)(\w{6})\b",
                 lambda m: f"{m[1].rstrip('-')}-{lots.setdefault(m[2], len(lots))}", svg)
    svg = re.sub(r'(<svg [^>]*?) width="\d+" height="\d+"', r"\1", svg, count=1)
    return svg
