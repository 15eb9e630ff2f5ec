"""The colours: readable on their ground in both themes, complete, and read alike by every host."""

import pathlib
import re

import pytest

from widgets import figures
from widgets.hosts.palette import colour_in, palette

ROOT = pathlib.Path(__file__).parents[2]
CSS = (ROOT / "widgets/hosts/page/palette.css").read_text("utf8")
THEMES = ["light", "dark"]
QUIET = {"grid", "ground"}  # grid lines say nothing that the axis does not; all stands on the ground


def luminance(colour):
    """Relative luminance of "#rrggbb" as WCAG 2 defines it."""
    shares = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def roles_in_words():
    """The roles that the words above widgets/figures.py offer."""
    said = re.search(r"The roles are: (.*?)\.", figures.__doc__, re.S)[1]
    return set(re.findall(r"\w+", said)) - {"and"}


def test_contrast_is_that_of_published_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_markers_of_every_role_stand_out_from_the_ground(theme):
    colours = palette(theme)
    faint = {role: round(contrast(colour, colours["ground"]), 2) for role, colour in colours.items()
             if role not in QUIET and contrast(colour, colours["ground"]) < 3}
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
def test_words_in_the_colour_of_a_role_can_be_read(theme):
    """Any role may colour words: a label has the colour of the line that it names."""
    colours = palette(theme)
    faint = {role: round(contrast(colours[role], colours["ground"]), 2) for role in roles_in_words()
             if contrast(colours[role], colours["ground"]) < 4.5}
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
def test_grid_lines_stay_behind_what_they_measure(theme):
    colours = palette(theme)
    assert 1.2 < contrast(colours["grid"], colours["ground"]) < 3


def test_both_themes_have_the_same_roles_in_the_same_order():
    assert list(palette("light")) == list(palette("dark"))


def test_roles_are_those_that_widgets_are_told_of():
    assert roles_in_words() | QUIET == set(palette())


def test_two_roles_share_a_colour_only_where_both_are_ink():
    for theme in THEMES:
        by_colour = {}
        for role, colour in palette(theme).items():
            by_colour.setdefault(colour, set()).add(role)
        shared = [roles for roles in by_colour.values() if len(roles) > 1]
        assert shared == [{"evidence", "text"}]


def test_python_reads_every_declaration_of_the_style_sheet():
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.S))
    declared = [dict(re.findall(r"--ivig-([\w-]+)\s*:\s*([^;]+?)\s*;", body)) for selector, body in blocks]
    assert declared == [palette("light"), palette("dark")]
    assert all(f"--ivig-{role}:" in body for role in palette() for selector, body in blocks)


@pytest.mark.parametrize("folder", ["widgets/hosts/page", "extensions", "chapters"])
def test_styles_and_drawings_use_colours_that_exist(folder):
    drawn = {".css", ".svg", ".js", ".html"}
    for path in [path for path in (ROOT / folder).rglob("*") if path.suffix in drawn]:
        text = path.read_text("utf8")
        declared = set(palette()) | set(re.findall(r"--ivig-([\w-]+)\s*:", text))
        assert set(re.findall(r"var\(--ivig-([a-z-]+)[,)]", text)) <= declared, path.name


def test_names_of_roles_become_colours():
    figure = {"data": [{"line": {"color": "role(igg)"}, "fillcolor": "role(target,0.12)"}],
              "layout": {"x": None}}
    colours = {"igg": "#0072b2", "target": "#4d7c0f"}
    assert colour_in(figure, colours) == {
        "data": [{"line": {"color": "#0072b2"}, "fillcolor": "rgba(77,124,15,0.12)"}], "layout": {"x": None}}
    assert figure["data"][0]["line"]["color"] == "role(igg)", "the figure itself stays painted by role"


def test_an_unknown_role_is_an_error_that_lists_the_roles():
    with pytest.raises(ValueError, match=r"no role 'gold'.*igg.*ground"):
        colour_in({"color": "role(gold)"}, palette())


def test_an_unknown_theme_is_an_error():
    with pytest.raises(KeyError):
        palette("sepia")
