"""The same reactions counted per infusion and per patient: why 1 % and 81 % can both be true."""

from widgets.controls import choice, slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.proportions import proportion
from widgets.models.reaction_rates import (
    CLUSTERING, INFUSIONS, RATE, STUDIES, ae_per_patient, anaphylaxis_rate, course_of_patients,
    fitted_clustering, mean_infusions)

TITLE = "How can reactions to IVIG be 1 % and 81 % at once?"

NONE = "none"
PAIRED = [study for study in STUDIES
          if None not in (study.infusion_share, study.patient_share, mean_infusions(study))]

CONTROLS = [
    slider("rate", "Infusions with a reaction", unit="%", min=0.5, max=15, step=0.5, value=100 * RATE,
           help="From a publication: 2.5 % in Kato 2021; 0.8 to 21 % in the studies of the table."),
    slider("infusions", "Infusions per patient", min=1, max=40, step=1, value=INFUSIONS,
           help="Chosen for teaching: 12 is a year of monthly infusions."),
    slider("clustering", "Clustering in the same patients", min=0, max=0.6, step=0.05, value=CLUSTERING,
           help="0: every infusion is an independent draw. Towards 1: always the same few patients react. "
                "Chosen for teaching; counts of one audit give 0.03 to 0.09, of other studies up to 0.5."),
    choice("study", "Published pair to mark", value="Malbrán 2013, looking back",
           options=dict([(study.name, study.name) for study in PAIRED] + [(NONE, "None")])),
]

PRESETS = {
    "One infusion at 1 %": {"rate": 1, "infusions": 1, "clustering": 0.1, "study": NONE},
    "Thirty infusions at 9 %": {
        "rate": 9, "infusions": 30, "clustering": 0.05, "study": "Malbrán 2013, followed"},
    "Thirty at 9 %, the same few patients": {
        "rate": 9, "infusions": 30, "clustering": 0.35, "study": "Arch Pediatr 2025"},
}

TASK = {
    "predict": "In an audit 2.3 % of infusions brought a reaction. Each patient had about 45 infusions. "
               "What share of the patients had at least one reaction?",
    "answer": "48 %: 11 of 23 patients, from 24 of 1,031 infusions [malbran2013]. Each infusion is another "
              "chance: at 2.5 % the model gives 18 % of patients after 12 infusions, and at 9 % it gives "
              "82 % after 30. Nothing about the product changed, only the denominator.",
}

LIMITS = [
    "Studies differ more in what they call a reaction, and how hard they look, than products do: in one "
    "series delayed reactions, asked for 4 to 7 days later, were six times as frequent as those during "
    "the infusion [singhgrewal2006].",
    "The default clustering of 0.10 misses some studies: high-dose courses in one hospital had 3.4 % of "
    "infusions and 8.5 % of patients affected at about 7 infusions each [kato2021], where the model says "
    "17 %; they fit a clustering of about 0.5.",
    "One clustering stands for much that it is not: unequal numbers of infusions, patients who stop or "
    "change product after a reaction, and first infusions that react more.",
    "Only for anaphylaxis is first against later exposure well measured: 22.9 per 10,000 first "
    "administrations, 3.9 within 42 days of another [martinez2021].",
    "There is no control for the rate of infusion or for premedication: in one audit infusions with and "
    "without events ran at about the same rate [malbran2013], and the one premedication trial found had ten "
    "patients [methylprednisolone1988].",
    "Intervals per infusion take infusions of one patient as independent, so they are too narrow.",
]

LONGEST = 48  # infusions, end of the axis
HOVER = "%{x:.0f} infusions: %{y:.1f} % of patients"
PLACES = ((15, ("left", (10, -12))), (35, ("center", (0, -17))), (LONGEST, ("right", (-10, 15))))
NEAR = (12, 14)  # infusions and %: closer than this, two labels would touch


def figure(rate, infusions, clustering, study):
    """Left, shares of infusions; right, shares of patients against the infusions that each has had."""
    steps = list(range(1, LONGEST + 1))
    share = 100 * ae_per_patient(rate / 100, clustering, infusions)
    found = _percents(course_of_patients(rate / 100, clustering, LONGEST))
    independent = _percents(course_of_patients(rate / 100, 0, LONGEST))
    data = [
        curve(steps, independent, "reference", "if infusions were independent", dash="dash", width=2,
              hover=HOVER),
        curve(steps, found, "harm", "patients with a reaction", ghost=True, hover=HOVER),
        _published_infusions(study), _published_patients(study),
        points([0], [rate], "harm", "your rate per infusion", size=12, xaxis="x2", hover="%{y:.1f} %"),
        points([infusions], [share], "harm", "your share of patients", size=12, hover=HOVER, cliponaxis=False)
    ]
    return {"data": data, "layout": layout(
        axis("Infusions per patient", 0, LONGEST + 1, tickvals=[1, 10, 20, 30, 40], domain=[0.27, 1]),
        axis("With a reaction (%)", 0, 100, tickvals=[0, 20, 40, 60, 80, 100], anchor="x2"),
        xaxis2=axis("one infusion", -1, 1, domain=[0, 0.19], showticklabels=False, ticks=""),
        labels=_labels(rate, infusions, share, study))}


