"""Serum IgG after infusions of immunoglobulin: two compartments and two laws of clearance.

    V1 dC/dt  = R + P - CL(C) C - Q (C - Cp)        V2 dCp/dt = Q (C - Cp)

    C, Cp  IgG in plasma and in the periphery, g/L
    R      infusion, mg/kg/day                      P   the patient's own production, mg/kg/day
    V1, V2 volumes, mL/kg                           Q   exchange between them, mL/kg/day

The saturable law: FcRn rescues IgG from breakdown, but its capacity is limited,

    CL(C) = CL_up - J_max / (K_m + C)               P = CL(C0) C0

so that clearance rises, and the half-life falls, as IgG rises; C0 is the untreated IgG. CL and Q per
kg scale with (weight / 70 kg)^(a - 1). The linear law, that of population models: CL is constant and
acts on infused IgG only, above a constant baseline C0 (4 g/L by convention, vanderzeeuw2026). This is
the same pair of equations with J_max = 0, since then P = CL C0 holds the baseline. Its four parameters
are per patient, not per kg.

What both leave out: a change of production with treatment, subclasses, illness that raises
catabolism, and dilution by the infused volume.
"""

from math import ceil, isfinite, log, sqrt

from widgets.models.integrate import cubic_crossing, graded_times, settled
from widgets.models.two_compartments import Kinetics, after, follow, rates

LAWS = ("saturable", "linear")

UPPER_CLEARANCE = 7.56  # mL/kg/day without FcRn; derived, 0.18 /day x 42 mL/kg of kim2007
RECYCLING_CAPACITY = 147.0  # mg/kg/day, J_max; second-hand, kim2007
HALF_SATURATION = 21.0  # g/L, K_m; second-hand, kim2007
CENTRAL_VOLUME = 46.0  # mL/kg; chosen for teaching, inside the range of population models
PERIPHERAL_VOLUME = 50.0  # mL/kg; chosen for teaching, inside the range of population models
EXCHANGE = 15.0  # mL/kg/day; chosen for teaching, upper end of population models
WEIGHT_EXPONENT = 0.80  # of clearance per patient; second-hand, 0.58 to 0.88 in vanderzeeuw2026
REFERENCE_WEIGHT = 70.0  # kg

# The linear law per patient, without a term for weight: landersdorfer2013, second-hand from
# vanderzeeuw2026, Table 4.
LINEAR_CLEARANCE = 142.0  # mL/day
LINEAR_CENTRAL_VOLUME = 3940.0  # mL
LINEAR_EXCHANGE = 252.0  # mL/day
LINEAR_PERIPHERAL_VOLUME = 4180.0  # mL

INFUSION_HOURS = 4.0  # chosen for teaching

RATE_AT_5 = 0.113  # pneumonias per patient-year at a trough of 5 g/L; from a publication, orange2010
RATE_RATIO = 0.726  # per g/L of trough, 95 % interval 0.658 to 0.801; from a publication, orange2010

# Lengths of the solver's steps after an infusion, days at 70 kg; the tests halve them.
FIRST_STEP, LONGEST_STEP, STEP_GROWTH = 0.25, 1.2, 1.3
STEP_AMOUNT = 500.0  # mg/kg: one infusion takes one step of the solver for each started 500 mg/kg


def kinetics(law="saturable", weight=REFERENCE_WEIGHT):
    """The parameters of one law per kg of body weight.

    Parameters
    ----------
    law : str
        "saturable" or "linear".
    weight : float
        Body weight, kg, > 0.

    Returns
    -------
    Kinetics
        Clearance and exchange in mL/kg/day, volumes in mL/kg, capacity in mg/kg/day, half
        saturation in g/L.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    References
    ----------
    kim2007; landersdorfer2013 and vanderzeeuw2026, Table 4
    """
    if not weight > 0:
        raise ValueError(f"weight must be > 0 kg, got {weight}")
    if law == "saturable":
        scale = (weight / REFERENCE_WEIGHT) ** (WEIGHT_EXPONENT - 1)
        return Kinetics(scale * UPPER_CLEARANCE, scale * RECYCLING_CAPACITY, HALF_SATURATION,
                        CENTRAL_VOLUME, PERIPHERAL_VOLUME, scale * EXCHANGE)
    if law == "linear":
        return Kinetics(LINEAR_CLEARANCE / weight, 0.0, HALF_SATURATION,
                        LINEAR_CENTRAL_VOLUME / weight, LINEAR_PERIPHERAL_VOLUME / weight,
                        LINEAR_EXCHANGE / weight)
    raise ValueError(f"law must be one of {LAWS}, got {law!r}")


