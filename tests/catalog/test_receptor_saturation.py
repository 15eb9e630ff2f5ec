"""The widget on what IgG fills: its opening state, its numbers, and every corner of its controls."""

import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking, trace
from widgets.catalog import receptor_saturation as widget
from widgets.controls import check
from widgets.hosts import draw
from widgets.models.fc_receptors import (
    ACTIVATING, RECEPTORS, free_fraction, occupied_fraction, relative_uptake)

ROLES = {"igg", "activating", "inhibitory", "reference", "text"}

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def shown(made, name):
    """What the traces of this name say of each receptor: {receptor: (places, numbers, heights)}."""
    found = {}
    for part in [part for part in made["data"] if part["name"] == name]:
        for receptor, *point in zip(part["text"], part["x"], part["customdata"], part["y"]):
            found.setdefault(receptor, []).append(point)
    return {receptor: tuple(zip(*[point for point in points if point[0] is not None]))
            for receptor, points in found.items()}


def words(made):
    return [note["text"] for note in made["layout"]["annotations"]]


def axes(made):
    return {name: part for name, part in made["layout"].items() if name[1:5] == "axis"}


@settings(deadline=None)
@given(anything)
def test_any_state_gives_a_finite_figure_and_a_sentence(state):
    made, text = widget.figure(**state), widget.describe(**state)
    json.dumps(made, allow_nan=False)
    assert "nan" not in text and "inf" not in text.replace("infused", "")
    assert text.endswith(".") and 1 <= text.count(". ") + 1 <= 3
    assert {part["meta"]["role"] for part in made["data"]} <= ROLES
    assert {note["name"] for note in made["layout"]["annotations"]} <= ROLES


@settings(deadline=None)
@given(anything)
def test_every_number_stays_inside_its_axis(state):
    made = widget.figure(**state)
    for part in made["data"]:
        y_axis = made["layout"]["yaxis" + part.get("yaxis", "y")[1:]]
        low, high = y_axis["range"]
        if y_axis.get("type") == "category":
            assert part["y"] == list(RECEPTORS) == y_axis["categoryarray"][::-1]
        else:
            assert all(low <= y <= high for y in part["y"] if y is not None)
        low, high = made["layout"]["xaxis"]["range"]
        if made["layout"]["xaxis"].get("type") == "log":
            low, high = 0.999 * 10 ** low, 1.001 * 10 ** high
        assert all(low <= x <= high for x in part["x"] if x is not None)


@settings(deadline=None)
@given(anything)
def test_axes_stay_put_while_controls_move(state):
    made, start = widget.figure(**state), figure(show=state["show"])
    ranges = {name: part["range"] for name, part in axes(made).items()}
    expected = {name: part["range"] for name, part in axes(start).items()}
    if state["show"] == "uptake" and state["igg"] < state["baseline"]:  # the second scale, 0 to 500 %
        expected["yaxis"], expected["yaxis2"] = expected["yaxis2"], expected["yaxis"]
    assert ranges == expected


@settings(deadline=None)
@given(anything)
def test_a_redraw_is_cheap_for_plotly(state):
    made = widget.figure(**state)
    assert len(made["data"]) <= 6 and len(axes(made)) <= 3
    assert len([part for part in made["data"] if part["meta"]["ghost"]]) <= 3


@settings(deadline=None)
@given(anything)
def test_a_height_in_a_row_is_the_number_it_stands_for(state):
    made = widget.figure(**state)
    if state["show"] == "free":
        return
    receptors = list(RECEPTORS if state["show"] == "occupied" else ACTIVATING)
    top = 525 if state["show"] == "uptake" and state["igg"] < state["baseline"] else 105
    for part in made["data"]:
        for receptor, number, y in zip(part["text"], part["customdata"], part["y"]):
            floor = receptors[::-1].index(receptor)
            assert y is None or y in (floor, pytest.approx(floor + widget.FILLED_ROW * number / top))
            assert y is None or 0 <= number <= top


def test_a_ghost_drawn_to_the_other_scale_is_out_of_sight():
    start, low = figure(show="uptake"), figure(show="uptake", igg=1)
    for other, made in ((start, low), (low, start)):
        for ghost in [part for part in other["data"] if part["meta"]["ghost"]]:
            hidden = made["layout"]["yaxis" + ghost["yaxis"][1:]]
            bottom, top = hidden["range"]
            assert hidden["visible"] is False
            assert not [y for y in ghost["y"] if y is not None and bottom <= y <= top]
            assert ghost["yaxis"] not in [part["yaxis"] for part in made["data"]]


def test_opening_shows_every_human_form_in_a_row_of_its_own():
    made = figure()
    rows = shown(made, "% occupied")
    assert set(rows) == set(RECEPTORS)
    assert made["layout"]["yaxis"]["ticktext"] == list(RECEPTORS)
    for receptor, middle in zip(RECEPTORS, made["layout"]["yaxis"]["tickvals"]):
        heights = rows[receptor][2]
        assert abs(max(heights) - middle) < 0.5 and abs(min(heights) - middle) < 0.5


def test_colour_says_what_a_form_signals():
    for show, name in (("occupied", "% occupied"), ("uptake", "uptake in % of before")):
        for part in [part for part in figure(show=show)["data"] if part["name"].endswith(name)]:
            members = dict(widget.ROLES)[part["meta"]["role"]]
            assert list(dict.fromkeys(part["text"])) == list(members)


def test_the_pointer_is_told_receptor_and_number():
    for show in ("occupied", "uptake"):
        for part in figure(show=show)["data"]:
            assert part["hovertemplate"].startswith("%{text}, %{x:.2g} g/L: %{customdata:.")


