"""The effects of IVIG on cells and molecules as one map, by dose, disease and strength of evidence."""

from widgets.controls import choice
from widgets.data import read
from widgets.drawing import (
    antibody, areas, arrow, circle, diamond, disc, group, lines, link, paint, rect, square, svg, text,
    towards, triangle, wrapped)

MAP = read("mechanisms")
ACTORS, DISEASES, EFFECTS = MAP["actors"], MAP["diseases"], MAP["effects"]
NAMES = {actor["id"]: actor["name"] for actor in ACTORS}
DISEASE_NAMES = {disease["id"]: disease["name"] for disease in DISEASES}
ALL = "all"
SEEN = [("human", "seen in people", "evidence"), ("animal", "seen in animals", "evidence"),
        ("in_vitro", "seen in cell culture", "evidence"), ("contested", "contested", "harm")]
SEEN_WORDS = {name: words for name, words, role in SEEN}
DOSE_WORDS = {"replacement": "Replacement", "high_dose": "High dose"}
SECTIONS = {"mechanisms": "Mechanisms", "natural_antibodies": "Natural antibodies", "fcrn": "FcRn",
            "fc_receptors": "Fcγ receptors", "complement": "Complement",
            "cells_and_cytokines": "Cells and cytokines"}
TURNS = {"up": "up", "down": "down", "none": "no change"}

TITLE = "What does IVIG change, at which dose, and who has seen it?"
CONTROLS = [
    choice("regimen", "Dose", value=ALL, options={
        ALL: "Both", "replacement": "Replacement", "high_dose": "High dose"}),
    choice("disease", "Disease", value=ALL, options={ALL: "All, and none in particular"} | DISEASE_NAMES,
           help="Effects that were looked for in this disease, in people or in a model of it."),
    choice("evidence", "Evidence", value=ALL, options={ALL: "All"} | {
        name: words[0].upper() + words[1:] for name, words, role in SEEN},
           help="Contested: studies disagree, or the change was seen but this cause of it was not shown."),
    choice("actor", "Look at", value=ALL, options={ALL: "The whole map"} | NAMES),
]
PRESETS = {
    "Replacement dose": {"regimen": "replacement", "disease": ALL, "evidence": ALL, "actor": ALL},
    "High dose, seen in people": {"regimen": "high_dose", "disease": ALL, "evidence": "human", "actor": ALL},
    "ITP": {"regimen": ALL, "disease": "itp", "evidence": ALL, "actor": ALL},
    "What is contested": {"regimen": ALL, "disease": ALL, "evidence": "contested", "actor": ALL},
}
TASK = {
    "predict": "One medicine, two doses. On which cell does the dose turn the effect round? And guess: of "
               "all effects drawn here, what share has been seen in people? Then try \"Replacement dose\" "
               "and \"High dose, seen in people\".",
    "answer": "The dendritic cell: it matures at replacement dose in patients [cvidcells2017] and is held "
              "back by much IgG in culture [bayry2003]. Of 36 effects 16 were seen in people, 10 of them at "
              "high dose; 5 are contested, among them the rise of FcγRIIb, strong in mice "
              "[samuelsson2001] and doubted in people [ivigfcgr2015].",
}
LIMITS = [
    "How IVIG works is not well understood [ivigfcgr2015]. The map gives every effect the same room: it "
    "cannot say how much each one counts, which differs by disease.",
    "\"Seen in people\" means that the change was seen, often in fewer than 25 patients, and not that "
    "patients get better because of it. In Kawasaki disease a trial shows the gain [newburger1986], and no "
    "route on the map is known to explain it.",
    "Cell culture knows no regimen: what was seen there stands under high dose. Cells of patients on "
    "replacement answered differently from cells in culture [cvidcells2017].",
    "Direct means here that infused IgG itself binds the thing named, indirect that a cell or molecule "
    "changes in consequence. Other authors draw this line elsewhere.",
    "The review this map redraws lets IVIG raise macrophages and B cells; both are left out, because no "
    "support was found and B cells are held back [hori2018; ivigbcell2015]. It lists FcγRIV too, which "
    "people do not have [bruhns2012].",
    "The review also calls cytokines a main route in myasthenia gravis. Nothing found supports that, so "
    "the map has no entry for it.",
]

# ---- where things stand: computed once, since the map stays put whatever is chosen -----------------

