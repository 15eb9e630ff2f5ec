"""The book for a disk or a stick, in one zip that works by a double click: python -m editions.offline

A browser lets a page from a disk load styles, pictures and plain scripts, and nothing else: no module, no fetch, no
worker's file, not everywhere a font. So the built site is copied, its scripts are bundled into plain ones, and what
they fetch on the web (Python, source views, the interpreter, the text that search quotes) is laid into scripts,
the "pieces" of offline/load.js. An edition in which anything is left that a disk forbids is refused.
"""

import base64
import fnmatch
import html
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

import yaml

from editions import downloads

ROOT = pathlib.Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
TARGET = "downloads/ivig-textbook-offline.zip"  # in the site
HERE = ROOT / "editions" / "offline"
BUNDLER = ROOT / "node_modules" / ".bin" / "esbuild"
TOP = "ivig-textbook"  # the one folder in the zip
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files give the same zip

LEFT_OUT = [  # of no use on a disk, or larger than all the rest
    "lite", "downloads", "_sources", "objects.inv", ".buildinfo", "_static/locales", "*macros.html",
    "sw.js", "manifest.webmanifest", "_static/app", "_static/register.js", "_static/new_edition.js"]
SPENT = ["_static/page/*.js", "_static/page/python", "_static/page/source/*.html", "_static/vendor/micropython",
         "*.woff2", "_static/worker.js"]  # laid into scripts and styles
NOT_OURS = ["_static/scripts/*", "_static/vendor/*"]  # they hold requests that no page here makes; tests watch for them

ELSEWHERE = r'<a\b[^>]*\shref="(?:\.\./)?(?:lite|_sources|downloads)/[^"]*"[^>]*>((?:(?!</a>).)*)</a>'
MODULE = re.compile(r'<script type="module" src="([^"?]+)([^"]*)"></script>')
REPAIRS = [  # in the pages: what the web needs -> what a disk needs
    (MODULE, r'<script defer src="\1\2"></script>'),
    (re.compile(r'\n?<link rel="(?:modulepreload|manifest|apple-touch-icon)"[^>]*>'), ""),
    (re.compile(r'\s*<script [^>]*\bregister\.js[^>]*></script>'), ""),
    (re.compile(rf"<li>\s*{ELSEWHERE}\s*</li>", re.S), ""),  # an entry of a menu
    (re.compile(ELSEWHERE, re.S), r"\1 (on the book's website only)"),
    (downloads.PLACE, lambda found: f"{found[1]}{downloads.WAYS[found[2]][0]}: on the book's website.{found[3]}"),
]
SUMMARY = re.compile(r"fetch\(requestUrl\)\s*\.then\(\(responseData\) => responseData\.text\(\)\)")
OTHER_FONTS = re.compile(r',\s*url\([^)]*\.(?:woff|ttf)"?\)\s*format\("[^"]*"\)')
FONT = re.compile(r'url\("?([^")]+\.woff2)"?\)')
FORBIDDEN = {  # in scripts
    "fetch": r"\bfetch\s*\(", "XMLHttpRequest": r"\bXMLHttpRequest\b", "a service worker": r"\bserviceWorker\b",
    "import()": r"\bimport\s*\(", "import.meta": r"\bimport\.meta\b",
    "import or export": r"^\s*(?:im|ex)port\b(?!\s*[=:(.])"}
README = """\
{title}

1. Unpack the whole archive: inside it, the book does not work.
2. Open index.html with a double click. Any current browser will do; no network is needed, nothing is installed.
3. Figures compute in your browser. Binder and Colab, in some menus, need a network; a page's notebook is beside it.
4. For learning only, not medical advice.
"""


def make(site=SITE, target=None):
    """Write the zip.

    Parameters
    ----------
    site : pathlib.Path
        The built book.
    target : pathlib.Path, optional
        Where the zip goes; in the site's folder of downloads if none is given.

    Returns
    -------
    pathlib.Path
        The zip.

    Raises
    ------
    SystemExit
        If something is missing, or if a page would ask for what a disk forbids.
    """
    target = target or site / TARGET
    if not (site / "search.html").is_file():
        sys.exit(f"There is no built book in {site}: run `make site` first.")
    with tempfile.TemporaryDirectory() as folder:
        stage = pathlib.Path(folder, TOP)
        print("  copying the site ...", flush=True)
        copy(site, stage)
        for said, step in STEPS.items():
            print(f"  {said} ...", flush=True)
            step(stage)
        wrong = faults(stage)
        if wrong:
            sys.exit("The offline edition would not work from a disk:\n  " + "\n  ".join(wrong))
        target.parent.mkdir(parents=True, exist_ok=True)
        pack(stage, target)
    return target


