"""A JupyterLab on this machine, and what tests do in it: open a notebook, run it, compare a figure with Python."""

import contextlib
import json
import os
import signal
import subprocess
import time

from playwright.sync_api import expect

from widgets.catalog import igg_level
from widgets.controls import check

TOKEN = "for-this-test"
LONG = 120_000  # milliseconds: on a busy machine every figure takes seconds to load


@contextlib.contextmanager
def running_lab(python, folder, home, **environment):
    """Run the JupyterLab of an interpreter over a folder, with all that is its own in `home`; gives its address."""
    home.mkdir(exist_ok=True)
    with open(home / "log", "w") as log:
        server = subprocess.Popen(
            [python, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
             "--ServerApp.port=0", f"--ServerApp.root_dir={folder}"],
            cwd=folder, env={**environment_in(home), **environment}, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield address_of(server, home)
    finally:
        stop(server)


def environment_in(home):
    """This process's environment without the book's code, and with every folder of Jupyter in `home`."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IVIG")) and name != "PYTHONPATH"}
    return {**kept, "JUPYTER_TOKEN": TOKEN, "PYTHONDONTWRITEBYTECODE": "1",
            "JUPYTER_CONFIG_DIR": f"{home}/config", "JUPYTER_DATA_DIR": f"{home}/data",
            "JUPYTER_RUNTIME_DIR": f"{home}/runtime", "IPYTHONDIR": f"{home}/ipython"}


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


@contextlib.contextmanager
def page_of(browser, lab):
    """A page of a browser that may ask this JupyterLab only; `page.faults` lists what went wrong on it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, faults = context.new_page(), []
    page.faults = faults
    context.on("request", lambda request: request.url.startswith((lab, "data:", "blob:"))
               or faults.append(f"asked of another host: {request.url}"))
    page.on("pageerror", lambda error: "@jupyterlite/" in str(error)  # its kernel's extension, also installed here
            or faults.append(f"page error: {error}"))
    yield page
    context.close()


def run_all(page):
    """Run the cells of the notebook that the page opens; returns the output with its first figure."""
    ready = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(ready).to_be_visible(timeout=LONG)  # earlier, a dialog asks for the kernel and nothing runs
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # JupyterLab has gone to the last cell, and draws only what is near
    page.locator(".jp-CodeCell", has_text="show(").first.evaluate("cell => cell.scrollIntoView()")
    output = page.locator(".jp-OutputArea-output", has=page.locator(".js-plotly-plot")).first
    expect(output).to_be_attached(timeout=LONG)
    output.scroll_into_view_if_needed(timeout=LONG)
    return output


def words_of(**values):
    """The sentence of igg_level and the label in its figure, as Python computes them here."""
    values = check(igg_level.CONTROLS, values)
    labels = [note["text"] for note in igg_level.figure(**values)["layout"]["annotations"]]
    return igg_level.describe(**values), next(text for text in labels if text.startswith("peak"))


def assert_shows(output, sentence, label):
    """The output shows this sentence, and a figure with this label."""
    expect(output.get_by_text("takes IgG to a peak of")).to_have_text(sentence, timeout=LONG)
    expect(output.locator(".annotation-text", has_text="peak")).to_have_text(label, timeout=LONG)
