"""What keeps the tree as it is meant to be: imports, lengths, pages, and what no file may hold."""

import ast
import fnmatch
import html
import json
import os
import pathlib
import re
import urllib.parse

import pytest
import yaml

from extensions.review_status import status_line
from extensions.self_test import questions
from widgets import catalog
from widgets.controls import check
from widgets.hosts import page

ROOT = pathlib.Path(__file__).parents[1]
LONGEST = 400  # lines of a file that a person is to read
CODE = {".py", ".js", ".mjs", ".css", ".html", ".sh", ".md"}
PAGES = sorted((ROOT / "chapters").glob("*.md"))
PYTHON = sorted((ROOT / "widgets").rglob("*.py"))

# Who may import what: a name stands for itself and for all below it, "" for every library. The first
# that fits counts.
IMPORTS = {
    "widgets.controls": [],
    "widgets.figures": [],
    "widgets.models": ["math", "widgets.models"],
    "widgets.catalog.__init__": ["importlib", "pathlib"],
    "widgets.data": ["sys", "pathlib", "yaml"],  # the last two where there is a disk
    "widgets.drawing": [],
    "widgets.words": [],
    "widgets.validation": ["math", "widgets.models", "widgets.validation"],
    "widgets.catalog": ["math", "widgets.controls", "widgets.figures", "widgets.drawing", "widgets.words",
                        "widgets.models", "widgets.data"],
    "widgets.hosts.draw": [],
    "widgets.hosts.browser": ["json", "widgets.hosts.draw"],
    "widgets.hosts": ["", "widgets.hosts", "widgets.controls", "widgets.data"],
    "widgets.__init__": ["os", "widgets.catalog", "widgets.controls", "widgets.hosts"],
}
COLLECTED = {"namedtuple"}  # the one thing beside math that both Pythons have and models may use
IMPURE = {"open", "print", "input", "eval", "exec", "__import__", "globals", "compile"}

REGISTRY = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|anaconda\.org"
    r"|unpkg\.com|jsdelivr\.net)\b"
    r"|//[^\s/\"']*(?:registry|artifact|nexus|mirror|proxy)[^\s/\"']*\.", re.I)
MACHINE = re.compile(r"(?<![\w.~$/}:*-])/(?:work|root|tmp|home|Users|mnt)(?:/|\b(?=[\"'\s]))|\b[A-Z]:\\\w")


def project_files():
    """Every file of the project: all but .git and what .gitignore names."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf8").splitlines()
               if line and not line.startswith("#")] + [".git"]

    def kept(name):
        return not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)

    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(filter(kept, folders))
        for name in sorted(filter(kept, names)):
            yield pathlib.Path(folder, name)


def texts():
    for path in project_files():
        held = path.read_bytes()
        if b"\0" not in held:
            yield path.relative_to(ROOT), held.decode("utf8")


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported(path):
    """Dotted names of the modules that a file imports, wherever in it, and the names it takes from them."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, set()
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write the whole name of a module"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner, set()) if page.path_of(inner).is_file() else (node.module, {alias.name})


def below(name, parent):
    return name == parent or name.startswith(parent + ".")


# ---- imports point one way ------------------------------------------------------------------------


@pytest.mark.parametrize("path", PYTHON, ids=map(module_of, PYTHON))
def test_imports_point_from_hosts_to_catalog_to_models_to_math(path):
    module = module_of(path)
    rule = next((rule for rule in IMPORTS if below(module, rule)), None)
    assert rule, f"{module} lies outside the tree of architecture: say in IMPORTS what it may import"
    for name, taken in imported(path):
        if name == "collections" and taken and taken <= COLLECTED and below(module, "widgets.models"):
            continue
        allowed = [parent for parent in IMPORTS[rule]
                   if below(name, parent) or not parent and not below(name, "widgets")]
        assert allowed, f"{module} imports {name}; it may import {IMPORTS[rule]}"
        assert "*" not in taken


