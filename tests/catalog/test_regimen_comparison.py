"""The comparison of regimens: its opening, sentence and table, and every number of its task and limits."""

import pytest

from tests.asking import asking
from widgets.catalog import regimen_comparison as widget
from widgets.models.replacement import BIOAVAILABILITY, settled_cycle

ask = asking(widget)
figure, describe = ask.figure, ask.describe


def table(**values):
    return {row[0]: row[1:] for row in ask.table(**values)["rows"]}


def test_opening_shows_a_lower_peak_and_a_higher_trough_for_the_same_dose_a_week():
    one, other = figure()["data"]
    assert one["name"] == "one way, every 4 weeks by vein" and one["line"]["dash"] == "dash"
    assert other["name"] == "other way, every week by vein" and other["meta"]["role"] == "igg"
    assert max(other["y"]) < max(one["y"]) - 4 and min(other["y"]) > min(one["y"]) + 1


@pytest.mark.parametrize("way", list(widget.WAYS))
def test_each_way_fills_twelve_weeks_with_equal_intervals(way):
    words, interval, under_skin = widget.WAYS[way]
    curve = figure(second=way)["data"][1]
    assert curve["x"][0] == 0 and curve["x"][-1] == 84 and len(curve["x"]) <= 200
    assert curve["x"] == sorted(curve["x"])
    assert curve["y"][-1] == pytest.approx(curve["y"][0], abs=2e-3)
    assert 84 % interval == 0


def test_the_dose_each_time_adds_up_to_the_same_month():
    rows = table(monthly=600, first="3 weeks", second="week")
    assert rows["Dose each time"] == ["450 mg/kg", "150 mg/kg"]


def test_sentence_and_table_agree():
    said, rows = describe(), table()
    for row in ("Peak", "Trough"):
        for cell in rows[row]:
            assert cell.replace(" g/L", "") in said
    for cell in rows["Time at or above 5 g/L"] + rows["Dose per 4 weeks for a trough of 7 g/L"]:
        assert cell in said


def test_a_trough_below_the_untreated_level_needs_no_dose():
    assert describe(baseline=8, target=7).endswith(
        "The level without treatment is already as high as the trough of 7 g/L.")
    assert table(baseline=8, target=7)["Dose per 4 weeks for a trough of 7 g/L"] == ["no dose", "no dose"]


def test_lines_stand_at_5_and_at_the_trough_to_keep_with_their_names_apart():
    for target in (4, 4.5, 5, 5.5, 7, 12):
        made = figure(target=target)["layout"]
        heights = {(shape["name"], shape["y0"]) for shape in made["shapes"]}
        assert heights == {("evidence", 5), ("target", target)}
        keep, floor = made["annotations"][:2]
        apart = (keep["y"] - floor["y"]) / made["yaxis"]["range"][1] * 200 + keep["yshift"] - floor["yshift"]
        assert abs(apart) >= 14


@pytest.mark.parametrize("law", ["saturable", "linear"])
@pytest.mark.parametrize("monthly", [200, 1200])
@pytest.mark.parametrize("baseline", [0.5, 8])
def test_curves_stay_inside_the_axis_and_below_the_words_in_the_corner(law, monthly, baseline):
    made = figure(law=law, monthly=monthly, baseline=baseline, target=12)
    top = made["layout"]["yaxis"]["range"][1]
    assert top in widget.TOPS
    assert all(0 < y <= 0.8 * top + 1e-9 for part in made["data"] for y in part["y"])


def test_the_constant_law_gives_the_same_mean_however_often_the_dose_comes():
    one, other = table(law="linear")["Mean level"]
    assert one == other


def test_the_task_is_answered_with_the_numbers_of_the_model():
    answer, said = widget.TASK["answer"], describe()
    assert "The peak falls from 13.2 to 8.1 g/L and the trough rises from 4.8 to 6.0" in answer
    assert "every 4 weeks by vein, IgG swings between 13.2 and 4.8 g/L" in said
    assert "every week by vein, IgG swings between 8.1 and 6.0 g/L" in said and "for 100 %" in said
    assert f"With 4 g/L untreated the trough is {table(baseline=4)['Trough'][0]}" in answer


def test_what_is_assumed_under_the_skin_is_said():
    assert "67 %" in widget.LIMITS[0] and BIOAVAILABILITY == 0.67 and "3 days" in widget.LIMITS[0]
    help_ = [control["help"] for control in widget.CONTROLS if control["name"] == "second"][0]
    assert "67 %" in help_ and "chosen for teaching" in help_


def test_limits_give_the_slopes_of_both_laws():
    def slope(interval, baseline, under_skin, law):
        low, high = (settled_cycle(dose, interval, baseline, under_skin, law)[0].igg[-1]
                     for dose in (350, 450))
        return f"{100 * (high - low):.0f}"
    found = [slope(interval, baseline, skin, "saturable") for interval, skin in ((28, False), (7, True))
             for baseline in (4, 1)]
    assert "saturable law gives {} to {} and {} to {}".format(*found) in widget.LIMITS[1]
    constant = [slope(28, 4, False, "linear"), slope(7, 4, True, "linear")]
    assert "constant law gives {} and {}".format(*constant) in widget.LIMITS[1]
