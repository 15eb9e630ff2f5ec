"""Numbers in sentences, the same in both Pythons."""


def thousands(number):
    """A whole number with a comma before every three digits, from five digits on: 2995, but 29,956."""
    digits, groups = f"{number + 1e-9:.0f}", ""  # off exact halves, which the two Pythons round differently
    while len(digits) > (3 if groups else 4):
        digits, groups = digits[:-3], "," + digits[-3:] + groups
    return digits + groups
