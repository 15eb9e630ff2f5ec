"""The widget on dose and level: what it says, where its marks stand, what stays put."""

import itertools
import json

import pytest
from hypothesis import given, settings

from tests.asking import any_state, asking, trace
from widgets.catalog import igg_level as widget
from widgets.controls import check, opening
from widgets.models import igg_level as model
from widgets.models.igg_level import half_life, regimen, simulate_igg
from widgets.models.integrate import halved

START = opening(widget.CONTROLS)
PLOTS = ((286, 180), (620, 350))  # pixels: a phone of 360 and a laptop

anything = any_state(widget)
ask = asking(widget)
figure, describe = ask.figure, ask.describe


def texts(made):
    return [note["text"] for note in made["layout"]["annotations"]]


def test_the_opening_state_misses_a_target_of_7_and_says_so():
    assert describe() == (
        "Dose 6 of 6 takes IgG to a peak of 13.6 g/L; 28 days later the trough is 5.3 g/L, below the "
        "target of 7 g/L. Over that cycle IgG is at or above the target for 39 % of the time, and the area "
        "under its curve is 196 g·d/L. The half-life is 21 days at the peak and 35 at the trough.")


def test_peak_and_trough_are_those_of_the_model():
    course = simulate_igg(regimen(400, 28, 6), 2)
    start, end = course.times.index(140), course.times.index(168)
    marks = trace(figure(), "last full cycle")
    assert marks["y"] == [max(course.igg[start:]), course.igg[end]]
    assert marks["x"][1] == 168
    assert marks["x"][0] == pytest.approx(140 + 4 / 24)


@settings(max_examples=60, deadline=None)
@given(anything)
def test_the_marks_stand_on_the_curve_and_carry_the_numbers_of_the_sentence(values):
    made = widget.figure(**values)
    line, marks = trace(made, "serum IgG"), trace(made, "last full cycle")
    for x, y in zip(marks["x"], marks["y"]):
        assert line["y"][line["x"].index(x)] == y
    peak, trough = (widget.grams(y) for y in marks["y"])
    assert {"peak " + peak, "trough " + trough} <= set(texts(made))
    said = widget.describe(**values)
    assert f"a peak of {peak} g/L" in said
    assert f"the trough is {trough} g/L" in said


@settings(max_examples=60, deadline=None)
@given(anything)
def test_every_control_gives_a_figure_of_finite_numbers_inside_its_axes(values):
    made = json.loads(json.dumps(widget.figure(**values), allow_nan=False))
    line, top = trace(made, "serum IgG"), made["layout"]["yaxis"]["range"][1]
    assert top in widget.HEIGHTS
    assert len(line["x"]) == len(line["y"]) <= 400
    assert all(0 < y < top for y in line["y"])
    assert line["x"][0] == 0 and line["x"][-1] == 168
    assert made["layout"]["xaxis"]["range"] == [0, 168]
    assert all(shape["y0"] < top for shape in made["layout"]["shapes"])


@settings(max_examples=60, deadline=None)
@given(anything)
def test_every_sentence_is_short_and_whole(values):
    said = widget.describe(**values)
    assert 100 < len(said) < 480
    assert said.endswith(".")
    assert "nan" not in said and "inf" not in said.replace("infused", "").replace("Infused", "")


def test_the_axis_stays_put_while_the_dose_moves_through_usual_replacement():
    tops = {figure(dose=dose)["layout"]["yaxis"]["range"][1] for dose in range(100, 501, 50)}
    assert tops == {20}


def test_three_lines_are_named_on_the_figure():
    made = figure(baseline=3, target=8)
    assert {"untreated", "5 g/L, Orange 2010", "target 8"} <= set(texts(made))
    assert {shape["y0"]: shape["name"] for shape in made["layout"]["shapes"]} == {
        3: "reference", 5: "evidence", 8: "target"}


def test_doses_after_24_weeks_are_not_given_and_the_sentence_says_so():
    assert "Only 6 of the 12 doses fall within the 24 weeks shown." in describe(doses=12)
    assert "Only" not in describe(doses=6)
    assert figure(doses=24) == figure(doses=6)


def test_a_dose_whose_interval_is_cut_off_is_given_but_not_read_out():
    said = describe(interval=35, doses=5)
    assert said.startswith("Dose 4 of 5 ")
    assert trace(figure(interval=35, doses=5), "last full cycle")["x"][1] == 140


def test_a_single_dose_is_called_the_only_dose():
    assert describe(doses=1).startswith("The only dose takes")


def test_a_reached_target_is_called_at_or_above():
    assert "5.3 g/L, at or above the target of 5 g/L" in describe(target=5)
    assert "for 100 % of the time" in describe(target=5)


def test_the_constant_law_names_one_half_life_for_every_level():
    assert "Infused IgG has a half-life of 46 days at every level." in describe(law="linear")
    assert f"{half_life(5, 70, 'linear'):.0f}" == "46"


