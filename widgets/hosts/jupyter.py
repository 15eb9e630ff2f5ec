"""A widget in Jupyter: ipywidgets controls over a Plotly FigureWidget, redrawn by the kernel.

It draws what the page draws, by the same functions and in the same colours. Nothing here knows any widget.
"""

import html
import os
import re
from math import floor

import ipywidgets

from widgets.hosts import draw, jupyter_address, references
from widgets.hosts.jupyter_figure import LiveFigure
from widgets.hosts.palette import colour_in, palette

HEIGHT = 420  # pixels; the width is that of the notebook
COLOURS = palette("light")
COLUMNS = {"display": "grid", "grid_template_columns": "repeat(auto-fill, minmax(26em, 1fr))"}
UNCUT = {"width": "auto"}  # no words are cut
LEFT = "text-align: left; line-height: 1.4; border-spacing: 1em 0.3em"


def show(widget, start):
    """A widget that opens at `start`, to be displayed by Jupyter."""
    return Card(widget, start)


class Card(ipywidgets.VBox):
    """Presets and controls (`buttons` by words, `boxes` by name), figure, sentence, and what went wrong."""

    def __init__(self, widget, start):
        self.shown = widget
        self.controls = {control["name"]: control for control in widget.CONTROLS}
        self.start = {name: settled(control, start[name]) for name, control in self.controls.items()}
        self.boxes = {name: _box(control, self.start[name]) for name, control in self.controls.items()}
        presets = {**getattr(widget, "PRESETS", {}), "Reset": {}}
        self.buttons = {words: ipywidgets.Button(description=words, layout=UNCUT) for words in presets}
        for words, button in self.buttons.items():
            button.on_click(lambda _, words=words: self.set({**self.choices(words), **presets[words]}))
        self.values, drawn = self.start, self.compute(self.start)
        self.figure = (Drawing if "svg" in drawn["figure"] else LiveFigure)(drawn["figure"])
        self.sentence, self.problem = ipywidgets.HTML(_text(drawn["sentence"], "status")), ipywidgets.HTML()
        self.table = ipywidgets.HTML(_table(drawn))
        for box in self.boxes.values():
            box.observe(self.turned, "value")
        self.busy = False
        rows = [_with_help(self.controls[name], box) for name, box in self.boxes.items()]
        task = getattr(widget, "TASK", None)
        limits = [references.worded(limit) for limit in getattr(widget, "LIMITS", [])]
        super().__init__([
            ipywidgets.HTML(f"<strong>{html.escape(widget.TITLE)}</strong>"),
            *([ipywidgets.HTML(_text("Predict: " + references.worded(task["predict"])))] if task else []),
            ipywidgets.Box(list(self.buttons.values()), layout={"flex_flow": "row wrap"}),
            ipywidgets.Box(rows, layout=COLUMNS), self.figure, self.sentence, self.problem, self.table,
            *([_folded("What you should have seen", [references.worded(task["answer"])])] if task else []),
            *([_folded("What this model leaves out", limits)] if limits else [])])
        jupyter_address.follow(self, widget.__name__.rpartition(".")[2])

    def compute(self, values):
        """The coloured answer of a state. Ghosts are there from the start, hidden: the number stays."""
        start = draw.start_beside(self.shown, self.start, values)
        ghosts = [{**trace, "visible": values != start} for trace in draw.ghosts_of(self.shown, start)]
        drawn = draw.draw(self.shown, values, ghosts)
        if "layout" in drawn["figure"]:
            drawn["figure"]["layout"].update(height=HEIGHT, paper_bgcolor="role(ground)")  # Jupyter may be dark
        return colour_in(drawn, COLOURS)

    def _repr_mimebundle_(self, **_):
        """What Jupyter shows: the live card, or its sentence where none can be.

        Where IVIG_STILLS is set the notebook is to be saved, and a picture stands in too. Only that needs a browser.
        """
        bundle = {**super()._repr_mimebundle_(), "text/plain": self.shown.describe(**self.values)}
        if os.environ.get("IVIG_STILLS"):
            from widgets.hosts.saved import saved
            bundle["text/html"] = saved(self.shown, self.values, self.table.value)
        return bundle

    def choices(self, words):
        """A preset sets the scene; a choice that no preset makes is what is looked at, and only Reset undoes it."""
        made = {name for preset in getattr(self.shown, "PRESETS", {}).values() for name in preset}
        kept = [name for name, control in self.controls.items() if control["kind"] == "choice" and name not in made]
        return {} if words == "Reset" else {name: self.boxes[name].value for name in kept}

    def turned(self, change):
        if not self.busy:
            self.set({name: box.value for name, box in self.boxes.items()})

    def set(self, changes):
        """Go to the start with `changes`. If the model raises, say so and keep the last figure."""
        values = {name: settled(self.controls[name], to) for name, to in {**self.start, **changes}.items()}
        self.busy = True
        for name, value in values.items():
            self.boxes[name].value = value
        self.busy = False
        try:
            drawn = self.compute(values)
        except Exception as wrong:
            said = f"{type(wrong).__name__}: {wrong}".splitlines()[0].rstrip(".")
            said = f"The model cannot answer this: {said}. The figure shows the last state that worked."
            self.problem.value = _text(said, "alert", f"border-left: 4px solid {COLOURS['harm']}")
        else:
            self.values = values
            self.figure.become(drawn["figure"])
            self.sentence.value, self.problem.value = _text(drawn["sentence"], "status"), ""
            self.table.value = _table(drawn)


