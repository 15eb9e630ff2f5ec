"""The widgets' end of the page's interpreter: JSON in, JSON out. Runs in MicroPython and CPython."""

import json

from widgets.hosts import draw

_ghosts = {}  # the start of a card does not change: its ghosts are computed once


def answer(request):
    """Answer one request of the page.

    Parameters
    ----------
    request : str
        JSON: {"module": str, "start": values, "values": values, "want": "figure" or "tables"}.

    Returns
    -------
    str
        JSON: {"figure": ..., "sentence": ...}, or the list of tables.
    """
    request = json.loads(request)
    widget = __import__(request["module"], None, None, ["figure"])
    values = request["values"]
    start = draw.start_beside(widget, request["start"], values)
    if request["want"] == "tables":
        return json.dumps(draw.tables(widget.figure(**values)))
    ghosts = []
    if values != start:
        key = request["module"] + json.dumps(sorted(start.items()))
        if key not in _ghosts:
            _ghosts[key] = json.dumps(draw.ghosts_of(widget, start))
        ghosts = json.loads(_ghosts[key])
    return json.dumps(draw.draw(widget, values, ghosts))
