"""How many B cells would make natural antibodies, if a quoted share of them did.

    n = s B            total = n V

    s      share of B cells, 0 to 1           B    B cells in blood, per µL
    n      natural-antibody cells, per µL     V    blood volume, L

This is a multiplication; the whole question is s. Two ranges are quoted, neither with a primary source
that was found: 5 to 15 % as in the spleen of mice, and 1 to 9 % of B cells in human blood. In people the
cell itself is disputed: a phenotype was proposed (griffin2011) and others took such cells for
pre-plasmablasts.
"""

MOUSE_LOW = 0.05  # share of spleen B cells; second-hand, no primary source found
MOUSE_HIGH = 0.15  # share of spleen B cells; second-hand, no primary source found
HUMAN_LOW = 0.01  # share of blood B cells; second-hand, record not seen
HUMAN_HIGH = 0.09  # share of blood B cells; second-hand, record not seen
HUMAN_MEDIAN = 0.04  # share of CD20+ blood cells, one adult series; second-hand, record not seen
B_CELLS = 200.0  # per µL; chosen for teaching
BLOOD_VOLUME = 5.0  # L; chosen for teaching


def natural_antibody_cells(b_cells, share):
    """Natural-antibody B cells in a volume that holds so many B cells.

    n = s B

    Parameters
    ----------
    b_cells : float
        B cells B, per µL of blood, >= 0.
    share : float
        Share s of them, 0 to 1.

    Returns
    -------
    float
        Cells per µL of blood.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    References
    ----------
    arithmetic; the share is disputed: griffin2011, baumgarth2011
    """
    if not 0 <= b_cells < float("inf"):
        raise ValueError(f"b_cells must be >= 0 per µL, got {b_cells}")
    if not 0 <= share <= 1:
        raise ValueError(f"share must be 0 to 1, got {share}")
    return share * b_cells


def cells_in_blood(b_cells, share, blood_volume=BLOOD_VOLUME):
    """Natural-antibody B cells in all of the blood.

    n V, with 1 L = 10^6 µL

    Parameters
    ----------
    b_cells, share : float
        As in `natural_antibody_cells`.
    blood_volume : float
        V, L, > 0.

    Returns
    -------
    float
        Number of cells. Spleen, marrow and body cavities hold others, which are not counted.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not 0 < blood_volume < float("inf"):
        raise ValueError(f"blood_volume must be > 0 L, got {blood_volume}")
    return natural_antibody_cells(b_cells, share) * 1e6 * blood_volume