def test_what_the_page_runs_imports_nothing_that_the_page_lacks():
    for name in catalog.names():
        for module in {*page.ENGINE, *page.modules_of(f"widgets.catalog.{name}")}:
            if module.startswith("data.") or module == "widgets.data":
                continue  # made by the build; test_parity runs them
            for other, taken in imported(page.path_of(module)):
                there = other in ("math", "json", "collections") or page.path_of(other).is_file()
                assert there, f"{module} imports {other}"


@pytest.mark.parametrize("folder", ["models", "catalog"])
def test_models_and_widgets_read_write_and_run_nothing(folder):
    for path in (ROOT / "widgets" / folder).glob("[a-z]*.py"):
        tree = ast.parse(path.read_text("utf8"))
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not used & IMPURE, f"{path.name} uses {used & IMPURE}"
        assert not any(isinstance(node, ast.Global) for node in ast.walk(tree)), f"{path.name} has `global`"


def test_nothing_in_widgets_knows_the_book_around_it():
    for path in PYTHON:
        around = [name for name, taken in imported(path) if name.split(".")[0] in ("extensions", "tests")]
        assert not around, f"{path.name} imports {around}"


# ---- files ----------------------------------------------------------------------------------------


def test_no_file_of_code_is_longer_than_a_person_reads():
    long = {str(path): text.count("\n") for path, text in texts()
            if path.suffix in CODE and path.parts[0] != "chapters" and text.count("\n") > LONGEST}
    assert not long


def test_no_file_names_a_package_registry():
    found = {f"{path}:{text[:match.start()].count(chr(10)) + 1}": match[0]
             for path, text in texts() for match in REGISTRY.finditer(text)}
    assert not found


def test_no_file_holds_a_path_of_somebodys_machine():
    found = {f"{path}:{text[:match.start()].count(chr(10)) + 1}": text[match.start():match.end() + 20]
             for path, text in texts() for match in MACHINE.finditer(text)}
    assert not found


@pytest.mark.parametrize("text", [
    'url = "https://pypi.' 'org/simple"', "https://reg" "istry.npmjs." "org/x",
    "http://my-" "registry.clinic.example/npm", "open('/t" "mp/x')", "cd /wo" "rk/main", "C:" "\\Users",
    "BROWSER=/ro" "ot/bin/x", "path: /ho" "me/anna/book"])
def test_what_no_file_may_hold_would_be_found(text):
    assert REGISTRY.search(text) or MACHINE.search(text)


@pytest.mark.parametrize("text", [
    "mg/kg", "../work/x", "https://example.org/home/", "tests/tmp/x", "$HOME/x", "mirror image", "a/home/b",
    "HTTP:\\n"])
def test_what_a_file_may_hold_is_left_alone(text):
    assert not REGISTRY.search(text) and not MACHINE.search(text)


def test_locks_hold_versions_and_hashes_and_no_addresses():
    python = (ROOT / "requirements.lock").read_text("utf8")
    assert "://" not in python and not re.search(r"^-", python, re.M), "no address and no option"
    pinned = re.split(r"\n(?=\S)", python.strip())
    assert all(re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", pin) and "--hash=sha256:" in pin for pin in pinned)
    node = json.loads((ROOT / "package-lock.json").read_text("utf8"))
    assert "://" not in json.dumps([part.get("resolved") for part in node["packages"].values()])
    assert all("integrity" in part for name, part in node["packages"].items() if name)


# ---- pages ----------------------------------------------------------------------------------------


def in_contents():
    """The files that _toc.yml names, in its order."""
    def visit(part):
        if isinstance(part, dict):
            for key, value in part.items():
                if key in ("root", "file"):
                    yield value
                else:
                    yield from visit(value)
        elif isinstance(part, list):
            for one in part:
                yield from visit(one)
    return list(visit(yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))))


