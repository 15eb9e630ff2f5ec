"""A chapter in a real JupyterLab, in a real browser: its notebook runs, and a slider redraws its figure."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import jupytext
import pytest
from playwright.sync_api import expect

from widgets.catalog import igg_level
from widgets.controls import check

ROOT = pathlib.Path(__file__).parents[2]
CHAPTER = "dose_and_level"
TOKEN = "for-this-test"
LONG = 120_000  # milliseconds: on a busy machine every figure takes seconds to load
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on this machine that holds the chapter as a notebook, and nothing else."""
    home = tmp_path_factory.mktemp("lab")
    notebooks = home / "notebooks"
    notebooks.mkdir()
    jupytext.write(jupytext.read(ROOT / "chapters" / f"{CHAPTER}.md"), notebooks / f"{CHAPTER}.ipynb")
    settle_lab(home / "config")
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
             "--ServerApp.port=0", f"--ServerApp.root_dir={notebooks}"],
            cwd=notebooks, env=environment(home), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield address_of(server, home)
    finally:
        stop(server)


def environment(home):
    """This process's environment, with every folder of Jupyter in `home` and the book importable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IVIG"))}
    return {**kept, "JUPYTER_TOKEN": TOKEN, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
            "JUPYTER_CONFIG_DIR": f"{home}/config", "JUPYTER_DATA_DIR": f"{home}/data",
            "JUPYTER_RUNTIME_DIR": f"{home}/runtime", "IPYTHONDIR": f"{home}/ipython"}


def settle_lab(config):
    """No question whether news may be fetched from elsewhere, and every cell in the page, seen or not."""
    for place, settings in {
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "notebook-extension/tracker": {"windowingMode": "none"},
    }.items():
        path = config / "lab" / "user-settings" / "@jupyterlab" / f"{place}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings))


def address_of(server, home, patience=60):
    """Where the server listens, once it does: it writes that into its runtime folder."""
    for _ in range(10 * patience):
        found = list((home / "runtime").glob("jpserver-*.json"))
        if found and found[0].read_text().rstrip().endswith("}"):
            return json.loads(found[0].read_text())["url"]
        assert server.poll() is None, "JupyterLab ended at once:\n" + (home / "log").read_text()
        time.sleep(0.1)
    raise AssertionError(f"no JupyterLab after {patience} s:\n" + (home / "log").read_text())


def stop(server, patience=20):
    """End the server; asked politely first, since it then ends its kernels."""
    server.terminate()
    try:
        server.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture
def page(chromium, lab):
    """A page of a browser that reaches this machine only; `page.faults` lists what went wrong on it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page, page_faults = context.new_page(), []
    page.faults = page_faults
    context.on("request", lambda request: request.url.startswith((lab, "data:", "blob:"))
               or page_faults.append(f"asked of another host: {request.url}"))
    page.on("pageerror", lambda error: page_faults.append(f"page error: {error}"))
    yield page
    context.close()


def run_all(page, address):
    """Open the chapter's notebook and run its cells; returns the output with its first figure."""
    page.goto(f"{address}lab/tree/{CHAPTER}.ipynb?token={TOKEN}")
    ready = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(ready).to_be_visible(timeout=LONG)  # earlier, a dialog asks for the kernel and nothing runs
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    output = page.locator(".jp-OutputArea-output", has=page.locator(".js-plotly-plot")).first
    expect(output).to_be_attached(timeout=LONG)
    output.scroll_into_view_if_needed(timeout=LONG)  # the last cell has been scrolled to
    return output


def words_of(**values):
    """The sentence of the widget and the label in its figure, as Python computes them here."""
    values = check(igg_level.CONTROLS, values)
    labels = [note["text"] for note in igg_level.figure(**values)["layout"]["annotations"]]
    return igg_level.describe(**values), next(text for text in labels if text.startswith("peak"))


def assert_shows(output, sentence, label):
    expect(output.get_by_text("takes IgG to a peak of")).to_have_text(sentence, timeout=LONG)
    expect(output.locator(".annotation-text", has_text="peak")).to_have_text(label, timeout=LONG)


def test_a_slider_moved_by_keyboard_redraws_figure_and_sentence_in_jupyterlab(page, lab):
    output = run_all(page, lab)
    assert_shows(output, *words_of())
    figure = output.locator(".js-plotly-plot")
    expect(figure.locator(".main-svg").first).to_have_attribute(
        "width", str(round(figure.bounding_box()["width"])), timeout=LONG)
    curve = figure.locator(".scatterlayer .trace path.js-line")
    expect(curve).to_have_count(1)
    before = curve.get_attribute("d")

    output.get_by_role("slider").first.focus()  # the dose
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert_shows(output, *words_of(dose=550))
    expect(curve).to_have_count(2)  # the start stays as a ghost, below
    assert curve.first.get_attribute("d") == before != curve.last.get_attribute("d")

    output.get_by_role("button", name="Reset").click()
    assert_shows(output, *words_of())
    expect(curve).to_have_count(1)
    assert page.faults == []
