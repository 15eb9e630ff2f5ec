"""The palette for hosts that run in Python: reads page/palette.css, the one place of colours."""

import json
import pathlib
import re

_BLOCK = re.compile(r"(:root|html\[data-theme[^{]*)\s*\{([^}]*)\}")
_COLOUR = re.compile(r"--ivig-(\w+):\s*(#[0-9a-f]{6})")
_NAME = re.compile(r"role\((\w+)(?:,([\d.]+))?\)")


def palette(theme="light"):
    """Colours of "light" or "dark": dict from role to "#rrggbb"."""
    css = pathlib.Path(__file__).with_name("page").joinpath("palette.css").read_text("utf8")
    blocks = {("light" if where == ":root" else "dark"): dict(_COLOUR.findall(body))
              for where, body in _BLOCK.findall(css)}
    return blocks[theme]


def colour_in(figure, colours):
    """A copy of a painted figure with the names of roles replaced by colours.

    `colours` maps a role to "#rrggbb"; a role with an opacity becomes rgba(...). An unknown role is
    a ValueError.
    """
    def colour(match):
        role, opacity = match.groups()
        if role not in colours:
            raise ValueError(f"no role {role!r}; the roles are: " + ", ".join(colours))
        if not opacity:
            return colours[role]
        red, green, blue = (int(colours[role][i:i + 2], 16) for i in (1, 3, 5))
        return f"rgba({red},{green},{blue},{opacity})"
    return json.loads(_NAME.sub(colour, json.dumps(figure)))


def variables_in(text):
    """Names of roles in HTML or SVG replaced by the page's CSS variables, which follow its theme."""
    def variable(match):
        role, opacity = match.groups()
        return (f"color-mix(in srgb, var(--ivig-{role}) {100 * float(opacity):g}%, transparent)" if opacity
                else f"var(--ivig-{role})")
    return _NAME.sub(variable, text)
