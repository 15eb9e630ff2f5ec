"""Vary how many donors carry an antibody: its chance to be in the pool saturates, its titre does not."""

from math import log10

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, level, points
from widgets.models.donor_pool import DONORS, donors_for, patient_titre, presence, product_titre
from widgets.words import thousands

TITLE = "Is a rare antibody in the pool, and is there enough of it?"

STRENGTHS = {"10 %": 100.0, "5 %": 50.0}  # g/L of IgG

CONTROLS = [
    slider("one_in", "Carried by one donor in", min=2, max=100000, value=1000, log=True,
           help="Chosen for teaching."),
    slider("donors", "Donors in the pool", min=1000, max=60000, value=DONORS, log=True,
           help="From a publication: 1000 to 15,000 donors per batch; some pools are far larger."),
    slider("positive_titre", "Titre in a carrier's plasma", min=10, max=100000, value=10000, log=True,
           help="Chosen for teaching."),
    slider("rise", "Rise of the patient's IgG", unit="g/L", min=1, max=30, step=1, value=9,
           help="About what 400 mg/kg adds to plasma at first."),
    choice("product", "Product", value="10 %", options={"10 %": "10 % (100 g/L)", "5 %": "5 % (50 g/L)"}),
    slider("plasma_igg", "IgG of donor plasma", unit="g/L", min=7, max=12, step=0.5, value=10,
           help="Chosen for teaching."),
]

PRESETS = {
    "Rare specificity, pool of 1000": {"one_in": 1000, "donors": 1000},
    "Rare specificity, pool of 10,000": {"one_in": 1000, "donors": 10000},
    "New virus, first months": {"one_in": 100000, "donors": 10000},
    "New virus, most donors have met it": {"one_in": 2, "donors": 10000},
}

TASK = {
    "predict": "One donor in 1000 carries an antibody. The pool grows from 1000 to 10,000 donors. What "
               "happens to the chance that the pool holds it, and what to its titre in the product?",
    "answer": "The chance rises from 63 % to more than 99.9 %; the titre stays at 100 in the product and 9 "
              "in the patient, from 10,000 in a carrier. Only more carriers raise it: from one in 1000 to "
              "one in 10 it grows 100 times, and the chance can no longer grow.",
}

LIMITS = [
    "Donors count as independent and alike. Plasma of one person given many times, or of one town in an "
    "outbreak, breaks this.",
    "The expected titre is a mean over many pools: with few carriers, single lots lie far from it.",
    "Prevalence, titre of a carrier and IgG of donor plasma are chosen for teaching. A review gives 1000 to "
    "15,000 donors per batch [jolles2005].",
    "Purification counts as loss-free and alike for all IgG; what the patient makes is not in the titre.",
    "For a virus unknown before 2020, pools of more than 1000 donors turned positive from July 2020 on "
    "[romero2021]: the model gives the direction, not the titres.",
]

PREVALENCES = [0.5 * 10 ** (-5 * step / 60) for step in range(61)]  # down to 5 in a million
RANGES = ((1e-3, 1e6), (1e-6, 1e4))  # of the titre: the first that holds every number shown
TICKS = ((1e-6, "10⁻⁶"), (1e-3, "0.001"), (1, "1"), (1000, "1000"), (1e6, "10⁶"))
CLEAR = "rgba(0,0,0,0)"


