"""Dendritic-cell switch."""

from widgets.models.dendritic_cells import il10, il12, level_of_most_maturation, maturation_index
from widgets.validation import target

DRAWN = "The direction is published; the size is chosen for teaching."
REVIEW = "second-hand: a review page was seen, not the report; direction also in [cvidcells2017]"
BAYRY = "[bayry2003] abstract, no concentrations"

TARGETS = [
    target("change of the maturation index from 2 to 10 g/L (a rise, of any size)",
           lambda: maturation_index(10) - maturation_index(2), (0, 1), "MET", source=REVIEW, note=DRAWN),
    target("change of the maturation index from 4 to 10 g/L (a rise, of any size)",
           lambda: maturation_index(10) - maturation_index(4), (0, 1), "MET", source=REVIEW, note=DRAWN),
    target("maturation index at 2 g/L", lambda: maturation_index(2), 0.45, "REGRESSION", tolerance=0.01),
    target("maturation index at 4 g/L", lambda: maturation_index(4), 0.70, "REGRESSION", tolerance=0.01),
    target("maturation index at 10 g/L", lambda: maturation_index(10), 1.00, "REGRESSION", tolerance=0.01),
    target("change of the maturation index from 10 to 35 g/L (a fall, of any size)",
           lambda: maturation_index(35) - maturation_index(10), (-1, 0), "MET", source=BAYRY, note=DRAWN),
    target("change of IL-12 from 10 to 35 g/L (a fall, of any size)",
           lambda: il12(35) - il12(10), (-1, 0), "MET", source=BAYRY, note=DRAWN),
    target("change of IL-10 from 10 to 35 g/L (a rise, of any size up to the greatest F offered)",
           lambda: il10(35) - il10(10), (0, 4), "MET", unit="times the value without IgG", source=BAYRY,
           note=DRAWN),
    target("maturation index at 35 g/L", lambda: maturation_index(35), 0.13, "REGRESSION", tolerance=0.01),
    target("IL-12 at 35 g/L, as a share of its value without IgG", lambda: il12(35), 0.10, "REGRESSION",
           tolerance=0.01),
    target("IL-10 at 35 g/L", lambda: il10(35), 2.8, "REGRESSION", tolerance=0.05,
           unit="times the value without IgG"),
    target("serum IgG of most maturation", level_of_most_maturation, 10, "FITTED", unit="g/L", tolerance=1,
           source="chosen for teaching: near normal serum IgG",
           note="The curve was drawn to have its maximum near normal serum IgG."),
    target("serum IgG of most maturation, exactly", level_of_most_maturation, 10.8, "REGRESSION", unit="g/L",
           tolerance=0.05),
]
