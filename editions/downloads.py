"""The links to what can be downloaded whole, on the page chapters/run: python -m editions.downloads [FOLDER]

A file has a link, with its size, once it lies in the folder `downloads` of the site; before that the page says how
it is made. The build asks for this, and so does whatever writes such a file, by link(). FOLDER is another copy of the
site.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
PAGE = "chapters/run.html"
WAYS = {  # file -> its words, and what makes it
    "ivig-textbook-offline.zip": ("The whole book to unpack and open without a network", "make offline"),
    "ivig-textbook.pdf": ("The whole book as a PDF", "make pdf"),
}
PLACE = re.compile(r'(<p class="download" data-file="([^"]+)">).*?(</p>)', re.S)


def filled(text, site):
    """The page's HTML with a link to each file that there is in `site`, and words in the place of the others."""
    return PLACE.sub(lambda match: match[1] + said(match[2], site) + match[3], text)


def said(name, site):
    words, command = WAYS[name]
    path = site / "downloads" / name
    if path.is_file():
        return f'<a href="../downloads/{name}" download>{words}</a> ({name}, {path.stat().st_size / 1e6:.1f} MB).'
    return f'{words}: not made for this copy of the book. <code>{command}</code> in the book\'s repository makes it.'


def link(site=SITE):
    """Bring the page of a built site up to date with the files that there are."""
    page = pathlib.Path(site) / PAGE
    if not page.is_file():
        sys.exit(f"There is no {PAGE} in {site}: run `make site` first.")
    text = page.read_text("utf8")
    better = filled(text, pathlib.Path(site))
    if better != text:
        page.write_text(better, "utf8")


if __name__ == "__main__":
    link(*sys.argv[1:2])
