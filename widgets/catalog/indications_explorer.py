"""Every use of IVIG that the founding sources list, graded by today's evidence."""

from widgets.controls import choice, toggle
from widgets.data import read
from widgets.figures import axis, layout

TITLE = "What is IVIG used for, and how strong is the evidence?"

# Fields in the order of the figure: name in the data, words, chapter that treats it.
FIELDS = (("immunodeficiency", "Immunodeficiency", "replacement_therapy"),
          ("haematology", "Haematology", "blood_diseases"),
          ("neurology", "Neurology", "neurological_diseases"),
          ("rheumatology", "Rheumatology", "rheumatic_diseases"),
          ("transplantation", "Transplantation", "transplantation"),
          ("infection", "Infection", None),
          ("dermatology", "Dermatology", None),
          ("obstetrics", "Obstetrics", None),
          ("oncology", "Oncology", None))

# Grades from strongest to weakest: name, role, pattern. Pairs of one colour differ by their hatching.
GRADES = (("established", "target", ""),
          ("probable", "target", "/"),
          ("possible", "reference", ""),
          ("unproven", "reference", "/"),
          ("rejected", "harm", ""))

CONTROLS = [
    choice("field", "Field", value="all",
           options=dict([("all", "All fields")] + [(name, words) for name, words, chapter in FIELDS])),
    choice("role", "Purpose", value="all",
           options={"all": "Both purposes", "replacement": "Replacement (low dose)",
                    "immunomodulation": "Immune modulation (high dose)"}),
    choice("evidence", "Evidence", value="all",
           options={"all": "All grades", "established": "Established", "probable": "Probable",
                    "possible": "Possible", "unproven": "Unproven", "rejected": "Rejected"},
           help="This book's own grades. Established: trials or large pooled studies agree and a guideline "
                "or label takes the use up. Probable: one controlled trial or consistent series. Possible: "
                "small, old or uncontrolled studies. Unproven: studies conflict, are too weak, or none was "
                "seen. Rejected: trials found no benefit, or harm."),
    choice("sort", "Sort by", value="evidence",
           options={"evidence": "Strength of evidence", "field": "Field", "disease": "Disease, A to Z"}),
    toggle("added", "Uses that this book added", value=True,
           help="Off: only what the review and the overview page list."),
    toggle("notes", "Where source and evidence differ", value=False,
           help="Adds a column to the table."),
]

PRESETS = {
    "What the two sources list": {"added": False},
    "Rejected by the evidence": {"evidence": "rejected", "notes": True},
    "Replacement": {"role": "replacement"},
    "Rheumatology, with notes": {"field": "rheumatology", "notes": True},
}

TASK = {
    "predict": "A review of 2015 and an overview page of 2025 list 41 uses of IVIG between them. How many "
               "rest on established evidence today, and how many does the evidence reject? Write down two "
               "numbers, then use the button \"What the two sources list\".",
    "answer": "Of the 41 uses, 12 are established and 5 probable; 11 are possible, 9 unproven and 4 "
              "rejected: infection after stem-cell transplantation, multiple sclerosis, sepsis and toxic "
              "epidermal necrolysis. A list of uses does not say which of them work.",
}

LIMITS = [
    "The grades are this book's own, from the references cited in each row and not from a systematic "
    "review; many records were read as abstracts.",
    "A row says \"no source seen\" or \"no statement seen\" where none of this book's references speaks of "
    "the use: that is not proof that nothing exists.",
    "Guidelines age, and they differ. The criteria of Australia [nba2025criteria] and Ontario "
    "[ontario2025igum] decide what is paid for; the Australian ones say of themselves that they are not "
    "clinical guidelines.",
    "The statement of the American neuromuscular society [aanem_ivig] replaces that of 2009; its record "
    "showed no year.",
    "One row can hold unequal diseases or stages: read the note before the grade. Counting rows says "
    "nothing about numbers of patients.",
    "Doses are those of a trial, label or guideline, for orientation. No one should be treated from this "
    "table.",
]

FADED = 0.3  # opacity of bars outside the reader's choice
TOP = 13  # diseases, end of the axis: one above the longest bar
COLUMNS = ["Disease", "Field", "Dose", "Evidence", "Guideline", "Sources"]


def _parted(text):
    """The words of a text, and the keys in its brackets."""
    words, keys = [], []
    for piece in text.split("["):
        cited, closed, rest = piece.partition("]")
        if closed:
            keys.append(cited)
            words.append(rest)
        else:
            words.append(piece)
    return "".join(words).strip(), "; ".join(keys)