def test_the_fill_of_a_row_closes_along_its_floor():
    for part in [part for part in figure()["data"] if part.get("fill")]:
        corners = [(x, y) for before, x, y, after in zip(
            [None] + part["y"], part["x"], part["y"], part["y"][1:] + [None])
            if before is None and after is None and y is not None]
        floors = [y for _, y in corners]
        assert all(y == int(y) for y in floors) and len(corners) == 2 * len(set(part["text"]))
        assert {x for x, _ in corners} == {widget.LEVELS[0], widget.LEVELS[-1]}


def test_numbers_as_a_table_name_every_receptor():
    curves, now = draw.tables(figure())
    assert curves["columns"] == ["Serum IgG, g/L"] + [receptor + ", % occupied" for receptor in RECEPTORS]
    assert [row[0] for row in curves["rows"]] == widget.LEVELS
    assert curves["rows"][-1][1:] == pytest.approx([100 * occupied_fraction(100, r) for r in RECEPTORS])
    assert now["columns"][1] == "FcγRI, now, % occupied" and now["rows"] == [[35] + [
        pytest.approx(100 * occupied_fraction(35, receptor)) for receptor in RECEPTORS]]


def test_opening_says_what_is_full_and_how_the_free_part_shrinks():
    text = describe()
    assert "99.6 to 99.9 % of FcγRIIa and FcγRIIIa" in text
    assert "96.0 % of FcγRIIb" in text
    assert "3.5 to 3.7 times smaller" in text


def test_without_dimers_the_free_part_falls_about_3_5_fold():  # target 4 of the model
    assert "3.5 times smaller on the activating receptors and 3.2 times on FcγRIIb" in describe(dimers=0)


def test_normal_serum_is_described_as_the_level_before():
    text = describe(igg=10)
    assert "86.5 % of FcγRIIb" in text and "98.7 to 99.6 %" in text
    assert "level before treatment" in text


def test_below_the_level_before_the_free_part_is_larger():
    text = describe(igg=1)
    assert "larger" in text and "no more than 500 %" in text


def test_dots_stand_on_their_curves_at_the_readers_level():
    made = figure(igg=20, dimers=0)
    for receptor, (levels, numbers, _) in shown(made, "now, % occupied").items():
        assert levels == (20,)
        assert numbers == (pytest.approx(100 * occupied_fraction(20, receptor, dimer_fraction=0)),)


def test_free_view_shows_before_and_now():
    made = figure(show="free", dimers=0)
    before = trace(made, "before, 10 g/L")
    assert before["x"] == pytest.approx([100 * free_fraction(10, receptor) for receptor in RECEPTORS])
    now = [100 * free_fraction(35, receptor, dimer_fraction=0) for receptor in RECEPTORS]
    for role, members in widget.ROLES:
        dots = trace(made, ("neither" if role == "text" else role) + ", now, 35 g/L")["x"]
        assert dots == [pytest.approx(share) if receptor in members else None
                         for receptor, share in zip(RECEPTORS, now)]
    assert words(made).count("÷3.5") == len(ACTIVATING)


def test_uptake_view_shows_activating_forms_and_the_share_that_is_left():
    made = figure(show="uptake", dimers=10)
    assert set(shown(made, "uptake in % of before")) == set(ACTIVATING)
    assert shown(made, "now, uptake in % of before")["FcγRIIa H131"][1] == (
        pytest.approx(100 * relative_uptake(35, "FcγRIIa H131", dimer_fraction=0.1)),)
    assert words(made).count("0.8") == 4  # target 6 of the model: 0.008 with 10 % dimers


def test_lines_of_the_free_view_run_from_before_to_now():
    made = figure(show="free")
    before = trace(made, "before, 10 g/L")["x"]
    for line, share in zip(made["layout"]["shapes"], before):
        assert line["x0"] == share and line["x1"] < share and line["y0"] == line["y1"]


@pytest.mark.parametrize("show", ["occupied", "free", "uptake"])
def test_no_line_stands_in_the_layer_that_plotly_does_not_clear(show):
    assert {shape["layer"] for shape in figure(show=show)["layout"]["shapes"]} <= {"above", "below"}


def test_bonds_change_the_uptake_only():
    assert figure(bonds=1) == figure(bonds=6)
    assert figure(show="free", bonds=1) == figure(show="free", bonds=6)
    assert figure(show="uptake", bonds=1) != figure(show="uptake", bonds=6)


def test_nothing_is_ever_said_to_be_completely_full():
    text = describe(igg=60, dimers=15, dimer_affinity=50)
    assert "100" not in text.split("Against")[0] and ">99.9 %" in text


@pytest.mark.parametrize("name", widget.PRESETS)
def test_presets_are_states_that_the_controls_offer(name):
    state = check(widget.CONTROLS, widget.PRESETS[name])
    for control in widget.CONTROLS:
        assert state[control["name"]] in control.get("grid", [state[control["name"]]])


def test_start_values_lie_on_the_grids():
    for control in widget.CONTROLS:
        assert control["value"] in control.get("grid", [control["value"]])


def test_mouse_receptor_is_named_only_as_a_mouse_receptor():
    assert not [text for text in words(figure()) if "FcγRIV" in text]
    assert len([text for text in widget.LIMITS if "FcγRIV exists only in mice" in text]) == 1


@pytest.mark.parametrize("receptor, percent", [
    ("FcγRIIa H131", "92"), ("FcγRIIIa F158", "79"), ("FcγRIIb", "24")])
def test_limits_quote_what_the_model_gives_at_a_twentieth_of_the_affinity(receptor, percent):
    assert f"{100 * occupied_fraction(10, receptor, cell_binding=0.05):.0f}" == percent
    assert f"{percent} % of {receptor}" in widget.LIMITS[0]
