"""Parts of a Plotly figure that widgets share, as plain dicts.

Nothing here names a colour. A trace carries its role in `meta`, a shape or an annotation in `name`;
the host's palette gives each role its colour in light, dark and print. The roles are: igg,
autoantibody, activating, inhibitory, complement, cell, target, harm, evidence, reference and text.
"""


def curve(x, y, role, name, *, dash="solid", width=3, ghost=False, hover="", **more):
    """A line through (x, y).

    `ghost=True` asks the host to leave a faint copy where the curve was at the start, so that a
    change is seen as a change. `hover` is Plotly's template for one point, such as
    "day %{x:.0f}: %{y:.1f} g/L".
    """
    trace = {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name,
             "line": {"dash": dash, "width": width}, "meta": {"role": role, "ghost": ghost},
             "hovertemplate": hover + "<extra>" + name + "</extra>"}
    trace.update(more)
    return trace


def points(x, y, role, name, *, symbol="circle", size=11, ghost=False, hover="", **more):
    """Markers at (x, y): the reader's own state (`circle`), or published numbers, which stand over
    a model's curve as open markers (role "evidence", symbol "circle-open" or "diamond-open")."""
    trace = {"type": "scatter", "mode": "markers", "x": x, "y": y, "name": name,
             "marker": {"symbol": symbol, "size": size, "line": {"width": 2}},
             "meta": {"role": role, "ghost": ghost},
             "hovertemplate": hover + "<extra>" + name + "</extra>"}
    trace.update(more)
    return trace


def level(y, role, *, dash="dash"):
    """A horizontal line across the whole figure."""
    return {"type": "line", "name": role, "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
            "line": {"width": 2, "dash": dash}, "layer": "below"}


def band(low, high, role, *, axis="y"):
    """A shaded range of y (or of x) across the whole figure."""
    along, across = (("y", "x") if axis == "y" else ("x", "y"))
    return {"type": "rect", "name": role, across + "ref": "paper", across + "0": 0, across + "1": 1,
            along + "0": low, along + "1": high, "line": {"width": 0}, "layer": "below"}


def label(x, y, text, role, *, anchor="left", shift=(0, 0), **more):
    """Words in the figure, in the colour of their role: direct labels, sources of thresholds.

    `anchor` says which side of the text stands at x: "left", "center" or "right". `shift` moves it by
    pixels to the right and up.
    """
    note = {"name": role, "x": x, "y": y, "text": text, "showarrow": False, "xanchor": anchor,
            "xshift": shift[0], "yshift": shift[1]}
    note.update(more)
    return note


def axis(title, low=None, high=None, **more):
    """An axis with its title (and unit) and, where given, a range that stays put."""
    made = {"title": {"text": title}}
    if low is not None:
        made["range"] = [low, high]
    made.update(more)
    return made


def layout(xaxis, yaxis, *, shapes=(), labels=(), legend=False, **more):
    """The frame of a figure. A legend stands below; up to four lines do better with labels."""
    made = {"xaxis": xaxis, "yaxis": yaxis, "shapes": list(shapes), "annotations": list(labels),
            "showlegend": legend}
    made.update(more)
    return made