def front_matter(path):
    return yaml.safe_load(re.match(r"---\n(.*?)\n---\n", path.read_text("utf8"), re.S)[1])


def test_every_page_is_in_the_table_of_contents_once_and_every_entry_is_a_page():
    assert sorted(in_contents()) == [f"chapters/{path.stem}" for path in PAGES]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_says_who_has_reviewed_it_and_what_it_is_about(path):
    said = front_matter(path)
    assert 20 <= len(said["summary"]) <= 200
    assert status_line(path.stem, said)  # raises for a status without what it needs


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_one_title_and_its_own_name_as_its_label(path):
    body = path.read_text("utf8").split("\n---\n", 1)[1]
    text = re.sub(r"^(`{3,}|:{3,}).*?^\1", "", body, flags=re.M | re.S)
    assert re.match(rf"\s*\({path.stem}\)=\n# \S", text)
    assert len(re.findall(r"^# ", text, re.M)) == 1


def test_every_set_of_questions_is_well_formed_and_asked_on_its_page():
    for path in (ROOT / "data" / "questions").glob("*.yml"):
        assert questions(path.stem)  # raises for a question that lacks something
        text = (ROOT / "chapters" / f"{path.stem}.md").read_text("utf8")
        assert re.search(rf"\{{self-test\}} {path.stem}$", text, re.M)


# ---- widgets in pages -----------------------------------------------------------------------------


def shown():
    """Every call of show() in the cells of the pages: page, widget and values."""
    for path in PAGES:
        for cell in re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", path.read_text("utf8"), re.M | re.S):
            source = re.sub(r"\A(---\n.*?\n---\n|(:[^\n]*\n)*)", "", cell, flags=re.S)
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "show":
                    yield path.stem, node.args[0].value, {
                        part.arg: ast.literal_eval(part.value) for part in node.keywords}


def test_every_widget_is_shown_on_a_page():
    assert set(catalog.names()) - {name for stem, name, values in shown()} == set()


def test_pages_show_widgets_and_values_that_exist():
    assert list(shown())
    for stem, name, values in shown():
        check(catalog.find(name).CONTROLS, values)  # raises for what there is not


def test_the_page_of_all_widgets_shows_each_once_and_names_its_chapters():
    text = (ROOT / "chapters" / "widgets.md").read_text("utf8")
    where = {name: sorted({stem for stem, shown_name, values in shown() if shown_name == name} - {"widgets", "intro"})
             for name in catalog.names()}
    found = re.findall(r'^From ([^\n]*):\n\n```\{code-cell\}.*?show\("(\w+)"\)\n```', text, re.M | re.S)
    assert sorted(name for chapters, name in found) == catalog.names()
    for chapters, name in found:
        assert sorted(re.findall(r"`(\w+)`", chapters)) == where[name]


def linked_states():
    """Every link of a page to a widget in a state: page, widget, and the values as its controls have them."""
    for path in PAGES:
        for link in re.findall(r'href="([^"]*#\w+\?[^"]*)"', path.read_text("utf8")):
            for state in html.unescape(link).split("#")[1].split(";"):
                name, _, query = state.partition("?")
                controls = {control["name"]: control for control in catalog.find(re.sub(r"-\d+$", "", name)).CONTROLS}
                values = {}
                for control, text in urllib.parse.parse_qsl(query, strict_parsing=True):
                    kind = controls[control]["kind"]
                    values[control] = (text == "true" if kind == "toggle" else float(text) if kind == "slider" else text)
                    if kind == "choice":  # the page compares options by their words
                        values[control] = next(option["value"] for option in controls[control]["options"]
                                               if str(option["value"]) == text)
                yield path.stem, list(controls.values()), values


def test_links_to_a_state_name_controls_and_values_that_exist():
    found = list(linked_states())
    assert len(found) > 30
    for page_name, controls, values in found:
        check(controls, values)  # raises for what there is not
