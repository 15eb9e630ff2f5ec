"""Prints the path of a browser for stills and tests; gets one where there is none: browser.py [chromium|firefox]

A Chromium, in this order: $BROWSER_PATH, Playwright's own, the system's; else Playwright's download, else the
system's package. A Firefox: $FIREFOX_PATH, the system's; else the system's package (Playwright's is no stock Firefox).
Prints an empty line if there is none to be had: the book is then built without still pictures, and the tests in that
browser say what is missing.
"""

import os
import pathlib
import shutil
import subprocess
import sys

NAMES = {
    "chromium": ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    "firefox": ["firefox-esr", "firefox"],
}
GIVEN = {"chromium": "BROWSER_PATH", "firefox": "FIREFOX_PATH"}
PACKAGES = {"chromium": ["chromium", "fonts-dejavu-core"], "firefox": ["firefox-esr", "fonts-dejavu-core"]}
WITHOUT = {
    "chromium": "No Chromium: the book is built without still pictures, and the browser tests cannot run.",
    "firefox": "No Firefox: the tests of the offline edition in Firefox cannot run.",
}


def installed(browser):
    """The path of a browser that is there already, or ""."""
    candidates = [os.environ.get(GIVEN[browser], ""), *of_playwright(browser), *map(shutil.which, NAMES[browser])]
    return next((path for path in candidates if path and pathlib.Path(path).is_file()), "")


def of_playwright(browser):
    if browser != "chromium":
        return []
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        return [playwright.chromium.executable_path]


def attempt(*command, seconds):
    print("  trying:", " ".join(command), file=sys.stderr, flush=True)
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                       timeout=seconds, check=True)
    except (OSError, subprocess.SubprocessError) as wrong:
        print(f"  that did not work: {type(wrong).__name__}", file=sys.stderr, flush=True)


def main(browser="chromium"):
    if browser not in NAMES:
        sys.exit(f"no browser {browser!r}: one of {', '.join(NAMES)}")
    path = installed(browser)
    if not path:
        print(f"Looking for a {browser.title()} ...", file=sys.stderr, flush=True)
        if browser == "chromium":
            attempt(sys.executable, "-m", "playwright", "install", "chromium", seconds=300)
            path = installed(browser)
    if not path and shutil.which("apt-get"):
        rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
        attempt(*rights, "apt-get", "update", seconds=300)
        attempt(*rights, "apt-get", "install", "-y", "--no-install-recommends", *PACKAGES[browser], seconds=600)
        if browser == "chromium":  # not every system has it; the tests are faster in it
            attempt(*rights, "apt-get", "install", "-y", "--no-install-recommends", "chromium-headless-shell", seconds=600)
        path = installed(browser)
    if not path:
        print(f"{WITHOUT[browser]}\n"
              f"Install one (for example the package '{PACKAGES[browser][0]}') and run this again.", file=sys.stderr)
    print(path)


if __name__ == "__main__":
    main(*sys.argv[1:2])
