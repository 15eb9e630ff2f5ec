"""What every host does with a widget's answer: ghost its start, paint it by role, tabulate it.

Plain Python that runs in CPython and, in the reader's page, in MicroPython. Colours leave here as
names, `role(igg)` or `role(target,0.12)`: the host puts in the colour of the theme in force.
"""

BAND_OPACITY = 0.12
GHOST_OPACITY = 0.35
SIZE = 14  # px; a narrow column makes everything of this size a little smaller
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def draw(widget, values, ghosts=()):
    """All that a reader sees of a widget's state.

    Returns
    -------
    dict
        "figure": {"data": ..., "layout": ...} painted, or {"svg": ...}; "sentence": str; and, of a
        widget with a table, "table": HTML with roles and [keys] as they are.
    """
    made = widget.figure(**values)
    if "svg" not in made:
        made["data"] = list(ghosts) + made["data"]
        made = paint(made)
    drawn = {"figure": made, "sentence": widget.describe(**values)}
    if hasattr(widget, "table"):
        drawn["table"] = table_html(widget.table(**values))
    return drawn


def start_beside(widget, start, values):
    """The start state to compare `values` with: the start's numbers, but the choices of now.

    A choice often decides what the axes are; ghosts of another choice would lie on the wrong ones.
    """
    beside = dict(start)
    for control in widget.CONTROLS:
        if control["kind"] == "choice":
            beside[control["name"]] = values[control["name"]]
    return beside


def ghosts_of(widget, start):
    """Faint copies of what the widget wants kept of its start: traces with `meta.ghost`."""
    faint = []
    for trace in widget.figure(**start).get("data", []):
        meta = trace.get("meta", {})
        if meta.get("ghost"):
            trace["meta"] = {"role": meta["role"], "start": True}
            trace["name"] = trace.get("name", "") + ", at the start"
            trace["opacity"] = GHOST_OPACITY
            trace["hoverinfo"] = "skip"
            trace["showlegend"] = False
            trace.pop("hovertemplate", None)
            trace.pop("text", None)
            trace.pop("customdata", None)
            trace.pop("fill", None)  # a filled trace ignores its opacity
            if "lines" in trace.get("mode", ""):
                trace["mode"] = "lines"
            faint.append(trace)
    return faint


def paint(figure):
    """Give every trace, shape and annotation the colour name of its role, and the frame its look."""
    for trace in figure["data"]:
        _paint_trace(trace, "role(" + trace.get("meta", {}).get("role", "text") + ")")
    layout = figure["layout"]
    for shape in layout.get("shapes", []):
        role = shape.get("name", "reference")
        shape.setdefault("line", {}).setdefault("color", f"role({role})")
        if shape["type"] != "line":
            shape.setdefault("fillcolor", f"role({role},{BAND_OPACITY})")
    for note in layout.get("annotations", []):
        note.setdefault("font", {}).setdefault("color", f"role({note.get('name', 'text')})")
        note.setdefault("bgcolor", "role(ground,0.75)")
        note.setdefault("borderpad", 1)
    _frame(layout)
    return figure


def _paint_trace(trace, colour):
    if trace["type"] == "bar":
        trace.setdefault("marker", {}).setdefault("color", colour)
    else:
        trace.setdefault("line", {}).setdefault("color", colour)
        marker = trace.setdefault("marker", {})
        marker.setdefault("color", colour)
        if not marker.get("symbol", "").endswith("-open"):
            marker.setdefault("line", {}).setdefault("color", "role(ground)")
    if trace.get("fill", "none") != "none":
        trace.setdefault("fillcolor", colour[:-1] + f",{BAND_OPACITY})")
    for error in ("error_x", "error_y"):
        if error in trace:
            trace[error].setdefault("color", colour)
    trace.setdefault("textfont", {}).setdefault("color", colour)


