"""A widget in a frame of a course page, and what its tools give: file, frame, full screen."""

import csv
import io
import json
import math
import re

import pytest

from widgets import catalog
from widgets.hosts import draw, page

every_widget = pytest.mark.parametrize("name", catalog.names())
COURSE = """<!DOCTYPE html><html lang="en"><head><title>A course</title><link rel="icon" href="data:,"></head>
<body><h1>A course</h1>{}</body></html>"""


def course(open_page, body):
    """A page of somebody's course that holds `body`, as if it stood on the same host."""
    return open_page("course.html", own=True, prepare=lambda page: page.route(
        "**/course.html", lambda route: route.fulfill(body=COURSE.format(body), content_type="text/html")))


def test_the_snippet_opens_the_same_state_in_a_frame_that_grows_to_its_height(open_widget, open_page):
    card = open_widget("igg_level")
    card.set({"dose": 1000, "law": "linear"})
    button = card.part("[data-tool=embed]")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    snippet = card.part(".snippet textarea").input_value()
    assert card.page.evaluate("() => document.activeElement.localName") == "textarea"
    page = course(open_page, snippet)
    frame = page.locator("iframe")
    assert frame.get_attribute("title") == card.widget.TITLE
    inside = frame.element_handle().content_frame()
    inside.wait_for_function("() => document.querySelector('.ivig-widget').dataset.state?.includes('1000')")
    assert json.loads(inside.locator(".ivig-widget").get_attribute("data-state")) == card.values()
    page.wait_for_function("() => document.querySelector('iframe').height !== '760'")
    inside.wait_for_function("() => innerHeight === Math.ceil(document.body.getBoundingClientRect().height)")
    button.click()
    assert not card.part(".snippet").is_visible() and button.get_attribute("aria-expanded") == "false"


def test_what_a_chapter_changed_at_the_start_is_embedded_too(open_page, card_of):
    page = open_page("chapters/dose_and_level.html")
    cards = [card_of(page, "igg_level", one.get_attribute("id"))
             for one in page.locator("[data-widget=igg_level]").all()]
    card = next(card for card in cards if any(
        value != card.controls[name]["value"] for name, value in card.start.items()))
    card.element.scroll_into_view_if_needed()
    state = card.drawn().set({"weight": 50})
    card.part("[data-tool=embed]").click()
    snippet = card.part(".snippet textarea").input_value()
    address = re.search('src="([^"]+)"', snippet)[1].replace("&amp;", "&")
    alone = card_of(open_page(address.split("/", 3)[3]), "igg_level", "igg_level")
    assert alone.computed(state) == state


def test_the_height_is_reported_by_name_and_again_when_it_changes(open_page):
    page = course(open_page, """
      <script>window.heard = []; onmessage = ({data}) => heard.push(data)</script>
      <iframe src="/embed/igg_level.html" title="IgG" width="400" height="700"></iframe>""")
    page.wait_for_function("() => heard.length > 0")
    said = page.evaluate("() => heard.at(-1)")
    assert said["type"] == "ivig-widget-height" and said["widget"] == "igg_level" and said["height"] > 500
    page.frames[1].locator(".limits summary").click()
    page.wait_for_function("(height) => heard.at(-1).height > height + 50", arg=said["height"])


def test_one_page_can_hold_two_frames(open_page):
    names = catalog.names()[:2]
    page = course(open_page, "".join(
        f'<iframe src="/embed/{name}.html?theme=dark" title="{name}" width="700" height="600"></iframe>'
        for name in names))
    for frame in page.frames[1:]:
        frame.locator(".plot .main-svg").first.wait_for()
        assert frame.evaluate("() => document.documentElement.dataset.theme") == "dark"


def same(cell, value):
    """Whether a cell of the file is this value of the figure."""
    if value is None or isinstance(value, str):
        return cell == draw.plain(value or "")
    return math.isclose(float(cell), value, rel_tol=1e-9, abs_tol=1e-12)


@every_widget
def test_the_csv_file_holds_every_row_of_the_figure(open_widget, states_of, name):
    card = open_widget(name)
    state = card.set(states_of(name)[0])
    with card.page.expect_download() as download:
        card.part("[data-tool=csv]").click()
    assert download.value.suggested_filename == f"{name}.csv"
    text = open(download.value.path(), encoding="utf-8-sig", newline="").read()
    own = [draw.table_texts(card.widget.table(**state))] if hasattr(card.widget, "table") else []
    expected = own + draw.tables(card.widget.figure(**state))
    blocks = text.removesuffix("\r\n").split("\r\n\r\n")
    assert len(blocks) == len(expected)
    for block, table in zip(blocks, expected):
        head, *rows = csv.reader(io.StringIO(block))
        assert head == table["columns"]
        assert len(rows) == len(table["rows"])
        for row, wanted in zip(rows, table["rows"]):
            assert len(row) == len(wanted) and all(map(same, row, wanted)), (row, wanted)


@every_widget
def test_the_table_follows_the_controls(open_widget, states_of, name):
    card = open_widget(name)
    tables = ".facts" if "svg" in card.widget.figure(**card.start) else ".numbers"
    if tables == ".numbers":
        card.part(".numbers summary").click()
    assert card.part(f"{tables} td").first.is_visible()
    before = card.part(f"{tables} .scroll").text_content()
    card.set(states_of(name)[0])
    card.page.wait_for_function("([tables, before]) => document.querySelector(`${tables} .scroll`).textContent"
                                " !== before", arg=[tables, before])


@every_widget
def test_the_source_opens_in_its_place_and_is_the_file_itself(open_widget, name):
    card = open_widget(name)
    card.part(".code summary").click()
    modules = [module for module in page.modules_of(card.widget.__name__) if module not in page.ENGINE]
    for module in modules:
        shown = card.part(f'.code [data-module="{module}"] pre')
        shown.wait_for()
        assert shown.text_content() == page.path_of(module).read_text("utf8")


def test_a_long_table_can_be_searched_and_leads_to_chapters_and_references(open_widget):
    card = open_widget("indications_explorer")
    rows = card.part(".facts tbody tr")
    everything = rows.count()
    card.part(".facts input").fill("kawasaki")
    assert 0 < rows.locator("visible=true").count() < everything
    assert card.part(".facts .found").text_content().endswith(f" of {everything} rows")
    card.set({card.widget.CONTROLS[0]["name"]: card.offered(card.widget.CONTROLS[0]["name"])[1]})
    assert all("kawasaki" in row.lower() for row in rows.locator("visible=true").all_text_contents())
    card.part(".facts input").fill("")
    cited = card.part(".facts a[href*=bibliography]").first.get_attribute("href")
    assert cited.startswith("../chapters/bibliography.html#cite-1-")


def test_full_screen_goes_there_and_back(in_chapter):
    card = in_chapter()
    height = card.part(".chart").bounding_box()["height"]
    card.part("[data-tool=full]").click()
    card.page.wait_for_function("() => document.fullscreenElement?.id === 'igg_level'")
    card.page.wait_for_function("(height) => document.querySelector('.plot .main-svg').clientHeight > height",
                                arg=height)
    card.part("[data-tool=full]").click()
    card.page.wait_for_function("() => !document.fullscreenElement")


def test_full_screen_fills_the_page_where_the_browser_has_none(in_chapter):
    card = in_chapter(prepare=lambda page: page.add_init_script("delete Element.prototype.requestFullscreen"))
    size = card.page.viewport_size
    for filled in (True, False):
        card.part("[data-tool=full]").click()
        box = card.element.bounding_box()
        assert (box["width"] >= size["width"] - 16 and box["height"] >= size["height"] - 1) is filled
