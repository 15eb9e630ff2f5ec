"""Infusion plan and dosing weight."""

from widgets.models.infusion import (
    adjusted_weight, fewest_vials, ideal_weight, infusion_plan, rounded)
from widgets.validation import target

WEIGHT = 70  # kg
NAMES = {"cautious_10": "cautious steps, 10 %", "fast_10": "steps to 5 mL/kg/h, 10 %",
         "standard_5": "5 % product"}
PUBLISHED = [  # schedule, g/kg, mL, h
    ("cautious_10", 0.4, 280, 2.19), ("cautious_10", 1, 700, 3.69), ("cautious_10", 2, 1400, 6.19),
    ("fast_10", 0.4, 280, 2.19), ("fast_10", 1, 700, 3.45), ("fast_10", 2, 1400, 5.45),
    ("standard_5", 0.4, 560, 2.98), ("standard_5", 1, 1400, 5.97), ("standard_5", 2, 2800, 10.97),
]


def _plan(schedule, dose):
    return infusion_plan(dose * WEIGHT, WEIGHT, schedule)


TARGETS = []
for _schedule, _dose, _volume, _hours in PUBLISHED:
    _what = f"of {_dose:g} g/kg at 70 kg, {NAMES[_schedule]}"
    TARGETS += [
        target("volume " + _what, lambda s=_schedule, d=_dose: _plan(s, d).volume, _volume, "MET", unit="mL",
               tolerance=0.5, source="arithmetic"),
        target("time " + _what, lambda s=_schedule, d=_dose: _plan(s, d).hours, _hours, "MET", unit="h",
               tolerance=0.005, source="arithmetic"),
    ]
TARGETS += [
    target("volume at 5 % against 10 %, same dose",
           lambda: _plan("standard_5", 1).volume / _plan("cautious_10", 1).volume, 2, "MET", unit="times",
           tolerance=1e-9, source="arithmetic"),
    target("ideal weight, woman of 163 cm", lambda: ideal_weight(163, "female"), 55.1, "MET", unit="kg",
           tolerance=0.05, source="arithmetic"),
    target("adjusted weight, woman of 163 cm and 110 kg", lambda: adjusted_weight(163, 110, "female"), 77.1,
           "MET", unit="kg", tolerance=0.05, source="arithmetic"),
    target("28 g in units of 5 g", lambda: rounded(28, 5), 30, "MET", unit="g", tolerance=0,
           source="arithmetic"),
    target("33.6 g in units of 5 g", lambda: rounded(33.6, 5), 35, "MET", unit="g", tolerance=0,
           source="arithmetic"),
    target("vials for 35 g, one of 30 g and one of 5 g",
           lambda: sum([number for size, number in fewest_vials(35)]), 2, "MET", unit="vials", tolerance=0,
           source="arithmetic"),
]
