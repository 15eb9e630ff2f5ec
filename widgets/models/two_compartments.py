"""IgG in plasma and periphery under a supply that stays constant for a stretch of time.

    V1 dC/dt = S - CL(C) C - Q (C - Cp)      V2 dCp/dt = Q (C - Cp)      CL(C) = CL_up - J_max / (K_m + C)

    C, Cp  IgG in plasma and in the periphery, g/L          S   supply: infusion and own production, mg/kg/day

What the models of IgG share: a law is a `Kinetics`, a time course a `Course`, a regimen a list of stretches.
"""

from collections import namedtuple

from widgets.models.integrate import integrate

Kinetics = namedtuple("Kinetics", ("upper_clearance", "recycling_capacity", "half_saturation",
                                   "central_volume", "peripheral_volume", "exchange"))

Course = namedtuple("Course", ("times", "igg", "peripheral", "infusion", "kinetics", "production"))


def rates(k, supply):
    """Right-hand side of the equations, for `integrate`.

    Parameters
    ----------
    k : Kinetics
        mL/kg/day, mg/kg/day, g/L, mL/kg, mL/kg, mL/kg/day.
    supply : float
        S, mg/kg/day.

    Returns
    -------
    callable
        (C, Cp) -> their rates of change, g/L/day.
    """
    upper, capacity, half = k.upper_clearance, k.recycling_capacity, k.half_saturation
    central, peripheral, q = k.central_volume, k.peripheral_volume, k.exchange

    def change(c, p):
        moved = q * (c - p)
        return (supply - (upper - capacity / (half + c)) * c - moved) / central, moved / peripheral

    return change


def after(stretches, state, k, production):
    """The state (C, Cp), g/L, at the end of the stretches.

    `stretches` is a list of (infusion in mg/kg/day, times of the solver in days), `production` mg/kg/day.
    """
    for infusion, times in stretches:
        state = integrate(rates(k, production + infusion), state, times)[-1]
    return state


def follow(stretches, state, k, production):
    """The whole Course through the stretches, which are those of `after`."""
    course = Course([stretches[0][1][0]], [state[0]], [state[1]], [0.0], k, production)
    for infusion, times in stretches:
        path = integrate(rates(k, production + infusion), state, times)
        state = path[-1]
        course.times.extend(times[1:])
        course.igg.extend([c for c, p in path[1:]])
        course.peripheral.extend([p for c, p in path[1:]])
        course.infusion.extend([infusion] * (len(times) - 1))
    return course