MOST = 19  # characters in a line of a box
MARKS = {"human": disc, "animal": triangle, "in_vitro": square, "contested": diamond}
FAINT = 0.4
WIDE_ROWS = [["germs", "autoantibody", "fcrn", "complement"], ["macrophage", "", "", "cytokines"],
             ["nk", "", "", "vessel"], ["dendritic", "", "", "skin"],
             ["t_cell", "treg", "b_cell", "granulocyte"]]
NARROW_ROWS = [["germs", "autoantibody"], ["fcrn", "complement"], ["macrophage", "cytokines"],
               ["nk", "vessel"], ["dendritic", "skin"], ["t_cell", "treg"], ["b_cell", "granulocyte"]]
HEAD = 23  # of a box, down to the first line of its effects
HUB = 60  # radius of the disc that holds the antibody


def _heights(rows, pitch):
    """Height of each row: that of the box in it with the most lines."""
    count = {actor["id"]: 0 for actor in ACTORS}
    for effect in EFFECTS:
        count[effect["actor"]] += len(wrapped(effect["label"], MOST))
    return [HEAD + pitch * max(count[name] for name in row if name) + 5 for row in rows]


def _boxes(rows, columns, width, top, gap, pitch):
    """Place of every actor's box: dict from its id to (x, y, width, height)."""
    boxes, y = {}, top
    for row, height in zip(rows, _heights(rows, pitch)):
        for x, name in zip(columns, row):
            if name:
                boxes[name] = (x, y, width, height)
        y += height + gap
    return boxes


def _entries(boxes, pitch):
    """For every effect its arrow, its words and its mark, without a paint."""
    entries, line = [], {name: 0 for name in boxes}
    for effect in EFFECTS:
        x, y, width, height = boxes[effect["actor"]]
        base = y + HEAD + 12 + pitch * line[effect["actor"]]
        words = wrapped(effect["label"], MOST)
        line[effect["actor"]] += len(words)
        entries.append((
            arrow(x + 10, base - 4, effect["direction"], effect["path"] == "indirect"),
            "".join([text(x + 19, base + pitch * n, part) for n, part in enumerate(words)]),
            MARKS[effect["evidence"]](x + width - 10, base - 4)))
    return entries


def _frames(boxes):
    """For every actor its box and name: plain, faint, and looked at."""
    frames = {}
    for actor in ACTORS:
        box, role = boxes[actor["id"]], actor["role"]
        name = text(box[0] + 8, box[1] + 17, actor["name"])
        bold = ' font-weight="700"'
        frames[actor["id"]] = (
            rect(*box, fill=paint(role, 0.1), stroke=paint(role))
            + group([name], fill=paint("text"), more=bold),
            rect(*box, stroke=paint(role, FAINT)) + group([name], fill=paint("text", 0.6), more=bold),
            rect(*box, fill=paint(role, 0.1), stroke=paint(role), line=4)
            + group([name], fill=paint("text"), more=bold))
    return frames


def _between(value, low, high):
    return min(max(value, low), high)


def _wide_links(boxes, x0, y0):
    """For every actor the links (line, head) from the antibody at (x0, y0): direct, indirect."""
    links = {}
    for name, (x, y, width, height) in boxes.items():
        left = x + width / 2 < x0
        beside = x + width if left else x  # the edge that faces the middle
        ends = []
        inner = 30 if abs(beside - x0) < HUB else 0  # above or below the middle
        for shift in (6 + inner, 18 + inner):  # direct and indirect end a little apart
            if name in WIDE_ROWS[0]:
                end = beside + (-shift if left else shift), y + height + 2
            elif name in WIDE_ROWS[-1]:
                end = beside + (-shift if left else shift), y - 2
            else:
                end = beside + (2 if left else -2), _between(y0, y + 16, y + height - 16) + shift - 12
            ends.append(link(*towards(x0, y0, end[0], end[1], HUB + 3), *end))
        links[name] = ends
    return links


def _narrow_links(boxes, middle):
    """For every actor the links (line, head) from the trunk in the middle: direct, indirect."""
    links = {}
    for name, (x, y, width, height) in boxes.items():
        side = x + width if x < middle else x
        links[name] = [link(middle, y + down, side, y + down, head=6) for down in (12, 28)]
    return links


