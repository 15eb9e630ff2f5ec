"""Raise IgG, or block FcRn, and watch the half-life of IgG shorten."""

from widgets.controls import slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.autoantibody import steady_igg
from widgets.models.fcrn_blockade import equivalent_igg, half_life_blocked
from widgets.models.igg_level import CENTRAL_VOLUME, clearance, half_life, recycling_ratio

TITLE = "How long does IgG last, and what shortens its life?"

CONTROLS = [
    slider("igg", "Serum IgG", unit="g/L", min=2, max=40, step=0.5, value=30),
    slider("blocked", "FcRn blocked", unit="%", min=0, max=100, step=5, value=0,
           help="Share of the recycling capacity that a drug takes away. Chosen for teaching."),
]

PRESETS = {
    "Trough on replacement, 6.5 g/L": {"igg": 6.5, "blocked": 0},
    "Normal serum, 12 g/L": {"igg": 12, "blocked": 0},
    "After 2 g/kg, 30 g/L": {"igg": 30, "blocked": 0},
    "FcRn blocker, 60 % blocked": {"igg": 12, "blocked": 60},
}

TASK = {
    "predict": "At 12 g/L the half-life of IgG is about 23 days. What is it when a course of IVIG has taken "
               "the level to 30 g/L: longer, the same or shorter? And with 60 % of FcRn blocked at 12 g/L?",
    "answer": "At 30 g/L it is 16 days: FcRn saturates, and a smaller share of the IgG is rescued. At a "
              "trough of 6.5 g/L it is 31 days. With 60 % of FcRn blocked the half-life at 12 g/L is 13 "
              "days, as at 60 g/L without a blocker, and the level itself would settle at 6.8 g/L.",
}

LIMITS = [
    "The curve is the saturable law of [kim2007], whose constants are second-hand. Exchange between blood "
    "and tissue was chosen with the two textbook values in view, so that they agree is no evidence.",
    "Textbooks give 21 to 23 days for normal serum; 30 to 32 days comes without a level and is drawn at "
    "6.7 g/L, where the curve has it.",
    "Population models agree on clearance and not on the half-life: 18 to 48 days in six of them "
    "[vanderzeeuw2026]. Each is drawn at the trough it gives for 400 mg/kg every 4 weeks, which is computed "
    "here: its half-life belongs to no one level.",
    "One product's label measured 27.6 days with troughs of 12.3 g/L, and a median of 37.3 days with troughs "
    "of 10.0 [privigen2015rxlist]: longer than the curve at both.",
    "Half-lives below 2 g/L have not been measured well and are not drawn.",
    "FcRn blockers are drugs of their own [howard2021]. Which dose blocks which share is not modelled; full "
    "blockade would leave 41 % of a normal level of IgG here, while repeated doses of one blocker left 25 % "
    "on average in volunteers [ulrichts2018]: not met.",
    "Left out: IgG3 with its shorter life, and illness or protein loss that speeds up breakdown.",
]

NORMAL = 12  # g/L; of normal serum, as textbooks quote its half-life
LEVELS = [2 + 38 * (step / 60) ** 2 for step in range(61)]  # g/L, closer where the curve bends
TEXTBOOK = ((6.7, 31), (12, 22))  # g/L and days, each 1 day to both sides
PRODUCT = ((10.0, 37.3), (12.3, 27.6))  # trough in g/L and days: privigen2015rxlist
# Model; patients; clearance, mL/kg/day; central volume, mL/kg; half-life, days; trough, g/L, on 400 mg/kg
# every 4 weeks. Clearance and volume for 70 kg second-hand, vanderzeeuw2026, Table 4; the rest derived.
POPULATION = (
    ("Landersdorfer 2013 [landersdorfer2013; vanderzeeuw2026]", "primary", 2.03, 56, 46, 8.8),
    ("Tortorici 2019 [tortorici2019; vanderzeeuw2026]", "primary and secondary", 2.12, 43, 23, 8.2),
    ("Luo 2020 [luo2020; vanderzeeuw2026]", "primary", 2.32, 63, 38, 8.2),
    ("Zhang 2020 [zhang2020; vanderzeeuw2026]", "primary, under the skin", 2.06, 58, 48, 8.8),
    ("Navarro-Mora 2022 [navarromora2022; vanderzeeuw2026]", "primary", 2.25, 46, 25, 7.9),
    ("Li 2022 [li2022; vanderzeeuw2026]", "primary", 2.93, 50, 18, 6.6),
)