def test_the_constant_law_warns_about_children_only():
    assert "read it for adults" in describe(law="linear", weight=15)
    assert "read it for adults" not in describe(law="linear", weight=70)
    assert "read it for adults" not in describe(weight=15)


def test_the_5_day_course_peaks_inside_and_the_one_day_dose_outside_25_to_35():
    """The published range of velikova2023: the presets show both sides."""
    peaks = {}
    for name, values in widget.PRESETS.items():
        peaks[name] = trace(figure(**values), "last full cycle")["y"][0]
    assert 25 <= peaks["ITP, 0.4 g/kg a day for 5 days"] <= 35
    assert peaks["Kawasaki disease, 2 g/kg once"] > 45


def test_the_same_month_s_dose_by_the_week_lifts_the_trough_and_lowers_the_peak():
    monthly, weekly = (trace(figure(**widget.PRESETS[name]), "last full cycle") for name in (
        "Antibody deficiency, 400 mg/kg every 4 weeks", "The same month's dose, 100 mg/kg a week"))
    assert weekly["y"][0] < monthly["y"][0]
    assert weekly["y"][1] > monthly["y"][1]


@pytest.mark.parametrize("name", widget.PRESETS)
def test_presets_are_values_that_the_controls_offer(name):
    check(widget.CONTROLS, widget.PRESETS[name])


def test_the_limits_name_every_published_number_that_is_missed():
    limits = " ".join(widget.LIMITS)
    assert 3 <= len(widget.LIMITS) <= 7
    for words in ("near 50 g/L", "25 to 35", "12 to 14", "121", "73", "[velikova2023]", "term for weight"):
        assert words in limits


def test_asking_for_another_state_in_between_changes_nothing():
    first = json.dumps(figure()), describe()
    figure(dose=2000, divided=True)
    assert (json.dumps(figure()), describe()) == first


def states():
    """The opening state, the presets and all corners of what decides the numbers."""
    yield START
    for preset in widget.PRESETS.values():
        yield check(widget.CONTROLS, preset)
    names = ("dose", "interval", "weight", "baseline", "doses", "divided", "law")
    corners = ((100, 2000), (7, 42), (5, 120), (0.5, 18), (1, 24), (False, True), ("saturable", "linear"))
    for corner in itertools.product(*corners):
        yield check(widget.CONTROLS, dict(zip(names, corner)))


def test_halving_all_steps_of_the_solver_changes_no_word_of_the_sentence(monkeypatch):
    coarse = [widget.describe(**values) for values in states()]
    whole = model._segments
    monkeypatch.setattr(model, "_segments", lambda *arguments: [
        (rate, halved(times)) for rate, times in whole(*arguments)])
    widget._memo.clear()
    assert [widget.describe(**values) for values in states()] == coarse


@settings(max_examples=60, deadline=None)
@given(anything)
def test_halving_all_steps_moves_no_number_by_a_tenth_of_its_last_digit(values):
    names = (("peak", 0.01), ("trough", 0.01), ("area", 0.1), ("days_above", 0.001 * values["interval"]))
    coarse = dict(widget.last_cycle(**values))
    whole = model._segments
    model._segments = lambda *arguments: [(rate, halved(times)) for rate, times in whole(*arguments)]
    widget._memo.clear()
    try:
        fine = widget.last_cycle(**values)
    finally:
        model._segments = whole
        widget._memo.clear()
    for name, tenth in names:
        assert coarse[name] == pytest.approx(fine[name], abs=tenth)


def boxes(made, width, height):
    top = made["layout"]["yaxis"]["range"][1]
    for note in made["layout"]["annotations"]:
        size = note["font"]["size"]
        x, y = note["x"] / 168 * width + note["xshift"], note["y"] / top * height + note["yshift"]
        length = size / 2 * len(note["text"])
        left = x if note["xanchor"] == "left" else x - length
        yield note["text"], left, left + length, y - size / 2, y + size / 2


@pytest.mark.parametrize("width, height", PLOTS)
@pytest.mark.parametrize("values", [{}] + list(widget.PRESETS.values()) + [
    {"dose": dose, "interval": interval, "doses": doses, "law": law}
    for dose in (200, 400, 800) for interval in (7, 21, 28, 35) for doses in (1, 4, 24)
    for law in ("saturable", "linear")])
def test_labels_meet_neither_each_other_nor_the_edge(values, width, height):
    placed = list(boxes(figure(**values), width, height))
    assert len(placed) == 5
    for text, left, right, low, high in placed:
        assert left >= 0 and right <= width, text
        assert low >= -2 and high <= height + 14, text  # 14 pixels of margin
    for one, other in itertools.combinations(placed, 2):
        apart = one[1] >= other[2] or other[1] >= one[2] or one[3] >= other[4] or other[3] >= one[4]
        assert apart, (one[0], other[0])
