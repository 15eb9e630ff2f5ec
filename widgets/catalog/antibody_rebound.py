"""A donor-specific antibody after plasma exchange: where its rebound comes from, and what holds it down."""

from widgets.controls import slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.autoantibody import (
    SESSION_INTERVAL, at_day, removal_sessions, removed_share, simulate_autoantibody)
from widgets.models.igg_level import regimen

TITLE = "Why does a donor-specific antibody come back after plasma exchange?"

CONTROLS = [
    slider("sessions", "Exchange sessions", min=0, max=7, step=1, value=5,
           help="Chosen for teaching: one every second day from day 0."),
    slider("volumes", "Exchanged in each session", unit="plasma volumes", min=0.5, max=1.5, step=0.25,
           value=1,
           help="Chosen for teaching. One volume removes 63 % of what plasma holds, which is derived: the "
                "dilution of a well-mixed pool."),
    slider("dose", "IVIG afterwards, over 5 days", unit="mg/kg", min=0, max=2000, step=500, value=2000,
           help="Chosen for teaching: from the day after the last session."),
    slider("courses", "Monthly courses of IVIG", min=1, max=4, step=1, value=1,
           help="From a publication: four monthly courses of 2 g/kg in a desensitisation trial."),
    slider("production", "The antibody's production", unit="%", min=0, max=100, step=10, value=100,
           help="Chosen for teaching. 100 % is unchanged; less stands for treatment of the cells that make "
                "it, from day 0 on."),
]

PRESETS = {
    "Exchange, then IVIG": {
        "sessions": 5, "volumes": 1, "dose": 2000, "courses": 1, "production": 100},
    "Exchange, then IVIG monthly": {
        "sessions": 5, "volumes": 1, "dose": 2000, "courses": 4, "production": 100},
    "Exchange, production halved": {
        "sessions": 5, "volumes": 1, "dose": 2000, "courses": 1, "production": 50},
    "IVIG monthly, no exchange": {
        "sessions": 0, "volumes": 1, "dose": 2000, "courses": 4, "production": 100},
}

TASK = {
    "predict": "Five exchanges leave 14 % of the antibody in plasma. How much is back four weeks after "
               "the last one: without IVIG, with 2 g/kg of IVIG, and with production stopped?",
    "answer": "78 % without IVIG, 64 % with it, and 7 % with IVIG and production stopped. In the day "
              "after the last session it rises from 14 to 25 %: about half of that comes from tissue, "
              "where 41 % had stayed, and half is newly made. Later the rise is production. IVIG slows "
              "it by competing for FcRn, and only while IgG is high.",
}

LIMITS = [
    "No course of a donor-specific antibody in patients was used to set or test this model: read the "
    "order of the curves, not their heights. Sessions, volumes and times are chosen for teaching.",
    "The antibody follows the law of IgG fitted to healthy plasma [kim2007]. Exchange without replacement "
    "of IgG takes IgG below 3 g/L here, where that law has not been tested; it then slows the antibody's "
    "loss as well.",
    "For IVIG alone, a published simulation allows a fall of at most about 25 % after 3 to 4 weeks "
    "[bleeker2000]; one course gives 16 % here.",
    "In a trial of 101 sensitised patients, 35 % were transplanted after four monthly courses of 2 g/kg and "
    "17 % after placebo [jordan2004]. What this model has is FcRn only: not anti-idiotypes, not effects on "
    "B cells or complement.",
    "A rise of production after removal, which would make the rebound overshoot, is left out, as is antibody "
    "bound in the graft, so that with unchanged production the antibody returns to 100 % and no further.",
    "For established antibody-mediated rejection no treatment is approved or conclusively shown to work "
    "[schinstock2020].",
]

DAYS = 112  # 16 weeks
MONTH = 28  # days between courses, and from the last session to the marked day
SPACING = 1.2  # days: points of a curve are at least so far apart, half as far before CLOSE
CLOSE = 21  # days

_memo = {}  # the last courses: figure and describe ask for the same ones


