"""A switch of dendritic cells with serum IgG: a drawn curve, its direction from experiments.

    M(C) = C / (C + E) x (1 - S)      S(C) = x / (1 + x),  x = (C / I)^h
    index = M / max M                 IL-12 = 1 - S             IL-10 = 1 + (F - 1) S

    C      serum IgG, g/L             S    share of the cells switched to tolerance, 0 to 1
    E      IgG that restores half of maturation, g/L
    I      IgG that suppresses half, g/L      h    steepness of the suppression
    F      most that IL-10 rises, times its value without IgG

Shape from experiments, numbers chosen for teaching: replacement lets the dendritic cells of people with
antibody deficiency mature (cvidcells2017), much IgG in culture holds maturation and IL-12 down and
raises IL-10 (bayry2003). Neither gives the concentrations that E, I, h and F would need. One index
stands for CD80, CD86, CD40 and MHC class II, which need not move together.
"""

HALF_RESTORING = 5.0  # g/L, E; chosen for teaching
HALF_SUPPRESSING = 20.0  # g/L, I; chosen for teaching
STEEPNESS = 4.0  # h, no unit; chosen for teaching
IL10_RISE = 3.0  # times, F; chosen for teaching


def suppression(igg, half_suppressing=HALF_SUPPRESSING, steepness=STEEPNESS):
    """Share of the cells that much IgG has switched to tolerance.

    S = x / (1 + x),  x = (C / I)^h

    Parameters
    ----------
    igg : float
        Serum IgG C, g/L, >= 0.
    half_suppressing : float
        IgG at which half are suppressed I, g/L, > 0.
    steepness : float
        Exponent h, dimensionless, > 0.

    Returns
    -------
    float
        S, dimensionless, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    Notes
    -----
    Written with the power that is below 1, so that no level and no exponent overflows.

    References
    ----------
    bayry2003, for the direction only
    """
    if not 0 <= igg < float("inf"):
        raise ValueError(f"igg must be >= 0 g/L, got {igg}")
    if not 0 < half_suppressing < float("inf"):
        raise ValueError(f"half_suppressing must be > 0 g/L, got {half_suppressing}")
    if not 0 < steepness < float("inf"):
        raise ValueError(f"steepness must be > 0, got {steepness}")
    if igg > half_suppressing:
        return 1 / (1 + (half_suppressing / igg) ** steepness)
    x = (igg / half_suppressing) ** steepness
    return x / (1 + x)


def maturation(igg, half_restoring=HALF_RESTORING, half_suppressing=HALF_SUPPRESSING,
               steepness=STEEPNESS):
    """Maturation before it is scaled to its own maximum.

    M = C / (C + E) x (1 - S)

    Parameters
    ----------
    half_restoring : float
        IgG that restores half of maturation E, g/L, > 0.
    igg, half_suppressing, steepness : float
        As in `suppression`.

    Returns
    -------
    float
        M, dimensionless, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    cvidcells2017 and bayry2003, for the direction only
    """
    if not 0 < half_restoring < float("inf"):
        raise ValueError(f"half_restoring must be > 0 g/L, got {half_restoring}")
    held = suppression(igg, half_suppressing, steepness)
    return igg / (igg + half_restoring) * (1 - held)


def level_of_most_maturation(half_restoring=HALF_RESTORING, half_suppressing=HALF_SUPPRESSING,
                             steepness=STEEPNESS):
    """Serum IgG at which maturation is greatest, g/L.

    E / (C + E) = h S(C)

    whose left side falls with C and whose right side rises. Arguments and errors as in `maturation`.
    """
    def past(igg):
        restoring = half_restoring / (igg + half_restoring)
        return steepness * suppression(igg, half_suppressing, steepness) > restoring

    maturation(0.0, half_restoring, half_suppressing, steepness)  # refuses what is out of range
    low, high = 0.0, half_suppressing
    while not past(high):
        low, high = high, 2 * high
    for _ in range(50):
        middle = (low + high) / 2
        if past(middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def maturation_index(igg, half_restoring=HALF_RESTORING, half_suppressing=HALF_SUPPRESSING,
                     steepness=STEEPNESS):
    """Maturation as a share of the most that these constants allow: 0 to 1, as in `maturation`."""
    at = level_of_most_maturation(half_restoring, half_suppressing, steepness)
    most = maturation(at, half_restoring, half_suppressing, steepness)
    return maturation(igg, half_restoring, half_suppressing, steepness) / most


def il12(igg, half_suppressing=HALF_SUPPRESSING, steepness=STEEPNESS):
    """IL-12 as a share of its value without IgG: 1 - S, 0 to 1, as in `suppression`."""
    return 1 - suppression(igg, half_suppressing, steepness)


def il10(igg, rise=IL10_RISE, half_suppressing=HALF_SUPPRESSING, steepness=STEEPNESS):
    """IL-10 as a multiple of its value without IgG.

    1 + (F - 1) S

    Parameters
    ----------
    rise : float
        The multiple F that very much IgG approaches, >= 1.
    igg, half_suppressing, steepness : float
        As in `suppression`.

    Returns
    -------
    float
        1 to F.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    References
    ----------
    bayry2003, for the direction only
    """
    if not 1 <= rise < float("inf"):
        raise ValueError(f"rise must be >= 1, got {rise}")
    return 1 + (rise - 1) * suppression(igg, half_suppressing, steepness)
