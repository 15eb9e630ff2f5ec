"""Enter a patient's laboratory values and read them against the founding review's and today's criteria."""

from math import log10

from widgets.controls import choice, slider, toggle
from widgets.figures import axis, curve, label, layout, points
from widgets.models.criteria import (
    ABSENT_IGA, DEFINED_AGE, MET, MISSING, NOT_ASKED, NOT_MET, PRESENT_IGA, SOURCE_IGG, SOURCE_TOTAL, Patient,
    baseline_findings, count, floor_for, ranges_for, source_findings, today_findings, total)

TITLE = "Which criteria does this patient meet, and which test is missing?"

AGES = {"0.25": "3 to 5 months", "0.5": "6 to 11 months", "1": "1 to 3 years", "4": "4 to 9 years",
        "10": "10 to 17 years", "18": "Adult"}
VACCINE_HELP = "As the laboratory calls the rise of antibody: there is no single cut-off."


def _answer(name, words):
    return choice(name, words, value="not tested", help=VACCINE_HELP, options={
        "none": "None", "partial": "Partial", "normal": "Normal", "not tested": "Not tested"})


CONTROLS = [
    choice("age", "Age", value="18", options={
        "0.25": AGES["0.25"], "0.5": AGES["0.5"], "1": AGES["1"], "4": AGES["4"], "10": AGES["10"],
        "18": AGES["18"]}, help="Decides the ranges, which are chosen for teaching."),
    slider("igg", "IgG", unit="mg/dL", min=10, max=3000, value=400, log=True, help="100 mg/dL is 1 g/L."),
    slider("iga", "IgA", unit="mg/dL", min=5, max=600, value=20, log=True),
    slider("igm", "IgM", unit="mg/dL", min=5, max=600, value=40, log=True),
    _answer("protein", "Answer to tetanus vaccine"),
    _answer("polysaccharide", "Answer to pneumococcal polysaccharide"),
    choice("infection_antibody", "Antibody after an infection", value="not tested", options={
        "absent": "Absent", "present": "Present", "not tested": "Not tested"}),
    choice("infections", "Infections", value="recurrent", options={
        "none": "None", "few": "Few", "recurrent": "Recurrent or severe"}),
    choice("creatinine", "Creatinine", value="not measured", options={
        "normal": "Normal", "raised": "Raised", "not measured": "Not measured"}),
    toggle("liver", "Liver tests done", value=True),
    toggle("blood_count", "Blood count with differential done", value=True),
    toggle("hepatitis", "Hepatitis screen done", value=False),
]

PRESETS = {
    "CVID, adult, worked up": {
        "age": "18", "igg": 400, "iga": 20, "igm": 40, "protein": "partial", "polysaccharide": "none",
        "infection_antibody": "not tested", "infections": "recurrent", "creatinine": "normal", "liver": True,
        "blood_count": True, "hepatitis": True},
    "X-linked agammaglobulinaemia, 8 months": {
        "age": "0.5", "igg": 63, "iga": 5, "igm": 10, "protein": "not tested", "polysaccharide": "not tested",
        "infection_antibody": "not tested", "infections": "recurrent", "creatinine": "normal", "liver": True,
        "blood_count": True, "hepatitis": False},
    "Healthy infant, 8 months": {
        "age": "0.5", "igg": 350, "iga": 14, "igm": 35, "protein": "normal", "polysaccharide": "normal",
        "infection_antibody": "present", "infections": "few", "creatinine": "normal", "liver": True,
        "blood_count": True, "hepatitis": False},
    "Low IgG, never ill, adult": {
        "age": "18", "igg": 560, "iga": 110, "igm": 71, "protein": "normal", "polysaccharide": "normal",
        "infection_antibody": "present", "infections": "none", "creatinine": "normal", "liver": True,
        "blood_count": True, "hepatitis": True},
    "IgA deficiency, normal IgG, adult": {
        "age": "18", "igg": 1100, "iga": 5, "igm": 110, "protein": "normal", "polysaccharide": "normal",
        "infection_antibody": "present", "infections": "few", "creatinine": "normal", "liver": True,
        "blood_count": True, "hepatitis": True},
}

TASK = {
    "predict": "A healthy infant of 8 months has IgG 350, IgA 14 and IgM 35 mg/dL. Does this child meet a "
               "criterion of the founding review? One of today's? Guess, then press \"Healthy infant, 8 "
               "months\".",
    "answer": "One of the review's four: the total of 399 mg/dL is below its 400, a limit without an age. "
              "None of today's five, since they ask what is low for the age. The adult of the opening is the "
              "other way round: an IgG of 400 passes the review's level and is far below the range.",
}

