"""A pathogenic antibody that shares FcRn with infused IgG: what a course, a blocker or removal does to it.

    V1 dC/dt = R + P - CL(C) C - Q (C - Cp)        V2 dCp/dt = Q (C - Cp)
    V1 dA/dt = PA - CL(C) A - Q (A - Ap)           V2 dAp/dt = Q (A - Ap)
    CL(C) = CL_up - (1 - b) J_max / (K_m + C)      P = CL(C0) C0,  PA = rho CL(C0)
    at a removal session:  C -> (1 - f) C,  A -> (1 - f) A,  f = 1 - exp(-v)

    C, Cp  IgG in plasma and in the periphery, g/L; C0 its untreated level
    A, Ap  the antibody in plasma and in the periphery, as a share of its untreated level
    R      infusion, mg/kg/day                      P, PA  production of IgG and of the antibody
    rho    the antibody's production, 1 unchanged to 0 stopped, from day 0
    b      share of FcRn's capacity that a blocker takes away, 0 to 1
    f, v   share of plasma IgG that one session removes; plasma volumes that it exchanges

Volumes, clearance and exchange are those of the model of the IgG level (saturable law, 70 kg). The
antibody is IgG and is cleared like all IgG: the more IgG competes for FcRn, the faster both are lost.

What this leaves out: anti-idiotypes, feedback on production after removal, binding to the target,
subclasses, the size of IgM, and a replacement fluid that contains IgG. A session takes no time.
"""

from collections import namedtuple
from math import ceil, exp, isfinite, sqrt

from widgets.models.igg_level import INFUSION_HOURS, STEP_AMOUNT, kinetics, production
from widgets.models.integrate import graded_times, integrate

BASELINE_IGG = 11.0  # g/L; chosen for teaching
PLASMA_VOLUMES = 1.0  # exchanged in one session; chosen for teaching
SESSION_INTERVAL = 2.0  # days between removal sessions; chosen for teaching

# Lengths of the solver's steps after an event, days; the tests halve them.
FIRST_STEP, LONGEST_STEP, STEP_GROWTH = 0.3, 1.6, 1.3

Course = namedtuple("Course", ("times", "igg", "igg_peripheral", "antibody", "antibody_peripheral"))


def steady_igg(baseline=BASELINE_IGG, blockade=0.0):
    """IgG in plasma once a blocker has acted for long: production meets the faster clearance.

    CL(C) C = CL(C0) C0, a quadratic in C

    Parameters
    ----------
    baseline : float
        Untreated IgG, g/L, > 0.
    blockade : float
        Share of FcRn's capacity that is blocked, 0 to 1.

    Returns
    -------
    float
        IgG, g/L. The antibody falls by the same factor while its production is unchanged.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Full blockade: C / C0 = CL(C0) / CL_up = 1 / (1 + recycled IgG / broken-down IgG) = 1 / 2.42.

    References
    ----------
    kim2007
    """
    _check(baseline, 1.0, blockade)
    k = kinetics()
    supply = production(baseline)
    b = k.upper_clearance * k.half_saturation - (1 - blockade) * k.recycling_capacity - supply
    root = sqrt(b * b + 4 * k.upper_clearance * supply * k.half_saturation)
    return (root - b) / (2 * k.upper_clearance)


def removed_share(volumes=PLASMA_VOLUMES):
    """Share of an antibody in plasma that one exchange removes while plasma stays well mixed.

    f = 1 - exp(-v)

    Parameters
    ----------
    volumes : float
        Plasma volumes exchanged, dimensionless, >= 0.

    Raises
    ------
    ValueError
        If the argument is negative.

    Notes
    -----
    Arithmetic of dilution, without exchange with the periphery during the session.
    """
    if not volumes >= 0:
        raise ValueError(f"volumes must be >= 0, got {volumes}")
    return 1 - exp(-volumes)


