"""IgA deficiency in a clinic: the chance of meeting it, alone and with antibodies to IgA.

    P = 1 - (1 - p)^N       expected = p N       with anti-IgA: p a in the place of p

    p      share of people with IgA deficiency       N    patients
    a      share of these with antibodies to IgA

People count as independent draws from the population: a clinic for immune deficiency sees far more.
p a is how common a finding is. It is no risk of anaphylaxis: sandler1995 put such reactions at one per
20,000 to 47,000 transfusions, though deficiency with anti-IgA was found in about one donor in 1,200.
"""

from widgets.models.donor_pool import donors_at, presence

COMMON_ONE_IN = 150  # people for one with IgA deficiency; from a publication, morawska2021
RARE_ONE_IN = 3000  # people for one with IgA deficiency; from a publication, morawska2021
ANTI_IGA_SHARE = 0.3  # a; second-hand, 0.2 to 0.3 of healthy deficient people


def with_anti_iga(prevalence, share=ANTI_IGA_SHARE):
    """Share of people with IgA deficiency and antibodies to IgA.

    p a

    Parameters
    ----------
    prevalence : float
        Share p with IgA deficiency, 0 to 1.
    share : float
        Share a of these with anti-IgA, 0 to 1.

    Returns
    -------
    float
        0 to 1. Not a risk of a reaction.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    References
    ----------
    arithmetic; sandler1995 and rachid2012 on why it is no risk
    """
    if not 0 <= prevalence <= 1:
        raise ValueError(f"prevalence must be 0 to 1, got {prevalence}")
    if not 0 <= share <= 1:
        raise ValueError(f"share must be 0 to 1, got {share}")
    return prevalence * share


def at_least_one(prevalence, patients, share=1.0):
    """Chance of at least one such person among the patients.

    P = 1 - (1 - p a)^N

    Parameters
    ----------
    prevalence, share : float
        As in `with_anti_iga`; share 1 asks for IgA deficiency of any kind.
    patients : float
        N, >= 0.

    Returns
    -------
    float
        Chance, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    return presence(with_anti_iga(prevalence, share), patients)


def patients_at(chance, prevalence, share=1.0):
    """The number of patients at which the chance of meeting such a person is exactly this, not rounded.

    N = log(1 - P) / log(1 - p a)

    `chance` is >= 0 and < 1; `prevalence` times `share` is >= 1e-12 and < 1; ValueError otherwise.
    """
    return donors_at(chance, with_anti_iga(prevalence, share))
