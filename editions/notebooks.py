"""Every chapter with code as a notebook: python -m editions.notebooks [--unrun FOLDER]

The notebooks are run, two at a time, and can be read where nothing runs: of a live figure they keep what the kernel
gives beside it, its sentence, a still picture and its table (widgets/hosts/saved.py). They go to
_build/notebooks/chapters and beside the pages of a built site. A notebook is run anew when something changed that it
is made of. BROWSER_PATH names the Chromium for the pictures; without one there are none.

--unrun writes them into FOLDER as they are before they run: that needs neither a browser nor Sphinx.
"""

import argparse
import functools
import hashlib
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import jupytext
import nbformat

from editions import address
from editions.markdown import Page, bibliography, cited_in, labels_in
from review import status_line

ROOT = address.ROOT
CHAPTERS = ROOT / "chapters"
FOLDER = ROOT / "_build" / "notebooks"
MADE = FOLDER / "chapters"
DIGESTS = FOLDER / ".digests.json"
SITE = ROOT / "_build" / "html" / "chapters"
KERNELS = 2  # at a time
SECONDS = 300  # for one cell, at most
MADE_BY = ("plotly", "ipywidgets", "anywidget", "ipykernel", "kaleido", "nbclient")
LIVE = "application/vnd.jupyter.widget-view+json"  # of use to the kernel that gave it only
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"codemirror_mode": {"name": "ipython", "version": 3}, "file_extension": ".py",
                      "mimetype": "text/x-python", "name": "python", "pygments_lexer": "ipython3"},
}
HIDDEN = {"tags": ["colab"], "jupyter": {"source_hidden": True}, "cellView": "form"}
GETS_CODE = """\
#@title Gets the code of this book's figures, where it is missing
import importlib.util
import sys

if importlib.util.find_spec("widgets") is None:
    if sys.platform == "emscripten":
        %pip install --quiet ivig-textbook
    else:
        %pip install --quiet git+REPOSITORY
if "google.colab" in sys.modules:
    from google.colab import output
    output.enable_custom_widget_manager()"""


# ---- from chapter to notebook ----------------------------------------------------------------------------


def unrun():
    """The notebooks of all chapters with code, as they are before they run: dict by the page's name."""
    texts = {path.stem: path.read_text("utf8") for path in sorted(CHAPTERS.glob("*.md"))}
    labels = {label: place for name, text in texts.items() for label, place in labels_in(name, text).items()}
    site = address.site() if address.is_settled() else ""
    return {name: converted(text, Page(name, labels, site)) for name, text in texts.items() if "```{code-cell}" in text}


def converted(text, page):
    """The notebook of a chapter's source; ValueError names the chapter that holds what a notebook cannot show."""
    try:
        return assembled(text, page)
    except (ValueError, KeyError) as wrong:
        raise ValueError(f"chapters/{page.name}.md: {wrong}") from wrong


def assembled(text, page):
    source = jupytext.reads(text, fmt="md:myst")
    cells = [nbformat.v4.new_code_cell(GETS_CODE.replace("REPOSITORY", address.repository()), metadata=HIDDEN)]
    for cell in source.cells:
        if cell.cell_type == "code":
            cells.append(nbformat.v4.new_code_cell(cell.source))
        else:
            cells += [nbformat.v4.new_markdown_cell(part.strip())
                      for part in re.split(r"\n(?=## )", page.markdown(cell.source)) if part.strip()]
    status = status_line(page.name, source.metadata)
    cells[1].source = re.sub(r"\A(# .*)", lambda match: f"{match[1]}\n\n*{status}*", cells[1].source)
    if keys := cited_in(text):
        cells.append(nbformat.v4.new_markdown_cell(bibliography(keys)))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # the same at every run
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)


def write(notebook, path):
    nbformat.validate(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", "utf8")


# ---- running ---------------------------------------------------------------------------------------------


class Raised(Exception):
    """A cell of a notebook did not end well; the message says which, and what it said."""


def executed(notebook, name, home):
    """A copy of a notebook that has run in a kernel of its own, whose settings are in the folder `home`."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
    notebook = nbformat.from_dict(notebook)
    client = NotebookClient(notebook, timeout=SECONDS, store_widget_state=False, record_timing=False,
                            extra_arguments=["--log-level=ERROR"], resources={"metadata": {"path": str(ROOT)}})
    try:
        client.execute(env=environment(home))
    except (CellExecutionError, CellControlSignal, DeadKernelError) as wrong:
        raise Raised(complaint(notebook, name, wrong)) from None
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(LIVE, None)
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def environment(home):
    """What a kernel is told: this book's code, pictures that stand in for figures, nobody's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IVIG", "IPYTHON"))}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "IVIG_STILLS": "1",
            "IPYTHONDIR": str(home)}


