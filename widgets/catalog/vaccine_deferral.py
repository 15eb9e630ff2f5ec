"""Turn the dose of immunoglobulin and see how long a measles or varicella vaccine waits."""

from math import log10

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.live_vaccines import (
    ANCHOR_DOSE, ANCHOR_MONTHS, TABLE, vaccine_interval, vaccine_rule)

TITLE = "How long does a live vaccine wait after immunoglobulin?"

NAMES = {
    "replacement": "Replacement in immune deficiency", "exposure": "After exposure to measles or varicella",
    "itp": "Immune thrombocytopenia (ITP)", "kawasaki": "Kawasaki disease"}
CONTROLS = [
    choice("indication", "Given for", value="kawasaki", options={
        "replacement": NAMES["replacement"], "exposure": NAMES["exposure"], "itp": NAMES["itp"],
        "kawasaki": NAMES["kawasaki"]},
        help="After exposure: measles in an immunocompromised person, or varicella."),
    slider("dose", "Total dose", unit="mg/kg", min=100, max=2000, step=100, value=2000,
           help="2000 mg/kg is 2 g/kg. A course over several days: the sum of its days."),
]
PRESETS = {
    "Kawasaki disease, 2 g/kg": {"indication": "kawasaki", "dose": 2000},
    "ITP, 1 g/kg": {"indication": "itp", "dose": 1000},
    "Replacement, 400 mg/kg": {"indication": "replacement", "dose": 400},
    "ITP, 0.4 g/kg on 5 days": {"indication": "itp", "dose": 2000},
}
TASK = {
    "predict": "After 2 g/kg for Kawasaki disease measles vaccine waits 11 months. How long does it wait after "
               "a fifth of that dose, 400 mg/kg?",
    "answer": "8 months, only 3 less [cdc_acip_timing]. Antibody halves about every 30 days, so each "
              "doubling of the dose adds one month, and five times the dose adds 2.3: the wait follows the "
              "logarithm of the dose.",
}
LIMITS = [
    "The table is the recommendation [cdc_acip_timing], read here in copies; the rule is a memory aid. It "
    "was anchored to the table's 6 months at 80 mg/kg because that fits: with the older 5 months it falls "
    "0.7 to 1.4 months short of the rows for immunoglobulin by vein.",
    "The table holds for vaccines that contain live measles or varicella virus. Vaccines that "
    "are not live may be given at any time.",
    "It is the table of the United States; other countries have set intervals of their own.",
    "Whoever is on continuous replacement never gets past the interval: whether such a patient should have "
    "a live vaccine at all is another question, decided by the immune defect.",
    "The overview that this book started from says 11 months after high dose: that is the row for 2 g/kg "
    "only.",
]

CURVE = [60 * 2 ** (step / 4) for step in range(22)]  # mg/kg, 60 to 2283
LEFT, RIGHT = 60, 2560  # mg/kg, ends of the axis
TICKS = (100, 200, 400, 800, 1600)  # mg/kg

# The table's rows, in its words; the rest is in TABLE.
WORDS = ("Replacement in immune deficiency", "Exposure to measles (immunocompromised) or varicella",
         "Immune thrombocytopenia", "Immune thrombocytopenia", "Kawasaki disease")


def figure(indication, dose):
    """Months against the logarithm of the dose: the table's rows, the rule, and this patient."""
    waits, listed = months(indication, dose), vaccine_interval(indication, dose)
    hover = "%{x:.0f} mg/kg: %{y:.1f} months"
    rows = []  # one point for each dose and interval of the table, drawn once
    for row in TABLE:
        for place in ((row.low, row.months), (row.high, row.months)):
            if place not in rows:
                rows.append(place)
    rows.sort()
    data = [
        curve(list(CURVE), [vaccine_rule(x) for x in CURVE], "reference", "rule", dash="dash", width=2,
              hover=hover),
        points([x for x, y in rows], [y for x, y in rows], "evidence", "table", symbol="circle-open",
               hover=hover),
        points([ANCHOR_DOSE], [ANCHOR_MONTHS], "evidence", "anchor of the rule", symbol="diamond-open",
               hover=hover),
        points([dose], [waits], "igg", "this patient", size=13, ghost=True, hover=hover),
    ]
    far = dose >= 1400  # the label would leave the plot on the right
    said = f"<b>{waits} months</b>" + ("" if listed else "<br>by the rule")
    labels = [
        label(log10(dose), waits, said, "igg", anchor="right" if far else "center", yanchor="top",
              shift=(12, -28) if far else (6, -24)),
        label(log10(LEFT), 11.6, "rule: +1 month per doubling", "text", shift=(6, 0)),
        label(log10(LEFT), 1.4, "circles: table of the ACIP<br>diamond: 80 mg/kg, injected", "evidence",
              shift=(6, 0), align="left"),
    ]
    return {"data": data, "layout": layout(
        axis("Dose (mg/kg), each step doubles", log10(LEFT), log10(RIGHT), type="log", tickvals=list(TICKS),
             ticktext=[f"{tick}" for tick in TICKS]),
        axis("Months to the vaccine", 0, 12.5, tickvals=[0, 2, 4, 6, 8, 10, 12]), labels=labels)}


def describe(indication, dose):
    """The interval, and whether the table or only the rule gives it."""
    listed, rule = vaccine_interval(indication, dose), vaccine_rule(dose)
    given = f"After {dose:.0f} mg/kg for {_lower(NAMES[indication])}"
    if listed:
        return (f"{given} the table asks for {listed} months before a measles or varicella vaccine. The rule "
                f"gives {rule:.1f}.")
    rows = [f"{row.low} to {row.high} mg/kg" if row.low != row.high else f"{row.low} mg/kg"
            for row in TABLE if row.indication == indication]
    return (f"{given} the table has no row: it lists {' and '.join(rows)}. The rule gives {rule:.1f}, "
            f"so about {months(indication, dose)} months before a measles or varicella vaccine.")


def table(indication, dose):
    """The rows of the ACIP table that concern immunoglobulin by vein."""
    rows = []
    for row, words in zip(TABLE, WORDS):
        here = row.indication == indication and row.low <= dose <= row.high
        amount = f"{row.low}" if row.low == row.high else f"{row.low} to {row.high}"
        rule = f"{vaccine_rule(row.low):.1f}"
        if row.low != row.high:
            rule += f" to {vaccine_rule(row.high):.1f}"
        rows.append([{"text": words + " (this patient)", "role": "igg"} if here else words, amount,
                     f"{row.months}", rule, "[cdc_acip_timing]"])
    return {"caption": "Months from immunoglobulin by vein to a live measles or varicella vaccine.",
            "columns": ["Given for", "mg/kg", "Months, table", "Months, rule", "Source"], "rows": rows}


def months(indication, dose):
    """What the table says, else the rule rounded to the nearest month."""
    listed = vaccine_interval(indication, dose)
    return listed if listed else int(vaccine_rule(dose) + 0.5)


def _lower(name):
    """A name inside a sentence: small first letter, but not of Kawasaki."""
    return name if name[0] == "K" else name[0].lower() + name[1:]
