"""A widget of the built book as a reader meets it, its states as CPython computes them, and axe-core."""

import json
import pathlib

import pytest

from tests.asking import offered
from widgets import catalog
from widgets.controls import check
from widgets.hosts import draw

AXE = pathlib.Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_FINDS = """async ([tags, only, without]) => {
  const runOnly = only.length ? {type: "rule", values: only} : {type: "tag", values: tags};
  const rules = Object.fromEntries(without.map((rule) => [rule, {enabled: false}]));
  const {violations} = await axe.run({runOnly, rules, resultTypes: ["violations"]});
  return violations.flatMap(({id, nodes}) => nodes.slice(0, 5).map((node) =>
    `${id} at ${node.target.join(" ")}: ${node.failureSummary.split("\\n").slice(1, 3).join(" ")}`));
}"""
ALL_DRAWN = """() => {
  const cards = [...document.querySelectorAll(".ivig-widget")];
  cards.forEach((card) => card.dispatchEvent(new Event("focusin")));  // wakes those far down
  return cards.every((card) => card.querySelector(".plot .main-svg") && !card.querySelector(".measuring"));
}"""
HOLDS = """([id, wanted]) => {
  const state = JSON.parse(document.getElementById(id).dataset.state ?? "null");
  return state && Object.entries(wanted).every(([name, value]) => state[name] === value);
}"""
SHOWN = """(id) => {
  const plot = document.getElementById(id).querySelector(".plot");
  return {data: plot.data, layout: plot.layout, svg: plot.svg};
}"""
BROWSERS = 2  # the tests of a widget, or of a page, share one of so many browsers


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Deal the tests of this folder out to the browsers."""
    here = str(pathlib.Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            named = getattr(item, "callspec", None) and item.callspec.params.get("name")
            dealt = catalog.names().index(named) if named in catalog.names() else 0
            item.add_marker(pytest.mark.xdist_group(f"browser-{dealt % BROWSERS}"))


def states(name, count=1):
    """Allowed states of a widget, spread over its controls, the same ones in every run."""
    offers = {control["name"]: offered(control) for control in catalog.find(name).CONTROLS}
    return [{control: values[(7 * n + 3 * place + n * place) % len(values)]
             for place, (control, values) in enumerate(offers.items())} for n in range(1, count + 1)]


class Card:
    """One widget on an open page. `values()` is what it has computed and drawn last."""

    def __init__(self, page, widget, identifier):
        self.page, self.widget, self.id = page, widget, identifier
        self.element = page.locator(f"[id='{identifier}']")
        self.controls = {control["name"]: control for control in widget.CONTROLS}
        self.start = self.data()["start"]

    def data(self):
        return json.loads(self.part("script.data").text_content())

    def part(self, selector):
        return self.element.locator(selector)

    def control(self, name, kind=""):
        """The input of a control; a slider also has one of kind "number"."""
        selector = f"input[type={kind}]" if kind else ":is(select, input)"
        return self.part(f'[data-control="{name}"] {selector}').last

    def drawn(self):
        """Wait until the figure has been drawn by the script."""
        self.part(".plot .main-svg").first.wait_for()
        self.page.wait_for_function("(id) => !document.querySelector(`[id='${id}'] .measuring`)", arg=self.id)
        return self

    def values(self):
        return json.loads(self.element.get_attribute("data-state") or "null")

    def computed(self, wanted):
        """Wait until a state that holds the values `wanted` has been drawn, and return it whole."""
        self.page.wait_for_function(HOLDS, arg=[self.id, wanted])
        return self.values()

    def reset(self):
        self.part(".reset").click()
        return self.computed(self.start)

    def set(self, changes):
        """Set controls as a script would, without a reader's keys, in one go."""
        self.page.evaluate("""([id, changes]) => {
          for (const [name, value] of Object.entries(changes)) {
            const box = document.getElementById(id).querySelector(`[data-control="${name}"]`);
            const input = box.querySelector("input[type=number]") ?? box.querySelector("select, input");
            if (input.type === "checkbox") input.checked = value;
            else input.value = value;
            input.dispatchEvent(new Event("input", {bubbles: true}));
          }
        }""", [self.id, changes])
        return self.computed(changes)

    def sentence(self):
        return self.part(".sentence").text_content()

    def figure(self):
        return self.page.evaluate(SHOWN, self.id)

    def problem(self):
        return self.part(".problem").text_content() if self.part(".problem").is_visible() else ""

    def in_cpython(self, values):
        """Figure and sentence as CPython computes them, with the ghosts of the start."""
        beside = draw.start_beside(self.widget, self.start, values)
        ghosts = draw.ghosts_of(self.widget, beside) if values != beside else []
        return draw.draw(self.widget, values, ghosts)

    def offered(self, name):
        return offered(self.controls[name])

    def are_allowed(self, values):
        """Whether every control has a value that it offers, and no other name is there."""
        return check(self.widget.CONTROLS, values) == values and all(
            values[name] in self.offered(name) for name in self.controls)


@pytest.fixture
def open_widget(open_page):
    """Opens a widget's own page: open_widget(name, address="", **as open_page) gives its Card, drawn."""
    def opening_one(name, address="", **options):
        page = open_page(f"embed/{name}.html{address}", **options)
        return Card(page, catalog.find(name), name).drawn()
    return opening_one


@pytest.fixture(scope="session")
def states_of():
    """states_of(name, count) gives allowed states of a widget, the same ones in every run."""
    return states


@pytest.fixture
def card_of():
    """card_of(page, name, identifier) gives the Card of a widget inside a chapter."""
    return lambda page, name, identifier: Card(page, catalog.find(name), identifier)


@pytest.fixture
def in_chapter(open_page, card_of):
    """Opens the chapter of the IgG level widget: in_chapter(**as open_page) gives its Card, drawn."""
    def opening_one(**options):
        card = card_of(open_page("chapters/dose_and_level.html", **options), "igg_level", "igg_level")
        card.element.scroll_into_view_if_needed()
        return card.drawn()
    return opening_one


@pytest.fixture(scope="session")
def axe():
    """axe(page, only=[], without=[]) gives what axe-core finds on a page whose figures are all drawn."""
    source = AXE.read_text("utf8")

    def find(page, only=(), without=()):
        page.wait_for_function(ALL_DRAWN)
        if "/embed/igg_level" not in page.url:  # hidden by now, or of the same style there: axe walks every word
            page.evaluate("""() => document.querySelectorAll(".stills, .code pre")
              .forEach((one) => one.remove())""")
        page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
        page.evaluate(f"globalThis.axe || (() => {{ {source} }})()")
        return page.evaluate(AXE_FINDS, [TAGS, list(only), list(without)])
    return find
