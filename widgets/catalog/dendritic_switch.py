"""Raise serum IgG and watch dendritic cells first mature and then fall quiet: a drawn curve."""

from widgets.controls import slider
from widgets.figures import axis, band, curve, label, layout, points
from widgets.models.dendritic_cells import il10, il12, level_of_most_maturation, maturation

TITLE = "Does IgG wake dendritic cells, or put them to sleep?"

CONTROLS = [
    slider("igg", "Serum IgG", unit="g/L", min=0.5, max=50, step=0.5, value=30),
    slider("half_restoring", "Half of maturation restored at", unit="g/L", min=1, max=10, step=0.5, value=5,
           help="E. Chosen for teaching."),
    slider("half_suppressing", "Half suppressed at", unit="g/L", min=12, max=30, step=1, value=20,
           help="I. Chosen for teaching."),
    slider("steepness", "Steepness of the switch", min=1, max=6, step=0.5, value=4,
           help="h. Chosen for teaching."),
    slider("rise", "Most that IL-10 rises", unit="times", min=1, max=5, step=0.5, value=3,
           help="F. Chosen for teaching."),
]

PRESETS = {
    "Antibody deficiency, untreated, 3 g/L": {"igg": 3},
    "Replacement, 10 g/L": {"igg": 10},
    "High-dose course, 30 g/L": {"igg": 30},
    "High dose, gentle switch": {"igg": 30, "steepness": 1},
}

TASK = {
    "predict": "Serum IgG goes from 3 g/L (untreated antibody deficiency) to 10 g/L (replacement) to 30 g/L "
               "(a high-dose course). Do dendritic cells mature more with each step?",
    "answer": "No. The index rises from 59 % at 3 g/L to 100 % at 10 g/L and falls to 22 % at 30 g/L, where "
              "IL-12 is at 16 % and IL-10 at 2.7 times its value without IgG. The direction comes from "
              "experiments [cvidcells2017; bayry2003], the numbers are chosen for teaching.",
}

LIMITS = [
    "Shape from experiments, numbers chosen for teaching: all four constants are chosen, and the maximum was "
    "put near normal serum IgG on purpose.",
    "That dendritic cells mature with replacement was seen in people with antibody deficiency "
    "[cvidcells2017]. That much IgG holds back maturation and IL-12 and raises IL-10 was seen in culture "
    "[bayry2003], and the abstract gives no concentration.",
    "IL-10 rises here at high dose only. In each of six people with antibody deficiency it was higher in "
    "serum right after an infusion [lories2004].",
    "One index stands for CD80, CD86, CD40 and MHC class II, which need not move together.",
    "The shaded ranges are the levels that a review expects from each use [velikova2023], not levels at "
    "which dendritic cells were measured.",
    "IL-1 receptor antagonist has no curve here: the reports contradict each other, see the table "
    "[aukrust1994; aukrust1999; andersen1995].",
]

LEVELS = [0.5 * step for step in range(101)]  # g/L
REPLACEMENT, HIGH_DOSE = (12, 14), (25, 35)  # g/L, expected levels: velikova2023
CLEAR = "rgba(0,0,0,0)"  # no patch behind words that stand on a band


def figure(igg, half_restoring, half_suppressing, steepness, rise):
    """Maturation and IL-12 above, IL-10 below, against serum IgG, with the reader's level on each."""
    switch = (half_suppressing, steepness)
    most = _most(half_restoring, half_suppressing, steepness)
    percent, times = "%{x:g} g/L: %{y:.0f} %", "%{x:g} g/L: %{y:.1f} times"

    def index(level):
        return 100 * maturation(level, half_restoring, half_suppressing, steepness) / most

    traces = [
        curve(LEVELS, [index(level) for level in LEVELS], "cell", "maturation", ghost=True, hover=percent),
        curve(LEVELS, [100 * il12(level, half_suppressing, steepness) for level in LEVELS], "activating",
              "IL-12", dash="dash", width=2, hover=percent),
        curve(LEVELS, [il10(level, rise, half_suppressing, steepness) for level in LEVELS], "inhibitory",
              "IL-10", dash="dot", yaxis="y2", hover=times),
        points([igg], [index(igg)], "cell", "your level, maturation", size=13, ghost=True, hover=percent,
               cliponaxis=False),
        points([igg], [100 * il12(igg, half_suppressing, steepness)], "activating", "your level, IL-12",
               size=9, hover=percent, cliponaxis=False),
        points([igg], [il10(igg, rise, half_suppressing, steepness)], "inhibitory", "your level, IL-10",
               hover=times, yaxis="y2", cliponaxis=False),
    ]
    return {"data": traces, "layout": layout(
        axis("Serum IgG (g/L)", 0, 50, anchor="y2", tickvals=[0, 10, 20, 30, 40, 50]),
        axis("Percent", 0, 105, domain=[0.42, 0.86], tickvals=[0, 50, 100]),
        yaxis2=axis("times", 0, 5.4, domain=[0, 0.32], tickvals=[0, 1, 3, 5]),
        shapes=[band(*REPLACEMENT, "evidence", axis="x"), band(*HIGH_DOSE, "evidence", axis="x")],
        labels=_labels(index(igg), il12(igg, *switch), il10(igg, rise, *switch)))}