def _legend(words, places):
    """What arrows and marks mean; `words` and `places` (x, y) stand in one order: turns, paths, evidence."""
    signs = [("up", False), ("down", False), ("none", False), ("up", False), ("up", True)]
    said = group([text(x + 11, y, word) for word, (x, y) in zip(words, places)], fill=paint("text"))
    arrows = "".join([arrow(x, y - 4, turn, broken) for (turn, broken), (x, y) in zip(signs, places)])
    marks = "".join([_marks(name, MARKS[name](x, y - 4)) for (name, _, _), (x, y) in zip(SEEN, places[5:])])
    return said + lines(arrows, paint("text")) + marks


def _marks(evidence, data):
    """Marks of one kind of evidence: full where an effect was seen in a body, open where it was not."""
    if evidence in ("human", "animal"):
        return areas(data, paint("evidence"))
    return lines(data, paint("harm" if evidence == "contested" else "evidence"))


def _wide():
    boxes = _boxes(WIDE_ROWS, [2, 183, 365, 546], 172, 3, 26, 17)
    bottom = max([box[1] + box[3] for box in boxes.values()])
    top, low = boxes["macrophage"][1], boxes["dendritic"][1] + boxes["dendritic"][3]
    x, y = 360, (top + low) // 2
    middle = (circle(x, y, HUB, fill=paint("igg", 0.12), stroke=paint("igg"), line=2)
              + antibody(x, y + 26, 0.95, "igg")
              + group([text(x, y + 47, "IVIG", ' text-anchor="middle"')], fill=paint("text"),
                      more=' font-weight="700" font-size="17"'))
    first, second = bottom + 28, bottom + 50
    legend = _legend(
        ["more", "less", "unchanged", "direct: IgG itself binds it", "indirect: follows from that",
         "seen in people", "in animals", "in cell culture", "contested"],
        [(12, first), (74, first), (136, first), (262, first), (478, first),
         (12, second), (136, second), (262, second), (478, second)])
    return {"size": (720, bottom + 60), "font": 13, "frames": _frames(boxes), "entries": _entries(boxes, 17),
            "links": _wide_links(boxes, x, y), "dash": "6 6", "middle": middle + legend}


def _narrow():
    boxes = _boxes(NARROW_ROWS, [2, 179], 159, 104, 9, 15)
    bottom = max([box[1] + box[3] for box in boxes.values()])
    last = boxes[NARROW_ROWS[-1][0]][1] + 28
    trunk = lines(f"M58 88V95H170V{last}", paint("igg"), width=2.5)
    middle = (rect(2, 2, 112, 86, fill=paint("igg", 0.12), stroke=paint("igg"), line=2)
              + antibody(34, 79, 0.95, "igg")
              + group([text(63, 53, "IVIG")], fill=paint("text"), more=' font-weight="700" font-size="17"'))
    legend = _legend(
        ["more", "less", "unchanged", "direct", "indirect",
         "people", "animals", "cell culture", "contested"],
        [(132, 15), (190, 15), (245, 15), (132, 36), (245, 36),
         (132, 57), (245, 57), (132, 78), (245, 78)])
    return {"size": (340, bottom + 3), "font": 12, "frames": _frames(boxes), "entries": _entries(boxes, 15),
            "links": _narrow_links(boxes, 170), "dash": "2 3", "middle": trunk + middle + legend}


PLANS = [("wide", _wide()), ("narrow", _narrow())]


# ---- what is shown --------------------------------------------------------------------------------


def figure(regimen, disease, evidence, actor):
    """The map, for a wide and a narrow column; what does not fit the choice is faint."""
    shown = _shown(regimen, disease, evidence, actor)
    desc = _desc(shown)
    return {"svg": {name: _drawn(plan, shown, actor, desc) for name, plan in PLANS}}


def describe(regimen, disease, evidence, actor):
    """How many effects are shown, how well they are supported, and which are contested."""
    found = [effect for effect, on in zip(EFFECTS, _shown(regimen, disease, evidence, actor)) if on]
    if not found:
        return f"None of the {len(EFFECTS)} effects on the map fits this choice."
    count = {name: len([effect for effect in found if effect["evidence"] == name]) for name, _, _ in SEEN}
    parts = [f"{count[name]} {words}" for name, words, _ in SEEN if count[name]]
    of = f"{len(found)} of {len(EFFECTS)} effects"
    if len(parts) > 1:
        said = f"{of} are shown: {_listed(parts)}."
    elif len(found) > 1:
        said = f"{of} are shown, all {SEEN_WORDS[found[0]['evidence']]}."
    else:
        said = f"{of} is shown, {SEEN_WORDS[found[0]['evidence']]}."
    contested = [f"{NAMES[effect['actor']]} ({effect['label']})" for effect in found
                 if effect["evidence"] == "contested"]
    return said + (f" Contested: {_listed(contested)}." if contested else "")


