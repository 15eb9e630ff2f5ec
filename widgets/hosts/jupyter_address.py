"""The state of a page's widgets in a notebook's address: .../dose_and_level.ipynb?ivig=igg_level%3Fdose%3D1000

A link of the book may end so; its grammar is that of page/address.js, "igg_level?dose=1000;igg_level-2?interval=21".
Only the browser knows the address, so a widget that shows nothing tells the kernel. The kernel compares what comes
in with what the controls offer, and moves the controls as a reader would; what they do not offer is left alone.

Which card is meant: the first cell that shows a widget gives the card named as the widget, the next one
"igg_level-2", in the order in which the cells were first run. A cell that runs again keeps its names, and a state
is given to a name once for each time the notebook is opened: what a reader has changed since stays.
Where the kernel does not know which cell runs, each card counts as a new one. Other notebooks beside the one in the
address stay as they are; where the kernel does not know its notebook, as in JupyterLite, they follow too.
"""

import functools
import os
import pathlib
import re
import weakref
from urllib.parse import parse_qsl

import anywidget
import traitlets
from IPython import get_ipython

STATE = "ivig"  # the part of the query, as in the links of the book's pages
SWITCH = {"true": True, "1": True, "false": False, "0": False}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.I | re.A)
PART = re.compile(r"([\w-]+)\?(.*)", re.A)
READER = """
// JupyterLab rewrites its address once it has started: what was asked for is the address that was navigated to.
function asked() {
  try {
    const url = new URL(performance.getEntriesByType("navigation")[0]?.name ?? location.href);
    const path = url.searchParams.get("path") ?? decodeURIComponent(url.pathname);
    return { state: url.searchParams.get("NAME"), notebook: path.split("/").pop(), opened: performance.timeOrigin };
  } catch {
    return {}; // a place whose address is none of a web page
  }
}

export default {
  initialize({ model }) {
    const found = asked();
    if (!found.state) return;
    model.set("asked", found);
    model.save_changes();
  },
};
""".replace("NAME", STATE)


class Address(anywidget.AnyWidget):
    """Hears from the browser which states the address asks for, and brings the cards there."""

    _esm = READER
    asked = traitlets.Dict().tag(sync=True)  # state, notebook, and when it was opened; empty until something is heard

    def __init__(self):
        super().__init__()
        self.states = {}  # card's name -> pairs of control and text
        self.cards = weakref.WeakValueDictionary()  # name -> the card that has it now
        self.given = set()  # names that have had their state
        self.order = {}  # widget -> the places that show it
        self.running, self.shown = None, {}  # the execution, and how often it has shown each widget
        self.heard = False
        self.observe(self.hear, "asked")

    def follow(self, card, widget):
        """Give a new card its name, and the state that is asked for if it is known by now."""
        name = self.name(widget, *running())
        self.cards[name] = card
        self.give(name)

    def name(self, widget, execution, cell):
        if execution is None or execution != self.running:
            self.running, self.shown = execution, {}
        self.shown[widget] = self.shown.get(widget, 0) + 1
        places, place = self.order.setdefault(widget, []), (cell, self.shown[widget])
        if cell is None or place not in places:
            places.append(place)
            number = len(places)
        else:
            number = places.index(place) + 1
        return widget if number == 1 else f"{widget}-{number}"

    def hear(self, change):
        """Cards from before a notebook was opened anew follow, and so do those that then take their place."""
        if self.asked.get("notebook") != (notebook() or self.asked.get("notebook")):
            return
        self.states = read(self.asked.get("state"))
        self.given.clear()
        for name in list(self.cards):
            self.give(name)
        if self.heard:
            self.given.clear()
        self.heard = True

    def give(self, name):
        if name in self.states and name not in self.given:
            self.given.add(name)
            card = self.cards[name]
            values = offered(card.controls, self.states[name])
            if values:
                card.set(values)


@functools.cache
def address():
    """The one reader of the address that a kernel has."""
    return Address()


def follow(card, widget):
    """Open a card, made by the cell that runs, at the state that the notebook's address asks for."""
    address().follow(card, widget)


def read(text):
    """The states in a text: dict from a card's name to its pairs of control and text."""
    parts = [PART.fullmatch(part) for part in str(text or "").split(";")]
    return {part[1]: parse_qsl(part[2], keep_blank_values=True) for part in parts if part}


def offered(controls, pairs):
    """Of pairs of control and text the values that the controls take, as dict; the rest is left out."""
    taken = [(name, accepted(controls[name], text)) for name, text in pairs if name in controls]
    return {name: value for name, value in taken if value is not None}


def accepted(control, text):
    """The value a control takes for a text, or None; a slider then goes to the nearest one it offers."""
    if control["kind"] == "toggle":
        return SWITCH.get(text)
    if control["kind"] == "choice":
        return next((option["value"] for option in control["options"] if str(option["value"]) == text), None)
    return min(max(float(text), control["min"]), control["max"]) if NUMBER.fullmatch(text) else None


def notebook():
    """The file name of the notebook that this kernel runs; empty where nobody says it."""
    return pathlib.PurePath(os.environ.get("JPY_SESSION_NAME", "")).name  # Jupyter's server sets it


def running():
    """The execution and the cell in which this code runs; None where the kernel does not say."""
    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent() if kernel else {}
    return parent.get("header", {}).get("msg_id"), parent.get("metadata", {}).get("cellId")
