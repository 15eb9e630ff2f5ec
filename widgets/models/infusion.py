"""From a dose to an infusion: the weight to dose by, vials, millilitres and the walk up the rate steps.

    volume = 100 grams / strength                   volume in mL, strength in g/100 mL
    rate = 60 speed / (10 strength)                 rate in mL/kg/h, speed in mg/kg/min
    time = sum of the steps that are used up + what is left / last rate
    ideal = 50 (men) or 45.5 (women) + 2.3 (height in inches - 60)        kg
    adjusted = ideal + 0.4 (actual - ideal)                               kg

The dose is rounded to the nearest unit that is kept in stock and filled with the fewest vials. Left out:
pauses, a step that is repeated because the patient does not tolerate the next one, priming of the line, and
the patient's own limits of volume and rate.
"""

from collections import namedtuple
from math import floor, isfinite

# Rate steps of a product: (mL/kg/h, minutes); the last lasts until the volume is in.
Schedule = namedtuple("Schedule", ("strength", "steps"))

Step = namedtuple("Step", ("start", "end", "rate_per_kg", "rate", "volume"))
Plan = namedtuple("Plan", ("volume", "hours", "steps"))

CAUTIOUS = ((0.5, 30), (1, 30), (2, 30), (3, 30), (4, None))  # mL/kg/h, minutes; chosen for teaching
FAST_START = 0.5  # mL/kg/h for 30 min; from a publication, manufacturer's page of Gammagard Liquid
FAST_CEILING = 5.0  # mL/kg/h; from a publication, manufacturer's page of Gammagard Liquid
FAST = ((FAST_START, 30), (1, 30), (2, 30), (3, 30), (4, 30),
        (FAST_CEILING, None))  # mL/kg/h, minutes; the steps between are chosen for teaching
SLOWER_5 = ((0.6, 30), (1.2, 30), (2.4, 30), (4.0, None))  # mL/kg/h, minutes; second-hand, a drug monograph

SCHEDULES = {"cautious_10": Schedule(10.0, CAUTIOUS), "fast_10": Schedule(10.0, FAST),
             "standard_5": Schedule(5.0, SLOWER_5)}

SLOW_SPEED = 2.0  # mg/kg/min, ceiling for patients at risk; second-hand, one label monograph

VIALS = (1.0, 2.5, 5.0, 10.0, 20.0, 30.0)  # g; from a publication, manufacturers' product sheets

MALE_IDEAL = 50.0  # kg at 60 inches; from a publication, a national blood authority's calculator page
FEMALE_IDEAL = 45.5  # kg at 60 inches; from a publication, a national blood authority's calculator page
IDEAL_PER_INCH = 2.3  # kg; from a publication, a national blood authority's calculator page
EXCESS_SHARE = 0.4  # of the weight above ideal that counts; from a publication, the same page
LEAST_HEIGHT = 152.0  # cm, below which no ideal weight is used; from a publication, lifeblood2026abw
OBESE = 30.0  # kg/m2, from which adjusted weight is the default; chosen for teaching
INCH = 2.54  # cm

SEXES = ("female", "male")
RULES = ("default", "actual", "adjusted", "ideal")


def volume(grams, strength):
    """Millilitres that hold a dose.

    Parameters
    ----------
    grams : float
        Immunoglobulin, g, >= 0.
    strength : float
        Strength of the product, g/100 mL, > 0 and <= 100.

    Returns
    -------
    float
        mL.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.
    """
    if not (grams >= 0 and isfinite(grams)):
        raise ValueError(f"grams must be >= 0 g, got {grams}")
    return 100 * grams / _strength(strength)


def rate(speed, strength):
    """A speed in mg/kg/min as mL/kg/h.

    Parameters
    ----------
    speed : float
        mg of immunoglobulin per kg of body weight and minute, >= 0.
    strength : float
        g/100 mL, > 0 and <= 100.

    Returns
    -------
    float
        mL/kg/h.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.
    """
    if not (speed >= 0 and isfinite(speed)):
        raise ValueError(f"speed must be >= 0 mg/kg/min, got {speed}")
    return 60 * speed / (10 * _strength(strength))


