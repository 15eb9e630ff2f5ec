"""Every chapter with code runs as a notebook in a Jupyter kernel, cell by cell, under nbval."""

import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

import jupytext

ROOT = pathlib.Path(__file__).parents[2]
LONGEST = 600  # seconds for all chapters; a kernel takes a few seconds to start


def ran(folder):
    """Run the notebooks of a folder under nbval: the finished process, and the cells that it ran."""
    report, home = folder / "report.xml", folder / "jupyter"
    (folder / "pytest.ini").write_text("[pytest]\n")  # else one in a folder above would count
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IPYTHON", "IVIG", "PYTEST", "COV"))}
    environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
                   "JUPYTER_CONFIG_DIR": f"{home}/config", "JUPYTER_DATA_DIR": f"{home}/data",
                   "JUPYTER_RUNTIME_DIR": f"{home}/runtime", "IPYTHONDIR": f"{home}/ipython"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-cell-timeout=120", "-p", "no:cacheprovider",
         "-p", "no:xdist", f"--junit-xml={report}", str(folder)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST)
    cells = [case.get("classname") for case in xml.parse(report).iter("testcase")] if report.is_file() else []
    return done, cells


def test_every_cell_of_every_chapter_runs_in_a_notebook(tmp_path):
    expected = 0
    for path in sorted((ROOT / "chapters").glob("*.md")):
        notebook = jupytext.read(path, fmt="md:myst")
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        if cells:
            jupytext.write(notebook, tmp_path / f"{path.stem}.ipynb")
            expected += len(cells)
    done, cells = ran(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(cells) == expected > 0, done.stdout


def test_a_cell_that_raises_would_be_found(tmp_path):
    broken = "from widgets import show\n\nshow('igg_level', dose=-1)\n"
    jupytext.write(jupytext.reads(broken, "py:light"), tmp_path / "broken.ipynb")
    done, cells = ran(tmp_path)
    assert done.returncode == 1 and len(cells) == 2, done.stdout + done.stderr
    assert "dose must be 100 to 2000 mg/kg, got -1" in done.stdout
