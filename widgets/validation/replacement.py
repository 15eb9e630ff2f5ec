"""Regimens with the same dose per month."""

from widgets.models.igg_level import exposure
from widgets.models.replacement import settled_cycle
from widgets.validation import target


def slope(interval, baseline, under_skin=False, law="saturable"):
    """Rise of the trough, mg/dL, for 100 mg/kg a month more, around 400."""
    low, high = (settled_cycle(dose, interval, baseline, under_skin, law)[0].igg[-1] for dose in (350, 450))
    return 100 * (high - low)


def monthly_cycle():
    return settled_cycle(400, 28, 1)[0]


TARGETS = [
    target("rise of the trough per 100 mg/kg a month, weekly under the skin, from 1 g/L, saturable law",
           lambda: slope(7, 1, True), 84, "MET", unit="mg/dL", tolerance=20,
           source="[berger2013] pooled studies"),
    target("rise of the trough per 100 mg/kg a month, weekly under the skin, from 4 g/L, saturable law",
           lambda: slope(7, 4, True), 84, "NOT MET", unit="mg/dL", tolerance=20,
           source="[berger2013] pooled studies",
           note="As by vein, the saturable law raises the trough too little."),
    target("rise of the trough per 100 mg/kg a month, weekly under the skin, constant law",
           lambda: slope(7, 4, True, "linear"), 84, "NOT MET", unit="mg/dL", tolerance=20,
           source="[berger2013] pooled studies", note="The published slope lies between the two laws."),
    target("rise of the trough per 100 mg/kg a month, every 4 weeks by vein, constant law",
           lambda: slope(28, 4, law="linear"), 121, "MET", unit="mg/dL", tolerance=20,
           source="[berger2013] pooled studies"),
    target("trough on 400 mg/kg every 4 weeks from 1 g/L", lambda: monthly_cycle().igg[-1], 4.83,
           "REGRESSION", unit="g/L", tolerance=0.0966),
    target("peak on 400 mg/kg every 4 weeks from 1 g/L", lambda: max(monthly_cycle().igg), 13.2, "REGRESSION",
           unit="g/L", tolerance=0.264),
    target("share of time at or above 5 g/L on 400 mg/kg every 4 weeks from 1 g/L",
           lambda: exposure(monthly_cycle(), 0, 28, 5)[1] / 28, 0.93, "REGRESSION", tolerance=0.0186),
]
