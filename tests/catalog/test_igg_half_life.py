"""The half-life widget: its opening, published values, table, and every number of its task and limits."""

import re

import pytest

from tests.asking import asking, trace
from widgets.catalog import igg_half_life as widget
from widgets.models.autoantibody import steady_igg
from widgets.models.fcrn_blockade import half_life_blocked
from widgets.models.igg_level import half_life, kinetics, steady_cycle

ask = asking(widget)
figure, describe = ask.figure, ask.describe


def test_opening_stands_at_the_level_after_2_g_per_kg_with_a_half_life_of_16_days():
    you = trace(figure(), "your level")
    assert (you["x"], you["y"]) == ([30], [pytest.approx(15.5, abs=0.1)])
    assert "At 30 g/L the half-life of IgG is 16 days, against 23 at 12 g/L." in describe()


def test_the_curve_falls_all_the_way():
    for blocked in (0, 50):
        days = trace(figure(blocked=blocked), "half-life")["y"]
        assert days == sorted(days, reverse=True) and 0 < days[-1] < days[0] <= 60


def test_textbook_values_stand_open_over_the_curve_with_their_range():
    made = trace(figure(), "textbook values")
    assert list(zip(made["x"], made["y"])) == [(6.7, 31), (12, 22)] and made["error_y"]["value"] == 1
    for level, days in zip(made["x"], made["y"]):
        assert half_life(level) == pytest.approx(days, abs=1)


def test_a_product_label_is_longer_than_the_curve_as_the_limits_say():
    made = trace(figure(), "one product's label")
    assert all(days > half_life(level) + 3 for level, days in zip(made["x"], made["y"]))
    assert "27.6 days with troughs of 12.3" in widget.LIMITS[3] and "37.3" in widget.LIMITS[3]


def test_with_all_of_fcrn_blocked_the_half_life_is_the_same_at_every_level():
    days = trace(figure(blocked=100), "half-life")["y"]
    assert days == pytest.approx([days[0]] * len(days))
    assert "With all of FcRn blocked, the half-life at 12 g/L is 10 days" in describe(igg=12, blocked=100)


def test_where_igg_settles_is_drawn_on_the_curve_of_the_blocker():
    made = trace(figure(igg=12, blocked=60), "where IgG settles")
    assert made["x"] == [pytest.approx(steady_igg(12, 0.6))]
    assert made["y"] == [half_life_blocked(made["x"][0], 0.6)]
    assert not [part for part in figure(igg=2, blocked=100)["data"] if part["name"] == "where IgG settles"]


def test_nothing_blocked_draws_no_second_curve():
    assert "nothing blocked" not in [part["name"] for part in figure()["data"]]
    assert "nothing blocked" in [part["name"] for part in figure(blocked=5)["data"]]


def test_the_table_sets_the_readers_law_beside_six_population_models():
    made = ask.table(igg=12, blocked=0)
    assert len(made["rows"]) == 7 and all(len(row) == len(made["columns"]) for row in made["rows"])
    assert made["rows"][0][2:5] == ["3.11", "46", "23"]
    half_lives = sorted(float(row[4]) for row in made["rows"][1:])
    assert (half_lives[0], half_lives[-1]) == (18, 48)
    clearances = [float(row[2]) for row in made["rows"][1:]]
    assert 2.0 <= min(clearances) and max(clearances) <= 2.95


def test_the_row_of_landersdorfer_is_that_of_the_constant_law():
    name, who, lost, volume, days, trough = widget.POPULATION[0]
    k = kinetics("linear")
    assert lost == pytest.approx(k.upper_clearance, abs=0.01)
    assert volume == pytest.approx(k.central_volume, abs=0.5)
    assert days == pytest.approx(half_life(8, law="linear"), abs=0.5)
    assert trough == pytest.approx(steady_cycle(400, 28, 4, law="linear").igg[-1], abs=0.05)


def test_the_task_is_answered_with_the_numbers_of_the_model():
    assert "about 23 days" in widget.TASK["predict"] and f"{half_life(12):.0f}" == "23"
    answer = widget.TASK["answer"]
    assert f"At 30 g/L it is {half_life(30):.0f} days" in answer
    assert f"At a trough of 6.5 g/L it is {half_life(6.5):.0f} days" in answer
    assert f"half-life at 12 g/L is {half_life_blocked(12, 0.6):.0f} days, as at 60 g/L" in answer
    assert f"{half_life(60):.0f}" == f"{half_life_blocked(12, 0.6):.0f}"
    assert f"settle at {steady_igg(12, 0.6):.1f} g/L" in answer


def test_limits_say_rightly_what_full_blockade_leaves_of_a_normal_level():
    left = re.search(r"leave (\d+) %", widget.LIMITS[5])[1]
    assert f"{100 * steady_igg(12.1, 1) / 12.1:.0f}" == left