LIMITS = [
    "A worksheet, not advice: meeting a definition is not by itself a reason to treat. In secondary "
    "deficiency the cause, the infections and antibiotics come first [otani2022].",
    "Ranges for age are coarse and chosen for teaching: use those of your laboratory. The European "
    "definition means two standard deviations below the mean for age, measured twice [seidel2019].",
    "Today's rows are parts of definitions of CVID and agammaglobulinaemia, which differ between expert "
    "groups [perez2017sad; bonilla2016icon]. Not asked here: B and T cells, other signs such as "
    "autoimmunity, secondary causes, genes.",
    "The two limits for agammaglobulinaemia were read in a copy of the ESID's definitions, which "
    "[seidel2019] publishes; fewer than 2 % B cells belong to them.",
    "What counts as a normal answer to a vaccine is disputed: in one study the choice of serotypes changed "
    "the share of adequate answers up to four-fold [hansen2021vaccine].",
    "The review does not say which antibodies are absent or low: read here as any class below the range. Its "
    "500 mg/dL is a level to hold during treatment, not a criterion before it.",
]

CLASSES = ("IgG", "IgA", "IgM", "total")
LOW, HIGH = 3, 30000  # mg/dL, ends of the axis: the key stands in the uppermost decade
TICKS = (5, 10, 50, 100, 500, 1000, 5000)

REVIEW, AGREED = "source", "source, agreed today"
ROWS = {  # criterion, and whose
    "level": ("IgG under 200 or total under 400 mg/dL", REVIEW),
    "antibodies": ("Antibodies absent or low", REVIEW),
    "vaccine": ("Poor answer to vaccines", REVIEW),
    "infection_antibody": ("No antibody after infection", REVIEW),
    "igg_for_age": ("IgG low for age", "today [bonilla2016icon; seidel2019]"),
    "igg_floor": ("IgG under 200 in the first year, 500 later", "today [seidel2019]"),
    "second_class": ("IgA or IgM low too, IgA preferred", "today [bonilla2016icon]"),
    "vaccine today": ("Impaired answer to vaccines", "today [bonilla2016icon; perez2017sad]"),
    "infections": ("Infections or another sign", "today [perez2017sad]"),
    "kidney": ("Kidney function known", AGREED + " [gamunexc2022pi]"),
    "liver": ("Liver tests known", AGREED),
    "blood_count": ("Blood count known", AGREED),
    "hepatitis": ("Hepatitis screen known", AGREED),
    "iga": ("IgA known", AGREED + " [gamunexc2022pi]"),
}
MISSING_WORDS = {"vaccine": "vaccine answers", "infection_antibody": "antibody after an infection",
                 "kidney": "creatinine", "liver": "liver tests", "blood_count": "blood count",
                 "hepatitis": "hepatitis screen"}
MARKS = {MET: "target", NOT_MET: "reference", MISSING: "text", NOT_ASKED: "reference"}


def figure(age, igg, iga, igm, protein, polysaccharide, infection_antibody, infections, creatinine, liver,
           blood_count, hepatitis):
    """The three classes and their sum against the ranges for the age and the limits of both lists."""
    years = float(age)
    ranges, floor = ranges_for(years), floor_for(years)
    names, ends = [], []
    for name, limits in zip(CLASSES, ranges):
        names += [name, name, name]
        ends += [limits[0], limits[1], None]
    limits = [("IgG", floor)] if floor is not None else []
    if years >= DEFINED_AGE:
        limits.append(("IgA", ABSENT_IGA))
    hover = "%{x}: %{y:.0f} mg/dL"
    others = (iga, igm, igg + iga + igm)
    data = [
        curve(names, ends, "reference", "range for age", width=18, opacity=0.3, hover=hover),
        points(["IgG", "total"], [SOURCE_IGG, SOURCE_TOTAL], "target", "limit, source", symbol="line-ew-open",
               size=30, hover=hover),
        points([name for name, y in limits], [y for name, y in limits], "target", "limit, today",
               symbol="triangle-down-open", hover=hover),
        points(["IgG"], [igg], "igg", "patient's IgG", size=13, ghost=True, hover=hover,
               text=[f" {_whole(igg)}"], mode="markers+text", textposition=[_beside(igg, SOURCE_IGG)],
               cliponaxis=False),
        points(list(CLASSES[1:]), list(others), "text", "IgA, IgM, total", size=11, ghost=True, hover=hover,
               text=[f" {_whole(value)}" for value in others], mode="markers+text", cliponaxis=False,
               textposition=["middle right", "middle right", _beside(others[2], SOURCE_TOTAL)]),
    ]
    key = label(0, 1, "bar: range for age, dot: patient<br>line: source, triangle: today", "text",
                xref="paper", yref="paper", yanchor="top", shift=(4, 0), align="left")
    return {"data": data, "layout": layout(
        axis("", -0.5, 3.75, type="category", categoryorder="array", categoryarray=list(CLASSES)),
        axis("mg/dL (100 is 1 g/L)", log10(LOW), log10(HIGH), type="log", tickvals=list(TICKS),
             ticktext=[f"{tick}" for tick in TICKS]), labels=[key])}


