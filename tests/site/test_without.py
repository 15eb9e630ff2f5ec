"""What is left when something is missing: no script, no WebAssembly, no worker, a model that raises."""

import pathlib
import re
import time

import pytest

from widgets import catalog

every_widget = pytest.mark.parametrize("name", catalog.names())
SOURCE = "**/_static/page/python/widgets/catalog/igg_level.py"
BLOCKED = (r"^(request failed: |console error: (Failed to load resource: net::ERR_FAILED|wasm streaming "
           r"compile failed|falling back to ArrayBuffer|failed to asynchronously prepare wasm|Aborted))")
NO_COMPUTING = "Live figures need WebAssembly and web workers, and here"


def blocked(pattern):
    return lambda page: page.route(pattern, lambda route: route.abort())


@every_widget
def test_without_javascript_a_widget_is_complete_to_read(open_page, name):
    page = open_page(f"embed/{name}.html", java_script_enabled=False)
    card = page.locator(".ivig-widget")
    widget = catalog.find(name)
    start = {control["name"]: control["value"] for control in widget.CONTROLS}
    assert card.locator(".title").text_content() == widget.TITLE
    assert card.locator(".sentence").text_content() == widget.describe(**start)
    assert card.locator(".still").locator("visible=true").count() == 1
    picture = card.locator(".still svg").locator("visible=true")
    if "svg" not in widget.figure(**start):
        assert picture.get_attribute("aria-label") == widget.describe(**start)
    for hidden in (".controls .rows", ".tools", ".plot", ".problem", ".reset"):
        assert not card.locator(hidden).is_visible(), f"{hidden} is of no use without a script"
    for disclosure, inside in ((".numbers", "td"), (".limits", "li"), (".code", "a"), (".answer", "p")):
        if not card.locator(disclosure).count():
            continue
        card.locator(f"{disclosure} summary").click()
        assert card.locator(f"{disclosure} {inside}").first.is_visible()
    said = card.locator(".limits li").all_text_contents()
    assert len(said) == len(getattr(widget, "LIMITS", []))


def test_without_javascript_a_chapter_has_its_text_its_figures_and_its_answers(open_page):
    page = open_page("chapters/dose_and_level.html", java_script_enabled=False, allow=" csp$")  # scripts
    assert page.locator(".bd-article h1").first.is_visible() and page.locator(".katex").first.is_visible()
    assert page.locator(".still").locator("visible=true").count() == page.locator(".ivig-widget").count()
    answer = page.locator(".self-test details").first
    answer.locator("summary").click()
    assert answer.locator("p").is_visible()


WITHOUT = {
    "WebAssembly": (lambda page: page.add_init_script("delete globalThis.WebAssembly"), "switched off"),
    "workers": (lambda page: page.add_init_script("delete globalThis.Worker"), "switched off"),
    "the worker's script": (blocked("**/page/worker.js"), "could not be started"),
    "the interpreter": (blocked("**/micropython.mjs"), ""),
    "the interpreter's wasm": (blocked("**/micropython.wasm"), ""),
    "the model's source": (blocked(SOURCE), ""),
}


@pytest.mark.parametrize("missing", WITHOUT)
def test_without_computing_the_opening_figure_stays_and_one_sentence_says_why(open_page, card_of, missing):
    prepare, reason = WITHOUT[missing]
    page = open_page("embed/igg_level.html#igg_level?dose=1000", prepare=prepare, own=True, allow=BLOCKED)
    card = card_of(page, "igg_level", "igg_level").drawn()
    card.part(".problem").wait_for()
    assert card.problem().startswith(NO_COMPUTING) and reason in card.problem()
    assert card.problem().endswith("The figure stays at its opening state.")
    assert card.sentence() == card.widget.describe(**card.start)
    assert len(card.figure()["data"]) == len(card.in_cpython(card.start)["figure"]["data"])
    assert card.values() is None
    assert card.control("dose", "number").input_value() == "400", "not what the figure shows"
    card.control("dose", "range").focus()
    assert page.evaluate("() => document.activeElement === document.body"), "it does nothing"
    button = card.part("[data-tool=csv]")
    button.click()
    button.get_by_text("Not possible here").wait_for()
    card.part(".numbers summary").click()
    page.wait_for_timeout(300)  # longer than the table waits before it asks for numbers
    assert card.part(".numbers td").first.is_visible()


