"""Turn dose, interval and the patient's own IgG, and watch peaks and troughs over 24 weeks."""

from widgets.controls import choice, slider, toggle
from widgets.figures import axis, curve, label, layout, level, points
from widgets.models.igg_level import exposure, half_life, regimen, simulate_igg

TITLE = "What does a dose do to serum IgG?"

CONTROLS = [
    slider("dose", "Dose", unit="mg/kg", min=100, max=2000, step=50, value=400),
    slider("interval", "Every", unit="days", min=7, max=42, step=7, value=28),
    slider("weight", "Weight", unit="kg", min=5, max=120, step=1, value=70),
    slider("baseline", "IgG without treatment", unit="g/L", min=0.5, max=18, step=0.5, value=2),
    slider("doses", "Number of doses", min=1, max=24, step=1, value=6),
    toggle("divided", "Give each dose over 5 days", value=False),
    slider("target", "Target trough", unit="g/L", min=3, max=15, step=0.5, value=7),
    choice("law", "Clearance of IgG", value="saturable",
           options={"saturable": "Saturable (FcRn)", "linear": "Constant (population model)"},
           help="Saturable: FcRn rescues a smaller share as IgG rises. Constant: infused IgG is "
                "cleared at one rate, above a level that stays as it is without treatment."),
]

PRESETS = {
    "Antibody deficiency, 400 mg/kg every 4 weeks": {
        "dose": 400, "interval": 28, "weight": 70, "baseline": 4, "doses": 6, "divided": False},
    "Agammaglobulinaemia, 400 mg/kg every 3 weeks": {
        "dose": 400, "interval": 21, "weight": 70, "baseline": 1, "doses": 8, "divided": False},
    "The same month's dose, 100 mg/kg a week": {
        "dose": 100, "interval": 7, "weight": 70, "baseline": 4, "doses": 24, "divided": False},
    "ITP, 0.4 g/kg a day for 5 days": {
        "dose": 2000, "interval": 28, "weight": 70, "baseline": 10, "doses": 1, "divided": True},
    "Kawasaki disease, 2 g/kg once": {
        "dose": 2000, "interval": 28, "weight": 15, "baseline": 10, "doses": 1, "divided": False},
    "Immunomodulation, 2 g/kg over 5 days, monthly": {
        "dose": 2000, "interval": 28, "weight": 70, "baseline": 10, "doses": 6, "divided": True},
}

LIMITS = [
    "Two kinds of evidence disagree. Pooled studies saw the trough rise by 121 or by 73 mg/dL per 100 "
    "mg/kg a month [berger2013; lee2020trough]: the saturable law [kim2007] gives only 45 to 57 near 400 "
    "mg/kg, the constant law [landersdorfer2013] gives 121. Half-lives that shorten as IgG rises speak "
    "for the saturable law.",
    "A dose of 2 g/kg in one day ends near 50 g/L here. The published 25 to 35 g/L [velikova2023] is met "
    "over 5 days, by volumes chosen with that range in view, or a day or two after a one-day dose.",
    "500 mg/kg takes IgG to the published 12 to 14 g/L [velikova2023] only from about 1.5 to 3.5 g/L; "
    "from 10 g/L it peaks near 20.",
    "The half-lives of 23 days at 12 g/L and 31 at 6.5 agree with textbook values, but the exchange "
    "between blood and tissue was chosen with them in view. The very long ones below 2 g/L are not well "
    "measured.",
    "The constant law clears infused IgG only, above the level without treatment; most population models "
    "fix that at 4 g/L [vanderzeeuw2026]. It has no term for weight [landersdorfer2013]: read it for "
    "adults.",
    "Left out: IgG3 with its shorter life, illness or protein loss that speeds up catabolism, a change of "
    "the patient's own production, and dilution. Every infusion lasts 4 hours (chosen for teaching).",
    "Patients differ widely [koleba2006]. This is no dosing tool.",
]

