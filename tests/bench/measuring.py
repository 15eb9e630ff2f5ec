"""What is measured, in Chromium through Playwright. Every function returns plain numbers."""

import json
import math
import os
import pathlib
import random
import statistics
import time

HERE = pathlib.Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]
WINDOW = {"width": 1280, "height": 800}
RANGE = "input[type=range]"
TURNED = f".ivig-widget:has({RANGE}) {RANGE}, .ivig-widget:not(:has({RANGE})) select"  # sliders, else choices
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
TOWARDS_ROOM = """one => (one.localName === "select" ? one.selectedIndex < one.length - 1
  : Number(one.value) < Number(one.max)) ? "ArrowRight" : "ArrowLeft" """


class Measured:
    """One page in a browser profile of its own, so that nothing is cached, at one speed."""

    def __init__(self, browser, site, slower=1, probe=True, press=False):
        self.browser, self.site = browser, site
        self.context = browser.new_context(viewport=WINDOW, service_workers="block")  # the book alone is weighed
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.problems = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.devtools = self.context.new_cdp_session(self.page)
        if slower > 1:
            self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        if probe:
            options = json.dumps({"slower": slower, "press": press})
            self.page.add_init_script(f"globalThis.benchOptions = {options}")
            self.page.add_init_script(path=HERE / "page_probe.js")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
        if self.problems:
            raise RuntimeError("the page reported: " + "; ".join(self.problems))

    def open(self, path):
        self.page.goto(self.site.base + path, wait_until="load")

    def wait_for(self, condition):
        self.page.wait_for_function(condition)

    def marks(self):
        return self.page.evaluate("bench.marks")


def load():
    """The machine's load in the last minute: what else ran while a number was taken."""
    return os.getloadavg()[0]


class Others:
    """How many cores other programs kept busy since this was made; None where /proc does not tell."""

    def __init__(self):
        self.began = self.look()

    def cores(self):
        if self.began is None:
            return None
        (time_then, all_then, own_then), (time_now, all_now, own_now) = self.began, self.look()
        others = (all_now - own_now) - (all_then - own_then)
        return max(0, others) / os.sysconf("SC_CLK_TCK") / (time_now - time_then)

    @staticmethod
    def look():
        try:
            first = pathlib.Path("/proc/stat").read_text().split("\n")[0]
            spent = [int(ticks) for ticks in first.split()[1:9]]
        except OSError:
            return None
        parents, ticks = {}, {}
        for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            process = int(path.parent.name)
            parents[process] = int(fields[1])
            ticks[process] = sum(int(field) for field in fields[11:15])  # its own and its ended children's
        own = 0
        for process in ticks:
            line = process
            while line not in (0, os.getpid()):
                line = parents.get(line, 0)
            own += ticks[process] if line else 0
        return time.monotonic(), sum(spent) - spent[3] - spent[4], own


def quantile(values, share):
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


# ---- weight -------------------------------------------------------------------------------------

def weight(browser, site, path):
    """Bytes of every body the browser asked for until all widgets of a page live: [(path, bytes)]."""
    with Measured(browser, site, probe=False) as measured:
        site.requested.clear()
        measured.open(path)
        for card in measured.page.locator(".ivig-widget").all():
            card.scroll_into_view_if_needed()
            card.locator(".plot .main-svg").first.wait_for(state="attached")
        measured.page.wait_for_load_state("networkidle")
        return sorted(site.requested, key=lambda sent: -sent[1])


# ---- start --------------------------------------------------------------------------------------

def start(browser, site, path, slower, times, until):
    """Medians of at most `times` loads: when each step of the page was reached, and the first redraws.

    Milliseconds since navigation; `redraw` since the page was loaded, with a key pressed at once;
    `live` from a key pressed when figure and interpreter are ready.
    """
    seen, after = [], Others()
    for _ in range(times):
        if seen and time.monotonic() > until:
            break
        with Measured(browser, site, slower) as measured:
            measured.open(path)
            measured.page.locator(".ivig-widget").first.scroll_into_view_if_needed()
            measured.wait_for("bench.marks.plotly && bench.marks.ready && bench.marks.still")
            one = measured.marks()
            one["fcp"] = measured.page.evaluate(FIRST_PAINT)
            measured.page.locator(f".ivig-widget {RANGE}").first.focus()
            measured.page.keyboard.press("ArrowRight")
            move = measured.page.evaluate("bench.settled(0, 30000)")
            one["live"] = move["painted"] - move["key"]
        with Measured(browser, site, slower, press=True) as measured:
            measured.open(path)
            measured.page.keyboard.press("ArrowRight")
            move = measured.page.evaluate("bench.settled(0, 30000)")
            loaded = measured.marks()["load"]
            one["pressed"], one["redraw"] = move["key"] - loaded, move["painted"] - loaded
        seen.append(one)
    return {"times": len(seen), "others": after.cores(),
            **{step: statistics.median(one[step] for one in seen) for step in seen[0]}}


