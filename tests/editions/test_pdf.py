"""The printed book: what is put together for paper, and one real print of a part of it."""

import os
import re
import subprocess
import sys

import pypdf
import pytest
import segno
import yaml
from bs4 import BeautifulSoup

from editions import address, paper, pdf
from tests.conftest import HTML, ROOT, browser_path

pytestmark = pytest.mark.xdist_group("browser-0")
PAGES = ["intro", "complement", "bibliography"]
SITE = "https://somebody.github.io/ivig-textbook/"


def put_together(*names):
    if not (HTML / "index.html").is_file():
        pytest.fail("the book is not built: run `make site`, or `make test`, which builds it first")
    return BeautifulSoup(paper.document(names), "html.parser")


@pytest.fixture
def settled(monkeypatch):
    monkeypatch.setattr(address, "repository", lambda: "https://github.com/somebody/ivig-textbook")


@pytest.fixture
def unsettled(monkeypatch):
    monkeypatch.setattr(address, "repository", lambda: address.PLACEHOLDER)


@pytest.fixture(scope="module")
def part():
    """Three pages as they are put together, with the address that the repository has."""
    return put_together("complement", "intro", "widgets")


# ---- what is put together --------------------------------------------------------------------------------


def test_pages_stand_in_the_order_of_the_book_whatever_order_was_asked_for(part):
    assert [page["id"] for page in part.select("section.chapter")] == ["intro", "complement", "widgets"]


def test_every_page_of_the_book_is_printed_but_those_that_only_a_screen_can_use():
    listed = re.findall(r"(?:root|file): chapters/(\w+)", (ROOT / "_toc.yml").read_text("utf8"))
    assert [page.name for page in paper.pages()] == [name for name in listed if name not in paper.ONLINE_ONLY]


def test_a_page_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="no such page in print: fcm.*fcrn"):
        paper.pages(["intro", "fcm"])


def test_ids_that_stand_twice_and_links_to_nothing_are_found():
    found = paper.check('<p id="a"><a href="#b">b</a></p><p id="a"></p>')
    assert found == ["the id a stands twice", "a link leads to #b, not there"]


def test_all_that_refers_to_a_part_of_its_page_has_the_name_of_the_page_too(part):
    known = {element["id"] for element in part.select(".chapter [id]")}
    assert all(re.match("(intro|complement|widgets)--", one) for one in known)
    clips = re.findall(r"""url\(['"]?#([^'")]+)""", str(part))
    labels = [element["aria-labelledby"] for element in part.select(".chapter [aria-labelledby]")]
    assert clips and labels and set(clips) <= known and set(" ".join(labels).split()) <= known


@pytest.mark.parametrize(("href", "target"), [
    ("#fcrn-rescue", "#fcrn--fcrn-rescue"),
    ("intro.html", "#intro"),
    ("../chapters/intro.html#intro-cite", "#intro--intro-cite"),
    ("https://doi.org/10.1/2", "https://doi.org/10.1/2"),
    ("glossary.html#term-fcrn", ""),
    ("../embed/igg_level.html#igg_level?dose=800", ""),
    ("intro.html#igg_level?dose=800", "#intro--igg_level"),
])
def test_while_the_book_has_no_address_links_stay_in_print_or_go(href, target, unsettled):
    assert paper.resolved(href, "fcrn", {"intro", "fcrn"}) == target


@pytest.mark.parametrize(("href", "target"), [
    ("intro.html#intro-cite", "#intro--intro-cite"),
    ("glossary.html#term-fcrn", SITE + "chapters/glossary.html#term-fcrn"),
    ("../embed/igg_level.html#igg_level?dose=800", SITE + "embed/igg_level.html#igg_level?dose=800"),
    ("intro.html#igg_level?dose=800", SITE + "chapters/intro.html#igg_level?dose=800"),
    ("intro.ipynb", SITE + "chapters/intro.ipynb"),
])
def test_when_the_book_has_an_address_what_is_not_printed_is_found_there(href, target, settled):
    assert paper.resolved(href, "fcrn", {"intro", "fcrn"}) == target


