"""The model of reactions per infusion and per patient: limits, order, and what bad input gets."""

from math import exp, inf, isfinite, lgamma, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.reaction_rates import (
    ANAPHYLAXIS, CLUSTERING, INFUSIONS, RATE, STUDIES, ae_per_patient, anaphylaxis_rate,
    course_of_patients, fitted_clustering, mean_infusions)

rates = st.integers(1, 30).map(lambda n: n / 200)  # the control: 0.5 to 15 %
clusterings = st.integers(0, 12).map(lambda n: n / 20)
counts = st.integers(1, 40)


def by_beta_functions(mu, rho, n):
    """The equation as printed in the docstring of the model, through gamma functions."""
    a, b = mu * (1 - rho) / rho, (1 - mu) * (1 - rho) / rho
    return 1 - exp(lgamma(b + n) - lgamma(a + b + n) + lgamma(a + b) - lgamma(b))


@given(rates, st.integers(1, 12).map(lambda n: n / 20), counts)
def test_the_product_is_the_ratio_of_beta_functions(mu, rho, n):
    assert ae_per_patient(mu, rho, n) == pytest.approx(by_beta_functions(mu, rho, n), abs=1e-11)


@given(rates, counts)
def test_without_clustering_infusions_are_independent(mu, n):
    assert ae_per_patient(mu, 0, n) == pytest.approx(1 - (1 - mu) ** n, abs=1e-12)


@given(rates, clusterings)
def test_after_one_infusion_both_denominators_agree(mu, rho):
    assert ae_per_patient(mu, rho, 1) == pytest.approx(mu, abs=1e-12)


@given(rates, clusterings, st.integers(1, 39))
def test_more_infusions_mean_more_patients_with_a_reaction(mu, rho, n):
    assert ae_per_patient(mu, rho, n) < ae_per_patient(mu, rho, n + 1) < 1


@given(rates, clusterings, st.integers(2, 40))
def test_clustering_means_fewer_patients(mu, rho, n):
    assert mu < ae_per_patient(mu, rho + 0.05, n) < ae_per_patient(mu, rho, n)


@given(st.integers(1, 29).map(lambda n: n / 200), clusterings, counts)
def test_a_higher_rate_means_more_patients(mu, rho, n):
    assert ae_per_patient(mu + 0.005, rho, n) > ae_per_patient(mu, rho, n)


def test_with_full_clustering_the_same_few_patients_react_each_time():
    assert ae_per_patient(0.09, 1 - 1e-9, 40) == pytest.approx(0.09, abs=1e-6)


@given(st.floats(1e-6, 1 - 1e-6), st.floats(0, 1 - 1e-9), st.integers(1, 500))
def test_every_input_gives_a_share(mu, rho, n):
    share = ae_per_patient(mu, rho, n)
    assert isfinite(share) and 0 <= share <= 1


@given(rates, clusterings, counts)
def test_the_course_ends_in_the_share_and_has_one_value_per_infusion(mu, rho, n):
    course = course_of_patients(mu, rho, n)
    assert len(course) == n and course[-1] == ae_per_patient(mu, rho, n)
    assert course == sorted(course)


def test_a_whole_number_may_come_with_its_point():
    assert ae_per_patient(0.025, 0.1, 12.0) == ae_per_patient(0.025, 0.1, 12)


@given(rates, st.integers(0, 19).map(lambda n: n / 20), st.integers(2, 40))
def test_fitting_finds_the_clustering_that_made_the_share(mu, rho, n):
    share = ae_per_patient(mu, rho, n)
    assert fitted_clustering(mu, share, n) == pytest.approx(rho, abs=1e-8)


def test_first_ever_administrations_bring_most_anaphylaxis():
    assert (anaphylaxis_rate("first") > anaphylaxis_rate("after a gap") > anaphylaxis_rate("all")
            > anaphylaxis_rate("within 42 days") > 0)
    assert set(ANAPHYLAXIS) == {"first", "after a gap", "within 42 days", "all"}


def test_per_patient_shares_are_larger_than_per_infusion_shares_in_every_study():
    both = [study for study in STUDIES if None not in (study.infusion_share, study.patient_share)]
    assert len(both) >= 7 and all(study.patient_share > study.infusion_share for study in both)


def test_every_study_has_a_share_and_a_name_of_its_own():
    assert len({study.name for study in STUDIES}) == len(STUDIES)
    for study in STUDIES:
        shares = [share for share in (study.infusion_share, study.patient_share) if share is not None]
        assert shares and all(0 < share < 1 for share in shares)
        assert study.key.isalnum() and study.key.islower() and study.counted


def test_mean_infusions_are_rounded_and_unknown_where_not_printed():
    means = {study.name: mean_infusions(study) for study in STUDIES}
    assert means["Malbrán 2013, looking back"] == 45 and means["Malbrán 2013, followed"] == 15
    assert means["Kato 2021, all"] is None and means["Kubota 2020"] is None


def test_the_share_printed_as_7_2_percent_in_malbran2013_is_8_8():
    study = [study for study in STUDIES if study.name == "Malbrán 2013, followed"][0]
    assert 100 * study.infusion_share == pytest.approx(8.8, abs=0.05)


def test_defaults_are_values_of_the_controls():
    assert (RATE, CLUSTERING, INFUSIONS) == (0.025, 0.10, 12)


@pytest.mark.parametrize("call", [
    lambda: ae_per_patient(0, 0.1, 12), lambda: ae_per_patient(1, 0.1, 12),
    lambda: ae_per_patient(nan, 0.1, 12), lambda: ae_per_patient(0.1, 0.1, nan),
    lambda: ae_per_patient(0.1, 0.1, inf), lambda: ae_per_patient(0.1, -0.1, 12),
    lambda: ae_per_patient(0.1, 1, 12),
    lambda: ae_per_patient(0.1, nan, 12), lambda: ae_per_patient(0.1, 0.1, 0),
    lambda: ae_per_patient(0.1, 0.1, 2.5), lambda: course_of_patients(0.1, 0.1, nan),
    lambda: course_of_patients(0.1, 0.1, inf), lambda: course_of_patients(0.1, 0.1, 0),
    lambda: fitted_clustering(0.1, 0.1, 12), lambda: fitted_clustering(0.1, 0.99, 12),
    lambda: fitted_clustering(0.1, nan, 12), lambda: anaphylaxis_rate("later")])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_a_refusal_names_the_argument_and_its_value():
    with pytest.raises(ValueError, match="mu must be > 0 and < 1, got 2"):
        ae_per_patient(2, 0.1, 12)
    with pytest.raises(ValueError, match="there are: after a gap, all, first, within 42 days"):
        anaphylaxis_rate("later")