def clearance(igg, weight=REFERENCE_WEIGHT, law="saturable"):
    """Clearance of IgG from plasma at one concentration, mL/kg/day.

    CL = CL_up - J_max / (K_m + C)

    Parameters
    ----------
    igg : float
        Plasma IgG, g/L, >= 0.
    weight, law
        As in `kinetics`.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    kim2007; landersdorfer2013
    """
    if not igg >= 0:
        raise ValueError(f"igg must be >= 0 g/L, got {igg}")
    k = kinetics(law, weight)
    return k.upper_clearance - k.recycling_capacity / (k.half_saturation + igg)


def half_life(igg, weight=REFERENCE_WEIGHT, law="saturable"):
    """Half-life in days of a trace of labelled IgG while plasma IgG is held at one level.

    t = ln 2 / lambda,  lambda = (s - sqrt(s^2 - 4 k10 k21)) / 2,  s = k10 + k12 + k21

    with k10 = CL / V1, k12 = Q / V1, k21 = Q / V2. Parameters, errors and references as in `clearance`.

    Notes
    -----
    After an infusion the level falls and the half-life lengthens: no single number describes the
    whole fall. Half-lives below 2 g/L under the saturable law have not been measured well.
    """
    k = kinetics(law, weight)
    k10 = clearance(igg, weight, law) / k.central_volume
    k12 = k.exchange / k.central_volume
    k21 = k.exchange / k.peripheral_volume
    total = k10 + k12 + k21
    return 2 * log(2) / (total - sqrt(total * total - 4 * k10 * k21))


def recycling_ratio(igg):
    """IgG rescued by FcRn for each IgG broken down, dimensionless: saturable law, as in `clearance`.

    (J_max / (K_m + C)) / CL(C); kim2007 gives 1.42.
    """
    lost = clearance(igg)
    return (UPPER_CLEARANCE - lost) / lost


def production(baseline, weight=REFERENCE_WEIGHT, law="saturable"):
    """The patient's own production of IgG, mg/kg/day, which holds the untreated level.

    P = CL(C0) C0, not changed by treatment. `baseline` is C0 in g/L, >= 0; the rest as in `clearance`.
    """
    return clearance(baseline, weight, law) * baseline


def pneumonia_rate(trough):
    """Pneumonias per patient-year in primary antibody deficiency, by steady trough.

    0.113 x 0.726^(trough - 5)

    Parameters
    ----------
    trough : float
        Trough IgG, g/L, 5 to 10: the range of the studies. Never extrapolated.

    Raises
    ------
    ValueError
        If the trough is outside that range.

    References
    ----------
    orange2010, abstract
    """
    if not 5 <= trough <= 10:
        raise ValueError(f"trough must be 5 to 10 g/L, got {trough}")
    return RATE_AT_5 * RATE_RATIO ** (trough - 5)


def regimen(dose, interval, count, divided=False, days=168):
    """The infusions of a course as (day, mg/kg), those before the end of `days` only.

    Parameters
    ----------
    dose : float
        Dose, mg/kg, >= 0.
    interval : float
        Days from one dose to the next, >= 5 if divided, else > 0.
    count : int
        Number of doses, >= 0.
    divided : bool
        Each dose is given as five equal parts on consecutive days.
    days : float
        An infusion that would start on or after this day is not given.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not dose >= 0:
        raise ValueError(f"dose must be >= 0 mg/kg, got {dose}")
    if not (interval >= 5 if divided else interval > 0):
        raise ValueError(f"interval must be > 0 days, >= 5 for a divided dose, got {interval}")
    if not count >= 0:
        raise ValueError(f"count must be >= 0, got {count}")
    starts = [n * interval for n in range(count) if n * interval < days]
    if not divided:
        return [(start, dose) for start in starts]
    return [(start + day, dose / 5) for start in starts for day in range(5) if start + day < days]


def simulate_igg(doses, baseline, weight=REFERENCE_WEIGHT, law="saturable",
                 infusion_hours=INFUSION_HOURS, days=168):
    """IgG over time from the untreated steady state.

    Parameters
    ----------
    doses : list of (float, float)
        Start, days, and amount, mg/kg, of each infusion, in order of time; the next starts when or
        after the one before has ended, and all end within `days`.
    baseline : float
        Untreated IgG, g/L, >= 0.
    weight, law
        As in `kinetics`.
    infusion_hours : float
        Length of each infusion, hours, > 0.
    days : float
        End of the simulation, days, > 0.

    Returns
    -------
    Course
        `times` in days, `igg` and `peripheral` in g/L; `infusion`, the rate in mg/kg/day during the
        step that ends at each time; `kinetics` and `production`.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    kim2007; landersdorfer2013
    """
    if not days > 0:
        raise ValueError(f"days must be > 0, got {days}")
    k, supply = kinetics(law, weight), production(baseline, weight, law)
    return follow(_segments(doses, infusion_hours, days, weight), (baseline, baseline), k, supply)


def steady_state(dose, interval, baseline, weight=REFERENCE_WEIGHT, law="saturable",
                 infusion_hours=INFUSION_HOURS, near=None, small=1e-3):
    """IgG just before a dose when every interval looks the same: the steady trough.

    Parameters
    ----------
    dose, interval, baseline, weight, law, infusion_hours
        As in `regimen` and `simulate_igg`.
    near : tuple, optional
        The answer for a similar dose, or one with its states changed to a better guess: saves work.
    small : float
        Accuracy of the search, g/L: what remains is far smaller.

    Returns
    -------
    tuple
        (plasma, peripheral) IgG in g/L, and a slope that helps the next search (see `settled`).

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    k, supply = kinetics(law, weight), production(baseline, weight, law)
    segments = _segments([(0.0, dose)], infusion_hours, interval, weight)
    state, slope = near or ((baseline, baseline), None)
    return settled(lambda c, p: after(segments, (c, p), k, supply), state, slope, small)


