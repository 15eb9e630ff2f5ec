"""Vary IgG and affinity and watch how much of a target antibody its anti-idiotypes hold."""

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.idiotypes import anti_idiotype, bound_fraction

TITLE = "Can diluted anti-idiotypes hold an autoantibody?"

CONTROLS = [
    choice("across", "Draw against", value="igg", options={"igg": "IgG of donors", "kd": "Tightness"}),
    slider("igg", "Donor IgG in serum", unit="g/L", min=1, max=50, step=1, value=25),
    slider("kd", "Kd (lower is tighter)", unit="nM", min=1, max=10000, value=100, log=True,
           help="Chosen for teaching: no measured range was found. Affinity is 1 / Kd: 100 nM is 10⁷ per M."),
    slider("binders", "Anti-idiotypes in 100,000 IgG", min=1, max=1000, value=100, log=True,
           help="Chosen for teaching: no measured share was found."),
    slider("target", "Target antibody", unit="nM", min=1, max=1000, value=10, log=True,
           help="Chosen for teaching. 10 nM is 1.5 mg/L of IgG."),
]

PRESETS = {
    "Replacement, adds 10 g/L": {"across": "igg", "igg": 10},
    "High dose, adds 25 g/L": {"across": "igg", "igg": 25},
    "The same, by tightness": {"across": "kd", "igg": 25},
    "Much autoantibody, few binders": {"across": "kd", "igg": 25, "target": 200, "binders": 10},
}

TASK = {
    "predict": "Donor IgG in serum is raised from 10 to 25 g/L. Instead, the anti-idiotypes could bind ten "
               "times more tightly. Which holds more of the autoantibody?",
    "answer": "Tightness. At 10 g/L and 100 nM, 39 % is held. 25 g/L hold 62 %; ten times tighter at 10 g/L "
              "hold 85 %. All of these constants are chosen for teaching.",
}

LIMITS = [
    "Kd, the share of anti-idiotypes and the amount of target are chosen for teaching: no measured range for "
    "IVIG was found.",
    "That natural antibodies bind other antibodies, and may regulate them, is long established "
    "[avrameas1991; lacroixdesmazes1998]; how much this does in a patient is not.",
    "Equilibrium of one site with one site: bound is not the same as neutralised.",
    "In the product the same antibodies pair with each other; these dimers are left out.",
    "In vitro, inhibition by fragments of IVIG rises with dose and can fall again at high dose: an "
    "equilibrium cannot show this prozone.",
]

LEVELS = [step * 5 / 6 for step in range(61)]  # g/L
KDS = [10 ** (4 - 4 * step / 60) for step in range(61)]  # nM, from loose to tight
FACTOR = 10  # the two comparisons: so much tighter and looser; chosen for teaching
NORMAL = 10  # g/L, the comparison against tightness; chosen for teaching
CLEAR = "rgba(0,0,0,0)"


def figure(across, igg, kd, binders, target):
    """The fraction held against donor IgG at three affinities, or against affinity at two levels of IgG."""
    held = _held(igg, kd, binders, target)
    if across == "igg":
        x, here = LEVELS, igg
        lines = [(kd / FACTOR, "reference", "10 times tighter", "dash"),
                 (kd, "autoantibody", "your Kd", "solid"),
                 (kd * FACTOR, "reference", "10 times looser", "dot")]
        curves = [(role, name, dash, [_held(level, k, binders, target) for level in x])
                  for k, role, name, dash in lines]
        across_axis = axis("Donor IgG in serum (g/L)", 0, 50, tickvals=[0, 10, 20, 30, 40, 50])
        hover = "%{x:.0f} g/L: %{y:.0f} %"
    else:
        x, here = KDS, kd
        lines = [(NORMAL, "reference", f"{NORMAL} g/L", "dash"), (igg, "autoantibody", "your IgG", "solid")]
        curves = [(role, name, dash, [_held(level, k, binders, target) for k in x])
                  for level, role, name, dash in lines]
        across_axis = axis("Kd (nM), tighter to the right", 4, 0, type="log",
                           tickvals=[1, 10, 100, 1000, 10000], ticktext=["1", "10", "100", "1000", "10,000"])
        hover = "Kd %{x:.2g} nM: %{y:.0f} %"
    traces = [curve(x, y, role, name, dash=dash, width=3 if role == "autoantibody" else 2,
                    ghost=role == "autoantibody", hover=hover) for role, name, dash, y in curves]
    traces.append(points([here], [held], "autoantibody", "now", size=13, ghost=True, hover=hover,
                         cliponaxis=False))
    return {"data": traces, "layout": layout(
        across_axis, axis("Target held (%)", 0, 104, domain=[0, 0.8], tickvals=[0, 25, 50, 75, 100]),
        labels=_labels(across, igg, held))}


def describe(across, igg, kd, binders, target):
    """The fraction held, what there is of either side, and what ten times tighter would do."""
    held, tighter = _held(igg, kd, binders, target), _held(igg, kd / FACTOR, binders, target)
    there = 1e9 * anti_idiotype(igg, binders / 1e5)
    text = (f"With {igg:g} g/L of donor IgG, {_percent(held)} % of the target antibody is held: "
            f"{_amount(there)} nM of anti-idiotypes stand against {_amount(target)} nM. "
            f"Binding ten times more tightly would hold {_percent(tighter)} %")
    if there < target:
        text += f", and no affinity could hold more than {_percent(100 * there / target)} %"
    return text + "."


def _held(igg, kd, binders, target):
    return 100 * bound_fraction(igg, 1e9 / kd, binders / 1e5, target * 1e-9)


def _labels(across, igg, held):
    """The names of the lines, above the plot, with the dash that each has."""
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "bgcolor": CLEAR}
    now = label(0, 0.9, f"<b>now: {_percent(held)} % held</b>", "autoantibody", **above)
    if across == "igg":
        return [now, label(0, 0.81, "– – 10× tighter", "text", **above),
                label(1, 0.81, "··· 10× looser", "text", anchor="right", **above)]
    return [now, label(0, 0.81, f"thick: {igg:g} g/L", "autoantibody", **above),
            label(1, 0.81, f"– – {NORMAL} g/L", "text", anchor="right", **above)]


def _percent(percent):
    percent += 1e-9  # off exact halves, which the two Pythons round differently
    if percent < 0.1:
        return "less than 0.1"
    if percent >= 99.5:
        return "more than 99"
    return f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"


def _amount(nanomolar):
    nanomolar *= 1 + 1e-12
    if nanomolar < 0.995:
        return f"{nanomolar:.2f}"
    return f"{nanomolar:.1f}" if nanomolar < 9.95 else f"{nanomolar:.0f}"
