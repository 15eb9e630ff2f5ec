"""Give a course of IVIG, and watch serum thicken and the laboratory's sodium fall."""

from widgets.controls import choice, slider
from widgets.figures import axis, band, curve, label, layout, level, points
from widgets.models.hyperproteinaemia import TRUE_SODIUM, indirect_sodium, serum_viscosity, total_protein
from widgets.models.igg_level import INFUSION_HOURS, simulate_igg

TITLE = "What does a course of IVIG do to serum viscosity and to measured sodium?"

CONTROLS = [
    choice("show", "Show", value="viscosity",
           options={"viscosity": "Viscosity of serum", "sodium": "Sodium as reported"}),
    slider("dose", "Dose of the course", unit="g/kg", min=0.4, max=2, step=0.1, value=2),
    choice("days", "Given over", value="2", options={"1": "1 day", "2": "2 days", "5": "5 days"}),
    slider("baseline", "IgG before", unit="g/L", min=2, max=25, step=0.5, value=10),
    slider("albumin", "Albumin", unit="g/L", min=25, max=50, step=1, value=42, help="Chosen for teaching."),
    slider("other", "Other globulins", unit="g/L", min=10, max=25, step=1, value=18,
           help="Chosen for teaching, so that normal serum has the published viscosity."),
    slider("lipid", "Lipid", unit="g/dL", min=0.3, max=3, step=0.1, value=0.6,
           help="Chosen for teaching. Lipid takes the place of water too: it lowers reported sodium only."),
    slider("crowding", "Crowding of proteins", min=0.3, max=0.6, step=0.05, value=0.45,
           help="Chosen for teaching: how much steeper than an exponential viscosity rises."),
]

PRESETS = {
    "2 g/kg over 5 days": {"dose": 2, "days": "5", "baseline": 10, "albumin": 42},
    "2 g/kg in one day": {"dose": 2, "days": "1", "baseline": 10, "albumin": 42},
    "IgG 25 g/L already, 2 g/kg in 2 days": {"dose": 2, "days": "2", "baseline": 25, "albumin": 35},
    "Replacement, 0.4 g/kg": {"dose": 0.4, "days": "1", "baseline": 5, "albumin": 42},
}

TASK = {
    "predict": "The same 2 g/kg is given over 5 days or in one. How much more does serum thicken in one "
               "day, and can the extra protein explain a fall of reported sodium by 10 mmol/L? Try the "
               "first two presets.",
    "answer": "In one day IgG peaks at 52 instead of 35 g/L and viscosity rises by 0.83 instead of 0.42: "
              "twice as much. Reported sodium falls by 4.6 or 2.7 mmol/L while true sodium stays at 140. "
              "A fall of 10 is too much for protein alone: look for true hyponatraemia [nguyen2006].",
}

LIMITS = [
    "Viscosity is relative to water; papers loosely print cp. The normal range of 1.5 to 1.9 is met "
    "because the amount of other globulins was chosen for it. The rise in 13 patients had a mean of 0.55 "
    "(0.1 to 1.0), up to a viscosity of 2.6 [dalakas1994].",
    "The crowding constant was picked by eye, and only the intrinsic viscosity of IgG was seen in a source, "
    "second-hand.",
    "Paraproteins, fibrinogen and blood cells are left out, and with them the viscosity of whole blood.",
    "An indirect electrode takes 93 % of serum for water; a direct one is not misled [nguyen2007]. The "
    "formula for serum water is second-hand.",
    "After 2 g/kg protein rose, and the low sodium was an artefact [steinberger2003]. Here protein "
    "explains about 3 to 5 mmol/L at the peak, less a day later; a fall of 8 to 20 is not explained by "
    "it: water or sucrose may have lowered sodium in truth [nguyen2006].",
    "IgG comes from the model of the IgG level with infusions of 4 hours in an adult. It peaks higher in "
    "one day than published levels [velikova2023], and dilution by the infused volume is left out.",
]

RANGES = (60, 80)  # g/L, ends of the IgG axis
THICKNESS = ((1, 3), (1, 4), (1, 6))  # axis of viscosity
SALT = ((134, 144), (126, 148))  # mmol/L, axis of sodium
POINTS = 61
NORMAL = (1.5, 1.9)  # viscosity of normal serum: dalakas1994
RISE = (0.1, 0.55, 1.0)  # of viscosity after infusion, least, mean, most: dalakas1994
ASIDE = 2.5  # g/L by which the published rise stands beside the reader's point


def figure(show, dose, days, baseline, albumin, other, lipid, crowding):
    """Viscosity, or reported sodium, against IgG, with the reader's points before and at the peak."""
    peak = peak_igg(dose, days, baseline)
    end = [top for top in RANGES if peak + ASIDE < top or top == RANGES[-1]][0]
    levels = [end * n / (POINTS - 1) for n in range(POINTS)]
    iggs = (baseline, peak)
    if show == "viscosity":
        values, marks = [[serum_viscosity(igg, albumin, other, crowding) for igg in at]
                         for at in (levels, iggs)]
        return _viscosity(levels, values, iggs, marks)
    values, marks = [[indirect_sodium(total_protein(igg, albumin, other), lipid) for igg in at]
                     for at in (levels, iggs)]
    return _sodium(levels, values, iggs, marks)


