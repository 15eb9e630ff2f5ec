"""Prints the built book: _build/html/downloads/ivig-textbook.pdf, A4, with contents, bookmarks and links.

    python -m editions.pdf                              the whole book
    python -m editions.pdf --pages intro dose_and_level     a part, into _build/pdf/part.pdf

paper.py makes one document of the pages, a Chromium prints it: once to learn on which page everything stands, once
with these numbers in the table of contents. A print whose numbers moved is an error.
"""

import argparse
import contextlib
import os
import pathlib
import sys
import time

import pypdf
from pypdf.generic import NameObject, TextStringObject

from editions import downloads, paper
from editions.paper import ROOT

WORK = ROOT / "_build" / "pdf"
BOOK = paper.SITE / "downloads" / "ivig-textbook.pdf"
OLDEST = 131  # the first Chromium that prints what a style says of a page's foot
WIDTH = 635  # pixels between the margins of print.css: 168 mm
PATIENCE = 600_000  # milliseconds
FIT = (paper.HERE / "fit.js").read_text("utf8")
FILL = """(pages) => document.querySelectorAll(".pageno").forEach((place) => {
  if (!(place.dataset.of in pages)) throw new Error(`no link leads to ${place.dataset.of}, so its page is not known`);
  place.textContent = pages[place.dataset.of];
})"""
TITLES = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5')].map((title) => title.textContent.trim())"


def browser_path():
    """The path of the Chromium that prints; an error that says how to get one."""
    path = os.environ.get("BROWSER_PATH")
    if not path:
        raise FileNotFoundError("BROWSER_PATH names no Chromium to print with: run `make pdf`, which finds or gets one")
    return path


def print_book(target, only=()):
    """Write the PDF of the whole book, or of the pages in `only`, to `target`."""
    say = clock()
    WORK.mkdir(parents=True, exist_ok=True)
    html = WORK / "book.html"
    html.write_text(paper.document(only), "utf8")
    say(f"put together {html.relative_to(ROOT)}, {html.stat().st_size / 1e6:.1f} MB")
    first, second = WORK / "first.pdf", WORK / "second.pdf"
    with chromium() as browser:
        titles, fitted = print_once(browser, html, first)
        pages = places(first)
        say(f"printed once, {len(pypdf.PdfReader(first).pages)} pages; {fitted}")
        print_once(browser, html, second, pages)
        say("printed again, with page numbers in the contents")
    moved = [place for place, number in places(second).items() if number != pages.get(place)]
    if moved:
        raise RuntimeError(f"page numbers moved between the two prints: {', '.join(moved[:5])}. "
                           "Give `.pageno` a fixed width in editions/pdf/print.css")
    target.parent.mkdir(parents=True, exist_ok=True)
    finish(second, target, titles)
    say(f"wrote {os.path.relpath(target, ROOT)}, {target.stat().st_size / 1e6:.1f} MB")


def clock():
    """Prints each step of a long job with the seconds since its start."""
    start = time.monotonic()
    return lambda words: print(f"  {time.monotonic() - start:5.1f} s  {words}", flush=True)


@contextlib.contextmanager
def chromium():
    """A Chromium that is new enough."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise ImportError("printing needs the package playwright: `make site` installs it with the others") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path())
        try:
            if int(browser.version.split(".")[0]) < OLDEST:
                raise RuntimeError(f"this Chromium is {browser.version}; printing page numbers needs {OLDEST} or "
                                   "newer: put the path of a newer one into BROWSER_PATH")
            yield browser
        except Error as wrong:
            raise RuntimeError(f"Chromium could not print: {wrong.message}") from wrong
        finally:
            browser.close()


def print_once(browser, html, path, pages=None):
    """Print a document, with the numbers of `pages` where they belong; returns its titles and what was made to fit.

    Every print has a tab of its own: a second print from the same tab can break a page at another line.
    """
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.emulate_media(media="print")
    page.goto(html.as_uri())
    if pages:
        page.evaluate(FILL, pages)
    fitted = page.evaluate(FIT)
    page.pdf(path=path, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    titles = page.evaluate(TITLES)
    page.close()
    return titles, fitted


def places(path):
    """On which page everything stands that a link leads to: dict from its id to the number at the page's foot."""
    reader = pypdf.PdfReader(path)
    return {name.lstrip("/"): reader.get_destination_page_number(place) + 1
            for name, place in reader.named_destinations.items()}


def finish(printed, target, titles):
    """Say in the PDF what it is, and have viewers open it with its bookmarks and its title."""
    front = paper.front()
    writer = pypdf.PdfWriter(clone_from=printed)
    writer.pdf_header = pypdf.PdfReader(printed).pdf_header
    writer.add_metadata({"/Title": f"{front['title']}: {front['subtitle']}", "/Author": front["author"],
                         "/Subject": f"Edition of {front['date']}. {front['status']}", "/Keywords": "CC BY 4.0"})
    writer.page_mode = "/UseOutlines"
    writer.create_viewer_preferences().display_doctitle = True
    spaced = {squeezed(title): title for title in titles}
    for bookmark in bookmarks(writer.get_outline_root()):
        better = spaced.get(squeezed(bookmark["/Title"]))
        if better:  # Chromium's lacks the space at which the title was broken, and is in capitals where print is
            bookmark[NameObject("/Title")] = TextStringObject(better)
    writer.write(target)


def squeezed(title):
    return "".join(title.split()).casefold()


def bookmarks(above):
    """All entries of a PDF's outline below one of them."""
    below = above.get("/First")
    while below is not None:
        entry = below.get_object()
        yield entry
        yield from bookmarks(entry)
        below = entry.get("/Next")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m editions.pdf", description="Print the built book as one PDF.")
    parser.add_argument("--pages", nargs="+", default=[], metavar="PAGE",
                        help="only these pages, such as: intro dose_and_level")
    parser.add_argument("--output", type=pathlib.Path, help="where the PDF goes")
    asked = parser.parse_args(arguments)
    target = (asked.output or (WORK / "part.pdf" if asked.pages else BOOK)).resolve()
    try:
        print_book(target, asked.pages)
        if target == BOOK:
            downloads.link()
    except (OSError, ImportError, RuntimeError, ValueError) as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