def describe(igg, half_restoring, half_suppressing, steepness, rise):
    """The three numbers at the reader's level, and where maturation is greatest."""
    peak = level_of_most_maturation(half_restoring, half_suppressing, steepness)
    index = maturation(igg, half_restoring, half_suppressing, steepness) / _most(
        half_restoring, half_suppressing, steepness)
    return (f"At {igg:g} g/L of serum IgG the maturation index is {_percent(index)} % of its most, IL-12 is "
            f"at {_percent(il12(igg, half_suppressing, steepness))} % and IL-10 at "
            f"{il10(igg, rise, half_suppressing, steepness) + 1e-9:.1f} times the value without IgG. "
            f"Maturation is greatest at {peak + 1e-9:.1f} g/L. "
            "Shape from experiments, numbers chosen for teaching.")


def table(igg, half_restoring, half_suppressing, steepness, rise):
    """What three reports found on IL-1 receptor antagonist, which the curves leave out."""
    return {
        "caption": "Does IVIG raise IL-1 receptor antagonist (IL-1ra)? Two reports say yes, one says no.",
        "columns": ["Study", "What was measured", "Found", "What could explain it"],
        "rows": [
            ["Report 1 [aukrust1994]",
             "Plasma of 12 people with hypogammaglobulinaemia, in the hours after 0.4 g/kg",
             {"text": "Marked rise, up to 1000 IL-1ra for each IL-1β", "role": "inhibitory"},
             "IL-6, IL-8 and TNF-α rose within the first hour: IL-1ra may answer an inflammatory start"],
            ["Report 2 [aukrust1999]",
             "The IL-1 system of 12 people with hypogammaglobulinaemia, after 0.4 g/kg",
             {"text": "Rise of IL-1ra and soluble IL-1 receptor II; fall of IL-1α, IL-1β and soluble IL-1 "
                      "receptor I", "role": "inhibitory"},
             "Same first author, disease and dose as in report 1: not an independent confirmation"],
            ["Report 3 [andersen1995]",
             "Serum after three days of high-dose IgG; blood mononuclear cells in culture",
             {"text": "No change in serum; in culture IgG released about as much as the cells' own serum or "
                      "plasma", "role": "reference"},
             "In culture, cells that stick to plastic release IL-1ra. In serum, dose and time of sampling "
             "differ"],
        ]}


def _most(half_restoring, half_suppressing, steepness):
    at = level_of_most_maturation(half_restoring, half_suppressing, steepness)
    return maturation(at, half_restoring, half_suppressing, steepness)


def _labels(index, low, high):
    """Names of the lines with the reader's numbers, above each panel, and names of the ranges."""
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "bgcolor": CLEAR}

    def range_name(middle, text):
        return label(middle, 0.93, text, "evidence", anchor="center", yref="paper", yanchor="top",
                     bgcolor=CLEAR, font={"size": 11})

    return [
        label(0, 0.93, f"<b>maturation {index + 1e-9:.0f} %</b>", "cell", **above),
        label(0.98, 0.93, f"<b>IL-12 {_percent(low)} %</b>", "activating", anchor="right", **above),
        label(0, 0.32, f"<b>IL-10 × {high + 1e-9:.1f}</b>", "inhibitory", shift=(4, -2), xref="paper",
              yref="paper", yanchor="top", bgcolor=CLEAR),
        range_name(13, "replacement"), range_name(30, "high dose"),
    ]


def _percent(share):
    return f"{100 * share + 1e-9:.0f}"  # off exact halves, which the two Pythons round differently