def removal_sessions(count, volumes=PLASMA_VOLUMES, interval=SESSION_INTERVAL):
    """A series of sessions from day 0 as (day, removed share of the plasma pool).

    Parameters
    ----------
    count : int
        Number of sessions, >= 0.
    volumes : float
        Plasma volumes exchanged in each, >= 0.
    interval : float
        Days from one to the next, > 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not count >= 0:
        raise ValueError(f"count must be >= 0, got {count}")
    if not interval > 0:
        raise ValueError(f"interval must be > 0 days, got {interval}")
    share = removed_share(volumes)
    return [(n * interval, share) for n in range(count)]


def simulate_autoantibody(doses=(), baseline=BASELINE_IGG, production_share=1.0, blockade=0.0,
                          blocked_until=None, removals=(), infusion_hours=INFUSION_HOURS, days=168.0):
    """IgG and a pathogenic antibody over time, from the untreated steady state.

    Parameters
    ----------
    doses : list of (float, float)
        Start, days, and amount, mg/kg, of each infusion, in order of time and apart.
    baseline : float
        Untreated IgG, g/L, > 0.
    production_share : float
        The antibody's production from day 0 on, 0 (stopped) to 1 (unchanged).
    blockade : float
        Share of FcRn's capacity that is blocked from day 0 on, 0 to 1.
    blocked_until : float, optional
        End of the blockade, days, >= 0; without it, the blockade lasts.
    removals : list of (float, float)
        Day of each removal session, in order of time, and the share of the plasma pool removed, 0 to 1;
        never during an infusion.
    infusion_hours : float
        Length of each infusion, hours, > 0.
    days : float
        End of the simulation, days, > 0.

    Returns
    -------
    Course
        `times` in days, where the day of a removal stands twice, before and after; IgG in g/L; the
        antibody as a share of its untreated level.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    kim2007; bleeker2000
    """
    _check(baseline, production_share, blockade)
    if not (days > 0 and isfinite(days)):
        raise ValueError(f"days must be > 0, got {days}")
    k = kinetics()
    supply = production(baseline)
    own = complex(supply, production_share * supply / baseline)
    until = days if blocked_until is None else blocked_until
    if not until >= 0:
        raise ValueError(f"blocked_until must be >= 0 days, got {until}")
    # The antibody obeys the same linear law as IgG, with IgG's clearance: one complex number carries
    # both, IgG as its real part and the antibody as its imaginary part.
    state = (complex(baseline, 1), complex(baseline, 1))
    removed = {}
    for day, share in removals:
        if not (0 <= share <= 1 and 0 <= day < days and day not in removed):
            raise ValueError(f"a removal must take 0 to 1, once a day within {days}, got {share} on {day}")
        removed[day] = share
    times, path = [0.0], [state]
    for start, end, rate in _stretches(doses, infusion_hours / 24, days, list(removed) + [until]):
        if start in removed:
            kept = 1 - removed[start]
            state = (kept * state[0], state[1])
            times.append(start)
            path.append(state)
        steps = _steps(start, end, rate)
        open_share = 1 - blockade if start < until else 1.0
        leg = integrate(_rates(k, own + rate, open_share), state, steps)
        state = leg[-1]
        times += steps[1:]
        path += leg[1:]
    return Course(times, [c.real for c, p in path], [p.real for c, p in path],
                  [c.imag for c, p in path], [p.imag for c, p in path])


def lowest(times, values):
    """The smallest value of a curve and its time: the vertex of the parabola through three points.

    At an end of the curve, or where a removal makes it jump, the smallest point itself.
    """
    n = min(range(len(values)), key=lambda i: values[i])
    if n == 0 or n == len(values) - 1:
        return times[n], values[n]
    before, after = times[n] - times[n - 1], times[n + 1] - times[n]
    if before <= 0 or after <= 0:
        return times[n], values[n]
    fall, rise = (values[n] - values[n - 1]) / before, (values[n + 1] - values[n]) / after
    bend = (rise - fall) / (before + after)
    if not bend > 0:
        return times[n], values[n]
    slope = (fall * after + rise * before) / (before + after)
    return times[n] - slope / (2 * bend), values[n] - slope * slope / (4 * bend)


def at_day(times, values, day):
    """A value of a curve on one day, on the straight line between its points.

    Raises
    ------
    ValueError
        If the curve does not reach that day.
    """
    if not times[0] <= day <= times[-1]:
        raise ValueError(f"day must be {times[0]} to {times[-1]}, got {day}")
    n = len(times) - 1
    while n > 1 and times[n - 1] > day:
        n -= 1
    share = (day - times[n - 1]) / (times[n] - times[n - 1]) if times[n] > times[n - 1] else 1.0
    return values[n - 1] + share * (values[n] - values[n - 1])


def _check(baseline, production_share, blockade):
    if not (baseline > 0 and isfinite(baseline)):
        raise ValueError(f"baseline must be > 0 g/L, got {baseline}")
    if not 0 <= production_share <= 1:
        raise ValueError(f"production_share must be 0 to 1, got {production_share}")
    if not 0 <= blockade <= 1:
        raise ValueError(f"blockade must be 0 to 1, got {blockade}")


def _rates(k, supply, open_share=1.0):
    """Right-hand side for IgG (real part) and the antibody (imaginary part) together."""
    upper, capacity, half = k.upper_clearance, open_share * k.recycling_capacity, k.half_saturation
    central, peripheral, q = k.central_volume, k.peripheral_volume, k.exchange

    def rates(c, p):
        moved = q * (c - p)
        return (supply - (upper - capacity / (half + c.real)) * c - moved) / central, moved / peripheral

    return rates


def _stretches(doses, length, days, marks):
    """Stretches of constant infusion, (start, end, mg/kg/day), cut at the marks too."""
    if not length > 0:
        raise ValueError(f"infusion_hours must be > 0, got {24 * length}")
    now, infusions = 0.0, []
    for start, amount in doses:
        if not (start >= now and start + length <= days):
            raise ValueError(f"an infusion must lie between day {now} and {days}, got day {start}")
        if not (amount >= 0 and isfinite(amount)):
            raise ValueError(f"dose must be >= 0 mg/kg, got {amount}")
        if any([start < mark < start + length for mark in marks]):
            raise ValueError(f"no removal or end of blockade during an infusion, got day {start}")
        now = start + length
        infusions.append((start, now, amount / length))
    cuts = [0.0, days] + [mark for mark in marks if 0 < mark < days]
    for start, end, rate in infusions:
        cuts += [start, end]
    cuts = sorted(set(cuts))
    rates = {start: rate for start, end, rate in infusions}
    return [(start, end, rates.get(start, 0.0)) for start, end in zip(cuts, cuts[1:])]


def _steps(start, end, rate):
    """Times of the solver: short after every event; during an infusion a step per 500 mg/kg."""
    if rate == 0:
        return graded_times(start, end, FIRST_STEP, LONGEST_STEP, STEP_GROWTH)
    count = max(1, ceil(rate * (end - start) / STEP_AMOUNT - 1e-9))
    return [start + (end - start) * n / count for n in range(count)] + [end]
