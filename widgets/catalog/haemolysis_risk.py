"""Set dose, titre and blood group, and read the risk that IVIG breaks red cells."""

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.haemolysis import GROUPS, haemolysis_risk

TITLE = "Who is at risk of haemolysis after IVIG, and from which dose?"

CONTROLS = [
    slider("dose", "Dose of the course", unit="g/kg", min=0.2, max=4, step=0.1, value=2),
    choice("group", "Blood group", value="A", options={group: group for group in GROUPS},
           help="Order of the groups from a publication seen second-hand; the sizes are chosen for "
                "teaching."),
    slider("titre", "Anti-A and anti-B titre, 1 to", min=2, max=64, value=32, log=True,
           help="Of the product. 32 is chosen for teaching; 64 is a legal ceiling, second-hand."),
    choice("grade", "Haemolysis", value="any", options={"any": "Any grade", "moderate": "Grade 2 or more"}),
    slider("inflammation", "Inflammation", unit="× usual", min=1, max=3, step=0.1, value=1,
           help="Chosen for teaching: inflamed patients seem to haemolyse more."),
]

PRESETS = {
    "2 g/kg, blood group A": {"dose": 2, "group": "A", "titre": 32, "inflammation": 1},
    "2 g/kg, blood group O": {"dose": 2, "group": "O", "titre": 32, "inflammation": 1},
    "2 g/kg, group A, antibody removed": {"dose": 2, "group": "A", "titre": 5.6, "inflammation": 1},
    "Replacement, 0.4 g/kg, group A": {"dose": 0.4, "group": "A", "titre": 32, "inflammation": 1},
}

TASK = {
    "predict": "A patient of blood group A gets 2 g/kg. What helps more: half the dose, or a product "
               "whose titre of anti-A and anti-B is lower by two or three steps of two? Try the preset "
               "\"2 g/kg, group A, antibody removed\".",
    "answer": "Half the dose takes the risk of any haemolysis from 33 to 15 %; the lower titre takes it "
              "to about 4 %. In group O it is below 1 % whatever the dose up to 2 g/kg: there is no A or "
              "B on the cells to bind.",
}

LIMITS = [
    "Fitted, not tested: the rates were solved from 32 % of any grade and 19 % of grade 2 or more after "
    "99 courses of at least 2 g/kg in patients not of group O [pendergrast2021]. That the model meets "
    "them is no evidence for it.",
    "Removal of isoagglutinins lowers the titre by two or three steps [gerber2016]. The steepness was chosen "
    "so that this lowers the risk by about 90 %, as in a cohort whose record was not complete enough to "
    "cite.",
    "How much the groups differ is chosen for teaching. Most reported cases have group A [bellac2015]; "
    "the risk for each patient was higher with AB [pendergrast2021].",
    "That series looked for haemolysis in every patient; 84 % of it showed only 5 to 10 days after the "
    "course [pendergrast2021]. Other studies found 0 to 21 % [cuesta2022]; reports and chart reviews count "
    "only cases that were recognised, often after lower doses.",
    "It preceded the removal of isoagglutinins from products. Titres differ between laboratories.",
    "Left out: zygosity, and first treatment, which raised the risk [pendergrast2021]. Inflammation is a "
    "mere multiple.",
]

LAST = 4.0  # g/kg, end of the dose axis
DOSES = [LAST * n / 60 for n in range(61)]
DASHES = {"O": "dot", "B": "dashdot", "A": "dash", "AB": "longdash"}
SERIES = {"any": 32, "moderate": 19}  # % of courses after 2 g/kg or more: pendergrast2021
STEEP = 60  # % in group AB at a third of the dose axis: above it the upper left is full of lines
APART = 7.5  # % on the axis: least distance of the names of two lines


def figure(dose, group, titre, grade, inflammation):
    """Risk against dose for the four blood groups, the reader's thick, with the published share at 2 g/kg."""
    hover = "%{x:.1f} g/kg: %{y:.0f} %"
    data, ends = [], []
    for name in GROUPS:
        risks = [100 * haemolysis_risk(each, titre, name, grade, inflammation) for each in DOSES]
        mine = name == group
        data.append(curve(DOSES, risks, "harm" if mine else "reference", "group " + name,
                          dash="solid" if mine else DASHES[name], width=5 if mine else 2, ghost=mine,
                          hover=hover))
        ends.append(risks[-1])
        middle = risks[len(risks) // 3]  # in the end that of group AB, the highest
    risk = 100 * haemolysis_risk(dose, titre, group, grade, inflammation)
    data.append(points([2], [SERIES[grade]], "evidence", "published, fitted", symbol="diamond-open", size=17,
                       hover="2 g/kg or more: %{y:.0f} %"))
    data.append(points([dose], [risk], "harm", "you", size=13, ghost=True, hover=hover, cliponaxis=False))
    return {"data": data, "layout": layout(
        axis("Dose of the course (g/kg)", 0, 4.45, tickvals=[0, 1, 2, 3, 4]),
        axis("Risk of haemolysis (%)", 0, 100, tickvals=[0, 25, 50, 75, 100]),
        labels=_names(ends, group) + _words(risk, grade, middle > STEEP))}


def describe(dose, group, titre, grade, inflammation):
    """The risk in the reader's group, in the others, and with less antibody."""
    risks = {name: haemolysis_risk(dose, titre, name, grade, inflammation) for name in GROUPS}
    what = "haemolysis of any grade" if grade == "any" else "haemolysis of grade 2 or more"
    others = ", ".join([f"{name} {_percent(100 * risks[name])} %" for name in GROUPS if name != group])
    less = haemolysis_risk(dose, titre / 4, group, grade, inflammation)
    return (f"After {dose:g} g/kg of a product with a titre of 1 to {titre:g}, a patient of blood group "
            f"{group} has a risk of {what} of {_percent(100 * risks[group])} %; the other groups: "
            f"{others}. A titre lower by two steps of two would make it {_percent(100 * less)} %.")


def _names(ends, group):
    """Names of the lines at their ends, pushed apart upwards from the lowest, then down from the top."""
    places, floor, ceiling = [], 2.0, 98.0
    for end in ends:  # in the order of rising risk
        places.append(max(end, floor))
        floor = places[-1] + APART
    for n in range(len(places) - 1, -1, -1):
        places[n] = min(places[n], ceiling)
        ceiling = places[n] - APART
    return [label(LAST, place, f"<b>{name}</b>" if name == group else name,
                  "harm" if name == group else "reference", shift=(5, 0))
            for name, place in zip(GROUPS, places)]


def _words(risk, grade, steep):
    """The reader's risk and the published one: at the top left, or at the lower right of steep lines."""
    if steep:
        x, y, side, words, below = 4.4, 48, "right", ("fitted to", "Pendergrast<br>2021"), -52
    else:
        x, y, side, words, below = 0, 100, "left", ("fitted to", "Pendergrast 2021"), -36
    source = f"{words[0]} {SERIES[grade]} %,<br>{words[1]}"
    place = {"anchor": side, "yanchor": "top"}
    inwards = 4 if side == "left" else -2
    return [label(x, y, source, "evidence", shift=(inwards, 0), font={"size": 12}, align=side, **place),
            label(x, y, f"<b>you: {_percent(risk)} %</b>", "harm", shift=(inwards, below), **place)]


def _percent(risk):
    if risk < 0.05 or risk > 99.5:
        return "under 0.1" if risk < 1 else "over 99"
    return f"{risk:.1f}" if risk < 9.95 else f"{risk:.0f}"