# ---- the steps -----------------------------------------------------------------------------------------------


def copy(site, stage):
    """What of the site goes along, the files of this edition, and the text to read first."""
    def left_out(folder, names):
        place = pathlib.Path(folder).relative_to(site)
        return [name for name in names if matches((place / name).as_posix(), LEFT_OUT)]

    shutil.copytree(site, stage, ignore=left_out)
    scripts = stage / "_static"
    (scripts / "page" / "load.js").rename(scripts / "page" / "load_online.js")
    shutil.copy(HERE / "load.js", scripts / "page" / "load.js")
    shutil.copy(HERE / "worker.js", scripts / "worker.js")
    (scripts / "offline").mkdir()
    shutil.copy(HERE / "storage.js", scripts / "offline" / "storage.js")
    title = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))["title"]
    (stage / "README.txt").write_text(README.format(title=title), "utf8")


def lay_out_pieces(stage):
    """What the website fetches, as scripts."""
    page = stage / "_static" / "page"
    write_piece(stage, "python", {
        ".".join(path.relative_to(page / "python").with_suffix("").parts): path.read_text("utf8")
        for path in sorted((page / "python").rglob("*.py"))})
    for path in (page / "source").glob("*.html"):
        write_piece(stage, f"source/{path.stem}", path.read_text("utf8"))
    wasm = (stage / "_static" / "vendor" / "micropython" / "micropython.wasm").read_bytes()
    write_piece(stage, "interpreter", {
        "script": bundled(stage, "worker.js", "--define:import.meta.url=self.location.href",
                          "--define:process=undefined", "--packages=external"),  # without its branches for Node
        "wasm": data_address("application/wasm", wasm)})


def write_piece(stage, name, content):
    path = stage / "_static" / "offline" / f"{name}.js"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"(globalThis.ivigPieces ??= {{}})[{json.dumps(name)}] = "
                    f"{json.dumps(content, ensure_ascii=False)};\n", "utf8")


def bundle_scripts(stage):
    """Every module that a page loads becomes a plain script of the same name."""
    static = stage / "_static"
    used = {(path.parent / source).resolve().relative_to(static.resolve())
            for path in stage.rglob("*.html") for source, _ in MODULE.findall(path.read_text("utf8"))}
    texts = {name: bundled(stage, name, "--define:import.meta.url=document.currentScript.src") for name in sorted(used)}
    drop(stage, SPENT)
    for name, text in texts.items():
        (static / name).write_text(text, "utf8")


def bundled(stage, name, *options):
    """The text of a plain script that does what a module and all that it imports do."""
    if not BUNDLER.exists():
        sys.exit("node_modules/.bin/esbuild is missing: run `make site`, which installs it.")
    # with this setting import() becomes a call that no page here makes
    done = subprocess.run([BUNDLER, stage / "_static" / name, "--bundle", "--minify", "--format=iife", "--charset=utf8",
                           "--supported:dynamic-import=false", "--log-level=warning", *options],
                          stdout=subprocess.PIPE, encoding="utf8")
    return done.stdout if done.returncode == 0 else sys.exit(f"esbuild cannot bundle _static/{name}, see above.")


def lay_in_fonts(stage):
    """Not every browser, and not every Firefox, loads a font from a disk, unless the style holds it."""
    for path in (stage / "_static").rglob("*.css"):
        text = path.read_text("utf8")
        if FONT.search(text):
            def laid_in(found, folder=path.parent):
                return f"url({data_address('font/woff2', (folder / found[1]).read_bytes())})"

            path.write_text(FONT.sub(laid_in, OTHER_FONTS.sub("", text)), "utf8")


def data_address(kind, content):
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def prepare_search(stage):
    """Search quotes pages: what it would fetch for that is a piece that its page loads."""
    script = stage / "_static" / "searchtools.js"
    text, times = SUMMARY.subn("Promise.resolve(globalThis.ivigPieces.search[docName])", script.read_text("utf8"))
    if times != 1:
        sys.exit("_static/searchtools.js no longer fetches pages as it did: mend SUMMARY in editions/offline.py.")
    script.write_text(text, "utf8")
    write_piece(stage, "search", {f"chapters/{path.stem}": quotable(path.read_text("utf8"))
                                  for path in sorted((stage / "chapters").glob("*.html"))})
    page = stage / "search.html"
    page.write_text(page.read_text("utf8").replace(
        '<script src="_static/searchtools.js"', '<script src="_static/offline/search.js"></script>\n  '
        '<script src="_static/searchtools.js"'), "utf8")