def figure(igg, blocked):
    """Half-life against IgG, with the reader's level and what was published."""
    share = blocked / 100
    hover = "%{x:.1f} g/L: %{y:.0f} days"
    data = [
        curve(LEVELS, [half_life_blocked(level, share) for level in LEVELS], "igg", "half-life", hover=hover),
        points([level for level, days in TEXTBOOK], [days for level, days in TEXTBOOK], "evidence",
               "textbook values", symbol="circle-open", hover="%{y:.0f} days, 1 to both sides",
               error_y={"type": "constant", "value": 1, "width": 5, "thickness": 2}),
        points([level for level, days in PRODUCT], [days for level, days in PRODUCT], "evidence",
               "one product's label", symbol="square-open", hover="trough " + hover),
        points([row[5] for row in POPULATION], [row[4] for row in POPULATION], "evidence",
               "population models", symbol="diamond-open", size=9, hover="trough " + hover),
        points([igg], [half_life_blocked(igg, share)], "igg", "your level", size=13, ghost=True, hover=hover),
    ]
    if blocked:
        settled = steady_igg(igg, share)
        data.insert(0, curve(LEVELS, [half_life(level) for level in LEVELS], "reference", "nothing blocked",
                             dash="dash", width=2, hover=hover))
        if settled >= LEVELS[0]:
            data.append(points([settled], [half_life_blocked(settled, share)], "reference",
                               "where IgG settles", symbol="circle-open", hover=hover))
    return {"data": data, "layout": layout(
        axis("Serum IgG (g/L)", 0, 41, tickvals=[0, 10, 20, 30, 40]),
        axis("Half-life (days)", 0, 60, tickvals=[0, 10, 20, 30, 40, 50, 60]),
        labels=_labels(igg, blocked))}


def describe(igg, blocked):
    """Half-life at the reader's level, how much IgG is rescued, and what blocking FcRn does."""
    share = blocked / 100
    now, free = half_life_blocked(igg, share), half_life(igg)
    if not blocked:
        if igg == NORMAL:
            return (f"At {igg:g} g/L, a normal level, the half-life of IgG is {now:.0f} days. For each gram "
                    f"broken down FcRn rescues {recycling_ratio(igg):.1f} g.")
        return (f"At {igg:g} g/L the half-life of IgG is {now:.0f} days, against {half_life(NORMAL):.0f} at "
                f"{NORMAL} g/L. For each gram broken down FcRn rescues {recycling_ratio(igg):.1f} g here and "
                f"{recycling_ratio(NORMAL):.1f} g at {NORMAL} g/L.")
    part = "all" if blocked == 100 else f"{blocked:.0f} %"
    return (f"With {part} of FcRn blocked, the half-life at {igg:g} g/L is {now:.0f} days instead of "
            f"{free:.0f}. If {igg:g} g/L is a person's own level, it would settle at "
            f"{steady_igg(igg, share):.1f} g/L under lasting blockade: production goes on, less is rescued.")


def table(igg, blocked):
    """Clearance and half-life of six population models beside the law of this book."""
    share = blocked / 100
    here = [{"text": f"This curve, at {igg:g} g/L", "role": "igg"}, "70 kg",
            f"{clearance(equivalent_igg(igg, share)):.2f}", f"{CENTRAL_VOLUME:.0f}",
            f"{half_life_blocked(igg, share):.0f}", None]
    rows = [[name, who, f"{lost:.2f}", f"{volume:.0f}", f"{days:.0f}", f"{trough:.1f}"]
            for name, who, lost, volume, days, trough in POPULATION]
    return {"caption": "Population models agree on clearance, not on the terminal half-life (70 kg; trough "
                       "computed for 400 mg/kg every 4 weeks)",
            "columns": ["Model", "Antibody deficiency", "Clearance, mL/kg/day", "V1, mL/kg",
                        "Half-life, days", "Trough, g/L"],
            "rows": [here] + rows}


def _labels(igg, blocked):
    """The words in the figure; the reader's own stand in the corner, where nothing else is."""
    small = 12
    labels = [
        label(41, 60, f"<b>{igg:g} g/L: {half_life_blocked(igg, blocked / 100):.0f} days</b>", "igg",
              anchor="right", yanchor="top"),
        label(8.8, 47, "population models", "evidence", shift=(10, 0), font={"size": small}),
        label(10, 37.3, "one product's label", "evidence", shift=(10, 0), font={"size": small}),
        label(12, 22, "textbook", "evidence", shift=(14, 9), font={"size": small})]
    if blocked:
        settled = steady_igg(igg, blocked / 100)
        labels += [
            label(41, 60, f"would settle at {settled:.1f} g/L", "reference", anchor="right", yanchor="top",
                  shift=(0, -20), font={"size": small}),
            label(41, half_life(40), "nothing blocked", "reference", anchor="right", shift=(0, 15),
                  font={"size": small}),
            label(41, half_life_blocked(40, blocked / 100), f"{blocked:.0f} % blocked", "igg", anchor="right",
                  shift=(0, -11), font={"size": small})]
    return labels
