"""The page of models: what it takes from the code, and how it turns it into text."""

import types

import model_sheet

SOURCE = '''"""A model.

    y = a x

Where a is chosen."""

SLOPE = 2.5  # g/L per day; from a publication, kim2007
TABLE = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "k": 11}  # [orange2010]
quiet = 3  # no constant


def line(x):
    """The line at x, by [orange2010].

    More.
    """
'''


def module(tmp_path, monkeypatch):
    (tmp_path / "sheet_of_a_model.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(str(tmp_path))
    import sheet_of_a_model
    assert isinstance(sheet_of_a_model, types.ModuleType)
    return sheet_of_a_model


def test_equations_parameters_and_functions_are_those_of_the_code(tmp_path, monkeypatch):
    model = module(tmp_path, monkeypatch)
    assert "```text\ny = a x\n```" in model_sheet.docstring(model) and "Where a is chosen." in model_sheet.docstring(model)
    parameters = model_sheet.parameters(model)
    assert "| slope | 2.5 | g/L per day; from a publication, {cite:t}`kim2007` |" in parameters
    assert "| table | table in the source | {cite:p}`orange2010` |" in parameters and "quiet" not in parameters
    assert "| `line` | The line at x, by {cite:p}`orange2010`. |" in model_sheet.functions(model)


def test_signs_of_markdown_in_a_text_stay_signs():
    assert model_sheet.escaped("a_b | c*d [x] <y>") == r"a\_b \| c\*d [x] \<y\>"
    assert model_sheet.cited("[x] of [kim2007; orange2010] and kim2007") == (
        "[x] of {cite:p}`kim2007,orange2010` and {cite:t}`kim2007`")


def test_published_and_computed_numbers_stand_side_by_side_and_a_miss_is_red():
    row = {"what": "peak", "expected": (10, 14), "low": 10, "high": 14, "unit": "g/L", "verdict": "NOT MET",
           "source": "[kim2007]", "note": "Too much.", "number": 1, "now": 60.0}
    table = model_sheet.comparison([row])
    assert "| 1 | peak | 10 to 14 g/L | 60 | Not met | {cite:p}`kim2007`. Too much. |" in table
    drawn = model_sheet.drawing([row], "x").astext()
    assert "number 1: 500 %" in drawn and "var(--ivig-harm)" in drawn and "<path" in drawn  # it points out of the axis
    assert "<circle" in model_sheet.drawing([dict(row, now=12.0, verdict="MET")], "x").astext()
