"""Live-vaccine deferral."""

from widgets.models.live_vaccines import vaccine_rule
from widgets.validation import target

NOTE = "The anchor of 6 months at 80 mg/kg was chosen because it fits the table."

TARGETS = [
    target(f"months after {dose} mg/kg", lambda dose=dose: vaccine_rule(dose), months, "FITTED",
           unit="months", tolerance=0.5, source="[cdc_acip_timing] table of intervals, seen in copies",
           note=NOTE)
    for dose, months in ((300, 8), (400, 8), (1000, 10), (2000, 11))
] + [
    target("months added by each doubling of the dose", lambda: vaccine_rule(800) - vaccine_rule(400), 0.99,
           "MET", unit="months", tolerance=0.005, source="arithmetic"),
]
