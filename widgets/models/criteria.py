"""Criteria for immunoglobulin as a worksheet: a patient's laboratory values against one list after another.

    low for age:  value < lower end of the range for the age
    total = IgG + IgA + IgM                          mg/dL

Three lists. The first is the founding review's: IgG below 200 mg/dL or total immunoglobulin below 400,
antibodies absent or low, a poor answer to vaccines, none to an infection. The second holds parts of
today's definitions of antibody deficiency. The third is the tests that should be known before a first
infusion. Each criterion is met, not met, not asked for in this patient, or its test is missing. Meeting
one is no reason to treat: a definition names a disease, and whoever treats weighs infections, other causes
and the course over time.
"""

from collections import namedtuple

Patient = namedtuple("Patient", (
    "age", "igg", "iga", "igm", "protein", "polysaccharide", "infection_antibody", "infections", "creatinine",
    "liver", "blood_count", "hepatitis"))
Ranges = namedtuple("Ranges", ("igg", "iga", "igm"))
Finding = namedtuple("Finding", ("criterion", "result", "reason"))

MET, NOT_MET, MISSING, NOT_ASKED = "met", "not met", "test missing", "not asked for"

SOURCE_IGG = 200.0  # mg/dL of IgG; second-hand, the founding review
SOURCE_TOTAL = 400.0  # mg/dL of IgG, IgA and IgM; second-hand, the founding review
INFANT_IGG = 200.0  # mg/dL under 12 months, agammaglobulinaemia; second-hand, ESID's definitions, seidel2019
CHILD_IGG = 500.0  # mg/dL from 12 months, agammaglobulinaemia; second-hand, ESID's definitions, seidel2019
VACCINE_IGG = 100.0  # mg/dL up to which no vaccine test is asked for; from a publication, perez2017sad
ABSENT_IGA = 7.0  # mg/dL, selective IgA deficiency; from a publication, morawska2021
DEFINED_AGE = 4.0  # years, from which CVID and IgA deficiency are named; from a publication, perez2017sad
INFANT, ADULT = 1.0, 18.0  # years

# Ranges by age: from this age in years on, (low, high) of IgG, IgA and IgM in mg/dL; chosen for teaching.
RANGES = (
    (0.25, Ranges((200, 900), (5, 60), (20, 120))),
    (0.5, Ranges((300, 1100), (10, 80), (30, 180))),
    (1.0, Ranges((400, 1300), (20, 130), (40, 200))),
    (4.0, Ranges((500, 1500), (35, 220), (40, 210))),
    (10.0, Ranges((700, 1600), (70, 400), (40, 230))),
)

RESPONSES = ("none", "partial", "normal", "not tested")
ANTIBODIES = ("absent", "present", "not tested")
INFECTIONS = ("none", "few", "recurrent")
PRESENT_IGA = "not absent"
CREATININE = ("normal", "raised", "not measured")


def ranges_for(age):
    """Ranges of IgG, IgA and IgM for an age, chosen for teaching.

    Parameters
    ----------
    age : float
        Years, 0.25 to 120: younger, the mother's IgG is still there.

    Returns
    -------
    Ranges
        (low, high) of each class, mg/dL.

    Raises
    ------
    ValueError
        If the age is outside its range.
    """
    if not (age >= RANGES[0][0] and age <= 120):
        raise ValueError(f"age must be {RANGES[0][0]} to 120 years, got {age}")
    return [ranges for start, ranges in RANGES if age >= start][-1]


def total(patient):
    """IgG, IgA and IgM together, mg/dL: what else there is (IgD, IgE) hardly counts."""
    return patient.igg + patient.iga + patient.igm


def floor_for(age):
    """IgG below which agammaglobulinaemia is considered, mg/dL: 200 in the first year, then 500; adults None.

    References
    ----------
    seidel2019
    """
    if age >= ADULT:
        return None
    return INFANT_IGG if age < INFANT else CHILD_IGG


def low_classes(patient):
    """Names of the classes below the range for the age, in the order IgG, IgA, IgM."""
    ranges = ranges_for(patient.age)
    classes = (("IgG", patient.igg, ranges.igg), ("IgA", patient.iga, ranges.iga),
               ("IgM", patient.igm, ranges.igm))
    return [name for name, value, limits in classes if value < limits[0]]


