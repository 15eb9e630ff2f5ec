"""What every chapter has, in its order; that its numbers have sources; that its words are plain where it says so."""

import pathlib
import re

import pytest
import textstat
import yaml

from self_test import questions

ROOT = pathlib.Path(__file__).parents[1]
EXCEPTIONS = yaml.safe_load((ROOT / "tests" / "numbers_without_source.yml").read_text("utf8"))
OTHER = {"intro", "bibliography", "models", "widgets", "claims", "glossary", "run", "instructors", "cases", "editorial_policy"}
CHAPTERS = sorted(path for path in (ROOT / "chapters").glob("*.md") if path.stem not in OTHER)
every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
PARTS = [":class: objectives", ":class: plain-words", ":class: vignette", "```{code-cell}", "## Where the sources differ",
         "## Back to the case", "## Key points", "## Self-test", "## Further reading"]
WORDS = (1100, 2700)  # of the body: from the first case to the sources that differ
SHORT = {"indications": 600}  # its table says most
FENCED = re.compile(r"^(`{3,}|:{3,})(\{[\w-]+\}.*|\s*)?\n.*?^\1\s*$", re.M | re.S)
SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z*({\[])")
CITED = re.compile(r"\{cite(?::\w+)?\}`")
OWN = re.compile(r"\bin the (?:book's |toy )?model\b|\bthe (?:widget|model|figure|worksheet|planner|toy|curve|table)\b|chosen for teaching|"
                 r"\bwidget\b|\bmodel'?s?\b|\barithmetic\b|\bworked example\b|\binvented\b", re.I)
# a number that states something: not one in a name (IgG1, FcγRIIa, CD20, C3b, IL-10), a heading or a reference to a question
NUMBER = re.compile(r"(?<![\w.γ/-])\d[\d,.]*\s*(?:–\s*\d[\d,.]*\s*)?(?:%|g/kg|mg/kg|g/L|mg/dL|mL|mmol|days?|weeks?|months?|years?|hours?|minutes?|patients?|"
                    r"people|children|adults|donors?|trials?|studies|infusions?|courses?|×|fold)\b|\d\s*%")


def text_of(path):
    return path.read_text("utf8").split("\n---\n", 1)[1]


def body_of(path):
    """The text between the first case and the sources that differ."""
    text = text_of(path)
    start = text.index(":class: vignette")
    return text[text.index("\n:::", start) + 4:text.index("## Where the sources differ")]


def prose(text):
    """Paragraphs and list items without fenced parts, tables, headings and labels."""
    text = re.sub(r"^```\{code-cell\}.*?^```\s*$|^```\{.*?^```\s*$", "", text, flags=re.M | re.S)
    text = re.sub(r"^:::\{(?:admonition\} (?:Predict|The case|A short case)|dropdown).*?^:::\s*$", "", text, flags=re.M | re.S)
    text = re.sub(r"^:::.*$|^:class:.*$|^:name:.*$", "", text, flags=re.M)
    lines = [line for line in text.splitlines() if not re.match(r"\s*(\||#|\(|\$\$|---)", line)]
    return [part.strip() for part in re.split(r"\n\s*\n|\n(?=[-*] |\d+\. )", "\n".join(lines)) if part.strip()]


@every_chapter
def test_a_chapter_has_all_its_parts_in_order(path):
    text = text_of(path)
    places = [text.find(part) for part in PARTS]
    assert -1 not in places, [part for part, place in zip(PARTS, places) if place < 0]
    assert places == sorted(places), "parts out of order"


@every_chapter
def test_the_body_is_neither_thin_nor_endless(path):
    words = len(" ".join(prose(body_of(path))).split())
    assert SHORT.get(path.stem, WORDS[0]) <= words <= WORDS[1], f"{words} words"


@every_chapter
def test_objectives_name_sections_and_questions_and_every_question_serves_one(path):
    text = text_of(path)
    box = re.search(r":class: objectives\n(.*?)^:::", text, re.M | re.S)[1]
    objectives = re.findall(r"^\d+\. .*$", box, re.M)
    assert 3 <= len(objectives) <= 5
    asked = questions(path.stem)
    assert 6 <= len(asked) <= 10
    labels = set(re.findall(r"^\(([\w-]+)\)=", text, re.M))
    for number, objective in enumerate(objectives, 1):
        sections = re.findall(r"\]\(#([\w-]+)\)", objective)
        assert sections and set(sections) <= labels, objective
        named = [int(n) for part in re.findall(r"questions? ([\d, and]+)", objective) for n in re.findall(r"\d+", part)]
        assert named, f"no question: {objective}"
        assert {place for place, question in enumerate(asked, 1) if question["objective"] == number} == set(named), objective


@every_chapter
def test_plain_words_are_plain(path):
    box = re.search(r":class: plain-words\n(.*?)^:::", text_of(path), re.M | re.S)[1].strip()
    assert 70 <= len(box.split()) <= 130, len(box.split())
    assert textstat.flesch_kincaid_grade(re.sub(r"\{[\w:]+\}`[^`]*`|[*`]", "", box)) <= 9


@every_chapter
def test_every_sentence_that_states_a_number_has_a_source(path):
    """A citation in the sentence or in the one beside it in the same paragraph, or the model named as the source."""
    bare, excused = [], {one["starts"] for one in EXCEPTIONS if one["page"] == path.stem}
    used = set()
    for paragraph in prose(body_of(path)):
        sentences = SENTENCE.split(paragraph)
        for place, sentence in enumerate(sentences):
            near = " ".join(sentences[max(0, place - 1):place + 2])
            if NUMBER.search(sentence) and not CITED.search(near) and not OWN.search(paragraph):
                excuse = {start for start in excused if sentence.startswith(start)}
                used |= excuse
                bare += [] if excuse else [sentence]
    assert not bare, "\n".join(bare)
    assert used == excused, "these exceptions excuse nothing any more"


def test_questions_with_a_model_give_its_number():
    import importlib
    for path in sorted((ROOT / "data" / "questions").glob("*.yml")):
        for question in yaml.safe_load(path.read_text("utf8")):
            if "model" not in question:
                continue
            for module in re.findall(r"widgets(?:\.\w+)*\.[a-z_]+", question["model"]):
                try:
                    importlib.import_module(module)
                except ModuleNotFoundError:
                    importlib.import_module(module.rpartition(".")[0])
            import widgets
            number = eval(question["model"], {"widgets": widgets, "__builtins__": {"max": max, "min": min, "abs": abs, "sum": sum, "round": round, "len": len}})
            assert abs(number - question["answer"]) <= question["tolerance"], f"{path.stem}, {question['id']}: {number}"
