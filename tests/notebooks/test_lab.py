"""A chapter in a real JupyterLab, in a real browser: its notebook runs, and a slider redraws its figure."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.parse

import jupytext
import pytest
from playwright.sync_api import expect

ROOT = pathlib.Path(__file__).parents[2]
CHAPTER = "dose_and_level"
TOKEN = "for-this-test"
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on this machine that holds the chapter as a notebook, and nothing else."""
    home = tmp_path_factory.mktemp("lab")
    notebooks = home / "notebooks"
    notebooks.mkdir()
    jupytext.write(jupytext.read(ROOT / "chapters" / f"{CHAPTER}.md"), notebooks / f"{CHAPTER}.ipynb")
    silence_news(home / "config")
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
             "--ServerApp.port=0", f"--ServerApp.root_dir={notebooks}"],
            cwd=notebooks, env=environment(home), stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            start_new_session=True)
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


def silence_news(config):
    """JupyterLab's first question is whether it may fetch news from elsewhere: it may not."""
    settings = config / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')


def address_of(server, home, patience=60):
    """Where the server listens, once it does: it writes that into its runtime folder."""
    for _ in range(10 * patience):
        found = list((home / "runtime").glob("jpserver-*.json"))
        if found and found[0].read_text():
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
    """A page that reaches this machine only; `page.elsewhere` lists what was asked of other hosts."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.elsewhere = []

    def guard(route):
        if urllib.parse.urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            page.elsewhere.append(route.request.url)
            route.abort()

    context.route("http*://**", guard)
    yield page
    context.close()


def run_all(page, address):
    page.goto(f"{address}lab/tree/{CHAPTER}.ipynb?token={TOKEN}")
    ready = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(ready).to_be_visible(timeout=60_000)  # earlier, a dialog asks for the kernel and nothing runs
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_a_slider_moved_by_keyboard_redraws_figure_and_sentence_in_jupyterlab(page, lab):
    run_all(page, lab)
    output = page.locator(".jp-OutputArea-output", has=page.locator(".js-plotly-plot")).first
    handle = output.get_by_role("slider").first
    curve = output.locator(".scatterlayer .trace path.js-line").first
    expect(handle).to_be_visible(timeout=60_000)
    expect(curve).to_be_visible(timeout=30_000)
    sentence = output.get_by_text("takes IgG to a peak of")
    before = sentence.inner_text(), curve.get_attribute("d")
    time.sleep(1)
    page.screenshot(path="/tmp/lab0.png")
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(sentence).not_to_have_text(before[0], timeout=10_000)
    expect(curve).not_to_have_attribute("d", before[1], timeout=10_000)
    time.sleep(1)
    page.screenshot(path="/tmp/lab1.png")
    assert page.elsewhere == []
