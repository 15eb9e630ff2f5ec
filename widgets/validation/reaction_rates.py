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
    *[target(f"patients with a reaction, {100 * mu:g} % of infusions, clustering {rho:g}, {n} infusions",
             _percent(mu, rho, n), share, "MET", unit="%", tolerance=0.05, source="arithmetic",
             note="This is how 1 % and 81 % can both be printed." if share == 81.7 else "")
      for mu, rho, shares in ((0.025, 0, (2.5, 26.2, 53.2)), (0.025, 0.1, (2.5, 18.1, 29.0)),
                              (0.09, 0.05, (9.0, 58.8, 81.7)))
      for n, share in zip((1, 12, 30), shares)],
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
