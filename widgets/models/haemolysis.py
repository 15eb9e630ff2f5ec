"""Haemolysis after IVIG: donors' anti-A and anti-B against the patient's red cells.

    risk = 1 - exp(-r g i (D/2 x T/32)^c)

    D  dose of the course, g/kg                  T  titre of anti-A and anti-B in the product, 1:T
    g  blood group: O, B, A, AB (A = 1)          i  inflammation, as a multiple
    r  rate at 2 g/kg and 1:32 in group A        c  steepness with antibody

Dose and titre act as one amount of antibody. Of the parameters only the rates and the steepness come
from cohorts; they were solved from the numbers they now reproduce.

What is left out: zygosity, secretor state, first exposure and repeated courses, differences between
products apart from the titre, and how a laboratory reads a titre.
"""

from math import exp

RATES = {
    "any": 0.400,  # any grade, group A at 2 g/kg and 1:32; derived, 32 % of courses in pendergrast2021
    "moderate": 0.217,  # grade 2 or more, likewise; derived, 19 % of courses in pendergrast2021
}
GROUP_FACTORS = {
    "O": 0.02,  # times group A; chosen for teaching
    "B": 0.6,  # times group A; chosen for teaching
    "A": 1.0,  # by definition
    "AB": 1.8,  # times group A; chosen for teaching
}
STEEPNESS = 1.3  # c; derived, 90 % lower risk with two to three titre steps less gives 1.1 to 1.7
REFERENCE_DOSE = 2.0  # g/kg per course; from a publication, pendergrast2021
REFERENCE_TITRE = 32.0  # chosen for teaching
INFLAMMATION = 1.0  # chosen for teaching
GROUPS = ("O", "B", "A", "AB")
COHORT_SHARES = (("A", 40), ("B", 11), ("AB", 4))  # chosen for teaching: mix that stands for non-O patients


def antibody_load(dose, titre=REFERENCE_TITRE):
    """Antibody received in a course, as a multiple of 2 g/kg of a product with a titre of 1:32.

    (D / 2) (T / 32)

    Parameters
    ----------
    dose : float
        Dose of the whole course, g/kg, >= 0.
    titre : float
        Reciprocal titre of anti-A and anti-B in the product, >= 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.
    """
    if not dose >= 0:
        raise ValueError(f"dose must be >= 0 g/kg, got {dose}")
    if not titre >= 0:
        raise ValueError(f"titre must be >= 0, got {titre}")
    return dose / REFERENCE_DOSE * (titre / REFERENCE_TITRE)


def haemolysis_risk(dose, titre=REFERENCE_TITRE, group="A", grade="any", inflammation=INFLAMMATION,
                    steepness=STEEPNESS):
    """Risk of haemolysis after one course, 0 to 1.

    risk = 1 - exp(-r g i (D/2 x T/32)^c)

    Parameters
    ----------
    dose, titre : float
        As in `antibody_load`.
    group : str
        Blood group of the patient: "O", "B", "A" or "AB".
    grade : str
        "any", or "moderate" for grade 2 or more.
    inflammation : float
        Multiple of the rate, dimensionless, >= 0.
    steepness : float
        c, dimensionless, > 0.

    Raises
    ------
    ValueError
        If an argument is outside its range.

    Notes
    -----
    The risk is that of a search by laboratory tests in every patient; routine reports are far lower.

    References
    ----------
    pendergrast2021; gerber2016 for the titre steps
    """
    if group not in GROUP_FACTORS:
        raise ValueError(f"group must be one of {GROUPS}, got {group!r}")
    if grade not in RATES:
        raise ValueError(f"grade must be 'any' or 'moderate', got {grade!r}")
    if not inflammation >= 0:
        raise ValueError(f"inflammation must be >= 0, got {inflammation}")
    if not steepness > 0:
        raise ValueError(f"steepness must be > 0, got {steepness}")
    load = antibody_load(dose, titre)
    return 1 - exp(-RATES[grade] * GROUP_FACTORS[group] * inflammation * load ** steepness)


def cohort_risk(dose, titre=REFERENCE_TITRE, grade="any", inflammation=INFLAMMATION):
    """Mean risk of patients of groups A, B and AB in the ratio 40:11:4, 0 to 1.

    Arguments and errors as in `haemolysis_risk`.
    """
    total = sum([share for group, share in COHORT_SHARES])
    return sum([share * haemolysis_risk(dose, titre, group, grade, inflammation)
                for group, share in COHORT_SHARES]) / total
