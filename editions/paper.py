"""The built pages as one HTML document for paper: what a click would open stands open, at the chapter's end, or is left out.

pdf.py prints it. An element `<span class="pageno" data-of="ID"></span>` is given the page on which ID stands.
"""

import dataclasses
import datetime
import html
import json
import pathlib
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
LEFT_OUT = ("script, noscript, .headerlink, fieldset, form, .tools, .problem, .snippet, .plot, .still.narrow, .search, "
            "details.numbers, details.about, details.code, .toctree-wrapper, .sd-summary-state-marker, .citation .label")
REFERRING = ["for", "headers", "aria-labelledby", "aria-describedby"]  # attributes that name other elements
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
    listed = [(toc["root"], "")] + [(chapter["file"], part["caption"]) for part in toc["parts"] for chapter in part["chapters"]]
    found = [Page(pathlib.PurePosixPath(path).name, part) for path, part in listed]
    found = [page for page in found if page.name not in ONLINE_ONLY]
    unknown = set(only) - {page.name for page in found}
    if unknown:
        raise ValueError(f"no such page in print: {', '.join(sorted(unknown))}; there are {', '.join(page.name for page in found)}")
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
        raise FileNotFoundError(f"{path.relative_to(ROOT)} is not there: run `make site`, then `make pdf`")
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
    name_headings(soup, article, page)
    own_ids(article, page.name)
    article.name, article.attrs = "section", {"class": "chapter", "id": page.name}
    return article


def new(soup, tag, text="", **attributes):
    """An element; `kind` is its class."""
    element = soup.new_tag(tag, attrs={"class" if name == "kind" else name: value for name, value in attributes.items()})
    element.string = text
    return element


def parsed(text):
    """Elements of a piece of HTML."""
    return list(BeautifulSoup(text, "html.parser").contents)


def name_headings(soup, article, page):
    """Titles of parts are h1, of chapters h2 and so on, so that the outline of the PDF nests as the book does."""
    for heading in article.find_all(["h1", "h2", "h3", "h4"]):
        level = int(heading.name[1])
        heading["class"] = {1: "chapter-title", 2: "section-title"}.get(level, "small-title")
        heading.name = f"h{level + bool(page.part)}"


def address_of(name, data):
    """Where a figure lives by itself, at the state of the page: only what differs from its start, as `Copy link` has it."""
    differing = {control["name"]: data["start"][control["name"]] for control in data["controls"]
                 if data["start"][control["name"]] != control["value"]}
    query = "&".join(f"{key}={quote_plus(json.dumps(value) if not isinstance(value, str) else value)}"
                     for key, value in differing.items())
    return f"embed/{name}.html#{name}" + (f"?{query}" if query else "")


def make_figure(soup, widget, live):
    """A widget's card becomes a picture, beside it what it was computed from, below it what it says; the rest follows."""
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
    """The way from paper to the live figure: a code for a camera and an address, or a word while there is no address."""
    if not address.is_settled():
        return '<p class="live">This figure computes in the online book.</p>'
    target = html.escape(address.site() + live)
    shown = address.site().partition("//")[2] + urldefrag(live).url
    return f'<p class="live">{code(address.site() + live)}<a href="{target}">{html.escape(shown)}</a></p>'


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
    kinds = {"sd-dropdown": "unfolded"}
    details.name, details.attrs = "div", {"class": ["box", *(kinds.get(kind, kind) for kind in details.get("class", []))]}


def make_test(soup, article, test):
    """Questions stay where they are, answers go to the end of the chapter."""
    answers = new(soup, "ol", kind="answers")
    for question in test.find_all("li", recursive=False):
        options = question.find_all("details", recursive=False)
        right = [letter for letter, option in zip(LETTERS, options) if "right" in option["class"]]
        numeric = question.get("data-kind") == "numeric"
        answer = new(soup, "li", id=f"answer-{question['id']}")
        if numeric:
            question.find("em").string = "Work it out."
        else:
            answer.append(new(soup, "strong", f"{', '.join(right)}. "))
        for letter, option in sorted(zip(LETTERS, options), key=lambda pair: pair[0] not in right):
            said = option.find("p").extract()
            if not numeric:
                said.find("strong").decompose()
                answer.append(new(soup, "span", "" if right == [letter] else f"({letter}) ", kind="letter"))
            said.name = "span"
            answer.append(said)
            answer.append(" ")
        answer.append(question.find(class_="about").extract())
        answers.append(answer)
        lines = [new(soup, "li", option.find("summary").get_text()) for option in options]
        for option in options:
            option.decompose()
        if not numeric:
            choices = new(soup, "ol", kind="options")
            choices.extend(lines)
            question.append(choices)
    place = new(soup, "section", kind="answers-section")
    place.append(new(soup, "h2", "Answers to the self-test", id=f"answers-{len(article.select('.answers-section'))}"))
    place.append(answers)
    test.insert_after(*parsed('<p class="answers-at">Answers: page <span data-after="answers"></span></p>'))
    article.append(place)


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
    for place in article.select("[data-after=answers]"):
        place.replace_with(*parsed(WAIT.format(article.select_one(".answers-section h2, .answers-section h3")["id"])))


