"""The controls: what each kind offers, what it refuses, and that a refusal lists what there is."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.controls import check, choice, opening, slider, toggle

DOSE = slider("dose", "Dose", unit="mg/kg", min=100, max=2000, step=50, value=400, help="Each time.")
LEVEL = slider("level", "Serum IgG", unit="g/L", min=0.5, max=60, value=10, log=True)
LAW = choice("law", "Clearance", options={"saturable": "Saturable", "linear": "Constant"}, value="linear")
DIVIDED = toggle("divided", "Over 5 days", value=False, help="In five parts.")
CONTROLS = [DOSE, LEVEL, LAW, DIVIDED]
NO_NUMBERS = ["400", None, True, False, [400], 4 + 0j, {}]
OFF_THE_LINE = [math.nan, math.inf, -math.inf]

spans = st.tuples(st.floats(1e-3, 1e3), st.floats(1.5, 1e5)).map(lambda span: (span[0], span[0] * span[1]))


# ---- what a control says of itself ----------------------------------------------------------------


def test_a_slider_says_all_about_its_argument():
    assert DOSE == {"kind": "slider", "name": "dose", "label": "Dose", "unit": "mg/kg", "help": "Each time.",
                    "min": 100, "max": 2000, "value": 400, "step": 50}


def test_a_logarithmic_slider_has_a_grid_and_no_step():
    assert LEVEL["grid"][0] == 0.5 and LEVEL["grid"][-1] == 60 and "step" not in LEVEL
    assert slider("x", "X", min=1, max=10, value=2, step=3, log=True)["grid"] == \
        slider("x", "X", min=1, max=10, value=2, log=True)["grid"]


def test_a_choice_lists_its_options_in_the_order_given():
    assert LAW == {"kind": "choice", "name": "law", "label": "Clearance", "help": "", "value": "linear",
                   "options": [{"value": "saturable", "label": "Saturable"},
                               {"value": "linear", "label": "Constant"}]}


def test_a_toggle_is_on_or_off():
    assert DIVIDED == {"kind": "toggle", "name": "divided", "label": "Over 5 days", "help": "In five parts.",
                       "value": False}
    assert toggle("x", "X", value=True)["value"] is True


def test_unit_and_help_may_be_left_out():
    assert slider("x", "X", min=0, max=1, step=1, value=0)["unit"] == ""
    assert [control["help"] for control in (LEVEL, LAW, toggle("x", "X", value=True))] == ["", "", ""]


def test_controls_can_be_sent_to_the_page():
    assert json.loads(json.dumps(CONTROLS, allow_nan=False)) == CONTROLS


# ---- what cannot be a control ---------------------------------------------------------------------


@pytest.mark.parametrize("step", [None, 0, -1, math.nan])
def test_a_slider_without_a_step_above_zero_is_refused(step):
    with pytest.raises(ValueError, match="slider 'dose' needs step > 0 or log=True"):
        slider("dose", "Dose", min=0, max=10, step=step, value=5)


@pytest.mark.parametrize("low, high", [(0, 10), (-1, 10), (10, 10), (10, 1), (math.nan, 10), (1, math.nan)])
def test_a_logarithmic_slider_needs_a_range_above_zero(low, high):
    with pytest.raises(ValueError, match="logarithmic slider needs 0 < min < max, got"):
        slider("x", "X", min=low, max=high, value=high, log=True)


@pytest.mark.parametrize("value", [99, 2001, 425, *NO_NUMBERS, *OFF_THE_LINE])
def test_a_slider_is_refused_whose_start_it_does_not_offer(value):
    with pytest.raises(ValueError, match="start value: dose must be"):
        slider("dose", "Dose", unit="mg/kg", min=100, max=2000, step=50, value=value)


@pytest.mark.parametrize("low, high", [(10, 0), (math.nan, 10), (0, math.nan)])
def test_a_slider_is_refused_whose_range_holds_nothing(low, high):
    with pytest.raises(ValueError, match="start value: x must be"):
        slider("x", "X", min=low, max=high, step=1, value=5)


def test_a_choice_is_refused_whose_start_is_none_of_its_options():
    with pytest.raises(ValueError, match=r"start value: law must be one of \['a', 'b'\], got 'c'"):
        choice("law", "Law", options={"a": "A", "b": "B"}, value="c")
    with pytest.raises(ValueError, match=r"must be one of \[\]"):
        choice("law", "Law", options={}, value="a")


@pytest.mark.parametrize("value", [1, 0, None, "yes", math.nan])
def test_a_toggle_is_refused_whose_start_is_neither_true_nor_false(value):
    with pytest.raises(ValueError, match="start value: x must be True or False, got"):
        toggle("x", "X", value=value)


# ---- values of controls ---------------------------------------------------------------------------


def test_the_opening_state_holds_every_start_value():
    assert opening(CONTROLS) == {"dose": 400, "level": 10, "law": "linear", "divided": False}
    assert opening([]) == {}


def test_the_opening_state_is_the_one_without_values():
    assert check(CONTROLS, {}) == opening(CONTROLS)


def test_values_replace_the_start_and_leave_it_as_it_is():
    values = {"dose": 1000, "law": "saturable"}
    assert check(CONTROLS, values) == {"dose": 1000, "level": 10, "law": "saturable", "divided": False}
    assert values == {"dose": 1000, "law": "saturable"} and DOSE["value"] == 400


def test_the_order_of_a_state_is_that_of_its_controls():
    assert list(check(CONTROLS, {"divided": True, "dose": 100})) == ["dose", "level", "law", "divided"]


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match="no control 'doze'; the controls are: dose, level, law, divided"):
        check(CONTROLS, {"doze": 400})
    with pytest.raises(ValueError, match="no control 'x'"):
        check([], {"x": 1})


@pytest.mark.parametrize("value, said", [
    (50, "dose must be 100 to 2000 mg/kg, got 50"),
    (2000.001, "dose must be 100 to 2000 mg/kg, got 2000.001"),
    (math.nan, "dose must be 100 to 2000 mg/kg, got nan"), (math.inf, "got inf"), (-math.inf, "got -inf"),
    (401, "dose must be 100 plus a multiple of 50, got 401"), (10 ** 400, "dose must be 100 to 2000"),
    ("400", "dose must be a number, got '400'"), (None, "dose must be a number, got None"),
    (True, "dose must be a number, got True"), ([400], "dose must be a number, got [400]"),
    (4 + 0j, "dose must be a number, got (4+0j)")])
def test_a_slider_says_which_values_it_takes(value, said):
    with pytest.raises(ValueError) as refused:
        check(CONTROLS, {"dose": value})
    assert said in str(refused.value)


@pytest.mark.parametrize("value", ["Linear", "", None, math.nan, 0, True, ["linear"], {"linear": 1}])
def test_a_choice_says_which_options_there_are(value):
    with pytest.raises(ValueError, match=r"law must be one of \['saturable', 'linear'\], got"):
        check(CONTROLS, {"law": value})


@pytest.mark.parametrize("value", [0, 1, 1.0, "True", None, math.nan, []])
def test_a_toggle_takes_nothing_but_true_and_false(value):
    with pytest.raises(ValueError, match="divided must be True or False, got"):
        check(CONTROLS, {"divided": value})


def test_one_bad_value_among_good_ones_is_refused():
    with pytest.raises(ValueError, match="law must be"):
        check(CONTROLS, {"dose": 400, "law": "x", "divided": True})


def test_a_step_that_no_binary_number_meets_exactly_is_met():
    bonds = slider("bonds", "Bonds", min=1, max=6, step=0.1, value=3.2)
    for tenths in range(10, 61):
        assert check([bonds], {"bonds": tenths / 10})["bonds"] == tenths / 10
    with pytest.raises(ValueError, match="bonds must be 1 plus a multiple of 0.1, got 3.25"):
        check([bonds], {"bonds": 3.25})


@given(st.floats(-1e3, 1e3), st.floats(1e-2, 1e2), st.integers(1, 500), st.data())
def test_every_step_is_offered_and_none_between(low, step, steps, data):
    high, n = low + steps * step, data.draw(st.integers(0, steps))
    control = slider("x", "X", min=low, max=high, step=step, value=low)
    value = min(low + n * step, high)
    assert check([control], {"x": value}) == {"x": value}
    between = min(n, steps - 1) + data.draw(st.floats(0.01, 0.99))
    with pytest.raises(ValueError):
        check([control], {"x": low + between * step})


@given(st.one_of(st.floats(), st.integers(), st.text(), st.booleans(), st.none(), st.lists(st.integers())))
def test_whatever_comes_is_taken_as_it_is_or_refused(value):
    for control in CONTROLS:
        try:
            state = check([control], {control["name"]: value})
        except ValueError as refused:
            assert str(refused).startswith(control["name"] + " must be ")
        else:
            assert state == {control["name"]: value}
            json.dumps(state, allow_nan=False)


@given(spans, st.floats(0, 1))
def test_a_logarithmic_slider_takes_what_lies_between_its_ends(span, share):
    low, high = span
    control = slider("x", "X", min=low, max=high, value=low, log=True)
    value = min(max(low * (high / low) ** share, low), high)
    assert check([control], {"x": value}) == {"x": value}
    for outside in (low * 0.999, high * 1.001, math.nan, -low):
        with pytest.raises(ValueError, match="x must be"):
            check([control], {"x": outside})


# ---- the grid of a logarithmic slider -------------------------------------------------------------


@given(spans)
def test_a_grid_rises_from_end_to_end(span):
    low, high = span
    grid = slider("x", "X", min=low, max=high, value=low, log=True)["grid"]
    assert grid[0] == low and grid[-1] == high
    assert all(before < after for before, after in zip(grid, grid[1:]))


@given(spans)
def test_inside_a_grid_all_have_two_digits_and_neighbours_are_close(span):
    low, high = span
    grid = slider("x", "X", min=low, max=high, value=low, log=True)["grid"]
    assert all(value == float(f"{value:.2g}") for value in grid[1:-1])
    assert all(after / before < 1.3 for before, after in zip(grid, grid[1:]))


def test_a_decade_has_about_twenty_values():
    grid = slider("x", "X", min=1, max=10, value=1, log=True)["grid"]
    assert grid == [1, 1.1, 1.3, 1.4, 1.6, 1.8, 2.0, 2.2, 2.5, 2.8, 3.2,
                    3.5, 4.0, 4.5, 5.0, 5.6, 6.3, 7.1, 7.9, 8.9, 10]


def test_a_range_of_less_than_a_step_has_its_ends_only():
    assert slider("x", "X", min=1, max=1.01, value=1, log=True)["grid"] == [1, 1.01]