def infusion_plan(grams, weight, schedule, ceiling=None):
    """Walk the rate steps of a schedule until the volume is in.

    Parameters
    ----------
    grams : float
        Immunoglobulin, g, > 0.
    weight : float
        Weight that the rates are counted by, kg, > 0.
    schedule : str
        One of `SCHEDULES`; it brings its own strength.
    ceiling : float, optional
        Highest speed, mg/kg/min, > 0: steps above it run at it.

    Returns
    -------
    Plan
        Volume in mL, hours, and the steps: start and end in hours, mL/kg/h, mL/h, and mL in by the end.
        Neighbouring steps of one rate are one step.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.
    """
    if schedule not in SCHEDULES:
        raise ValueError(f"no schedule {schedule!r}; the schedules are: " + ", ".join(sorted(SCHEDULES)))
    if not grams > 0:
        raise ValueError(f"grams must be > 0 g, got {grams}")
    if not (weight > 0 and isfinite(weight)):
        raise ValueError(f"weight must be > 0 kg, got {weight}")
    strength, stages = SCHEDULES[schedule]
    if ceiling is not None:
        if not ceiling > 0:
            raise ValueError(f"ceiling must be > 0 mg/kg/min, got {ceiling}")
        stages = _capped(stages, rate(ceiling, strength))
    whole, now, given, steps = volume(grams, strength), 0.0, 0.0, []
    for per_kg, minutes in stages:
        speed = per_kg * weight
        left = (whole - given) / speed  # hours that the rest would take at this rate
        last = minutes is None or left <= minutes / 60
        end = now + (left if last else minutes / 60)
        given = whole if last else given + speed * minutes / 60
        steps.append(Step(now, end, per_kg, speed, given))
        now = end
        if last:
            break
    return Plan(whole, now, steps)


def ideal_weight(height, sex):
    """Ideal body weight by height, kg.

    Parameters
    ----------
    height : float
        cm, 152 to 250: no ideal weight is used below (children, very short adults).
    sex : str
        "female" or "male".

    Returns
    -------
    float
        kg.

    Raises
    ------
    ValueError
        If an argument is outside the range given above; the message says what to use instead.

    References
    ----------
    lifeblood2026abw
    """
    if sex not in SEXES:
        raise ValueError(f"sex must be one of {SEXES}, got {sex!r}")
    if not (height >= LEAST_HEIGHT and height <= 250):
        raise ValueError(f"ideal weight needs a height of {LEAST_HEIGHT:.0f} to 250 cm, got {height}: "
                         "dose by actual weight")
    least = MALE_IDEAL if sex == "male" else FEMALE_IDEAL
    return least + IDEAL_PER_INCH * (height / INCH - 60)


def adjusted_weight(height, weight, sex):
    """Ideal weight and 0.4 of what the patient weighs above it, kg; arguments as in `dosing_weight`."""
    ideal = ideal_weight(height, sex)
    if not (weight > 0 and isfinite(weight)):
        raise ValueError(f"weight must be > 0 kg, got {weight}")
    return ideal + EXCESS_SHARE * (weight - ideal)


def body_mass_index(height, weight):
    """kg/m2, for a height in cm > 0 and a weight in kg > 0."""
    if not (height > 0 and isfinite(height)):
        raise ValueError(f"height must be > 0 cm, got {height}")
    if not (weight > 0 and isfinite(weight)):
        raise ValueError(f"weight must be > 0 kg, got {weight}")
    return weight / (height / 100) ** 2


