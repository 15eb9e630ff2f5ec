"""Serum IgG after infusions."""

from widgets.models.igg_level import (
    clearance, exposure, half_life, kinetics, pneumonia_rate, recycling_ratio, regimen, simulate_igg, steady_cycle)
from widgets.validation import target

TUNED_VOLUMES = "The two volumes and their exchange were chosen with this number in view."
DIVIDED = regimen(2000, 28, 1, divided=True)


def _peak(dose, baseline, hours=4):
    return max(simulate_igg([(0, dose)], baseline, infusion_hours=hours, days=28).igg)


def _level(doses, baseline, day, hours=4):
    course = simulate_igg(list(doses) + [(day, 0)], baseline, infusion_hours=hours, days=max(28, day + 1))
    return min(zip(course.times, course.igg), key=lambda point: abs(point[0] - day))[1]


def _trough(dose, baseline, law="saturable"):
    return steady_cycle(dose, 28, baseline, law=law).igg[-1]


def _slope(baseline, law="saturable"):
    return 50 * (_trough(500, baseline, law) - _trough(300, baseline, law))


TARGETS = [
    target("peak after one dose of 500 mg/kg, from 2 g/L", lambda: _peak(500, 2), (12, 14), "MET", unit="g/L",
           source="[velikova2023]", note="The source does not say from which level."),
    target("peak after one dose of 500 mg/kg, from 10 g/L", lambda: _peak(500, 10), (12, 14), "NOT MET", unit="g/L",
           source="[velikova2023]", note="Holds only for a start at about 1.5 to 3.5 g/L."),
    target("peak after 2 g/kg over 5 days, from 10 g/L", lambda: max(simulate_igg(DIVIDED, 10, days=28).igg), (25, 35),
           "FITTED", unit="g/L", source="[velikova2023]", note=TUNED_VOLUMES),
    target("end of one 11-hour infusion of 2 g/kg, from 10 g/L", lambda: _peak(2000, 10, 11), (25, 35), "NOT MET",
           unit="g/L", source="[velikova2023]", note="The dose fills the plasma before it spreads."),
    target("two days after one 11-hour infusion of 2 g/kg, from 10 g/L",
           lambda: _level([(0, 2000)], 10, 11 / 24 + 2, 11), (25, 35), "FITTED", unit="g/L",
           source="[velikova2023]", note=TUNED_VOLUMES),
    target("half-life at 12.1 g/L", lambda: half_life(12.1), (21, 23), "FITTED", unit="days",
           source="classical textbook value", note=TUNED_VOLUMES + " Clearance was not."),
    target("half-life at 6.5 g/L", lambda: half_life(6.5), (30, 32), "FITTED", unit="days",
           source="an overview page for patients", note=TUNED_VOLUMES + " The ratio to 12.1 g/L was not tuned."),
    target("IgG recycled for each IgG broken down at 12.1 g/L", lambda: recycling_ratio(12.1), 1.42, "MET",
           tolerance=0.07, source="[kim2007], abstract"),
    target("trough on 300 mg/kg every 28 days, from 3 g/L", lambda: _trough(300, 3), (5, 7), "MET", unit="g/L",
           source="[velikova2023]"),
    target("trough on 500 mg/kg every 28 days, from 4 g/L", lambda: _trough(500, 4), (5, 7), "MET", unit="g/L",
           source="[velikova2023]"),
    target("trough on 300 mg/kg every 28 days, from 1 g/L", lambda: _trough(300, 1), (5, 7), "NOT MET", unit="g/L",
           source="[velikova2023]", note="From such a level 500 mg/kg is needed."),
    target("trough on 500 mg/kg every 28 days, from 1 g/L", lambda: _trough(500, 1), (5, 7), "MET", unit="g/L",
           source="[velikova2023]"),
    target("rise of the trough for each 100 mg/kg a month, saturable law, from 4 g/L", lambda: 100 * _slope(4) / 100,
           (101, 141), "NOT MET", unit="mg/dL", source="[berger2013]",
           note="A law in which clearance rises with IgG cannot give so steep a rise."),
    target("the same, by a second estimate", lambda: 100 * _slope(4) / 100, (58.4, 87.6), "NOT MET", unit="mg/dL",
           source="[lee2020trough]", note="Within 20 % of 73 mg/dL."),
    target("the same, linear law", lambda: 100 * _slope(4, "linear") / 100, 121, "MET", unit="mg/dL", tolerance=20,
           source="[berger2013]"),
    target("trough on 400 mg/kg every 28 days, linear law", lambda: _trough(400, 4, "linear"), 8.8, "MET", unit="g/L",
           tolerance=0.05, source="[vanderzeeuw2026], Table 4, second-hand"),
    target("half-life, linear law", lambda: half_life(8, 70, "linear"), 46, "MET", unit="days", tolerance=0.5,
           source="[vanderzeeuw2026], Table 4, second-hand"),
    target("central volume, linear law", lambda: kinetics("linear", 70).central_volume, 56, "MET", unit="mL/kg",
           tolerance=0.5, source="[vanderzeeuw2026], Table 4, second-hand"),
    target("pneumonia rate at a trough of 10 g/L", lambda: pneumonia_rate(10), 0.023, "MET", unit="per year",
           tolerance=0.0005, source="[orange2010], abstract"),
    *[target(f"2 g/kg over 5 days from 10 g/L: day {day}", lambda day=day: _level(DIVIDED, 10, day), level,
             "REGRESSION", unit="g/L", tolerance=1) for day, level in ((7, 24.5), (14, 19.4), (21, 16.7), (28, 14.9))],
    target("steady trough on 400 mg/kg every 28 days, from 1 g/L", lambda: _trough(400, 1), 4.83, "REGRESSION",
           unit="g/L", tolerance=0.1),
    target("steady peak on 400 mg/kg every 28 days, from 1 g/L", lambda: max(steady_cycle(400, 28, 1).igg), 13.2,
           "REGRESSION", unit="g/L", tolerance=0.26),
    target("area under one steady cycle of it", lambda: exposure(steady_cycle(400, 28, 1), 0, 28, 5)[0], 185.4,
           "REGRESSION", unit="g·day/L", tolerance=3.7),
    *[target(f"clearance at {igg:g} g/L", lambda igg=igg: clearance(igg), value, "REGRESSION", unit="mL/kg/day",
             tolerance=0.005) for igg, value in ((1, 0.88), (6, 2.12), (12.1, 3.12), (30, 4.68))],
]
