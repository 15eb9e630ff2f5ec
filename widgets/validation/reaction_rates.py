"""Adverse reactions: one rate, two denominators."""

from widgets.models.reaction_rates import (
    STUDIES, ae_per_patient, anaphylaxis_rate, fitted_clustering, mean_infusions)
from widgets.validation import target


def _percent(mu, rho, n):
    return lambda: 100 * ae_per_patient(mu, rho, n)


def _clustering(name):
    study = [study for study in STUDIES if study.name == name][0]
    return lambda: fitted_clustering(study.infusion_share, study.patient_share, mean_infusions(study))


TARGETS = [
    target("patients with a reaction, 2.5 % of infusions, no clustering, 1 infusion",
           _percent(0.025, 0, 1), 2.5, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 2.5 % of infusions, no clustering, 12 infusions",
           _percent(0.025, 0, 12), 26.2, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 2.5 % of infusions, no clustering, 30 infusions",
           _percent(0.025, 0, 30), 53.2, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 2.5 % of infusions, clustering 0.1, 1 infusion",
           _percent(0.025, 0.1, 1), 2.5, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 2.5 % of infusions, clustering 0.1, 12 infusions",
           _percent(0.025, 0.1, 12), 18.1, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 2.5 % of infusions, clustering 0.1, 30 infusions",
           _percent(0.025, 0.1, 30), 29.0, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 9 % of infusions, clustering 0.05, 1 infusion",
           _percent(0.09, 0.05, 1), 9.0, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 9 % of infusions, clustering 0.05, 12 infusions",
           _percent(0.09, 0.05, 12), 58.8, "MET", unit="%", tolerance=0.05, source="arithmetic"),
    target("patients with a reaction, 9 % of infusions, clustering 0.05, 30 infusions",
           _percent(0.09, 0.05, 30), 81.7, "MET", unit="%", tolerance=0.05, source="arithmetic",
           note="This is how 1 % and 81 % can both be printed."),
    target("anaphylaxis, first administration over one within 42 days of another, crude ratio",
           lambda: anaphylaxis_rate("first") / anaphylaxis_rate("within 42 days"), 5.9, "MET", tolerance=0.05,
           source="[martinez2021] rates by exposure"),
    target("clustering that fits both shares of the retrospective part of an audit",
           _clustering("Malbrán 2013, looking back"), 0.03, "FITTED", tolerance=0.005,
           source="[malbran2013] counts of the abstract",
           note="Solved from 24 of 1,031 infusions and 11 of 23 patients."),
    target("clustering that fits both shares of the prospective part of an audit",
           _clustering("Malbrán 2013, followed"), 0.09, "FITTED", tolerance=0.005,
           source="[malbran2013] counts of the abstract",
           note="Solved from 32 of 364 infusions and 14 of 24 patients."),
    target("patients with a reaction, 3.4 % of infusions, default clustering, 7 infusions",
           _percent(97 / 2888, 0.10, 7), 8.5, "NOT MET", unit="%", tolerance=1.0,
           source="[kato2021] high-dose courses, Table 4",
           note="The default of 0.10 predicts more patients; this count needs a clustering of about 0.5."),
]
