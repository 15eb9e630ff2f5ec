"""The page's address holds the state of its widgets; an address can come from anybody."""

import json
import pathlib
import random
import re
import urllib.parse

import pytest

from widgets import catalog

every_widget = pytest.mark.parametrize("name", catalog.names())
HTML = pathlib.Path(__file__).parents[2] / "_build" / "html"

CODE = ["<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>", "javascript:window.pwned=1",
        '"><svg onload=window.pwned=1>', "';window.pwned=1;//", "{{window.pwned=1}}", "${window.pwned=1}",
        "<iframe srcdoc='<script>parent.pwned=1</script>'>", "data:text/html,<script>opener.pwned=1</script>"]
NAMES = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__class__",
         "__import__('os')", "length", "0", "null", "undefined"]
NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "-0", "9" * 400, "1e-400", "0x10",
           "1_000", "1,5", "١٢", "１２", "1e", "--1", "+", ".", "1/2", "1e308", "-5", " 700 ", "7e2"]
TEXTS = ["", " ", "\u0000", "\u202etxt", "e\u0301", "\U0001f489" * 20, "ß", "%", "%zz", "%E0%A4", "%u0041",
         "a" * 100_000, "?#;&", "a?b#c;d&e", "dose?dose=1", "../../etc/passwd", "//evil.example/", "true",
         "1", "0", "[object Object]"]


GO = """(hash) => new Promise((done) => {  // and wait until the page has heard of it
  addEventListener("hashchange", done, {once: true});
  setTimeout(done, 100);
  location.hash = hash;
})"""


INPUTS = """() => Object.fromEntries([...document.querySelectorAll("[data-control]")].map((box) => {
  const input = box.querySelector("select, input");
  const value = {number: Number(input.value), checkbox: input.checked}[input.type];
  return [box.dataset.control, value ?? input.value];
}))"""


def hostile(identifier, controls):
    """Two hundred addresses that nobody who means well would send, the same ones in every run."""
    choose = random.Random(20261121)
    quote = urllib.parse.quote
    quoted = [lambda text: text, quote, lambda text: quote(quote(text))]
    values = CODE + NAMES + NUMBERS + TEXTS
    made = [f"{identifier}?{name}={value}" for name in controls for value in choose.sample(values, 8)]
    made += [f"{identifier}?{name}={name}" for name in NAMES]
    made += [f"{name}?{controls[0]}=1" for name in NAMES + CODE]
    made += [f"{identifier}?" + "&".join(f"{controls[0]}={value}" for value in choose.sample(values, 3))
             for _ in range(10)]
    made += [f"{identifier}?{'&'.join(controls)}", f"{identifier}?=&==&&", f"{identifier}??",
             f"{identifier}?;;;?#", "?", ";", "#", "%",
             f"{identifier}?" + ";".join(f"{identifier}?{controls[0]}={n}" for n in range(300))]
    made = list(dict.fromkeys(made))
    while len(made) < 200:
        address = f"{identifier}?{choose.choice(controls)}={choose.choice(quoted)(choose.choice(values))}"
        made += [address] if address not in made else []
    return made[:200]


def read(address):
    """The states in an address: {widget: {name: text}}."""
    parts = [part.split("?", 1) for part in urllib.parse.urlsplit(address).fragment.split(";") if "?" in part]
    return {name: dict(urllib.parse.parse_qsl(query)) for name, query in parts}


def address_of(name, state, start):
    """A state as a reader could write it by hand: only what differs from the start."""
    text = {control: json.dumps(value) if isinstance(value, bool) else str(value)
            for control, value in state.items() if value != start[control]}
    return f"#{name}?" + urllib.parse.urlencode(text)


