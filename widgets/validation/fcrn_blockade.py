"""Half-life under a blocker of FcRn."""

from widgets.models.fcrn_blockade import equivalent_igg, half_life_blocked
from widgets.models.igg_level import clearance
from widgets.validation import target

EXCHANGE = "Exchange between blood and tissue was chosen with this number in view."

TARGETS = [
    target("clearance at 12.1 g/L as a share of that with all of FcRn blocked",
           lambda: clearance(12.1) / clearance(equivalent_igg(12.1, 1)), 0.41, "MET", tolerance=0.02,
           source="[kim2007] abstract",
           note="1 / (1 + 1.42), from the ratio of recycled to catabolised IgG."),
    target("half-life at 12.1 g/L, nothing blocked", lambda: half_life_blocked(12.1, 0), 22, "FITTED",
           unit="days", tolerance=1, source="textbook value of 21 to 23 days, second-hand", note=EXCHANGE),
    target("half-life at 6.5 g/L, nothing blocked", lambda: half_life_blocked(6.5, 0), 31, "FITTED",
           unit="days", tolerance=1,
           source="textbook value of 30 to 32 days, second-hand, given without a level", note=EXCHANGE),
]
