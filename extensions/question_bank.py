"""The questions of data/questions/<page>.yml, and what makes them well-formed. Needs no Sphinx."""

import pathlib

import yaml

FOLDER = pathlib.Path(__file__).parents[1] / "data" / "questions"
KINDS = {
    "single": "One answer is right.",
    "multiple": "More than one answer may be right.",
    "true_false": "True or false?",
    "numeric": "Work it out, then open the answer.",
}


def questions(name):
    """The questions of a page; ValueError says which one is not well-formed, and why."""
    path = FOLDER / f"{name}.yml"
    if not path.is_file():
        raise ValueError(f"no questions for {name!r}: {path.name} is not in data/questions")
    found = yaml.safe_load(path.read_text("utf8"))
    for question in found:
        wrong = _objection(question)
        if wrong:
            raise ValueError(f"{path.name}, question {question.get('id')!r}: {wrong}")
    return found


def _objection(question):
    missing = {"id", "stem", "kind", "objective", "difficulty", "keys"} - set(question)
    if missing:
        return f"{', '.join(sorted(missing))} missing"
    if question["kind"] not in KINDS:
        return f"kind {question['kind']!r} is none of {list(KINDS)}"
    if question["kind"] == "numeric":
        return "" if {"answer", "tolerance", "unit", "feedback"} <= set(question) else "answer, tolerance, unit or feedback missing"
    right = sum(option.get("correct") is True for option in question["options"])
    if any(not option.get("feedback") or option.get("correct") not in (True, False) for option in question["options"]):
        return "an option lacks its feedback or does not say whether it is correct"
    return "" if right == 1 or question["kind"] == "multiple" and right else f"{right} options are correct"
