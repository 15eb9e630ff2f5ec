"""Raise serum IgG and watch which Fcγ receptors it fills, what stays free, and who is still taken up."""

from math import log10

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.fc_receptors import (
    ACTIVATING, HIGH_AFFINITY, INHIBITORY, RECEPTORS, free_change, free_fraction, occupied_fraction,
    relative_uptake)

TITLE = "Which Fcγ receptors does IgG fill, and what does infused IgG change?"
CONTROLS = [
    choice("show", "Show", value="occupied", options={
        "occupied": "Occupied", "free": "Still free", "uptake": "Uptake of an opsonised target"}),
    slider("igg", "Serum IgG now", unit="g/L", min=0.25, max=60, value=35, log=True),
    slider("baseline", "Serum IgG before", unit="g/L", min=2, max=15, step=0.5, value=10,
           help="What the level is compared with. IgG above it counts as infused."),
    slider("dimers", "Dimers in infused IgG", unit="%", min=0, max=15, step=0.5, value=2,
           help="Chosen for teaching: 1 to 2 % is commonly quoted; products differ."),
    slider("dimer_affinity", "Dimer binds stronger by", unit="-fold", min=1, max=50, value=5, log=True,
           help="On the low-affinity receptors. Derived: measurements leave about 1 to 9."),
    slider("cell_binding", "Affinity on cells", unit="× measured", min=0.01, max=1, value=1, log=True,
           help="Affinities were measured without cells. On cells, low-affinity receptors seem to hold "
                "single IgG molecules more weakly. FcγRI is left as it is."),
    slider("bonds", "Bonds that hold a target", min=1, max=6, step=0.1, value=3.2,
           help="For uptake only. Chosen for teaching: fitted in the platelet model."),
]
PRESETS = {
    "Normal serum, 10 g/L": {"igg": 10, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "2 g/kg course, 35 g/L": {"igg": 35, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "Agammaglobulinaemia, untreated, 1 g/L": {"igg": 1, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "Replacement, from 2 to 7 g/L": {"igg": 7, "baseline": 2, "dimers": 2, "cell_binding": 1},
    "2 g/kg, 10 % dimers": {"igg": 35, "baseline": 10, "dimers": 10, "cell_binding": 1},
    "2 g/kg, weak binding on cells": {"igg": 35, "baseline": 10, "dimers": 2, "cell_binding": 0.05},
}
LIMITS = [
    "Affinities come from surface plasmon resonance [bruhns2009]. Washed cells show no single IgG on "
    "FcγRII: at a twentieth of the affinity, 10 g/L fills only 92 % of FcγRIIa H131, 79 % of FcγRIIIa F158 "
    "and 24 % of FcγRIIb.",
    "Evidence on dimers conflicts: they strengthened the block of human macrophages, which needed neither "
    "sialylation nor FcγRIIb [macrophageivig2014], but mouse studies disagree on whether they are needed. "
    "Their share and affinity are among the least trusted numbers of the book.",
    "Equilibrium only: no receptor is internalised, made or shed, and IgG in tissue is taken as in serum.",
    "The number of bonds was fitted in the platelet model, so the uptake is no evidence for the mechanism; "
    "below the starting level it is capped at five times, chosen for teaching.",
    "Eight human receptor forms with measured affinities. FcγRIIc is human too, but has no row in the "
    "measurements used here; FcγRIV exists only in mice [bruhns2012].",
    "Subclass shares (65, 28, 4.5 and 2.5 % for IgG1 to IgG4) are rounded for teaching and do not change "
    "with treatment.",
]

LEVELS = [10 ** (-3 + step / 8) for step in range(41)]  # 0.001 to 100 g/L
NEITHER = tuple(r for r in RECEPTORS if r not in ACTIVATING and r != INHIBITORY)
ROLES = (("activating", ACTIVATING), ("text", NEITHER), ("inhibitory", (INHIBITORY,)))
ROWS_TOP = 0.92  # the rows of receptors leave a line above them for the two levels
FILLED_ROW = 0.86  # of the distance between two rows
X_DOMAIN = [0, 0.79]  # and a column to their right for the numbers


def figure(show, igg, baseline, dimers, dimer_affinity, cell_binding, bonds):
    """One row for each receptor form: filled by IgG, still free, or still taking up a target."""
    product = (baseline, dimers / 100, dimer_affinity, cell_binding)
    if show == "occupied":
        return _filling(igg, product)
    if show == "free":
        return _free(igg, product)
    return _uptake(igg, product, bonds)


def describe(show, igg, baseline, dimers, dimer_affinity, cell_binding, bonds):
    """What is full, how far the free part moved, and what a target with several bonds feels."""
    product = (baseline, dimers / 100, dimer_affinity, cell_binding)
    low = [occupied_fraction(igg, receptor, *product) for receptor in ACTIVATING if receptor != HIGH_AFFINITY]
    text = (f"At {igg:g} g/L, IgG occupies {_percent(occupied_fraction(igg, HIGH_AFFINITY, *product))} % "
            f"of FcγRI, {_span(low, _percent)} % of FcγRIIa and FcγRIIIa and "
            f"{_percent(occupied_fraction(igg, INHIBITORY, *product))} % of FcγRIIb.")
    if igg == baseline:
        return text + " This is the level before treatment, with which any other is compared."
    change = [_factor(free_change(igg, receptor, *product)) for receptor in ACTIVATING]
    uptake = [relative_uptake(igg, receptor, *product, bonds=bonds) for receptor in ACTIVATING]
    return (f"{text} Against {baseline:g} g/L, the free part is {_span(change, _fold)} times "
            f"{'smaller' if igg > baseline else 'larger'} on the activating receptors and "
            f"{_fold(_factor(free_change(igg, INHIBITORY, *product)))} times on FcγRIIb. A target held by "
            f"{bonds:.1f} bonds is taken up at {_span(uptake, _share)} % of the rate before"
            f"{'.' if igg > baseline else '; the model allows no more than 500 %.'}")


def _filling(igg, product):
    """Occupied share of each form against serum IgG: each row is full height when the form is full."""
    def occupied(level, receptor):
        return occupied_fraction(level, receptor, *product)

    x_axis = axis("Serum IgG, g/L", -3, 2, type="log", tickvals=[0.001, 0.01, 0.1, 1, 10, 100],
                  ticktext=["0.001", "", "0.1", "1", "10", "100"])
    made = _rows(RECEPTORS, LEVELS, occupied, x_axis, 105, igg, product[0], _percent, "% occupied")
    made["layout"]["annotations"].extend([
        _heading(0, "Filled 0–100 %", "text", "right", shift=(-3, 0)),
        _heading(log10(product[0]), f"before {product[0]:g}", "reference", "right", xref="x"),
        _signal("activating", len(RECEPTORS) - len(ACTIVATING)), _signal("inhibitory", 0)])
    return made


def _uptake(igg, product, bonds):
    """Uptake through each activating form against serum IgG, from the level before or from zero."""
    def uptake(level, receptor):
        return relative_uptake(level, receptor, *product, bonds=bonds)

    start, top = (product[0], 105) if igg >= product[0] else (0, 525)
    levels = [start + (60 - start) * (step / 40) ** 2 for step in range(41)]  # closer where it is steep
    x_axis = axis("Serum IgG, g/L", 0, 61, tickvals=[0, 10, 20, 30, 40, 50, 60])
    made = _rows(ACTIVATING, levels, uptake, x_axis, top, igg, product[0], _share, "uptake in % of before",
                 letter="y" if top == 105 else "y2", other="y2" if top == 105 else "y")
    made["layout"]["annotations"].extend([
        _heading(0, f"Uptake 0–{top // 105}00 %", "text", "right", shift=(-3, 0)),
        _heading(product[0], f"before {product[0]:g}", "reference", "left", xref="x", shift=(-4, 0))])
    return made


def _rows(receptors, levels, share, x_axis, top, igg, baseline, words, meaning, letter="y", other=None):
    """One small filled curve for each receptor form, above one another over the same serum IgG.

    All stand on one y axis, on which a row is 1 high, so that a role is one trace of curves and one of
    dots. Each scale has an axis of its own, and the `other` shows nothing: a ghost drawn to another
    scale must not stand beside these curves.
    """
    floors = {receptor: len(receptors) - 1 - row for row, receptor in enumerate(receptors)}
    curves, dots, numbers = [], [], []
    for role, members in ROLES:
        members = [receptor for receptor in members if receptor in floors]
        if members:
            now = [share(igg, receptor) for receptor in members]
            heights = [_height(floors[receptor], 100 * value, top) for receptor, value in zip(members, now)]
            curves.append(_curves(role, members, levels, share, floors, top, meaning, letter))
            dots.append(points([igg] * len(now), heights, role, "now, " + meaning, size=9, yaxis=letter,
                               customdata=[100 * value for value in now], text=members,
                               hover="%{text}, %{x:.2g} g/L: %{customdata:.2f} %", cliponaxis=False))
            numbers.extend([_right(words(value), role, floors[receptor] + FILLED_ROW / 2, yref=letter)
                            for receptor, value in zip(members, now)])
    numbers.append(_heading(1, f"<b>now {igg:g}</b>", "igg", "right"))
    x_axis.update({"domain": X_DOMAIN, "anchor": letter, "tickangle": 0})
    axes = {letter: axis("", -0.03, len(receptors) - 1 + FILLED_ROW, domain=[0, ROWS_TOP], ticks="",
                         tickvals=[floors[receptor] + FILLED_ROW / 2 for receptor in receptors],
                         ticktext=list(receptors), showgrid=False)}
    if other:
        axes[other] = axis("", -2, -1, domain=[0, ROWS_TOP], visible=False)
    lines = [_upright(baseline, "reference", "dash"), _upright(igg, "igg", "solid")]
    made = {"data": curves + dots, "layout": layout(x_axis, axes["y"], shapes=lines, labels=numbers)}
    if "y2" in axes:
        made["layout"]["yaxis2"] = axes["y2"]
    return made


def _curves(role, receptors, levels, share, floors, top, meaning, letter):
    """The curves of one role, one after another, each on the floor of its row.

    The fill goes on over the gaps, so that two single points, which draw no line, close it along the
    floor: below the end of the curve and below its start, whose numbers they carry for the pointer.
    """
    x, y, numbers, names = [], [], [], []
    for receptor in receptors:
        floor, values = floors[receptor], [100 * share(level, receptor) for level in levels]
        x.extend(levels + [None, levels[-1], None, levels[0], None])
        y.extend([_height(floor, value, top) for value in values] + [None, floor, None, floor, None])
        numbers.extend(values + [None, values[-1], None, values[0], None])
        names.extend([receptor] * (len(levels) + 5))
    return curve(x, y, role, meaning, ghost=True, fill="tozeroy", yaxis=letter,
                 line={"width": 2, "dash": "solid", "simplify": False}, customdata=numbers, text=names,
                 hover="%{text}, %{x:.2g} g/L: %{customdata:.1f} %")


def _height(floor, percent, top):
    """Where a number stands on the axis of the rows."""
    return floor + FILLED_ROW * percent / top


def _free(igg, product):
    """Free share of each form before and now; equal distances are equal ratios."""
    before = [100 * free_fraction(product[0], receptor, *product) for receptor in RECEPTORS]
    now = [100 * free_fraction(igg, receptor, *product) for receptor in RECEPTORS]
    traces = [_dots(before, "reference", f"before, {product[0]:g} g/L", "circle-open")]
    for role, members in ROLES:
        shares = [share if receptor in members else None for receptor, share in zip(RECEPTORS, now)]
        name = (role if role != "text" else "neither") + f", now, {igg:g} g/L"
        traces.append(_dots(shares, role, name, "circle", ghost=True))
    moves, labels = [], []  # no shape "between": Plotly 4.1 leaves those on the page when others replace them
    for row, receptor in enumerate(RECEPTORS):
        place, role = len(RECEPTORS) - 1 - row, _role(receptor)
        moves.append({"type": "line", "name": role, "x0": before[row], "x1": now[row], "y0": place,
                      "y1": place, "line": {"width": 3}, "layer": "above"})
        labels.append(_right(_times(free_change(igg, receptor, *product)), role, place))
    labels.extend([_heading(0, f"○ before {product[0]:g} g/L", "reference", "left"),
                   _heading(1, f"<b>● now {igg:g} g/L</b>", "igg", "right"),
                   label(log10(130), len(RECEPTORS) - 1, "activating", "activating", anchor="right",
                         shift=(-4, 0)),
                   label(log10(0.004), 0, "inhibitory", "inhibitory", shift=(4, 0))])
    x_axis = axis("Free, % of the receptors", log10(0.004), log10(130), type="log", domain=X_DOMAIN,
                  tickvals=[0.01, 0.1, 1, 10, 100], ticktext=["0.01", "0.1", "1", "10", "100"], tickangle=0)
    y_axis = axis("", -0.6, len(RECEPTORS) - 0.4, type="category", categoryorder="array",
                  categoryarray=list(reversed(RECEPTORS)), domain=[0, ROWS_TOP], automargin=True)
    return {"data": traces, "layout": layout(x_axis, y_axis, shapes=moves, labels=labels)}


def _dots(shares, role, name, symbol, ghost=False):
    """One marker a receptor; "h" says that the receptors are what the numbers stand over."""
    return points(shares, list(RECEPTORS), role, name, symbol=symbol, size=12, ghost=ghost, orientation="h",
                  hover="%{y}: %{x:.2g} % free", cliponaxis=False)


def _role(receptor):
    return [role for role, members in ROLES if receptor in members][0]


def _right(text, role, y, **more):
    return label(1, y, text, role, anchor="right", xref="paper", **more)


def _signal(role, floor):
    """What the colour means, in the empty corner above the start of a curve."""
    return label(-3, _height(floor, 88, 105), role, role, shift=(4, 0), bgcolor="rgba(0,0,0,0)")


def _heading(x, text, role, anchor, **more):
    words = {"xref": "paper", "yref": "paper", "yanchor": "top"}
    words.update(more)
    return label(x, 1, text, role, anchor=anchor, **words)


def _upright(x, role, dash):
    return {"type": "line", "name": role, "xref": "x", "x0": x, "x1": x, "yref": "paper", "y0": 0,
            "y1": ROWS_TOP + 0.01, "line": {"width": 2, "dash": dash}, "layer": "below"}


def _percent(fraction):
    """A receptor is never quite full: no 100.0."""
    return ">99.9" if fraction > 0.9995 else f"{100 * fraction:.1f}"


def _share(share):
    percent = 100 * share
    return "<0.1" if percent < 0.1 else f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"


def _factor(change):
    return change if change >= 1 else 1 / change


def _fold(factor):
    return f"{factor:.1f}" if factor < 9.95 else f"{factor:.0f}"


def _times(change):
    return ("×" if change >= 1 else "÷") + _fold(_factor(change))


def _span(values, words):
    low, high = words(min(values)), words(max(values))
    return low if low == high else low + " to " + high
