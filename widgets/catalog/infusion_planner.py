"""Turn a dose per kg into grams, vials, millilitres and hours, step by step."""

from widgets.controls import choice, slider, toggle
from widgets.figures import axis, curve, label, layout, points
from widgets.models.infusion import (
    LEAST_HEIGHT, OBESE, SLOW_SPEED, body_mass_index, dosing_weight, ideal_weight, infusion_plan,
    round_vials)

TITLE = "How many vials, how many millilitres, how many hours?"

STRENGTHS = {"cautious_10": "10 %", "fast_10": "10 %", "standard_5": "5 %"}

CONTROLS = [
    slider("dose", "Dose of this infusion", unit="mg/kg", min=100, max=2000, step=50, value=400,
           help="1000 mg/kg is 1 g/kg. A course divided over days: the dose of one day."),
    slider("weight", "Actual weight", unit="kg", min=5, max=160, step=1, value=70),
    slider("height", "Height", unit="cm", min=50, max=210, step=1, value=175),
    choice("sex", "Sex", options={"female": "Female", "male": "Male"}, value="male",
           help="Enters the ideal weight only."),
    choice("rule", "Weight to dose by", value="default", options={
        "default": "Adjusted from BMI 30, else actual", "actual": "Actual", "adjusted": "Adjusted",
        "ideal": "Ideal"},
        help="Adjusted: ideal weight plus 0.4 of the rest. From a publication; the border of BMI 30 is "
             "chosen for teaching."),
    choice("schedule", "Product and rate steps", value="cautious_10", options={
        "cautious_10": "10 %, cautious, to 4 mL/kg/h", "fast_10": "10 %, to 5 mL/kg/h",
        "standard_5": "5 %, to 4 mL/kg/h"},
        help="Steps of half an hour. Cautious: chosen for teaching. To 5 mL/kg/h: start and end from a "
             "manufacturer's page, the steps between chosen for teaching. 5 %: second-hand."),
    choice("unit", "Round to", options={"1": "1 g", "2.5": "2.5 g", "5": "5 g", "10": "10 g"}, value="5",
           help="Vials of 1, 2.5, 5, 10, 20 and 30 g."),
    toggle("at_risk", "Kidney or thrombosis risk", value=False,
           help="Holds the rate to 2 mg/kg/min. Second-hand: one label monograph."),
]

PRESETS = {
    "ITP, 1 g/kg, 70 kg": {
        "dose": 1000, "weight": 70, "height": 175, "sex": "male", "rule": "default",
        "schedule": "cautious_10", "unit": "5", "at_risk": False},
    "The same as a 5 % product": {
        "dose": 1000, "weight": 70, "height": 175, "sex": "male", "rule": "default",
        "schedule": "standard_5", "unit": "5", "at_risk": False},
    "110 kg and 163 cm": {
        "dose": 400, "weight": 110, "height": 163, "sex": "female", "rule": "default",
        "schedule": "cautious_10", "unit": "5", "at_risk": False},
    "Kawasaki disease, 2 g/kg, 12 kg": {
        "dose": 2000, "weight": 12, "height": 86, "sex": "female", "rule": "default",
        "schedule": "cautious_10", "unit": "1", "at_risk": False},
}

TASK = {
    "predict": "A 70 kg patient gets 1 g/kg. Given as a 5 % instead of a 10 % product, how much more volume "
               "is it, and how much more time? Then try the first two presets.",
    "answer": "The volume doubles, from 700 to 1400 mL, but the time goes from 3.7 to 6.0 hours, 1.6 times as "
              "long. The slow first steps take a fixed time, 2 hours here with 10 % and 1.5 with 5 %, "
              "whatever the volume; only what is left after them grows with it.",
}

