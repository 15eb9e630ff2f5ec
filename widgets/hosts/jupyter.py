"""A widget in Jupyter: ipywidgets controls over a Plotly FigureWidget, redrawn by the kernel.

It draws what the page draws, by the same functions and in the same colours. Nothing here knows any
widget.
"""

import html
from math import floor

import ipywidgets
from plotly.basedatatypes import BasePlotlyType
from plotly.graph_objects import FigureWidget

from widgets.hosts import draw
from widgets.hosts.palette import colour_in, palette

HEIGHT = 420  # pixels; the width is that of the notebook
COLOURS = palette("light")
GROUND = COLOURS["ground"]  # Jupyter may be dark: the figure brings its own ground


def show(widget, start):
    """A widget that opens at `start`, to be displayed by Jupyter."""
    return Card(widget, start)


class Card(ipywidgets.VBox):
    """The presets and controls, the figure, its sentence, and what went wrong if the model raised.

    `boxes` holds the ipywidget of each control by its name.
    """

    def __init__(self, widget, start):
        self.shown = widget
        self.controls = {control["name"]: control for control in widget.CONTROLS}
        self.start = {name: settled(control, start[name]) for name, control in self.controls.items()}
        self.ghosts = draw.ghosts_of(widget, self.start)
        self.boxes = {name: _box(control, self.start[name]) for name, control in self.controls.items()}
        self.figure = FigureWidget()
        self.sentence, self.problem = ipywidgets.HTML(), ipywidgets.HTML()
        self.buttons = [_button(name, values, self.set) for name, values in getattr(widget, "PRESETS", {}).items()]
        self.buttons.append(_button("Reset", {}, self.set))
        self.redraw()
        self.observe_controls(True)
        rows = ipywidgets.Box([_with_help(self.controls[name], box) for name, box in self.boxes.items()], layout={
            "display": "grid", "grid_template_columns": "repeat(auto-fill, minmax(26em, 1fr))"})
        super().__init__([
            ipywidgets.HTML(f"<strong>{html.escape(widget.TITLE)}</strong>"),
            ipywidgets.Box(self.buttons, layout={"flex_flow": "row wrap"}),
            rows, self.figure, self.sentence, self.problem])

    def values(self):
        """What the controls say: a typed number counts as the nearest value that its slider offers."""
        return {name: settled(self.controls[name], box.value) for name, box in self.boxes.items()}

    def set(self, changes):
        """Go to the start state with `changes`, in one redraw."""
        self.observe_controls(False)
        for name, value in {**self.start, **changes}.items():
            self.boxes[name].value = settled(self.controls[name], value)
        self.observe_controls(True)
        self.redraw()

    def observe_controls(self, wanted):
        for box in self.boxes.values():
            (box.observe if wanted else box.unobserve)(self.redraw, "value")

    def redraw(self, change=None):
        """Draw the state of the controls; if the model raises, say so and keep the last figure."""
        values = self.values()
        ghosts = [{**trace, "visible": values != self.start} for trace in self.ghosts]
        try:
            drawn = draw.draw(self.shown, values, ghosts)
            update(self.figure, colour_in(drawn["figure"], COLOURS))
        except Exception as wrong:
            self.problem.value = (
                f'<p role="alert" style="border-left: 4px solid {COLOURS["harm"]}; padding-left: 0.6em">'
                f"The model cannot answer this: {type(wrong).__name__}: {html.escape(str(wrong))}. "
                "The figure shows the last state that worked.</p>")
        else:
            self.sentence.value = f'<p aria-live="polite">{html.escape(drawn["sentence"])}</p>'
            self.problem.value = ""


def settled(control, value):
    """The nearest value that a control offers; a whole number as int, as it is on the page."""
    if control["kind"] != "slider":
        return value
    if "grid" in control:
        nearest = min(control["grid"], key=lambda offered: abs(offered - value))
    else:
        low, step = control["min"], control["step"]
        steps = min(round((value - low) / step), floor((control["max"] - low) / step + 1e-9))
        nearest = float(f"{low + steps * step:.12g}")
    return int(nearest) if nearest == int(nearest) else nearest


def update(figure, wanted):
    """Make a FigureWidget show a figure (a dict), in one message where the kinds of traces are the same.

    Traces that are not needed now are hidden and not deleted, since a deletion flickers.
    """
    data, layout = wanted["data"], wanted["layout"]
    layout.update(height=HEIGHT, paper_bgcolor=GROUND, plot_bgcolor=GROUND)
    if any(old.type != new["type"] for old, new in zip(figure.data, data)):
        figure.data = []
    with figure.batch_update():
        for trace, new in zip(figure.data, data):
            _overwrite(trace, new)
        for spare in figure.data[len(data):]:
            spare.visible = False
        _overwrite(figure.layout, layout)
    figure.add_traces(data[len(figure.data):])


def _overwrite(part, new):
    """Set every property of a part of a figure to that in `new`; remove those that `new` lacks."""
    for key in set(part.to_plotly_json()) | set(new):
        if isinstance(part[key], BasePlotlyType):
            _overwrite(part[key], new.get(key, {}))
        elif key not in ("type", "uid") or key in new and part[key] != new[key]:
            part[key] = new.get(key)


def _box(control, value):
    unit = control.get("unit")
    common = {"description": control["label"] + (f" ({unit})" if unit else ""), "value": value,
              "style": {"description_width": "initial"}, "layout": {"width": "auto"}}
    if control["kind"] == "toggle":
        return ipywidgets.Checkbox(indent=False, **common)
    if control["kind"] == "choice":
        options = [(option["label"], option["value"]) for option in control["options"]]
        return ipywidgets.Dropdown(options=options, **common)
    if "grid" in control:
        options = [(f"{offered:.12g}", offered) for offered in control["grid"]]
        return ipywidgets.SelectionSlider(options=options, continuous_update=True, **common)
    span = {name: control[name] for name in ("min", "max", "step")}
    if all(isinstance(number, int) for number in [*span.values(), control["value"]]):
        return ipywidgets.IntSlider(continuous_update=True, **span, **common)
    return ipywidgets.FloatSlider(continuous_update=True, readout_format=".12", **span, **common)


def _with_help(control, box):
    words = f'<small style="line-height: 1.3">{html.escape(control["help"])}</small>'
    return ipywidgets.VBox([box, ipywidgets.HTML(words)] if control["help"] else [box])


def _button(words, changes, press):
    button = ipywidgets.Button(description=words, layout={"width": "auto"})
    button.on_click(lambda _: press(changes))
    return button