def test_without_plotly_the_still_picture_stays_and_the_words_are_computed(open_page, card_of):
    page = open_page("embed/igg_level.html", own=True, allow=BLOCKED,
                     prepare=blocked("**/plotly-basic.min.js"))
    card = card_of(page, "igg_level", "igg_level")
    card.part(".problem").wait_for()
    assert card.problem() == ("The figure cannot be drawn: the drawing library could not be loaded. "
                              "It shows its opening state.")
    assert card.part(".still").locator("visible=true").count() == 1 and not card.part(".plot").is_visible()
    state = card.set({"dose": 1000})
    assert card.sentence() == card.widget.describe(**state)
    assert card.part(".still").locator("visible=true").count() == 1


def too_much(route):
    """The widget's source with a figure() that raises at one dose."""
    text = (pathlib.Path(catalog.__file__).parent / "igg_level.py").read_text("utf8")
    arguments = re.search(r"\ndef figure\((.*?)\):", text).group(1)
    raising = (f"\n\ndef figure({arguments}):\n    if dose == 1000:\n        raise ValueError('too much')\n"
               f"    return figure_of({arguments})\n")
    text = text.replace("\ndef figure(", "\ndef figure_of(") + raising
    route.fulfill(body=text, content_type="text/x-python")


def test_a_model_that_raises_says_so_keeps_the_last_figure_and_recovers(open_page, card_of):
    page = open_page("embed/igg_level.html", prepare=lambda page: page.route(SOURCE, too_much), own=True)
    card = card_of(page, "igg_level", "igg_level").drawn()
    last = card.set({"dose": 1500})
    figure, sentence = card.figure()["data"], card.sentence()
    card.part("[data-control=dose] [type=number]").fill("1000")
    card.part(".problem").wait_for()
    assert "The model cannot answer this: ValueError: too much" in card.problem()
    assert "The figure shows the last state that worked." in card.problem()
    assert card.values() == last and card.figure()["data"] == figure and card.sentence() == sentence
    state = card.set({"dose": 600})
    assert card.problem() == "" and card.sentence() == card.widget.describe(**state)


def slowly(route):
    time.sleep(0.7)
    route.continue_()


def test_on_a_slow_line_two_widgets_wait_for_the_source_they_share(open_page, card_of):
    page = open_page("chapters/dose_and_level.html#igg_level?dose=1000;igg_level-2?dose=1000", own=True,
                     prepare=lambda page: page.route(SOURCE, slowly))
    cards = [card_of(page, "igg_level", identifier) for identifier in ("igg_level", "igg_level-2")]
    page.evaluate("() => document.querySelectorAll('.numbers').forEach((one) => { one.open = true })")
    for card in cards:
        assert card.computed({"dose": 1000}) and card.problem() == ""


def test_a_source_that_is_missing_stops_only_the_widget_that_needs_it(open_page):
    page = open_page("chapters/dose_and_level.html", own=True, allow=BLOCKED, prepare=blocked(SOURCE))
    other = page.locator("[data-widget=trough_and_pneumonia]").first
    for card in page.locator(".ivig-widget").all():
        card.scroll_into_view_if_needed()
        card.locator(".plot .main-svg").first.wait_for()
    page.locator("#igg_level .problem").wait_for()
    other.locator(".reset").click()
    page.wait_for_function("(card) => card.dataset.state", arg=other.element_handle())
    assert not other.locator(".problem").is_visible()


@pytest.mark.parametrize("missing", ["the interpreter's wasm", "the worker's script"])
def test_in_a_chapter_every_widget_stays_readable_without_computing(open_page, missing):
    page = open_page("chapters/dose_and_level.html", prepare=WITHOUT[missing][0], own=True, allow=BLOCKED)
    for card in page.locator(".ivig-widget").all():
        card.scroll_into_view_if_needed()
        card.locator(".problem").wait_for()
        assert card.locator(".problem").text_content().startswith(NO_COMPUTING)
        card.locator(".plot .main-svg").first.wait_for()
