"""How often IVIG causes a reaction: one rate, two denominators.

    P(n) = 1 - B(a, b + n) / B(a, b)        a = mu (1 - rho) / rho,  b = (1 - mu) (1 - rho) / rho

    P    share of patients with at least one reaction after n infusions
    mu   share of infusions with a reaction     rho  clustering of reactions in the same patients

Each patient has a risk per infusion of their own, spread over patients as a beta distribution with mean
mu; rho is the correlation between two infusions of one patient. At rho = 0 every infusion is an
independent draw and P = 1 - (1 - mu)^n; at rho = 1 the same mu of all patients react every time and
P = mu. The ratio of beta functions is computed as the product

    B(a, b + n) / B(a, b) = product over i = 0 ... n - 1 of (b + i) / (a + b + i)

What the model leaves out: first infusions react more than later ones, patients who react stop or are
changed to another product, and patients of one study differ in the number of their infusions.
"""

from collections import namedtuple

RATE = 0.025  # reactions per infusion; from a publication, kato2021
CLUSTERING = 0.10  # correlation within a patient; chosen for teaching, near 0.03 to 0.09 of malbran2013
INFUSIONS = 12  # chosen for teaching, a year of monthly infusions

# Anaphylaxis per 10 000 administrations by exposure: from a publication, martinez2021.
ANAPHYLAXIS = {
    "first": 22.9,  # the first ever
    "after a gap": 10.8,  # more than 42 days after another
    "within 42 days": 3.9,
    "all": 7.3,
}

Study = namedtuple("Study", (
    "name", "key", "counted", "infusion_share", "infusions", "patient_share", "patients"))

# Published rates; the shares are counts over numbers of infusions or patients where both are printed,
# else the printed share. None: not printed. All from publications.
STUDIES = (
    Study("Brennan 2003", "brennan2003", "any reaction", 0.008, 13508, None, 459),
    Study("Antunes 2023", "antunes2023", "immediate, children", 22 / 1736, 1736, 10 / 70, 70),
    Study("Malbrán 2013, looking back", "malbran2013", "immediate", 24 / 1031, 1031, 11 / 23, 23),
    Study("Malbrán 2013, followed", "malbran2013", "immediate", 32 / 364, 364, 14 / 24, 24),
    Study("Kato 2021, all", "kato2021", "any reaction", 0.025, None, 0.049, None),
    Study("Kato 2021, high dose", "kato2021", "any reaction", 97 / 2888, 2888, 33 / 388, 388),
    Study("Singh-Grewal 2006, at once", "singhgrewal2006", "immediate, children", 0.035, 345, 6 / 58, 58),
    Study("Singh-Grewal 2006, delayed", "singhgrewal2006", "delayed, children", 0.209, 345, 24 / 58, 58),
    Study("Nain 2020", "nain2020", "immediate", 34 / 763, 763, None, 109),
    Study("Arch Pediatr 2025", "pidchildren2025", "any event, children", 0.089, 2025, 28 / 69, 69),
    Study("Kubota 2020", "kubota2020", "first course, children", None, None, 39 / 104, 104),
)


def ae_per_patient(mu, rho, n):
    """Share of patients with at least one reaction after n infusions: the beta-binomial P(n).

    Parameters
    ----------
    mu : float
        Share of infusions with a reaction, > 0 and < 1.
    rho : float
        Clustering: correlation between two infusions of one patient, >= 0 and < 1.
    n : int
        Number of infusions of each patient, whole, >= 1.

    Returns
    -------
    float
        P, dimensionless, mu to 1.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    Notes
    -----
    Numerator and denominator of each factor are multiplied by rho, so that rho = 0 needs no case of
    its own. Clustering of reactions is derived from counts, not measured.

    References
    ----------
    malbran2013, the counts behind 0.03 to 0.09
    """
    if not (1 <= n < float("inf") and n == int(n)):
        raise ValueError(f"n must be a whole number >= 1, got {n}")
    return course_of_patients(mu, rho, n)[-1]


def course_of_patients(mu, rho, n):
    """P after 1, 2, ... n infusions, as a list: parameters and errors as in `ae_per_patient`."""
    if not 0 < mu < 1:
        raise ValueError(f"mu must be > 0 and < 1, got {mu}")
    if not 0 <= rho < 1:
        raise ValueError(f"rho must be >= 0 and < 1, got {rho}")
    if not 1 <= n < float("inf"):
        raise ValueError(f"n must be a whole number >= 1, got {n}")
    spared, found = 1.0, []
    for i in range(int(n)):
        spared *= ((1 - mu) * (1 - rho) + i * rho) / (1 - rho + i * rho)
        found.append(1 - spared)
    return found


def fitted_clustering(mu, share, n):
    """The clustering at which the model gives a share of patients found by a study.

    Solves P(n) = share for rho, by halving.

    Parameters
    ----------
    mu, n
        As in `ae_per_patient`.
    share : float
        Share of patients with at least one reaction, mu < share <= 1 - (1 - mu)^n.

    Returns
    -------
    float
        rho, 0 to 1.

    Raises
    ------
    ValueError
        If an argument is outside its range: no clustering then explains both shares.

    Notes
    -----
    As if every patient had the same number of infusions; n is a study's mean, rounded.
    """
    if not mu < share <= ae_per_patient(mu, 0.0, n):
        raise ValueError(f"share must be above mu and at most 1 - (1 - mu)^n, got {share}")
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if ae_per_patient(mu, middle, n) > share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mean_infusions(study):
    """Infusions per patient of one of `STUDIES`, rounded to a whole number; None if not printed."""
    if study.infusions is None or study.patients is None:
        return None
    return int(study.infusions / study.patients + 0.5)


def anaphylaxis_rate(sequence):
    """Anaphylaxis per 10 000 administrations by what went before.

    Parameters
    ----------
    sequence : str
        "first" (ever), "after a gap" (of more than 42 days), "within 42 days" or "all".

    Raises
    ------
    ValueError
        If there is no such sequence; the message lists what there is.

    Notes
    -----
    The adjusted ratio of "within 42 days" to "first" is 0.27, 95 % interval 0.17 to 0.42; the crude
    ratio of these rates is 0.17.

    References
    ----------
    martinez2021
    """
    if sequence not in ANAPHYLAXIS:
        raise ValueError(f"no sequence {sequence!r}; there are: " + ", ".join(sorted(ANAPHYLAXIS)))
    return ANAPHYLAXIS[sequence]