def _prepared(row, grades, fields):
    """What the table shows of a row of the data, made once: (row, grade, field, cells of text)."""
    grade = [name for name, role, pattern in grades].index(row["evidence"])
    field = [name for name, words, chapter in fields].index(row["field"])
    basis, keys = _parted(row["basis"])
    sources = "; ".join(row["listed_by"]) + (f" [{keys}]" if keys else "")
    return row, grade, field, f"{row['evidence']}: {basis}", sources


_ROWS = [_prepared(row, GRADES, FIELDS) for row in read("indications")]
_SORTED = {"evidence": sorted(_ROWS, key=lambda made: (made[1], made[2], made[0]["disease"])),
           "field": sorted(_ROWS, key=lambda made: (made[2], made[1], made[0]["disease"])),
           "disease": sorted(_ROWS, key=lambda made: made[0]["disease"])}


def figure(field, role, evidence, sort, added, notes):
    """How many diseases each field has, by strength of evidence; what was not chosen is faded."""
    counts = [[0 for place in FIELDS] for grade in GRADES]
    for row, grade, place, told, sources in _ROWS:
        if _listed(row, role, added):
            counts[grade][place] += 1
    data = []
    for (grade, colour, pattern), numbers in zip(GRADES, counts):
        fits = evidence in ("all", grade)
        data.append({"type": "bar", "orientation": "h", "x": numbers,
                     "y": [words for name, words, chapter in FIELDS], "name": grade,
                     "marker": {"opacity": [1 if fits and field in ("all", name) else FADED
                                            for name, words, chapter in FIELDS],
                                "pattern": {"shape": pattern, "fillmode": "replace", "size": 6,
                                            "solidity": 0.45}},
                     "meta": {"role": colour},
                     "hovertemplate": "%{y}: %{x} " + grade + "<extra></extra>"})
    frame = layout(axis("Number of uses", 0, TOP, dtick=2, showgrid=True),
                   axis("", type="category", autorange="reversed", showgrid=False, dtick=1),
                   barmode="stack", bargap=0.3, legend=True)
    # Inside, where the bars of the lower fields leave room: beside or below it a phone has none.
    frame["legend"] = {"orientation": "v", "traceorder": "normal", "x": 1, "xanchor": "right",
                       "y": 0.02, "yanchor": "bottom", "font": {"size": 12}}
    return {"data": data, "layout": frame}


def describe(field, role, evidence, sort, added, notes):
    """How many rows are shown, how strong their evidence is, and which are rejected."""
    split, rejected, shown = [0 for grade in GRADES], [], 0
    for row, grade, place, told, sources in _SORTED["disease"]:
        if _chosen(row, field, role, evidence, added):
            split[grade] += 1
            shown += 1
            if row["evidence"] == "rejected":
                rejected.append(row["disease"])
    if not shown:
        return "No use in the list fits these choices."
    strengths = ", ".join([f"{number} {GRADES[n][0]}" for n, number in enumerate(split) if number])
    words = (f"All {shown} uses are shown" if shown == len(_ROWS)
             else f"{shown} of {len(_ROWS)} uses {'is' if shown == 1 else 'are'} shown")
    words += f": {strengths}."
    if rejected:
        words += " Rejected by the evidence: " + "; ".join(rejected) + "."
    return words


def table(field, role, evidence, sort, added, notes):
    """The chosen uses, one row each, in the order chosen."""
    rows = []
    for row, grade, place, told, sources in _SORTED[sort]:
        if _chosen(row, field, role, evidence, added):
            name, words, chapter = FIELDS[place]
            cells = [row["disease"], {"text": words, "to": chapter} if chapter else words, row["dose"],
                     {"text": told, "role": GRADES[grade][1]}, row["guideline"], sources]
            if notes:
                cells.append(row["note"])
            rows.append(cells)
    return {"caption": "Uses of IVIG, with this book's grade of the evidence",
            "columns": COLUMNS + (["Where they differ"] if notes else []), "rows": rows}


def _listed(row, role, added):
    return role in ("all", row["role"]) and (added or row["listed_by"] != ["added"])


def _chosen(row, field, role, evidence, added):
    return (field in ("all", row["field"]) and evidence in ("all", row["evidence"])
            and _listed(row, role, added))
