"""What the book's other editions weigh, and how long a reader waits for the two that run in a browser."""

import gzip
import re
import time

NOTEBOOK = "dose_and_level"
LONG = 180_000  # milliseconds
PARTS = {  # what of the built site is what: a pattern of the path
    "the book": r"(?!lite/|downloads/|.*\.ipynb$)",
    "its notebooks": r"chapters/.*\.ipynb$",
    "JupyterLite: Pyodide": r"lite/static/pyodide/(?!.*\.whl$)",
    "JupyterLite: wheels": r"lite/.*\.whl$",
    "JupyterLite: the rest": r"lite/(?!static/pyodide/|.*\.whl$)",
    "offline zip": r"downloads/.*\.zip$",
    "PDF": r"downloads/.*\.pdf$",
}


def sizes(folder):
    """Rows of what the built site holds: part, number of files, bytes, bytes after gzip."""
    rows = []
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for part, pattern in PARTS.items():
        found = [path for name, path in files.items() if re.match(pattern, name)]
        raw = sum(path.stat().st_size for path in found)
        packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in found)
        rows.append([part, len(found), raw, packed])
    return rows


def lite(browser, site, address):
    """Two visits to a notebook in JupyterLite, cold and with what the first one left in the browser.

    Each is a dict: seconds from the call until the notebook is shown, until its kernel is ready, and from the
    order to run all cells until the first figure is drawn; bytes sent meanwhile.
    """
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        return [one_visit(context, site, address) for _ in ("cold", "warm")]


def one_visit(context, site, address):
    page = context.new_page()
    page.set_default_timeout(LONG)
    site.requested.clear()
    began = time.monotonic()
    page.goto(site.base + address)
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    shown = time.monotonic()
    page.get_by_role("button", name=re.compile(r"Python.*\| Idle")).wait_for()
    ready = time.monotonic()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    drawn = time.monotonic()
    page.close()
    return {"notebook shown": shown - began, "kernel ready": ready - began, "first figure": drawn - ready,
            "bytes": sum(size for _, size in site.requested)}


def app(browser, site, page_path):
    """A first visit until the whole book is kept in the browser: seconds after the page has loaded, and bytes sent."""
    with browser.new_context(service_workers="allow") as context:
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.goto(site.base + page_path, wait_until="load")
        site.requested.clear()
        began = time.monotonic()
        page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        return {"kept": time.monotonic() - began, "bytes": sum(size for _, size in site.requested)}
