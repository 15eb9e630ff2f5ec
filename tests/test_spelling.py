"""The words of the book are spelt right, and as the British spell them."""

import pathlib
import re
import subprocess
import sys

import codespell_lib

ROOT = pathlib.Path(__file__).parents[1]
TEXTS = [*(ROOT / "chapters").glob("*.md"), *(ROOT / "data").rglob("*.yml"), ROOT / "README.md", ROOT / "CONTRIBUTING.md",
         *(ROOT / "widgets" / "catalog").glob("[a-z]*.py")]
MEDICAL = {"pres", "trough", "troughs", "transferrin", "infarction", "inactivate"}  # what codespell takes for other words
NAMES = {"biased", "check", "draft", "judgment", "licensed", "licenses", "meter", "meters", "practice", "program", "story"}  # right in both


def american():
    """American spellings and what the British write, from codespell's own list."""
    path = pathlib.Path(codespell_lib.__file__).parent / "data" / "dictionary_en-GB_to_en-US.txt"
    pairs = (line.strip().split("->") for line in path.read_text("utf8").splitlines() if "->" in line)
    return {us.strip().rstrip(","): gb for gb, us in pairs if "," not in us.strip().rstrip(",")}


def words_of(path):
    """Words of a text with their lines, without code, links, formulas, quoted settings and keys."""
    text = path.read_text("utf8")
    if path.suffix == ".py":  # what the reader sees are the strings
        text = "\n".join(re.findall(r'"([^"\n]*)"', text))
    text = re.sub(r"\A---\n.*?\n---\n|```\{code-cell\}.*?```|`[^`\n]*`|\]\([^)]*\)|\$[^$\n]*\$|https?://\S+", " ", text, flags=re.S)
    return re.findall(r"(?<![\w/.-])[A-Za-z]{4,}(?![\w/-])", text)


def test_no_word_is_misspelt():
    found = subprocess.run(
        [sys.executable, "-m", "codespell_lib", "--ignore-words-list", ",".join(sorted(MEDICAL)), *map(str, TEXTS)],
        capture_output=True, text=True, cwd=ROOT)
    assert found.returncode == 0, found.stdout


def test_words_are_british():
    british = american()
    assert british["leukemia"] == "leukaemia"
    found = {}
    for path in TEXTS:
        for word in words_of(path):
            named = word in NAMES or word == "center" and path.suffix == ".py"  # an anchor of words
            if word in british and not named:
                found.setdefault(f"{path.relative_to(ROOT)}", set()).add(f"{word} -> {british[word]}")
    assert not found, found
