"""Anti-idiotype neutralisation."""

from widgets.models.idiotypes import bound_fraction
from widgets.validation import target


def bound(power, expected):
    """The fraction bound at 25 g/L and an affinity of 10^power per M, with the default f and A."""
    return target(f"fraction bound at 25 g/L, f = 0.001, A = 10 nM, Ka = 10^{power} per M",
                  lambda: bound_fraction(25, 10.0 ** power), expected, "MET", tolerance=0.0005,
                  source="arithmetic")


TARGETS = [bound(5, 0.016), bound(6, 0.142), bound(7, 0.616), bound(8, 0.940), bound(9, 0.994)]
