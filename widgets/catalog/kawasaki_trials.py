"""Coronary abnormalities in the arms of randomised trials of Kawasaki disease, any two compared."""

from widgets.controls import choice
from widgets.data import read
from widgets.figures import axis, label, layout, level, points
from widgets.models.proportions import number_needed_to_treat, proportion, risk_difference, risk_ratio

TITLE = "How many children with Kawasaki disease keep healthy coronary arteries?"

ARMS = read("kawasaki_trials")
WORDS = {arm["id"]: arm["words"] for arm in ARMS}

CONTROLS = [
    choice("outcome", "Coronary abnormality", value="early",
           options={"early": "Early: at 2 weeks, or ever in the trial",
                    "late": "Late: at 30 to 60 days, or at 7 weeks"}),
    choice("first", "Compare", options=WORDS, value="aspirin_1986"),
    choice("second", "With", options=WORDS, value="ivig_1986"),
]

PRESETS = {
    "IVIG or aspirin alone, 1986": {"first": "aspirin_1986", "second": "ivig_1986"},
    "Prednisolone added, high risk, 2012": {
        "outcome": "early", "first": "ivig_2012", "second": "prednisolone_2012"},
    "Ciclosporin added, high risk, 2019": {
        "outcome": "early", "first": "ivig_2019", "second": "ciclosporin_2019"},
    "Across trials, 1986 and 2012": {"outcome": "early", "first": "aspirin_1986", "second": "ivig_2012"},
}

TASK = {
    "predict": "In 1986 aspirin alone left 23 % of children with abnormal coronary arteries. In 2012 it "
               "was 23 % again, after 2 g/kg of IVIG. Is IVIG then no better than aspirin? Decide, then "
               "compare \"Across trials, 1986 and 2012\" with \"IVIG or aspirin alone, 1986\".",
    "answer": "It is better. Where chance chose the treatment, IVIG brought 18 of 78 down to 6 of 75: 15 "
              "percentage points fewer, one child spared for every 7 treated [newburger1986]. The 28 of "
              "121 of 2012 were children scored as high risk, judged by other criteria [kobayashi2012]: "
              "two arms of different trials differ in more than the treatment.",
}

LIMITS = [
    "These are counts from published trials, not a model. Only trials whose counts were seen are shown, "
    "so this is no systematic review, and nothing is pooled.",
    "Only arms of one trial were randomised against each other. The trials differ in the children, in "
    "aspirin, in when they looked and in what they called abnormal.",
    "The trial of a single 2 g/kg against 4 × 0.4 g/kg is missing: its counts were not seen. The arms of "
    "2 g/kg shown here held children scored as high risk [kobayashi2012; hamada2019].",
    "A pooled analysis of trials up to 2011 found no clear effect of steroids on coronary lesions, odds "
    "ratio 0.67 (0.35 to 1.28) [zhu2011]; the later trial in high-risk children did [kobayashi2012].",
    "For one trial the abstract gives shares, and counts were worked out from them [inoue2006]; in "
    "another the children excluded after randomisation are left out, as in its analysis [kobayashi2012].",
    "Intervals are those of Wilson [newcombe1998single] and of Newcombe [newcombe1998difference]; a "
    "number needed to treat is given only where the interval of the difference leaves out 0 [altman1998; "
    "bender2001].",
]

EDGES = (-3, 64)  # %, of the axis
TICKS = (0, 20, 40, 60)
WIDE = 45  # %: an interval that ends beyond it has its share named on its left


def figure(outcome, first, second):
    """Share of children with an abnormality in each arm, with its 95 % interval; the chosen two filled."""
    arms = [arm for arm in ARMS if outcome in arm]
    names = [arm["short"] for arm in arms]
    chosen = [arm for arm in arms if arm["id"] in (first, second)]
    others = [arm for arm in arms if arm not in chosen]
    data = [_dots(others, outcome, "evidence", "other arms", "circle-open", 10)]
    for identity, role, name in ((first, "reference", "compare"), (second, "igg", "with")):
        mine = [arm for arm in chosen if arm["id"] == identity]
        if mine and not (name == "compare" and first == second):
            data.append(_dots(mine, outcome, role, name, "circle", 14))
    labels = [_share_label(arm, outcome, "igg" if arm["id"] == second else "reference") for arm in chosen]
    return {"data": [trace for trace in data if trace["x"]], "layout": layout(
        axis("Abnormal (%)", EDGES[0], EDGES[1], tickvals=list(TICKS), showgrid=True),
        axis("", len(names) - 0.4, -0.6, type="category", categoryorder="array", categoryarray=names,
             showgrid=False, tickfont={"size": 12}),
        shapes=_between_groups(arms), labels=labels)}


