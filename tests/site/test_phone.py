"""The book on a phone: 360 pixels wide, turned by a thumb."""

import pytest

from tests import built
from widgets import catalog

every_widget = pytest.mark.parametrize("name", catalog.names())
PAGES = [path for path in built.PAGES if path != "index.html"]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SMALLEST = 44  # px, what a thumb hits

WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()
  && one.getBoundingClientRect().right > innerWidth + 1).slice(0, 5)
  .map((one) => `${one.localName}.${one.getAttribute("class")} ${one.textContent.trim().slice(0, 40)}`)"""
SMALL = """(smallest) => [...document.querySelectorAll(
  ".ivig-widget :is(button, select, summary, [type=range], .switch)")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < smallest - 0.5)
  .map((one) => `${one.localName} ${one.textContent.trim()} ${one.getBoundingClientRect().height}`)"""
# words of the figure that leave it, or lie on each other
COLLISIONS = """() => {
  const svg = document.querySelector(".plot .main-svg").getBoundingClientRect();
  const words = [...document.querySelectorAll(`.plot :is(.annotation-text, .legendtext,
      .drawn text, .xtitle, .ytitle, .y2title, .xtick text, .ytick text, .y2tick text)`)]
    .filter((one) => one.textContent.trim() && one.getBoundingClientRect().width)
    .map((one) => ({text: one.textContent, box: one.getBoundingClientRect()}));
  const found = [];
  for (const {text, box} of words) {
    const across = box.left < svg.left - 1 || box.right > svg.right + 1;
    if (across || box.top < svg.top - 1 || box.bottom > svg.bottom + 1) {
      found.push(`"${text}" leaves the figure`);
    }
  }
  for (const [i, one] of words.entries()) {
    for (const other of words.slice(i + 1)) {
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      const lower = Math.min(one.box.height, other.box.height);
      if (across > 4 && down > 0.4 * lower) found.push(`"${one.text}" lies on "${other.text}"`);
    }
  }
  return found;
}"""

RANGES = """() => Object.entries(document.querySelector(".plot").layout)
  .filter(([key]) => /^[xy]axis/.test(key)).map(([key, {range}]) => [key, range])"""


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_the_phone_and_axe_finds_nothing(open_page, axe, path):
    page = open_page(path, **PHONE)
    whole = path in ("chapters/intro.html", "search.html") or path.startswith("embed/")
    if path.startswith("embed/"):
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert axe(page, without=[] if whole else ["color-contrast"]) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, page.evaluate(WIDE)


def test_a_formula_wider_than_the_phone_starts_at_its_beginning(open_page):
    page = open_page("chapters/natural_antibodies.html", **PHONE)
    wide = page.locator("div.math").first
    assert wide.evaluate("(one) => one.scrollWidth > one.clientWidth"), "no formula is too wide any more: choose another page"
    left, inside = (one.bounding_box()["x"] for one in (wide, wide.locator(".katex-base").first))
    assert inside >= left - 1


@every_widget
def test_the_figure_stands_above_its_controls_and_a_thumb_turns_them(open_widget, name):
    card = open_widget(name, **PHONE)
    chart, sentence, rows = (card.part(part).bounding_box() for part in (".chart", ".sentence", ".rows"))
    assert chart["y"] + chart["height"] <= sentence["y"] < rows["y"]
    assert chart["width"] >= 280 and chart["height"] >= 240
    assert card.page.evaluate(SMALL, SMALLEST) == []
    slider = next((control for control in card.widget.CONTROLS if control["kind"] == "slider"), None)
    if slider:
        field = card.control(slider["name"], "range")
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        there = 0.2 if slider["value"] > (slider["min"] + slider["max"]) / 2 else 0.9
        card.page.touchscreen.tap(box["x"] + there * box["width"], box["y"] + box["height"] / 2)
        assert card.computed({})[slider["name"]] != slider["value"]
    touch = card.page.evaluate("""() => [...document.querySelectorAll(".plot :is(.nsewdrag, .main-svg)")]
      .map((one) => getComputedStyle(one).touchAction)""")
    assert touch and all("pan-y" in action for action in touch), "the page does not scroll over the figure"


@every_widget
def test_words_in_the_figure_neither_leave_it_nor_lie_on_each_other(open_widget, name):
    card = open_widget(name, **PHONE)
    assert card.page.evaluate(COLLISIONS) == [], "opening state"
    for preset, values in getattr(card.widget, "PRESETS", {}).items():
        card.set({**card.start, **values})
        assert card.page.evaluate(COLLISIONS) == [], preset


@every_widget
def test_axes_stay_put_while_a_slider_moves_step_by_step(open_widget, name):
    card = open_widget(name, **PHONE)
    for control in card.widget.CONTROLS:
        values = card.offered(control["name"])
        if control["kind"] != "slider":
            continue
        few = 5 if len(values) >= 20 else 3  # a step of a short slider is no small move
        at = max(0, min(values.index(control["value"]), len(values) - few))
        axes = []
        for value in values[at:at + few]:
            card.set({control["name"]: value})
            axes.append(card.page.evaluate(RANGES))
        changes = sum(one != other for one, other in zip(axes, axes[1:]))
        assert changes <= 1, f"{control['name']} moved the axes {changes} times in {few} steps"
        card.set({control["name"]: control["value"]})
