"""A reader whose browser keeps the book: without a connection, beside JupyterLite, and when a new edition comes."""

import contextlib
import shutil

import pytest

from editions import app
from tests.conftest import HTML, PATIENCE, browser_path, serving, watch
from tests.site.conftest import AXE, AXE_FINDS, TAGS, Card
from widgets import catalog

pytestmark = pytest.mark.xdist_group("browser-0")
SELDOM = ("source", "KaTeX_*")  # not looked at by the tests of editions: less to keep
KEPT = """async () => {
  const {active} = await navigator.serviceWorker.ready;
  if (active.state !== "activated") return false;
  const names = (await caches.keys()).filter((name) => name.includes("precache"));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({url}) => url);
}"""
CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
SCOPES = "async () => (await navigator.serviceWorker.getRegistrations()).map(({scope}) => scope).sort()"
LONG = 60_000  # milliseconds, for JupyterLite to start
IDLE = "() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(() => done())))"
COMING = """const own = ServiceWorkerContainer.prototype.register;
ServiceWorkerContainer.prototype.register = async function (...all) {
  const registration = await own.apply(this, all);
  window.coming = registration.installing;
  return registration;
};"""


@pytest.fixture(autouse=True, scope="module")
def with_icons():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", browser_path())
        yield


def copy_of_site(folder, without=()):
    """The site under a path of its own, as GitHub Pages serves it."""
    site = folder / "book"
    unneeded = "lite", "downloads", "_sources", "locales", "*.ipynb", *without
    shutil.copytree(HTML, site, ignore=shutil.ignore_patterns(*unneeded))
    return site


def as_kept(listed):
    return set(map(tuple, listed))


def change(path, old, new):
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new), "utf8")


# ---- without a connection --------------------------------------------------------------------------


class Reader:
    """A browser with a worker, and what went wrong on its pages."""

    def __init__(self, chromium, address, **options):
        self.context = chromium.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.address, self.faults = f"{address}/book/", []

    def open(self, path, script=""):
        page = self.context.new_page()
        self.faults.append(watch(page, self.address.rstrip("/")))
        if script:
            page.add_init_script(script)
        page.answer = page.goto(self.address + path)
        return page

    def visit(self, path="chapters/intro.html"):
        """The first visit: ends when everything is kept."""
        page = self.open(path)
        page.wait_for_function(KEPT)
        page.wait_for_function(CONTROLLED)
        return page

    def kept(self, page):
        """What the cache holds: address from the root of the book, and revision."""
        return {tuple(url.removeprefix(self.address).split("?__WB_REVISION__=")) for url in page.evaluate(KEPT)}

    def assert_well(self):
        assert not [fault for faults in self.faults for fault in faults]
        self.faults.clear()


@pytest.fixture
def reader_of(chromium):
    """reader_of(address, **options of the context) gives a Reader; nothing may go wrong on its pages."""
    with contextlib.ExitStack() as stack:
        def make(address, **options):
            reader = Reader(chromium, address, **options)
            stack.callback(reader.context.close)
            return reader
        yield make


@pytest.fixture(scope="module")
def visitor(chromium, tmp_path_factory):
    """A reader who has seen the first chapter; `shut()` ends the host."""
    site = copy_of_site(tmp_path_factory.mktemp("kept"))
    if (HTML / "lite").is_dir():
        (site / "lite").symlink_to(HTML / "lite")
    listed = as_kept(app.write(site))
    with contextlib.ExitStack() as host:
        address = host.enter_context(serving(site.parent, protocol="HTTP/1.0"))  # no connection outlives the server
        reader = Reader(chromium, address)
        page = reader.visit()
        assert reader.kept(page) == listed
        reader.shut = host.close
        yield reader
        reader.context.close()


@pytest.fixture
def offline(visitor):
    """The visitor after connection and host are gone."""
    visitor.shut()
    visitor.context.set_offline(True)
    yield visitor
    visitor.assert_well()
    for page in visitor.context.pages[1:]:
        page.close()


def test_jupyterlite_has_its_own_worker_and_the_book_keeps_the_one_it_had(visitor):
    book = visitor.context.pages[0]
    before, kept = book.evaluate(SCOPES), visitor.kept(book)
    answer = visitor.context.new_page().goto(visitor.address + "lite/jupyter-lite.json")
    assert answer.status == 200 and not answer.from_service_worker
    for _ in range(2):  # at its second start JupyterLite registers anew
        page = visitor.context.new_page()
        with page.expect_console_message(lambda one: one.text.endswith("was successfully registered"), timeout=LONG):
            page.goto(visitor.address + "lite/lab/index.html")
        page.close()
    assert before == [visitor.address]
    assert book.evaluate(SCOPES) == [visitor.address, visitor.address + "lite/"]
    assert visitor.kept(book) == kept, "nothing of JupyterLite is kept with the book"


def test_offline_a_chapter_never_visited_computes_like_python(offline):
    page = offline.open("chapters/fcrn.html?audience=clinician#igg-half-life")
    card = Card(page, catalog.find("igg_half_life"), "igg_half_life")
    card.element.scroll_into_view_if_needed()
    card.drawn()
    slider = card.part("input[type=range]").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("(id) => document.getElementById(id).dataset.state", arg=card.id)
    values = card.values()
    assert values != card.start
    assert card.sentence() == card.in_cpython(values)["sentence"]
    card.part("details.code > summary").click()
    card.part(".highlight pre").first.wait_for()
    link = card.part(".path a[href*=catalog]").get_attribute("href")
    assert "def figure(" in page.evaluate("async (link) => (await fetch(link)).text()", link)


