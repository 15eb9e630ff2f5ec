"""Complement scavenging: infused IgG catches nascent C3b and C4b before they reach the target.

    D = 1 / (1 + dC / I50)        MAC = D^m        C1q = 1

    D    C3b (and, by the same curve, C4b) deposited on the target, as a share of that without treatment
    dC   IgG added by treatment, g/L               I50  added IgG that halves deposition, g/L
    MAC  membrane attack complex on the target, as a share of that without treatment
    m    how steeply MAC follows C3b: steps that need clusters of C3b fall more than in proportion
    C1q  binding of C1q to antibody on the target: not changed

An activated C3b or C4b binds within moments to the nearest acceptor, on the target or in the fluid. Added
IgG is an acceptor in the fluid, so that acceptors compete in proportion to their number.

What this leaves out: activation of the classical pathway by IVIG itself (consumption of C4), faster
inactivation of C3b2 complexes, regulators on the cell, the alternative pathway's amplification and time.
"""

from math import isfinite

HALF_INHIBITION = 25.0  # g/L; second-hand, 20 to 30 mg/mL in an abstract, record not seen whole
HALF_INHIBITION_RANGE = (2.5, 40.0)  # g/L; chosen for teaching, to span the disagreeing data
CLUSTER_EXPONENT = 2.0  # m; chosen for teaching


def deposited_fraction(added_igg, half_inhibition=HALF_INHIBITION):
    """C3b, or C4b, on the target as a share of that without added IgG.

    D = 1 / (1 + dC / I50)

    Parameters
    ----------
    added_igg : float
        IgG above the untreated level, g/L, >= 0.
    half_inhibition : float
        I50, g/L, > 0.

    Returns
    -------
    float
        Share, 1 without added IgG, falling towards 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Radiolabelled C3 on sensitised red cells was halved at 20 to 30 g/L of an intravenous product: an
    abstract, whose authors and year were not shown. Animals at 1.8 g/kg had far stronger inhibition.

    References
    ----------
    basta1989
    """
    if not (added_igg >= 0 and isfinite(added_igg)):
        raise ValueError(f"added_igg must be >= 0 g/L, got {added_igg}")
    if not (half_inhibition > 0 and isfinite(half_inhibition)):
        raise ValueError(f"half_inhibition must be > 0 g/L, got {half_inhibition}")
    return half_inhibition / (half_inhibition + added_igg)


def mac_fraction(added_igg, half_inhibition=HALF_INHIBITION, exponent=CLUSTER_EXPONENT):
    """Membrane attack complex on the target as a share of that without added IgG.

    D^m

    Parameters
    ----------
    added_igg, half_inhibition : float
        As in `deposited_fraction`.
    exponent : float
        m, dimensionless, >= 1.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    Only the direction is known: lysis of red cells was inhibited at far less IgG than uptake of C3.
    """
    if not (exponent >= 1 and isfinite(exponent)):
        raise ValueError(f"exponent must be >= 1, got {exponent}")
    return deposited_fraction(added_igg, half_inhibition) ** exponent


def c1q_fraction(added_igg):
    """C1q bound to antibody on the target as a share of that without added IgG: 1 at every level.

    `added_igg` in g/L, >= 0; a ValueError else.

    References
    ----------
    basta1991c1q
    """
    if not (added_igg >= 0 and isfinite(added_igg)):
        raise ValueError(f"added_igg must be >= 0 g/L, got {added_igg}")
    return 1.0


def added_for_mac(share, half_inhibition=HALF_INHIBITION, exponent=CLUSTER_EXPONENT):
    """Added IgG, g/L, at which MAC is down to a share of that without treatment.

    dC = I50 (share^(-1/m) - 1)

    `share` is > 0 and at most 1; the rest, and the errors, as in `mac_fraction`. With m = 1 it is the
    added IgG for C3b.
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must be > 0 and at most 1, got {share}")
    mac_fraction(0.0, half_inhibition, exponent)
    return half_inhibition * (share ** (-1 / exponent) - 1)