def _frame(layout):
    layout["font"] = {"family": FONT, "size": SIZE, "color": "role(text)"}
    layout["paper_bgcolor"] = layout["plot_bgcolor"] = "rgba(0,0,0,0)"
    layout["hoverlabel"] = {"bgcolor": "role(ground)", "bordercolor": "role(text)",
                            "font": {"family": FONT, "color": "role(text)"}}
    layout.setdefault("hovermode", "closest")
    layout.setdefault("margin", {"l": 56, "r": 16, "t": 12, "b": 48})
    layout.setdefault("legend", {"orientation": "h", "x": 0, "xanchor": "left",
                                 "y": -0.2, "yanchor": "top"})
    layout["dragmode"] = False
    for key, axis in layout.items():
        if key.startswith("xaxis") or key.startswith("yaxis"):
            axis.setdefault("showgrid", key.startswith("y"))
            axis.setdefault("gridcolor", "role(grid)")
            axis.setdefault("zeroline", False)
            axis.setdefault("fixedrange", True)
            axis.setdefault("automargin", True)
            axis.setdefault("linecolor", "role(grid)")
            axis.setdefault("ticks", "outside" if key.startswith("x") else "")
            axis.setdefault("tickcolor", "role(grid)")
            axis.setdefault("title", {}).setdefault("standoff", 8)
            axis["title"].setdefault("font", {"size": SIZE})


def tables(figure):
    """The numbers of a figure, one table for all traces that share their places.

    Returns
    -------
    list of dict
        {"columns": [str, ...], "rows": [[value, ...], ...]}: first what the traces stand over (x, or
        the names of horizontal bars), then one column per trace. Ghosts of the start are left out.
    """
    found = []
    for trace in figure.get("data", []):
        if trace.get("meta", {}).get("start"):
            continue
        across, along = ("y", "x") if trace.get("orientation") == "h" else ("x", "y")
        title, unit = _axis_title(figure, trace, across) or "Name", _axis_title(figure, trace, along)
        for name, places, values in _parts(trace, across, along):
            column = plain(name)
            column = column + ": " + unit if column and unit else column + unit
            for table in found:
                if table["places"] == places and table["columns"][0] == title:
                    break
            else:
                table = {"places": places, "columns": [title], "rows": [[place] for place in places]}
                found.append(table)
            table["columns"].append(column)
            for row, value in zip(table["rows"], values):
                row.append(value)
    return [{"columns": table["columns"], "rows": table["rows"]} for table in found]


def _parts(trace, across, along):
    """Name, places and values of what a trace draws: one thing, or several above one another.

    Of several, the trace says in `text` whose each point is and in `customdata` its number, since the
    axis only says where it stands. A place that comes twice, to close a fill, counts once.
    """
    name = trace.get("name", "")
    if "customdata" not in trace:
        return [(name, list(trace[across]), list(trace[along]))]
    parts, whose_last = [], None
    for whose, place, number in zip(trace["text"], trace[across], trace["customdata"]):
        if whose != whose_last:
            parts.append((whose + ", " + name, [], []))
            whose_last = whose
        if number is not None and place not in parts[-1][1]:
            parts[-1][1].append(place)
            parts[-1][2].append(number)
    return parts


def table_html(table):
    """HTML of a widget's own table. Every text is escaped; hosts put in colours, citations and links."""
    columns = [_escaped(name) for name in table["columns"]]
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = []
    for row in table["rows"]:
        first = f'<th scope="row">{_cell_html(row[0])}</th>'
        rest = [f'<td data-column="{name}">{_cell_html(cell)}</td>' for name, cell in zip(columns[1:], row[1:])]
        body.append("<tr>" + first + "".join(rest) + "</tr>")
    return (f'<table><caption>{_escaped(table["caption"])}</caption><thead><tr>{head}</tr></thead>'
            f'<tbody>{"".join(body)}</tbody></table>')


def table_texts(table):
    """The same as columns and rows of plain values, for a file."""
    return {"columns": table["columns"], "rows": [
        [cell["text"] if isinstance(cell, dict) else cell for cell in row] for row in table["rows"]]}


def _cell_html(cell):
    if not isinstance(cell, dict):
        return "" if cell is None else _escaped(cell if isinstance(cell, str) else f"{cell:g}")
    text = _escaped(cell["text"])
    if "to" in cell:
        text = f'<a data-to="{_escaped(cell["to"])}">{text}</a>'
    if "role" in cell:
        text = f'<span class="mark" style="background:role({cell["role"]})"></span>{text}'
    return text


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _axis_title(figure, trace, letter):
    key = letter + "axis" + trace.get(letter + "axis", letter)[1:]
    return plain(figure["layout"].get(key, {}).get("title", {}).get("text", ""))


def plain(text):
    """A label without Plotly's few HTML tags; a line break becomes a space, and "<5" stays."""
    first, *parts = text.replace("<br>", " ").split("<")
    out = first
    for part in parts:
        tag, closed, after = part.partition(">")
        is_tag = closed and (tag[:1].isalpha() or tag[:1] == "/")
        out += after if is_tag else "<" + part
    return out
