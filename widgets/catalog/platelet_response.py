"""Give IVIG in immune thrombocytopenia, and watch the platelets rise, peak and fade with the IgG."""

from math import exp, log

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, level, points
from widgets.models.platelets import (
    LIFESPAN, REGIMENS, days_at_or_above, peak, simulate_platelets, time_to_reach)

TITLE = "How fast, how high and how long do platelets rise after IVIG?"

CONTROLS = [
    choice("regimen", "Regimen", value="1 g/kg on 2 days", options={name: name for name in (
        "0.4 g/kg a day for 5 days", "1 g/kg once", "1 g/kg on 2 days")}),
    slider("independent", "Removal without FcγR", unit="%", min=0, max=50, step=5, value=0,
           help="Share of the immune removal that IgG cannot block. Chosen for teaching."),
    slider("untreated", "Platelets untreated", unit="×10⁹/L", min=4, max=30, step=2, value=12,
           help="Chosen for teaching: trials enter patients at 20 or less."),
    slider("production", "Platelets made a day", unit="×10⁹/L", min=10, max=70, step=5, value=35,
           help="35 is a normal production (second-hand). Many patients do not raise theirs."),
    slider("baseline", "IgG untreated", unit="g/L", min=5, max=15, step=1, value=10,
           help="Chosen for teaching."),
]

PRESETS = {
    "1 g/kg on 2 days": {"regimen": "1 g/kg on 2 days", "independent": 0, "untreated": 12, "production": 35},
    "0.4 g/kg a day for 5 days": {
        "regimen": "0.4 g/kg a day for 5 days", "independent": 0, "untreated": 12, "production": 35},
    "1 g/kg once": {"regimen": "1 g/kg once", "independent": 0, "untreated": 12, "production": 35},
    "Non-responder, a fifth without FcγR": {
        "regimen": "1 g/kg on 2 days", "independent": 20, "untreated": 12, "production": 35},
}

TASK = {
    "predict": "With 1 g/kg on 2 days, how long does a count of 12 need to reach 50: hours, days or a week? "
               "Would blocking removal even better make it much faster?",
    "answer": "It takes 1.3 days, and 1.2 with all immune removal stopped: the marrow makes only 35 a day. "
              "From its peak of 122 the count falls as the infused IgG is cleared, and after 24 days it is "
              "below 50 again. If only 10 % of the removal needs no Fcγ receptor, the peak is 68; with 20 % "
              "the count never reaches 50.",
}

LIMITS = [
    "The open markers are medians of 57 patients given 1 g/kg on 2 days [privigenitp2009]; the numbers are "
    "second-hand, from the trial's meeting abstract: 50 reached after 2.5 days, highest median 149 on day 8, "
    "15.4 days at or above 50.",
    "How steeply uptake falls as IgG rises was fitted to trials: a curve near the markers is no evidence "
    "for the mechanism. The model peaks lower than the trial and stays above 50 about 1.5 times as long.",
    "Four adults had normal counts by day 4 to 5 after 1 to 1.5 g/kg [fehr1982]. The model gives 85 then, "
    "and 118 even with twice the production: it misses this.",
    "Production was too low for the count in many of 38 patients [ballem1987]. It is held constant here.",
    "Every infusion lasts 6 hours. The patient is an average one; in the trial about one in five did not "
    "reach 50 by day 7 [privigenitp2009], for reasons that one slider cannot tell apart.",
    "Left out: any fall of the autoantibody, platelets removed in the liver or killed by T cells, and "
    "bleeding, which is what treatment is for. In mice the acute effect needs no FcRn [fcrnitp2011].",
]

DAYS = 35
TRIAL = ((2.5, 50), (8, 149), (17.9, 50))  # days and 10⁹/L: medians; the last is 2.5 + 15.4 days
TOPS = {240: (0, 30, 50, 100, 150, 200), 480: (0, 50, 100, 200, 300, 400), 720: (0, 50, 200, 400, 600)}
MOST_POINTS = 120  # of the curve
SMALL = 12  # pixels, letters of labels

_memo = {}  # the last course: figure and describe ask for the same one


