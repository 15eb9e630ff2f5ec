"""Donor pool."""

from widgets.models.donor_pool import donors_for, presence, product_titre
from widgets.validation import target

UNSEEN = "second-hand, record not seen"
DIRECTION = "A direction only: the model has titre in proportion to prevalence."

TARGETS = [
    target("donors for a 95 % chance, 1 carrier in 100", lambda: donors_for(0.95, 1e-2), 299, "MET",
           unit="donors", tolerance=0.5, source="arithmetic"),
    target("donors for a 95 % chance, 1 carrier in 1000", lambda: donors_for(0.95, 1e-3), 2995, "MET",
           unit="donors", tolerance=0.5, source="arithmetic"),
    target("donors for a 95 % chance, 1 carrier in 10,000", lambda: donors_for(0.95, 1e-4), 29956, "MET",
           unit="donors", tolerance=0.5, source="arithmetic"),
    target("chance that 1000 donors hold what 1 in 1000 carries", lambda: presence(1e-3, 1000), 0.632, "MET",
           tolerance=0.0005, source="arithmetic"),
    target("chance that 3000 donors hold what 1 in 1000 carries", lambda: presence(1e-3, 3000), 0.950, "MET",
           tolerance=0.0005, source="arithmetic"),
    target("chance that 10,000 donors hold what 1 in 1000 carries", lambda: presence(1e-3, 10000), 1.000,
           "MET", tolerance=0.0005, source="arithmetic"),
    target("titre to a virus that no donor has met, as in lots made by January 2020",
           lambda: product_titre(0.0), 0, "MET", tolerance=1e-12, source=UNSEEN, note=DIRECTION),
    target("chance that 1000 donors hold the new antibody when 1 in 1000 carries it "
           "(pools turn positive, from July 2020)",
           lambda: presence(1e-3, 1000) - presence(0.0, 1000), (0, 1), "MET",
           source="[romero2021] first positive pools", note=DIRECTION),
    target("rise of the titre through 2021, if the carriers rise from 1 in 50 to 1 in 2",
           lambda: product_titre(0.5) / product_titre(0.02), (10, 50), "FITTED", unit="times", source=UNSEEN,
           note="The two prevalences were chosen to give it: the model only says that titre follows them."),
]
