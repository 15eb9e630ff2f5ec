"""The state in a notebook's address: what the browser says moves the card it names, as a reader would."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from tests.asking import offered
from widgets import catalog, show
from widgets.catalog import igg_level
from widgets.controls import choice, slider, toggle
from widgets.hosts import jupyter, jupyter_address, page

STATE = "igg_level?dose=1000&interval=21;igg_level-2?law=linear"
CONTROLS = [slider("n", "n", min=10, max=100, step=10, value=50),
            slider("half", "half", min=-1, max=1, step=0.5, value=0),
            slider("log", "log", min=1, max=100, value=10, log=True), toggle("on", "on", value=False),
            choice("law", "law", options={"a": "A", "Fcγ b": "B", "1": "One"}, value="a")]
TEXTS = ["50", "55", "54.9", "-5", "1e3", "1e400", "+20", ".5", "-.25", "5.", "", " 50", "50 ", "0x10", "1_0", "nan",
         "Infinity", "5e", "٥", "true", "1", "false", "0", "True", "a", "A", "Fcγ b", "<b>"]
ASKED = ["", "a", "igg_level", "igg_level?", "igg_level?dose=1000", "x?n=1&n=2;y-2?law=Fc%CE%B3+b&on=true", ";;x?n=1;",
         "γ?n=1", "x y?n=1", "x?n=1?2", "x?n", "x?=1&n=%zz", "x?n=1;x?n=2", "?n=1"]
IN_THE_PAGE = """
import { accepted, read } from "%s";
const { controls, texts, asked } = JSON.parse(process.argv[1]);
console.log(JSON.stringify({
  accepted: controls.map((control) => texts.map((text) => accepted(control, text) ?? null)),
  read: asked.map((text) => [...read("#" + text)]),
}));
"""


@pytest.fixture(autouse=True)
def kernel(monkeypatch):
    """A fresh kernel whose cells the test runs: kernel(cell) begins an execution of one."""
    now = {"execution": None, "cell": None}
    for name in ("IVIG_HOST", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(jupyter_address, "running", lambda: (now["execution"], now["cell"]))
    jupyter_address.address.cache_clear()

    def run(cell):
        now.update(execution=object(), cell=cell)
    yield run
    jupyter_address.address.cache_clear()


def browser(state, opened=1.0, notebook="dose_and_level.ipynb"):
    """The browser tells the kernel what the address asks for."""
    jupyter_address.address().asked = {"state": state, "notebook": notebook, "opened": opened}


def values(card):
    return {name: box.value for name, box in card.boxes.items()}


def changes(card):
    return {name: value for name, value in values(card).items() if value != card.start[name]}


# ---- a card goes where the address says ----------------------------------------------------------


def test_a_card_moves_when_the_browser_has_spoken_and_keeps_its_start_as_a_ghost():
    card, same = show("igg_level"), show("igg_level")
    same.set({"dose": 1000, "interval": 21})
    browser("igg_level?dose=1000&interval=21")
    assert values(card) == values(same) and changes(card) == {"dose": 1000, "interval": 21}
    assert igg_level.describe(**values(card)) in card.sentence.value
    assert [trace.y for trace in card.figure.data] == [trace.y for trace in same.figure.data]
    assert any(trace.meta.get("start") and trace.visible for trace in card.figure.data)


def test_a_card_made_later_opens_at_its_state():
    show("donor_pool")
    browser(STATE)
    assert changes(show("igg_level")) == {"dose": 1000, "interval": 21}


def test_the_start_is_the_chapters_and_reset_returns_to_it():
    card = show("igg_level", dose=600)
    browser("igg_level?interval=21")
    assert changes(card) == {"interval": 21} and values(card)["dose"] == 600
    card.buttons["Reset"].click()
    assert changes(card) == {} and values(card)["dose"] == 600


@pytest.mark.parametrize("state", [
    "", "igg_level", "igg_level?", "igg_level?dose=many", "igg_level?law=cubic", "igg_level?dosis=1000",
    "donor_pool?dose=1000", "igg_level-2?dose=1000", "IGG_LEVEL?dose=1000", "igg_level?dose=", "<script>?dose=1"])
def test_what_the_controls_do_not_offer_moves_nothing(state, monkeypatch, capfd):
    card = show("igg_level")
    monkeypatch.setattr(card, "set", None)  # calling it would raise
    browser(state)
    assert changes(card) == {} and capfd.readouterr() == ("", "")


def test_a_number_goes_to_the_nearest_one_on_the_slider():
    card = show("igg_level")
    browser("igg_level?dose=1012&interval=-4")
    assert values(card)["dose"] == 1000
    assert values(card)["interval"] == card.controls["interval"]["min"]


def test_a_state_that_the_model_refuses_is_said_on_the_card(monkeypatch):
    card = show("igg_level")

    def refuse(values):
        raise ValueError("no")
    monkeypatch.setattr(card, "compute", refuse)
    browser(STATE)
    assert "ValueError: no" in card.problem.value


# ---- which card is meant -------------------------------------------------------------------------


def test_the_second_card_of_a_widget_has_the_second_name(kernel):
    cards = []
    for cell in ("one", "two"):
        kernel(cell)
        cards.append(show("igg_level"))
    browser(STATE)
    assert [changes(card) for card in cards] == [{"dose": 1000, "interval": 21}, {"law": "linear"}]


def test_two_cards_of_one_cell_have_two_names(kernel):
    kernel("one")
    cards = [show("igg_level"), show("donor_pool"), show("igg_level")]
    browser(STATE)
    assert [bool(changes(card)) for card in cards] == [True, False, True]
    assert changes(cards[2]) == {"law": "linear"}


def test_a_cell_that_runs_again_keeps_its_name_and_is_left_as_the_reader_wrote_it(kernel):
    kernel("one")
    show("igg_level")
    browser(STATE)
    kernel("one")
    assert changes(show("igg_level", dose=600)) == {}
    kernel("two")
    assert changes(show("igg_level")) == {"law": "linear"}


def test_a_cell_that_runs_again_before_the_browser_speaks_has_the_state_of_its_name(kernel):
    kernel("one")
    old = show("igg_level")
    kernel("one")
    new = show("igg_level")
    browser(STATE)
    assert changes(new) == {"dose": 1000, "interval": 21} and changes(old) == {}


def test_opened_anew_the_cards_follow_and_so_does_the_cell_that_then_runs(kernel):
    kernel("one")
    card = show("igg_level")
    browser("igg_level?dose=1000", opened=1.0)
    browser("igg_level?dose=1500", opened=2.0)
    assert changes(card) == {"dose": 1500}
    kernel("one")
    assert changes(show("igg_level")) == {"dose": 1500}
    kernel("one")
    assert changes(show("igg_level")) == {}


@pytest.mark.parametrize("path", [
    "dose_and_level.ipynb", "chapters/dose_and_level.ipynb", "/srv/a b/dose_and_level.ipynb"])
def test_the_notebook_that_the_address_names_follows_and_no_other(path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", path)
    card = show("igg_level")
    browser("igg_level?dose=1500", notebook="widgets.ipynb")
    assert changes(card) == {}
    browser("igg_level?dose=1000")
    assert changes(card) == {"dose": 1000}
    browser("igg_level?dose=1500", notebook="widgets.ipynb")
    assert changes(card) == {"dose": 1000} and changes(show("igg_level")) == {}


def test_where_the_kernel_names_no_cell_each_card_is_a_new_one():
    cards = [show("igg_level"), show("igg_level")]
    browser(STATE)
    assert [changes(card) for card in cards] == [{"dose": 1000, "interval": 21}, {"law": "linear"}]


def test_the_kernel_says_which_cell_runs_and_a_plain_python_does_not(monkeypatch):
    monkeypatch.undo()
    assert jupyter_address.running() == (None, None)
    message = {"header": {"msg_id": "m1"}, "metadata": {"cellId": "c1"}}
    shell = type("Shell", (), {"kernel": type("Kernel", (), {"get_parent": lambda self: message})()})
    monkeypatch.setattr(jupyter_address, "get_ipython", shell)
    assert jupyter_address.running() == ("m1", "c1")
    message.clear()
    assert jupyter_address.running() == (None, None)


# ---- the same grammar as the page's --------------------------------------------------------------


def test_texts_and_states_are_read_as_the_page_reads_them():
    script = IN_THE_PAGE % (page.HERE / "address.js").as_uri()
    given = json.dumps({"controls": CONTROLS, "texts": TEXTS, "asked": ASKED})
    node = shutil.which("node", path=os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]))
    run = subprocess.run([node, "--input-type=module", "--eval", script, given], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    there = json.loads(run.stdout)
    for control, wanted in zip(CONTROLS, there["accepted"]):
        for text, value in zip(TEXTS, wanted):
            here = jupyter_address.accepted(control, text)
            assert (here if here is None else jupyter.settled(control, here)) == value, (control["name"], text)
    for text, wanted in zip(ASKED, there["read"]):
        here = [[name, [list(pair) for pair in pairs]] for name, pairs in jupyter_address.read(text).items()]
        assert here == wanted, text


@pytest.mark.parametrize("name", catalog.names())
def test_every_value_that_a_page_writes_into_its_address_is_taken(name):
    for control in catalog.find(name).CONTROLS:
        for value in offered(control):
            text = str(value).lower() if control["kind"] == "toggle" else str(value)
            assert jupyter_address.accepted(control, text) == value
