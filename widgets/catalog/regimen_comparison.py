"""Divide one month's dose of immunoglobulin in two ways, and compare peaks, troughs and time above 5 g/L."""

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, level
from widgets.models.igg_level import exposure
from widgets.models.replacement import LARGEST_DOSE, MONTH, monthly_dose, settled_cycle

TITLE = "The same dose per month, given more often: what changes?"

WAYS = {  # value of a control: words, days between doses, under the skin
    "4 weeks": ("every 4 weeks by vein", 28, False),
    "3 weeks": ("every 3 weeks by vein", 21, False),
    "2 weeks": ("every 2 weeks by vein", 14, False),
    "week": ("every week by vein", 7, False),
    "skin": ("every week under the skin", 7, True),
}
OPTIONS = {way: WAYS[way][0][0].upper() + WAYS[way][0][1:]
           for way in ("4 weeks", "3 weeks", "2 weeks", "week", "skin")}

CONTROLS = [
    slider("monthly", "Dose per 4 weeks", unit="mg/kg", min=200, max=1200, step=50, value=400),
    choice("first", "One way", options=OPTIONS, value="4 weeks"),
    choice("second", "The other way", options=OPTIONS, value="week",
           help="Under the skin 67 % arrives (from a publication), evenly over 3 days (chosen for "
                "teaching)."),
    slider("baseline", "IgG without treatment", unit="g/L", min=0.5, max=8, step=0.5, value=1),
    slider("target", "Trough to keep", unit="g/L", min=4, max=12, step=0.5, value=7),
    choice("law", "Clearance of IgG", value="saturable",
           options={"saturable": "Saturable (FcRn)", "linear": "Constant (population model)"},
           help="Saturable: FcRn rescues a smaller share as IgG rises. Constant: infused IgG is "
                "cleared at one rate, above a level that stays as it is without treatment."),
]

PRESETS = {
    "400 mg/kg at once, or 100 a week": {
        "monthly": 400, "first": "4 weeks", "second": "week", "baseline": 1, "target": 7},
    "400 every 4 weeks, or 200 every 2": {
        "monthly": 400, "first": "4 weeks", "second": "2 weeks", "baseline": 1, "target": 7},
    "By vein, or weekly under the skin": {
        "monthly": 400, "first": "4 weeks", "second": "skin", "baseline": 1, "target": 7},
    "The same dose, IgG 4 g/L untreated": {
        "monthly": 400, "first": "4 weeks", "second": "week", "baseline": 4, "target": 7},
}

TASK = {
    "predict": "A patient who makes almost no IgG gets 400 mg/kg every 4 weeks. If the same dose comes as "
               "100 mg/kg a week, what happens to the peak, and what to the trough?",
    "answer": "The peak falls from 13.2 to 8.1 g/L and the trough rises from 4.8 to 6.0: no part of the "
              "month is below 5 g/L any more. With 4 g/L untreated the trough is 6.5 g/L on the same "
              "400 mg/kg every 4 weeks: hence doses are set by each patient's own trough and infections, not "
              "by weight alone.",
}

LIMITS = [
    "Under the skin 67 % of the dose reaches the blood: the middle of the 65 to 69 % measured across brands "
    "[berger2013]. That it arrives evenly over 3 days is chosen for teaching. With so small a swing, daily "
    "to fortnightly doses gave nearly the same level in simulations [sidhu2014].",
    "The doses for a trough differ between the laws, and neither is known to be right. Per 100 mg/kg a "
    "month, pooled studies saw the trough rise by 121 [berger2013] or 73 mg/dL [lee2020trough] by vein, and "
    "by 84 under the skin [berger2013]. The saturable law gives 47 to 57 and 58 to 69, too little, and so "
    "asks for too large a dose; the constant law gives 121 and 110.",
    "5 g/L is a floor from the past and no goal: pneumonia went on falling up to 10 g/L [orange2010]. Which "
    "trough a patient needs shows in that patient's infections.",
    "Infusions by vein last 4 hours (chosen for teaching). Left out: pumps, time, cost and what a patient "
    "prefers, which decide between ways of giving it [jolles2015].",
    "An adult of 70 kg; patients differ widely [koleba2006]. This is no dosing tool.",
]

DAYS = 84  # three times 28, four times 21
MARGIN = 24  # days, room for the names of the lines
FLOOR = 5  # g/L
TOPS = (20, 32, 50, 80, 120)  # g/L, tops of the axis
SMALL = 12  # pixels, letters of labels

_memo = {}  # the last answers: figure, describe and table ask for the same ones