@every_widget
def test_a_link_with_a_state_opens_it_and_the_address_keeps_it(
        open_widget, open_page, states_of, card_of, name):
    state = states_of(name, 3)[2]
    start = {control["name"]: control["value"] for control in catalog.find(name).CONTROLS}
    card = open_widget(name, address_of(name, state, start))
    assert card.computed(state) == state
    assert card.sentence() == card.widget.describe(**state)
    card.page.wait_for_timeout(250)  # the address follows 200 ms after the last change
    changed = {control for control in state if state[control] != start[control]}
    assert set(read(card.page.url)[name]) == changed
    again = card_of(open_page(card.page.url.split("/", 3)[3]), name, name)
    assert again.computed(state) == state


def test_the_address_is_readable_and_is_empty_again_after_reset(open_widget):
    card = open_widget("igg_level")
    card.set({"dose": 1000, "interval": 21})
    card.page.wait_for_url("**/igg_level.html#igg_level?dose=1000&interval=21")
    card.reset()
    card.page.wait_for_url(re.compile("igg_level.html$"))


def chapter_with_two():
    """A page that shows two widgets, and the names and ids of the first two."""
    for path in sorted(HTML.glob("chapters/*.html")):
        found = re.findall(r'class="ivig-widget[ \w]*" id="([\w-]+)" data-widget="(\w+)"', path.read_text("utf8"))
        if len(found) > 1:
            return f"chapters/{path.name}", found[:2]
    raise AssertionError("no chapter shows two widgets")


def test_two_widgets_of_one_page_share_its_address(open_page, card_of):
    path, found = chapter_with_two()
    page = open_page(path)
    cards = [card_of(page, name, identifier) for identifier, name in found]
    changes = []
    for card in cards:
        card.element.scroll_into_view_if_needed()
        card.drawn()
        control = next(control for control in card.controls.values() if control["kind"] == "slider")
        name, top = control["name"], control["max"]
        changes.append({name: top if card.start[name] != top else control["min"]})
        card.set(changes[-1])
    page.wait_for_function("(ids) => ids.every((id) => location.hash.includes(id + '?'))",
                           arg=[card.id for card in cards])
    assert page.url.count(";") == 1
    there = open_page(page.url.split("/", 3)[3])
    for (identifier, name), change in zip(found, changes):
        card_of(there, name, identifier).computed(change)
    there.wait_for_function("(id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 200",
                            arg=cards[0].id)


def test_a_new_hash_on_the_open_page_is_followed(open_widget):
    card = open_widget("igg_level")
    card.page.evaluate(GO, "igg_level?dose=2000&divided=true")
    assert card.computed({"dose": 2000, "divided": True})["interval"] == 28
    card.page.evaluate(GO, "igg_level?interval=7")
    assert card.computed({"interval": 7}) == {**card.start, "interval": 7}
    card.page.go_back()
    assert card.computed({"dose": 2000, "interval": 28})


def outside(page):
    """The page's HTML without its widgets."""
    return page.evaluate("""() => {
      const copy = document.documentElement.cloneNode(true);
      copy.querySelectorAll(".ivig-widget").forEach((card) => card.remove());
      copy.querySelectorAll("head style").forEach((style) => style.remove());
      return copy.outerHTML.replace(/ class="[^"]*active[^"]*"/g, "");
    }""")


def elements(page):
    """What elements the cards hold, without the figure itself."""
    return page.evaluate("""() => [...document.querySelectorAll(".ivig-widget *:not(.plot *)")]
      .map((one) => one.localName)""")


