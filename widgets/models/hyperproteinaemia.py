"""Extra protein in serum: relative viscosity, and sodium read by an indirect electrode.

    eta = exp(S / (1 - k S))          S = i_IgG IgG + i_alb albumin + i_other other

    w = 99.1 - 1.03 L - 0.73 P        Na_indirect = Na_true w / 93        P = (IgG + albumin + other) / 10

    eta          viscosity of serum divided by that of water, dimensionless
    i            intrinsic viscosity of each protein, L/g; IgG, albumin, other: its concentration, g/L
    k            crowding: how much steeper than an exponential the rise is, dimensionless
    w            volume of serum that is water, %
    P, L         total protein and lipid, g/dL (as the formula is written)
    Na           sodium, mmol/L; an indirect electrode dilutes serum and takes 93 % of it for water

What both leave out: paraproteins and their clumping, fibrinogen and blood cells, shear, temperature, and
water that moves into the blood and dilutes sodium in truth.
"""

from math import exp

IGG_INTRINSIC = 6.3e-3  # L/g; second-hand, an instrument maker's note for gamma globulin
ALBUMIN_INTRINSIC = 3.9e-3  # L/g; chosen for teaching
OTHER_INTRINSIC = 7.0e-3  # L/g, of the other globulins; chosen for teaching
CROWDING = 0.45  # k; chosen for teaching
ALBUMIN = 42.0  # g/L; chosen for teaching
OTHER_GLOBULINS = 18.0  # g/L; chosen for teaching, so that normal serum has 1.5 to 1.9, dalakas1994
LIPID = 0.6  # g/dL; chosen for teaching

WATER_WITHOUT_SOLIDS = 99.1  # % of volume; second-hand, serum-water formula as quoted in clinics
WATER_PER_LIPID = 1.03  # % per g/dL; second-hand, serum-water formula as quoted in clinics
WATER_PER_PROTEIN = 0.73  # % per g/dL; second-hand, serum-water formula as quoted in clinics
ASSUMED_WATER = 93.0  # % of volume, built into indirect electrodes; from a publication, nguyen2007
TRUE_SODIUM = 140.0  # mmol/L; chosen for teaching

DECILITRE = 10.0  # dL in a litre


def serum_viscosity(igg, albumin=ALBUMIN, other=OTHER_GLOBULINS, crowding=CROWDING):
    """Viscosity of serum relative to water, dimensionless.

    eta = exp(S / (1 - k S)),  S = i_IgG IgG + i_alb albumin + i_other other

    Parameters
    ----------
    igg, albumin, other : float
        IgG, albumin and the other globulins, g/L, >= 0.
    crowding : float
        k, dimensionless, >= 0.

    Raises
    ------
    ValueError
        If an argument is outside its range, or so much protein is given that k S reaches 1.

    Notes
    -----
    Clinics print such numbers as cp; they are ratios to water. k and the intrinsic viscosities of
    albumin and of the other globulins are not measured values.

    References
    ----------
    dalakas1994
    """
    load = (IGG_INTRINSIC * _amount("igg", igg, "g/L")
            + ALBUMIN_INTRINSIC * _amount("albumin", albumin, "g/L")
            + OTHER_INTRINSIC * _amount("other", other, "g/L"))
    room = 1 - _amount("crowding", crowding, "(no unit)") * load
    if not room > 0:
        raise ValueError(f"proteins must leave crowding x load < 1, got {crowding * load}")
    return exp(load / room)


def total_protein(igg, albumin=ALBUMIN, other=OTHER_GLOBULINS):
    """Total protein, g/dL, from IgG, albumin and the other globulins, each in g/L, >= 0.

    P = (IgG + albumin + other) / 10

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    return (_amount("igg", igg, "g/L") + _amount("albumin", albumin, "g/L")
            + _amount("other", other, "g/L")) / DECILITRE


def serum_water(protein, lipid=LIPID):
    """Share of serum that is water, % of volume.

    w = 99.1 - 1.03 L - 0.73 P

    Parameters
    ----------
    protein, lipid : float
        Total protein P and lipid L, g/dL (not g/L: that would leave 48 % of water), >= 0.

    Raises
    ------
    ValueError
        If an argument is outside its range, or no water is left.

    Notes
    -----
    The original paper on the formula was not seen.
    """
    water = (WATER_WITHOUT_SOLIDS - WATER_PER_LIPID * _amount("lipid", lipid, "g/dL")
             - WATER_PER_PROTEIN * _amount("protein", protein, "g/dL"))
    if not water > 0:
        raise ValueError(f"protein and lipid must leave water, got {protein} and {lipid} g/dL")
    return water


def indirect_sodium(protein, lipid=LIPID, true_sodium=TRUE_SODIUM):
    """Sodium that an indirect electrode reports, mmol/L.

    Na_indirect = Na_true w / 93

    Parameters
    ----------
    protein, lipid : float
        As in `serum_water`.
    true_sodium : float
        What a direct electrode reads, mmol/L, > 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    nguyen2007
    """
    if not true_sodium > 0:
        raise ValueError(f"true_sodium must be > 0 mmol/L, got {true_sodium}")
    return true_sodium * serum_water(protein, lipid) / ASSUMED_WATER


def _amount(name, value, unit):
    if not value >= 0:
        raise ValueError(f"{name} must be >= 0 {unit}, got {value}")
    return value