def figure(monthly, first, second, baseline, target, law):
    """Twelve weeks of both regimens, long after the start, over 5 g/L and the trough to keep."""
    one, other = [_outcome(monthly, way, baseline, target, law) for way in (first, second)]
    top = [height for height in TOPS
           if height >= 1.25 * max(one["peak"], other["peak"], target) or height == TOPS[-1]][0]
    hover = "day %{x:.0f}: %{y:.1f} g/L"
    data = []
    for number, found, role, dash in (("one", one, "reference", "dash"), ("other", other, "igg", "solid")):
        days, igg = _repeated(found)
        data.append(curve(days, igg, role, f"{number} way, {found['words']}", dash=dash,
                          width=3 if role == "igg" else 2, ghost=role == "igg", hover=hover))
    near = abs(target - FLOOR) * 200 < 14 * top
    up = 0 if not near else 7 if target >= FLOOR else -7
    corner = {"xref": "paper", "yref": "paper", "yanchor": "top"}
    labels = [
        label(DAYS + MARGIN, target, f"keep {target:g}", "target", anchor="right", shift=(0, up),
              font={"size": SMALL}),
        label(DAYS + MARGIN, FLOOR, f"{FLOOR} g/L", "evidence", anchor="right", shift=(0, -up),
              font={"size": SMALL}),
        label(1, 1, _range_of(other), "igg", anchor="right", **corner),
        label(1, 1, _range_of(one), "reference", anchor="right", shift=(0, -18), **corner)]
    return {"data": data, "layout": layout(
        axis("Weeks, settled", 0, DAYS + MARGIN, tickvals=[0, 28, 56, 84], ticktext=["0", "4", "8", "12"]),
        axis("Serum IgG (g/L)", 0, top),
        shapes=[level(FLOOR, "evidence", dash="dot"), level(target, "target")], labels=labels)}


def describe(monthly, first, second, baseline, target, law):
    """Peak, trough and time at or above 5 g/L of both, and the dose that would keep the trough."""
    one, other = [_outcome(monthly, way, baseline, target, law) for way in (first, second)]
    parts = [f"{found['words']}, IgG swings between {found['peak']:.1f} and {found['trough']:.1f} g/L and is "
             f"at or above {FLOOR} g/L for {found['share']:.0f} % of the time" for found in (one, other)]
    words = f"{monthly:.0f} mg/kg per 4 weeks: given {parts[0]}; given {parts[1]}. "
    if target <= baseline:
        return words + f"The level without treatment is already as high as the trough of {target:g} g/L."
    return words + (f"To keep the trough at {target:g} g/L takes {_dose(one['needed'])} per 4 weeks the one "
                    f"way and {_dose(other['needed'])} the other.")


def table(monthly, first, second, baseline, target, law):
    """Both regimens side by side."""
    both = [_outcome(monthly, way, baseline, target, law) for way in (first, second)]
    mean = [f"{found['mean']:.1f} g/L" for found in both]
    return {"caption": f"{monthly:.0f} mg/kg per 4 weeks, settled; {baseline:g} g/L without treatment",
            "columns": ["What", "One way", "The other way"],
            "rows": [
                ["Given"] + [{"text": found["words"], "role": role}
                             for found, role in zip(both, ("reference", "igg"))],
                ["Dose each time"] + [f"{monthly * found['interval'] / MONTH:g} mg/kg" for found in both],
                ["Peak"] + [f"{found['peak']:.1f} g/L" for found in both],
                ["Trough"] + [f"{found['trough']:.1f} g/L" for found in both],
                ["Mean level"] + mean,
                [f"Time at or above {FLOOR} g/L"] + [f"{found['share']:.0f} %" for found in both],
                [f"Dose per 4 weeks for a trough of {target:g} g/L"]
                + [_dose(found["needed"]) for found in both]]}


def _outcome(monthly, way, baseline, target, law):
    """A settled interval of one way of giving the dose, and the numbers of it."""
    key = (monthly, way, baseline, law, target)
    if key not in _memo:
        words, interval, under_skin = WAYS[way]
        known = _settled(monthly, way, baseline, law)
        course = known[0]
        area, above = exposure(course, 0, interval, FLOOR)
        if len(_memo) > 3:
            _memo.clear()
        _memo[key] = {
            "words": words, "interval": interval, "course": course, "peak": max(course.igg),
            "trough": course.igg[-1], "mean": area / interval, "share": 100 * above / interval,
            "needed": monthly_dose(target, interval, baseline, under_skin, law, (monthly, known))}
    return _memo[key]


_courses = {}  # the last courses, which do not depend on the trough to keep


def _settled(monthly, way, baseline, law):
    key = (monthly, way, baseline, law)
    if key not in _courses:
        words, interval, under_skin = WAYS[way]
        if len(_courses) > 3:
            _courses.clear()
        _courses[key] = settled_cycle(monthly, interval, baseline, under_skin, law)
    return _courses[key]


def _repeated(found):
    """Times and levels of the interval over and over, for DAYS."""
    course, interval = found["course"], found["interval"]
    days, igg = [0.0], [course.igg[0]]
    for n in range(DAYS // interval):
        days += [n * interval + day for day in course.times[1:]]
        igg += course.igg[1:]
    return days, igg


def _range_of(found):
    return f"{found['words'].replace(' under the skin', ', skin').replace(' by vein', '')}: " \
           f"{found['peak']:.1f} to {found['trough']:.1f}"


def _dose(needed):
    """A dose as one would order it: to 10 mg/kg."""
    if needed is None:
        return f"more than {LARGEST_DOSE:.0f} mg/kg"
    return "no dose" if needed == 0 else f"{10 * int(needed / 10 + 0.5):.0f} mg/kg"
