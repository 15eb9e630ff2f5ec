"""Platelets in immune thrombocytopenia (ITP) when infused IgG slows their removal.

    dP/dt = pi - [ k_s + k_I (q + (1 - q) phi) ] P        k_s = 1 / L,  k_I = pi / P0 - k_s

    phi   = ( C0 / (C0 + dC (1 - d + alpha d)) )^n        dC = C - C0, never below 0

    P       platelet count, 10⁹/L                         P0  untreated count: a steady state
    pi      platelet production, 10⁹/L/day                L   life span of a platelet left in peace, days
    k_s     removal by age, 1/day                         k_I removal by the immune system, 1/day
    q       share of immune removal that needs no Fcγ receptor, dimensionless
    C, C0   IgG now, from the model of IgG level (saturable law), and untreated, g/L
    phi     uptake through Fcγ receptors, 1 = untreated   n   bonds that hold an opsonised platelet
    d, alpha  dimers in infused IgG and how much more strongly they bind: see fc_receptors

phi is the uptake formula of the receptor model where nearly all receptors are occupied. The exponent n
was fitted to trials of IVIG in ITP: that the curve passes near them is no evidence for the mechanism.

What it leaves out: any fall of the autoantibody, a rise of production with treatment, removal of
desialylated platelets in the liver, killing by T cells, bleeding, and differences between patients.
"""

from collections import namedtuple
from math import ceil, isfinite

from widgets.models.fc_receptors import BONDS, DIMER_AFFINITY, DIMER_FRACTION, competing_igg
from widgets.models.igg_level import simulate_igg
from widgets.models.integrate import cubic_crossing, integrate

PRODUCTION = 35.0  # 10⁹/L/day, pi; second-hand, record not seen; 41 was measured by hansonslichter
LIFESPAN = 9.5  # days, L; second-hand, record not seen; 9.6 was measured by hansonslichter
UNTREATED_COUNT = 12.0  # 10⁹/L, P0; chosen for teaching, trials enter patients at 20 or less
BASELINE = 10.0  # g/L, C0; chosen for teaching, an adult's ordinary IgG
INDEPENDENT = 0.0  # q; chosen for teaching, every platelet is removed through Fcγ receptors
INFUSION_HOURS = 6.0  # hours; chosen for teaching

REGIMENS = {  # (day, mg/kg) of each infusion
    "0.4 g/kg a day for 5 days": tuple([(day, 400.0) for day in range(5)]),
    "1 g/kg once": ((0, 1000.0),),
    "1 g/kg on 2 days": ((0, 1000.0), (1, 1000.0)),
}

LONGEST_REACH = 1.2  # a step of the solver is at most this over the rate of removal; the tests halve it

Course = namedtuple("Course", ("times", "platelets", "slopes", "igg"))


def immune_removal(untreated=UNTREATED_COUNT, production=PRODUCTION, lifespan=LIFESPAN):
    """Rate at which the immune system removes platelets without treatment, 1/day.

    k_I = pi / P0 - 1 / L

    Parameters
    ----------
    untreated : float
        Untreated count P0, 10⁹/L, > 0 and at most production x lifespan.
    production : float
        10⁹/L/day, > 0. Many patients do not raise theirs to match the low count (ballem1987).
    lifespan : float
        Days, > 0.

    Returns
    -------
    float
        1/day, >= 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not 0 < production < float("inf"):
        raise ValueError(f"production must be > 0 x10⁹/L/day, got {production}")
    if not 0 < lifespan < float("inf"):
        raise ValueError(f"lifespan must be > 0 days, got {lifespan}")
    if not 0 < untreated <= production * lifespan:
        raise ValueError(f"untreated count must be > 0 and at most {production * lifespan:g} x10⁹/L, "
                         f"got {untreated}")
    return max(0.0, production / untreated - 1 / lifespan)


def uptake(igg, baseline=BASELINE, bonds=BONDS, dimer_fraction=DIMER_FRACTION,
           dimer_affinity=DIMER_AFFINITY):
    """Uptake of opsonised platelets through Fcγ receptors, relative to that without treatment.

    phi = (C0 / C_eff)^n

    Parameters
    ----------
    igg : float
        Serum IgG, g/L, >= 0; below the baseline uptake counts as untreated.
    baseline, dimer_fraction, dimer_affinity : float
        As in `fc_receptors.competing_igg`, which gives C_eff.
    bonds : float
        n, bonds that hold one platelet, dimensionless, > 0.

    Returns
    -------
    float
        phi, dimensionless, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not 0 < bonds < float("inf"):
        raise ValueError(f"bonds must be > 0, got {bonds}")
    competing = competing_igg(igg, baseline, dimer_fraction, dimer_affinity)
    return (baseline / max(baseline, competing)) ** bonds


