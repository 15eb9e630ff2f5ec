"""How heavy and how fast the built book is, in Chromium: run by `make bench`, ends within eight minutes.

Measured from outside: probes take the times (bench/*_probe.js), the book's own files are served as they
were built. Beside the book's MicroPython stands the same page on Pyodide, where only the worker differs.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import sys
import threading
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE / "bench"), str(HERE.parent)]

import measuring  # noqa: E402
import other_editions  # noqa: E402
from editions import address  # noqa: E402
from widgets import catalog  # noqa: E402
from serving import Site  # noqa: E402
from tables import judged, kilobytes, milliseconds, table  # noqa: E402

LIMIT = 465  # seconds for a whole run; a stage that does not fit is shortened and says so
SLOWER = 4  # as a cheap phone
WIDGETS = catalog.names()
FEW = ["igg_level", "autoantibody", "receptor_saturation"]  # where all would take too long: the heavy ones
# in this order, since a busy machine leaves no time for the last
STAGES = ["weight", "start", "moves", "slowed", "memory", "editions", "pyodide"]
PROSE, PAGES = "bibliography", ["intro", "dose_and_level", "fc_receptors"]
INTERPRETERS = {"MicroPython": "", "Pyodide": "pyodide/"}
AIMS = {"prose page": 250_000, "widget page": 900_000,  # bytes
        "first redraw": 250, "move": {1: 33, SLOWER: 120},  # milliseconds
        "memory": 1.02}  # in use after all moves, against half of them
SPEEDS = {1: "normal", SLOWER: f"{SLOWER}x slower"}


START = """Start of intro.html with nothing cached: medians, ms. Since navigation: first paint, still figure
painted, page loaded, Plotly's figure painted, interpreter ready. Then the first computed redraw, painted:
(a) after 'loaded', a key being pressed at once; (b) after a key pressed when figure and interpreter are
ready. The aim for both is {first redraw} ms"""
MEMORY = """Memory of {page} after so many moves, each computed and drawn, garbage collected:
MB of the page's script, the worker's script, its WebAssembly; and nodes of the document"""
MACHINE = """Chromium {version}, {kind}, {cores} cores; load {load:.2f} before the run. All from loopback:
the network costs nothing here. What else runs on the machine makes every time longer: the column 'others'
says how many cores they kept busy meanwhile; an aim missed while it was over 0.3 is marked (busy). 'loop' is
a fixed piece of work on the page's main thread, ms: how fast the machine is just then, and how much slowed.
'{slower}' is Chromium's CPU throttling, which slows the page's main thread. Chromium refuses it for
workers ("only supported for pages, not workers"), which then run at full speed. So the bench holds each
answer of the worker back until its work has taken {times} times as long: such rows' compute times are the
stretched ones."""


class Run:
    """One browser, one server, one clock; what was measured gathers in `found`."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.began = time.monotonic()
        self.until = self.began + LIMIT
        self.found = {"aims": AIMS, "limits": []}

    def seconds(self, wanted):
        """What a stage may take: what it wants, at most what is left after a reserve for closing."""
        return max(0, min(wanted, self.until - time.monotonic() - 5))

    def fits(self, wanted, what):
        if self.seconds(wanted) >= wanted:
            return True
        self.limited("not measured: " + what)
        return False

    def limited(self, what):
        self.found["limits"].append(what + ", the time was up")

    # ---- weight -----------------------------------------------------------------------------

    def weigh(self):
        weights = {}
        for page in [PROSE, *PAGES]:
            weights[page] = measuring.weight(self.browser, self.site, f"chapters/{page}.html")
        on_pyodide = INTERPRETERS["Pyodide"] + "chapters/intro.html"
        weights["intro, on Pyodide"] = measuring.weight(self.browser, self.site, on_pyodide)
        self.found["weight"] = weights
        rows = []
        for page, sent in weights.items():
            total = sum(size for _, size in sent)
            aim = AIMS["prose page" if page == PROSE else "widget page"]
            rows.append([page, len(sent), kilobytes(total), kilobytes(aim), judged(total, aim)])
        table("Weight, kB: every body the browser asked for until all widgets of the page live, as sent\n"
              "(gzip 9; fonts as they are)", ["page", "files", "kB", "aim", ""], rows)
        for page in [PROSE, *PAGES]:
            largest(page, weights[page])

    # ---- start ------------------------------------------------------------------------------

    def start(self, interpreter, slower, times):
        if not self.fits(30 if interpreter == "Pyodide" else 8, f"start of {interpreter}, {SPEEDS[slower]}"):
            return
        path = INTERPRETERS[interpreter] + "chapters/intro.html"
        until = time.monotonic() + self.seconds(40)
        self.found.setdefault("start", []).append(
            {"interpreter": interpreter, "slower": slower,
             **measuring.start(self.browser, self.site, path, slower, times, until)})

    def print_start(self):
        rows = []
        if "start" not in self.found:
            return
        for one in self.found["start"]:
            aim = AIMS["first redraw"]
            times = [milliseconds(one[step])
                     for step in ("fcp", "still", "load", "plotly", "ready", "redraw", "live")]
            rows.append([one["interpreter"], SPEEDS[one["slower"]], one["times"], *times,
                         cores(one["others"]), judged(one["redraw"], aim, one["others"]),
                         judged(one["live"], aim, one["others"])])
        table(START.format(**AIMS), [
            "interpreter", "speed", "loads", "first paint", "still", "loaded", "Plotly", "ready", "(a)",
            "(b)", "others", "aim (a)", "aim (b)"], rows)

    # ---- moves ------------------------------------------------------------------------------

    def moves(self, widgets, interpreter, slower, times, seconds):
        """Each widget on its own page."""
        for widget in widgets:
            if not self.fits(4 * slower ** 0.5, f"moves of {widget} on {interpreter}, {SPEEDS[slower]}"):
                continue
            with measuring.Measured(self.browser, self.site, slower) as measured:
                measured.open(INTERPRETERS[interpreter] + f"embed/{widget}.html")
                measuring.awake(measured, widget)
                taken = measuring.moves(measured, widget, times, self.seconds(seconds))
                if taken["moves"]:
                    self.found.setdefault("moves", []).append(
                        {"widget": widget, "interpreter": interpreter, "slower": slower, **taken})

    def print_moves(self):
        if "moves" not in self.found:
            return
        taken = sorted(self.found["moves"], key=lambda one: (
            one["slower"], WIDGETS.index(one["widget"]), one["interpreter"]))
        rows = []
        for one in taken:
            aim = AIMS["move"][one["slower"]]
            worst = measuring.quantile(values_of(one, "key to paint"), 0.95)
            rows.append([*named(one), len(one["moves"]), *middle_and_high(one, "computed"),
                         *middle_and_high(one, "round trip"), *middle_and_high(one, "key to paint"),
                         aim, f"{one['loop']:.0f}", cores(one["others"]), judged(worst, aim, one["others"])])
        table("From key press to painted figure, ms: median and 95th percentile, to which the aim applies", [
            "widget", "speed", "interpreter", "moves", "compute", "p95", "round trip", "p95", "key to paint",
            "p95", "aim", "loop", "others", ""], rows)
        parts = ["to the worker", "computed", "there and back", "to Plotly", "Plotly", "to the frame"]
        table("Where the milliseconds go: medians of each part, in the order in which they pass",
              ["widget", "speed", "interpreter", *parts],
              [[*named(one), *(middle_and_high(one, part)[0] for part in parts)] for one in taken])

    # ---- memory -----------------------------------------------------------------------------

    def memory(self, stations):
        widget, path = FEW[0], f"embed/{FEW[0]}.html"
        seen = measuring.memory(self.browser, self.site, path, widget, stations, self.seconds(LIMIT))
        self.found["memory"] = seen
        heaps = ("page", "worker", "wasm")
        rows = [[one["moves"], *(f"{one[part] / 1e6:.2f}" for part in heaps), one["nodes"]]
                for one in seen]
        table(MEMORY.format(page=path), ["moves", "page", "worker", "wasm", "nodes"], rows)
        if len(seen) < 2:
            return self.limited("memory: too few looks for a verdict")
        for then, now in zip(seen, seen[1:]):
            grown = {part: now[part] / then[part] for part in ("page", "worker", "wasm", "nodes")}
            told = ", ".join(f"{part} {100 * (value - 1):+.1f} %" for part, value in grown.items())
            print(f"  From {then['moves']} to {now['moves']} moves: {told}.")
        if seen[-1]["moves"] < stations[-1]:
            return self.limited(f"memory: {seen[-1]['moves']} moves instead of {stations[-1]}, no verdict")
        flat = max(grown.values()) <= AIMS["memory"]
        print(f"  Aim: flat, the last of these within {100 * (AIMS['memory'] - 1):.0f} %: "
              f"{'met' if flat else 'NOT MET'}. (The first moves also leave code that the browser compiled.)",
              flush=True)

    # ---- other editions ---------------------------------------------------------------------

    def editions(self):
        rows = other_editions.sizes(self.site.folder)
        self.found["editions"] = {"sizes": rows}
        table("What the built site holds. 'make offline' and 'make pdf' make the last two",
              ["part", "files", "MB", "gzip, MB"],
              [[part, files, megabytes(raw), megabytes(packed)] for part, files, raw, packed in rows])
        if self.fits(120, "JupyterLite and the app"):
            path = address.lite(other_editions.NOTEBOOK)
            visits = other_editions.lite(self.browser, self.site, path)
            kept = other_editions.app(self.browser, self.site, "chapters/intro.html")
            self.found["editions"].update(lite=visits, app=kept)
            table(f"JupyterLite, {path}: seconds; 'first figure' counts from the order to run all cells",
                  ["visit", "notebook shown", "kernel ready", "first figure", "MB sent"],
                  [[name, *(f"{one[part]:.1f}" for part in ("notebook shown", "kernel ready", "first figure")),
                    megabytes(one["bytes"])] for name, one in zip(("cold", "warm"), visits)])
            print(f"  The app: the whole book was kept {kept['kept']:.1f} s after intro.html had loaded, for which the "
                  f"site sent {megabytes(kept['bytes'])} MB.\n", flush=True)


