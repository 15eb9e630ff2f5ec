"""Prints the path of a Chromium for stills and tests; gets one where there is none.

In this order: $BROWSER_PATH, Playwright's own, the system's; else Playwright's download, else the
system's package. Prints an empty line if there is none to be had: the book is then built without
still pictures, and the browser tests say what is missing.
"""

import os
import pathlib
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def installed():
    """The path of a Chromium that is there already, or ""."""
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    candidates = [os.environ.get("BROWSER_PATH", ""), own, *map(shutil.which, NAMES)]
    return next((path for path in candidates if path and pathlib.Path(path).is_file()), "")


def attempt(*command, seconds):
    print("  trying:", " ".join(command), file=sys.stderr, flush=True)
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                       timeout=seconds, check=True)
    except (OSError, subprocess.SubprocessError) as wrong:
        print(f"  that did not work: {type(wrong).__name__}", file=sys.stderr, flush=True)


def main():
    path = installed()
    if not path:
        print("Looking for a Chromium ...", file=sys.stderr, flush=True)
        attempt(sys.executable, "-m", "playwright", "install", "chromium", seconds=300)
        path = installed()
    if not path and shutil.which("apt-get"):
        rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
        attempt(*rights, "apt-get", "update", seconds=300)
        attempt(*rights, "apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core", seconds=600)
        path = installed()
    if not path:
        print("No Chromium: the book is built without still pictures, and the browser tests cannot run.\n"
              "Install one (for example the package 'chromium') and run the command again.", file=sys.stderr)
    print(path)


if __name__ == "__main__":
    main()
