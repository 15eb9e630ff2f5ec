"""The widget on the rebound of a donor-specific antibody: what comes back, from where, and what holds it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.asking import asking
from widgets.catalog import antibody_rebound as widget
from widgets.models.autoantibody import at_day, removal_sessions, simulate_autoantibody
from widgets.models.igg_level import clearance, kinetics, production, regimen

ask = asking(widget)
figure, describe = ask.figure, ask.describe


def trace(made, name):
    found = [trace for trace in made["data"] if trace["name"] == name]
    return found[0] if found else None


def course(dose, share):
    doses = [(9 + day, amount) for day, amount in regimen(dose, 28, 1, True)]
    return simulate_autoantibody(doses, production_share=share, removals=removal_sessions(5), days=112)


anything = st.fixed_dictionaries({
    "sessions": st.integers(0, 7), "volumes": st.sampled_from([0.5, 0.75, 1.0, 1.25, 1.5]),
    "dose": st.sampled_from([0, 500, 1000, 1500, 2000]), "courses": st.integers(1, 4),
    "production": st.sampled_from(range(0, 101, 10))})


@settings(deadline=None, max_examples=40)
@given(anything)
def test_every_number_lies_on_the_axis_and_the_sentence_is_short(state):
    made, said = widget.figure(**state), widget.describe(**state)
    for part in made["data"]:
        assert all(0 <= y <= 100 + 1e-6 for y in part["y"]) and all(0 <= x <= 112 for x in part["x"])
        assert len(part["x"]) <= 200
    assert 1 <= said.count(". ") + 1 <= 3
    assert len(made["data"]) <= 6 and len(made["layout"]["annotations"]) <= 6


def test_opening_says_what_is_left_and_what_comes_back():
    said = describe()
    assert "5 sessions, each removing 63 % of what plasma holds, leave 14 % of the antibody in plasma" in said
    assert "41 % in tissue" in said
    assert "at 78 % without IVIG and 64 % with 2 g/kg, its production unchanged" in said
    assert "With the same treatment and production stopped it would be at 7 %." in said


def test_answer_of_the_task_holds_the_numbers_of_the_model():
    alone, ivig, stopped = course(0, 1.0), course(2000, 1.0), course(2000, 0.0)
    left = [f"{100 * at_day(c.times, c.antibody, 36):.0f}" for c in (alone, ivig, stopped)]
    assert left == ["78", "64", "7"]
    assert widget.TASK["answer"].startswith("78 % without IVIG, 64 % with it, and 7 % with IVIG")
    n = max(i for i, day in enumerate(ivig.times) if day == 8)
    next_day = ivig.times.index(9)
    assert [f"{100 * ivig.antibody[i]:.0f}" for i in (n, next_day)] == ["14", "25"]
    assert f"{100 * ivig.antibody_peripheral[n]:.0f}" == "41"
    assert "rises from 14 to 25 %" in widget.TASK["answer"] and "41 % had stayed" in widget.TASK["answer"]
    assert "Five exchanges leave 14 %" in widget.TASK["predict"]


def test_in_the_first_day_about_half_comes_from_tissue_and_half_is_newly_made():
    ivig, k = course(2000, 1.0), kinetics()
    n, end = max(i for i, day in enumerate(ivig.times) if day == 8), ivig.times.index(9)
    tissue = 0.0
    for i in range(n, end):
        gaps = [ivig.antibody_peripheral[j] - ivig.antibody[j] for j in (i, i + 1)]
        tissue += (ivig.times[i + 1] - ivig.times[i]) * k.exchange / k.central_volume * sum(gaps) / 2
    made = production(11) / 11 / k.central_volume
    assert made == pytest.approx(clearance(11) / k.central_volume)
    assert 0.4 < tissue / (tissue + made) < 0.6


def test_ivig_slows_the_rebound_far_less_than_stopping_production():
    lines = {name: trace(figure(), name) for name in ("no IVIG", "with IVIG", "production stopped")}
    ends = {name: line["y"][-1] for name, line in lines.items()}
    assert ends["no IVIG"] - ends["with IVIG"] < 10 < 80 < ends["with IVIG"] - ends["production stopped"]


def test_comparison_is_the_other_end_of_production():
    assert trace(figure(production=60), "production stopped")
    assert trace(figure(production=50), "production unchanged")["y"] == trace(figure(), "with IVIG")["y"]


def test_tissue_is_drawn_only_beside_sessions():
    assert trace(figure(), "in tissue") and not trace(figure(sessions=0), "in tissue")


def test_without_sessions_and_ivig_nothing_moves():
    made = figure(sessions=0, dose=0)
    assert trace(made, "no IVIG")["y"] == pytest.approx([100] * len(trace(made, "no IVIG")["y"]))
    assert "is at 100 % without IVIG, its production unchanged" in describe(sessions=0, dose=0)


def test_one_session_is_told_in_the_singular():
    assert describe(sessions=1).startswith("One session, removing 63 % of what plasma holds, leaves 37 %")


def test_limits_say_rightly_how_low_igg_goes_and_how_far_one_course_takes_the_antibody():
    assert min(course(0, 1.0).igg) < 3
    alone = simulate_autoantibody(regimen(2000, 28, 1, True))
    assert f"{100 * (1 - min(alone.antibody)):.0f}" == "16" and "gives 16 % here" in widget.LIMITS[2]
