"""One month's dose of immunoglobulin, divided in different ways: the regimen when every interval looks alike.

    dose each time = D T / 28          R = F D / (28 h / T) during h days, then 0

    D   dose per 4 weeks, mg/kg        T   days from one dose to the next
    h   days over which a dose arrives in the blood: the infusion, or absorption from under the skin
    F   share that arrives: 1 by vein, less from under the skin

The rest is the model of IgG level, settled: R is the infusion there. What it leaves out beyond that model:
absorption that is fast at first and slow later, differences between products, and missed doses.
"""

from math import sqrt

from widgets.models.igg_level import (
    FIRST_STEP, INFUSION_HOURS, LONGEST_STEP, STEP_AMOUNT, STEP_GROWTH, kinetics, production)
from widgets.models.integrate import graded_times, settled
from widgets.models.two_compartments import after, follow

MONTH = 28  # days: doses are compared per 4 weeks
BIOAVAILABILITY = 0.67  # F under the skin; from a publication, berger2013: 65 to 69 % across brands
ABSORPTION_DAYS = 3.0  # days, h under the skin; chosen for teaching
LARGEST_DOSE = 3000.0  # mg/kg per 4 weeks: the search for a dose ends here
SEARCH = 12  # most steps of the search; a few are enough

ABSORPTION_STEP = 0.6  # days, longest step of the solver while IgG is absorbed; the tests halve it


def settled_cycle(monthly, interval, baseline, under_skin=False, law="saturable", near=None, small=1e-3):
    """One interval of a regimen, from dose to dose, when every interval looks the same.

    Parameters
    ----------
    monthly : float
        Dose per 4 weeks, mg/kg, >= 0.
    interval : float
        Days from one dose to the next, > 3.
    baseline : float
        Untreated IgG, g/L, >= 0.
    under_skin : bool
        Absorbed from under the skin, or given by vein over 4 hours.
    law : str
        As in `igg_level.kinetics`, for 70 kg.
    near : tuple, optional
        The second value that this returned for a similar dose: saves work.
    small : float
        Accuracy of the search, g/L: what remains is far smaller.

    Returns
    -------
    tuple
        A Course as in `two_compartments`, the last `igg` of which is the trough, and what helps the next search.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    kim2007; landersdorfer2013; berger2013 (share that arrives from under the skin)
    """
    stretches, k, supply = _regimen(monthly, interval, baseline, under_skin, law)
    guess, slope = near or (_guess(k, supply, monthly / MONTH * (BIOAVAILABILITY if under_skin else 1)), None)
    state, slope = settled(lambda c, p: after(stretches, (c, p), k, supply), guess, slope, small)
    return follow(stretches, state, k, supply), (state, slope)


def monthly_dose(trough, interval, baseline, under_skin=False, law="saturable", known=None):
    """Dose per 4 weeks, mg/kg, that settles at a trough; None if it is above `LARGEST_DOSE`.

    Parameters
    ----------
    trough : float
        g/L, >= 0. At or below the untreated level no dose is needed.
    interval, baseline, under_skin, law
        As in `settled_cycle`.
    known : tuple, optional
        A dose per 4 weeks, > 0, and what `settled_cycle` returned for it: saves work.

    Returns
    -------
    float or None
        mg/kg, to within a few mg/kg.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not 0 <= trough < float("inf"):
        raise ValueError(f"trough must be >= 0 g/L, got {trough}")
    if trough <= baseline:
        return 0.0
    if known is None:
        known = (400.0, settled_cycle(400.0, interval, baseline, under_skin, law))
    dose, (course, (state, slope)) = known
    before, had = 0.0, baseline
    for _ in range(SEARCH):
        if abs(state[0] - trough) < 0.01:
            break
        step = (trough - state[0]) * (dose - before) / (state[0] - had)
        before, had = dose, state[0]
        dose = min(max(dose + step, 0.1 * dose), 2 * LARGEST_DOSE)
        if dose == before:
            break
        guess = (trough, state[1] + trough - state[0])
        stretches, k, supply = _regimen(dose, interval, baseline, under_skin, law)
        state, slope = settled(lambda c, p, s=stretches: after(s, (c, p), k, supply), guess, slope, 0.02)
    return dose if dose <= LARGEST_DOSE else None


def _regimen(monthly, interval, baseline, under_skin, law):
    """One interval as stretches of constant supply, the parameters, and the patient's own production."""
    if not 0 <= monthly < float("inf"):
        raise ValueError(f"monthly must be >= 0 mg/kg, got {monthly}")
    if not ABSORPTION_DAYS < interval < float("inf"):
        raise ValueError(f"interval must be > {ABSORPTION_DAYS:g} days, got {interval}")
    return (_stretches(monthly * interval / MONTH, interval, under_skin), kinetics(law),
            production(baseline, law=law))


def _guess(k, supply, arriving):
    """Near the settled states: around the level that would hold if the dose, mg/kg/day, came evenly.

    CL(C) C = P + R, a quadratic in C
    """
    total = supply + arriving
    b = k.upper_clearance * k.half_saturation - k.recycling_capacity - total
    even = (sqrt(b * b + 4 * k.upper_clearance * total * k.half_saturation) - b) / (2 * k.upper_clearance)
    return 0.85 * even, even


def _stretches(amount, interval, under_skin):
    """The arrival of one dose and the rest of the interval: (mg/kg/day, times of the solver)."""
    if under_skin:
        length, steps = ABSORPTION_DAYS, int(ABSORPTION_DAYS / ABSORPTION_STEP + 0.5)
        rate = BIOAVAILABILITY * amount / length
    else:
        length, steps = INFUSION_HOURS / 24, max(1, int(amount / STEP_AMOUNT + 0.999))
        rate = amount / length
    during = [length * n / steps for n in range(steps)] + [length]
    return [(rate, during), (0.0, graded_times(length, interval, FIRST_STEP, LONGEST_STEP, STEP_GROWTH))]