def simulate_platelets(infusions, untreated=UNTREATED_COUNT, production=PRODUCTION, independent=INDEPENDENT,
                       baseline=BASELINE, lifespan=LIFESPAN, bonds=BONDS, dimer_fraction=DIMER_FRACTION,
                       dimer_affinity=DIMER_AFFINITY, infusion_hours=INFUSION_HOURS, days=35):
    """Platelet count over time from the untreated steady state.

    Parameters
    ----------
    infusions : sequence of (float, float)
        Start, days, and amount, mg/kg, as in `igg_level.simulate_igg`.
    untreated, production, lifespan : float
        As in `immune_removal`.
    independent : float
        q, share of immune removal that needs no Fcγ receptor, 0 to 1.
    baseline, bonds, dimer_fraction, dimer_affinity : float
        As in `uptake`.
    infusion_hours : float
        Length of each infusion, hours, > 0.
    days : float
        End of the simulation, days, > 0.

    Returns
    -------
    Course
        `times` in days, `platelets` in 10⁹/L, their `slopes` in 10⁹/L/day, and `igg` in g/L.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    IgG does not depend on the platelets, so its course comes first. It says how fast platelets are removed
    and so how long a step of the solver may be; within a step IgG is the cubic through its course.

    References
    ----------
    kim2007 (IgG); ballem1987 (production)
    """
    if not 0 <= independent <= 1:
        raise ValueError(f"independent must be 0 to 1, got {independent}")
    immune = immune_removal(untreated, production, lifespan)
    uptake(baseline, baseline, bonds, dimer_fraction, dimer_affinity)  # refuses what is out of range
    course = simulate_igg(list(infusions), baseline, infusion_hours=infusion_hours, days=days)
    fixed, blockable = 1 / lifespan + immune * independent, immune * (1 - independent)
    strength = (1 - dimer_fraction + dimer_affinity * dimer_fraction) / baseline

    def removal(igg):
        return fixed + blockable * (1 + strength * max(0.0, igg - baseline)) ** -bonds

    found = Course([0.0], [float(untreated)], [0.0], [course.igg[0]])
    for n in range(1, len(course.times)):
        _step(found, course, n, production, removal)
    return found


def _step(found, course, n, production, removal):
    """Append one step of the course of IgG, cut so that removal stays well inside the solver's reach."""
    start, end = course.times[n - 1], course.times[n]
    length = end - start
    a, b = course.igg[n - 1], course.igg[n]
    pace_a, pace_b = length * igg_slope(course, n, n - 1), length * igg_slope(course, n, n)
    # IgG = a + u (c1 + u (c2 + u c3)), u = fraction of the step
    c1, c2, c3 = pace_a, 3 * (b - a) - 2 * pace_a - pace_b, 2 * (a - b) + pace_a + pace_b

    def rates(u, p):
        return 1.0, length * (production - removal(a + u * (c1 + u * (c2 + u * c3))) * p)

    cuts = max(1, ceil(length * max(removal(a), removal(b)) / LONGEST_REACH))
    path = integrate(rates, (0.0, found.platelets[-1]), [cut / cuts for cut in range(cuts + 1)])
    for u, p in path[1:]:
        igg = a + u * (c1 + u * (c2 + u * c3))
        found.times.append(end if u == 1 else start + u * length)
        found.platelets.append(p)
        found.slopes.append(production - removal(igg) * p)
        found.igg.append(igg)


def igg_slope(course, n, at):
    """Slope of IgG, g/L/day, at the time numbered `at`, during the step that ends at time n."""
    k, igg, peripheral = course.kinetics, course.igg[at], course.peripheral[at]
    clearance = k.upper_clearance - k.recycling_capacity / (k.half_saturation + igg)
    supply = course.production + course.infusion[n]
    return (supply - clearance * igg - k.exchange * (igg - peripheral)) / k.central_volume


def peak(course):
    """Day and height, 10⁹/L, of the highest count: on the cubics with the slopes at their ends."""
    top = max(range(len(course.times)), key=lambda n: course.platelets[n])
    first = top if course.slopes[top] > 0 else top - 1
    inside = 0 <= first < len(course.times) - 1
    if not (inside and course.slopes[first] > 0 >= course.slopes[first + 1]):
        return course.times[top], course.platelets[top]
    length = course.times[first + 1] - course.times[first]
    rise, fall = length * course.slopes[first], length * course.slopes[first + 1]
    u = rise / (rise - fall)
    v = 1 - u
    before, after = course.platelets[first], course.platelets[first + 1]
    height = v * v * ((1 + 2 * u) * before + u * rise) + u * u * ((1 + 2 * v) * after - v * fall)
    return course.times[first] + u * length, max(height, course.platelets[top])


def time_to_reach(course, count):
    """Day on which the count first is at or above `count`, 10⁹/L; None if it never is."""
    _refuse_count(count)
    if course.platelets[0] >= count:
        return 0.0
    for n in range(1, len(course.times)):
        if course.platelets[n] >= count:
            return _crossing(course, n, count)
    return None


def days_at_or_above(course, count):
    """Days during which the count is at or above `count`, 10⁹/L, until the end of the course."""
    _refuse_count(count)
    total = 0.0
    for n in range(1, len(course.times)):
        before, after = course.platelets[n - 1] >= count, course.platelets[n] >= count
        if before and after:
            total += course.times[n] - course.times[n - 1]
        elif before or after:
            at = _crossing(course, n, count)
            total += at - course.times[n - 1] if before else course.times[n] - at
    return total


def _crossing(course, n, count):
    """Day on which the step that ends at time n passes `count`."""
    start, length = course.times[n - 1], course.times[n] - course.times[n - 1]
    share = cubic_crossing(course.platelets[n - 1], course.platelets[n], length * course.slopes[n - 1],
                           length * course.slopes[n], count)
    return start + share * length


def _refuse_count(count):
    if not (count >= 0 and isfinite(count)):
        raise ValueError(f"count must be >= 0 x10⁹/L, got {count}")