def test_a_figure_is_its_picture_its_values_its_sentence_and_its_limits(part):
    figure = part.select_one("#intro--igg_level")
    assert len(figure.select(".still svg")) == 1
    assert "IgG without treatment: 1 g/L" in [value.get_text() for value in figure.select(".values li")]
    assert "What does a dose do to serum IgG?" in figure.figcaption.get_text()
    assert "28 days later the trough is" in figure.figcaption.get_text()
    assert part.select("#intro .limits li")
    assert not part.select("script, form, button, input, details, .numbers, .code, [data-module], .headerlink")


def test_a_figure_without_a_picture_is_refused_with_what_to_do():
    widget = BeautifulSoup('<section id="igg_level"><div class="stills"></div></section>', "html.parser")
    with pytest.raises(ValueError, match="igg_level has no picture.*Install one, run `make site`"):
        paper.make_figure(widget, widget.section, "")


def test_a_code_leads_a_camera_to_the_figure_as_it_is_printed(settled):
    live = put_together("intro").select_one("#intro--igg_level .live")
    target = SITE + "embed/igg_level.html#igg_level?baseline=1"
    wanted = segno.make(target, error="m", micro=False)
    assert live.a["href"] == target
    assert live.svg["viewbox"] == "0 0 {0} {0}".format(len(wanted.matrix) + 8)  # four light modules around it
    assert dark(live.svg.path["d"]) == {(row, column) for row, line in enumerate(wanted.matrix)
                                        for column, module in enumerate(line) if module}


def dark(path):
    """The dark modules that the path of a QR code draws: lines of modules, left to right."""
    found, row, column = set(), -0.5 - 4, 0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", path):
        if command == "M":
            row, column = float(second) - 4.5, float(first) - 4
        elif command == "m":
            row, column = row + float(second), column + float(first)
        else:
            found |= {(int(row), int(column) + i) for i in range(int(first))}
            column += int(first)
    return found


def test_without_an_address_nothing_leads_to_the_placeholder(unsettled):
    book = put_together("intro")
    assert not book.select(".qr") and "owner.github.io" not in str(book).lower()
    assert "in the online book" in book.select_one("#intro--igg_level .live").get_text()


def test_answers_stand_at_the_end_of_the_chapter_and_not_under_the_question(part):
    asked = yaml.safe_load((ROOT / "data" / "questions" / "complement.yml").read_text("utf8"))
    answers = part.select("#complement > .answers-section:last-child ol.answers > li")
    questions = part.select("#complement ol.self-test > li")
    assert len(asked) == len(answers) == len(questions) > 5
    for data, question, answer in zip(asked, questions, answers):
        said = [option["feedback"] for option in data.get("options", [])] or [data["feedback"]]
        assert all(words in answer.get_text() and words not in question.get_text() for words in said)
        assert not question.select(".box")
        options = [option.get_text() for option in question.select("ol.options > li")]
        assert options == [option["text"] for option in data.get("options", [])]
        right = [letter for letter, option in zip("abcdefgh", data.get("options", [])) if option["correct"]]
        assert answer.strong.get_text() == (", ".join(right) + ". " if right else answer.strong.get_text())
        assert right or str(data["answer"]) in answer.strong.get_text()


def test_boxes_that_a_click_opens_stand_open(part):
    assert "What you should have seen" in part.select_one("#intro .unfolded > .box-title").get_text()
    assert part.select("#complement .plain-words") and part.select("#complement .sources-differ")


def test_the_page_of_all_figures_is_a_list_of_them(part):
    rows = part.select("#widgets ul.catalogue > li")
    names = {path.stem for path in (ROOT / "widgets" / "catalog").glob("*.py")} - {"__init__"}
    assert {row["id"].removeprefix("widgets--") for row in rows} == names
    assert part.select_one("#widgets--igg_level > a")["href"] == "#intro--igg_level"
    assert not part.select("#widgets figure")


def test_a_book_that_is_not_built_is_said_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(paper, "SITE", tmp_path)
    with pytest.raises(FileNotFoundError, match="run `make site`"):
        paper.document(["intro"])


def test_a_missing_chromium_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "")
    with pytest.raises(FileNotFoundError, match="BROWSER_PATH"):
        pdf.browser_path()


