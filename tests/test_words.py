"""Numbers in sentences."""

import pytest

from widgets.words import thousands


@pytest.mark.parametrize("number, said", [
    (0, "0"), (69.3, "69"), (0.5, "1"), (1155.1, "1155"), (9999, "9999"), (10000, "10,000"), (13862.6, "13,863"),
    (34657, "34,657"), (1234567, "1,234,567")])
def test_numbers_of_five_digits_get_a_comma(number, said):
    assert thousands(number) == said