# --- links ---

def link(page, printed):
    """Links to printed pages stay inside the document; others lead to the online book, if it has an address."""
    for element in page.article.find_all(href=True):
        if element.name != "a" and element["href"].startswith("#"):  # a part of a drawing that it uses twice
            element["href"] = f"#{page.name}--{element['href'][1:]}"
            continue
        target = resolved(element["href"], page.name, printed)
        if target:
            element.attrs = {"href": target} | ({"class": "term"} if "term" in element.get("class", []) else {})
        else:
            element.name, element.attrs = "span", {"class": "unlinked"}


def resolved(href, page, printed):
    """The target of a link in the document, or "" where there is none yet.

    >>> resolved("fcrn.html#fcrn-rescue", "intro", {"intro", "fcrn"})
    '#fcrn--fcrn-rescue'
    """
    if urlsplit(href).scheme:
        return href
    if href.startswith(f"#{page}--") or href == f"#{page}":
        return href
    path, fragment = urldefrag(href)
    name = pathlib.PurePosixPath(path).stem if path else page
    folder = "chapters" if not path.startswith("../") else pathlib.PurePosixPath(path).parts[1]
    here = folder == "chapters" and name in printed
    place, _, state = fragment.partition("?")
    if here and not (state and address.is_settled()):
        return f"#{name}--{place}" if place else f"#{name}"
    if not address.is_settled():
        return ""
    return address.site() + (path.removeprefix("../") if folder != "chapters" else f"chapters/{name}.html") + (
        f"#{fragment}" if fragment else "")


def check(text):
    """What is wrong with the document: ids that stand twice, links to nothing."""
    soup = BeautifulSoup(text, "html.parser")
    ids = [element["id"] for element in soup.find_all(id=True)]
    known = set(ids)
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(known) < len(ids) else []
    lost = sorted({element["href"] for element in soup.find_all(href=re.compile("^#")) if element["href"][1:] not in known})
    return [f"the id {one} stands twice" for one in twice] + [f"a link leads to {one}, which is not there" for one in lost]


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
        rows = "".join(map(str, (row(figure, shown.get(figure["data-widget"], [])) for figure in section.select("figure.widget"))))
        heading.extract()
        section.clear()
        section.append(heading)
        section.extend(parsed(f'<ul class="catalogue">{rows}</ul>'))
    opening = page.article.select_one("p:not(.review-status, .part-title)")
    opening.replace_with(new(soup, "p", "The online book shows every figure that computes on one page. In print this is a "
                                        "list of them, with the pages on which their pictures stand."))


def row(figure, places):
    title = html.escape(figure.select_one(".title").get_text())
    found = ", ".join(f'<a href="#{place}">page {WAIT.format(place)}</a>' for place in places) or "in the online book only"
    live = figure.select_one(".live a")
    web = f' <a class="web" href="{html.escape(live["href"].partition("?")[0])}">{live.get_text()}</a>' if live else ""
    return f'<li id="{figure["id"]}"><strong>{title}</strong> {found}.{web}</li>'


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
              f"Draft: {approved} of {len(matter)} pages approved by a clinician, the line under each title says which.")
    title, _, subtitle = settings["title"].partition(": ")
    web = html.escape(address.site())
    return {"title": html.escape(title), "subtitle": html.escape(subtitle), "author": html.escape(settings["author"]),
            "date": f"{newest.day} {newest:%B %Y}", "status": status, "year": settings["copyright"],
            "web": f'<p class="web">{code(address.site())}<a href="{web}">{web}</a></p>' if address.is_settled() else ""}


def kept_apart():
    """Says on paper where the live figures are."""
    if address.is_settled():
        return "The code beside a picture, or a click on its address, opens the live figure as it is printed here."
    return "Live figures, and other pages to which words in italics point, are in the online book, which has no public address yet."
