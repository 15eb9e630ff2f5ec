"""Every widget computes the same in CPython and in the MicroPython of the page.

Node runs the page's own worker on the wasm file that the page loads, with the project's files as they
are (micropython.mjs beside this file). For each widget both interpreters answer the same requests: its
presets, all corners of its controls, each control through all its values, and states drawn by Hypothesis.
"""

import hashlib
import itertools
import json
import math
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import threading

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.asking import offered, sent
from widgets import catalog
from widgets.controls import check, opening, slider, toggle
from widgets.hosts import browser, page

ROOT = pathlib.Path(__file__).parents[2]
DRAWN = 200  # states of a widget drawn by Hypothesis
CORNERS = 512  # beyond this many, a part of the corners that holds every pair of ends
TOLERANCE = 1e-9  # relative, or absolute below 1
PATIENCE = 300  # seconds for one widget


# ---- the interpreter of the page ----------------------------------------------------------------


class Interpreter:
    """The page's worker in Node; `wake` starts a fresh MicroPython with what one widget's card lists."""

    def __init__(self):
        bins = str(pathlib.Path(sys.executable).parent)
        node = shutil.which("node", path=os.pathsep.join([bins, os.environ["PATH"]]))
        self.process = subprocess.Popen([node, "tests/hosts/micropython.mjs"], cwd=ROOT, encoding="utf8",
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, kind, **message):
        message.update(kind=kind, id=0)
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        assert line, f"Node ended, or gave no answer for {PATIENCE} s"
        message = json.loads(line)
        assert "error" not in message, message["error"]
        return message.get("answer")

    def ask(self, kind, **message):
        self.send(kind, **message)
        return self.receive()

    def wake(self, widget):
        modules = card_data(widget)["modules"]
        self.ask("start")
        self.ask("sources", sources=[[module, page.source_of(module)] for module in modules])
        return modules


@pytest.fixture(scope="module")
def node():
    interpreter = Interpreter()
    yield interpreter
    interpreter.process.stdin.close()
    interpreter.process.wait(30)


@pytest.fixture
def interpreter(node):
    impatient = threading.Timer(PATIENCE, node.process.kill)
    impatient.start()
    yield node
    impatient.cancel()


