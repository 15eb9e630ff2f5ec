"""The site as an app: a list of its files that a worker keeps in the browser, a manifest, icons. Run last of all.

`python -m editions.app [FOLDER]` writes sw.js, manifest.webmanifest and the icons into the built site (_build/html).
How an edition is kept and how a newer one takes its place is told in app/sw.js.
"""

import base64
import fnmatch
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from urllib.parse import quote

import yaml

from widgets.hosts.palette import palette

ROOT = pathlib.Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
HERE = ROOT / "editions" / "app"
KEPT = ROOT / "_build" / "app"
BUNDLER = ROOT / "node_modules" / ".bin" / "esbuild"
LEFT_OUT = [  # what no page of the book needs without a connection
    "lite/*", "downloads/*", "*.ipynb",  # large; Jupyter's own files
    "_sources/*", "_static/locales/*", "_static/page/source/*.py",  # a text that is there in another form
    ".*", "*.inv", "*.txt", "*macros.html", "_static/play-solid.svg",  # read by no browser
    "sw.js", "manifest.webmanifest", "_static/app/*",  # the browser itself keeps these
]
CREDIT = "Made by editions/app.py; holds workbox-precaching, Copyright Google LLC, MIT licence."
SHORT_NAME = "IVIG textbook"
ICONS = {  # in _static/app: pixels, share of the sign in the tile, radius of its corners, purpose in the manifest
    "icon-192.png": (192, 0.8, 6, "any"),
    "icon-512.png": (512, 0.8, 6, "any"),
    "maskable-512.png": (512, 0.68, 0, "maskable"),
    "apple-touch-icon.png": (180, 0.76, 0, None),
}
DRAWING = """<!DOCTYPE html><body><script>
(async () => {
  const drawn = [];
  for (const [size, address] of TILES) {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    canvas.getContext("2d").drawImage(picture, 0, 0, size, size);
    drawn.push(canvas.toDataURL("image/png").split(",")[1]);
  }
  document.body.textContent = drawn.join(" ");
})();
</script></body>"""


def files(site):
    """What the worker keeps: [[address, revision], ...], relative to the site, in order."""
    found = []
    for folder, folders, names in os.walk(site):
        place = pathlib.Path(folder).relative_to(site)
        folders[:] = [name for name in folders if not left_out((place / name).as_posix() + "/")]
        found += [(place / name).as_posix() for name in names]
    return [[quote(path), hashlib.sha256((site / path).read_bytes()).hexdigest()[:16]]
            for path in sorted(found) if not left_out(path)]


def left_out(path):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in LEFT_OUT)


def worker(listed):
    """The text of sw.js for a list of files."""
    if not BUNDLER.exists():
        sys.exit("node_modules/.bin/esbuild is missing: run `make site`, which installs it.")
    bundled = subprocess.run(
        [BUNDLER, HERE / "sw.js", "--bundle", "--minify", "--format=iife", "--legal-comments=none",
         "--log-level=warning", '--define:process.env.NODE_ENV="production"'],
        stdout=subprocess.PIPE, check=True, encoding="utf8").stdout
    return f"/* {CREDIT} */\nconst FILES={json.dumps(listed, separators=(',', ':'))};\n{bundled}"


def manifest(has_icons):
    """What a browser asks of a site before it offers to install it."""
    title = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))["title"]
    opening = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))["root"]
    ground = palette()["ground"]
    icons = [{"src": "_static/favicon.svg", "sizes": "any", "type": "image/svg+xml"}]
    if has_icons:
        icons += [{"src": f"_static/app/{name}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                  for name, (size, _, _, purpose) in ICONS.items() if purpose]
    return {"name": title, "short_name": SHORT_NAME, "lang": "en", "dir": "ltr",
            "description": "How immunoglobulin works and is used, with figures that compute. It opens offline.",
            "start_url": f"{opening}.html", "scope": "./", "display": "standalone",
            "background_color": ground, "theme_color": ground, "categories": ["education", "medical"], "icons": icons}


def tile(sign, share, radius):
    """The book's sign on a square: an SVG."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="512" height="512">'
            f'<rect width="32" height="32" rx="{radius}" fill="{palette()["ground"]}"/>'
            f'<g transform="translate(16 16) scale({share}) translate(-16 -16)">{sign}</g></svg>')


def icons(sign):
    """PNG of every icon, by name; drawn by the Chromium of BROWSER_PATH, once. None without one."""
    tiles = [[size, tile(sign, share, radius)] for size, share, radius, _ in ICONS.values()]
    kept = KEPT / hashlib.sha256(json.dumps(tiles).encode()).hexdigest()[:16]
    if not all((kept / name).is_file() for name in ICONS):
        browser = os.environ.get("BROWSER_PATH")
        if not browser:
            return None
        kept.mkdir(parents=True, exist_ok=True)
        for name, picture in zip(ICONS, drawn(browser, tiles), strict=True):
            (kept / name).write_bytes(picture)
    return {name: (kept / name).read_bytes() for name in ICONS}


def drawn(browser, tiles):
    """Each tile as a PNG: a page draws them all and is then read."""
    addresses = [[size, "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()] for size, svg in tiles]
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "icons.html")
        page.write_text(DRAWING.replace("TILES", json.dumps(addresses)), "utf8")
        answer = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             f"--user-data-dir={folder}/profile", "--virtual-time-budget=10000", "--dump-dom", page.as_uri()],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120, check=True, encoding="utf8").stdout
    found = re.search(r"<body>([\w+/= ]+)</body>", answer)
    if not found:
        sys.exit("The Chromium of BROWSER_PATH drew no icons: run it again, or unset BROWSER_PATH to do without them.")
    return [base64.b64decode(text) for text in found[1].split()]


def stand_beside_lite(site):
    """Put beside_lite.js before the first script of every page of the JupyterLite in a site."""
    script = site / "lite" / "config-utils.js"
    if not script.parent.is_dir():
        return
    if not script.is_file():
        sys.exit(f"{script} is missing: this JupyterLite starts in another way. Say in editions/app.py in which.")
    first, rest = (HERE / "beside_lite.js").read_text("utf8"), script.read_text("utf8")
    if not rest.startswith(first):
        script.write_text(first + rest, "utf8")


def write(site):
    """Make an app of a built site; returns the list of the files it keeps."""
    if not (site / "chapters").is_dir():
        sys.exit(f"There is no built book in {site}: run `make site` first.")
    pictures = icons((site / "_static" / "favicon.svg").read_text("utf8")) or {}
    for name, picture in pictures.items():
        (site / "_static" / "app").mkdir(exist_ok=True)
        (site / "_static" / "app" / name).write_bytes(picture)
    (site / "manifest.webmanifest").write_text(json.dumps(manifest(bool(pictures)), indent=1) + "\n", "utf8")
    stand_beside_lite(site)
    listed = files(site)
    (site / "sw.js").write_text(worker(listed), "utf8")
    return listed


def main(site=SITE):
    listed = write(pathlib.Path(site))
    size = sum((pathlib.Path(site) / path).stat().st_size for path, _ in listed)
    print(f"The book can be installed and read without a connection: {len(listed)} files, {size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main(*sys.argv[1:2])