DAYS = 168  # 24 weeks
HEIGHTS = (20, 30, 40, 60, 80, 120, 160, 240, 320)  # g/L, tops of the axis
CHILD = 40  # kg; chosen for teaching
MOST_POINTS = 400  # of the curve
SCREENS = ((286, 180), (620, 350))  # pixels, width and height of the plot: phone, laptop
SMALL, LARGE = 12, 14  # pixels, letters of labels; one is about half as wide

_memo = {}  # the last course: figure and describe ask for the same one


def figure(dose, interval, weight, baseline, doses, divided, target, law):
    """IgG over 24 weeks, with peak and trough of the last full cycle."""
    cycle = last_cycle(dose, interval, weight, baseline, doses, divided, target, law)
    times, igg = _drawn(cycle["course"])
    top = _top(1.1 * max(max(igg), target))
    weeks = list(range(0, DAYS // 7 + 1, 4))
    data = [
        curve(times, igg, "igg", "serum IgG", ghost=True, hover="day %{x:.0f}: %{y:.1f} g/L"),
        points([cycle["peak_day"], cycle["end"]], [cycle["peak"], cycle["trough"]], "igg",
               "last full cycle", hover="day %{x:.0f}: %{y:.1f} g/L", cliponaxis=False),
    ]
    return {"data": data, "layout": layout(
        axis("Weeks since the first dose", 0, DAYS, tickvals=[7 * week for week in weeks],
             ticktext=[str(week) for week in weeks]),
        axis("Serum IgG (g/L)", 0, top),
        shapes=[level(baseline, "reference"), level(5, "evidence", dash="dot"), level(target, "target")],
        labels=_labels(cycle, baseline, target, top))}


def describe(dose, interval, weight, baseline, doses, divided, target, law):
    """Peak, trough, time above the target, area and half-life of the last full cycle."""
    cycle = last_cycle(dose, interval, weight, baseline, doses, divided, target, law)
    which = "The only dose" if doses == 1 else f"Dose {cycle['number']} of {doses:.0f}"
    reached = "at or above" if cycle["trough"] >= target else "below"
    share = 100 * cycle["days_above"] / interval
    words = (f"{which} takes IgG to a peak of {grams(cycle['peak'])} g/L; {interval:.0f} days later the "
             f"trough is {grams(cycle['trough'])} g/L, {reached} the target of {target:g} g/L. Over that "
             f"cycle IgG is at or above the target for {share:.0f} % of the time, and the area under its "
             f"curve is {cycle['area']:.0f} g·d/L. ")
    at_peak, at_trough = half_life(cycle["peak"], weight, law), half_life(cycle["trough"], weight, law)
    if law == "linear":
        words += f"Infused IgG has a half-life of {at_peak:.0f} days at every level."
    else:
        words += f"The half-life is {at_peak:.0f} days at the peak and {at_trough:.0f} at the trough."
    if law == "linear" and weight < CHILD:
        words += " This law has no term for weight: read it for adults."
    if cycle["given"] < doses:
        words += f" Only {cycle['given']} of the {doses:.0f} doses fall within the 24 weeks shown."
    return words


def last_cycle(dose, interval, weight, baseline, doses, divided, target, law):
    """The simulated course, and the numbers of the last dose that has its whole interval in view."""
    key = (dose, interval, weight, baseline, doses, divided, target, law)
    if key in _memo:
        return _memo[key]
    infusions = regimen(dose, interval, int(doses), divided, DAYS)
    number = int(min(doses, DAYS // interval))
    start, end = (number - 1) * interval, number * interval
    if infusions[-1][0] < end < DAYS:
        infusions.append((end, 0.0))  # so that a step of the solver ends where the interval does
    course = simulate_igg(infusions, baseline, weight, law, days=DAYS)
    inside = [n for n, day in enumerate(course.times) if start <= day <= end]
    peak = max(inside, key=lambda n: course.igg[n])
    area, days_above = exposure(course, start, end, target)
    cycle = {"course": course, "number": number, "end": end, "area": area, "days_above": days_above,
             "given": int(min(doses, (DAYS - 1) // interval + 1)),
             "peak": course.igg[peak], "peak_day": course.times[peak], "trough": course.igg[inside[-1]]}
    _memo.clear()
    _memo[key] = cycle
    return cycle


def grams(igg):
    """A level in g/L as a laboratory prints it."""
    return f"{igg:.0f}" if igg >= 100 else f"{igg:.1f}"


def _drawn(course):
    """Times and levels for the curve; of a long list, starts and ends of infusions and one or two a day."""
    if len(course.times) <= MOST_POINTS:
        return list(course.times), list(course.igg)
    kept, before = [0], 0.0
    for n in range(1, len(course.times)):
        corner = n + 1 == len(course.times) or course.infusion[n] != course.infusion[n + 1]
        if corner or course.times[n] - before >= 0.6:
            kept.append(n)
            before = course.times[n]
    return [course.times[n] for n in kept], [course.igg[n] for n in kept]


def _top(highest):
    return [height for height in HEIGHTS if height >= highest or height == HEIGHTS[-1]][0]


def _labels(cycle, baseline, target, top):
    """Names of the lines side by side on one edge, then peak and trough where they meet none of them.

    After a short course the lines are named on the right, where the curve has come to rest.
    """
    early = cycle["end"] < DAYS / 2
    edge, side, sign = (DAYS, "right", -1) if early else (0, "left", 1)
    names = [("5 g/L, Orange 2010", 5, "evidence"), (f"target {target:g}", target, "target"),
             ("untreated", baseline, "reference")]
    labels, taken, right = [], [], 4
    for text, y, role in names:
        place = (side, sign * right, _free_side(y, [name[1] for name in names], top))
        labels.append(_placed(edge, y, text, role, SMALL, [place], taken, top))
        right += SMALL * len(text) / 2 + 6
    above, below = [("right", 0, 14), ("left", 0, 14)], [("right", -6, -13), ("left", 6, -13)]
    far = [(side, 0, up) for up in (29, -29, 44, 59) for side in ("right", "left")]
    peak, trough = "peak " + grams(cycle["peak"]), "trough " + grams(cycle["trough"])
    labels.append(_placed(cycle["peak_day"], cycle["peak"], peak, "igg", LARGE, above + far, taken, top))
    places = above[::-1] + below + far if early else below + above + far
    labels.append(_placed(cycle["end"], cycle["trough"], trough, "igg", LARGE, places, taken, top))
    return labels


def _placed(x, y, text, role, size, places, taken, top):
    """A label at the first of the places (side, right, up) that meets none of the taken boxes."""
    for side, right, up in places + places[:1]:
        boxes = [_box(x / DAYS * width + right, y / top * height + up, text, side, size)
                 for width, height in SCREENS]
        if all([_is_free(box, screen, [other[n] for other in taken])
                for n, (box, screen) in enumerate(zip(boxes, SCREENS))]):
            break
    taken.append(boxes)
    return label(x, y, text, role, anchor=side, shift=(right, up), font={"size": size})


def _box(x, y, text, side, size):
    """Left, right, lower and upper edge of a text, pixels."""
    length = size / 2 * len(text)
    left = x if side == "left" else x - length
    return left, left + length, y - size / 2, y + size / 2


def _is_free(box, screen, others):
    """Whether a text lies inside the plot and on no other text."""
    return box[0] >= 0 and box[1] <= screen[0] and box[2] >= 0 and not any(
        [box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3]
         for other in others])


def _free_side(y, lines, top):
    """Pixels from a line to the middle of its name: on the side where the next line is farther.

    The lowest line is named below itself where the axis leaves room: troughs are named above it.
    """
    room_above = min([other - y for other in lines if other > y] + [top - y])
    room_below = min([y - other for other in lines if other < y] + [y])
    fits_below = y * SCREENS[0][1] >= 17 * top
    return -10 if fits_below and (y == min(lines) or room_below > room_above) else 10
