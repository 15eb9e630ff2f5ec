"""What tests of the built book share: a browser, the book served on this machine, a watched page."""

import contextlib
import importlib.util
import os
import pathlib
import re
import shutil
import threading
from http.server import ThreadingHTTPServer

import pytest

ROOT = pathlib.Path(__file__).parents[1]
HTML = ROOT / "_build" / "html"
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # no other host can be reached
PATIENCE = 20_000  # milliseconds
NO_WORKER = {"service_workers": "block"}  # keeping the whole book in every context would slow all tests
BLOCKED = "Service Worker registration blocked by Playwright"


def browser_path():
    """The path of a Chromium, or ""."""
    kept = ROOT / ".venv" / "browser"
    candidates = [os.environ.get("BROWSER_PATH", ""), kept.read_text().strip() if kept.is_file() else "",
                  *map(shutil.which, NAMES)]
    return next((path for path in candidates if path and pathlib.Path(path).is_file()), "")


def shell_path():
    """The path of a Chromium without its own window, which opens pages in half the time; else of the whole one."""
    return shutil.which("chromium-headless-shell") or browser_path()


def needed(path, name="Chromium"):
    """The path of a browser; where there is none the test cannot run, which is a failure under CI."""
    if not path:
        said = f"there is no {name}: run `make test`, which looks for one or gets one"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    return path


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium for all tests of a worker."""
    path = needed(shell_path())
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextlib.contextmanager
def serving(folder, protocol="HTTP/1.1"):  # which keeps one connection for many files
    """The address of a folder, served from a thread as `make serve` does; no slash at its end."""
    spec = importlib.util.spec_from_file_location("serve", ROOT / ".ci" / "serve.py")
    serve = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(serve)

    class Handler(serve.Handler):
        protocol_version = protocol

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_):
            pass  # a page that is closed early drops its connections

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.fixture(scope="session")
def site():
    """The address of the built book, no slash at its end."""
    if not (HTML / "index.html").is_file():
        pytest.fail("the book is not built: run `make site`, or `make test`, which builds it first")
    with serving(HTML) as address:
        yield address


def watch(page, host):
    """Collect what goes wrong on a page, each as one line of text, in the list that is returned."""
    faults = []
    page.on("console", lambda message: message.type in ("error", "warning") and message.text != BLOCKED
            and faults.append(f"console {message.type}: {message.text} {message.location.get('url', '')}"))
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("requestfailed", lambda request: request.failure != "net::ERR_ABORTED" and faults.append(
        f"request failed: {request.url} {request.failure}"))
    page.on("response", lambda answer: answer.status >= 400 and faults.append(
        f"{answer.status}: {answer.url}"))
    page.on("request", lambda request: re.match(f"{host}/|data:|blob:", request.url) or faults.append(
        f"another host: {request.url}"))
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    return faults


@pytest.fixture(scope="session")
def contexts(chromium):
    """Browser contexts by their options: kept for the session, so that the files stay in their caches."""
    kept = {}

    def context(options):
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = chromium.new_context(**{**NO_WORKER, **options})
            kept[key].set_default_timeout(PATIENCE)
        return kept[key]

    yield context
    for one in kept.values():
        one.close()


@pytest.fixture
def open_page(chromium, contexts, site):
    """Opens a page: open_page(path, *, allow="", prepare=None, own=False, **options of the context).

    At the end of the test the page must have had no console error or warning, no page error, no failed
    request and no request to another host, except what the pattern `allow` matches. `prepare(page)` is
    called before the page is opened, for routes and scripts; `own` gives it a context with no memory.
    """
    opened = []

    def opening(path, *, allow="", prepare=None, own=False, **options):
        context = chromium.new_context(**{**NO_WORKER, **options}) if own else contexts(options)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        opened.append((page, watch(page, site), allow, own))
        if prepare:
            prepare(page)
        page.goto(f"{site}/{path}")
        return page

    yield opening
    wrong = []
    for page, faults, allow, own in opened:
        wrong += [fault for fault in faults if not (allow and re.search(allow, fault))]
        if own:
            page.context.close()
        elif not page.is_closed():
            if page.url.startswith(site):
                page.evaluate("() => localStorage.clear()")
            page.close()
    assert not wrong, "\n".join(wrong)
