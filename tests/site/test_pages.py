"""Every page of the built book: its links, its head, and what axe-core finds in light and in dark."""

import html.parser
import re
import urllib.parse

import pytest

from tests.built import HTML, PAGES

CHAPTERS = [path for path in PAGES if path.startswith("chapters/")]


class Page(html.parser.HTMLParser):
    """The ids of a page, where its links lead and what its head says."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.meta, self.lang, self.title = set(), set(), {}, "", ""
        self.reading = ""
        self.feed((HTML / path).read_text("utf8"))

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.reading = tag
        self.ids.add(known.get("id"))
        self.links |= {known[name] for name in ("href", "src", "action", "poster") if known.get(name)}
        if tag == "html":
            self.lang = known.get("lang", "")
        elif tag == "meta" and "name" in known:
            self.meta[known["name"]] = known.get("content", "")

    handle_startendtag = handle_starttag

    def handle_data(self, text):
        if self.reading == "title":
            self.title += text
            self.reading = ""


@pytest.fixture(scope="module")
def pages():
    return {path: Page(path) for path in PAGES}


# ---- what stands in the files ----------------------------------------------------------------------


def test_every_link_leads_somewhere_inside_the_book_or_to_a_secure_address(pages):
    wrong = []
    for path, page in pages.items():
        for link in page.links:
            target = urllib.parse.urlsplit(link)
            if target.scheme in ("https", "mailto", "data"):
                continue
            if target.scheme or target.netloc:
                wrong.append(f"{path}: {link}: no such kind of link")
                continue
            place = (HTML / path).parent / urllib.parse.unquote(target.path) if target.path else HTML / path
            if not place.is_file() and not (place / "index.html").is_file():
                wrong.append(f"{path}: {link}: no such file")
                continue
            name = urllib.parse.unquote(target.fragment)
            known = pages.get(str(place.resolve().relative_to(HTML.resolve())))
            if name and known and name not in known.ids and "?" not in name:
                wrong.append(f"{path}: {link}: no such place on that page")
    assert not wrong, "\n".join(sorted(wrong))


def test_no_link_stands_inside_another():
    nested = re.compile(r"<a\b[^>]*>(?:(?!</a>).)*?<a\b[^>]*>", re.S)
    found = {path: match[0][-200:] for path in PAGES for match in nested.finditer((HTML / path).read_text("utf8"))}
    assert not found


def test_nothing_is_loaded_from_another_host():
    loads = re.compile(r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["'](?:https?:)?//"""
                       r"""|<link\b[^>]*\brel=["'](?!canonical)[^>]*\bhref=["'](?:https?:)?//"""
                       r"""|@import\s+["'](?:https?:)?//|url\(["']?(?:https?:)?//""")
    files = [path for ending in ("html", "css") for path in HTML.rglob(f"*.{ending}")
             if {"vendor", "lite"}.isdisjoint(path.parts)]
    found = [f"{path.relative_to(HTML)}: {match.group()[:120]}" for path in files
             for match in loads.finditer(path.read_text("utf8")) if "_static/webpack" not in str(path)]
    assert not found, "\n".join(found)


def test_no_page_holds_a_notebook_widget_that_would_not_answer():
    assert [path for path in PAGES
            if "application/vnd.jupyter.widget" in (HTML / path).read_text("utf8")] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_language_a_title_and_a_viewport(pages, path):
    page = pages[path]
    assert page.lang == "en" and page.title.strip()
    assert page.meta["viewport"].startswith("width=device-width")


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith(("chapters/", "embed/"))])
def test_a_page_says_in_one_line_what_it_is_about(pages, path):
    assert 30 < len(pages[path].meta["description"]) < 700


def test_no_two_pages_have_the_same_title(pages):
    titles = [page.title for path, page in pages.items() if path.startswith("chapters/")]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", CHAPTERS)
def test_a_chapter_says_its_review_status_and_that_it_is_no_advice(path):
    text = (HTML / path).read_text("utf8")
    assert len(re.findall('class="review-status"', text)) == 1 and "not medical advice" in text


# ---- what a browser makes of them ------------------------------------------------------------------


@pytest.mark.parametrize("path", [path for path in PAGES if path != "index.html"])
def test_axe_finds_nothing_in_light_and_in_dark(open_page, axe, path):
    page = open_page(path, viewport={"width": 1280, "height": 900}, color_scheme="light")
    assert page.locator("h1").locator("visible=true").count() == 1
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    if not path.startswith("embed/"):  # of a widget's own page test_phone asks everything
        assert axe(page) == []
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
    assert axe(page, only=["color-contrast", "link-in-text-block"]) == [], "in the dark"


def test_the_front_door_leads_to_the_first_chapter(open_page):
    page = open_page("index.html")
    page.wait_for_url("**/chapters/intro.html")


def test_search_finds_a_chapter(open_page):
    page = open_page("search.html?q=trough")
    page.locator("#search-results li a[href*='dose_and_level']").first.wait_for()


def test_the_words_of_a_search_stand_beside_the_lens(open_page):
    page = open_page("search.html?q=trough")
    lens = page.locator(".bd-search-container .bd-search .fa-magnifying-glass").bounding_box()
    begin = page.locator(".bd-search-container .bd-search input[type=search]").evaluate(
        "(field) => field.getBoundingClientRect().left + parseFloat(getComputedStyle(field).paddingLeft)")
    assert lens["x"] + lens["width"] <= begin


def test_the_button_that_hides_search_matches_has_its_icon(open_page):
    page = open_page("chapters/fcrn.html?highlight=trough")
    icon = page.locator(".highlight-link a").evaluate("(link) => getComputedStyle(link, '::before').fontFamily")
    assert "Font Awesome" in icon