def megabytes(value):
    return f"{value / 1e6:.1f}"


def named(one):
    return [one["widget"], SPEEDS[one["slower"]], one["interpreter"]]


def values_of(one, part):
    return [move[part] for move in one["moves"]]


def middle_and_high(one, part):
    values = values_of(one, part)
    return [milliseconds(statistics.median(values)), milliseconds(measuring.quantile(values, 0.95))]


def cores(others):
    return "-" if others is None else f"{others:.1f}"


def largest(page, sent):
    rows = [[path.removeprefix("_static/"), kilobytes(size)] for path, size in sent[:10]]
    rows.append([f"the other {len(sent) - 10}", kilobytes(sum(size for _, size in sent[10:]))])
    table(f"Largest files of {page}", ["file", "kB"], rows)


def machine(browser):
    print(MACHINE.format(version=browser.version, kind=platform.machine(), cores=os.cpu_count(),
                         load=measuring.load(), slower=SPEEDS[SLOWER], times=SLOWER), flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer moves, no look at memory: about a minute")
    parser.add_argument("--json", metavar="FILE", help="write every number to a file too")
    parser.add_argument("--only", nargs="+", metavar="STAGE", choices=STAGES,
                        help=f"only these of: {', '.join(STAGES)} (which is Pyodide slowed)")
    built = HERE.parent / "_build" / "html"
    parser.add_argument("--site", metavar="FOLDER", default=built, help="the built book (_build/html)")
    return parser.parse_args()


def main():
    options = arguments()
    if not (pathlib.Path(options.site) / "index.html").is_file():
        sys.exit(f"There is no built book in {options.site}: run `make site` first.")
    path = os.environ.get("BROWSER_PATH")
    if not path:
        sys.exit("BROWSER_PATH names no Chromium: run `make bench`, which finds one.")
    from playwright.sync_api import sync_playwright
    with Site(options.site) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=measuring.FLAGS)
        machine(browser)
        run = Run(browser, site)
        end_at_the_latest(run, options)
        for stage in options.only or STAGES:
            measure(run, stage, options.quick)
        report(run, options)
        browser.close()