class Quotable(html.parser.HTMLParser):
    """Keeps the words of a page's article, and where its sections begin and end."""

    SILENT = {"script", "style", "svg", "template"}

    def __init__(self):
        super().__init__()
        self.parts, self.inside, self.silent = [], 0, 0

    def handle_starttag(self, tag, attributes):
        self.inside += tag == "article"
        self.silent += tag in self.SILENT
        name = dict(attributes).get("id")
        if self.inside and tag == "section":
            self.parts.append(f'<section id="{html.escape(name or "")}">')

    def handle_endtag(self, tag):
        self.inside -= tag == "article"
        self.silent -= tag in self.SILENT
        if self.inside and tag == "section":
            self.parts.append("</section>")

    def handle_data(self, data):
        if self.inside and not self.silent and data != "#":  # the sign of a heading's own link
            self.parts.append(html.escape(re.sub(r"\s+", " ", data), quote=False))


def quotable(page):
    """A page as search needs it: in an element with the role that it looks for."""
    reader = Quotable()
    reader.feed(page)
    return f'<div role="main">{"".join(reader.parts)}</div>'


def repair_pages(stage):
    for path in stage.rglob("*.html"):
        text = path.read_text("utf8")
        for pattern, better in REPAIRS:
            text = pattern.sub(better, text)
        root = "../" * len(path.relative_to(stage).parts[1:])
        text = re.sub("<head>", f'<head>\n<script src="{root}_static/offline/storage.js"></script>', text, count=1)
        path.write_text(text, "utf8")


STEPS = {
    "laying Python, source views and the interpreter into scripts": lay_out_pieces,
    "laying fonts into styles": lay_in_fonts,
    "bundling scripts": bundle_scripts,
    "mending pages": repair_pages,
    "gathering what search quotes": prepare_search,
}


# ---- what must not be left, and the zip ------------------------------------------------------------------------


def faults(stage):
    """What a browser would forbid or not find on a disk, one line each."""
    found = []
    for path in sorted(stage.rglob("*")):
        name = path.relative_to(stage).as_posix()
        if path.suffix == ".html":
            text = path.read_text("utf8")
            found += [f"{name}: {said}" for said in page_faults(text) + missing(path.parent, text, stage)]
        elif path.suffix == ".js" and not matches(name, [*NOT_OURS, "_static/offline/*"]):
            found += [f"{name}: {said}" for said in script_faults(path.read_text("utf8"))]
        elif path.suffix == ".css":
            found += [f"{name}: {said}" for said in style_faults(path)]
    return found


def script_faults(text):
    return [said for said, pattern in FORBIDDEN.items() if re.search(pattern, text, re.M)]


def style_faults(path):
    named = re.findall(r'url\(["\']?(?!data:|#)([^)"\']+)', path.read_text("utf8"))
    return [f"url({one})" for one in named
            if re.search(r"\.(?:woff2?|ttf|otf)\b", one) or not (path.parent / one).is_file()]


def page_faults(text):
    said = re.findall(r'<(?:script|link)\b[^>]*=["\']?module[^>]*>', text)
    for attributes, inline in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.S):
        if "application/json" not in attributes:
            said += [f"{one} in a script of the page" for one in script_faults(inline)]
    return said


def missing(folder, text, stage):
    """Relative addresses of a page to which no file belongs."""
    addresses = {html.unescape(one) for one in re.findall(r'\s(?:href|src)="([^"#?]+)', text)}
    wanted = [one for one in sorted(addresses) if not re.match(r"[a-z]+:|//|\$", one)]
    return [f"{one} is not in the edition" for one in wanted if not (folder / one).exists()]


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def drop(stage, patterns):
    for path in sorted(stage.rglob("*"), reverse=True):
        if matches(path.relative_to(stage).as_posix(), patterns):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def pack(stage, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in stage.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{TOP}/{path.relative_to(stage).as_posix()}", LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def main():
    begun = time.monotonic()
    print("The book for a disk:", flush=True)
    target = make()
    downloads.link()
    with zipfile.ZipFile(target) as archive:
        files = archive.infolist()
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB, unpacked {len(files)} files of "
          f"{sum(file.file_size for file in files) / 1e6:.1f} MB; {time.monotonic() - begun:.1f} s. "
          "Unpack it anywhere and open index.html.")


if __name__ == "__main__":
    main()
