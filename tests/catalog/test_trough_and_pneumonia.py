"""The widget on what a dose buys: trough, published slopes, published pneumonia rate."""

import itertools
import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking
from widgets.catalog import igg_level
from widgets.catalog import trough_and_pneumonia as widget
from widgets.controls import check
from widgets.models import igg_level as model
from widgets.models.igg_level import pneumonia_rate, steady_cycle
from widgets.models.integrate import halved

PLOTS = ((286, 190), (620, 350))  # pixels: a phone of 360 and a laptop
UPPER = 0.58  # share of the height that the trough's panel takes

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def traces(made, name, axis="y"):
    return [trace for trace in made["data"] if trace["name"] == name and trace.get("yaxis", "y") == axis]


def slope_of(line):
    """mg/dL per 100 mg/kg."""
    return 10000 * (line["y"][1] - line["y"][0]) / (line["x"][1] - line["x"][0])


def test_the_opening_state_shows_trough_rate_and_the_slope_that_the_saturable_law_misses():
    assert describe() == (
        "400 mg/kg every 28 days settle at a trough of 5.3 g/L (530 mg/dL), where pooled studies saw 0.104 "
        "pneumonias per patient-year. 100 mg/kg more would add 51 mg/dL and take that rate to 0.088. Pooled "
        "studies measured 121 and 73 mg/dL for each 100 mg/kg a month.")


def test_the_constant_law_adds_the_121_mg_per_dl_that_berger2013_quotes():
    assert "would add 121 mg/dL" in describe(law="linear")


def test_the_controls_shared_with_the_level_widget_are_the_same():
    others = {control["name"]: control for control in igg_level.CONTROLS}
    for control in widget.CONTROLS:
        assert control == others[control["name"]]


@pytest.mark.parametrize("law", ["saturable", "linear"])
def test_the_published_slopes_are_121_and_73_through_the_reader_s_point(law):
    made = figure(law=law)
    [point] = traces(made, "your dose")
    for name, slope in (("+121, Berger 2013", 121), ("+73, Lee 2020", 73)):
        [line] = traces(made, name)
        assert line["meta"]["role"] == "evidence"
        assert slope_of(line) == pytest.approx(slope)
        along = (point["x"][0] - line["x"][0]) / (line["x"][1] - line["x"][0])
        assert line["y"][0] + along * (line["y"][1] - line["y"][0]) == pytest.approx(point["y"][0])


def test_the_curve_lies_on_the_slope_of_121_with_constant_and_under_both_with_saturable_clearance():
    def around(law):
        [line] = traces(figure(law=law), "steady trough")
        low, high = line["x"].index(250), line["x"].index(600)
        return 10000 * (line["y"][high] - line["y"][low]) / 350
    assert around("linear") == pytest.approx(121, abs=0.5)
    assert around("saturable") < 0.8 * 73


def test_published_slopes_are_drawn_for_a_dose_a_month_only():
    for interval in (7, 14, 21, 35, 42):
        assert not traces(figure(interval=interval), "+73, Lee 2020")
        assert "Pooled studies measured" not in describe(interval=interval)


@settings(max_examples=40, deadline=None)
@given(anything)
def test_the_reader_s_point_is_the_steady_trough_and_lies_on_the_curve(values):
    made = widget.figure(**values)
    [point], [line] = traces(made, "your dose"), traces(made, "steady trough")
    model_trough = steady_cycle(**values).igg[-1]
    assert point["y"][0] == pytest.approx(model_trough, abs=1e-3)
    after = next(n for n in range(1, len(line["x"])) if line["x"][n] >= values["dose"])
    share = (values["dose"] - line["x"][after - 1]) / (line["x"][after] - line["x"][after - 1])
    on_line = line["y"][after - 1] + share * (line["y"][after] - line["y"][after - 1])
    top = made["layout"]["yaxis"]["range"][1]
    assert on_line == pytest.approx(point["y"][0], abs=top / 100)  # about a pixel


@settings(max_examples=40, deadline=None)
@given(anything)
def test_the_pneumonia_rate_is_never_extrapolated(values):
    made = widget.figure(**values)
    [trough] = traces(made, "your dose")[0]["y"]
    rates = traces(made, "pneumonia rate", "y2")[0]["y"] + [
        rate for trace in traces(made, "your dose", "y2") for rate in trace["y"]]
    assert all(pneumonia_rate(10) <= rate <= pneumonia_rate(5) for rate in rates)
    said = widget.describe(**values)
    if 5 <= trough <= 10:
        assert f"saw {pneumonia_rate(trough):.3f} pneumonias" in said
        assert traces(made, "your dose", "y2")[0]["y"] == [pneumonia_rate(trough)]
    else:
        assert "outside the 5 to 10 g/L for which a pneumonia rate is published" in said
        assert "take that rate" not in said
        assert not traces(made, "your dose", "y2")


def test_the_two_published_rates_stand_where_the_trough_is_5_and_10():
    [marks] = traces(figure(law="linear"), "Orange 2010", "y2")
    assert marks["y"] == [0.113, 0.023]
    assert marks["marker"]["symbol"] == "diamond-open"
    for dose, trough in zip(marks["x"], (5, 10)):
        assert steady_cycle(dose, 28, 2, law="linear").igg[-1] == pytest.approx(trough, abs=0.01)