def describe(age, igg, iga, igm, protein, polysaccharide, infection_antibody, infections, creatinine, liver,
             blood_count, hepatitis):
    """How many criteria of each list are met, and which test is missing."""
    patient = Patient(float(age), igg, iga, igm, protein, polysaccharide, infection_antibody, infections,
                      creatinine, liver, blood_count, hepatitis)
    source, today, tests = source_findings(patient), today_findings(patient), baseline_findings(patient)
    asked = len(today) - count(today, NOT_ASKED)
    missing = []
    for finding in source + today + tests:
        words = MISSING_WORDS.get(finding.criterion)
        if finding.result == MISSING and words not in missing:
            missing.append(words)
    needed = f"Missing: {_listed(missing)}." if missing else "No test is missing."
    return (f"With IgG {_whole(igg)} mg/dL ({_grams(igg)} g/L) and a total of {_whole(total(patient))} mg/dL, "
            f"{count(source, MET)} of the source's {len(source)} criteria are met, and {count(today, MET)} "
            f"of today's {asked} that are asked for in this patient. {needed} Whether to treat is another "
            "question.")


def table(age, igg, iga, igm, protein, polysaccharide, infection_antibody, infections, creatinine, liver,
          blood_count, hepatitis):
    """One row for each criterion: whose it is, the patient's value, the result and why."""
    patient = Patient(float(age), igg, iga, igm, protein, polysaccharide, infection_antibody, infections,
                      creatinine, liver, blood_count, hepatitis)
    level = f"IgG {_whole(igg)}"
    answers = f"tetanus: {protein}, pneumococcus: {polysaccharide}"
    known = {True: "done", False: "not done"}
    values = {
        "level": f"{level}, total {_whole(total(patient))}",
        "antibodies": f"{level}, IgA {_whole(iga)}, IgM {_whole(igm)}",
        "vaccine": answers, "infection_antibody": infection_antibody,
        "igg_for_age": level, "igg_floor": level,
        "second_class": f"IgA {_whole(iga)}, IgM {_whole(igm)}", "infections": _plainly(infections),
        "kidney": f"creatinine {creatinine}", "liver": known[liver], "blood_count": known[blood_count],
        "hepatitis": known[hepatitis], "iga": f"IgA {_whole(iga)}"}
    rows = []
    for findings, suffix in ((source_findings(patient), ""), (today_findings(patient), " today"),
                             (baseline_findings(patient), "")):
        for finding in findings:
            words, whose = ROWS.get(finding.criterion + suffix, ROWS.get(finding.criterion))
            rows.append([words, whose, values[finding.criterion],
                         {"text": finding.result, "role": MARKS[finding.result]},
                         _why(finding, ranges_for(patient.age))])
    return {"caption": f"Criteria, {AGES[age].lower()}: levels in mg/dL.",
            "columns": ["Criterion", "Whose", "Patient's value", "Result", "Why"], "rows": rows}


def _why(finding, ranges):
    """The reason, with what the criterion was compared with and what it does not mean."""
    if finding.criterion == "igg_for_age":
        return f"range for age {ranges.igg[0]} to {ranges.igg[1]}; {finding.reason}"
    if finding.criterion == "second_class":
        return f"{finding.reason}; ranges from {ranges.iga[0]} and {ranges.igm[0]}"
    if finding.criterion == "iga" and finding.reason != PRESENT_IGA:
        return finding.reason + " [berger2013ae; morawska2021]"
    return finding.reason


def _beside(value, limit):
    """Where the number of a dot stands: off the line of a limit that is close."""
    if value > 1.4 * limit or value < limit / 1.4:
        return "middle right"
    return "top right" if value >= limit else "bottom right"


def _plainly(infections):
    return "recurrent or severe" if infections == "recurrent" else infections


def _listed(words):
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _whole(value):
    return f"{value * (1 + 1e-12):.0f}"


def _grams(value):
    """mg/dL as g/L."""
    return f"{value / 100 * (1 + 1e-12):.1f}"
