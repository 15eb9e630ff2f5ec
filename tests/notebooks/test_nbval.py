"""The notebooks that the build made give in a clean kernel, cell by cell, what they hold: nbval runs and compares.

Nothing is sanitised. The one thing that differs from run to run, the id of a live figure, nbval leaves out by itself.
"""

import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

import nbformat
import pytest

from editions import notebooks
from tests.conftest import browser_path, needed

ROOT = pathlib.Path(__file__).parents[2]
LONGEST = 600  # seconds for half of the chapters; a kernel takes a few seconds to start
HALVES = [pytest.param(half, marks=pytest.mark.xdist_group(f"browser-{half}")) for half in (0, 1)]
CHANGED = "the notebooks are older than what they are made of ({}): run `make site`"


@pytest.fixture(scope="module")
def browser():
    """The path of the Chromium for the pictures, which a kernel takes anew where the figure changed."""
    return needed(browser_path())


@pytest.fixture(scope="module")
def made():
    """The notebooks of the build; a failure if there are none, or older ones."""
    paths = sorted(notebooks.MADE.glob("*.ipynb"))
    if not paths:
        pytest.fail(f"there is no notebook in {notebooks.MADE.relative_to(ROOT)}: run `make site`")
    unrun = notebooks.unrun()
    stale = notebooks.stale(notebooks.digests(unrun, pictures=True))
    if stale:
        pytest.fail(CHANGED.format(", ".join(stale)))
    assert [path.stem for path in paths] == list(unrun)
    return paths


def ran(folder, browser):
    """Run the notebooks of a folder under nbval: the finished process, and the cells that it ran."""
    report, home = folder / "report.xml", folder / "jupyter"
    (folder / "pytest.ini").write_text("[pytest]\n")  # else one in a folder above would count
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IPYTHON", "IVIG", "PYTEST", "COV"))}
    environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "IVIG_STILLS": "1",
                   "BROWSER_PATH": browser,
                   "JUPYTER_CONFIG_DIR": f"{home}/config", "JUPYTER_DATA_DIR": f"{home}/data",
                   "JUPYTER_RUNTIME_DIR": f"{home}/runtime", "IPYTHONDIR": f"{home}/ipython"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "--nbval-cell-timeout=120", "-p", "no:cacheprovider",
         "-p", "no:xdist", f"--junit-xml={report}", str(folder)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST)
    cells = [case.get("classname") for case in xml.parse(report).iter("testcase")] if report.is_file() else []
    return done, cells


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("half", HALVES)
def test_every_cell_of_every_notebook_gives_what_the_notebook_holds(made, browser, tmp_path, half):
    expected = 0
    for path in made[half::2]:
        notebook = nbformat.read(path, 4)
        assert all(cell.execution_count for cell in code_of(notebook)), f"{path.name} was never run"
        assert all(cell.outputs for cell in code_of(notebook)[1:]), f"{path.name} holds nothing to compare"
        nbformat.write(notebook, tmp_path / path.name)
        expected += len(code_of(notebook))
    done, cells = ran(tmp_path, browser)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(cells) == expected > 0, done.stdout


def drift(cell, kind):
    """Change the first number of the sentence, in one of the forms in which a cell's output holds it."""
    data = cell.outputs[0].data
    words, sentence = data[kind], data["text/plain"]
    number = re.search(r"\d", sentence)[0]
    data[kind] = words.replace(sentence, sentence.replace(number, str((int(number) + 1) % 10), 1))
    assert data[kind] != words


@pytest.mark.xdist_group("browser-0")
def test_one_number_that_drifts_in_a_stored_output_would_be_found(made, browser, tmp_path):
    notebook = nbformat.read(next(path for path in made if path.stem == "dose_and_level"), 4)
    notebook.cells = code_of(notebook)[:3]
    drift(notebook.cells[1], "text/plain")
    drift(notebook.cells[2], "text/html")
    nbformat.write(notebook, tmp_path / "drifted.ipynb")
    done, cells = ran(tmp_path, browser)
    assert done.returncode == 1 and len(cells) == 3, done.stdout + done.stderr
    assert "2 failed, 1 passed" in done.stdout
    assert "mismatch 'text/plain'" in done.stdout and "mismatch 'text/html'" in done.stdout


@pytest.mark.xdist_group("browser-1")
def test_a_cell_that_raises_would_be_found(browser, tmp_path):
    cell = nbformat.v4.new_code_cell("from widgets import show\n\nshow('igg_level', dose=-1)", execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=notebooks.METADATA), tmp_path / "broken.ipynb")
    done, cells = ran(tmp_path, browser)
    assert done.returncode == 1 and len(cells) == 1, done.stdout + done.stderr
    assert "dose must be 100 to 2000 mg/kg, got -1" in done.stdout


def test_a_notebook_that_is_older_than_a_chapter_or_a_widget_would_be_found(made, monkeypatch):
    unrun = notebooks.unrun()
    assert notebooks.stale(notebooks.digests(unrun, pictures=True)) == []
    unrun["fcrn"].cells[1].source += "."
    assert notebooks.stale(notebooks.digests(unrun, pictures=True)) == ["fcrn"]
    monkeypatch.setattr(notebooks, "of_all", lambda pictures: "other widgets")
    assert notebooks.stale(notebooks.digests(unrun, pictures=True)) == list(unrun)
