"""The built pages as one HTML document for paper: what a click opens is open, at the chapter's end, or left out.

pdf.py prints it. An element `<span class="pageno" data-of="ID"></span>` is given the page on which ID stands.
"""

import dataclasses
import datetime
import html
import json
import pathlib
import posixpath
import re
import string
from urllib.parse import quote_plus, urldefrag, urlsplit

import segno
import yaml
from bs4 import BeautifulSoup

from editions import address

ROOT = pathlib.Path(__file__).parents[1]
HERE = pathlib.Path(__file__).with_name("pdf")
SITE = ROOT / "_build" / "html"
CATALOGUE = "widgets"  # a page of nothing but figures; on paper a list
ONLINE_ONLY = {"run"}  # a page of buttons and downloads
LEFT_OUT = ("script, noscript, .headerlink, fieldset, form, .tools, .problem, .snippet, .plot, .still.narrow, "
            ".search, details.numbers, details.about, details.code, .toctree-wrapper, .sd-summary-state-marker, "
            ".citation .label")
REFERRING = ["aria-labelledby", "aria-describedby", "data-of"]  # attributes that name other elements
LONG_PAIR = re.compile("(?<=[a-z]{5})/(?=[A-Za-z]{5})")
LETTERS = "abcdefghijklm"
WAIT = '<span class="pageno" data-of="{}">000</span>'


@dataclasses.dataclass
class Page:
    """A page of the book, its article, and the part that it belongs to ("" for the first page)."""
    name: str
    part: str
    article: object = None

    @property
    def title(self):
        return self.article.find(class_="chapter-title").get_text(" ", strip=True)


def pages(only=()):
    """The pages in the order of _toc.yml; with names in `only`, these pages alone."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
    listed = [(toc["root"], "")]
    listed += [(chapter["file"], part["caption"]) for part in toc["parts"] for chapter in part["chapters"]]
    found = [Page(pathlib.PurePosixPath(path).name, part) for path, part in listed]
    found = [page for page in found if page.name not in ONLINE_ONLY]
    names = [page.name for page in found]
    unknown = sorted(set(only) - set(names))
    if unknown:
        raise ValueError(f"no such page in print: {', '.join(unknown)}; there are {', '.join(names)}")
    return [page for page in found if not only or page.name in only]


def document(only=()):
    """The HTML of the whole book, or of the pages in `only`."""
    book = pages(only)
    for page in book:
        page.article = read(page)
        link(page, {other.name for other in book})
    for page in book:
        if page.name == CATALOGUE:
            make_list(page, book)
    text = string.Template((HERE / "book.html").read_text("utf8")).substitute(
        front(), contents=contents(book), feet="\n".join(map(foot, book)), kept_apart=kept_apart(),
        body="\n".join(str(page.article) for page in book))
    objections = check(text)
    if objections:
        raise ValueError("the printed book would have faults:\n" + "\n".join(objections[:20]))
    return text


# --- a page ---

def read(page):
    """The article of a built page, ready for paper but for its links."""
    path = SITE / "chapters" / f"{page.name}.html"
    if not path.is_file():
        raise FileNotFoundError(f"the built book has no chapters/{path.name}: run `make site`, then `make pdf`")
    soup = BeautifulSoup(path.read_text("utf8"), "html.parser")
    article = soup.select_one("article.bd-article")
    starts = {one["id"]: json.loads(one.select_one("script.data").string) for one in article.select(".ivig-widget")}
    for element in article.select(LEFT_OUT):
        element.decompose()
    for widget in article.select(".ivig-widget"):
        make_figure(soup, widget, address_of(widget["data-widget"], starts[widget["id"]]))
    for test in article.select("ol.self-test"):
        make_test(soup, article, test)
    for details in article.select("details"):
        make_box(details)
    for cell in article.select("td, tbody th"):
        let_break(cell)
    for image in article.select("img[src]"):
        image["src"] = f"../html/chapters/{image['src']}"
    name_headings(article, page)
    own_ids(article, page.name)
    article.name, article.attrs = "section", {"class": "chapter", "id": page.name}
    return article


def new(soup, tag, text="", **attributes):
    """An element; `kind` is its class."""
    named = {"class" if name == "kind" else name: value for name, value in attributes.items()}
    element = soup.new_tag(tag, attrs=named)
    element.string = text
    return element


def parsed(text):
    """Elements of a piece of HTML."""
    return list(BeautifulSoup(text, "html.parser").contents)


def name_headings(article, page):
    """Titles of parts are h1, of chapters h2 and so on, so that the outline of the PDF nests as the book does."""
    for heading in article.find_all(["h1", "h2", "h3", "h4"]):
        level = int(heading.name[1])
        heading["class"] = {1: "chapter-title", 2: "section-title"}.get(level, "small-title")
        heading.name = f"h{level + bool(page.part)}"


def address_of(name, data):
    """A figure's own page at the state that is printed: as `Copy link` gives it, without what is at its start."""
    differing = {control["name"]: data["start"][control["name"]] for control in data["controls"]
                 if data["start"][control["name"]] != control["value"]}
    query = "&".join(f"{key}={quote_plus(json.dumps(value) if not isinstance(value, str) else value)}"
                     for key, value in differing.items())
    return f"embed/{name}.html#{name}" + (f"?{query}" if query else "")


