"""Count the B cells that would make natural antibodies under each of the shares that are quoted."""

from widgets.controls import slider
from widgets.figures import axis, curve, label, layout, points
from widgets.models.natural_antibody_cells import (
    HUMAN_HIGH, HUMAN_LOW, HUMAN_MEDIAN, MOUSE_HIGH, MOUSE_LOW, cells_in_blood, natural_antibody_cells)

TITLE = "How many B cells make natural antibodies?"

CONTROLS = [
    slider("b_cells", "B cells in blood", unit="per µL", min=10, max=600, step=10, value=200,
           help="Chosen for teaching."),
    slider("share", "Share you believe", unit="%", min=0.5, max=15, step=0.5, value=4,
           help="Opens at the median of one adult series: second-hand, record not seen."),
    slider("blood_volume", "Blood volume", unit="L", min=0.5, max=7, step=0.5, value=5,
           help="Chosen for teaching."),
]

PRESETS = {
    "Adult, human figure 4 %": {"b_cells": 200, "share": 4, "blood_volume": 5},
    "Adult, mouse figure 15 %": {"b_cells": 200, "share": 15, "blood_volume": 5},
    "Antibody deficiency, few B cells": {"b_cells": 30, "share": 4, "blood_volume": 5},
}

TASK = {
    "predict": "A person has 200 B cells per µL of blood. How many of them make natural antibodies? Write "
               "down a lowest and a highest number before you look.",
    "answer": "From 2 to 18 per µL with the figures quoted for human blood, 10 to 30 with those quoted for "
              "mouse spleen: a 15-fold spread before anyone has counted. The count is easy; which cell to "
              "count is disputed [griffin2011; baumgarth2011].",
}

LIMITS = [
    "This is a multiplication. All of the doubt is in the share, and for neither range was a primary source "
    "found: both are second-hand.",
    "Mouse spleen and human blood are different organs of different animals: their ranges cannot be "
    "compared as if they measured one thing.",
    "In people a phenotype, CD20+CD27+CD43+CD70-, was proposed, and its share falls with age [griffin2011]. "
    "Others later took such cells for pre-plasmablasts. Human homologues of the mouse cell stay uncertain "
    "[baumgarth2011].",
    "A cell count is not an amount of antibody: in mice these cells make most of the circulating natural IgM "
    "[baumgarth2011], and natural IgG exists beside it [avrameas1991].",
    "B cells per µL and blood volume are chosen for teaching; cells in spleen and marrow are left out.",
]

B_CELLS = [0, 600]  # per µL: every line is straight
CLEAR = "rgba(0,0,0,0)"


def figure(b_cells, share, blood_volume):
    """Natural-antibody cells against B cells: the two quoted wedges, and the reader's share."""
    hover = "%{x:.0f} B cells per µL: %{y:.1f} per µL"
    now = natural_antibody_cells(b_cells, share / 100)
    traces = [
        _line(MOUSE_LOW, "reference", "mouse spleen, 5 %", "dash"),
        _line(MOUSE_HIGH, "reference", "mouse spleen, 15 %", "dash", fill="tonexty"),
        _line(HUMAN_LOW, "evidence", "human blood, 1 %", "dot"),
        _line(HUMAN_HIGH, "evidence", "human blood, 9 %", "dot", fill="tonexty"),
        curve(B_CELLS, [natural_antibody_cells(count, share / 100) for count in B_CELLS], "cell",
              f"your share, {share:g} %", ghost=True, hover=hover),
        points([b_cells], [now], "cell", "now", size=13, ghost=True, hover=hover, cliponaxis=False),
    ]
    above = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "bgcolor": CLEAR}
    return {"data": traces, "layout": layout(
        axis("B cells (per µL of blood)", 0, 610, tickvals=[0, 100, 200, 300, 400, 500, 600]),
        axis("Natural (per µL)", 0, 92, domain=[0, 0.8], tickvals=[0, 20, 40, 60, 80]),
        labels=[
            label(0, 0.9, f"<b>{share:g} % of {b_cells:g}: {_cells(now)} per µL</b>", "cell", **above),
            label(0, 0.81, "– – mouse 5–15 %", "text", **above),
            label(1, 0.81, "··· human 1–9 %", "text", anchor="right", **above)])}


def describe(b_cells, share, blood_volume):
    """The reader's count per µL and in the blood, and where it lies among the quoted shares."""
    def count(part):
        return _cells(natural_antibody_cells(b_cells, part))

    total = cells_in_blood(b_cells, share / 100, blood_volume) / 1e6
    return (f"If {share:g} % of {b_cells:g} B cells per µL make natural antibodies, that is "
            f"{count(share / 100)} per µL, or {_cells(total)} million in {blood_volume:g} L of blood. "
            f"The share quoted for human blood gives {count(HUMAN_LOW)} to {count(HUMAN_HIGH)} per µL, the "
            f"one for mouse spleen {count(MOUSE_LOW)} to {count(MOUSE_HIGH)}. {_place(share)}")


def table(b_cells, share, blood_volume):
    """What is said of the share, what it would mean for this person, and what is wrong with it."""
    def span(low, high):
        low, high = (_cells(natural_antibody_cells(b_cells, part)) for part in (low, high))
        return low if low == high else f"{low} to {high}"

    return {
        "caption": f"The quoted shares for {b_cells:g} B cells per µL, and what is disputed.",
        "columns": ["Where", "Share of B cells", "Cells per µL", "What is disputed"],
        "rows": [
            [{"text": "Mouse spleen", "role": "reference"}, "5 to 15 %", span(MOUSE_LOW, MOUSE_HIGH),
             "No primary source found. B-1 cells are well shown in mice [baumgarth2011]"],
            [{"text": "Human blood", "role": "evidence"}, "1 to 9 %", span(HUMAN_LOW, HUMAN_HIGH),
             "Second-hand, record not seen. A phenotype was proposed [griffin2011]; others took the cells "
             "for pre-plasmablasts"],
            [{"text": "Human blood, one adult series", "role": "evidence"}, "Median about 4 %",
             span(HUMAN_MEDIAN, HUMAN_MEDIAN),
             "Second-hand, record not seen. The share falls with age [griffin2011]"],
        ]}


def _line(share, role, name, dash, **more):
    return curve(B_CELLS, [natural_antibody_cells(count, share) for count in B_CELLS], role, name, dash=dash,
                 width=2, hover="%{x:.0f} B cells per µL: %{y:.0f} per µL", **more)


def _place(share):
    """Which of the quoted ranges hold this share."""
    human = 100 * HUMAN_LOW - 1e-9 <= share <= 100 * HUMAN_HIGH + 1e-9
    mouse = 100 * MOUSE_LOW - 1e-9 <= share <= 100 * MOUSE_HIGH + 1e-9
    if human and mouse:
        return f"Both ranges hold {share:g} %; which cell to count is disputed."
    if human:
        return f"Only the human range holds {share:g} %; which cell to count is disputed."
    if mouse:
        return f"Only the mouse range holds {share:g} %."
    return f"Neither range holds {share:g} %."


def _cells(number):
    number += 1e-9  # off exact halves, which the two Pythons round differently
    text = f"{number:.2f}" if number < 0.995 else f"{number:.1f}" if number < 9.95 else f"{number:.0f}"
    return text[:-2] if text.endswith(".0") else text