def test_two_hundred_hostile_addresses_change_nothing_they_should_not(open_widget):
    card = open_widget("igg_level")
    page = card.page
    card.reset()
    before, inside = outside(page), elements(page)
    page.evaluate("""() => {
      const card = document.querySelector(".ivig-widget");
      window.states = [];
      new MutationObserver(() => states.push(card.dataset.state))
        .observe(card, {attributeFilter: ["data-state"]});
    }""")
    addresses = hostile("igg_level", list(card.controls))
    assert len(set(addresses)) == 200
    for address in addresses:
        inputs = page.evaluate(f"async (hash) => {{ await ({GO})(hash); return ({INPUTS})() }}", address)
        for name, value in inputs.items():
            assert value in card.offered(name), (address[:200], name, value)
    page.evaluate(GO, "igg_level?dose=1500&weight=33")
    state = card.computed({"dose": 1500, "weight": 33})
    assert state == {**card.start, "dose": 1500, "weight": 33} and card.problem() == ""
    states = page.evaluate("() => states")
    assert len(states) > 20 and all(card.are_allowed(json.loads(state)) for state in states)
    assert page.evaluate("() => [window.pwned, ({}).dose, Object.prototype.polluted]") == [None, None, None]
    assert outside(page) == before and elements(page) == inside


def test_hostile_addresses_at_the_door_of_a_chapter_change_nothing_either(open_page, card_of):
    path, found = chapter_with_two()
    identifier, name = found[0]
    controls = [control["name"] for control in catalog.find(name).CONTROLS]
    for value, control in zip([CODE[1], "constructor", "%E0%A4?#;&" + "a" * 100_000], controls):
        page = open_page(f"{path}#{identifier}?{control}={value}&__proto__={value};{value}?{control}=1")
        card = card_of(page, name, identifier)
        assert card.are_allowed(card.computed({}))
        assert page.evaluate("() => window.pwned") is None
        page.close()


def test_every_kind_of_control_refuses_names_that_objects_have_by_nature(open_widget):
    card = open_widget("igg_level")
    for value in NAMES:
        card.page.evaluate(GO, f"igg_level?divided={value}&law={value}&dose={value}&weight=50")
        number = {"0": {"divided": False, "dose": 100}}.get(value, {})
        assert card.computed({"weight": 50}) == {**card.start, "weight": 50, **number}, value
        card.page.evaluate(GO, "igg_level?weight=51")
        card.computed({"weight": 51})


def test_section_links_still_lead_to_their_sections(open_page, card_of):
    path, found = chapter_with_two()
    page = open_page(path)
    link = page.locator(".bd-toc-nav a[href^='#']").last
    target = link.get_attribute("href")
    link.click()
    page.wait_for_function("(hash) => decodeURIComponent(location.hash) === hash", arg=target)
    page.wait_for_function("(id) => document.getElementById(id).getBoundingClientRect().top < innerHeight",
                           arg=target[1:])
    assert all(card_of(page, name, identifier).values() is None for identifier, name in found)


def test_a_section_in_the_address_is_left_alone_until_a_control_is_turned(open_page, card_of):
    path, found = chapter_with_two()
    sections = re.compile(r'<section id="([\w-]+)">\s*<span id="[\w-]+"></span><h2')
    section = sections.search((HTML / path).read_text("utf8"))[1]
    page = open_page(f"{path}#{section}")
    card = card_of(page, found[0][1], found[0][0])
    card.element.scroll_into_view_if_needed()
    card.drawn()
    card.reset()
    page.wait_for_timeout(250)
    assert page.url.endswith(f"#{section}")


def test_copy_link_gives_the_address_of_the_state(open_widget, open_page, card_of):
    card = open_widget("igg_level", permissions=["clipboard-read", "clipboard-write"])
    card.set({"dose": 1000, "interval": 21})
    card.part("[data-tool=link]").click()
    card.part("[data-tool=link]").get_by_text("Copied").wait_for()
    link = card.page.evaluate("() => navigator.clipboard.readText()")
    assert link.endswith("/embed/igg_level.html#igg_level?dose=1000&interval=21")
    there = card_of(open_page(link.split("/", 3)[3]), "igg_level", "igg_level")
    assert there.computed({"dose": 1000, "interval": 21})


def test_copy_link_says_so_where_the_clipboard_is_closed(open_widget):
    card = open_widget("igg_level", prepare=lambda page: page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"))
    card.part("[data-tool=link]").click()
    card.part("[data-tool=link]").get_by_text("Copy it from the address bar").wait_for()
