"""The interactive figures of the book. A chapter needs one name: show(name, **values)."""

import os

from widgets.catalog import find
from widgets.controls import check

__all__ = ["show"]


def show(name, **values):
    """Show a widget in the place where this code runs.

    Parameters
    ----------
    name : str
        A widget of `widgets/catalog`, such as "igg_level".
    **values
        Start values of its controls, where they differ from the widget's own.

    Returns
    -------
    object
        What the place can display: HTML while the book is built (the build sets IVIG_HOST=page),
        live ipywidgets in Jupyter.

    Raises
    ------
    ValueError
        If there is no such widget, control or value; the message lists what there is.
    """
    widget = find(name)
    start = check(widget.CONTROLS, values)
    if os.environ.get("IVIG_HOST") == "page":
        from widgets.hosts import page as host
    else:
        from widgets.hosts import jupyter as host
    return host.show(widget, start)
