"""The worksheet's logic: every limit from both sides, missing tests, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.criteria import (
    ANTIBODIES, CREATININE, INFECTIONS, MET, MISSING, NOT_ASKED, NOT_MET, RANGES, RESPONSES, Patient,
    baseline_findings, count, floor_for, low_classes, ranges_for, source_findings, today_findings, total)

NAN, INFINITY = float("nan"), float("inf")

patients = st.builds(
    Patient, age=st.floats(0.25, 100), igg=st.floats(0, 4000), iga=st.floats(0, 800), igm=st.floats(0, 800),
    protein=st.sampled_from(RESPONSES), polysaccharide=st.sampled_from(RESPONSES),
    infection_antibody=st.sampled_from(ANTIBODIES), infections=st.sampled_from(INFECTIONS),
    creatinine=st.sampled_from(CREATININE), liver=st.booleans(), blood_count=st.booleans(),
    hepatitis=st.booleans())


def patient(**values):
    """A healthy adult with every test done, and what a test changes."""
    healthy = dict(age=40, igg=1000, iga=200, igm=100, protein="normal", polysaccharide="normal",
                   infection_antibody="present", infections="none", creatinine="normal", liver=True,
                   blood_count=True, hepatitis=True)
    return Patient(**(healthy | values))


def results(findings):
    return {finding.criterion: finding.result for finding in findings}


def test_a_healthy_adult_meets_nothing_and_misses_no_test():
    assert set(results(source_findings(patient())).values()) == {NOT_MET}
    assert set(results(today_findings(patient())).values()) == {NOT_MET, NOT_ASKED}
    assert set(results(baseline_findings(patient())).values()) == {MET}


@pytest.mark.parametrize("igg, iga, igm, result", [
    (199, 300, 100, MET), (200, 300, 100, NOT_MET), (250, 100, 49, MET), (250, 100, 50, NOT_MET),
    (399, 0, 0, MET), (400, 0, 0, NOT_MET)])
def test_level_of_the_review_is_met_below_200_of_igg_or_below_400_in_all(igg, iga, igm, result):
    assert results(source_findings(patient(igg=igg, iga=iga, igm=igm)))["level"] == result


def test_total_is_the_sum_of_three_classes():
    assert total(patient()) == 1300


@pytest.mark.parametrize("igg, result", [(699, MET), (700, NOT_MET)])
def test_igg_is_low_below_the_range_for_the_age(igg, result):
    assert results(today_findings(patient(igg=igg)))["igg_for_age"] == result


@pytest.mark.parametrize("age, igg, result", [
    (0.5, 199, MET), (0.5, 200, NOT_MET), (0.99, 300, NOT_MET), (1, 499, MET), (1, 500, NOT_MET),
    (17.9, 499, MET), (18, 100, NOT_ASKED)])
def test_agammaglobulinaemia_asks_for_200_in_the_first_year_and_500_later_in_childhood(age, igg, result):
    assert results(today_findings(patient(age=age, igg=igg)))["igg_floor"] == result


def test_floors_are_those_of_esid():
    assert (floor_for(0.9), floor_for(1), floor_for(18)) == (200, 500, None)


@pytest.mark.parametrize("iga, igm, result", [
    (69, 100, MET), (70, 100, NOT_MET), (70, 39, MET), (70, 40, NOT_MET), (5, 5, MET)])
def test_a_second_class_is_low_if_iga_or_igm_is(iga, igm, result):
    assert results(today_findings(patient(iga=iga, igm=igm)))["second_class"] == result


def test_iga_deficiency_with_normal_igg_meets_one_of_todays_criteria():
    found = today_findings(patient(iga=5))
    assert count(found, MET) == 1 and results(found)["second_class"] == MET


@pytest.mark.parametrize("protein, polysaccharide, result", [
    ("normal", "normal", NOT_MET), ("none", "normal", MET), ("normal", "partial", MET),
    ("none", "not tested", MET), ("normal", "not tested", MISSING), ("not tested", "not tested", MISSING)])
def test_one_poor_answer_to_a_vaccine_is_enough_and_a_normal_one_is_not(protein, polysaccharide, result):
    one = patient(protein=protein, polysaccharide=polysaccharide)
    assert results(source_findings(one))["vaccine"] == results(today_findings(one))["vaccine"] == result


@pytest.mark.parametrize("igg, result", [(100, NOT_ASKED), (101, MISSING)])
def test_a_missing_vaccine_test_is_not_asked_for_up_to_100(igg, result):
    one = patient(igg=igg, protein="not tested")
    assert results(today_findings(one))["vaccine"] == result
    assert results(source_findings(one))["vaccine"] == MISSING


def test_a_vaccine_test_that_was_done_counts_at_any_igg():
    assert results(today_findings(patient(igg=50)))["vaccine"] == NOT_MET
    assert results(today_findings(patient(igg=50, protein="none")))["vaccine"] == MET


@pytest.mark.parametrize("word, result", [("absent", MET), ("present", NOT_MET), ("not tested", MISSING)])
def test_antibody_after_an_infection(word, result):
    assert results(source_findings(patient(infection_antibody=word)))["infection_antibody"] == result


@pytest.mark.parametrize("word, result", [("none", NOT_MET), ("few", NOT_MET), ("recurrent", MET)])
def test_only_recurrent_or_severe_infections_count(word, result):
    assert results(today_findings(patient(infections=word)))["infections"] == result


def test_tests_before_the_first_infusion_are_known_or_missing():
    bare = patient(creatinine="not measured", liver=False, blood_count=False, hepatitis=False)
    assert results(baseline_findings(bare)) == {
        "kidney": MISSING, "liver": MISSING, "blood_count": MISSING, "hepatitis": MISSING, "iga": MET}
    raised = baseline_findings(patient(creatinine="raised"))[0]
    assert raised.result == MET and "raised" in raised.reason


def test_iga_deficiency_is_named_below_7_and_from_four_years_on():
    def reason(**values):
        return baseline_findings(patient(**values))[-1].reason
    assert reason(iga=7) == reason(iga=7, age=2) == "not absent"
    assert "deficient" in reason(iga=6.9, age=4) and "not named" in reason(iga=6.9, age=3.9)


@given(patients)
def test_every_patient_gets_four_five_and_five_findings_with_a_reason(one):
    lists = source_findings(one), today_findings(one), baseline_findings(one)
    assert [len(found) for found in lists] == [4, 5, 5]
    for finding in sum(lists, []):
        assert finding.result in (MET, NOT_MET, MISSING, NOT_ASKED) and finding.reason


@given(patients, st.floats(1, 3))
def test_more_igg_never_meets_more_criteria(one, times):
    other = Patient(one.age, one.igg * times, *one[2:])
    assert count(source_findings(other), MET) <= count(source_findings(one), MET)
    assert count(today_findings(other), MET) <= count(today_findings(one), MET)


@given(patients)
def test_low_classes_are_those_below_their_range(one):
    ranges = ranges_for(one.age)
    assert [name in low_classes(one) for name in ("IgG", "IgA", "IgM")] == [
        one.igg < ranges.igg[0], one.iga < ranges.iga[0], one.igm < ranges.igm[0]]


def test_ranges_rise_with_age_after_early_infancy():
    for (age, younger), (later, older) in zip(RANGES, RANGES[1:]):
        assert age < later
        assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in zip(younger, older))


@pytest.mark.parametrize("age", [0, 0.2, 121, -1, NAN, INFINITY])
def test_ages_without_a_range_are_refused(age):
    with pytest.raises(ValueError, match="age must be 0.25 to 120 years"):
        ranges_for(age)
    with pytest.raises(ValueError, match="age must be"):
        source_findings(patient(age=age))


@pytest.mark.parametrize("name", ["igg", "iga", "igm"])
@pytest.mark.parametrize("value", [-1, NAN, INFINITY])
def test_impossible_levels_are_refused(name, value):
    for findings in (source_findings, today_findings, baseline_findings):
        with pytest.raises(ValueError, match=f"{name} must be 0 to 20000 mg/dL, got {value}"):
            findings(patient(**{name: value}))


@pytest.mark.parametrize(
    "name", ["protein", "polysaccharide", "infection_antibody", "infections", "creatinine"])
def test_unknown_words_list_what_there_is(name):
    with pytest.raises(ValueError, match=f"{name} must be one of .*got 'maybe'"):
        today_findings(patient(**{name: "maybe"}))
