"""Binding of IgG to Fcγ receptors."""

from widgets.models.fc_receptors import (
    activating_inhibitory_ratio, free_change, half_saturating_igg, occupied_fraction, relative_uptake)
from widgets.validation import target

FIGURE = "arithmetic on [bruhns2009], Figure 3"


def _occupied(receptor, share=1.0):
    return 100 * occupied_fraction(10, receptor, cell_binding=share)


TARGETS = [
    target("FcγRI occupied at 10 g/L", lambda: _occupied("FcγRI"), (99.9, 100), "MET", unit="%", source=FIGURE),
    *[target(f"{receptor} occupied at 10 g/L", lambda receptor=receptor: _occupied(receptor), percent, "MET", unit="%",
             tolerance=0.3, source=FIGURE)
      for receptor, percent in (("FcγRIIa H131", 99.6), ("FcγRIIa R131", 99.4), ("FcγRIIIa V158", 99.2),
                                ("FcγRIIIa F158", 98.7), ("FcγRIIb", 86.5))],
    *[target(f"{receptor} occupied at 10 g/L", lambda receptor=receptor: _occupied(receptor), (91.5, 92.5), "MET",
             unit="%", source=FIGURE) for receptor in ("FcγRIIIb NA1", "FcγRIIIb NA2")],
    *[target(f"IgG that fills half of {receptor}", lambda receptor=receptor: half_saturating_igg(receptor), level,
             "MET", unit="g/L", tolerance=0.03 * level, source=FIGURE)
      for receptor, level in (("FcγRI", 0.0033), ("FcγRIIa H131", 0.042), ("FcγRIIIa V158", 0.085),
                              ("FcγRIIIa F158", 0.134), ("FcγRIIIb NA1", 0.82), ("FcγRIIb", 1.56))],
    target("fall of free FcγRIIa H131 from 10 to 35 g/L", lambda: 1 / free_change(35, "FcγRIIa H131", 10, dimer_fraction=0),
           3.5, "MET", unit="fold", tolerance=0.1, source=FIGURE),
    target("fall of free FcγRIIb from 10 to 35 g/L", lambda: 1 / free_change(35, "FcγRIIb", 10, dimer_fraction=0), 3.2,
           "MET", unit="fold", tolerance=0.1, source=FIGURE),
    target("activating : inhibitory index at 35 g/L", lambda: activating_inhibitory_ratio(35, "FcγRIIa H131", 10, dimer_fraction=0),
           0.91, "MET", tolerance=0.02, source=FIGURE),
    target("the same with twice the FcγRIIb",
           lambda: activating_inhibitory_ratio(35, "FcγRIIa H131", 10, dimer_fraction=0, inhibitory_fold=2), 0.45, "MET",
           tolerance=0.02, source=FIGURE),
    *[target(f"uptake of a coated cell at 35 g/L with {dimers:g} % dimers",
             lambda dimers=dimers: relative_uptake(35, "FcγRIIIa V158", 10, dimers / 100, 5, bonds=3.2), uptake,
             "REGRESSION", tolerance=0.003) for dimers, uptake in ((0, 0.018), (2, 0.015), (10, 0.008))],
    *[target(f"{receptor} occupied at 10 g/L if cells hold IgG a twentieth as strongly",
             lambda receptor=receptor: _occupied(receptor, 0.05), percent, "MET", unit="%", tolerance=0.5, source=FIGURE)
      for receptor, percent in (("FcγRIIa H131", 92), ("FcγRIIIa F158", 79), ("FcγRIIb", 24))],
]