def describe(show, dose, days, baseline, albumin, other, lipid, crowding):
    """Peak IgG, viscosity before and after, and what each kind of electrode reads."""
    peak = peak_igg(dose, days, baseline)
    thin, thick = [serum_viscosity(igg, albumin, other, crowding) for igg in (baseline, peak)]
    before, after = [indirect_sodium(total_protein(igg, albumin, other), lipid) for igg in (baseline, peak)]
    over = "one day" if days == "1" else days + " days"
    return (f"{dose:g} g/kg over {over} takes IgG from {baseline:g} to {peak:.1f} g/L. Relative viscosity "
            f"rises by {thick - thin:.2f} to {thick:.2f} (normal 1.5 to 1.9). An indirect electrode then "
            f"reports {after:.1f} mmol/L of sodium, {before - after:.1f} less than before, while a direct "
            f"one reads {TRUE_SODIUM:.0f} both times.")


def peak_igg(dose, days, baseline):
    """IgG at the end of the last infusion, g/L: equal infusions of 4 hours on consecutive days."""
    count = int(days)
    infusions = [(float(day), 1000 * dose / count) for day in range(count)]
    return max(simulate_igg(infusions, baseline, days=count - 1 + INFUSION_HOURS / 24).igg)


def _viscosity(levels, values, iggs, marks):
    highest = max(values[-1], marks[0] + RISE[2])
    low, high = [pair for pair in THICKNESS if highest < pair[1] or pair == THICKNESS[-1]][0]
    hover = "%{x:.0f} g/L: viscosity %{y:.2f}"
    data = [curve(levels, values, "igg", "viscosity of serum", ghost=True, hover=hover)]
    data += _points(iggs, marks, hover)
    data.append(points([iggs[1] + ASIDE], [marks[0] + RISE[1]], "evidence", "published rise, Dalakas 1994",
                       symbol="diamond-open", hover="mean %{y:.2f}",
                       error_y={"type": "data", "symmetric": False, "array": [RISE[2] - RISE[1]],
                                "arrayminus": [RISE[1] - RISE[0]], "thickness": 2, "width": 5}))
    above = marks[1] <= marks[0] + RISE[2]
    labels = [_normal_name(levels, values, iggs[1], marks[1]),
              label(iggs[1] + ASIDE, marks[0] + RISE[2 if above else 0], "published rise", "evidence",
                    anchor="right" if iggs[1] > 15 else "left", shift=(6, 10 if above else -10),
                    font={"size": 12}),
              _mark(iggs[1], marks[1], f"<b>{marks[1]:.2f}</b>", 8)]
    return {"data": data, "layout": layout(
        axis("Serum IgG (g/L)", 0, levels[-1]), axis("Relative viscosity", low, high),
        shapes=[band(NORMAL[0], NORMAL[1], "evidence")], labels=labels)}


def _normal_name(levels, values, peak, now):
    """The name of the normal range, where neither the curve nor the published rise runs."""
    words, small = "normal, Dalakas 1994", {"size": 12}
    if peak < levels[-1] / 2:
        return label(levels[-1], NORMAL[0], words, "evidence", anchor="right", shift=(-3, 9), font=small)
    if values[len(levels) // 3] > NORMAL[1]:
        return label(0, NORMAL[0], words, "evidence", shift=(4, -9), font=small)
    beside = -9 if abs(now - NORMAL[1]) < 0.15 else 9  # the reader's number stands there
    return label(0, NORMAL[1], words, "evidence", shift=(4, beside), font=small)


def _sodium(levels, values, iggs, marks):
    low, high = [pair for pair in SALT
                 if pair[0] < values[-1] and values[0] < pair[1] or pair == SALT[-1]][0]
    hover = "%{x:.0f} g/L: %{y:.1f} mmol/L"
    data = [curve(levels, values, "harm", "indirect electrode", ghost=True, hover=hover)]
    data += _points(iggs, marks, hover)
    start = 0 if values[0] > TRUE_SODIUM + 0.7 else len(levels) // 3  # clear of the line at 140
    labels = [label(levels[-1], TRUE_SODIUM, f"true, direct electrode: {TRUE_SODIUM:.0f}", "reference",
                    anchor="right", shift=(-2, 10), font={"size": 12}),
              label(levels[start], values[start], "indirect electrode", "harm", shift=(8, 12),
                    font={"size": 12}),
              _mark(iggs[1], marks[1], f"<b>{marks[1]:.1f}</b>", -10)]
    return {"data": data, "layout": layout(
        axis("Serum IgG (g/L)", 0, levels[-1]), axis("Reported sodium (mmol/L)", low, high),
        shapes=[level(TRUE_SODIUM, "reference")], labels=labels)}


def _points(iggs, marks, hover):
    return [points([iggs[0]], [marks[0]], "reference", "before", symbol="circle-open", hover=hover),
            points([iggs[1]], [marks[1]], "igg", "at the peak", size=13, ghost=True, hover=hover)]


def _mark(x, y, text, up):
    return label(x, y, text, "igg", anchor="right" if x > 12 else "left", shift=(-9 if x > 12 else 9, up))