def source_findings(patient):
    """The four criteria of the founding review, in its order.

    Parameters
    ----------
    patient : Patient
        Age in years, IgG, IgA and IgM in mg/dL, the rest one of the words above or True and False.

    Returns
    -------
    list of Finding

    Raises
    ------
    ValueError
        If a value of the patient is outside its range.
    """
    _check(patient)
    by_igg, by_total = patient.igg < SOURCE_IGG, total(patient) < SOURCE_TOTAL
    if by_igg:
        reason = "IgG alone is below 200"
    elif by_total:
        reason = "IgG is not, but the total is below 400"
    else:
        reason = "neither is below"
    low = low_classes(patient)
    found = [
        Finding("level", _met(by_igg or by_total), reason),
        Finding("antibodies", _met(low), "below the range for age: " + (", ".join(low) if low else "none")),
        _vaccine_finding(patient),
    ]
    after = {"absent": (MET, "none was made"), "present": (NOT_MET, "antibody was made"),
             "not tested": (MISSING, "antibody after a proven infection is not known")}
    return found + [Finding("infection_antibody", *after[patient.infection_antibody])]


def today_findings(patient):
    """Five parts of today's definitions of antibody deficiency; arguments as in `source_findings`.

    References
    ----------
    bonilla2016icon, Table II; perez2017sad, Table 1; seidel2019
    """
    _check(patient)
    low = low_classes(patient)
    others = [name for name in low if name != "IgG"]
    floor = floor_for(patient.age)
    by_floor = (NOT_ASKED, "the limit is for children")
    if floor is not None:
        by_floor = (_met(patient.igg < floor), f"the limit at this age is {floor:.0f}")
    vaccine = _vaccine_finding(patient)
    if patient.igg <= VACCINE_IGG and vaccine.result == MISSING:
        vaccine = Finding("vaccine", NOT_ASKED, "not asked for at an IgG of 100 or less")
    sick = patient.infections == "recurrent"
    return [
        Finding("igg_for_age", _met("IgG" in low), "to be measured twice" if patient.age >= DEFINED_AGE else
                "CVID is not named before 4 years"),
        Finding("igg_floor", *by_floor),
        Finding("second_class", _met(others), "low: " + " and ".join(others) if others else "neither is low"),
        vaccine,
        Finding("infections", _met(sick), "recurrent or severe" if sick else "not recurrent or severe"),
    ]


def baseline_findings(patient):
    """Whether each test that comes before a first infusion is known; arguments as in `source_findings`."""
    _check(patient)
    kidney = {"normal": "creatinine is normal", "raised": "creatinine is raised: kidney risk",
              "not measured": "creatinine is not measured"}[patient.creatinine]
    iga = PRESENT_IGA
    if patient.iga < ABSENT_IGA:
        iga = ("under 7: deficient, which alone does not forbid immunoglobulin" if patient.age >= DEFINED_AGE
               else "under 7, but deficiency is not named before 4 years")
    return [
        Finding("kidney", MISSING if patient.creatinine == "not measured" else MET, kidney),
        Finding("liver", *_done(patient.liver)),
        Finding("blood_count", *_done(patient.blood_count)),
        Finding("hepatitis", *_done(patient.hepatitis)),
        Finding("iga", MET, iga),
    ]


def count(findings, result):
    """How many findings have this result."""
    return len([finding for finding in findings if finding.result == result])


def _vaccine_finding(patient):
    """Met by a missing or partial answer to either kind of vaccine."""
    answers = (("protein", patient.protein), ("polysaccharide", patient.polysaccharide))
    poor = [f"{name}: {answer}" for name, answer in answers if answer in ("none", "partial")]
    untested = [name for name, answer in answers if answer == "not tested"]
    if poor:
        return Finding("vaccine", MET, ", ".join(poor))
    if untested:
        return Finding("vaccine", MISSING, "not tested: " + " and ".join(untested))
    return Finding("vaccine", NOT_MET, "both answers are normal")


def _met(is_met):
    return MET if is_met else NOT_MET


def _done(is_done):
    return (MET, "known") if is_done else (MISSING, "not done")


def _check(patient):
    ranges_for(patient.age)
    for name, value in (("igg", patient.igg), ("iga", patient.iga), ("igm", patient.igm)):
        if not (value >= 0 and value <= 20000):
            raise ValueError(f"{name} must be 0 to 20000 mg/dL, got {value}")
    for name, value, offered in (
            ("protein", patient.protein, RESPONSES), ("polysaccharide", patient.polysaccharide, RESPONSES),
            ("infection_antibody", patient.infection_antibody, ANTIBODIES),
            ("infections", patient.infections, INFECTIONS), ("creatinine", patient.creatinine, CREATININE)):
        if value not in offered:
            raise ValueError(f"{name} must be one of {offered}, got {value!r}")