def make_figure(soup, widget, live):
    """A card becomes a picture, beside it what it was computed from, below it what it says; the rest follows."""
    if not widget.select_one(".still svg"):
        raise ValueError(f"the figure {widget['id']} has no picture: a site built without a Chromium has none. "
                         "Install one, run `make site`, then `make pdf`")
    figure = new(soup, "figure", kind="widget", id=widget["id"], **{"data-widget": widget["data-widget"]})
    caption, side, values = new(soup, "figcaption"), new(soup, "div", kind="side"), new(soup, "ul", kind="values")
    for part in (".title", ".sentence"):
        caption.append(widget.select_one(part).extract())
    values.extend(new(soup, "li", value) for value in widget.select_one(".values").get_text().split(" · "))
    side.extend([values, *parsed(live_place(live))])
    figure.extend([widget.select_one(".stills").extract(), side, caption])
    after = [widget.select_one(f".{kind}") for kind in ("facts", "answer", "limits")]
    parts = [widget.select_one(".predict"), figure, *after]
    widget.replace_with(*[part.extract() for part in parts if part and part.get_text(strip=True)])


def live_place(live):
    """The way from paper to the live figure: a code for a camera and an address, or words while there is none."""
    if not address.is_settled():
        return '<p class="live">This figure computes in the online book.</p>'
    target = html.escape(address.site() + live)
    shown = address.site().partition("//")[2] + urldefrag(live).url
    there = f'<a href="{target}">{html.escape(shown)}</a>'
    return f'<p class="live">{code(address.site() + live)}{there}</p>'


def code(target):
    """The QR code of an address, as SVG."""
    return segno.make_qr(target, error="m").svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None)


def let_break(cell):
    """Two long words with a stroke between them may stand on two lines of a table."""
    for text in cell.find_all(string=LONG_PAIR):
        text.replace_with(*parsed(LONG_PAIR.sub("/<wbr>", html.escape(text))))


def make_box(details):
    """A disclosure becomes a box that is open: a title and what it held."""
    summary = details.find("summary")
    summary.name, summary.attrs = "p", {"class": "box-title"}
    kinds = ["unfolded" if kind == "sd-dropdown" else kind for kind in details.get("class", [])]
    details.name, details.attrs = "div", {"class": ["box", *kinds]}


def make_test(soup, article, test):
    """Questions stay where they are, answers go to the end of the chapter."""
    answers = new(soup, "ol", kind="answers")
    for question in test.find_all("li", recursive=False):
        options = question.find_all("details", recursive=False)
        choices = new(soup, "ol", kind="options")
        choices.extend(new(soup, "li", option.find("summary").get_text()) for option in options)
        answers.append(answer(soup, question, options))
        for option in options:
            option.decompose()
        if question["data-kind"] == "numeric":
            question.find_all("em")[-1].string = "Work it out."
        else:
            question.append(choices)
    name = f"answers-{len(article.select('.answers-section')) + 1}"
    place = new(soup, "section", kind="answers-section")
    place.extend([new(soup, "h2", "Answers to the self-test", id=name), answers])
    test.insert_after(*parsed(f'<p class="answers-at"><a href="#{name}">Answers: page {WAIT.format(name)}</a></p>'))
    article.append(place)


def answer(soup, question, options):
    """The letters of what is right, then what is said of each option, the right ones first, then the sources."""
    found = new(soup, "li", id=f"answer-{question['id']}")
    right = [letter for letter, option in zip(LETTERS, options) if "right" in option["class"]]
    numeric = question["data-kind"] == "numeric"
    if not numeric:
        found.append(new(soup, "strong", f"{', '.join(right)}. "))
    for letter, option in sorted(zip(LETTERS, options), key=lambda pair: pair[0] not in right):
        said = option.find("p").extract()
        said.name = "span"
        if not numeric:
            said.find("strong").decompose()  # "Right." or "Not this one.": the letters say it
        if not numeric and right != [letter]:
            found.append(new(soup, "strong", f"({letter}) "))
        found.extend([said, " "])
    found.append(question.find(class_="about").extract())
    return found


def own_ids(article, page):
    """Every id gets the page's name in front, so that no two pages share one."""
    for element in article.find_all(True):
        if "id" in element.attrs:
            element["id"] = f"{page}--{element['id']}"
        for name in REFERRING:
            if name in element.attrs:
                element[name] = " ".join(f"{page}--{one}" for one in str(element[name]).split())
        for name, value in element.attrs.items():
            if "url(" in value:
                element[name] = re.sub(r"""url\((['"]?)#""", rf"url(\1#{page}--", value)
            elif name in ("href", "xlink:href") and element.name != "a":  # a part of a drawing that it uses again
                element[name] = value.replace("#", f"#{page}--", 1)


# --- links ---

