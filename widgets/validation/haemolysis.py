"""Haemolysis by blood group, dose and titre."""

from widgets.models.haemolysis import cohort_risk, haemolysis_risk
from widgets.validation import target

STEPS = 2.5  # titre steps of two-fold: the middle of the two to three of gerber2016


def percent(dose, group, grade):
    return 100 * haemolysis_risk(dose, group=group, grade=grade)


def ratio(steps):
    """Risk of grade 2 or more after that many titre steps less, group A, 2 g/kg: a ratio."""
    return (haemolysis_risk(2, 32 / 2 ** steps, grade="moderate")
            / haemolysis_risk(2, grade="moderate"))


COHORT = "The rate was solved from this number."
REMOVAL = ("Steepness was chosen with this number in view. The cohort's record was not complete enough to "
           "cite; two to three titre steps are from [gerber2016].")

TARGETS = [
    target("haemolysis of any grade after 2 g/kg, blood groups A, B and AB",
           lambda: 100 * cohort_risk(2), 32, "FITTED", unit="%", tolerance=0.5,
           source="[pendergrast2021] abstract: 99 courses in 78 patients", note=COHORT),
    target("haemolysis of grade 2 or more after 2 g/kg, blood groups A, B and AB",
           lambda: 100 * cohort_risk(2, grade="moderate"), 19, "FITTED", unit="%", tolerance=0.5,
           source="[pendergrast2021] abstract: 99 courses in 78 patients", note=COHORT),
    target("risk ratio after removal of isoagglutinins, two titre steps", lambda: ratio(2), (0.03, 0.33),
           "FITTED", source="hospital cohort: second-hand, record not seen", note=REMOVAL),
    target("risk ratio after removal of isoagglutinins, two and a half titre steps", lambda: ratio(STEPS),
           (0.03, 0.33), "FITTED", source="hospital cohort: second-hand, record not seen", note=REMOVAL),
    target("risk ratio after removal of isoagglutinins, three titre steps", lambda: ratio(3), (0.03, 0.33),
           "FITTED", source="hospital cohort: second-hand, record not seen", note=REMOVAL),
] + [
    target(f"any grade, group A, {dose:g} g/kg", lambda dose=dose: percent(dose, "A", "any"), expected,
           "REGRESSION", unit="%", tolerance=0.3)
    for dose, expected in ((0.4, 4.8), (1, 15.0), (2, 33.0), (4, 62.7))
] + [
    target(f"grade 2 or more, group AB, {dose:g} g/kg", lambda dose=dose: percent(dose, "AB", "moderate"),
           expected, "REGRESSION", unit="%", tolerance=0.3)
    for dose, expected in ((0.4, 4.7), (1, 14.7), (2, 32.4), (4, 61.8))
]
