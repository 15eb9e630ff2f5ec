"""Natural-antibody B cells."""

from widgets.models.natural_antibody_cells import (
    B_CELLS, HUMAN_HIGH, HUMAN_LOW, HUMAN_MEDIAN, MOUSE_HIGH, MOUSE_LOW, cells_in_blood,
    natural_antibody_cells)
from widgets.validation import target


def counted(what, share, expected):
    """Cells per µL at the default B-cell count."""
    return target(f"{what}, at 200 B cells per µL", lambda: natural_antibody_cells(B_CELLS, share), expected,
                  "MET", unit="cells per µL", tolerance=1e-9, source="arithmetic")


TARGETS = [
    counted("5 %, low end for mouse spleen", MOUSE_LOW, 10),
    counted("15 %, high end for mouse spleen", MOUSE_HIGH, 30),
    counted("1 %, low end for human blood", HUMAN_LOW, 2),
    counted("9 %, high end for human blood", HUMAN_HIGH, 18),
    target("4 % of 200 B cells per µL, in 5 L of blood", lambda: cells_in_blood(B_CELLS, HUMAN_MEDIAN) / 1e6,
           40, "MET", unit="million cells", tolerance=1e-9, source="arithmetic"),
]