def steady_cycle(dose, interval, baseline, weight=REFERENCE_WEIGHT, law="saturable",
                 infusion_hours=INFUSION_HOURS):
    """One interval of a regimen, from dose to dose, when every interval looks the same: a Course.

    The last `igg` is the trough. Arguments and errors as in `steady_state`.
    """
    state, slope = steady_state(dose, interval, baseline, weight, law, infusion_hours)
    return follow(_segments([(0.0, dose)], infusion_hours, interval, weight), state,
                   kinetics(law, weight), production(baseline, weight, law))


def exposure(course, start, end, threshold):
    """Area under the level of IgG, and the time it is at or above a threshold.

    Between two times the level is the cubic with the values and slopes at both ends.

    Parameters
    ----------
    course : Course
        As `simulate_igg` returns it.
    start, end : float
        Two of its times, days.
    threshold : float
        g/L, >= 0.

    Returns
    -------
    tuple of float
        Area in g/L x days, and time in days.

    Raises
    ------
    ValueError
        If the threshold is outside its range.
    """
    if not threshold >= 0:
        raise ValueError(f"threshold must be >= 0 g/L, got {threshold}")
    area = above = 0.0
    times, igg, peripheral = course.times, course.igg, course.peripheral
    for n in range(1, len(times)):
        if not start < times[n] <= end:
            continue
        h = times[n] - times[n - 1]
        change = rates(course.kinetics, course.production + course.infusion[n])
        a, b = igg[n - 1], igg[n]
        slope_a = h * change(a, peripheral[n - 1])[0]
        slope_b = h * change(b, peripheral[n])[0]
        area += h * ((a + b) / 2 + (slope_a - slope_b) / 12)
        if (a >= threshold) == (b >= threshold):
            above += h if a >= threshold else 0.0
        else:
            crossing = cubic_crossing(a, b, slope_a, slope_b, threshold)
            above += h * (crossing if a >= threshold else 1 - crossing)
    return area, above


def _segments(doses, infusion_hours, days, weight):
    """Stretches of constant infusion: (mg/kg/day, times of the solver) from start or end to the next.

    A small patient clears and exchanges faster per kg and gets shorter steps.
    """
    if not infusion_hours > 0:
        raise ValueError(f"infusion_hours must be > 0, got {infusion_hours}")
    pace = min(1.0, (weight / REFERENCE_WEIGHT) ** (1 - WEIGHT_EXPONENT))
    grading = (FIRST_STEP * pace, LONGEST_STEP * pace, STEP_GROWTH)
    length, now, segments = infusion_hours / 24, 0.0, []
    for start, amount in doses:
        end = start + length
        if not (start >= now and end <= days):
            raise ValueError(f"infusion must lie between day {now} and {days}, got {start} to {end}")
        if not (amount >= 0 and isfinite(amount)):
            raise ValueError(f"dose must be >= 0 mg/kg, got {amount}")
        if start > now:
            segments.append((0.0, graded_times(now, start, *grading)))
        steps = max(1, ceil(amount / STEP_AMOUNT))
        during = [start + length * n / steps for n in range(steps)] + [end]
        segments.append((amount / length, during))
        now = end
    if days > now:
        segments.append((0.0, graded_times(now, days, *grading)))
    return segments