def describe(rate, infusions, clustering, study):
    """The reader's two answers, and the two of the marked study."""
    share = ae_per_patient(rate / 100, clustering, infusions)
    words = f"{_percent(rate / 100)} of infusions bring a reaction; "
    if infusions == 1:
        words += f"after one infusion {_percent(share)} of patients have had one, the same number."
    else:
        words += (f"after {infusions:.0f} infusions {_percent(share)} of patients have had at least one "
                  f"({_percent(ae_per_patient(rate / 100, 0, infusions))} if infusions were independent).")
    if study != NONE:
        marked = _named(study)
        rho = fitted_clustering(marked.infusion_share, marked.patient_share, mean_infusions(marked))
        words += (f" {study}: {_percent(marked.infusion_share)} of infusions but "
                  f"{_percent(marked.patient_share)} of patients, at about {mean_infusions(marked)} "
                  f"infusions each, which fits a clustering of {rho:.2f}.")
    return words


def table(rate, infusions, clustering, study):
    """The published shares by denominator, the marked study's row with the colour of its markers."""
    rows = []
    for row in STUDIES:
        name = f"{row.name} [{row.key}]"
        rows.append([{"text": name, "role": "evidence"} if row.name == study else name, row.counted,
                     _with_interval(row.infusion_share, row.infusions),
                     _with_interval(row.patient_share, row.patients)])
    for sequence, words in (("first", "first ever"), ("after a gap", "after more than 42 days"),
                            ("within 42 days", "within 42 days of another")):
        rows.append(["Martinez 2021 [martinez2021]", "anaphylaxis, " + words,
                     f"{anaphylaxis_rate(sequence):.1f} per 10,000", "not printed"])
    return {"caption": "Published shares with a reaction, with 95 % intervals where the number is printed",
            "columns": ["Study", "What was counted", "Of infusions", "Of patients"], "rows": rows}


def _published_infusions(marked):
    """Side by side in the left part, from the lowest share on."""
    rows = [study for study in STUDIES if study.infusion_share is not None]
    rows.sort(key=lambda study: study.infusion_share)
    places = [1.7 * (n + 0.5) / len(rows) - 0.85 for n in range(len(rows))]
    trace = _evidence(places, [(study.infusion_share, study.infusions) for study in rows],
                      "published, of infusions", "diamond-open", [study.name for study in rows], marked)
    trace["xaxis"] = "x2"
    return trace


def _published_patients(marked):
    rows = PAIRED + [study for study in STUDIES if study.infusion_share is None]
    return _evidence([mean_infusions(study) or 1 for study in rows],
                     [(study.patient_share, study.patients) for study in rows],
                     "published, of patients", "circle-open", [study.name for study in rows], marked)


def _evidence(places, shares, name, symbol, names, marked):
    """Open markers with their Wilson intervals (none where no number is printed); the marked one is large."""
    ends = [_interval(share, number) if number else (share, share) for share, number in shares]
    trace = points(places, [100 * share for share, number in shares], "evidence", name, symbol=symbol,
                   hover="%{text}: %{y:.1f} %", text=names)
    trace["marker"]["size"] = [14 if one == marked else 8 for one in names]
    trace["marker"]["line"] = {"width": [4 if one == marked else 1 for one in names]}
    trace["error_y"] = {
        "type": "data", "symmetric": False, "thickness": 1, "width": 2,
        "array": [100 * (high - share) for (low, high), (share, number) in zip(ends, shares)],
        "arrayminus": [100 * (share - low) for (low, high), (share, number) in zip(ends, shares)]}
    return trace


def _labels(rate, infusions, share, study):
    """The reader's two answers, and the marked study's share of patients, on clear ground."""
    marked = _named(study) if study != NONE else None
    near = (marked is not None and abs(mean_infusions(marked) - infusions) < NEAR[0]
            and abs(100 * marked.patient_share - share) < NEAR[1])
    anchor, shift = ("left", (9, -9)) if infusions <= 24 else ("right", (-8, 12))
    if share < 6:
        anchor, shift = "left", (2, 16)
    elif near:
        anchor, shift = "center", (0, 16)
    elif share > 88:
        anchor, shift = "right", (-8, -14)
    notes = [
        label(0, rate, f"<b>{_percent(rate / 100)}</b>", "harm", anchor="center", xref="x2", shift=(0, 16)),
        label(infusions, share, f"<b>{_percent(share / 100)}</b>", "harm", anchor=anchor, shift=shift)]
    if marked is not None:
        x, y = mean_infusions(marked), 100 * marked.patient_share
        anchor, shift = [place for most, place in PLACES if x <= most][0]
        notes.append(label(x, y, f"{_percent(y / 100)}, {study.split(',')[0]}", "evidence", anchor=anchor,
                           shift=(shift[0], -18) if near else shift, font={"size": 12}))
    return notes


def _percents(shares):
    return [100 * share for share in shares]


def _percent(share):
    percent = 100 * share * (1 + 1e-12)  # off exact halves, which the two Pythons round differently
    if 99.5 <= percent < 100:
        return "over 99 %"
    return f"{percent:.1f} %" if percent < 9.95 else f"{percent:.0f} %"


def _with_interval(share, number):
    if share is None:
        return "not printed"
    if number is None:
        return _percent(share)
    low, high = _interval(share, number)
    return f"{_percent(share)} ({_percent(low)} to {_percent(high)}; n = {_grouped(number)})"


def _interval(share, number):
    found = proportion(share * number, number)
    return found.low, found.high


def _grouped(number):
    """13508 as 13,508."""
    return f"{number // 1000},{number % 1000:03d}" if number >= 1000 else str(number)


def _named(name):
    return [study for study in STUDIES if study.name == name][0]
