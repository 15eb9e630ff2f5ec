"""How long a live vaccine against measles or varicella waits after immunoglobulin: a table and a rule.

    months = max(3, 6 + (30 / 30.44) log2(dose / 80))

    dose  mg of IgG per kg of body weight

The table is the recommendation; the rule only explains its order. Antibody to measles and varicella in the
product would stop the vaccine virus and has to decay. With a half-life of 30 days each doubling of the dose
takes 30 days more, counted from the table's entry of 6 months at 80 mg/kg. Left out: antibody that
differs between products, a shorter half-life at high IgG, and the antibody that the next dose brings.
"""

from collections import namedtuple
from math import isfinite, log2

Row = namedtuple("Row", ("indication", "low", "high", "months"))

# mg/kg and months; second-hand, copies of the table in cdc_acip_timing
TABLE = (
    Row("replacement", 300, 400, 8),
    Row("exposure", 400, 400, 8),
    Row("itp", 400, 400, 8),
    Row("itp", 1000, 1000, 10),
    Row("kawasaki", 2000, 2000, 11),
)
INDICATIONS = ("replacement", "exposure", "itp", "kawasaki")

HALF_LIFE = 30.0  # days; second-hand, the rationale published with the table
ANCHOR_DOSE = 80.0  # mg/kg; second-hand, copies of the table in cdc_acip_timing
ANCHOR_MONTHS = 6.0  # at the anchor's dose; second-hand, copies of the table in cdc_acip_timing
SHORTEST = 3.0  # months; second-hand, copies of the table in cdc_acip_timing
DAYS_PER_MONTH = 30.44


def vaccine_interval(indication, dose):
    """Months that the table asks for, or None where it has no such row.

    Parameters
    ----------
    indication : str
        One of `INDICATIONS`.
    dose : float
        mg/kg, > 0.

    Returns
    -------
    int or None
        Months from the infusion to the vaccine.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    References
    ----------
    cdc_acip_timing
    """
    if indication not in INDICATIONS:
        raise ValueError(f"no indication {indication!r}; the table has: " + ", ".join(INDICATIONS))
    _check(dose)
    for row in TABLE:
        if row.indication == indication and row.low <= dose <= row.high:
            return row.months
    return None


def vaccine_rule(dose, anchor=ANCHOR_MONTHS):
    """Months by the rule, before rounding.

    months = max(3, anchor + (30 / 30.44) log2(dose / 80))

    Parameters
    ----------
    dose : float
        mg/kg, > 0.
    anchor : float
        Months at 80 mg/kg, > 0.

    Returns
    -------
    float
        Months from the infusion to the vaccine, at least 3.

    Raises
    ------
    ValueError
        If an argument is outside the range given above.

    References
    ----------
    cdc_acip_timing
    """
    _check(dose)
    if not (anchor > 0 and isfinite(anchor)):
        raise ValueError(f"anchor must be > 0 months, got {anchor}")
    return max(SHORTEST, anchor + HALF_LIFE / DAYS_PER_MONTH * log2(dose / ANCHOR_DOSE))


def _check(dose):
    if not (dose > 0 and isfinite(dose)):
        raise ValueError(f"dose must be > 0 mg/kg, got {dose}")