LIMITS = [
    "No prescribing aid: product labels differ and change, and each product has its own steps and "
    "ceiling. The boxed warning on thrombosis and kidney failure of one label [gamunexc2022pi] is why the "
    "rate can be held down here.",
    "Rates are counted by the weight that the dose is counted by, which is the slower choice in obesity; "
    "chosen for teaching.",
    "Adjusted weight became the Australian default in July 2026, but not below 18 years, below 152 cm or "
    "in pregnancy [lifeblood2026abw]. The planner knows neither age nor pregnancy. The evidence that "
    "adjusted weight keeps the effect is retrospective.",
    "Reviews advise slow infusion [orbach2005; guo2018], yet in one series the rate did not differ "
    "between infusions with and without reactions [malbran2013].",
    "Left out: pauses, a step repeated because of a reaction, premedication, fluids, and the sizes that a "
    "product really comes in.",
]

UNITS = (1, 2.5, 5, 10)  # g
HOURS = (3, 6, 12, 24)  # ends of the time axis
RATES = (50, 100, 200, 400, 800)  # mL/h, tops of the upper axis
VOLUMES = (125, 250, 500, 1000, 2000, 4000, 8000)  # mL, tops of the lower axis
EDGE = 1 + 1e-12  # off exact halves such as 2.25, which the two Pythons round differently
NOTABLE = 10  # % by which rounding changes a dose; chosen for teaching

_memo = {}  # the last order: figure, describe and table ask for the same one


def figure(dose, weight, height, sex, rule, schedule, unit, at_risk):
    """The rate in mL/h over time, and below it the volume that is in."""
    plan = order(dose, weight, height, sex, rule, schedule, unit, at_risk)["plan"]
    times, rates, volumes = [], [], [0]
    for step in plan.steps:
        times += [step.start, step.end]
        rates += [step.rate, step.rate]
        volumes.append(step.volume)
    ends = [0] + [step.end for step in plan.steps]
    last = HOURS.index(_top(HOURS, plan.hours))
    end = HOURS[last]
    full, speed = _top(VOLUMES, 1.15 * plan.volume), _top(RATES, 1.15 * plan.steps[-1].rate)
    late = plan.hours > 0.6 * end
    side, right = ("right", -8) if late else ("left", 8)
    hover = "%{x:.2f} h: %{y:.0f} "
    data = [
        curve(times, rates, "igg", "rate", ghost=True, hover=hover + "mL/h"),
        curve(ends, volumes, "text", "volume in", dash="dot", ghost=True, hover=hover + "mL", yaxis="y2"),
        points([plan.hours], [plan.volume], "text", "end", hover=hover + "mL", yaxis="y2", cliponaxis=False),
    ]
    labels = [
        label(plan.hours, plan.steps[-1].rate, f"{_whole(plan.steps[-1].rate)} mL/h", "igg",
              anchor="right" if late else "left", shift=(0 if late else 8, 13 if late else 0)),
        label(plan.hours, plan.volume, f"{_whole(plan.volume)} mL in {_tenth(plan.hours)} h", "text",
              anchor=side, shift=(right, 4), yref="y2"),
    ]
    return {"data": data, "layout": layout(
        axis("Hours since the start", 0, end, anchor="y2", dtick=(0.5, 1, 2, 4)[last]),
        axis("Rate (mL/h)", 0, speed, domain=[0.46, 1], nticks=5),
        yaxis2=axis("Volume (mL)", 0, full, domain=[0, 0.36], nticks=4), labels=labels)}


def describe(dose, weight, height, sex, rule, schedule, unit, at_risk):
    """Grams ordered, what rounding changed, millilitres, hours and vials; and what was refused."""
    made = order(dose, weight, height, sex, rule, schedule, unit, at_risk)
    counted, grams, plan = made["weight"], made["grams"], made["plan"]
    change = 100 * (grams / made["exact"] - 1)
    words = (f"{dose:.0f} mg/kg for {_number(counted)} kg{_which(made['weighed'])} is "
             f"{_number(made['exact'])} g, ordered as {_number(grams)} g")
    if abs(change) >= 0.5:
        words += f" ({_whole(abs(change))} % {'more' if change > 0 else 'less'})"
    words += (f": {_whole(plan.volume)} mL of {STRENGTHS[schedule]} product in {_tenth(plan.hours)} hours, "
              f"from {vials_in_words(made['vials'])}.")
    if made["refused"]:
        words += " " + made["refused"]
    if made["unit"] != float(unit):
        words += (f" Rounding to {unit} g would leave nothing of this dose, so it was rounded to "
                  f"{made['unit']:g} g.")
    elif abs(change) >= NOTABLE and made["unit"] > UNITS[0]:
        words += " Round to a smaller unit to come closer."
    if abs(change) >= NOTABLE and made["unit"] == UNITS[0]:
        words += " No vial is smaller."
    return words


