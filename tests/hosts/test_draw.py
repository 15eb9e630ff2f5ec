"""What every host does with a figure: colours by role, ghosts of the start, numbers as tables."""

import copy
import re
from types import SimpleNamespace

import pytest
from _plotly_utils.basevalidators import ColorValidator
from plotly.graph_objects import Figure

from tests.asking import states
from widgets import catalog
from widgets.controls import choice, opening, slider
from widgets.figures import axis, band, curve, label, layout, level, points
from widgets.hosts import draw
from widgets.hosts.palette import colour_in, palette

CLEAR = "rgba(0,0,0,0)"  # no colour at all
A_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|hsv)a?\(|colou?r\s*[:=]", re.I)
NAMED = set(ColorValidator.named_colors)


every_widget = pytest.mark.parametrize("widget", [catalog.find(name) for name in catalog.names()],
                                       ids=catalog.names())


def texts(part, where=""):
    """Every string of a nested value, with its path; words that only the reader sees have path "text"."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, f"{where}.{key}")
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from texts(value, where)
    elif isinstance(part, str):
        yield where, part


def figure_of(*traces, shapes=(), labels=(), x="Dose (mg/kg)", y="IgG (g/L)", **more):
    return {"data": list(traces), "layout": layout(axis(x), axis(y), shapes=shapes, labels=labels, **more)}


def colours_of(part):
    """Names of roles, without opacity, in a painted part of a figure."""
    return {re.match(r"role\((\w+)", text)[1] for where, text in texts(part) if text.startswith("role(")}


# ---- colours --------------------------------------------------------------------------------------


@every_widget
def test_no_widget_names_a_colour(widget):
    for state in states(widget):
        for where, text in texts(widget.figure(**state)):
            if where.startswith(".svg"):
                continue  # test_contract looks at its paints
            assert text == CLEAR or not A_COLOUR.search(text), f"{where}: {text}"
            assert not (where.lower().endswith("color") and text != CLEAR), f"{where}: {text}"
            words = where.split(".")[-1] in ("name", "role", "text", "ticktext", "y", "x", "categoryarray")
            assert words or text.lower() not in NAMED, f"{where}: {text}"


@every_widget
def test_every_part_of_a_figure_gets_the_colour_of_its_role(widget):
    for state in states(widget):
        made = draw.draw(widget, state, draw.ghosts_of(widget, opening(widget.CONTROLS)))["figure"]
        if "svg" in made:
            return
        roles = palette().keys() - {"grid", "ground"}
        for trace in made["data"]:
            role = trace["meta"]["role"]
            assert role in roles and {role} <= colours_of(trace) <= {role, "ground"}
        for part in made["layout"]["shapes"] + made["layout"]["annotations"]:
            assert part["name"] in roles and {part["name"]} <= colours_of(part) <= {part["name"], "ground"}
        assert colours_of(made["layout"]) <= palette().keys()


@every_widget
def test_plotly_knows_every_property_of_every_figure(widget):
    for state in states(widget):
        painted = draw.draw(widget, state, draw.ghosts_of(widget, opening(widget.CONTROLS)))["figure"]
        if "svg" in painted:
            return
        Figure(colour_in(painted, palette("dark")))  # raises for a property or value that it does not know


@every_widget
def test_drawing_changes_nothing_that_a_widget_keeps(widget):
    state = opening(widget.CONTROLS)
    before = copy.deepcopy(widget.figure(**state))
    draw.draw(widget, state, draw.ghosts_of(widget, state))
    assert widget.figure(**state) == before


@pytest.mark.parametrize("trace, painted", [
    (curve([0], [1], "igg", "IgG"), {"line.color", "marker.color", "textfont.color"}),
    (curve([0], [1], "igg", "IgG", fill="tozeroy"),
     {"line.color", "marker.color", "textfont.color", "fillcolor"}),
    (points([0], [1], "igg", "IgG", error_y={"array": [1]}),
     {"line.color", "marker.color", "textfont.color", "error_y.color"}),
    ({"type": "bar", "x": [0], "y": [1], "meta": {"role": "igg"}, "error_x": {"array": [1]}},
     {"marker.color", "textfont.color", "error_x.color"})])
def test_line_marker_fill_error_bars_and_words_of_a_trace_have_one_colour(trace, painted):
    trace = draw.paint(figure_of(trace))["data"][0]
    named = {where[1:]: text for where, text in texts(trace) if text.startswith("role(igg")}
    assert set(named) == painted
    assert named.pop("fillcolor", "role(igg,0.12)") == "role(igg,0.12)"
    assert set(named.values()) == {"role(igg)"}


def test_a_filled_marker_has_an_edge_of_the_ground_and_an_open_one_its_own_colour():
    filled, hollow = draw.paint(figure_of(points([0], [1], "igg", "IgG"), points(
        [0], [1], "evidence", "published", symbol="diamond-open")))["data"]
    assert filled["marker"]["line"]["color"] == "role(ground)"
    assert "color" not in hollow["marker"]["line"] and hollow["marker"]["color"] == "role(evidence)"


def test_shapes_and_labels_have_the_colour_of_their_name():
    shapes = [level(5, "target"), band(5, 10, "evidence"), band(1, 2, "harm", axis="x")]
    made = draw.paint(figure_of(shapes=shapes, labels=[label(0, 5, "5 g/L", "target")]))["layout"]
    line, across, upright = made["shapes"]
    assert line["line"]["color"] == "role(target)" and "fillcolor" not in line
    assert across["fillcolor"] == "role(evidence,0.12)" and upright["fillcolor"] == "role(harm,0.12)"
    assert made["annotations"][0]["font"]["color"] == "role(target)"
    assert made["annotations"][0]["bgcolor"] == "role(ground,0.75)"


def test_what_has_no_role_is_drawn_as_text_or_as_reference():
    made = draw.paint({"data": [{"type": "scatter", "x": [0], "y": [0]}], "layout": {
        "xaxis": axis("x"), "yaxis": {}, "annotations": [{"text": "a"}], "shapes": [{"type": "line"}]}})
    assert made["data"][0]["line"]["color"] == "role(text)"
    assert made["layout"]["annotations"][0]["font"]["color"] == "role(text)"
    assert made["layout"]["shapes"][0]["line"]["color"] == "role(reference)"


def test_the_frame_leaves_alone_what_a_widget_has_set():
    made = draw.paint(figure_of(
        hovermode="x", margin={"l": 9}, yaxis2=axis("per year", showgrid=False)))["layout"]
    assert made["hovermode"] == "x" and made["margin"] == {"l": 9} and not made["yaxis2"]["showgrid"]
    assert made["yaxis"]["showgrid"] and not made["xaxis"]["showgrid"]
    assert made["dragmode"] is False and made["paper_bgcolor"] == made["plot_bgcolor"] == CLEAR
    assert all(made[key]["fixedrange"] for key in ("xaxis", "yaxis", "yaxis2"))


# ---- ghosts of the start --------------------------------------------------------------------------


def filling(level, show):
    """A widget's figure: a filled curve with words on it, and a point without a ghost."""
    return {"data": [curve([0, level], [1, level], "igg", "IgG", ghost=True, fill="tozeroy", text=["a", "b"],
                           mode="lines+text", hover="%{x}"),
                     points([level], [level], "target", show)],
            "layout": layout(axis("x"), axis("y"))}


FAKE = SimpleNamespace(
    figure=filling, describe=lambda level, show: f"{show} at {level}.",
    CONTROLS=[slider("level", "Level", min=0, max=9, step=1, value=4),
              choice("show", "Show", options={"a": "A", "b": "B"}, value="a")])


def test_a_ghost_is_a_faint_silent_copy_of_the_start():
    ghost, = draw.ghosts_of(FAKE, {"level": 4, "show": "a"})
    assert ghost["meta"] == {"role": "igg", "start": True} and ghost["name"] == "IgG, at the start"
    assert ghost["x"] == [0, 4] and ghost["opacity"] == draw.GHOST_OPACITY < 0.5
    assert ghost["hoverinfo"] == "skip" and ghost["showlegend"] is False and ghost["mode"] == "lines"
    assert not {"text", "hovertemplate", "fill"} & set(ghost)


def test_a_ghost_leaves_behind_the_numbers_that_only_pointer_and_table_read():
    widget = SimpleNamespace(figure=lambda: figure_of(
        curve([1], [3.5], "igg", "IgG", ghost=True, text=["a"], customdata=[50])))
    ghost, = draw.ghosts_of(widget, {})
    assert not {"text", "customdata"} & set(ghost) and ghost["y"] == [3.5]


def test_ghosts_lie_behind_the_state_in_the_same_colours():
    drawn = draw.draw(FAKE, {"level": 7, "show": "a"}, draw.ghosts_of(FAKE, {"level": 4, "show": "a"}))
    assert [trace["name"] for trace in drawn["figure"]["data"]] == ["IgG, at the start", "IgG", "a"]
    assert drawn["figure"]["data"][0]["line"]["color"] == drawn["figure"]["data"][1]["line"]["color"]
    assert drawn["sentence"] == "a at 7."


def test_without_ghosts_a_figure_holds_its_own_traces_only():
    assert len(draw.draw(FAKE, {"level": 4, "show": "a"})["figure"]["data"]) == 2


def test_the_start_to_compare_with_has_the_choices_of_now():
    start = {"level": 4, "show": "a"}
    assert draw.start_beside(FAKE, start, {"level": 7, "show": "b"}) == {"level": 4, "show": "b"}
    assert start == {"level": 4, "show": "a"}


# ---- numbers as tables ----------------------------------------------------------------------------


def test_traces_over_the_same_places_share_a_table():
    found = draw.tables(figure_of(
        curve([1, 2], [3, 4], "igg", "saturable"), curve([1, 2], [5, None], "igg", "linear"),
        points([9], [8], "evidence", "published")))
    assert found == [
        {"columns": ["Dose (mg/kg)", "saturable: IgG (g/L)", "linear: IgG (g/L)"],
         "rows": [[1, 3, 5], [2, 4, None]]},
        {"columns": ["Dose (mg/kg)", "published: IgG (g/L)"], "rows": [[9, 8]]}]


def test_the_same_places_on_another_axis_are_another_table():
    figure = figure_of(curve([1], [3], "igg", "a"), curve([1], [5], "harm", "b", xaxis="x2", yaxis="y2"),
                       xaxis2=axis("Days"), yaxis2=axis("per year"))
    assert [table["columns"] for table in draw.tables(figure)] == [
        ["Dose (mg/kg)", "a: IgG (g/L)"], ["Days", "b: per year"]]


def test_ghosts_are_left_out_of_tables():
    ghosts = draw.ghosts_of(FAKE, {"level": 4, "show": "a"})
    figure = draw.draw(FAKE, {"level": 7, "show": "a"}, ghosts)["figure"]
    assert [table["columns"] for table in draw.tables(figure)] == [["x", "IgG: y"], ["x", "a: y"]]


def test_horizontal_bars_stand_over_their_names():
    bars = {"type": "bar", "orientation": "h", "x": [60, 30], "y": ["IgG1", "IgG2"], "name": "<b>share</b>"}
    assert draw.tables(figure_of(bars, x="%", y="")) == [
        {"columns": ["Name", "share: %"], "rows": [["IgG1", 60], ["IgG2", 30]]}]


def test_a_column_without_name_or_unit_has_what_there_is():
    unnamed, no_unit = {"x": [1], "y": [2]}, curve([1], [2], "igg", "IgG")
    assert draw.tables(figure_of(unnamed))[0]["columns"] == ["Dose (mg/kg)", "IgG (g/L)"]
    assert draw.tables(figure_of(no_unit, y=""))[0]["columns"] == ["Dose (mg/kg)", "IgG"]


def test_several_curves_of_one_trace_are_a_column_each_with_their_own_numbers():
    rows = curve([1, 2, None, 2, None, 1, 2], [1.1, 1.2, None, 1, None, 0.3, 0.4], "igg", "% filled",
                 text=["a", "a", "a", "a", "a", "b", "b"], customdata=[10, 20, None, 20, None, 30, 40])
    dots = points([2, 2], [1.2, 0.4], "igg", "now", text=["a", "b"], customdata=[20, 40])
    assert draw.tables(figure_of(rows, dots, y="")) == [
        {"columns": ["Dose (mg/kg)", "a, % filled", "b, % filled"], "rows": [[1, 10, 30], [2, 20, 40]]},
        {"columns": ["Dose (mg/kg)", "a, now", "b, now"], "rows": [[2, 20, 40]]}]


@every_widget
def test_every_table_of_a_widget_is_whole_and_says_what_it_holds(widget):
    for state in states(widget):
        for table in draw.tables(widget.figure(**state)):
            assert all(table["columns"]) and all(len(row) == len(table["columns"]) for row in table["rows"])
            assert not any(re.search(r"</?[a-z]", column) for column in table["columns"])


@pytest.mark.parametrize("text, words", [
    ("IgG", "IgG"), ("<b>now</b> 5", "now 5"), ("peak<br>trough", "peak trough"), ("<5 g/L", "<5 g/L"),
    ("a < b and c > d", "a < b and c > d"), ('<span class="x">a</span><sub>1</sub>', "a1"),
    ("", ""), ("<", "<"), ("5 <10 <b>x</b>", "5 <10 x")])
def test_plain_words_have_no_tags_and_keep_the_sign_for_less(text, words):
    assert draw.plain(text) == words


# ---- a widget's own table ---------------------------------------------------------------------------


TABLE = {"caption": "Seen & <said>", "columns": ["What", "Where"], "rows": [
    ['<b> "x" [orange2010]', {"text": "a & b", "to": "fc_receptors", "role": "harm"}], ["second", None], ["third", 0.25]]}


def test_a_table_becomes_html_with_every_text_escaped():
    made = draw.table_html(TABLE)
    assert "<caption>Seen &amp; &lt;said&gt;</caption>" in made
    assert '<th scope="row">&lt;b&gt; &quot;x&quot; [orange2010]</th>' in made
    assert '<td data-column="Where"><span class="mark" style="background:role(harm)"></span>' \
           '<a data-to="fc_receptors">a &amp; b</a></td>' in made
    assert '<td data-column="Where"></td>' in made and '<td data-column="Where">0.25</td>' in made


def test_a_table_for_a_file_is_plain_values():
    assert draw.table_texts(TABLE) == {"columns": ["What", "Where"], "rows": [
        ['<b> "x" [orange2010]', "a & b"], ["second", None], ["third", 0.25]]}


def test_a_drawing_is_passed_on_as_it_is_and_has_no_ghosts_and_no_numbers():
    svg = {"wide": "<svg fill='role(cell)'/>", "narrow": "<svg/>"}
    widget = SimpleNamespace(CONTROLS=[], figure=lambda: {"svg": dict(svg)}, describe=lambda: "Seen.",
                             table=lambda: TABLE)
    assert draw.draw(widget, {}, draw.ghosts_of(widget, {})) == {
        "figure": {"svg": svg}, "sentence": "Seen.", "table": draw.table_html(TABLE)}
    assert draw.tables({"svg": svg}) == []