def test_offline_the_other_parts_of_the_book_work(offline):
    page = offline.open("search.html?q=trough&highlight=trough")
    page.locator("#search-results li a[href*='dose_and_level']").first.wait_for()
    page = offline.open("")
    page.wait_for_url("**/chapters/intro.html")
    page = offline.open("chapters/fc_receptors.html")
    page.locator("a.term").first.focus()
    page.get_by_role("tooltip").wait_for()
    item = page.locator("ol.self-test > li[data-kind=single]").first
    item.get_by_role("radio").first.check()
    item.locator(".feedback p").first.wait_for()
    page.locator("a.term").first.evaluate("(link) => link.click()")
    page.wait_for_url("**/glossary.html#*")
    page = offline.open("embed/igg_level.html?theme=dark#igg_level?dose=1000")
    card = Card(page, catalog.find("igg_level"), "igg_level")
    values = card.computed({"dose": 1000})
    assert card.drawn().sentence() == card.in_cpython(values)["sentence"]


# ---- a new edition ---------------------------------------------------------------------------------

SENTENCE, NEW_SENTENCE = "takes IgG to a peak of", "lifts IgG to a peak of"
TITLE, NEW_TITLE = "Intravenous Immunoglobulin &#8212;", "Second edition &#8212;"


def publish_second(site):
    """The same book with another page, another computation, and one page less."""
    change(site / "chapters" / "intro.html", TITLE, NEW_TITLE)
    change(site / "_static" / "page" / "python" / "widgets" / "catalog" / "igg_level.py", SENTENCE, NEW_SENTENCE)
    (site / "chapters" / "instructors.html").unlink()
    return app.write(site)


def igg(page):
    """The sentence of the IgG level after one more step of its first slider."""
    card = Card(page, catalog.find("igg_level"), "igg_level")
    card.part("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.getElementById('igg_level').dataset.state")
    return card.sentence()


def test_a_new_edition_waits_for_the_reader_and_then_replaces_the_old_one_everywhere(tmp_path, reader_of):
    site = copy_of_site(tmp_path, without=SELDOM)
    first = as_kept(app.write(site))
    with serving(tmp_path, protocol="HTTP/1.0") as address:
        reader = reader_of(address, viewport={"width": 390, "height": 800}, color_scheme="dark")
        reading = reader.visit()
        second = as_kept(publish_second(site))

        later = reader.open("chapters/intro.html")
        bar, told = (page.get_by_role("complementary", name="New edition") for page in (later, reading))
        bar.wait_for()
        told.wait_for()
        embedded = reader.open("embed/igg_level.html")
        embedded.get_by_role("complementary", name="New edition").wait_for()
        assert later.title().startswith("Intravenous") and SENTENCE in igg(embedded), "still the first edition"
        assert first < reader.kept(later)
        assert_axe_finds_nothing(later, "#new-edition")

        bar.get_by_role("button", name="Not now").click()
        later.reload()
        later.evaluate(IDLE)
        assert told.is_visible() and not bar.is_visible(), "a reader who said so is left in peace"

        with embedded.expect_event("load"), later.expect_event("load"), reading.expect_event("load"):
            told.get_by_role("button", name="Reload").press("Enter")
        assert reading.title().startswith("Second") and later.title().startswith("Second")
        assert NEW_SENTENCE in igg(embedded)
        reading.wait_for_function(CONTROLLED)
        assert reader.kept(reading) == second
        assert {path for path, _ in first} - {path for path, _ in second} == {"chapters/instructors.html"}
        reader.assert_well()


def assert_axe_finds_nothing(page, place):
    page.evaluate(f"globalThis.axe || (() => {{ {AXE.read_text('utf8')} }})()")
    for theme in ("dark", "light"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        assert page.evaluate(AXE_FINDS.replace("axe.run(", f"axe.run('{place}', "), [TAGS, [], []]) == []


def test_a_new_edition_is_there_when_all_pages_of_the_old_one_were_closed(tmp_path, reader_of):
    site = copy_of_site(tmp_path, without=SELDOM)
    app.write(site)
    with serving(tmp_path, protocol="HTTP/1.0") as address:
        reader = reader_of(address)
        reader.visit()
        publish_second(site)
        page = reader.open("chapters/intro.html")
        page.get_by_role("complementary", name="New edition").wait_for()
        for one in reader.context.pages:
            one.close()
        assert reader.open("chapters/intro.html").title().startswith("Second")
        reader.assert_well()


@pytest.mark.parametrize("fault", ["missing", "of another edition"])
def test_when_a_file_is_not_as_listed_nothing_is_kept_and_the_book_reads_as_before(tmp_path, reader_of, fault):
    site = copy_of_site(tmp_path, without=SELDOM)
    app.write(site)
    unused = site / "_static" / "doctools.js" if fault == "of another edition" else site / "_static" / "file.png"
    if fault == "missing":
        unused.unlink()
    else:
        unused.write_text(unused.read_text("utf8") + "\n", "utf8")
    with serving(tmp_path, protocol="HTTP/1.0") as address:
        reader = reader_of(address)
        page = reader.open("chapters/intro.html", COMING)
        page.wait_for_function("() => window.coming?.state === 'redundant'")
        assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
        reader.open("chapters/glossary.html").get_by_role("heading", level=1).wait_for()
        reader.assert_well()
