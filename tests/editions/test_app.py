"""The site as an app: what is kept, what a browser installs, when the worker is asked for."""

import json
import pathlib
import re
import struct
from urllib.parse import urljoin

import pytest

from editions import app
from tests.conftest import HTML

pytestmark = pytest.mark.xdist_group("browser-0")
NOT_KEPT = ("lite/", "downloads/", "_sources/", "_static/app/", "manifest.webmanifest")
IDLE = "() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(() => done())))"
ASKED = """window.asked = [];
ServiceWorkerContainer.prototype.register = function (address) {
  asked.push([String(address), document.readyState]);
  return new Promise(() => {});
};"""


@pytest.fixture(scope="module")
def listed():
    return app.files(HTML)


# ---- what is kept ----------------------------------------------------------------------------------


def test_the_worker_of_the_site_lists_the_site_as_it_stands(listed):
    assert (HTML / "sw.js").read_text("utf8") == app.worker(listed), "run `make site`: editions.app goes last"


def test_whatever_a_page_or_a_style_names_is_kept_or_left_out_on_purpose(listed):
    kept, lost = {path for path, _ in listed}, set()
    pages = [path for pattern in ("*.html", "chapters/*.html", "embed/*.html") for path in HTML.glob(pattern)]
    for path in [*pages, *(HTML / "_static").rglob("*.css")]:
        place = path.relative_to(HTML).as_posix()
        pattern = r"""url\(["']?([^"')]+)""" if path.suffix == ".css" else r"""\b(?:href|src)="([^"]+)"""
        for link in set(re.findall(pattern, path.read_text("utf8"))):
            if not re.match(r"\w+:|#", link) and not link.endswith((".ttf", ".woff")):  # of older browsers
                named = urljoin(f"/{place}", re.split("[?#]", link)[0])[1:]
                if named.startswith("_static/page/source/") and named.endswith(".py"):
                    named = named.replace("/source/", "/python/")
                if named not in kept and not named.startswith(NOT_KEPT) and not named.endswith(".ipynb"):
                    lost.add(f"{place}: {link}")
    assert not lost
    assert not [path for path in kept if path.startswith(NOT_KEPT) or path.endswith(".ipynb")]


def test_a_source_that_is_not_kept_is_the_text_that_the_interpreter_gets():
    sources = HTML / "_static" / "page" / "source"
    shown = list(sources.rglob("*.py"))
    assert len(shown) > 40
    for path in shown:
        assert path.read_bytes() == (sources.parent / "python" / path.relative_to(sources)).read_bytes()


def test_a_folder_without_the_book_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(SystemExit, match="make site"):
        app.main(tmp_path)


# ---- what a browser installs -----------------------------------------------------------------------


def test_the_manifest_has_what_a_browser_needs_to_install_the_book():
    manifest = json.loads((HTML / "manifest.webmanifest").read_text("utf8"))
    assert manifest["name"] and len(manifest["short_name"]) <= 15 and manifest["display"] == "standalone"
    assert manifest["scope"] == "./" and (HTML / manifest["start_url"]).is_file()
    sizes = set()
    for icon in manifest["icons"]:
        path = HTML / icon["src"]
        if icon["type"] == "image/png":
            assert icon["sizes"] == "{}x{}".format(*size_of(path))
            sizes.add((icon["sizes"], icon["purpose"]))
        assert path.is_file()
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}


def size_of(png):
    return struct.unpack(">II", png.read_bytes()[16:24])


@pytest.mark.parametrize("path", ["chapters/intro.html", "chapters/glossary.html", "search.html", "genindex.html"])
def test_a_page_names_the_manifest_the_icon_and_the_colours_of_its_window(path):
    text = (HTML / path).read_text("utf8")
    links = {rel: HTML / pathlib.Path(path).parent / href
             for rel, href in re.findall(r'<link rel="(manifest|apple-touch-icon)" href="([^"]+)">', text)}
    assert links["manifest"].resolve() == (HTML / "manifest.webmanifest").resolve()
    assert size_of(links["apple-touch-icon"]) == (180, 180)
    assert re.findall(r'<meta name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)">', text) == [
        ("#ffffff", "light"), ("#14181e", "dark")]


def test_without_a_chromium_the_manifest_names_the_drawing_alone():
    assert [icon["sizes"] for icon in app.manifest(has_icons=False)["icons"]] == ["any"]


# ---- when the worker is asked for ------------------------------------------------------------------


def asked_by(open_page, path, script=""):
    """A page whose worker is never there, when it has had time to ask for it."""
    page = open_page(path, own=True, service_workers="allow",
                     prepare=lambda page: page.add_init_script(ASKED + script))
    page.evaluate(IDLE)
    return page


def test_the_worker_is_asked_for_when_the_page_has_loaded(open_page, site):
    page = asked_by(open_page, "chapters/glossary.html")
    assert page.evaluate("() => asked") == [[f"{site}/sw.js", "complete"]]


def test_the_worker_is_not_asked_for_when_data_is_to_be_saved(open_page):
    saving = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"
    assert asked_by(open_page, "chapters/glossary.html", saving).evaluate("() => asked") == []


def test_the_worker_is_not_asked_for_by_a_widget_in_a_frame(open_page):
    def course(page):
        page.add_init_script(ASKED)
        page.route("**/course.html", lambda route: route.fulfill(content_type="text/html", body=(
            '<!DOCTYPE html><title>Course</title><link rel="icon" href="data:,">'
            '<iframe src="embed/igg_level.html"></iframe>')))
    page = open_page("course.html", own=True, service_workers="allow", prepare=course)
    frame = page.frames[1]
    frame.evaluate(IDLE)
    assert frame.evaluate("() => asked") == []
    alone = asked_by(open_page, "embed/igg_level.html")
    assert len(alone.evaluate("() => asked")) == 1, "the same page outside of a frame does ask"


def test_a_browser_that_refuses_the_worker_shows_the_page_without_a_word(open_page):
    refuse = """ServiceWorkerContainer.prototype.register = async () => {
      asked.push("refused");
      throw new Error("no storage");
    };"""
    assert asked_by(open_page, "chapters/glossary.html", refuse).evaluate("() => asked") == ["refused"]
