"""IgA deficiency in a clinic: the chance of meeting it, and no risk of anything."""

from math import exp, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.models.iga_deficiency import at_least_one, patients_at, with_anti_iga

prevalences = st.integers(100, 20000).map(lambda one_in: 1 / one_in)
shares, clinics = st.floats(0.2, 0.55), st.integers(0, 10 ** 5)


@given(prevalences, clinics, shares)
def test_the_subset_is_met_less_often_than_the_whole(prevalence, patients, share):
    assert at_least_one(prevalence, patients, share) <= at_least_one(prevalence, patients)


@given(prevalences, shares)
def test_subset_and_the_rest_together_are_the_whole(prevalence, share):
    rest = with_anti_iga(prevalence, 1 - share)
    assert with_anti_iga(prevalence, share) + rest == pytest.approx(prevalence)


@given(prevalences, st.integers(1, 10 ** 5))
def test_chance_is_close_to_that_of_independent_rare_events(prevalence, patients):
    poisson = 1 - exp(-prevalence * patients)
    assert poisson <= at_least_one(prevalence, patients) + 1e-12
    assert at_least_one(prevalence, patients) == pytest.approx(poisson, abs=prevalence)


@given(prevalences, clinics, st.integers(0, 1000))
def test_more_patients_never_lower_the_chance(prevalence, patients, more):
    assert 0 <= at_least_one(prevalence, patients) <= at_least_one(prevalence, patients + more) <= 1


@given(prevalences, shares, st.floats(0.01, 0.99))
def test_the_clinic_that_is_asked_for_has_the_chance_asked_for(prevalence, share, chance):
    patients = patients_at(chance, prevalence, share)
    assert at_least_one(prevalence, patients, share) == pytest.approx(chance, rel=1e-9)


def test_no_patients_no_deficiency_and_no_share_give_no_chance():
    assert at_least_one(0.01, 0) == 0 and at_least_one(0, 100) == 0 and at_least_one(0.01, 100, 0) == 0


@pytest.mark.parametrize("call", [
    lambda: at_least_one(-0.1, 10), lambda: at_least_one(1.1, 10), lambda: at_least_one(nan, 10),
    lambda: at_least_one(0.1, -1), lambda: at_least_one(0.1, nan), lambda: at_least_one(0.1, inf),
    lambda: at_least_one(0.1, 10, 1.1), lambda: at_least_one(0.1, 10, nan), lambda: with_anti_iga(0.1, -1),
    lambda: patients_at(1, 0.1), lambda: patients_at(nan, 0.1), lambda: patients_at(0.5, 0),
    lambda: patients_at(0.5, 0.1, 0)])
def test_what_is_out_of_range_is_refused(call):
    with pytest.raises(ValueError, match="must be"):
        call()