def figure(regimen, independent, untreated, production, baseline):
    """Platelets over five weeks, with the ceiling that production sets and the medians of a trial."""
    course = _course(regimen, independent, untreated, production, baseline)
    days, counts = _drawn(course)
    peak_day, highest = peak(course)
    top = [height for height in sorted(TOPS) if highest <= 0.62 * height or height == 720][0]
    ceiling = [_unremoved(day, untreated, production) for day in range(DAYS + 1)]
    shown = [n for n in range(DAYS + 1) if ceiling[n] <= 0.8 * top]
    hover = "day %{x:.1f}: %{y:.0f} ×10⁹/L"
    reached = time_to_reach(course, 50)
    dots = [(peak_day, highest)]
    if reached is not None:
        dots.insert(0, (reached, 50))
    data = [
        curve(shown, [ceiling[n] for n in shown], "reference", "immune removal stopped", dash="dot", width=2,
              hover=hover),
        curve(days, counts, "cell", "platelets", ghost=True, hover=hover),
        points([day for day, count in dots], [count for day, count in dots], "cell", "50 reached, and peak",
               hover=hover),
        points([day for day, count in TRIAL], [count for day, count in TRIAL], "evidence",
               "trial medians, 1 g/kg on 2 days", symbol="diamond-open", hover=hover),
    ]
    return {"data": data, "layout": layout(
        axis("Days since the first infusion", 0, DAYS, tickvals=[0, 7, 14, 21, 28, 35]),
        axis("Platelets (×10⁹/L)", 0, top, tickvals=list(TOPS[top])),
        shapes=[level(30, "target", dash="dot"), level(50, "target"), level(untreated, "reference")],
        labels=_labels(peak_day, highest, untreated, shown[-1], ceiling[shown[-1]], top))}


def describe(regimen, independent, untreated, production, baseline):
    """Time to 50, peak, days at or above 50 and 30, and the fastest rise that production allows."""
    course = _course(regimen, independent, untreated, production, baseline)
    peak_day, highest = peak(course)
    reached, above = time_to_reach(course, 50), days_at_or_above(course, 50)
    ending = f"peaks at {highest:.0f} on day {peak_day:.0f}"
    if reached is None:
        words = f"{regimen}: the count never reaches 50 ×10⁹/L; it {ending}"
    else:
        still = "at least " if course.platelets[-1] >= 50 else ""
        words = (f"{regimen}: the count reaches 50 ×10⁹/L after {_days(reached)}, {ending} and is at or "
                 f"above 50 for {still}{_days(above)}")
    over_30 = days_at_or_above(course, 30)
    still = "at least " if course.platelets[-1] >= 30 else ""
    if over_30 > 0:
        words += f" and is at or above 30 for {still}{_days(over_30)}" if reached is None else (
            f", at or above 30 for {still}{_days(over_30)}")
    words += f". Untreated it stays at {untreated:.0f}. "
    fastest = _fastest(50, untreated, production)
    if fastest is None:
        return words + (f"With a production of {production:.0f} a day it could not reach 50 within "
                        f"{DAYS} days.")
    return words + (f"With all immune removal stopped, a production of {production:.0f} a day would still "
                    f"need {_days(fastest)} to reach 50.")


def _course(regimen, independent, untreated, production, baseline):
    key = (regimen, independent, untreated, production, baseline)
    if key not in _memo:
        course = simulate_platelets(REGIMENS[regimen], untreated, production, independent / 100, baseline,
                                    days=DAYS)
        _memo.clear()
        _memo[key] = course
    return _memo[key]


def _unremoved(day, untreated, production):
    """Count on one day if only age removed platelets from now on, 10⁹/L."""
    normal = production * LIFESPAN
    return normal - (normal - untreated) * exp(-day / LIFESPAN)


def _fastest(count, untreated, production):
    """Days that this count takes if only age removes platelets; None if longer than DAYS."""
    if _unremoved(DAYS, untreated, production) < count:
        return None
    normal = production * LIFESPAN
    return LIFESPAN * log((normal - untreated) / (normal - count))


def _days(number):
    """Days as one says them: a decimal below ten, whole days above."""
    text = f"{number:.1f}" if number < 9.95 else f"{number:.0f}"
    return "1 day" if text == "1.0" else f"{text} days"


def _drawn(course):
    """Days and counts for the curve; of a long list, those far enough apart."""
    apart = DAYS / MOST_POINTS if len(course.times) > MOST_POINTS else 0
    kept = [0]
    for n in range(1, len(course.times)):
        if n + 1 == len(course.times) or course.times[n] - course.times[kept[-1]] >= apart:
            kept.append(n)
    return [course.times[n] for n in kept], [course.platelets[n] for n in kept]


def _labels(peak_day, highest, untreated, last_day, last, top):
    """The words in the figure: the peak, in the corner that stays free, trial, untreated count, ceiling."""
    below = untreated * 240 >= 12 * top
    side = "right" if last_day > DAYS / 2 else "left"
    return [
        label(1, 1, f"<b>peak {highest:.0f} on day {peak_day:.0f}</b>", "cell", anchor="right", xref="paper",
              yref="paper", yanchor="top"),
        label(TRIAL[1][0], TRIAL[1][1], "trial medians, 2 × 1 g/kg", "evidence", shift=(10, 0),
              font={"size": SMALL}),
        label(DAYS, untreated, f"untreated {untreated:.0f}", "reference", anchor="right",
              shift=(0, -8 if below else 9), font={"size": SMALL}),
        label(last_day, last, "all removal stopped", "reference", anchor=side,
              shift=(-4 if side == "right" else 8, 12 if side == "right" else 0), font={"size": SMALL})]