def dosing_weight(height, weight, sex, rule="default"):
    """The weight that a dose per kg is multiplied by: never more than the actual weight.

    Parameters
    ----------
    height : float
        cm, > 0; for the rules "adjusted" and "ideal" 152 to 250.
    weight : float
        Actual weight, kg, > 0.
    sex : str
        "female" or "male".
    rule : str
        "actual", "adjusted", "ideal", or "default": adjusted from a body mass index of 30 where
        the height allows an ideal weight, else actual.

    Returns
    -------
    float
        kg.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    References
    ----------
    lifeblood2026abw
    """
    if rule not in RULES:
        raise ValueError(f"rule must be one of {RULES}, got {rule!r}")
    if sex not in SEXES:
        raise ValueError(f"sex must be one of {SEXES}, got {sex!r}")
    index = body_mass_index(height, weight)
    if rule == "default":
        rule = "adjusted" if index >= OBESE and LEAST_HEIGHT <= height <= 250 else "actual"
    if rule == "actual":
        return weight
    if rule == "ideal":
        return min(weight, ideal_weight(height, sex))
    return min(weight, adjusted_weight(height, weight, sex))


def rounded(grams, unit):
    """The dose rounded to the nearest whole number of units; halves go up.

    Parameters
    ----------
    grams : float
        g, > 0.
    unit : float
        g, > 0.

    Returns
    -------
    float
        g, at least one unit.

    Raises
    ------
    ValueError
        If an argument is outside its range, or the dose is under half a unit.
    """
    if not (grams > 0 and isfinite(grams)):
        raise ValueError(f"grams must be > 0 g, got {grams}")
    if not (unit > 0 and isfinite(unit)):
        raise ValueError(f"unit must be > 0 g, got {unit}")
    units = floor(grams / unit + 0.5 + 1e-9)
    if units < 1:
        raise ValueError(f"{grams:g} g rounds to nothing in units of {unit:g} g: choose a smaller unit")
    return unit * units


def fewest_vials(grams, sizes=VIALS):
    """The fewest vials that hold exactly this amount; of equal counts, the one with the largest vials.

    Parameters
    ----------
    grams : float
        g, > 0, a multiple of 0.5.
    sizes : sequence of float
        Contents of the vials, g, multiples of 0.5, rising.

    Returns
    -------
    list of (float, int)
        Size and number, largest first.

    Raises
    ------
    ValueError
        If the amount is outside its range or no vials add up to it.
    """
    if not (grams > 0 and isfinite(grams)):
        raise ValueError(f"grams must be > 0 g, got {grams}")
    halves = [int(2 * size) for size in sizes]
    whole, largest = int(2 * grams), halves[-1]
    many = max(0, whole // largest - 2)  # surely of the largest size; the rest is searched
    rest = whole - many * largest
    count, last = [0], [0]  # of vials for each amount up to the rest, and the last one taken
    for amount in range(1, rest + 1):
        best, taken = None, None
        for size in halves:
            if size <= amount and count[amount - size] is not None:
                if best is None or count[amount - size] + 1 <= best:
                    best, taken = count[amount - size] + 1, size
        count.append(best)
        last.append(taken)
    if whole != 2 * grams or count[rest] is None:
        raise ValueError(f"no vials of {sizes} g add up to {grams} g")
    picked = [largest] * many
    while rest:
        picked.append(last[rest])
        rest -= last[rest]
    return [(size / 2, picked.count(size)) for size in reversed(halves) if size in picked]


def round_vials(grams, unit, sizes=VIALS):
    """A dose in stock units and the vials for it: (g, [(size in g, number), ...])."""
    ordered = rounded(grams, unit)
    return ordered, fewest_vials(ordered, sizes)


def _strength(strength):
    if not (strength > 0 and strength <= 100):
        raise ValueError(f"strength must be > 0 and <= 100 g/100 mL, got {strength}")
    return strength


def _capped(stages, highest):
    """The steps with none above the highest rate; the first that reaches it lasts to the end."""
    slower = []
    for per_kg, minutes in stages:
        if per_kg >= highest:
            return slower + [(highest, None)]
        slower.append((per_kg, minutes))
    return slower