def report(run, options):
    run.print_start()
    run.print_moves()
    print(f"\nTook {time.monotonic() - run.began:.0f} s, load at the end {measuring.load():.2f}.")
    for limit in run.found["limits"]:
        print(f"  ! {limit}")
    if run.found["limits"]:
        print("  Such a stage alone: python tests/bench.py --only STAGE (see --help)", flush=True)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(run.found, indent=1), "utf8")


def end_at_the_latest(run, options):
    """Whatever hangs: report what there is and end. The browser ends with the driver that started it."""
    def stop():
        run.limited("stopped in the middle of a stage")
        report(run, options)
        os._exit(3)
    timer = threading.Timer(LIMIT + 8, stop)
    timer.daemon = True
    timer.start()


def measure(run, stage, quick):
    """One stage, with fewer moves if it is to be quick."""
    if stage == "weight":
        run.weigh()
    elif stage == "start":
        run.start("MicroPython", 1, 2 if quick else 4)
        run.start("Pyodide", 1, 1 if quick else 2)
    elif stage == "moves":
        run.moves(WIDGETS, "MicroPython", 1, 20 if quick else 60, 2 if quick else 5)
        run.moves(FEW, "Pyodide", 1, 40 if quick else 80, 3 if quick else 5)
    elif stage == "slowed":
        run.start("MicroPython", SLOWER, 1 if quick else 2)
        run.moves(FEW, "MicroPython", SLOWER, 20 if quick else 60, 4 if quick else 10)
    elif stage == "memory" and not quick:
        run.memory([500, 2500, 5000])
    elif stage == "editions" and not quick:
        run.editions()
    elif stage == "pyodide" and not quick:
        run.start("Pyodide", SLOWER, 1)
        run.moves(FEW, "Pyodide", SLOWER, 40, 6)


if __name__ == "__main__":
    main()
