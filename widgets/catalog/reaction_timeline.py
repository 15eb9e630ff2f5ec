"""When each reaction to IVIG begins, on one axis from the first minutes to a year."""

from math import log10

from widgets.controls import choice
from widgets.data import read
from widgets.figures import axis, curve, label, layout, points

TITLE = "When after an infusion does each reaction begin?"

REACTIONS = read("reactions")
SEVERITIES = ("mild", "moderate", "severe", "life-threatening")
SERIOUS = ("severe", "life-threatening")
LOOK = {"mild": ("reference", "circle"), "moderate": ("evidence", "square"),
        "severe": ("harm", "triangle-up"), "life-threatening": ("harm", "x")}  # role, symbol
GRAVITY = {"serious": SERIOUS, "lesser": ("mild", "moderate"), "any": SEVERITIES}

CONTROLS = [
    choice("phase", "When", value="all",
           options={"all": "All times", "immediate": "From the start, within 6 hours",
                    "delayed": "Delayed, 6 hours to days", "late": "Late, weeks to months"},
           help="Classes of time from a review [stiehm2013]; a reaction stands in the class where the "
                "book's sources put it."),
    choice("severity", "Severity", value="serious",
           options={"serious": "Severe and life-threatening", "lesser": "Mild and moderate", "any": "Any"}),
    choice("reaction", "Reaction to look at", value="haemolysis",
           options=dict([(row["id"], row["name"]) for row in REACTIONS])),
]

PRESETS = {
    "In the chair: hives and wheeze": {"phase": "immediate", "severity": "any", "reaction": "anaphylaxis"},
    "Call on day 2: headache, stiff neck": {
        "phase": "delayed", "severity": "any", "reaction": "aseptic_meningitis"},
    "Call after a week: dark urine": {"phase": "delayed", "severity": "serious", "reaction": "haemolysis"},
    "Weeks later: a positive hepatitis B test": {"phase": "late", "severity": "any", "reaction": "serology"},
}

TASK = {
    "predict": "A patient has had 2 g/kg and is watched for six hours. How many of the nine severe or "
               "life-threatening reactions can still begin after that?",
    "answer": "Seven of nine. Only anaphylaxis and acute lung injury begin within six hours [stiehm2013; "
              "ivigtrali2001]; five are not expected any earlier, among them haemolysis, which mostly "
              "shows 5 to 10 days later [pendergrast2021]. So the patient must know what to watch for "
              "at home.",
}

LIMITS = [
    "A bar says when a reaction can begin, not how likely it is at each moment; a tick marks the time that "
    "a source calls usual.",
    "Where only the class of time is known, as for most immediate reactions, the bar spans the class: from "
    "the start to 6 hours, or weeks to months, drawn as 2 weeks to 6 months [stiehm2013].",
    "The ends of the bars for fluid overload, encephalopathy and arthritis are chosen for teaching; for "
    "eczema only the middle, about 10 days, is from a publication [vecchietti2006].",
    "How often cannot be compared between rows: some count infusions, some patients, some courses, and "
    "many have never been counted.",
    "In one series half of all clots came during the infusion, the others after 1 to 8 days, but it had "
    "only six patients with clots [marie2006].",
    "What to do is what labels and papers say in a line, or common practice where the table says so: follow "
    "the product's own label and the local protocol.",
]

START, END = 0.08, 12000  # hours, ends of the axis
TICKS = ((0.1, "start"), (1, "1 h"), (6, "6 h"), (24, "1 d"), (168, "1 wk"), (720, "1 mo"), (8760, "1 yr"))
FEWEST = 6  # rows for which the figure always keeps room
LIFT = 7  # px: unseen markers that lift the names off the bars
NAMED = 12  # more rows than these go without their names
HOVER = "%{text}"


