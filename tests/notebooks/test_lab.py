"""A chapter in a real JupyterLab, in a real browser: its notebook runs, a slider redraws its figure, and the address
opens it at a state."""

import json
import pathlib
import sys
from urllib.parse import urlencode

import jupytext
import pytest
from playwright.sync_api import expect

from tests.lab import LONG, TOKEN, assert_shows, page_of, run_all, running_lab, words_of

ROOT = pathlib.Path(__file__).parents[2]
CHAPTER = "dose_and_level"
TWICE = """\
# ---
# jupyter:
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %%
from widgets import show

show("igg_level")

# %%
show("igg_level", dose=600)
"""
STATE = "igg_level?dose=1000;igg_level-2?interval=21&law=cubic"
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on this machine that holds two notebooks: the chapter, and a widget shown twice."""
    home = tmp_path_factory.mktemp("lab")
    notebooks = home / "notebooks"
    notebooks.mkdir()
    jupytext.write(jupytext.read(ROOT / "chapters" / f"{CHAPTER}.md"), notebooks / f"{CHAPTER}.ipynb")
    jupytext.write(jupytext.reads(TWICE, "py:percent"), notebooks / "twice.ipynb")
    settle_lab(home / "config")
    with running_lab(sys.executable, notebooks, home, PYTHONPATH=str(ROOT)) as address:
        yield address


def settle_lab(config):
    """No question whether news may be fetched from elsewhere, and every cell in the page, seen or not."""
    for place, settings in {
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
        "notebook-extension/tracker": {"windowingMode": "none"},
    }.items():
        path = config / "lab" / "user-settings" / "@jupyterlab" / f"{place}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings))


@pytest.fixture
def page(chromium, lab):
    with page_of(chromium, lab) as page:
        yield page


def test_a_slider_moved_by_keyboard_redraws_figure_and_sentence_in_jupyterlab(page, lab):
    page.goto(f"{lab}lab/tree/{CHAPTER}.ipynb?token={TOKEN}")
    output = run_all(page)
    assert_shows(output, *words_of())
    figure = output.locator(".js-plotly-plot")
    expect(figure.locator(".main-svg").first).to_have_attribute(
        "width", str(round(figure.bounding_box()["width"])), timeout=LONG)
    curve = figure.locator(".scatterlayer .trace path.js-line")
    expect(curve).to_have_count(1)
    before = curve.get_attribute("d")

    output.get_by_role("slider").first.focus()  # the dose
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert_shows(output, *words_of(dose=550))
    expect(curve).to_have_count(2)  # the start stays as a ghost, below
    assert curve.first.get_attribute("d") == before != curve.last.get_attribute("d")

    output.get_by_role("button", name="Reset").click()
    assert_shows(output, *words_of())
    expect(curve).to_have_count(1)
    assert page.faults == []


def test_the_state_in_the_address_of_a_notebook_moves_its_controls_once(page, lab):
    page.goto(f"{lab}lab/workspaces/alone/tree/twice.ipynb?{urlencode({'ivig': STATE, 'token': TOKEN})}")
    first = run_all(page)
    second = page.locator(".jp-OutputArea-output", has=page.locator(".js-plotly-plot")).nth(1)
    assert_shows(first, *words_of(dose=1000))
    assert_shows(second, *words_of(dose=600, interval=21))
    for output in (first, second):
        expect(output.locator(".scatterlayer .trace path.js-line")).to_have_count(2)  # the start stays as a ghost
    assert page.locator(".jp-OutputArea-output").count() == 2, "the reader of the address shows nothing"

    page.locator(".jp-Cell").first.locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")  # the cell runs again: now it is as it is written, and is still the first card
    assert_shows(first, *words_of())
    assert_shows(second, *words_of(dose=600, interval=21))
    assert page.faults == []
