"""What a dose buys: the steady trough of IgG, and the pneumonia rate published for it."""

from widgets.controls import choice, slider
from widgets.figures import axis, band, curve, label, layout, points
from widgets.models.igg_level import pneumonia_rate, steady_state

TITLE = "How much trough, and how much less pneumonia, does a dose buy?"

CONTROLS = [
    slider("dose", "Dose", unit="mg/kg", min=100, max=2000, step=50, value=400),
    slider("interval", "Every", unit="days", min=7, max=42, step=7, value=28),
    slider("weight", "Weight", unit="kg", min=5, max=120, step=1, value=70),
    slider("baseline", "IgG without treatment", unit="g/L", min=0.5, max=18, step=0.5, value=2),
    choice("law", "Clearance of IgG", value="saturable",
           options={"saturable": "Saturable (FcRn)", "linear": "Constant (population model)"},
           help="Saturable: FcRn rescues a smaller share as IgG rises. Constant: infused IgG is "
                "cleared at one rate, above a level that stays as it is without treatment."),
]

PRESETS = {
    "Antibody deficiency, 400 mg/kg every 4 weeks": {
        "dose": 400, "interval": 28, "weight": 70, "baseline": 4},
    "Agammaglobulinaemia, 600 mg/kg every 4 weeks": {
        "dose": 600, "interval": 28, "weight": 70, "baseline": 1},
    "The same month's dose, 100 mg/kg a week": {
        "dose": 100, "interval": 7, "weight": 70, "baseline": 4},
}

LIMITS = [
    "Per 100 mg/kg a month the saturable law raises the trough by only 45 to 57 mg/dL (near 400 mg/kg) "
    "where pooled studies found 121 [berger2013] and 73 [lee2020trough]: it misses both. The constant law "
    "[landersdorfer2013] gives 121, but not the half-life that shortens as IgG rises.",
    "In the saturable law [kim2007] 300 to 500 mg/kg a month keeps the trough above 5 g/L from an "
    "untreated level of 3 g/L or more; from 1 or 2 g/L it takes 400 to 500.",
    "The pneumonia rate comes from 17 studies of primary antibody deficiency [orange2010], for troughs of "
    "5 to 10 g/L: each g/L multiplies it by 0.726 (95 % interval 0.658 to 0.801). It is never "
    "extrapolated, and a difference between studies does not prove what a higher dose would do for one "
    "patient.",
    "A later pooling found fewer infections up to 9.6 g/L and little gain beyond [lee2020trough].",
    "The constant law clears infused IgG only, above the level without treatment. It has no term for "
    "weight [landersdorfer2013]: read it for adults.",
    "Left out: infections of other kinds, illness or protein loss that lowers the trough, and the wide "
    "difference between patients [koleba2006].",
]

DOSES = (100, 250, 400, 600, 800, 1000, 1300, 1600, 2000)  # mg/kg, points of the curve
TOPS = (15, 30, 60, 120, 240)  # g/L, tops of the trough axis
MONTH = 28  # days: the published slopes are for a month's dose
SLOPES = (("+121, Berger 2013", 121, "dash"), ("+73, Lee 2020", 73, "dot"))  # mg/dL per 100 mg/kg a month
REACH = 250  # mg/kg to both sides of the reader's dose; chosen for teaching
PUBLISHED = ((5, 0.113), (10, 0.023))  # g/L, pneumonias per patient-year: orange2010, abstract
CHILD = 40  # kg; chosen for teaching

_memo = {}  # the last curve, which does not depend on the dose, and the troughs asked for on it


def figure(dose, interval, weight, baseline, law):
    """Trough against dose above; below, the pneumonia rate published for that trough."""
    troughs = [state[0] for state, slope in steady_curve(interval, weight, baseline, law)[0]]
    trough = steady_trough(dose, interval, weight, baseline, law)
    top = [height for height in TOPS if height >= troughs[-1] or height == TOPS[-1]][0]
    slopes, names = _published_slopes(dose, trough, top) if interval == MONTH else ([], [])
    rates, note = _published_rates(dose, trough, troughs)
    here = points([dose], [trough], "igg", "your dose", hover="%{x} mg/kg: %{y:.1f} g/L", cliponaxis=False)
    side = "right" if 400 <= dose < 1000 or dose > 1600 else "left"
    place = (-8, 8) if dose > 1600 else (0, 14)
    data = [curve(list(DOSES), troughs, "igg", "steady trough", ghost=True,
                  hover="%{x} mg/kg: %{y:.1f} g/L")] + slopes + [here] + rates
    return {"data": data, "layout": layout(
        axis("Dose (mg/kg each time)", 0, 2000, anchor="y2", ticklabeloverflow="allow"),
        axis("Trough (g/L)", 0, top, domain=[0.42, 1]),
        yaxis2=axis("per year", 0, 0.13, domain=[0, 0.32]),
        shapes=[band(5, 10, "evidence")],
        labels=names + [note, label(dose, trough, f"{trough:.1f} g/L", "igg", anchor=side, shift=place)])}


