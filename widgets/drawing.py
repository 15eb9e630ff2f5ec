"""Parts of a drawing as strings of SVG, for widgets whose figure is no chart.

Nothing here names a colour: a paint is a role and an opacity, and the host puts in the colour of the
theme. Lines, arrows and marks are path data, so that many of them can be joined into one element.
Plain Python: runs in CPython and MicroPython.
"""


def svg(width, height, title, desc, parts, *, size):
    """The whole drawing; `title` and `desc` say in words what it shows, `size` is that of its text."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            f'font-size="{size}"><title>{escaped(title)}</title><desc>{escaped(desc)}</desc>'
            + "".join(parts) + "</svg>")


def paint(role, opacity=1):
    """The name of a colour, as a fill or a stroke."""
    return f"role({role})" if opacity == 1 else f"role({role},{opacity:g})"


def escaped(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rect(x, y, width, height, *, fill="none", stroke="none", line=1.5, round=8):
    return (f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}" fill="{fill}" '
            f'stroke="{stroke}" stroke-width="{line:g}"/>')


def circle(x, y, radius, *, fill="none", stroke="none", line=1.5):
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="{line:g}"/>'


def text(x, y, words, more=""):
    """Words that begin at x on the base line y; their paint is that of the group they stand in."""
    return f'<text x="{x}" y="{y}"{more}>{escaped(words)}</text>'


def group(parts, *, fill="none", more=""):
    return f'<g fill="{fill}"{more}>' + "".join(parts) + "</g>" if parts else ""


def lines(data, stroke, *, width=2, dash=""):
    """One element for the path data of any number of lines; nothing for none."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (f'<path d="{data}" fill="none" stroke="{stroke}" stroke-width="{width:g}" '
            f'stroke-linejoin="round" stroke-linecap="round"{dashes}/>') if data else ""


def areas(data, fill):
    """One element for the path data of any number of filled shapes; nothing for none."""
    return f'<path d="{data}" fill="{fill}"/>' if data else ""


def wrapped(words, most):
    """Lines of at most `most` characters, broken at spaces."""
    made = []
    for word in words.split(" "):
        if made and len(made[-1]) + 1 + len(word) <= most:
            made[-1] += " " + word
        else:
            made.append(word)
    return made


def arrow(x, y, direction, broken=False):
    """Path data of a small arrow around (x, y), its shaft broken or not; "none" is a sign of equality."""
    if direction == "none":
        return f"M{x - 4} {y - 3}h8m-8 6h8"
    sign = "-" if direction == "up" else ""
    back = "" if direction == "up" else "-"
    tail = y + 6 if direction == "up" else y - 6
    shaft = f"v{sign}3m0 {sign}4v{sign}5" if broken else f"v{sign}12"
    return f"M{x} {tail}{shaft}m-4 {back}4l4 {sign}4l4 {back}4"


def link(x0, y0, x1, y1, head=8):
    """Path data of a line from (x0, y0) to (x1, y1) and, apart from it, of the head at its end."""
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    along, across = (x1 - x0) / length, (y1 - y0) / length
    x, y, wing = x1 - head * along, y1 - head * across, head / 2
    tip = (f"M{x1:.1f} {y1:.1f}L{x - wing * across:.1f} {y + wing * along:.1f}"
           f"L{x + wing * across:.1f} {y - wing * along:.1f}z")
    return f"M{x0:.1f} {y0:.1f}L{x:.1f} {y:.1f}", tip


def towards(x0, y0, x1, y1, distance):
    """The point that lies `distance` from (x0, y0) on the way to (x1, y1)."""
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    return x0 + (x1 - x0) * distance / length, y0 + (y1 - y0) * distance / length


def disc(x, y):
    return f"M{x - 5} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"


def triangle(x, y):
    return f"M{x} {y - 5}l6 10h-12z"


def square(x, y):
    return f"M{x - 4} {y - 4}h8v8h-8z"


def diamond(x, y):
    return f"M{x} {y - 6}l6 6l-6 6l-6 -6z"


def antibody(x, y, scale, role):
    """An IgG as everywhere in the book: a Y whose stem, the Fc, is darker. (x, y) is the foot of the stem."""
    stem = '<rect x="-6.5" y="-38" width="13" height="38" rx="5"'
    arm = '<rect x="-5.5" y="-37" width="11" height="35" rx="5" transform='
    return (f'<g transform="translate({x} {y}) scale({scale:g})" fill="{paint(role)}" '
            f'stroke="{paint(role)}" stroke-width="2">'
            f'{stem}/>{stem} fill="{paint("text", 0.4)}" stroke="none"/>'
            f'{arm}"translate(-1 -40) rotate(-36)"/>{arm}"translate(1 -40) rotate(36)"/></g>')
