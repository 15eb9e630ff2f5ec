"""The widgets: one module each. The folder is the catalogue, the file name the widget's name.

A module has TITLE, CONTROLS, figure(...) and describe(...), which take one argument per control;
it may have PRESETS (name -> values) and LIMITS (what the model leaves out, one sentence each).
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