def table(regimen, disease, evidence, actor):
    """The effects shown, each with its dose, its evidence, its sources and the chapter that explains it."""
    rows = []
    for effect, on in zip(EFFECTS, _shown(regimen, disease, evidence, actor)):
        if on:
            rows.append([NAMES[effect["actor"]], _effect_words(effect), effect["path"], _when(effect),
                         _seen_cell(effect), effect["sources"],
                         {"text": SECTIONS[effect["section"]], "to": effect["section"]}])
    if not rows:
        rows.append(["None", "No effect on the map fits this choice.", None, None, None, None, None])
    return {"caption": "The effects shown", "rows": rows,
            "columns": ["Actor", "Effect", "Path", "When", "Evidence", "Sources", "Section"]}


def _shown(regimen, disease, evidence, actor):
    """For every effect: does it fit the choice?"""
    return [(regimen == ALL or regimen in effect["regimens"])
            and (disease == ALL or disease in effect["diseases"])
            and evidence in (ALL, effect["evidence"]) and actor in (ALL, effect["actor"])
            for effect in EFFECTS]


def _drawn(plan, shown, actor, desc):
    on, off, active, paths = _sorted_out(plan["entries"], shown)
    frames, links = [], {"direct": ["", ""], "indirect": ["", ""]}
    for one in ACTORS:
        name = one["id"]
        plain, faint, looked_at = plan["frames"][name]
        frames.append(looked_at if name == actor else plain if name in active else faint)
        for path, (line, head) in zip(("direct", "indirect"), plan["links"][name]):
            if (name, path) in paths:
                links[path][0] += line
                links[path][1] += head
    igg, text_paint, faint_paint = paint("igg"), paint("text"), paint("text", FAINT)
    parts = [lines(links["direct"][0], igg), lines(links["direct"][1], igg), areas(links["direct"][1], igg),
             lines(links["indirect"][0], igg, dash=plan["dash"]), lines(links["indirect"][1], igg),
             plan["middle"]] + frames + [
        group(off["words"], fill=faint_paint), lines(off["arrows"], faint_paint),
        group(on["words"], fill=text_paint), lines(on["arrows"], text_paint)] + [
        _marks(name, on[name]) for name, _, _ in SEEN]
    return svg(plan["size"][0], plan["size"][1], TITLE, desc, parts, size=plan["font"])


def _sorted_out(entries, shown):
    """Arrows, words and marks of what is shown and of what is not, and who then has effects by which path."""
    on, off = [{"arrows": "", "words": [], "human": "", "animal": "", "in_vitro": "", "contested": ""}
               for _ in range(2)]
    active, paths = set(), set()
    for effect, is_shown, (arrows, words, mark) in zip(EFFECTS, shown, entries):
        kept = on if is_shown else off
        kept["arrows"] += arrows
        kept["words"].append(words)
        if is_shown:
            kept[effect["evidence"]] += mark
            active.add(effect["actor"])
            paths.add((effect["actor"], effect["path"]))
    return on, off, active, paths


def _desc(shown):
    """The map in words, for whoever cannot see it."""
    said = []
    for actor in ACTORS:
        words = [f"{effect['label']} {TURNS[effect['direction']]}, {effect['path']}, "
                 f"{SEEN_WORDS[effect['evidence']]}"
                 for effect, on in zip(EFFECTS, shown) if on and effect["actor"] == actor["id"]]
        if words:
            said.append(f"{actor['name']}: " + "; ".join(words) + ".")
    return ("IVIG, drawn as an antibody, is joined by arrows to the cells and molecules that it changes. "
            + (" ".join(said) if said else "No effect fits the choice: all of them are faint."))


def _effect_words(effect):
    return f"{effect['effect']}: {TURNS[effect['direction']]}. {effect['how']}"


def _when(effect):
    doses = [DOSE_WORDS[name] for name in effect["regimens"]]
    diseases = [DISEASE_NAMES[name] for name in effect["diseases"]]
    return "; ".join([" and ".join(doses).replace("and High", "and high")] + diseases)


def _seen_cell(effect):
    for name, words, role in SEEN:
        if name == effect["evidence"]:
            return {"text": words[0].upper() + words[1:], "role": role}


def _listed(parts):
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
