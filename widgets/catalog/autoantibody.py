"""A course of IVIG lowers a pathogenic antibody through FcRn alone: how far, how late, for how long."""

from widgets.controls import slider
from widgets.figures import axis, curve, label, layout, level, points
from widgets.models.autoantibody import at_day, lowest, simulate_autoantibody
from widgets.models.igg_level import regimen

TITLE = "How far does a course of IVIG push down a harmful antibody?"

CONTROLS = [
    slider("dose", "Dose, over 5 days", unit="mg/kg", min=400, max=2000, step=100, value=2000),
    slider("courses", "Monthly courses", min=1, max=6, step=1, value=1),
    slider("baseline", "IgG without treatment", unit="g/L", min=4, max=20, step=1, value=11,
           help="Chosen for teaching. A course adds the same grams to every patient, so it changes the share "
                "of FcRn left for the antibody most where IgG is low."),
    slider("production", "The antibody's production", unit="%", min=0, max=100, step=10, value=100,
           help="Chosen for teaching. 100 % is unchanged; less stands for a drug that stops the cells that "
                "make it, from day 0 on."),
    slider("blockade", "FcRn blocked, as comparison", unit="%", min=0, max=100, step=10, value=80,
           help="Chosen for teaching. A blocker given instead of IVIG, for 28 days for each course."),
]

PRESETS = {
    "One course, 2 g/kg": {"dose": 2000, "courses": 1, "baseline": 11, "production": 100},
    "2 g/kg every month": {"dose": 2000, "courses": 6, "baseline": 11, "production": 100},
    "Low IgG, 5 g/L": {"dose": 2000, "courses": 1, "baseline": 5, "production": 100},
    "Production stopped": {"dose": 2000, "courses": 1, "baseline": 11, "production": 0},
}

TASK = {
    "predict": "2 g/kg of IVIG take IgG to three times its level. How far does a harmful antibody fall, and "
               "on which day is it lowest? Then compare \"Production stopped\".",
    "answer": "It falls by 16 %, is lowest on day 26 and still 6 % down on day 90: production goes on, and "
              "FcRn can be overloaded only so far. Six courses at monthly intervals reach 31 %. With "
              "production stopped 31 % are left on day 28, and 42 % without any IVIG. A simulation checked "
              "in mice gave at most about 25 %, after 3 to 4 weeks [bleeker2000].",
}

LIMITS = [
    "The published simulation, checked in mice, lets 2 g/kg lower an antibody by at most about 25 % "
    "after 3 to 4 weeks, for months [bleeker2000]. Here the size is not met at a usual IgG of 10 to 12 "
    "g/L (15 to 18 %), only at a low one (23 % at 7 g/L, 29 % at 5 g/L); the time is met, but not at 5 "
    "g/L, where it is day 37.",
    "A fall that is faster or larger needs another explanation than FcRn [bleeker2000], such as "
    "anti-idiotypes or less production.",
    "Mouse experiments agree that the effect runs through FcRn: IVIG nearly tripled the clearance of an "
    "antibody in normal mice and did not in mice without FcRn [hansen2002fcrn].",
    "The law of clearance was fitted to IgG in people's plasma [kim2007], not measured inside cells; the "
    "volumes and the exchange with the periphery are chosen for teaching.",
    "The blocker acts at once, evenly, and ends at once. FcRn blockade is a drug class of its own "
    "[howard2021]; its share here is chosen for teaching and stands for no product.",
    "Every antibody here is IgG of one kind. IgG3, IgM and the patient's own feedback on production are left "
    "out.",
]

DAYS = 182  # 26 weeks
MONTH = 28  # days between courses
TOPS = (40, 50, 60, 80)  # g/L, tops of the axis of IgG
CLAIM_DAY, CLAIM_SPREAD, CLAIM_LEFT = 24.5, 3.5, 75  # 3 to 4 weeks; % left; bleeker2000
SPACING = 1.3  # days: points of a curve are at least so far apart

_memo = {}  # the last courses: figure and describe ask for the same ones


