"""IgA deficiency arithmetic."""

from widgets.models.iga_deficiency import ANTI_IGA_SHARE, at_least_one, patients_at, with_anti_iga
from widgets.validation import target


def met(one_in, patients, expected):
    """The chance of at least one among so many patients, in per cent."""
    return target(f"chance of at least one among {patients}, 1 in {one_in} deficient",
                  lambda: 100 * at_least_one(1 / one_in, patients), expected, "MET", unit="%", tolerance=0.05,
                  source="arithmetic")


def reached(chance, one_in, expected):
    """The patients among whom the chance is reached, to the nearest whole one."""
    return target(f"patients for a {100 * chance:.0f} % chance, 1 in {one_in} deficient",
                  lambda: patients_at(chance, 1 / one_in), expected, "MET", unit="patients", tolerance=0.5,
                  source="arithmetic")


def subset(share, expected):
    """One person in so many with IgA deficiency and anti-IgA."""
    return target(f"one person in how many, 1 in 600 deficient, {100 * share:.0f} % of these with anti-IgA",
                  lambda: 1 / with_anti_iga(1 / 600, share), expected, "MET", unit="people", tolerance=0.5,
                  source="arithmetic")


TARGETS = [
    met(500, 100, 18.1), met(500, 500, 63.2), met(500, 1000, 86.5), met(1000, 100, 9.5),
    met(1000, 1000, 63.2),
    reached(0.5, 500, 346), reached(0.95, 500, 1496), reached(0.5, 1000, 693), reached(0.95, 1000, 2994),
    subset(0.2, 3000), subset(0.3, 2000),
    target("one donor in how many with IgA deficiency and anti-IgA, from 1 in 500 and 30 %",
           lambda: 1 / with_anti_iga(1 / 500, ANTI_IGA_SHARE), 1200, "NOT MET", unit="donors", tolerance=100,
           source="[sandler1995] abstract",
           note="Donors were found to have both more often than the usual shares multiply to."),
]