def test_a_next_dose_step_that_leaves_the_published_range_gets_no_rate():
    said = describe(dose=1650)
    assert "saw 0.024 pneumonias" in said
    assert "take that rate" in describe(dose=1550)
    assert "take that rate" not in said


@settings(max_examples=40, deadline=None)
@given(anything)
def test_every_control_gives_a_figure_of_finite_numbers_inside_its_axes(values):
    made = json.loads(json.dumps(widget.figure(**values), allow_nan=False))
    layout = made["layout"]
    assert layout["xaxis"]["range"] == [0, 2000]
    assert layout["yaxis2"]["range"] == [0, 0.13]
    top = layout["yaxis"]["range"][1]
    assert top in widget.TOPS
    for trace in made["data"]:
        high = 0.13 if trace.get("yaxis") == "y2" else top
        assert all(-1e-9 <= y <= high + 1e-9 for y in trace["y"]), trace["name"]
        assert all(0 <= x <= 2000 for x in trace["x"]), trace["name"]
    line = traces(made, "steady trough")[0]["y"]
    assert all(after > before for before, after in zip(line, line[1:]))


def test_the_curve_and_its_axis_do_not_move_with_the_dose():
    still = [(traces(made, "steady trough")[0]["y"], made["layout"]["yaxis"]["range"])
             for made in (figure(dose=dose) for dose in range(100, 2001, 100))]
    assert all(one == still[0] for one in still)


@settings(max_examples=40, deadline=None)
@given(anything)
def test_every_sentence_is_short_and_whole(values):
    said = widget.describe(**values)
    assert 100 < len(said) < 420
    assert said.endswith(".")
    assert "nan" not in said and "inf" not in said


def test_asking_for_another_state_in_between_changes_nothing():
    first = json.dumps(figure()), describe()
    describe(baseline=9, dose=1800)
    figure(law="linear", weight=8)
    assert (json.dumps(figure()), describe()) == first


def test_the_constant_law_warns_about_children_only():
    assert "read it for adults" in describe(law="linear", weight=15)
    assert "read it for adults" not in describe(law="linear")


@pytest.mark.parametrize("name", widget.PRESETS)
def test_presets_are_values_that_the_controls_offer(name):
    check(widget.CONTROLS, widget.PRESETS[name])


def test_the_limits_name_the_missed_slopes_and_the_range_of_the_rate():
    limits = " ".join(widget.LIMITS)
    assert 3 <= len(widget.LIMITS) <= 7
    for words in ("45 to 57", "121 [berger2013]", "73 [lee2020trough]", "never extrapolated",
                  "0.658 to 0.801"):
        assert words in limits


def test_halving_all_steps_of_the_solver_changes_no_digit(monkeypatch):
    """Nor a word, unless the trough stands within a twentieth of a digit of where rounding turns."""
    names, states = ("dose", "interval", "weight", "baseline", "law"), itertools.product(
        (100, 400, 2000), (7, 28, 42), (5, 70, 120), (0.5, 2, 18), ("saturable", "linear"))
    states = [dict(zip(names, state)) for state in states]

    def answers():
        widget._memo.clear()
        found = [(widget.steady_trough(**values),
                  widget.steady_trough(**dict(values, dose=values["dose"] + 100)),
                  describe(**values)) for values in states]
        widget._memo.clear()
        return found
    coarse = answers()
    whole = model._segments
    monkeypatch.setattr(model, "_segments", lambda *arguments: [
        (rate, halved(times)) for rate, times in whole(*arguments)])
    for one, other in zip(coarse, answers()):
        assert one[0] == pytest.approx(other[0], abs=0.005)
        assert one[1] - one[0] == pytest.approx(other[1] - other[0], abs=0.0005)
        assert one[2] == other[2] or abs(10 * one[0] % 1 - 0.5) < 0.05


@pytest.mark.parametrize("width, height", PLOTS)
@pytest.mark.parametrize("law", ["saturable", "linear"])
@pytest.mark.parametrize("baseline", [1, 2, 4, 10])
@pytest.mark.parametrize("dose", range(100, 2001, 100))
def test_labels_of_the_upper_panel_meet_nothing(dose, baseline, law, width, height):
    made = figure(dose=dose, baseline=baseline, law=law)
    top = made["layout"]["yaxis"]["range"][1]
    placed = []
    for note in made["layout"]["annotations"]:
        if note.get("yref") == "y2":
            continue
        size = note.get("font", {}).get("size", 14)
        x, y = note["x"] / 2000 * width + note["xshift"], note["y"] / top * height * UPPER + note["yshift"]
        length = size / 2 * len(note["text"])
        left = x if note["xanchor"] == "left" else x - length
        placed.append((note["text"], left, left + length, y - size / 2, y + size / 2))
        assert left >= 0 and left + length <= width + 16, note["text"]  # 16 pixels of margin
        assert y - size / 2 >= -2 and y + size / 2 <= height * UPPER + 14, note["text"]
    assert len(placed) == 3
    for one, other in itertools.combinations(placed, 2):
        apart = one[1] >= other[2] or other[1] >= one[2] or one[3] >= other[4] or other[3] >= one[4]
        assert apart, (one[0], other[0])