def figure(dose, courses, baseline, production, blockade):
    """The antibody above and IgG below, over 26 weeks, with IVIG and with an FcRn blocker instead."""
    ivig, blocker = treated(dose, courses, baseline, production, blockade)
    day, left = _marked(ivig, production)
    top = [height for height in TOPS if height >= max(ivig.igg) or height == TOPS[-1]][0]
    kept, other = _kept(ivig), _kept(blocker)
    antibody, igg = "day %{x:.0f}: %{y:.0f} % of before", "day %{x:.0f}: %{y:.1f} g/L"
    days, months = [ivig.times[n] for n in kept], [blocker.times[n] for n in other]
    data = [
        curve(months, [100 * blocker.antibody[n] for n in other], "reference", "antibody, FcRn blocker",
              dash="dash", width=2, hover=antibody),
        curve(days, [100 * ivig.antibody[n] for n in kept], "autoantibody", "antibody, IVIG", ghost=True,
              hover=antibody),
        points([day], [100 * left], "autoantibody", "IVIG, marked day", hover=antibody, cliponaxis=False),
        curve(months, [blocker.igg[n] for n in other], "reference", "IgG, FcRn blocker", dash="dash",
              width=2, hover=igg, yaxis="y2"),
        curve(days, [ivig.igg[n] for n in kept], "igg", "IgG, IVIG", ghost=True, hover=igg, yaxis="y2"),
    ]
    labels = [label(0, 120, f"<b>IVIG: {_percent(left)} %, day {day:.0f}</b>", "autoantibody", shift=(6, -2),
                    yanchor="top"),
              _blocker_name(ivig, blocker, courses, blockade)]
    if dose == 2000 and production == 100:
        data.append(points([CLAIM_DAY], [CLAIM_LEFT], "evidence", "Bleeker 2000", symbol="diamond-open",
                           hover="published: at most about 25 % less after 3 to 4 weeks",
                           error_x={"type": "data", "array": [CLAIM_SPREAD], "thickness": 2}))
        beside = at_day(ivig.times, ivig.antibody, 45) > 0.83
        labels.append(label(CLAIM_DAY + CLAIM_SPREAD, CLAIM_LEFT, "Bleeker 2000", "evidence",
                            shift=(3, -4 if beside else -16), font={"size": 12}))
    weeks = list(range(0, DAYS // 7 + 1, 4))
    return {"data": data, "layout": layout(
        axis("Weeks since the first dose", 0, DAYS, tickvals=[7 * week for week in weeks],
             ticktext=[str(week) for week in weeks], anchor="y2"),
        axis("Antibody (%)", 0, 120, domain=[0.38, 1], tickvals=[0, 25, 50, 75, 100]),
        yaxis2=axis("IgG (g/L)", 0, top, domain=[0, 0.28]),
        shapes=[level(100, "reference", dash="dot")], labels=labels)}


def describe(dose, courses, baseline, production, blockade):
    """How low the antibody goes and when, what is left of the effect, and the blocker beside it."""
    ivig, blocker = treated(dose, courses, baseline, production, blockade)
    day, left = lowest(ivig.times, ivig.antibody)
    given = f"{dose / 1000:g} g/kg over 5 days"
    if courses > 1:
        given += f", {courses:.0f} times {MONTH} days apart"
    day, left = _marked(ivig, production)
    if production == 100:
        after = MONTH * (courses - 1) + 90 if courses < 4 else DAYS
        later = at_day(ivig.times, ivig.antibody, after)
        words = (f"{given}: IgG goes from {baseline:g} to a peak of {max(ivig.igg):.1f} g/L and the "
                 f"antibody down to {_percent(left)} % of its level before, lowest on day {day:.0f}; on "
                 f"day {after:.0f} it is at {_percent(later)} %.")
        other = min(blocker.antibody)  # a sharp corner, where the blockade ends
    else:
        untreated = simulate_autoantibody((), baseline, production / 100, days=MONTH).antibody[-1]
        words = (f"With {production:.0f} % of its production from day 0, the antibody is at "
                 f"{_percent(left)} % of its level before on day {day:.0f} of the treatment ({given}), "
                 f"and at {_percent(untreated)} % without any.")
        other = at_day(blocker.times, blocker.antibody, MONTH)
    if blockade == 0:
        return words
    lasting = f" for {MONTH * courses:.0f} days" if production == 100 else ""
    words += f" Blocking {blockade:.0f} % of FcRn instead{lasting} takes it to {_percent(other)} %"
    return words + ("." if production == 100 else " on that day.")


def treated(dose, courses, baseline, production, blockade):
    """The two simulated patients: IVIG, and a blocker instead over the same months."""
    key = (dose, courses, baseline, production, blockade)
    if key not in _memo:
        doses = regimen(dose, MONTH, int(courses), True, DAYS)
        share = production / 100
        ivig = simulate_autoantibody(doses, baseline, share, days=DAYS)
        blocker = simulate_autoantibody((), baseline, share, blockade / 100, MONTH * courses, days=DAYS)
        _memo.clear()
        _memo[key] = (ivig, blocker)
    return _memo[key]


def _marked(ivig, production):
    """The day that the figure marks and what is left then: the lowest, or day 28 while the fall goes on."""
    if production == 100:
        return lowest(ivig.times, ivig.antibody)
    return MONTH, at_day(ivig.times, ivig.antibody, MONTH)


def _kept(course):
    """Which points of a course are drawn: every peak of IgG, and others about a day apart."""
    times, igg = course.times, course.igg
    kept, last = [0], len(times) - 1
    for n in range(1, last + 1):
        peak = n < last and igg[n - 1] < igg[n] > igg[n + 1]
        if peak or n == last or times[n] - times[kept[-1]] >= SPACING:
            kept.append(n)
    return kept


def _blocker_name(ivig, blocker, courses, blockade):
    """The name of the dashed line: where the blockade ends, or late, away from the published number."""
    name = f"FcRn blocked, {blockade:.0f} %" if blockade else "no treatment"
    day = min(MONTH * courses, 70)
    theirs, other = [100 * at_day(course.times, course.antibody, day) for course in (blocker, ivig)]
    if theirs <= 65:
        above = theirs > other or theirs < 25
        return label(day, max(theirs, other) if above else theirs, name, "reference",
                     shift=(6, 12 if above else -12), font={"size": 12})
    theirs, other = [100 * at_day(course.times, course.antibody, 126) for course in (blocker, ivig)]
    above = theirs > other + 10
    return label(DAYS, theirs if above else min(theirs, other), name, "reference", anchor="right",
                 shift=(-2, 12 if above else -14), font={"size": 12})


def _percent(share):
    return f"{100 * share:.0f}"
