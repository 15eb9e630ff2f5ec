"""Half-life of IgG while a drug takes away a part of FcRn's capacity.

    CL_b(C) = CL_up - (1 - b) J_max / (K_m + C)

    b   share of the recycling capacity that is blocked, 0 to 1
    C   plasma IgG, g/L; the other letters are those of the model of IgG level

A blocked share acts on clearance as more IgG does: CL_b(C) = CL(C_b) with

    C_b = (K_m + C) / (1 - b) - K_m

What it leaves out: how much drug blocks which share, and the fall of IgG itself, which the model of an
autoantibody adds.
"""

from widgets.models.igg_level import HALF_SATURATION, half_life


def equivalent_igg(igg, blocked):
    """The IgG that would be cleared as fast without a blocker.

    C_b = (K_m + C) / (1 - b) - K_m

    Parameters
    ----------
    igg : float
        Plasma IgG, g/L, >= 0.
    blocked : float
        Share of the recycling capacity that is blocked, 0 to 1.

    Returns
    -------
    float
        g/L, never below `igg`; infinite where all of the capacity is blocked.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    kim2007
    """
    if not igg >= 0:
        raise ValueError(f"igg must be >= 0 g/L, got {igg}")
    if not 0 <= blocked <= 1:
        raise ValueError(f"blocked must be 0 to 1, got {blocked}")
    if blocked == 0:
        return float(igg)
    if blocked == 1:
        return float("inf")
    return (HALF_SATURATION + igg) / (1 - blocked) - HALF_SATURATION


def half_life_blocked(igg, blocked):
    """Half-life of a trace of IgG at one level, days, for an adult of 70 kg: saturable law.

    Parameters, errors and references as in `equivalent_igg`; see `igg_level.half_life`.
    """
    return half_life(equivalent_igg(igg, blocked))