def figure(one_in, donors, positive_titre, rise, product, plasma_igg):
    """Chance above, titre in product and patient below, against how many donors carry the antibody."""
    prevalence, strength = 1 / one_in, STRENGTHS[product]
    chance = presence(prevalence, donors)
    made = product_titre(prevalence, positive_titre, strength, plasma_igg)
    given = patient_titre(prevalence, rise, positive_titre, plasma_igg)
    in_product = [product_titre(p, positive_titre, strength, plasma_igg) for p in PREVALENCES]
    in_patient = [patient_titre(p, rise, positive_titre, plasma_igg) for p in PREVALENCES]
    low, high = _range(in_product + in_patient)
    traces = [
        curve(PREVALENCES, [100 * presence(p, donors) for p in PREVALENCES], "reference", "chance",
              ghost=True, hover="%{y:.1f} %"),
        curve(PREVALENCES, in_product, "igg", "titre in the product", yaxis="y2", ghost=True,
              hover="titre %{y:.2g}"),
        curve(PREVALENCES, in_patient, "cell", "titre in the patient", yaxis="y2", dash="dash",
              hover="titre %{y:.2g}"),
        points([prevalence], [100 * chance], "reference", "your pool", size=13, ghost=True,
               hover="%{y:.1f} %", cliponaxis=False),
        points([prevalence], [made], "igg", "your product", yaxis="y2", ghost=True, hover="titre %{y:.2g}",
               cliponaxis=False),
        points([prevalence], [given], "cell", "your patient", yaxis="y2", hover="titre %{y:.2g}",
               cliponaxis=False),
    ]
    least = level(1, "target")
    least["yref"] = "y2"
    ticks = [tick for tick in TICKS if low <= tick[0] <= high]
    return {"data": traces, "layout": layout(
        axis("Carried by one donor in", log10(4e-6), log10(0.7), type="log", anchor="y2",
             tickvals=[1e-5, 1e-3, 1e-1], ticktext=["100,000", "1000", "10"]),
        axis("Chance (%)", 0, 108, domain=[0.58, 0.92], tickvals=[0, 50, 100]),
        yaxis2=axis("Titre", log10(low), log10(high), type="log", domain=[0, 0.4],
                    tickvals=[at for at, text in ticks], ticktext=[text for at, text in ticks]),
        shapes=[least], labels=_labels(chance, made, given, in_patient[0]))}


def describe(one_in, donors, positive_titre, rise, product, plasma_igg):
    """The chance, what more donors would do to it, and the titres that they would not change."""
    prevalence = 1 / one_in
    chance = presence(prevalence, donors)
    made = product_titre(prevalence, positive_titre, STRENGTHS[product], plasma_igg)
    given = patient_titre(prevalence, rise, positive_titre, plasma_igg)
    text = (f"A pool of {_whole(donors)} donors holds an antibody that one donor in {_whole(one_in)} carries "
            f"with a chance of {_chance(chance)}; for 95 % it takes {_few(donors_for(0.95, prevalence))} "
            f"donors. Whatever the size of the pool, a titre of {_titre(positive_titre)} in a carrier "
            f"becomes {_titre(made)} in the product and {_titre(given)} in a patient "
            f"whose IgG rises by {rise:g} g/L")
    if given < 1:
        text += ": below 1 there is no reaction even undiluted"
    return text + "."


def _labels(chance, made, given, most):
    """The reader's numbers above each panel, and the name of the line at a titre of 1.

    The name stands below the line on the right, or above it on the left where `most`, the greatest titre
    in the patient, is low.
    """
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "bgcolor": CLEAR}
    side, edge = ("right", "top") if most > 30 else ("left", "bottom")
    return [
        label(0, 0.92, f"<b>in the pool: {_chance(chance)}</b>", "text", **above),
        label(0, 0.4, f"<b>product {_short(made)}</b>", "igg", **above),
        label(1, 0.4, f"<b>– – patient {_short(given)}</b>", "cell", anchor="right", **above),
        label(1 if side == "right" else 0, 0.0, "no reaction below 1", "target", anchor=side, xref="paper",
              yref="y2", yanchor=edge, bgcolor=CLEAR, font={"size": 12}),
    ]


def _range(values):
    for low, high in RANGES:
        if low <= min(values) and max(values) <= high:
            return low, high
    return RANGES[-1]


def _chance(chance):
    percent = 100 * chance
    if percent > 99.9:
        return "more than 99.9 %"
    if percent < 0.1:
        return "less than 0.1 %"
    percent += 1e-9  # off exact halves, which the two Pythons round differently
    return f"{percent:.1f} %" if percent < 9.95 or percent > 99 else f"{percent:.0f} %"


def _titre(titre):
    titre *= 1 + 1e-12  # off exact halves
    if titre >= 9.95:
        return _few(titre)
    if titre < 0.0009:
        return "less than 0.001"
    places = 1 if titre >= 0.095 else 2 if titre >= 0.0095 else 3
    text = f"{titre:.{places}f}"
    return text[:-2] if text.endswith(".0") else text


def _short(titre):
    return _titre(titre).replace("less than ", "<")


def _few(number):
    """Two significant digits where there are many: 2995 is 3000."""
    return _whole(float(f"{number * (1 + 1e-12):.2g}"))


def _whole(number):
    return f"{number:g}" if number < 10 else thousands(number)