# ---- one real print --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(chromium, tmp_path_factory):
    """Three pages as `python -m editions.pdf` prints them; `chromium` says what to do where there is none."""
    target = tmp_path_factory.mktemp("pdf") / "part.pdf"
    command = [sys.executable, "-m", "editions.pdf", "--pages", *PAGES, "--output", str(target)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "BROWSER_PATH": browser_path()}, capture_output=True,
                          text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return pypdf.PdfReader(target)


@pytest.fixture(scope="module")
def texts(printed):
    return [" ".join(page.extract_text().split()) for page in printed.pages]


def outline(printed):
    """Title, page number and depth of each bookmark."""
    def entries(level, depth):
        for entry in level:
            if isinstance(entry, list):
                yield from entries(entry, depth + 1)
            else:
                yield entry.title, printed.get_destination_page_number(entry) + 1, depth
    return list(entries(printed.outline, 0))


def links(printed):
    return [note.get_object() for page in printed.pages for note in page.get("/Annots", [])
            if note.get_object()["/Subtype"] == "/Link"]


def test_print_has_no_empty_page_and_a_number_on_each(texts):
    assert len(texts) > 25
    assert not [number for number, text in enumerate(texts, 1) if len(text) < 80]
    assert not [number for number, text in enumerate(texts[1:], 2) if not re.search(rf"(?<!\d){number}(?!\d)", text)]


def test_print_is_text_that_can_be_copied(texts):
    assert any("one product is at least 98 % IgG (European Commission, 2014)." in text for text in texts)


def test_print_says_on_its_first_page_what_it_is(printed, texts):
    assert "The contributors to the IVIG textbook" in texts[0] and "no medical advice" in texts[0]
    assert "CC BY 4.0" in texts[0] and re.search(r"Edition of \d+ \w+ 20\d\d", texts[0])
    assert printed.metadata.title == "Intravenous Immunoglobulin: an interactive textbook"
    assert printed.root_object["/Lang"] == "en" and printed.root_object["/MarkInfo"]["/Marked"]


def test_bookmarks_nest_as_the_book_does_and_are_spelt_as_the_titles(printed):
    marks = [(title, depth) for title, _, depth in outline(printed)]
    title = "Complement: caught in the fluid, and stirred all the same"
    place = marks.index((title, 1))
    assert marks[place - 1] == ("How it works", 0) and marks[place + 1] == ("A cascade with one sticky step", 2)
    assert marks[-1] == ("Bibliography", 1)


def test_the_contents_give_the_pages_on_which_the_titles_stand(printed, texts):
    squeeze = lambda text: re.sub(r"\s", "", text)
    marks = outline(printed)
    after = next(number for title, number, depth in marks[3:])
    contents = squeeze("".join(texts[2:after - 1]))
    listed = [(title, number) for title, number, depth in marks[3:] if depth or title == marks[3][0]]
    assert len(listed) > 15
    for title, number in listed:
        assert squeeze(title) in squeeze(texts[number - 1]), f"{title} is not on page {number}"
        if sum(other == title for other, _ in listed) == 1:
            found = re.search(re.escape(squeeze(title)) + r"(\d+)", contents)
            assert found and found[1].startswith(str(number)), f"{title} stands on page {number}, {found}"


def test_links_lead_to_pages_of_the_print_or_to_the_web(printed):
    places = {name.lstrip("/") for name in printed.named_destinations}
    inside = [str(note["/Dest"]).lstrip("/") for note in links(printed) if "/Dest" in note]
    outside = [note["/A"]["/URI"] for note in links(printed) if "/A" in note]
    assert len(inside) > 150 and set(inside) <= places
    assert any(place.startswith("bibliography--cite-") for place in inside)
    assert outside and all(re.match("https?://", target) for target in outside)
    assert len(inside) + len(outside) == len(links(printed))


def test_print_brings_its_fonts_along(printed):
    fonts = {}
    for page in printed.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for real in font.get_object().get("/DescendantFonts", [font]):
                fonts[real.get_object()["/BaseFont"]] = real.get_object().get("/FontDescriptor", {})
    assert len(fonts) > 3
    assert not [name for name, about in fonts.items() if not set(about) & {"/FontFile", "/FontFile2", "/FontFile3"}]