def describe(dose, interval, weight, baseline, law):
    """The trough, its published pneumonia rate, and what 100 mg/kg more would change."""
    trough = steady_trough(dose, interval, weight, baseline, law)
    more = steady_trough(dose + 100, interval, weight, baseline, law)
    words = (f"{dose:.0f} mg/kg every {interval:.0f} days settle at a trough of {trough:.1f} g/L "
             f"({10 * trough:.0f}0 mg/dL), ")
    if 5 <= trough <= 10:
        words += f"where pooled studies saw {pneumonia_rate(trough):.3f} pneumonias per patient-year. "
    else:
        words += "outside the 5 to 10 g/L for which a pneumonia rate is published. "
    words += f"100 mg/kg more would add {100 * (more - trough):.0f} mg/dL"
    if 5 <= trough and more <= 10:
        words += f" and take that rate to {pneumonia_rate(more):.3f}"
    words += "."
    if interval == MONTH:
        words += " Pooled studies measured 121 and 73 mg/dL for each 100 mg/kg a month."
    if law == "linear" and weight < CHILD:
        words += " This law has no term for weight: read it for adults."
    return words


def steady_curve(interval, weight, baseline, law):
    """The steady states for each of DOSES, each search starting where the two before it point."""
    key = (interval, weight, baseline, law)
    if key not in _memo:
        doses, answers = [0], [((baseline, baseline), None)]
        for dose in DOSES:
            near = _between(dose, doses, answers)
            answers.append(steady_state(dose, interval, baseline, weight, law, near=near, small=0.1))
            doses.append(dose)
        _memo.clear()
        _memo[key] = (answers[1:], {})
    return _memo[key]


def steady_trough(dose, interval, weight, baseline, law):
    """The steady trough at one dose, g/L, searched for from the curve."""
    answers, known = steady_curve(interval, weight, baseline, law)
    if dose not in known:
        near = _between(dose, DOSES, answers)
        known[dose] = steady_state(dose, interval, baseline, weight, law, near=near)[0][0]
    return known[dose]


def _between(dose, doses, answers):
    """A guess on the straight line through two neighbouring answers, or beyond the last two."""
    if len(doses) < 2:
        return answers[-1]
    after = 1
    while after < len(doses) - 1 and doses[after] < dose:
        after += 1
    share = (dose - doses[after - 1]) / (doses[after] - doses[after - 1])
    (low, _), (high, slope) = answers[after - 1], answers[after]
    return tuple([a + share * (b - a) for a, b in zip(low, high)]), slope


def _published_slopes(dose, trough, top):
    """The slopes that pooled studies measured, as short lines through the reader's point."""
    lines, names = [], []
    for n, (name, slope, dash) in enumerate(SLOPES):
        rise = slope / 10000  # g/L per mg/kg
        ends = (max(DOSES[0], dose - REACH, dose - trough / rise),
                min(DOSES[-1], dose + REACH, dose + (top - trough) / rise))
        lines.append(curve(list(ends), [trough + rise * (end - dose) for end in ends], "evidence", name,
                           dash=dash, width=2, hover="published slope, mg/dL per 100 mg/kg a month"))
        names.append(_slope_name(name, dose, lines[-1], n))
    return lines, names


def _slope_name(name, dose, line, n):
    """The name of the n-th line at its end, above both lines or below, where the other curve is not."""
    if dose < 1000:
        room = 10 if dose >= 400 else 25
        return label(line["x"][1], line["y"][1], name, "evidence", shift=(2, room + 14 * (1 - n)),
                     font={"size": 12})
    return label(line["x"][0], line["y"][0], name, "evidence", anchor="right", shift=(-2, -10 - 14 * (1 - n)),
                 font={"size": 12})


def _published_rates(dose, trough, troughs):
    """The published pneumonia rate over dose, only where the trough is 5 to 10 g/L; and what to say."""
    levels = [5 + n / 4 for n in range(21)]
    inside = [at for at in levels if troughs[0] <= at <= troughs[-1]]
    traces = [curve([_dose_for(at, troughs) for at in inside], [pneumonia_rate(at) for at in inside],
                    "harm", "pneumonia rate", yaxis="y2", ghost=True,
                    hover="%{x:.0f} mg/kg: %{y:.3f} per patient-year")]
    ends = [(at, rate) for at, rate in PUBLISHED if at in inside]
    traces.append(points([_dose_for(at, troughs) for at, rate in ends], [rate for at, rate in ends],
                         "evidence", "Orange 2010", symbol="diamond-open", yaxis="y2", cliponaxis=False,
                         hover="%{y:.3f} per patient-year"))
    text = "pneumonias, Orange 2010"
    if 5 <= trough <= 10:
        traces.append(points([dose], [pneumonia_rate(trough)], "harm", "your dose", yaxis="y2",
                             hover="%{x} mg/kg: %{y:.3f} per patient-year"))
    else:
        text = "no rate outside 5 to 10 g/L"
    return traces, label(DOSES[-1], 0.13, text, "evidence", anchor="right", yref="y2", font={"size": 12},
                         yanchor="top")


def _dose_for(trough, troughs):
    """The dose whose trough this is, on the straight lines between the points of the curve."""
    after = 1
    while troughs[after] < trough:
        after += 1
    share = (trough - troughs[after - 1]) / (troughs[after] - troughs[after - 1])
    return DOSES[after - 1] + share * (DOSES[after] - DOSES[after - 1])
