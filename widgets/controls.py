"""The controls of a widget: small functions that return plain dicts.

Each control says everything about one argument of a widget in one line: its name, label, unit,
range, step and start value. Every host draws its controls from these dicts, and `check` is the one
place that decides whether a value is allowed. Plain Python: runs in CPython and MicroPython.
"""


def slider(name, label, *, min, max, value, step=None, unit="", log=False, help=""):
    """A number between min and max.

    Parameters
    ----------
    name, label : str
        The argument of `figure` and `describe`, and what the reader sees.
    min, max, value : float
        Range and start value, in `unit`.
    step : float
        Distance of neighbouring values, counted from `min`; not used when `log` is true.
    log : bool
        Equal steps of ratio instead of difference. The control then offers a fixed `grid` of about
        twenty values a decade, each with two significant digits, from `min` to `max` (> 0).
    """
    control = {"kind": "slider", "name": name, "label": label, "unit": unit, "help": help,
               "min": min, "max": max, "value": value}
    if log:
        control["grid"] = _log_grid(min, max)
    elif step is not None and step > 0:
        control["step"] = step
    else:
        raise ValueError(f"slider {name!r} needs step > 0 or log=True")
    return _checked(control)


def choice(name, label, *, options, value, help=""):
    """One of a few named options: a dict from the value `figure` receives to the words shown."""
    options = [{"value": key, "label": words} for key, words in options.items()]
    return _checked({"kind": "choice", "name": name, "label": label, "help": help,
                     "options": options, "value": value})


def toggle(name, label, *, value, help=""):
    """On or off."""
    return _checked({"kind": "toggle", "name": name, "label": label, "help": help, "value": value})


def opening(controls):
    """The start values of the controls: dict from name to value."""
    return {control["name"]: control["value"] for control in controls}


def check(controls, values):
    """Return the start values updated with `values`.

    Raises
    ------
    ValueError
        If `values` holds a name that no control has, or a value that its control does not offer;
        the message lists what there is.
    """
    by_name = {control["name"]: control for control in controls}
    for name, value in values.items():
        if name not in by_name:
            raise ValueError(f"no control {name!r}; the controls are: " + ", ".join(by_name))
        wrong = _objection(by_name[name], value)
        if wrong:
            raise ValueError(wrong)
    checked = opening(controls)
    checked.update(values)
    return checked


def _objection(control, value):
    name = control["name"]
    if control["kind"] == "toggle":
        return "" if value is True or value is False else f"{name} must be True or False, got {value!r}"
    if control["kind"] == "choice":
        offered = [option["value"] for option in control["options"]]
        return "" if value in offered else f"{name} must be one of {offered}, got {value!r}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"{name} must be a number, got {value!r}"
    if not control["min"] <= value <= control["max"]:
        return f"{name} must be {control['min']} to {control['max']} {control['unit']}, got {value}"
    if "step" in control:
        steps = (value - control["min"]) / control["step"]
        if abs(steps - round(steps)) > 1e-6:
            return f"{name} must be {control['min']} plus a multiple of {control['step']}, got {value}"
    return ""


def _checked(control):
    wrong = _objection(control, control["value"])
    if wrong:
        raise ValueError("start value: " + wrong)
    return control


def _log_grid(low, high, per_decade=20):
    if not (low > 0 and high > low):
        raise ValueError(f"a logarithmic slider needs 0 < min < max, got {low} to {high}")
    ratio, grid, value = 10 ** (1 / per_decade), [low], low
    while value < high:
        value *= ratio
        rounded = float(f"{value:.2g}")
        if grid[-1] < rounded < high:
            grid.append(rounded)
    return grid + [high]