def complaint(notebook, name, wrong):
    """The last cell that was begun, by its place among the cells of code, and what it raised."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    number = max((n for n, cell in enumerate(code) if cell.execution_count or cell.outputs), default=0)
    raised = [f"{output.ename}: {output.evalue}" for output in code[number].outputs if output.output_type == "error"]
    source = "\n".join("    " + line for line in code[number].source.splitlines())
    where = f"chapters/{name}.md, code cell {number}" if number else f"the cell that is put first in {name}.ipynb"
    return f"{where}:\n\n{source}\n\n{raised[0] if raised else wrong}"


# ---- what is made of what --------------------------------------------------------------------------------


@functools.cache
def of_all(pictures):
    """A digest of what every notebook is made of, beside its chapter; `pictures`: whether there is a browser."""
    digest = hashlib.sha256()
    code = [path for path in (ROOT / "widgets").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for path in sorted([*code, *(ROOT / "data").glob("*.yml"), ROOT / "references.bib", pathlib.Path(__file__)]):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    versions = {name: importlib.metadata.version(name) for name in MADE_BY}
    digest.update(json.dumps([versions, sys.version_info[:2], pictures]).encode())
    return digest.hexdigest()


def digests(notebooks, pictures):
    """What each notebook that has not run would be made of, as one number: dict by name."""
    return {name: hashlib.sha256((of_all(pictures) + nbformat.writes(notebook)).encode()).hexdigest()
            for name, notebook in notebooks.items()}


def kept_digests():
    return json.loads(DIGESTS.read_text("utf8")) if DIGESTS.is_file() else {}


def keep(digests):
    FOLDER.mkdir(parents=True, exist_ok=True)
    DIGESTS.write_text(json.dumps(digests, indent=1, sort_keys=True) + "\n", "utf8")


def stale(wanted):
    """The names of notebooks that _build/notebooks lacks, or holds as they were made of something else."""
    kept = kept_digests()
    return [name for name in wanted if kept.get(name) != wanted[name] or not (MADE / f"{name}.ipynb").is_file()]


# ---- the commands ----------------------------------------------------------------------------------------


def make(notebooks):
    """Run what is stale, drop what has no chapter any more, and say so; Raised if a cell raises."""
    for path in MADE.glob("*.ipynb"):
        if path.stem not in notebooks:
            path.unlink()
    pictures = bool(os.environ.get("BROWSER_PATH"))
    if not pictures:
        print("BROWSER_PATH names no Chromium: the notebooks will have no still pictures.", flush=True)
    wanted = digests(notebooks, pictures)
    todo = stale(wanted)
    kept = {name: digest for name, digest in kept_digests().items() if name in wanted and name not in todo}
    keep(kept)
    print(f"{len(todo)} of {len(notebooks)} notebooks to run; the others are as they were.", flush=True)
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(KERNELS) as kernels:
        running = {kernels.submit(timed, notebooks[name], name, home): name for name in todo}
        for number, done in enumerate(as_completed(running), 1):
            name, path = running[done], MADE / f"{running[done]}.ipynb"
            if done.exception():
                kernels.shutdown(cancel_futures=True)
                raise done.exception()
            notebook, seconds = done.result()
            write(notebook, path)
            kept[name] = wanted[name]
            keep(kept)
            weight = path.stat().st_size / 1000
            print(f"  {number}/{len(todo)} {path.name}: {weight:.0f} kB, {seconds:.0f} s", flush=True)


def timed(notebook, name, home):
    start = time.perf_counter()
    return executed(notebook, name, home), time.perf_counter() - start


def copy_to_site(names):
    """Lay the notebooks beside the pages that they belong to."""
    if not SITE.is_dir():
        print("There is no built site to lay the notebooks into: `make site` builds one.", flush=True)
        return
    for path in SITE.glob("*.ipynb"):
        path.unlink()
    for name in names:
        shutil.copyfile(MADE / f"{name}.ipynb", SITE / f"{name}.ipynb")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m editions.notebooks", description=__doc__.splitlines()[0])
    parser.add_argument("--unrun", metavar="FOLDER", type=pathlib.Path, help="write them there and do not run them")
    folder = parser.parse_args(arguments).unrun
    notebooks = unrun()
    if folder:
        for name, notebook in notebooks.items():
            write(notebook, folder / f"{name}.ipynb")
        print(f"{len(notebooks)} notebooks, not yet run, are in {folder}.")
        return
    try:
        make(notebooks)
    except Raised as wrong:
        sys.exit(f"A notebook does not run. {wrong}")
    copy_to_site(notebooks)
    print(f"The notebooks are in {MADE.relative_to(ROOT)}.", flush=True)


if __name__ == "__main__":
    main()
