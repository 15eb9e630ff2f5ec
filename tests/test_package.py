"""The package of the figures: its wheel holds what a figure reads, and runs where there is no repository."""

import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

from widgets import catalog, data
from widgets.hosts import references

ROOT = pathlib.Path(__file__).parents[1]
ALONE = """\
import pathlib, sys
import widgets
from widgets import catalog, data, show
from widgets.hosts import references

assert pathlib.Path(widgets.__file__).parents[1] == pathlib.Path(sys.argv[1]), widgets.__file__
assert not (pathlib.Path(sys.argv[1]) / "data").exists() and data.book().name == "book"
assert data.read("reactions") and references.short("orange2010") == "Orange et al., 2010"
for name in catalog.names():
    card = show(name)
    bundle = card._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle and bundle["text/plain"]
print(len(catalog.names()))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of the project, opened."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
                   cwd=ROOT, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(next(folder.glob("ivig_textbook-*-py3-none-any.whl"))) as opened:
        yield opened


def test_the_wheel_holds_the_figures_with_what_they_read_of_the_book_and_nothing_else(wheel):
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "widgets").rglob("*")
             if path.is_file() and "__pycache__" not in path.parts}
    files |= {f"widgets/book/data/{path.name}" for path in (ROOT / "data").glob("*.yml")}
    files |= {"widgets/book/references.bib"}
    names = wheel.namelist()
    assert {name for name in names if ".dist-info/" not in name} == files
    assert "widgets/hosts/page/palette.css" in files and len(names) == len(set(names))
    metadata = [name.rpartition(".dist-info/")[2] for name in names if ".dist-info/" in name]
    assert sorted(metadata) == ["METADATA", "RECORD", "WHEEL", "licenses/LICENSE"]


def test_the_wheel_asks_for_what_figures_import_and_for_no_tool_of_the_book(wheel):
    lines = wheel.read(next(name for name in wheel.namelist() if name.endswith("/METADATA"))).decode().splitlines()
    asked = {line.split()[1].split("==")[0] for line in lines if line.startswith("Requires-Dist")}
    assert asked == {"plotly", "ipywidgets", "anywidget", "pyyaml", "pybtex"}


def test_every_figure_is_shown_where_there_is_the_package_and_no_repository(wheel, tmp_path):
    wheel.extractall(tmp_path / "installed")
    (tmp_path / "elsewhere").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IVIG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path / "installed")], cwd=tmp_path / "elsewhere", capture_output=True,
        text=True, timeout=120, env={**kept, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(len(catalog.names()))]


def test_in_the_repository_the_book_is_the_repository():
    assert data.book() == ROOT and references.BIBLIOGRAPHY == ROOT / "references.bib"
