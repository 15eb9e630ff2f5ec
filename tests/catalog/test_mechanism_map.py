"""The map of effects: its data are whole and sourced, the drawing stays put, and the words agree with it."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest

from widgets import drawing
from widgets.catalog import mechanism_map as widget
from widgets.controls import check, opening
from widgets.data import read
from widgets.hosts import references

MAP = read("mechanisms")
EFFECTS = MAP["effects"]
SECTIONS = set(widget.SECTIONS)
SIZES = {"wide": (720, 640, 13), "narrow": (340, 760, 12)}
EM = 0.53  # mean width of a character, as part of the size of the text: of a wide face (DejaVu Sans)
every_effect = pytest.mark.parametrize("effect", EFFECTS, ids=[effect["id"] for effect in EFFECTS])
every_width = pytest.mark.parametrize("width", SIZES)


def state(**values):
    return check(widget.CONTROLS, values)


def drawn(width, **values):
    return ElementTree.fromstring(widget.figure(**state(**values))["svg"][width])


def parts(root, tag):
    return [part for part in root.iter() if part.tag.rpartition("}")[2] == tag]


def places(root):
    """Where every box and every word stands, whatever its paint."""
    boxes = {tuple(part.get(name) for name in ("x", "y", "width", "height")) for part in parts(root, "rect")}
    return boxes, {(part.get("x"), part.get("y"), part.text) for part in parts(root, "text")}


def bright_words(root):
    """The words that are not faint."""
    bright = [group for group in parts(root, "g") if group.get("fill") == "role(text)"]
    return " ".join(word.text for group in bright for word in parts(group, "text"))


def effect(name):
    return next(effect for effect in EFFECTS if effect["id"] == name)


def all_states():
    offered = [[option["value"] for option in control["options"]] for control in widget.CONTROLS]
    names = [control["name"] for control in widget.CONTROLS]
    return [dict(zip(names, values)) for values in product(*offered)]


# ---- the data -------------------------------------------------------------------------------------


@every_effect
def test_an_effect_says_all_that_the_map_needs(effect):
    assert effect["direction"] in ("up", "down", "none") and effect["path"] in ("direct", "indirect")
    assert effect["regimens"] and set(effect["regimens"]) <= {"replacement", "high_dose"}
    assert set(effect["diseases"]) <= {disease["id"] for disease in MAP["diseases"]}
    assert effect["actor"] in {actor["id"] for actor in MAP["actors"]} and effect["section"] in SECTIONS
    assert effect["how"].endswith(".") and effect["sources"].endswith(".") and effect["claims"]


@every_effect
def test_an_effect_rests_on_a_source(effect):
    assert references.keys_in(effect["sources"])
    assert not re.search(r"\[[^\]]*[,\"]", effect["sources"]), "keys are parted by semicolons"


@every_effect
def test_an_animal_or_a_dish_is_named_where_no_patient_was_seen(effect):
    named = {"animal": r"mice|rats", "in_vitro": r"culture|cells|Antibodies from IVIG|Less activation"}
    if effect["evidence"] in named:
        assert re.search(named[effect["evidence"]], effect["sources"], re.I)


def test_every_actor_disease_and_section_has_an_effect_and_no_name_stands_twice():
    assert {effect["actor"] for effect in EFFECTS} == {actor["id"] for actor in MAP["actors"]}
    named = {name for effect in EFFECTS for name in effect["diseases"]}
    assert named == {disease["id"] for disease in MAP["diseases"]}
    assert {effect["section"] for effect in EFFECTS} == SECTIONS
    for listed in MAP.values():
        assert len({one["id"] for one in listed}) == len(listed)


def test_errors_of_the_review_are_put_right():
    assert "FcγRIV" not in str(EFFECTS)
    assert effect("maturing_low")["effect"].endswith("(CD40, CD86, MHC II)")  # CD86 once, CVID and not CVD
    assert "CVID" in str(MAP["diseases"]) and "CVD" not in str(MAP)
    up = {effect["id"] for effect in EFFECTS if effect["direction"] == "up"}
    assert "b_proliferation" not in up and effect("monocytes")["direction"] == "down"
    assert effect("fcgr2b")["evidence"] == effect("il1ra")["evidence"] == "contested"


def test_dose_decides_the_direction_for_one_cell_only():
    turning = []
    for actor in MAP["actors"]:
        ways = {(dose, one["direction"]) for one in EFFECTS for dose in one["regimens"]
                if one["actor"] == actor["id"] and one["effect"].startswith("Maturation")}
        if {("replacement", "up"), ("high_dose", "down")} <= ways:
            turning.append(actor["id"])
    assert turning == ["dendritic"]


# ---- the drawing ----------------------------------------------------------------------------------


@every_width
def test_the_drawing_fits_its_column_and_its_text_can_be_read(width):
    root = drawn(width)
    across, most, size = SIZES[width]
    left, top, wide, high = map(int, root.get("viewBox").split())
    assert (left, top, wide) == (0, 0, across) and high <= most
    assert all(float(part.get("font-size")) >= size for part in root.iter() if part.get("font-size"))
    assert root.get("font-size") and root.get("role") == "img"
    for part in parts(root, "text"):
        assert 0 < float(part.get("y")) < high and 0 <= float(part.get("x")) < wide


@every_width
def test_boxes_do_not_overlap_and_words_stay_in_theirs(width):
    plan = dict(widget.PLANS)[width]
    boxes = [tuple(int(part.get(name)) for name in ("x", "y", "width", "height"))
             for part in parts(drawn(width), "rect") if int(float(part.get("width"))) > 50]
    assert len(boxes) >= len(MAP["actors"])
    for n, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0 and x + wide <= SIZES[width][0]
        for a, b, c, d in boxes[:n]:
            assert x + wide <= a or a + c <= x or y + high <= b or b + d <= y
    for one in EFFECTS:
        for line in drawing.wrapped(one["label"], widget.MOST):
            assert len(line) <= widget.MOST and len(line) * EM * plan["font"] <= boxes[-1][2] - 19 - 16


@every_width
def test_what_is_chosen_moves_nothing(width):
    start = places(drawn(width))
    others = [{"actor": "skin"}, {"disease": "gbs", "evidence": "animal"}]
    for values in list(widget.PRESETS.values()) + others:
        assert places(drawn(width, **values)) == start


@every_width
def test_what_does_not_fit_the_choice_is_faint(width):
    words = bright_words(drawn(width, regimen="replacement"))
    assert "maturing, low dose" in words and "maturing, high dose" not in words
    assert "maturing, high dose" in bright_words(drawn(width, regimen="high_dose"))


@every_width
def test_a_solid_link_is_direct_and_a_broken_one_indirect(width):
    def links(**values):
        paths = [part for part in parts(drawn(width, **values), "path") if part.get("stroke") == "role(igg)"]
        return {"indirect" if part.get("stroke-dasharray") else "direct" for part in paths if part.get(
            "stroke-width") == "2" and "z" not in part.get("d")}
    assert links(actor="nk") == {"direct"} and links(actor="treg") == {"indirect"}
    assert links(actor="complement") == {"direct", "indirect"}
    assert links(disease="kawasaki", evidence="animal") == set()


@every_width
def test_each_kind_of_evidence_has_a_mark_of_its_own_shape(width):
    shapes = set()
    for name in ("human", "animal", "in_vitro", "contested"):
        marks = [part for part in parts(drawn(width, evidence=name), "path")
                 if {part.get("fill"), part.get("stroke")} & {"role(evidence)", "role(harm)"}]
        assert len(marks) == 5  # four in the legend, and those of the effects shown
        shape = re.sub(r"M\S+ \S+?(?=[a-z])", "M", marks[-1].get("d"))
        shapes.add(shape[:shape.index("z")])
        assert shape.count("z") == sum(one["evidence"] == name for one in EFFECTS)
    assert len(shapes) == 4


def test_the_actor_looked_at_has_a_thick_edge():
    def thick(**values):
        return [part for part in parts(drawn("wide", **values), "rect") if part.get("stroke-width") == "4"]
    assert len(thick(actor="treg")) == 1 and thick() == []


def test_the_description_says_in_words_what_is_shown():
    desc = parts(drawn("wide", disease="itp"), "desc")[0].text
    assert "Macrophage: coated cells eaten down, direct, seen in people; FcγRIIb up, indirect, cont" in desc
    assert "Complement" not in desc
    assert "No effect fits" in parts(drawn("wide", disease="kawasaki", actor="nk"), "desc")[0].text


# ---- sentence, table, task ------------------------------------------------------------------------


def test_opening_shows_every_effect_and_counts_the_evidence():
    said = widget.describe(**opening(widget.CONTROLS))
    count = {name: sum(one["evidence"] == name for one in EFFECTS)
             for name in ("human", "animal", "in_vitro", "contested")}
    assert said.startswith(
        f"{len(EFFECTS)} of {len(EFFECTS)} effects are shown: {count['human']} seen in people, "
        f"{count['animal']} seen in animals, {count['in_vitro']} seen in cell culture "
        f"and {count['contested']} contested.")
    assert "Macrophage (FcγRIIb)" in said


def test_one_contested_effect_is_named_alone():
    assert widget.describe(**state(disease="ten")).endswith(
        "1 of 36 effects is shown, contested. Contested: Skin cell (death by CD95).")
    assert widget.describe(**state(evidence="human")) == "16 of 36 effects are shown, all seen in people."


def test_figure_sentence_and_table_show_the_same_effects_in_every_state():
    for values in all_states():
        found = [one for one in EFFECTS
                 if values["regimen"] in ["all"] + one["regimens"]
                 and values["disease"] in ["all"] + one["diseases"]
                 and values["evidence"] in ("all", one["evidence"])
                 and values["actor"] in ("all", one["actor"])]
        said, rows = widget.describe(**values), widget.table(**values)["rows"]
        if found:
            assert said.startswith(f"{len(found)} of {len(EFFECTS)} effects ")
            assert [row[1].split(": ")[0] for row in rows] == [one["effect"] for one in found]
        else:
            assert said.startswith("None of the ") and len(rows) == 1 and rows[0][0] == "None"


def test_a_row_leads_to_its_chapter_and_cites_its_sources():
    row = widget.table(**state(actor="nk"))["rows"][0]
    assert row == ["NK cell", "Killing of dendritic cells: up. IgG on a dendritic cell engages CD16 of the "
                   "natural killer cell, which then kills it.", "direct", "High dose",
                   {"text": "Seen in cell culture", "role": "evidence"},
                   "Dendritic cells treated with IVIG were killed through CD16 [dcnk2007].",
                   {"text": "Fcγ receptors", "to": "fc_receptors"}]


def test_both_doses_are_named_in_one_cell():
    rows = widget.table(**state(actor="treg"))["rows"]
    assert rows[0][3].startswith("Replacement and high dose; Antibody deficiency")


def test_numbers_of_the_answer_are_those_of_the_map():
    human = [one for one in EFFECTS if one["evidence"] == "human"]
    high = [one for one in human if "high_dose" in one["regimens"]]
    contested = sum(one["evidence"] == "contested" for one in EFFECTS)
    assert (f"Of {len(EFFECTS)} effects {len(human)} were seen in people, {len(high)} of them at high dose; "
            f"{contested} are contested") in widget.TASK["answer"]
    assert all(f'"{name}"' in widget.TASK["predict"] for name in list(widget.PRESETS)[:2])


# ---- parts of a drawing ---------------------------------------------------------------------------


def test_words_with_signs_of_markup_are_escaped():
    assert drawing.text(1, 2, "a < b & c") == '<text x="1" y="2">a &lt; b &amp; c</text>'


def test_nothing_is_drawn_for_no_data():
    assert drawing.lines("", "role(text)") == drawing.areas("", "role(text)") == drawing.group([]) == ""


def test_a_link_ends_in_a_head_of_its_length():
    assert drawing.link(0, 0, 20, 0) == ("M0.0 0.0L12.0 0.0", "M20.0 0.0L12.0 4.0L12.0 -4.0z")
    assert drawing.towards(0, 0, 30, 40, 5) == (3, 4)


def test_words_are_broken_at_spaces_only():
    assert drawing.wrapped("killing of dendritic cells", 19) == ["killing of", "dendritic cells"]
    assert drawing.wrapped("one", 2) == ["one"]


def test_a_broken_arrow_is_as_long_as_a_whole_one():
    for direction in ("up", "down"):
        whole, broken = drawing.arrow(0, 0, direction), drawing.arrow(0, 0, direction, True)
        assert whole != broken
        steps = [int(step) for step in re.findall(r"(?:v|m0 )(-?\d+)", broken.split("m-4")[0])]
        assert sum(steps) == int(re.search(r"v(-?\d+)", whole)[1])