# ---- moves --------------------------------------------------------------------------------------

def moves(measured, identifier, times, seconds):
    """The parts of each move of one card from key to paint, milliseconds: at most `times` dicts.

    The keys go round the sliders of the card, to and fro on each.
    """
    chance, until = random.Random(1), time.monotonic() + seconds
    loop = measured.page.evaluate("bench.loop()")
    sliders = measured.page.locator(TURNED)
    turns = [times // sliders.count() + (n < times % sliders.count()) for n in range(sliders.count())]
    seen, after = [], Others()
    for n, turn in enumerate(turns):
        sliders.nth(n).focus()
        key = sliders.nth(n).evaluate(TOWARDS_ROOM)
        for _ in range(turn):
            if time.monotonic() > until:
                break
            measured.page.keyboard.press(key)
            move = measured.page.evaluate(f"bench.settled({chance.uniform(0, 17):.1f})")
            seen.append(parts(move))
            key = {"top": "ArrowLeft", "bottom": "ArrowRight"}.get(move["end"], key)
    return {"moves": seen, "others": after.cores(), "loop": loop,
            "wasm": measured.page.evaluate("bench.memory()")}


def awake(measured, identifier):
    """Start the interpreter of an open page and let a card draw twice, so that nothing is a first time."""
    card = measured.page.locator(f"#{identifier}")
    card.scroll_into_view_if_needed()
    measured.wait_for(f"bench.marks.ready && document.querySelector('#{identifier} .plot .main-svg')")
    slider = measured.page.locator(TURNED).first
    slider.focus()
    for _ in range(2):
        key = slider.evaluate(TOWARDS_ROOM)
        measured.page.keyboard.press(key)
        measured.page.evaluate("bench.settled(50, 30000)")
    card.scroll_into_view_if_needed()


def parts(move):
    """Where the milliseconds of one move went, in the order in which they passed."""
    return {"to the worker": move["asked"] - move["key"],
            "computed": move["compute"],
            "there and back": move["answered"] - move["asked"] - move["compute"],
            "to Plotly": move["react"] - move["answered"],
            "Plotly": move["drawn"] - move["react"],
            "to the frame": move["painted"] - move["drawn"],
            "round trip": move["answered"] - move["asked"],
            "key to paint": move["painted"] - move["key"]}


# ---- memory -------------------------------------------------------------------------------------

def memory(browser, site, path, identifier, stations, seconds):
    """Bytes in use after so many moves, collected before each look: a list of dicts."""
    until = time.monotonic() + seconds
    with Measured(browser, site) as measured:
        measured.open(path)
        awake(measured, identifier)
        worker = WorkerSession(browser, measured)
        measured.devtools.send("Performance.enable")
        seen, done = [], 0
        for station in stations:
            while done < station and time.monotonic() < until:
                step = min(250, station - done)
                measured.page.evaluate(f"bench.sweep('#{identifier} {RANGE}', {step})")
                done += step
            if seen and done == seen[-1]["moves"]:
                break
            measured.devtools.send("HeapProfiler.collectGarbage")
            worker.send("HeapProfiler.collectGarbage")
            numbers = {metric["name"]: metric["value"]
                       for metric in measured.devtools.send("Performance.getMetrics")["metrics"]}
            seen.append({"moves": done, "page": numbers["JSHeapUsedSize"], "nodes": numbers["Nodes"],
                         "worker": worker.send("Runtime.getHeapUsage")["usedSize"],
                         "wasm": measured.page.evaluate("bench.memory()")})
        return seen


class WorkerSession:
    """DevTools of the page's worker, which Playwright has no session for."""

    def __init__(self, browser, measured):
        self.page = measured.page
        self.session = browser.new_browser_cdp_session()
        self.answers, self.last = {}, 0
        self.session.on("Target.receivedMessageFromTarget", self.keep)
        targets = self.session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        worker = next(target for target in targets if target["type"] == "worker")
        where = {"targetId": worker["targetId"], "flatten": False}
        self.name = self.session.send("Target.attachToTarget", where)["sessionId"]

    def keep(self, event):
        message = json.loads(event["message"])
        self.answers[message.get("id")] = message

    def send(self, method, parameters=None):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters or {}}
        envelope = {"sessionId": self.name, "message": json.dumps(message)}
        self.session.send("Target.sendMessageToTarget", envelope)
        until = time.monotonic() + 10
        while self.last not in self.answers and time.monotonic() < until:
            self.page.wait_for_timeout(20)
        answer = self.answers.pop(self.last)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]
