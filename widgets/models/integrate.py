"""Solve the ordinary differential equations of the models: one fixed-step integrator for all.

Classical Runge-Kutta of fourth order. The caller lays out the times, so that steps end exactly where
an infusion starts or stops and are short only where the solution bends. Plain Python: a step costs
about 10 µs on the interpreter of a page for a model of two states, about 20 µs for one of three.
"""

from math import isfinite


def integrate(rates, state, times):
    """States of an autonomous system at the given times.

    Parameters
    ----------
    rates : callable
        `rates(*state)` returns the time derivatives of the states, per day, as a tuple. Inputs that
        change by steps, such as an infusion, are constant within one call of `integrate`.
    state : tuple of float
        States at the first time.
    times : list of float
        Times in days, rising; one Runge-Kutta step leads from each to the next.

    Returns
    -------
    list of tuple
        The states at each of the times.

    Raises
    ------
    ValueError
        If the times do not rise.

    Notes
    -----
    The error of one step grows with the fifth power of its length: the tests of each model halve all
    steps and ask that no number shown to a reader changes.
    """
    for before, after in zip(times, times[1:]):
        if not after > before:
            raise ValueError(f"times must rise, got {before} before {after}")
    if len(state) == 2:
        return _integrate_pair(rates, state, times)
    path = [tuple(state)]
    for before, after in zip(times, times[1:]):
        h = after - before
        k1 = rates(*state)
        k2 = rates(*[y + h / 2 * k for y, k in zip(state, k1)])
        k3 = rates(*[y + h / 2 * k for y, k in zip(state, k2)])
        k4 = rates(*[y + h * k for y, k in zip(state, k3)])
        state = tuple([y + h / 6 * (a + 2 * (b + c) + d)
                       for y, a, b, c, d in zip(state, k1, k2, k3, k4)])
        path.append(state)
    return path


def _integrate_pair(rates, state, times):
    """The same steps written out for two states: three times as fast in the page."""
    a, b = state
    path = [(a, b)]
    before = times[0]
    for after in times[1:]:
        h = after - before
        half = h / 2
        a1, b1 = rates(a, b)
        a2, b2 = rates(a + half * a1, b + half * b1)
        a3, b3 = rates(a + half * a2, b + half * b2)
        a4, b4 = rates(a + h * a3, b + h * b3)
        a += h / 6 * (a1 + 2 * (a2 + a3) + a4)
        b += h / 6 * (b1 + 2 * (b2 + b3) + b4)
        path.append((a, b))
        before = after
    return path


def graded_times(start, end, first, longest, growth=1.5):
    """Times from start to end, close together at the start and wider apart later.

    Parameters
    ----------
    start, end : float
        First and last time, days, end > start.
    first, longest : float
        Length of the first step and of the longest, days, 0 < first <= longest.
    growth : float
        Ratio of a step to the one before, dimensionless, >= 1.

    Returns
    -------
    list of float
        Rising times, the first `start` and the last `end` exactly. All steps are shortened by one
        common factor, so that the last one ends at `end`.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.
    """
    if not (end > start and isfinite(end - start)):
        raise ValueError(f"end must be > start and both finite, got {start} to {end}")
    if not 0 < first <= longest:
        raise ValueError(f"first must be > 0 and at most longest, got {first} and {longest}")
    if not growth >= 1:
        raise ValueError(f"growth must be >= 1, got {growth}")
    offsets = [0.0]
    step = first
    while offsets[-1] < end - start:
        offsets.append(offsets[-1] + step)
        step = min(step * growth, longest)
    scale = (end - start) / offsets[-1]
    return [start + offset * scale for offset in offsets[:-1]] + [end]


def settled(cycle, state, slope=None, small=1e-3):
    """The two states that a cycle brings back: a regimen when every interval looks like the last.

    Parameters
    ----------
    cycle : callable
        `cycle(a, b)` returns the two states one cycle later.
    state : tuple of float
        Where to start the search.
    slope : tuple of float, optional
        The second value that an earlier, similar search returned: saves two cycles.
    small : float
        The search ends with a step by less than this; what remains is far smaller.

    Returns
    -------
    tuple
        The settled states, and the slope for the next search: the inverse of the matrix by which
        (state - cycle(state)) changes with the state, in rows.

    Notes
    -----
    Newton's method; the slope is measured once and then corrected by Broyden's rule.
    """
    a, b = state
    after = cycle(a, b)
    p, q, r, s = slope or _inverse_slope(cycle, state, after)
    for _ in range(50):
        off_a, off_b = a - after[0], b - after[1]
        step_a, step_b = -p * off_a - q * off_b, -r * off_a - s * off_b
        a, b = a + step_a, b + step_b
        if abs(step_a) < small and abs(step_b) < small:
            break
        after = cycle(a, b)
        change_a, change_b = a - after[0] - off_a, b - after[1] - off_b
        got_a, got_b = p * change_a + q * change_b, r * change_a + s * change_b
        size = step_a * got_a + step_b * got_b
        if size != 0:
            u, v = (step_a - got_a) / size, (step_b - got_b) / size
            along, across = step_a * p + step_b * r, step_a * q + step_b * s
            p, q, r, s = p + u * along, q + u * across, r + v * along, s + v * across
    return (a, b), (p, q, r, s)


def _inverse_slope(cycle, state, after, nudge=0.01):
    """Inverse of the derivative of (state - cycle(state)), by small changes of each state."""
    by_a = cycle(state[0] + nudge, state[1])
    by_b = cycle(state[0], state[1] + nudge)
    p, q = 1 - (by_a[0] - after[0]) / nudge, -(by_b[0] - after[0]) / nudge
    r, s = -(by_a[1] - after[1]) / nudge, 1 - (by_b[1] - after[1]) / nudge
    size = p * s - q * r
    return s / size, -q / size, -r / size, p / size


def cubic_crossing(a, b, slope_a, slope_b, level):
    """Fraction of a step after which the solution passes a level that lies between its two ends.

    `a` and `b` are the values at the ends and `slope_a` and `slope_b` the slopes times the length of the
    step: the cubic with these four is as accurate as a Runge-Kutta step. Found by bisection.
    """
    low, high = 0.0, 1.0
    for _ in range(30):
        u = (low + high) / 2
        v = 1 - u
        value = v * v * ((1 + 2 * u) * a + u * slope_a) + u * u * ((1 + 2 * v) * b - v * slope_b)
        if (value >= level) == (a >= level):
            low = u
        else:
            high = u
    return (low + high) / 2


def halved(times):
    """The same times with the middle of every step added: for tests of convergence."""
    fine = [times[0]]
    for before, after in zip(times, times[1:]):
        fine += [(before + after) / 2, after]
    return fine
