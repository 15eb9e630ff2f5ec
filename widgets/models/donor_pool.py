"""What a pool of donors holds: the chance of a rare specificity, and its titre in product and patient.

    P = 1 - (1 - p)^N        T = p T+ c / c0        T_patient = T dC / c = p T+ dC / c0

    p      share of donors who carry the antibody      N    donors in the pool
    T+     titre in the plasma of such a donor         T    expected titre in the product
    c      IgG of the product, g/L                     c0   IgG of donor plasma, g/L
    dC     rise of the patient's serum IgG, g/L

The chance depends on N and saturates at 1; the titre depends on p alone and never saturates. A titre is
the largest dilution that still reacts: below 1 there is no reaction even undiluted. Donors count as
independent and alike, and IgG as the only loss or gain between plasma and product.
"""

from math import ceil, expm1, log

DONORS = 10000  # N; chosen for teaching, inside the 1,000 to 15,000 per batch of jolles2005
POSITIVE_TITRE = 10000.0  # T+, no unit; chosen for teaching
PRODUCT_IGG = 100.0  # g/L, c; a 10 % product, 50 for a 5 % product
PLASMA_IGG = 10.0  # g/L, c0; chosen for teaching


def log_of_rest(share):
    """log(1 - share) without loss for small shares.

    u = 1 - share;  log(1 - share) = -share log(u) / (u - 1)

    `share` is >= 0 and < 1. The browser's Python has no log1p.
    """
    rest = 1 - share
    return -share if rest == 1 else share * log(rest) / (1 - rest)


def presence(prevalence, donors):
    """Chance that at least one donor of a pool carries the antibody.

    P = 1 - (1 - p)^N

    Parameters
    ----------
    prevalence : float
        Share p of donors who carry it, 0 to 1.
    donors : float
        Donors in the pool N, >= 0.

    Returns
    -------
    float
        Chance, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    Notes
    -----
    Donors are independent of each other and equally likely to carry it. Repeat donations of one person
    and outbreaks break this.
    """
    if not 0 <= prevalence <= 1:
        raise ValueError(f"prevalence must be 0 to 1, got {prevalence}")
    if not 0 <= donors < float("inf"):
        raise ValueError(f"donors must be >= 0, got {donors}")
    if prevalence == 1:
        return 1.0 if donors > 0 else 0.0
    return -expm1(donors * log_of_rest(prevalence))


def donors_at(chance, prevalence):
    """The size of pool at which the chance of holding the antibody is exactly this.

    N = log(1 - P) / log(1 - p)

    Parameters
    ----------
    chance : float
        P, >= 0 and < 1.
    prevalence : float
        p, >= 1e-12 and < 1.

    Returns
    -------
    float
        Donors, not rounded.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.
    """
    if not 0 <= chance < 1:
        raise ValueError(f"chance must be >= 0 and < 1, got {chance}")
    if not 1e-12 <= prevalence < 1:
        raise ValueError(f"prevalence must be >= 1e-12 and < 1, got {prevalence}")
    return log_of_rest(chance) / log_of_rest(prevalence)


def donors_for(chance, prevalence):
    """The fewest donors with which the chance is at least this: `donors_at`, rounded up."""
    return ceil(donors_at(chance, prevalence))


def product_titre(prevalence, positive_titre=POSITIVE_TITRE, product_igg=PRODUCT_IGG,
                  plasma_igg=PLASMA_IGG):
    """Expected titre of the antibody in the product.

    T = p T+ c / c0

    Parameters
    ----------
    prevalence : float
        Share p of donors who carry it, 0 to 1.
    positive_titre : float
        Titre T+ in the plasma of such a donor, >= 0.
    product_igg : float
        IgG of the product c, g/L, > 0.
    plasma_igg : float
        IgG of donor plasma c0, g/L, > 0.

    Returns
    -------
    float
        Titre, the reciprocal of a dilution.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    Notes
    -----
    The mean over many pools. In a pool of N donors the number of carriers varies by chance, so a single
    lot with few carriers can lie far from it.
    """
    if not 0 <= prevalence <= 1:
        raise ValueError(f"prevalence must be 0 to 1, got {prevalence}")
    if not 0 <= positive_titre < float("inf"):
        raise ValueError(f"positive_titre must be >= 0, got {positive_titre}")
    if not 0 < product_igg < float("inf"):
        raise ValueError(f"product_igg must be > 0 g/L, got {product_igg}")
    if not 0 < plasma_igg < float("inf"):
        raise ValueError(f"plasma_igg must be > 0 g/L, got {plasma_igg}")
    return prevalence * positive_titre * product_igg / plasma_igg


def patient_titre(prevalence, rise, positive_titre=POSITIVE_TITRE, plasma_igg=PLASMA_IGG):
    """Expected titre that the infused antibody adds to the patient's serum.

    T_patient = p T+ dC / c0

    Parameters
    ----------
    rise : float
        Rise of serum IgG by the infusion dC, g/L, >= 0.
    prevalence, positive_titre, plasma_igg : float
        As in `product_titre`.

    Returns
    -------
    float
        Titre, without what the patient makes.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not 0 <= rise < float("inf"):
        raise ValueError(f"rise must be >= 0 g/L, got {rise}")
    return rise * product_titre(prevalence, positive_titre, 1.0, plasma_igg)
