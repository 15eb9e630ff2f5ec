"""Hyperproteinaemia: viscosity and sodium."""

from widgets.models.hyperproteinaemia import indirect_sodium, serum_viscosity, serum_water, total_protein
from widgets.models.igg_level import simulate_igg
from widgets.validation import target

NORMAL = 10.0  # g/L of IgG before treatment


def after(days):
    """Highest IgG, g/L, and the level a day after it, of 2 g/kg over some days from 10 g/L."""
    infusions = [(float(day), 2000.0 / days) for day in range(days)]
    peak = max(simulate_igg(infusions, NORMAL, days=days + 3.0).igg)
    end = days - 1 + 4 / 24 + 1.0
    return peak, simulate_igg(infusions, NORMAL, days=end).igg[-1]


def rise(days):
    return serum_viscosity(after(days)[0]) - serum_viscosity(NORMAL)


def more_protein(igg):
    return total_protein(igg) - total_protein(NORMAL)


def less_sodium(igg):
    return indirect_sodium(total_protein(igg)) - indirect_sodium(total_protein(NORMAL))


FITTED_NOTE = "The amount of other globulins was moved from 15 to 18 g/L to reach it."
RISE_NOTE = "Published: mean 0.55, range 0.1 to 1.0; the crowding constant was picked by eye."
DIRECTION = "Published is a direction only: protein up, measured sodium down."

TARGETS = [
    target("viscosity of normal serum, IgG 10 g/L", lambda: serum_viscosity(10), (1.5, 1.9), "FITTED",
           source="[dalakas1994] normal range", note=FITTED_NOTE),
    target("viscosity of normal serum, IgG 12 g/L", lambda: serum_viscosity(12), (1.5, 1.9), "FITTED",
           source="[dalakas1994] normal range", note=FITTED_NOTE),
    target("rise of viscosity, 2 g/kg over 5 days", lambda: rise(5), (0.3, 0.9), "MET",
           source="[dalakas1994] mean rise 0.55", note=RISE_NOTE),
    target("rise of viscosity, 2 g/kg over 2 days", lambda: rise(2), (0.3, 0.9), "MET",
           source="[dalakas1994] mean rise 0.55", note=RISE_NOTE),
    target("rise of viscosity, 2 g/kg in one day", lambda: rise(1), (0.3, 0.9), "MET",
           source="[dalakas1994] mean rise 0.55", note=RISE_NOTE),
    target("water in serum with 7 g/dL of protein", lambda: serum_water(7), (92.7, 93.8), "MET", unit="%",
           source="[nguyen2007] electrodes assume 93 %", note="Expected 93 to 93.5, give or take 0.3."),
    target("sodium read for each g/dL of protein more, at 140 mmol/L",
           lambda: indirect_sodium(8) - indirect_sodium(7), -1.1, "MET", unit="mmol/L", tolerance=0.05,
           source="arithmetic"),
    target("protein at the peak, 2 g/kg over 5 days", lambda: more_protein(after(5)[0]), (0.0, 10.0), "MET",
           unit="g/dL", source="[steinberger2003] direction", note=DIRECTION),
    target("protein a day later, 2 g/kg over 5 days", lambda: more_protein(after(5)[1]), (0.0, 10.0), "MET",
           unit="g/dL", source="[steinberger2003] direction", note=DIRECTION),
    target("sodium read at the peak, 2 g/kg over 5 days", lambda: less_sodium(after(5)[0]), (-10.0, 0.0),
           "MET", unit="mmol/L", source="[steinberger2003] direction", note=DIRECTION),
    target("sodium read a day later, 2 g/kg over 5 days", lambda: less_sodium(after(5)[1]), (-10.0, 0.0),
           "MET", unit="mmol/L", source="[steinberger2003] direction", note=DIRECTION),
    target("sodium read with 6 g/dL of protein, true 140", lambda: indirect_sodium(6), 141.7, "REGRESSION",
           unit="mmol/L", tolerance=0.1),
    target("sodium read with 8 g/dL of protein, true 140", lambda: indirect_sodium(8), 139.5, "REGRESSION",
           unit="mmol/L", tolerance=0.1),
    target("sodium read with 10 g/dL of protein, true 140", lambda: indirect_sodium(10), 137.3, "REGRESSION",
           unit="mmol/L", tolerance=0.1),
    target("sodium read with 12 g/dL of protein, true 140", lambda: indirect_sodium(12), 135.1, "REGRESSION",
           unit="mmol/L", tolerance=0.1),
]