def figure(phase, severity, reaction):
    """One row per reaction: a bar over the times when it can begin, its name above the bar."""
    rows = _shown(phase, severity, reaction)
    names = [row["name"] for row in rows]
    slots = max(FEWEST, len(rows))
    at = [row["id"] for row in rows].index(reaction)
    data = [_bars(rows, gravity) for gravity in SEVERITIES if any(row["severity"] == gravity for row in rows)]
    usual = [row for row in rows if row["onset"]["typical"] is not None]
    if usual:
        data.append(points([row["onset"]["typical"] for row in usual], [row["name"] for row in usual], "text",
                           "usual time", symbol="line-ns-open", size=11, orientation="h",
                           hover="usual time", cliponaxis=False))
    if len(rows) <= NAMED:
        data.append(_names(rows, reaction))
    notes = [] if len(rows) <= NAMED else [
        label(log10(START), names[at], _words(rows[at], reaction), "text", font={"size": 12}, shift=(4, 10))]
    chosen = {"type": "rect", "name": "reference", "xref": "paper", "x0": 0, "x1": 1, "y0": at - 0.8,
              "y1": at + 0.2, "line": {"width": 0}, "layer": "below"}
    watched = {"type": "line", "name": "reference", "yref": "paper", "y0": 0, "y1": 1, "x0": 6, "x1": 6,
               "line": {"width": 1, "dash": "dot"}, "layer": "below"}
    return {"data": data, "layout": layout(
        axis("Time after the start (log scale)", log10(START), log10(END), type="log", showgrid=True,
             ticklabeloverflow="allow", tickvals=[hours for hours, words in TICKS],
             ticktext=[words for hours, words in TICKS]),
        axis("", slots - 0.65, -0.95, type="category", categoryorder="array", categoryarray=names,
             showticklabels=False, showgrid=False),
        shapes=[chosen, watched], labels=notes, margin={"l": 8, "r": 8, "t": 6, "b": 44})}


def describe(phase, severity, reaction):
    """How many are shown, and what is known of the chosen one."""
    rows = _shown(phase, severity, reaction)
    later = sum(row["onset"]["high"] > 6 for row in rows)
    row = _named(reaction)
    where = " (their names are in the table)" if len(rows) > NAMED else ""
    return (f"Of {len(rows)} reactions shown{where}, {later} can begin more than 6 hours after the start. "
            f"{row['name']} ({row['severity']}): onset {row['onset']['words']}; how often: "
            f"{row['frequency']['words']}. What to do: {row['what_to_do']['words']}")


def table(phase, severity, reaction):
    """The reactions shown, with the source of every cell."""
    rows = []
    for row in _shown(phase, severity, reaction):
        basis = row["onset"]["basis"]
        advice = row["what_to_do"]
        practice = " (common practice)" if advice["basis"] == "common practice" else ""
        rows.append([
            row["name"],
            row["onset"]["words"] + ("" if basis == "from a publication" else f" ({basis})")
            + _cited(row["onset"]["keys"]),
            row["frequency"]["words"] + _cited(row["frequency"]["keys"]),
            {"text": row["severity"], "role": LOOK[row["severity"]][0]},
            advice["words"] + practice + _cited(advice["keys"])])
    return {"caption": "The reactions shown, by the time when they can begin",
            "columns": ["Reaction", "Onset", "How often", "Severity", "What to do"], "rows": rows}


def _shown(phase, severity, reaction):
    """The reactions of one phase and severity and the chosen one, those that begin first on top."""
    rows = [row for row in REACTIONS if row["id"] == reaction
            or (phase in ("all", row["phase"]) and row["severity"] in GRAVITY[severity])]
    order = [(row["onset"]["low"], -SEVERITIES.index(row["severity"]), row["onset"]["high"], n)
             for n, row in enumerate(rows)]
    order.sort()
    return [rows[place[-1]] for place in order]


def _bars(rows, gravity):
    """The bars of one severity in one trace, with gaps; a symbol stands where each begins."""
    role, symbol = LOOK[gravity]
    x, y, sizes, words = [], [], [], []
    for row in rows:
        if row["severity"] == gravity:
            x += [row["onset"]["low"], row["onset"]["high"], None]
            y += [row["name"]] * 3
            sizes += [9, 0, 0]
            words += [f"{row['name']}: {row['onset']['words']}"] * 3
    return curve(x, y, role, gravity, width=5 if gravity in SERIOUS else 3, hover=HOVER, text=words,
                 mode="lines+markers", orientation="h", cliponaxis=False,
                 marker={"symbol": symbol, "size": sizes, "opacity": 1})


def _names(rows, reaction):
    """The names above the bars, which unseen markers keep clear of them."""
    return {"type": "scatter", "mode": "markers+text", "x": [START] * len(rows), "orientation": "h",
            "y": [row["name"] for row in rows], "name": "names",
            "text": [_words(row, reaction) for row in rows],
            "textposition": "top right", "textfont": {"size": 12 if len(rows) < 11 else 11},
            "marker": {"size": LIFT, "opacity": 0}, "hoverinfo": "skip", "meta": {"role": "text"}}


def _words(row, reaction):
    words = row["label"] + ", " + row["severity"]
    return f"<b>{words}</b>" if row["id"] == reaction else words


def _named(reaction):
    return [row for row in REACTIONS if row["id"] == reaction][0]


def _cited(keys):
    return " [" + "; ".join(keys) + "]" if keys else ""
