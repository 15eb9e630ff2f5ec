"""Add patients and watch how soon a clinic meets IgA deficiency, alone and with antibodies to IgA."""

from math import log10

from widgets.controls import slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.iga_deficiency import (
    COMMON_ONE_IN, RARE_ONE_IN, at_least_one, patients_at, with_anti_iga)
from widgets.words import thousands

TITLE = "How soon does a clinic meet IgA deficiency?"

CONTROLS = [
    slider("patients", "Patients", min=10, max=5000, value=200, log=True),
    slider("one_in", "IgA deficiency, one in", min=100, max=20000, value=500, log=True,
           help="From a publication: one in 150 to one in 3000, by population. Often quoted: 500 to 1000."),
    slider("share", "Of these with anti-IgA", unit="%", min=20, max=55, step=5, value=30,
           help="Second-hand: 20 to 30 % of healthy deficient people. From a publication: up to 40 %."),
]

PRESETS = {
    "Ward, 200 patients": {"patients": 200, "one_in": 500},
    "Hospital, 2000 patients": {"patients": 2000, "one_in": 500},
    "Common in this population, 1 in 160": {"patients": 200, "one_in": 160},
    "Rare in this population, 1 in 2800": {"patients": 200, "one_in": 2800},
}

TASK = {
    "predict": "One person in 500 has IgA deficiency. How likely is at least one among 200 patients, and how "
               "many patients does it take until one with IgA deficiency and anti-IgA is as likely as not?",
    "answer": "33 % among 200 patients, and 11 % for one who also has anti-IgA. A 50 % chance takes 346 "
              "patients for IgA deficiency and 1155 for both. None of these is a risk of anaphylaxis, which "
              "was put at one in 20,000 to 47,000 transfusions [sandler1995].",
}

LIMITS = [
    "Never multiply these shares and call the product the risk of anaphylaxis. Such reactions were put at "
    "one in 20,000 to 47,000 transfusions, though about one donor in 1200 has IgA deficiency with anti-IgA; "
    "only 17.5 % of suspected cases had anti-IgA [sandler1995].",
    "Not met: 1 in 500 with 30 % anti-IgA gives one person in 1667 with both, fewer than the one donor in "
    "1200 that was found [sandler1995].",
    "Whether anti-IgA causes anaphylaxis is controversial [rachid2012], and a commentary doubts the entity "
    "[sandler2015]. Up to 2017, 23 case reports of anaphylaxis to IVIG in immunodeficient patients were "
    "found [williams2017].",
    "A review holds that IgA deficiency raises the risk of reactions but should not bar IgG from those who "
    "need it [berger2013ae]; a US label bars those with anti-IgA and an earlier reaction [gamunexc2022pi].",
    "Prevalence runs from 1 in 150 to 1 in 3000 by population [morawska2021]. Anti-IgA was found in up to "
    "40 % of selective IgA deficiency and in 9 to 25 % of common variable immunodeficiency [rachid2011].",
    "Patients count as drawn by chance from the population: a clinic for immune deficiency sees far more.",
]

PATIENTS = [10 * 500 ** (step / 50) for step in range(51)]
CLEAR = "rgba(0,0,0,0)"


def figure(patients, one_in, share):
    """Chance of at least one against the number of patients, over the range between populations."""
    p, both = 1 / one_in, with_anti_iga(1 / one_in, share / 100)
    alone, anti = at_least_one(p, patients), at_least_one(both, patients)
    traces = [
        _line(1 / RARE_ONE_IN, "evidence", "1 in 3000", dash="dot", width=1),
        _line(1 / COMMON_ONE_IN, "evidence", "1 in 150", dash="dot", width=1, fill="tonexty"),
        _line(p, "cell", "IgA deficiency", ghost=True),
        _line(both, "autoantibody", "with anti-IgA", dash="dash", ghost=True),
        points([patients], [100 * alone], "cell", "your patients", size=13, ghost=True, cliponaxis=False,
               hover="%{y:.1f} %"),
        points([patients], [100 * anti], "autoantibody", "your patients, with anti-IgA", ghost=True,
               cliponaxis=False, hover="%{y:.1f} %"),
    ]
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "bgcolor": CLEAR}
    return {"data": traces, "layout": layout(
        axis("Patients", 1, log10(5000), type="log", tickvals=[10, 30, 100, 300, 1000, 3000]),
        axis("At least one (%)", 0, 103, domain=[0, 0.8], tickvals=[0, 25, 50, 75, 100]),
        labels=[
            label(0, 0.9, f"<b>IgA-deficient {_chance(alone)}</b>", "cell", **above),
            label(0, 0.81, f"<b>with anti-IgA {_chance(anti)}</b>", "autoantibody", **above),
            label(0, 0.8, "shaded: 1 in 150 to 3000", "evidence", xref="paper", yref="paper", yanchor="top",
                  shift=(4, -4), bgcolor=CLEAR, font={"size": 12})])}


def describe(patients, one_in, share):
    """Both chances, how many patients make them even, and what they are not."""
    p, part = 1 / one_in, share / 100
    return (f"If one person in {thousands(one_in)} is IgA-deficient, the chance of at least one among "
            f"{thousands(patients)} patients is {_chance(at_least_one(p, patients))}, and of at least one with "
            f"anti-IgA too {_chance(at_least_one(p, patients, part))}. It takes "
            f"{thousands(patients_at(0.5, p))} and {thousands(patients_at(0.5, p, part))} patients "
            "for an even chance. Neither is a risk of anaphylaxis.")


def _line(prevalence, role, name, **more):
    return curve(PATIENTS, [100 * at_least_one(prevalence, count) for count in PATIENTS], role, name,
                 hover="%{x:.0f} patients: %{y:.0f} %", **more)


def _chance(chance):
    percent = 100 * chance + 1e-9  # off exact halves, which the two Pythons round differently
    if percent > 99.9:
        return "over 99.9 %"
    if percent < 0.1:
        return "under 0.1 %"
    return f"{percent:.1f} %" if percent < 9.95 or percent > 99 else f"{percent:.0f} %"