def table(dose, weight, height, sex, rule, schedule, unit, at_risk):
    """The steps of the infusion, one row each."""
    made = order(dose, weight, height, sex, rule, schedule, unit, at_risk)
    rows = [[f"{n + 1}", clock(step.start), clock(step.end), f"{step.rate_per_kg:g}", _whole(step.rate),
             _whole(step.volume)] for n, step in enumerate(made["plan"].steps)]
    weights = f"BMI {_tenth(body_mass_index(height, weight))}"
    if height >= LEAST_HEIGHT:
        weights += f", ideal weight {_tenth(ideal_weight(height, sex))} kg"
    return {"caption": f"Steps of the infusion. Vials: {vials_in_words(made['vials'])}. {weights}.",
            "columns": ["Step", "From (h:min)", "To (h:min)", "mL/kg/h", "mL/h", "Volume in (mL)"],
            "rows": rows}


def order(dose, weight, height, sex, rule, schedule, unit, at_risk):
    """What is given: weight to dose by, grams, vials, plan, and why a choice of the reader was refused."""
    key = (dose, weight, height, sex, rule, schedule, unit, at_risk)
    if key in _memo:
        return _memo[key]
    weighed, counted, refused = _weighed(weight, height, sex, rule)
    exact = dose * counted / 1000
    for size in [float(unit)] + [size for size in reversed(UNITS) if size < float(unit)]:
        if exact >= size / 2:
            break
    grams, vials = round_vials(exact, size)
    plan = infusion_plan(grams, counted, schedule, SLOW_SPEED if at_risk else None)
    made = {"weight": counted, "weighed": weighed, "refused": refused, "exact": exact, "unit": size,
            "grams": grams, "vials": vials, "plan": plan}
    _memo.clear()
    _memo[key] = made
    return made


def vials_in_words(vials):
    """Such as "2 vials (30 g and 5 g)"."""
    number = sum([count for size, count in vials])
    parts = [f"{size:g} g" if count == 1 else f"{count} of {size:g} g" for size, count in vials]
    words = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return f"{number} vial{'s' if number > 1 else ''} ({words})"


def clock(hours):
    """Hours as h:min."""
    minutes = int(60 * hours + 0.5)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _weighed(weight, height, sex, rule):
    """The rule that was used, the weight it gives, and why another rule was refused."""
    if rule == "default":
        heavy = body_mass_index(height, weight) >= OBESE
        short = height < LEAST_HEIGHT
        counted = dosing_weight(height, weight, sex, rule)
        used = "adjusted" if heavy and not short else "actual"
        return used, counted, _too_short(height) if heavy and short else ""
    if rule == "actual":
        return rule, weight, ""
    if height < LEAST_HEIGHT:
        return "actual", weight, _too_short(height)
    counted = dosing_weight(height, weight, sex, rule)
    if counted == weight:
        return "actual", weight, f"The {rule} weight is not below the actual weight, which was used."
    return rule, counted, ""


def _too_short(height):
    return (f"There is no ideal weight for a height of {height:.0f} cm (it starts at {LEAST_HEIGHT:.0f} cm), "
            "so the actual weight was used.")


def _which(weighed):
    return "" if weighed == "actual" else f" of {weighed} weight"


def _number(value):
    """One decimal, and none where it would be 0."""
    text = _tenth(value)
    return text[:-2] if text.endswith(".0") else text


def _tenth(value):
    return f"{value * EDGE:.1f}"


def _whole(value):
    return f"{value * EDGE:.0f}"


def _top(tops, value):
    return [top for top in tops if top >= value or top == tops[-1]][0]