class Drawing(ipywidgets.HTML):
    """A figure that is SVG, {"svg": {"wide": ..., "narrow": ...}}, on the palette's light ground."""

    def __init__(self, figure):
        super().__init__()
        self.become(figure)

    def become(self, figure):
        self.value = (f'<div style="max-width: 760px; background: {COLOURS["ground"]}; color: {COLOURS["text"]}">'
                      f'{figure["svg"]["wide"]}</div>')


def settled(control, value):
    """The nearest value that a control offers; a whole number as int, as it is on the page."""
    if control["kind"] != "slider":
        return value
    if "grid" in control:
        nearest = min(control["grid"], key=lambda offered: abs(offered - value))
    else:
        low, high, step = (control[name] for name in ("min", "max", "step"))
        steps = min(floor((value - low) / step + 0.5), floor((high - low) / step + 1e-9))  # half a step up, as the page
        nearest = float(f"{low + steps * step:.12g}")
    return int(nearest) if nearest == int(nearest) else nearest


def _box(control, value):
    unit = f" ({control['unit']})" if control.get("unit") else ""
    common = {"description": control["label"] + unit, "value": value,
              "layout": UNCUT, "style": {"description_width": "initial"}}
    if control["kind"] == "toggle":
        return ipywidgets.Checkbox(indent=False, **common)
    if control["kind"] == "choice":
        return ipywidgets.Dropdown(options=[(o["label"], o["value"]) for o in control["options"]], **common)
    if "grid" in control:
        return ipywidgets.SelectionSlider(options=[(f"{n:.12g}", n) for n in control["grid"]], **common)
    span = {name: control[name] for name in ("min", "max", "step")}
    if all(isinstance(number, int) for number in [*span.values(), control["value"]]):
        return ipywidgets.IntSlider(**span, **common)
    return ipywidgets.FloatSlider(readout_format=".12", **span, **common)


def _with_help(control, box):
    return ipywidgets.VBox([box] + ([ipywidgets.HTML(_text(control["help"]))] if control["help"] else []))


def _text(words, role="note", style=""):
    style = f"line-height: 1.4; margin: 0.3em 0; padding-left: 0.3em; {style}"
    return f'<p role="{role}" style="{style}">{html.escape(words)}</p>'


def _folded(summary, sentences):
    inside = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in sentences)
    return ipywidgets.HTML(f"<details><summary>{summary}</summary><ul>{inside}</ul></details>")


def _table(drawn):
    """The widget's own table, its citations in words; a link to another chapter is left out."""
    made = references.worded(re.sub(r"<a data-to=[^>]*>(.*?)</a>", r"\1", drawn.get("table", "")))
    mark = "display: inline-block; width: 0.7em; height: 0.7em; border-radius: 50%; margin-right: 0.3em; "
    return made.replace('class="mark" style="', f'style="{mark}').replace("<table>", f'<table style="{LEFT}">')
