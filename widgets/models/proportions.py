"""Events among patients: proportions, their differences and ratios, with 95 % intervals.

    p = x / n                        Wilson: (p + z²/2n ± z sqrt(p (1 - p)/n + z²/4n²)) / (1 + z²/n)

    difference  d = p1 - p2          d - sqrt((p1 - l1)² + (u2 - p2)²) to d + sqrt((u1 - p1)² + (p2 - l2)²)
    ratio       r = p2 / p1          r exp(± z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2))
    number needed to treat  1 / d    its ends are those of d turned over

    x, n   events and patients        l, u   ends of Wilson's interval        z   1.96

No model of anything: arithmetic on counts. It takes patients for independent and says nothing of bias, nor
of what makes two groups differ that were not randomised against each other.
"""

from collections import namedtuple
from math import exp, log, sqrt

Z = 1.959963984540054  # of 95 %: between -z and z lies 95 % of the normal distribution

Estimate = namedtuple("Estimate", ("value", "low", "high"))


def proportion(events, total):
    """Share of patients with the event and its 95 % interval by Wilson's method, each 0 to 1.

    Parameters
    ----------
    events, total : int
        0 <= events <= total, total > 0.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    newcombe1998single
    """
    if not total > 0:
        raise ValueError(f"total must be > 0, got {total}")
    if not 0 <= events <= total:
        raise ValueError(f"events must be 0 to {total}, got {events}")
    share = events / total
    middle = share + Z * Z / (2 * total)
    half = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    low = 0.0 if events == 0 else (middle - half) / scale
    high = 1.0 if events == total else (middle + half) / scale
    return Estimate(share, low, high)


def risk_difference(first, second):
    """Risk in the first group minus risk in the second, with its 95 % interval, each -1 to 1.

    The interval joins the two of Wilson (Newcombe's method 10).

    Parameters
    ----------
    first, second : (int, int)
        Events and patients of each group, as in `proportion`.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    newcombe1998difference
    """
    one, two = proportion(first[0], first[1]), proportion(second[0], second[1])
    difference = one.value - two.value
    low = difference - sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    high = difference + sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Estimate(difference, low, high)


def risk_ratio(first, second):
    """Risk in the second group divided by that in the first, with its 95 % interval.

    Parameters
    ----------
    first, second : (int, int)
        Events and patients of each group; events > 0, since the interval is that of a logarithm.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    one, two = proportion(first[0], first[1]), proportion(second[0], second[1])
    if not (first[0] > 0 and second[0] > 0):
        raise ValueError(f"events must be > 0 in both groups, got {first[0]} and {second[0]}")
    ratio = two.value / one.value
    error = sqrt(1 / first[0] - 1 / first[1] + 1 / second[0] - 1 / second[1])
    return Estimate(ratio, exp(log(ratio) - Z * error), exp(log(ratio) + Z * error))


def number_needed_to_treat(first, second):
    """Patients to give the second treatment instead of the first for one event less, with 95 % interval.

    Parameters
    ----------
    first, second : (int, int)
        As in `risk_difference`.

    Returns
    -------
    Estimate or None
        None where the interval of the difference holds 0: the interval of this number would then run
        through infinity to harm. Negative if the second treatment does harm.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    bender2001; altman1998
    """
    difference = risk_difference(first, second)
    if not (difference.low > 0 or difference.high < 0):
        return None
    return Estimate(1 / difference.value, 1 / difference.high, 1 / difference.low)