def link(page, printed):
    """Links to printed pages stay inside the document; others lead to the online book, if it has an address."""
    for element in page.article.find_all("a", href=True):
        target = resolved(element["href"], page.name, printed)
        if target:
            element.attrs = {"href": target} | ({"class": "term"} if "term" in element.get("class", []) else {})
        else:
            element.name, element.attrs = "span", {"class": "unlinked"}


def resolved(href, page, printed):
    """The target in print of a link on a page, or "" where there is none yet."""
    if urlsplit(href).scheme:
        return href
    path, fragment = urldefrag(href)
    target = posixpath.normpath(posixpath.join("chapters", path or f"{page}.html"))
    place, _, state = fragment.partition("?")
    name = target.removeprefix("chapters/").removesuffix(".html")
    if name in printed and not (state and address.is_settled()):
        return f"#{name}--{place}" if place else f"#{name}"
    return address.site() + target + (f"#{fragment}" if fragment else "") if address.is_settled() else ""


def check(text):
    """What is wrong with the document: ids that stand twice, links to nothing."""
    soup = BeautifulSoup(text, "html.parser")
    ids = [element["id"] for element in soup.find_all(id=True)]
    known = set(ids)
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(known) < len(ids) else []
    lost = sorted({one["href"] for one in soup.find_all(href=re.compile("^#"))} - {f"#{one}" for one in known})
    return [f"the id {one} stands twice" for one in twice] + [f"a link leads to {one}, not there" for one in lost]


# --- what no page has ---

def make_list(page, book):
    """The page of all figures becomes a list: where each stands in print, and where it lives."""
    soup, shown = BeautifulSoup("", "html.parser"), {}
    for other in book:
        if other is not page:
            for figure in other.article.select("figure.widget"):
                shown.setdefault(figure["data-widget"], []).append(figure["id"])
    for heading in page.article.select(".section-title"):
        section = heading.parent
        figures = section.select("figure.widget")
        rows = "".join(row(figure, shown.get(figure["data-widget"], [])) for figure in figures)
        heading.extract()
        section.clear()
        section.append(heading)
        section.extend(parsed(f'<ul class="catalogue">{rows}</ul>'))
    opening = page.article.select_one("p:not(.review-status, .part-title)")
    words = ("The online book shows every figure that computes on one page. In print this is a list of them, with the "
             "pages on which their pictures stand.")
    opening.replace_with(new(soup, "p", words))


def row(figure, places):
    title = html.escape(figure.select_one(".title").get_text())
    found = ", ".join(f'<a href="#{place}">page {WAIT.format(place)}</a>' for place in places)
    live = figure.select_one(".live a")
    web = f' <a class="web" href="{html.escape(live["href"].partition("?")[0])}">{live.get_text()}</a>' if live else ""
    return f'<li id="{figure["id"]}"><strong>{title}</strong> {found or "not in this print"}.{web}</li>'


def contents(book):
    """The table of contents: parts, chapters, sections, each with its page."""
    rows, part = [], ""
    for page in book:
        if page.part != part:
            part = page.part
            page.article.insert(0, new(BeautifulSoup("", "html.parser"), "h1", part, kind="part-title"))
            rows.append(f'<li class="of-part">{html.escape(part)}</li>')
        rows.append(entry("of-chapter", page.name, page.title))
        for heading in page.article.select(".section-title"):
            place = heading.get("id") or heading.find_parent("section")["id"]
            rows.append(entry("of-section", place, heading.get_text(" ", strip=True)))
    return "\n".join(rows)


def entry(kind, place, title):
    return f'<li class="{kind}"><a href="#{place}">{html.escape(title)}</a>{WAIT.format(place)}</li>'


def foot(page):
    """A chapter's own kind of page, with its title at the foot."""
    title = page.title.replace("\\", "\\\\").replace('"', '\\"')
    return f'@page of-{page.name} {{ @bottom-left {{ content: "{title}" }} }}\n#{page.name} {{ page: of-{page.name} }}'


def front():
    """What the title page says."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    texts = [(ROOT / "chapters" / f"{page.name}.md").read_text("utf8") for page in pages()]
    matter = [yaml.safe_load(text.split("---\n")[1]) for text in texts]
    newest = max(datetime.date.fromisoformat(str(one["updated"])) for one in matter)
    approved = sum(one["review"]["status"] == "approved" for one in matter)
    status = ("Draft, not reviewed by a clinician." if not approved else
              "Every page approved by a clinician." if approved == len(matter) else
              f"Draft: {approved} of {len(matter)} pages approved by a clinician, as the line under each title says.")
    title, _, subtitle = settings["title"].partition(": ")
    web = html.escape(address.site())
    there = f'<p class="web">{code(address.site())}<a href="{web}">{web}</a></p>'
    return {"title": html.escape(title), "subtitle": html.escape(subtitle), "author": html.escape(settings["author"]),
            "date": f"{newest.day} {newest:%B %Y}", "status": status, "year": settings["copyright"],
            "web": there if address.is_settled() else ""}


def kept_apart():
    """Says on paper where the live figures are."""
    if address.is_settled():
        return "The code beside a picture, or a click on its address, opens the live figure as it is printed here."
    return ("The live figures are in the online book, which has no public address yet; where its text leads to one, "
            "print has words in italics.")
