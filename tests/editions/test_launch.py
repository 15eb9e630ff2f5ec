"""The menu "Run this chapter" of the built book: where it stands, where it leads, and the state it takes along."""

import pathlib
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

import launch
from editions import address
from widgets.hosts import jupyter_address

ROOT = pathlib.Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
SOURCES = {path.stem: path.read_text("utf8") for path in sorted((ROOT / "chapters").glob("*.md"))}
WITH_CODE = [name for name, text in SOURCES.items() if "```{code-cell}" in text]
PAGE = "chapters/dose_and_level.html"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "color_scheme": "dark"}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_FINDS = """async () => (await axe.run(".bd-header-article")).violations
  .map(({id, nodes}) => `${id}: ${nodes.map((node) => node.target.join(" "))}`)"""
pytestmark = pytest.mark.xdist_group("browser-0")


def header(name):
    text = (HTML / "chapters" / f"{name}.html").read_text("utf8")
    return BeautifulSoup(text, "html.parser").select_one(".article-header-buttons"), text


def menu_of(page):
    return page.locator(".dropdown-launch-buttons .dropdown-menu")


def opener(page):
    return page.get_by_role("button", name="Run this chapter")


def states_in(page):
    """The states that the links to JupyterLite and Binder carry, as their receivers read them."""
    lite, binder, _ = [urlsplit(link.get_attribute("href")) for link in menu_of(page).locator("a").all()]
    there = urlsplit(parse_qs(binder.query)["urlpath"][0])
    assert there.path.startswith("lab/tree/chapters/")
    return [parse_qs(query).get(address.STATE, [""])[0] for query in (lite.query, there.query)]


# ---- what stands in the pages ----------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_CODE)
def test_a_page_with_code_opens_its_notebook_in_three_places_and_gives_it_away(name):
    buttons, text = header(name)
    links = {link["class"][2]: link["href"] for link in buttons.select("a")}
    assert links["btn-launch-lite"] == "../" + address.lite(name)
    assert links["btn-launch-binder"] == address.binder(name)
    assert links["btn-launch-colab"] == address.colab(name)
    assert urljoin(f"chapters/{name}.html", links["btn-download-notebook-button"]) == address.notebook(name)
    assert text.count("launch.js") == 1


@pytest.mark.parametrize("name", sorted(set(SOURCES) - set(WITH_CODE)))
def test_a_page_without_code_has_no_notebook_to_open(name):
    buttons, text = header(name)
    assert not buttons.select(".dropdown-launch-buttons") and "launch.js" not in text and ".ipynb\"" not in str(buttons)


def test_every_notebook_that_a_page_gives_away_is_there():
    assert [name for name in WITH_CODE if not (HTML / address.notebook(name)).is_file()] == []
    assert (HTML / "lite" / "lab" / "index.html").is_file()


def test_what_each_place_needs_is_said_beside_it_and_once_more_on_the_page_of_all_ways():
    links = header("fcrn")[0].select(".dropdown-launch-buttons a")
    assert [link.select_one(".needs").text for link in links] == list(launch.NEEDS.values())
    for amount in (f"about {launch.LITE_MEGABYTES} MB once", f"about {launch.LITE_SECONDS} seconds"):
        assert amount in links[0].text and amount in SOURCES["run"], "chapters/run.md says another amount than launch.py"
    assert "read on meanwhile" in links[1].text and "Google account" in links[2].text


# ---- what a reader does with it --------------------------------------------------------------------


@pytest.mark.parametrize("state", [
    "igg_level?dose=1000&interval=21", "igg_level?law=linear;trough_and_pneumonia?law=linear",
    "igg_level?x=%CE%B3+1%25"])
def test_the_links_take_the_state_of_the_page_along(open_page, state):
    page = open_page(f"{PAGE}#{state}", prepare=lambda page: page.route("**/main.js*", lambda route: route.fulfill(
        body="", content_type="text/javascript")))  # nobody else writes the address
    opener(page).click()
    assert states_in(page) == [state, state]
    for found in states_in(page):
        assert jupyter_address.read(found) == jupyter_address.read(state)


def test_the_links_follow_a_figure_that_is_turned_and_return_with_it(open_page):
    page = open_page(PAGE)
    opener(page).click()
    assert states_in(page) == ["", ""]
    page.keyboard.press("Escape")
    dose = page.locator("#igg_level [data-control=dose] input[type=number]")
    dose.fill("1000")
    dose.press("Enter")
    page.wait_for_function("() => location.hash")
    opener(page).click()
    assert states_in(page) == 2 * ["igg_level?dose=1000"]
    page.keyboard.press("Escape")
    page.locator("#igg_level .reset").click()
    page.wait_for_function("() => !location.hash")
    opener(page).click()
    assert states_in(page) == ["", ""]


def test_a_plain_place_on_the_page_is_no_state(open_page):
    page = open_page(f"{PAGE}#dose-high")
    opener(page).click()
    assert states_in(page) == ["", ""]


def test_the_menu_is_used_by_keyboard_alone_and_not_opened_by_passing_over_it(open_page):
    page = open_page(PAGE)
    opener(page).hover()
    assert not menu_of(page).is_visible()
    page.mouse.move(5, 5)
    opener(page).focus()
    page.keyboard.press("Enter")
    menu_of(page).wait_for()
    for place in launch.NEEDS:
        page.keyboard.press("ArrowDown")
        assert page.evaluate("() => document.activeElement.className").count(f"btn-launch-{place}") == 1
    page.keyboard.press("Escape")
    menu_of(page).wait_for(state="hidden")
    assert page.evaluate("() => document.activeElement.ariaLabel") == "Run this chapter"


def test_on_a_phone_the_open_menu_fits_and_axe_finds_nothing(open_page):
    page = open_page(PAGE, **PHONE)
    opener(page).tap()
    menu_of(page).wait_for()
    box = menu_of(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert all(line.is_visible() for line in menu_of(page).locator(".needs").all())
    page.evaluate(f"globalThis.axe || (() => {{ {AXE.read_text('utf8')} }})()")
    assert page.evaluate(AXE_FINDS) == []


def test_without_script_the_menu_opens_and_leads_to_the_start(open_page):
    page = open_page(f"{PAGE}#igg_level?dose=1000", java_script_enabled=False, allow=" csp$")
    opener(page).hover()
    assert menu_of(page).is_visible() and states_in(page) == ["", ""]
    page.mouse.move(5, 600)
    assert not menu_of(page).is_visible()
    opener(page).focus()
    assert menu_of(page).is_visible()
