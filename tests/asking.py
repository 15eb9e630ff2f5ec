"""How tests ask a widget: what its controls offer, and its answers from the start values with some changed."""

from types import SimpleNamespace

from hypothesis import strategies as st

from widgets.controls import check, opening


def offered(control):
    """Every value of a control, in its order, as the page sends it: a whole number without its point."""
    if control["kind"] == "toggle":
        return [False, True]
    if control["kind"] == "choice":
        return [option["value"] for option in control["options"]]
    if "grid" in control:
        return [sent(value) for value in control["grid"]]
    steps = int((control["max"] - control["min"]) / control["step"] + 1e-9)
    return [sent(control["min"] + n * control["step"]) for n in range(steps + 1)]


def sent(value):
    """A value as JavaScript keeps it: a number to twelve digits, a whole one without its point."""
    if isinstance(value, (bool, str)):
        return value
    number = float(f"{value:.12g}")
    return int(number) if number.is_integer() else number


def states(widget):
    """The opening state, the presets, and each control at its ends (a choice at each) with the rest at the start."""
    opened = opening(widget.CONTROLS)
    found = [opened] + [opened | preset for preset in getattr(widget, "PRESETS", {}).values()]
    for control in widget.CONTROLS:
        values = [control["min"], control["max"]] if control["kind"] == "slider" else offered(control)
        found += [opened | {control["name"]: value} for value in values]
    return found


def any_state(widget):
    """A Hypothesis strategy: one offered value for each control."""
    return st.fixed_dictionaries({control["name"]: st.sampled_from(offered(control)) for control in widget.CONTROLS})


def asking(widget):
    """The widget's functions, called with the start values where none are given; `preset` begins from a case."""
    def from_start(function):
        return lambda preset="", **values: function(
            **check(widget.CONTROLS, (widget.PRESETS[preset] if preset else {}) | values))
    return SimpleNamespace(**{name: from_start(getattr(widget, name))
                              for name in ("figure", "describe", "table") if hasattr(widget, name)})


def trace(figure, name):
    """The first trace of that name."""
    return next(trace for trace in figure["data"] if trace["name"] == name)
