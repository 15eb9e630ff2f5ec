"""The published numbers that each model is held against: one module per model, a list TARGETS in each.

The tests check every verdict and the page `chapters/models` prints and draws the same list, so that the
two cannot drift apart. Runs where the book is built, never in a reader's page.
"""

VERDICTS = {
    "MET": "inside the published range with the default parameters",
    "FITTED": "inside the range, but a parameter was chosen with this number in view: no evidence for the model",
    "NOT MET": "an honest version of the model misses the published number",
    "REGRESSION": "a number of the model itself, kept so that a change is noticed",
}


def target(what, computed, expected, verdict, *, unit="", tolerance=None, source="", note=""):
    """One number that a model is held against.

    Parameters
    ----------
    what : str
        The quantity and its conditions, such as "peak IgG after 500 mg/kg from 2 g/L".
    computed : callable
        Gives the model's number, in `unit`, from the default parameters where `what` names no others.
    expected : float or (float, float)
        The published number, or its range.
    verdict : str
        One of `VERDICTS`.
    tolerance : float
        For a single number: how far off counts as met, in `unit`.
    source : str
        Bib key in square brackets with locator, "arithmetic", or "" for a regression value.
    note : str
        One sentence: what was tuned, or why the number is missed.
    """
    low, high = expected if isinstance(expected, tuple) else (expected - tolerance, expected + tolerance)
    if verdict not in VERDICTS:
        raise ValueError(f"verdict must be one of {list(VERDICTS)}, got {verdict!r}")
    if verdict != "REGRESSION" and not source:
        raise ValueError(f"{what}: say where the number comes from")
    if verdict in ("FITTED", "NOT MET") and not note:
        raise ValueError(f"{what}: say what was fitted, or why it is missed")
    return {"what": what, "computed": computed, "expected": expected, "low": low, "high": high,
            "unit": unit, "verdict": verdict, "source": source, "note": note}
