"""The widgets' end of the page's interpreter: JSON in, JSON out. Runs in MicroPython and CPython."""

import json

from widgets.hosts import draw

_ghosts = {}  # the start of a card does not change: its ghosts are computed once


def answer(request):
    """Answer one request of the page.

    Parameters
    ----------
    request : str
        JSON: {"module": str, "start": values, "values": values, "want": "figure", "tables" or "file"}.

    Returns
    -------
    str
        JSON: what draw.draw() gives, or the list of tables; for a file the widget's own table comes first.
    """
    request = json.loads(request)
    widget = __import__(request["module"], None, None, ["figure"])
    values = request["values"]
    start = draw.start_beside(widget, request["start"], values)
    if request["want"] != "figure":
        tables = draw.tables(widget.figure(**values))
        if request["want"] == "file" and hasattr(widget, "table"):
            tables = [draw.table_texts(widget.table(**values))] + tables
        return json.dumps(tables)
    ghosts = []
    if values != start:
        key = request["module"] + json.dumps(sorted(start.items()))
        if key not in _ghosts:
            _ghosts[key] = json.dumps(draw.ghosts_of(widget, start))
        ghosts = json.loads(_ghosts[key])
    return json.dumps(draw.draw(widget, values, ghosts))
