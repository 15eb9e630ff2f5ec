"""Raise serum IgG, then FcγRIIb, and watch which of the two moves the balance of free receptors."""

from math import log10

from widgets.controls import choice, slider
from widgets.figures import axis, band, curve, label, layout, points
from widgets.models.fc_receptors import (
    ACTIVATING, DIMER_AFFINITY, INHIBITORY, activating_inhibitory_ratio, free_fraction)

TITLE = "What tips the balance of Fcγ receptors: more IgG, or more FcγRIIb?"
CONTROLS = [
    slider("igg", "Serum IgG now", unit="g/L", min=1, max=60, value=35, log=True),
    slider("inhibitory_fold", "FcγRIIb on the cell", unit="× before", min=0.5, max=4, value=2, log=True,
           help="Chosen for teaching. A rise was seen in mice; most human studies did not find it."),
    choice("activating", "Activating receptor", value="FcγRIIa H131",
           options={receptor: receptor for receptor in ACTIVATING}),
    slider("baseline", "Serum IgG before", unit="g/L", min=2, max=15, step=0.5, value=10,
           help="The level at which the balance counts as 1."),
    slider("dimers", "Dimers in infused IgG", unit="%", min=0, max=15, step=0.5, value=2,
           help="Chosen for teaching. A dimer binds low-affinity receptors five times as strongly, "
                "which is derived: measurements leave about 1 to 9."),
    slider("cell_binding", "Affinity on cells", unit="× measured", min=0.01, max=1, value=1, log=True,
           help="Affinities were measured without cells. On cells, low-affinity receptors seem to hold "
                "single IgG molecules more weakly. FcγRI is left as it is."),
]
PRESETS = {
    "Normal serum, 10 g/L": {
        "igg": 10, "inhibitory_fold": 1, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "2 g/kg course, FcγRIIb unchanged": {
        "igg": 35, "inhibitory_fold": 1, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "2 g/kg course, FcγRIIb doubled": {
        "igg": 35, "inhibitory_fold": 2, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "CIDP untreated, FcγRIIb halved": {
        "igg": 10, "inhibitory_fold": 0.5, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "Agammaglobulinaemia, untreated, 1 g/L": {
        "igg": 1, "inhibitory_fold": 1, "baseline": 10, "dimers": 2, "cell_binding": 1},
    "2 g/kg, weak binding on cells": {
        "igg": 35, "inhibitory_fold": 1, "baseline": 10, "dimers": 2, "cell_binding": 0.05},
}
LIMITS = [
    "The index counts free receptors only: not how many of each a cell has, nor how strongly they signal. "
    "It starts at 1 by definition.",
    "More FcγRIIb after IVIG is a finding in mice [samuelsson2001]. In people the evidence is mixed: a "
    "review of human data thinks it unlikely to explain IVIG [ivigfcgr2015], and human macrophages were "
    "blocked without it [macrophageivig2014].",
    "In untreated CIDP activating receptors were raised and FcγRIIb was low; IVIG that worked partly "
    "restored both [cidpfcgr2015]. The factors in the presets are chosen for teaching.",
    "That competition hardly moves the balance rests on affinities measured by surface plasmon resonance "
    "[bruhns2009]. If cells hold single IgG a twentieth as strongly, 35 g/L alone halves the index.",
    "Equilibrium only, without internalisation; FcγRIIIb counts on neither side. FcγRIV exists only in mice "
    "[bruhns2012].",
]

LEVELS = [1 + 59 * (step / 50) ** 2 for step in range(51)]  # g/L, closer where the curve bends
CLEAR = "rgba(0,0,0,0)"  # no patch behind words: they stand on a tinted ground
LABELLED = 37  # from this level on, words stand above the upper curve and below the lower one
RANGES = [(0.095, 10.5), (0.0095, 105)]  # of the index: the first that holds every number shown


def figure(igg, inhibitory_fold, activating, baseline, dimers, cell_binding):
    """The index against serum IgG: by competition alone, and with the reader's amount of FcγRIIb."""
    conditions = (activating, baseline, dimers / 100, DIMER_AFFINITY, cell_binding)
    alone = [activating_inhibitory_ratio(level, *conditions) for level in LEVELS]
    both = [ratio / inhibitory_fold for ratio in alone]
    now = activating_inhibitory_ratio(igg, *conditions)
    low, high = _range(alone + both)
    hover = "%{x:.0f} g/L: index %{y:.2f}"
    traces = [
        curve(LEVELS, alone, "reference", "competition alone", dash="dash", width=2, hover=hover),
        curve(LEVELS, both, "cell", f"with {inhibitory_fold:g} times the FcγRIIb", ghost=True, hover=hover,
              line={"shape": "spline", "width": 3, "dash": "solid"}),
        points([baseline], [1], "reference", "before", symbol="circle-open", hover=hover),
        points([igg], [now], "reference", "now, competition alone", size=9, hover=hover,
               cliponaxis=False),
        points([igg], [now / inhibitory_fold], "cell", "now", size=13, ghost=True, hover=hover,
               cliponaxis=False),
    ]
    shapes = [band(1, high, "activating"), band(low, 1, "inhibitory")]
    for shape in shapes:
        shape["opacity"] = 0.5  # words stand on these bands
    ticks = [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100]
    return {"data": traces, "layout": layout(
        axis("Serum IgG, g/L", 0, 61, tickvals=[0, 10, 20, 30, 40, 50, 60]),
        axis("Activating : inhibitory index", log10(low), log10(high), type="log", tickvals=ticks,
             ticktext=[f"{tick:g}" for tick in ticks]),
        shapes=shapes, labels=_labels(igg, inhibitory_fold, now, alone[LABELLED:]))}


def describe(igg, inhibitory_fold, activating, baseline, dimers, cell_binding):
    """The index with and without the change of FcγRIIb, and the free fractions behind it."""
    conditions = (baseline, dimers / 100, DIMER_AFFINITY, cell_binding)
    alone = activating_inhibitory_ratio(igg, activating, *conditions)
    free = [_percent(free_fraction(level, receptor, *conditions))
            for receptor in (activating, INHIBITORY) for level in (baseline, igg)]
    if igg == baseline:
        text = f"At {baseline:g} g/L before and now, competition does not move the index of {activating}"
    else:
        text = (f"From {baseline:g} to {igg:g} g/L, competition alone takes the index of {activating} "
                f"from 1 to {_index(alone)}")
    if inhibitory_fold != 1:
        text += f"; with {inhibitory_fold:g} times as much FcγRIIb it is {_index(alone / inhibitory_fold)}"
    if igg == baseline:
        return f"{text}. Free are {free[0]} % of {activating} and {free[2]} % of FcγRIIb."
    return (f"{text}. The free part goes from {free[0]} to {free[1]} % on {activating} and from {free[2]} to "
            f"{free[3]} % on FcγRIIb.")


def _labels(igg, fold, now, alone):
    """The words in the figure; `alone` is competition alone over the part that words stand beside."""
    edge = {"yref": "paper", "yanchor": "top", "bgcolor": CLEAR}
    labels = [
        label(0, 1, "more activation", "activating", shift=(6, -4), **edge),
        label(0, 0, "more inhibition", "inhibitory", shift=(6, 4), yref="paper", yanchor="bottom",
              bgcolor=CLEAR),
        label(1, 1, f"<b>now {igg:g} g/L: {_index(now / fold)}</b>", "cell", anchor="right", xref="paper",
              shift=(-6, -4), **edge)]
    beside = [(1, "competition alone", "text")]
    if fold != 1:
        beside.append((fold, f"FcγRIIb ×{fold:g}", "cell"))
    highest = min(divisor for divisor, text, role in beside)
    for divisor, text, role in beside:
        y, shift = (max(alone), 15) if divisor == highest else (min(alone), -15)
        labels.append(label(60, log10(y / divisor), text, role, anchor="right", shift=(0, shift),
                            bgcolor=CLEAR))
    return labels


def _range(values):
    for low, high in RANGES:
        if low <= min(values) and max(values) <= high:
            return low, high
    return RANGES[-1]


def _index(ratio):
    ratio *= 1 + 1e-12  # off exact halves such as 0.625, which the two Pythons round differently
    return f"{ratio:.2f}" if ratio < 9.995 else f"{ratio:.0f}"


def _percent(fraction):
    percent = 100 * fraction
    return f"{percent:.2f}" if percent < 0.995 else f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"
