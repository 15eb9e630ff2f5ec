"""Anti-idiotypes at equilibrium: how much of a target antibody do they hold?

    AI = (b - sqrt(b^2 - 4 A I)) / 2,  b = A + I + Kd      bound fraction = AI / A
    I  = f C / M                                           Kd = 1 / Ka

    A      target antibody, all of it, mol/L      I    its anti-idiotypes, all of them, mol/L
    f      share of IgG that is anti-idiotype     C    IgG of pooled donors, g/L
    M      150,000 g/mol                          Ka   affinity, 1/M

One site on one site, nothing else in the way. No range of Ka or f in IVIG was found in the literature:
both are chosen for teaching. Left out are the pairs that the same antibodies form inside the product,
and the prozone seen when fragments of IVIG inhibit autoantibodies in vitro.
"""

from math import sqrt

MOLAR_MASS = 150000.0  # g/mol; the convention of the models, 10 g/L is 66.7 µmol/L
AFFINITY = 1e7  # 1/M, Ka; chosen for teaching
SHARE = 1e-3  # f, of all IgG; chosen for teaching
TARGET = 1e-8  # mol/L, A: 10 nM; chosen for teaching


def anti_idiotype(igg, share=SHARE):
    """Concentration of all anti-idiotypes to one target.

    I = f C / M

    Parameters
    ----------
    igg : float
        IgG of pooled donors C, g/L, >= 0.
    share : float
        Share f of it that is anti-idiotype to the target, 0 to 1.

    Returns
    -------
    float
        mol/L.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.
    """
    if not 0 <= igg < float("inf"):
        raise ValueError(f"igg must be >= 0 g/L, got {igg}")
    if not 0 <= share <= 1:
        raise ValueError(f"share must be 0 to 1, got {share}")
    return share * igg / MOLAR_MASS


def bound_fraction(igg, affinity=AFFINITY, share=SHARE, target=TARGET):
    """Fraction of the target antibody that carries an anti-idiotype.

    (b - sqrt(b^2 - 4 A I)) / (2 A) = 2 I / (b + sqrt((A - I)^2 + Kd (2 A + 2 I + Kd)))

    The right side is the same root without a difference of nearly equal numbers.

    Parameters
    ----------
    igg, share : float
        As in `anti_idiotype`.
    affinity : float
        Association constant Ka, 1/M, > 0.
    target : float
        Target antibody A, all of it, mol/L, > 0.

    Returns
    -------
    float
        Dimensionless, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    Notes
    -----
    Bound is not the same as neutralised: an anti-idiotype may leave the other arm free.
    """
    if not 0 < affinity < float("inf"):
        raise ValueError(f"affinity must be > 0 1/M, got {affinity}")
    if not 0 < target < float("inf"):
        raise ValueError(f"target must be > 0 mol/L, got {target}")
    binder, kd = anti_idiotype(igg, share), 1 / affinity
    root = sqrt((target - binder) ** 2 + kd * (2 * target + 2 * binder + kd))
    return min(1.0, 2 * binder / (target + binder + kd + root))