def card_data(widget):
    """What the built page tells the script of a card: among other things, which modules to load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("BROWSER_PATH", raising=False)
        text = page.card(widget, opening(widget.CONTROLS), "card")
    return json.loads(re.search(r'<script type="application/json" class="data">(.*)</script>', text, re.S)[1])


# ---- states of a widget, as the page sends them ---------------------------------------------------


def ends(control):
    return [offered(control)[0], offered(control)[-1]] if control["kind"] == "slider" else offered(control)


def corners(controls, most=CORNERS):
    """All combinations of ends; past `most`, every pair of ends at least once, the rest by lot."""
    names, axes = [control["name"] for control in controls], [ends(control) for control in controls]
    if math.prod([len(axis) for axis in axes]) <= most:
        return [dict(zip(names, corner)) for corner in itertools.product(*axes)]
    lot, found = random.Random(0), {}
    pairs = [(i, a, j, b) for i, j in itertools.combinations(range(len(axes)), 2)
             for a in axes[i] for b in axes[j]]
    while pairs or len(found) < most:
        corner = [lot.choice(axis) for axis in axes]
        if pairs:
            i, a, j, b = pairs[0]
            corner[i], corner[j] = a, b
        pairs = [(i, a, j, b) for i, a, j, b in pairs if (corner[i], corner[j]) != (a, b)]
        found[tuple(corner)] = dict(zip(names, corner))
    return list(found.values())


def drawn(controls, count=DRAWN):
    """That many different states (all of them, where there are few), the same ones in every run."""
    names, values = [control["name"] for control in controls], [offered(control) for control in controls]
    if math.prod([len(choices) for choices in values]) <= 2 * count:
        return [dict(zip(names, state)) for state in itertools.product(*values)]
    found = {}

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(st.tuples(*[st.sampled_from(choices) for choices in values]))
    def collect(state):
        found[state] = dict(zip(names, state))

    collect()
    return list(found.values())


def sweeps(controls, bases):
    """Each control through all its values, the others as in one of the bases, which take turns."""
    return [base | {control["name"]: value} for control, base in zip(controls, itertools.cycle(bases))
            for value in offered(control)]


def requests(widget, want):
    """One request for each state; cards open at the start of the widget and at its presets in turn."""
    opened = {name: sent(value) for name, value in opening(widget.CONTROLS).items()}
    bases = [opened] + [opened | {name: sent(value) for name, value in preset.items()}
                        for preset in getattr(widget, "PRESETS", {}).values()]
    states = bases + corners(widget.CONTROLS) + drawn(widget.CONTROLS) + sweeps(widget.CONTROLS, bases)
    return [json.dumps({"module": widget.__name__, "start": start, "values": state, "want": want})
            for state, start in zip(states, itertools.cycle(bases))]


# ---- comparing ------------------------------------------------------------------------------------


def parsed(text):
    """The value of a JSON text that a browser would read too."""
    def refuse(token):
        raise ValueError(f"no browser reads {token} in JSON")
    return json.loads(text, parse_constant=refuse)


def differences(ours, theirs, where="answer"):
    """Where two answers differ, as sentences. Numbers may differ by rounding, nothing else may."""
    numbers = (int, float)
    if isinstance(ours, numbers) and isinstance(theirs, numbers) and bool not in (type(ours), type(theirs)):
        if abs(ours - theirs) > TOLERANCE * max(1, abs(ours), abs(theirs)):
            yield f"{where}: {ours!r} in CPython, {theirs!r} in MicroPython"
    elif type(ours) is not type(theirs):
        yield f"{where}: {ours!r} in CPython, {theirs!r} in MicroPython"
    elif isinstance(ours, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            if key in ours and key in theirs:
                yield from differences(ours[key], theirs[key], f"{where}.{key}")
            else:
                yield f"{where}.{key}: only in {'CPython' if key in ours else 'MicroPython'}"
    elif isinstance(ours, list):
        if len(ours) != len(theirs):
            yield f"{where}: {len(ours)} items in CPython, {len(theirs)} in MicroPython"
        for n, pair in enumerate(zip(ours, theirs)):
            yield from differences(*pair, f"{where}[{n}]")
    elif ours != theirs:
        yield f"{where}: {ours!r} in CPython, {theirs!r} in MicroPython"


def answers(interpreter, asked):
    """The answers of both interpreters. CPython is asked from the end: what it was asked before is no
    part of an answer."""
    ours, theirs = [None] * len(asked), []
    for n, request in enumerate(asked):
        interpreter.send("ask", request=request)
        ours[-1 - n] = browser.answer(asked[-1 - n])  # while Node is at work
        theirs.append(interpreter.receive())
    return ours, theirs


def assert_agreement(interpreter, widget, asked):
    interpreter.wake(widget)
    ours, theirs = answers(interpreter, asked)
    wrong = {}
    for request, mine, other in zip(asked, ours, theirs):
        found = list(itertools.islice(differences(parsed(mine), parsed(other)), 5))
        if found:
            wrong[request] = found
    first = "\n  ".join([f"{request}\n  " + "\n  ".join(found) for request, found in wrong.items()][:3])
    assert not wrong, f"{len(wrong)} of {len(asked)} states differ, such as\n  {first}"


# ---- the tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", catalog.names())
def test_figure_and_sentence_are_the_same_in_both_pythons(interpreter, name):
    widget = catalog.find(name)
    assert_agreement(interpreter, widget, requests(widget, "figure"))


@pytest.mark.parametrize("name", catalog.names())
def test_tables_are_the_same_in_both_pythons(interpreter, name):
    widget = catalog.find(name)
    assert_agreement(interpreter, widget, requests(widget, "file")[::8])


@pytest.mark.parametrize("name", catalog.names())
def test_the_page_interpreter_holds_the_very_files_that_are_tested(interpreter, name):
    widget = catalog.find(name)
    modules = interpreter.wake(widget)
    for module in modules:
        if not module.startswith("data."):  # made of a YAML file
            assert sys.modules[module].__file__ == str(page.path_of(module)), "imported from another place"
            assert page.source_of(module).encode() == page.path_of(module).read_bytes()
    assert interpreter.ask("held") == {
        module.replace(".", "/") + ".py": hashlib.sha256(page.source_of(module).encode()).hexdigest()
        for module in modules}


def test_the_interpreter_is_the_one_that_the_built_page_loads():
    from extensions.browser_code import LIBRARIES
    script = (ROOT / "tests/hosts/micropython.mjs").read_text("utf8")
    folder = re.search(r'node_modules/([^"]+)/"', script)[1]
    assert {f"{folder}/micropython.mjs", f"{folder}/micropython.wasm"} <= set(LIBRARIES)


@pytest.mark.parametrize("name", catalog.names())
def test_two_hundred_states_are_drawn_that_the_widget_accepts(name):
    controls = catalog.find(name).CONTROLS
    states = drawn(controls)
    assert len(states) >= min(DRAWN, math.prod([len(offered(control)) for control in controls]))
    for state in states + corners(controls):
        check(controls, state)


def test_corners_of_few_controls_are_all_and_of_many_hold_every_pair():
    few = [toggle("a", "A", value=True), slider("b", "B", min=0, max=1, step=0.25, value=0)]
    assert corners(few) == [{"a": a, "b": b} for a in (False, True) for b in (0, 1)]
    many = corners([toggle(f"t{n}", "T", value=True) for n in range(12)])
    assert len(many) == CORNERS
    for one, other in itertools.combinations(many[0], 2):
        assert len({(corner[one], corner[other]) for corner in many}) == 4


@pytest.mark.parametrize("ours, theirs, found", [
    ({"y": [1.0, None]}, {"y": [1, None]}, 0),
    (1.0, 1 + 2e-9, 1), (1e6, 1e6 + 1e-4, 0), (0.0, 1e-10, 0), (None, 0, 1), (True, 1, 1),
    ("5.2 g/L", "5.3 g/L", 1), ([1, 2], [1], 1), ({"a": 1}, {"b": 1}, 2),
    ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, 1)])
def test_comparison_lets_pass_rounding_only(ours, theirs, found):
    assert len(list(differences(ours, theirs))) == found


@pytest.mark.parametrize("token", ["NaN", "Infinity", "-Infinity", "nan", "inf"])
def test_comparison_refuses_what_a_browser_cannot_read(token):
    with pytest.raises(ValueError):
        parsed(f'{{"y": [{token}]}}')
