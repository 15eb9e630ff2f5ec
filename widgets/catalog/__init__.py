"""The widgets: one module each. The folder is the catalogue, the file name the widget's name.

A module has TITLE, CONTROLS, figure(...) and describe(...), which take one argument per control.
`figure` gives a Plotly figure or, where a chart is the wrong tool, a drawing: {"svg": {"wide": ...,
"narrow": ...}}, its colours by role as everywhere, `fill="role(cell)"`. A module may also have

- table(...), for what is read and not plotted: {"caption": ..., "columns": [...], "rows": [[cell, ...]]}.
  A cell is a text, which may cite "[key]", a number, None, or a dict with "text" and a "role" (a mark of
  that colour) or "to" (the chapter it leads to). The first column is what a row is about;
- PRESETS: name -> values;
- TASK: {"predict": what to guess before touching anything, "answer": what should then be seen};
- LIMITS: what the model leaves out, one sentence each.
"""

import importlib
import pathlib


def names():
    """The names of all widgets, sorted."""
    return sorted(path.stem for path in pathlib.Path(__file__).parent.glob("[a-z]*.py"))


def find(name):
    """The module of a widget; ValueError with the list of names if there is none."""
    if name not in names():
        raise ValueError(f"no widget {name!r}; the widgets are: " + ", ".join(names()))
    return importlib.import_module("widgets.catalog." + name)
