"""Light, dark and print: the figure takes the colours of the page at once."""

import json
import re

import pytest

from widgets import catalog
from widgets.hosts.palette import palette

every_widget = pytest.mark.parametrize("name", catalog.names())

# the place of each trace in the figure, and the colours of its lines, markers and bars as computed
DRAWN = """() => [...document.querySelectorAll(".plot :is(.scatterlayer, .barlayer) .trace")]
 .flatMap((group) => {
  const {index, type} = group.__data__[0].trace;
  const styles = [...group.querySelectorAll(type === "bar" ? ".point path" : ".js-line, path.point")]
    .map((part) => getComputedStyle(part));
  const colours = styles.map(({fill, fillOpacity, stroke}) =>
    fill === "none" || fillOpacity === "0" ? stroke : fill);
  return [...new Set(colours)].filter((colour) => colour !== "none" && !colour.startsWith("url")).map((colour) => [index, colour]);
})"""
FOLLOWED = f"(colours) => ({DRAWN})().every(([, colour]) => colours.includes(colour))"


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[at:at + 2], 16) for at in (1, 3, 5)))


def expect_theme(card, theme):
    """Every trace is drawn in the colour that its role has in this theme."""
    colours = {role: rgb(colour) for role, colour in palette(theme).items()}
    card.page.wait_for_function(FOLLOWED, arg=list(colours.values()))
    figure = card.in_cpython(card.values() or card.start)["figure"]
    drawn = card.page.evaluate(DRAWN)
    assert drawn or "svg" in figure, "no trace is drawn"
    for index, colour in drawn:
        painted = figure["data"][index]
        roles = set(re.findall(r"role\((\w+)\)", json.dumps(painted)))
        assert colour in [colours[role] for role in roles], f"{painted['name']}: {colour}, not {roles}"
    words = card.part(".plot :is(.xtitle, .ytitle, .xtick text, .drawn text)").first
    ink = words.evaluate("(text) => getComputedStyle(text).fill")
    assert ink == colours["text"] or "svg" in figure and ink in colours.values()
    assert card.element.evaluate("(card) => getComputedStyle(card).backgroundColor") == colours["ground"]


@every_widget
def test_a_figure_is_drawn_in_the_colours_of_the_theme_in_force(open_widget, states_of, name):
    card = open_widget(name, color_scheme="dark")
    expect_theme(card, "dark")
    card.set(states_of(name)[0])
    expect_theme(card, "dark")
    card.page.evaluate("() => { document.documentElement.dataset.theme = 'light' }")
    expect_theme(card, "light")


def test_the_address_of_an_embedded_widget_can_choose_the_theme(open_widget):
    expect_theme(open_widget("igg_level", "?theme=dark", color_scheme="light"), "dark")
    expect_theme(open_widget("igg_level", "?theme=light", color_scheme="dark"), "light")


def test_the_switch_of_the_page_turns_the_figure_dark_and_light_at_once(in_chapter):
    card = in_chapter(color_scheme="light")
    expect_theme(card, "light")
    for theme in ("dark", "light"):
        card.page.evaluate("() => document.querySelector('.theme-switch-button').click()")
        card.page.wait_for_function("(theme) => document.documentElement.dataset.theme === theme", arg=theme)
        expect_theme(card, theme)
    assert card.values() is None, "a change of theme needs no new computation"


def test_a_page_opens_dark_for_a_reader_whose_system_is_dark_and_follows_it(in_chapter):
    card = in_chapter(color_scheme="dark")
    expect_theme(card, "dark")
    card.page.emulate_media(color_scheme="light")
    card.page.wait_for_function("() => document.documentElement.dataset.theme === 'light'")
    expect_theme(card, "light")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_print_is_light_and_shows_values_in_place_of_controls(in_chapter, theme):
    card = in_chapter(color_scheme=theme)
    card.set({"dose": 1000, "divided": True})
    card.page.emulate_media(media="print", color_scheme=theme)
    card.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect_theme(card, "light")
    values = card.part(".values")
    assert values.is_visible()
    for said in ("Dose: 1000 mg/kg", "Every: 28 days", "Give each dose over 5 days: yes", "Saturable (FcRn)"):
        assert said in values.text_content()
    for hidden in (".rows", ".presets", ".tools", ".reset", "details"):
        assert not card.part(hidden).first.is_visible(), f"{hidden} is printed"
    assert card.part(".sentence").is_visible() and card.part(".plot").is_visible()
    ink = [card.page.locator(f".bd-article {place}").first.evaluate("(one) => getComputedStyle(one).color")
           for place in ("p", "h1", "h2", ".admonition-title", "td", "figcaption, li")]
    for colour in ink:
        assert max(int(part) for part in colour[4:-1].split(",")) < 130, f"{colour} is too pale for paper"
    card.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    card.page.emulate_media(media="screen", color_scheme=theme)
    expect_theme(card, theme)


def test_print_before_any_control_is_turned_shows_the_opening_values(in_chapter):
    card = in_chapter()
    card.page.emulate_media(media="print")
    assert "Dose: 400 mg/kg" in card.part(".values").text_content()