def figure(sessions, volumes, dose, courses, production):
    """The antibody in plasma over 16 weeks: without IVIG, with it, and with production at its other end."""
    alone, ivig, other = treated(sessions, volumes, dose, courses, production)
    marked = last_session(sessions) + MONTH
    left = 100 * at_day(ivig.times, ivig.antibody, marked)
    stopped = production > 50
    hover = "day %{x:.0f}: %{y:.0f} % of before"
    data = [
        _line(alone, "reference", "no IVIG", hover, "dash", 2),
        _line(other, "cell", _other_name(stopped), hover, "dot", 2),
        _line(ivig, "autoantibody", "with IVIG" if dose else "in plasma", hover, "solid", 3, True),
        points([marked], [left], "autoantibody", "four weeks after the last session", hover=hover),
    ]
    labels = _names(alone, ivig, other, dose, stopped)
    labels.append(label(marked, left, f"<b>{left:.0f} %</b>", "autoantibody", shift=(7, -12)))
    if sessions:
        kept = [n for n in _kept(ivig) if ivig.times[n] <= marked]
        data.append(curve([ivig.times[n] for n in kept], [100 * ivig.antibody_peripheral[n] for n in kept],
                          "text", "in tissue", dash="dashdot", width=1.5, hover=hover))
        labels.append(label(3, 100 * at_day(ivig.times, ivig.antibody_peripheral, 3), "in tissue", "text",
                            shift=(6, 6), font={"size": 12}))
    weeks = list(range(0, DAYS // 7 + 1, 2))
    return {"data": data, "layout": layout(
        axis("Weeks since the first session", 0, DAYS, tickvals=[7 * week for week in weeks],
             ticktext=[str(week) for week in weeks]),
        axis("Antibody (% of before)", 0, 115, tickvals=[0, 25, 50, 75, 100]), labels=labels)}


def describe(sessions, volumes, dose, courses, production):
    """What the sessions leave, and where the antibody is four weeks later on each course."""
    alone, ivig, other = treated(sessions, volumes, dose, courses, production)
    last = last_session(sessions)
    marked = last + MONTH
    levels = [_percent(at_day(course.times, course.antibody, marked)) for course in (alone, ivig, other)]
    words = ""
    if sessions:
        n = max([i for i, day in enumerate(ivig.times) if day == last])
        removed = f"{_percent(removed_share(volumes))} % of what plasma holds,"
        if sessions == 1:
            words = f"One session, removing {removed} leaves"
        else:
            words = f"{sessions:.0f} sessions, each removing {removed} leave"
        words += (f" {_percent(ivig.antibody[n])} % of the antibody in plasma and "
                  f"{_percent(ivig.antibody_peripheral[n])} % in tissue. Four weeks later it")
    else:
        words = "Without exchange the antibody four weeks later"
    made = "stopped" if production == 0 else "unchanged" if production == 100 else f"at {production:.0f} %"
    words += f" is at {levels[0]} % without IVIG"
    if dose:
        again = "" if courses == 1 else f" every {MONTH} days"
        words += f" and {levels[1]} % with {dose / 1000:g} g/kg{again}"
    words += f", its production {made}. "
    end = "stopped" if production > 50 else "unchanged"
    treatment = "the same treatment" if dose or sessions else "no treatment"
    return words + f"With {treatment} and production {end} it would be at {levels[2]} %."


def last_session(sessions):
    """Day of the last session; 0 where there is none."""
    return SESSION_INTERVAL * max(sessions - 1, 0)


def treated(sessions, volumes, dose, courses, production):
    """Three simulated patients: no IVIG; IVIG; IVIG with production stopped (or, if low, unchanged)."""
    key = (sessions, volumes, dose, courses, production)
    if key not in _memo:
        start = last_session(sessions) + 1
        given = int(courses) if dose else 0
        doses = [(start + day, amount) for day, amount in regimen(dose, MONTH, given, True, DAYS - start)]
        removals = removal_sessions(int(sessions), volumes)
        other = 0.0 if production > 50 else 1.0
        plans = (((), production / 100), (doses, production / 100), (doses, other))
        _memo.clear()
        _memo[key] = [simulate_autoantibody(plan, production_share=share, removals=removals, days=DAYS)
                      for plan, share in plans]
    return _memo[key]


def _line(course, role, name, hover, dash, width, ghost=False):
    kept = _kept(course)
    return curve([course.times[n] for n in kept], [100 * course.antibody[n] for n in kept], role, name,
                 dash=dash, width=width, hover=hover, ghost=ghost)


def _kept(course):
    """Which points of a course are drawn: both ends of each fall at a session, and others a while apart."""
    times, kept = course.times, [0]
    last = len(times) - 1
    for n in range(1, last + 1):
        jump = times[n] == times[n - 1] or (n < last and times[n] == times[n + 1])
        if jump or n == last or times[n] - times[kept[-1]] >= SPACING * (0.5 if times[n] < CLOSE else 1):
            kept.append(n)
    return kept


def _names(alone, ivig, other, dose, stopped):
    """Names of the lines at the right edge: the two with the reader's production, and the comparison."""
    late = DAYS - 14
    upper, lower, third = [100 * at_day(course.times, course.antibody, late)
                           for course in (alone, ivig, other)]
    names = [_name(third, _other_name(stopped), "cell", 13)]
    if not dose:
        return names + [_name(upper, "no IVIG", "autoantibody", 13)]
    near_floor = lower < 15
    names.append(_name(upper, "no IVIG", "reference", 27 if near_floor else 13))
    names.append(_name(lower, "with IVIG", "autoantibody", 13 if near_floor else -14))
    return names


def _other_name(stopped):
    return "production stopped" if stopped else "production unchanged"


def _name(y, text, role, up):
    return label(DAYS, y, text, role, anchor="right", shift=(-2, up), font={"size": 12})


def _percent(share):
    return f"{100 * share:.0f}"