def describe(outcome, first, second):
    """Both shares with their intervals, and the difference, ratio and number needed to treat."""
    one, two = _arm(first), _arm(second)
    missing = [arm for arm in (one, two) if outcome not in arm]
    if missing:
        return f"For {missing[0]['words']} no late count was seen. Choose another arm, or the early outcome."
    if first == second:
        return f"{_said(one, outcome)}. Choose a different arm to compare it with."
    words = f"{_said(one, outcome)}; {_said(two, outcome)}. "
    together = one["trial"] == two["trial"]
    counts = _counts(one, outcome), _counts(two, outcome)
    if together:
        return words + "Randomised against each other: " + _compared(counts) + _needed(counts) + "."
    return (words + "Not randomised against each other, so the treatment need not be the reason: "
            + _compared(counts) + "; no number needed to treat can be given.")


def table(outcome, first, second):
    """Every arm with its counts, when the children were looked at, and its source."""
    rows = []
    for arm in ARMS:
        counts = arm.get(outcome)
        if counts is None:
            continue
        share = proportion(counts["events"], counts["total"])
        rows.append([{"text": arm["regimen"], "role": _role(arm["id"], first, second)}, arm["trial"],
                     f"{counts['events']} of {counts['total']}", f"{_percent(share.value)} "
                                                                 f"({_range(share)}) %",
                     counts["when"], arm["children"] + (f" ({arm['counted']})" if "counted" in arm else ""),
                     "[" + "; ".join(arm["keys"]) + "]"])
    return {"caption": "Coronary abnormality, arm by arm, with 95 % intervals",
            "columns": ["Treatment", "Trial", "Children", "Share", "When", "Who", "Source"], "rows": rows}


def _dots(arms, outcome, role, name, symbol, size):
    shares = [proportion(*_counts(arm, outcome)) for arm in arms]
    percent = [100 * share.value for share in shares]
    bars = {"type": "data", "symmetric": False, "width": 0, "thickness": 4 if symbol == "circle" else 2,
            "array": [100 * (share.high - share.value) for share in shares],
            "arrayminus": [100 * (share.value - share.low) for share in shares]}
    words = [_said(arm, outcome) for arm in arms]
    return points(percent, [arm["short"] for arm in arms], role, name, symbol=symbol, size=size, error_x=bars,
                  orientation="h", text=words, hover="%{text}", cliponaxis=False)


def _share_label(arm, outcome, role):
    share = proportion(*_counts(arm, outcome))
    beyond = 100 * share.high > WIDE
    return label(100 * (share.low if beyond else share.high), arm["short"], f"<b>{_percent(share.value)} "
                                                                            "%</b>",
                 role, anchor="right" if beyond else "left", shift=(-3 if beyond else 3, 0),
                 font={"size": 13})


def _between_groups(arms):
    """Thin lines between the groups of regimens."""
    return [dict(level(n - 0.5, "reference", dash="dot"), opacity=0.6) for n in range(1, len(arms))
            if arms[n]["group"] != arms[n - 1]["group"]]


def _role(identity, first, second):
    return "igg" if identity == second else "reference" if identity == first else "evidence"


def _arm(identity):
    return [arm for arm in ARMS if arm["id"] == identity][0]


def _counts(arm, outcome):
    return arm[outcome]["events"], arm[outcome]["total"]


def _said(arm, outcome):
    share = proportion(*_counts(arm, outcome))
    return (f"{arm['words']}: {arm[outcome]['events']} of {arm[outcome]['total']} children "
            f"({_percent(share.value)} %, 95 % interval {_range(share)})")


def _compared(counts):
    """Difference and ratio of (first, second) in words."""
    fewer, ratio = risk_difference(counts[0], counts[1]), risk_ratio(counts[0], counts[1])
    side = "fewer"
    if fewer.value < 0:
        fewer, side = risk_difference(counts[1], counts[0]), "more"
    return (f"{_percent(fewer.value)} percentage points {side} with the second ({_range(fewer)}), "
            f"risk ratio {ratio.value:.2f} ({ratio.low:.2f} to {ratio.high:.2f})")


def _needed(counts):
    """The number needed to treat, or to harm, in words."""
    needed = number_needed_to_treat(counts[0], counts[1])
    if needed is None:
        return "; since the difference may be 0, no number needed to treat"
    spared = "is spared"
    if needed.value < 0:
        needed, spared = number_needed_to_treat(counts[1], counts[0]), "more is affected"
    return (f"; one child {spared} for every {_up(needed.value)} treated "
            f"({_up(needed.low)} to {_up(needed.high)})")


def _percent(share):
    percent = 100 * share * (1 + 1e-12)  # off exact halves such as 7.5
    return "0" if abs(percent) < 0.5 else f"{percent:.0f}".replace("-", "−")


def _range(estimate):
    return f"{_percent(estimate.low)} to {_percent(estimate.high)}"


def _up(number):
    """Rounded up, as a number needed to treat is."""
    return int(-(-number // 1))
