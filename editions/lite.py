"""JupyterLite at lite/ of the built site: the book's notebooks run in the reader's browser, with no server.

`python -m editions.lite` puts it there. Its pages are jupyterlite-core's, its Python is Pyodide from node_modules.
Pyodide's lock file names every package that the notebooks need (wheels.py), and all of them are loaded while Python
starts: nothing is installed by a notebook, and no other host is asked for anything, ever.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
WORK = ROOT / "_build" / "lite"
NOTEBOOKS = ROOT / "_build" / "notebooks" / "chapters"
PYODIDE = ROOT / "node_modules" / "pyodide"
OF_PYODIDE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
LABEXTENSIONS = pathlib.Path(sys.prefix, "share", "jupyter", "labextensions")
EXTENSIONS = ["@jupyterlite/pyodide-kernel-extension", "@jupyter-widgets/jupyterlab-manager", "anywidget"]
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
MADE_FROM = ["widgets", "data", "editions/lite.py", "editions/wheels.py", "references.bib", "LICENSE", "pyproject.toml",
             "requirements.lock", "package-lock.json"]

APPS = ["lab", "notebooks", "tree"]  # JupyterLab; for narrow screens a notebook alone; the list of notebooks
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},  # else a reader is kept on an old edition's copy
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},  # a figure out of sight is drawn too
}
LEFT_OUT = [  # of what JupyterLite's build gives
    "build/fa-*.eot", "build/fa-*.svg", "build/fa-*.ttf",  # icons for browsers too old for Pyodide
    "lab/favicon.ico", "manifest.webmanifest", "icon-512x512.png",  # large; and the book is the app, not this
    "doc", "package.json", "*/package.json", "rspack.config*.js", "jupyterlite.schema.v0.json",
    "extensions/*/*/schemas/*/*/package.json.orig", "extensions/*/*/install.json",
]
MANIFEST = '<link rel="manifest" href="../manifest.webmanifest">'
ICON = '<link rel="icon" type="image/png" href="../icon-120x120.png">'
NARROW = """<script>
      // JupyterLab needs room: a narrow screen gets the notebook alone
      if (innerWidth < 760 && new URLSearchParams(location.search).has("path")) {
        location.replace("../notebooks/index.html" + location.search);
      }
    </script>"""


def main():
    notebooks = sorted(NOTEBOOKS.glob("*.ipynb"))
    need(notebooks, "there are no notebooks in _build/notebooks/chapters: run `python -m editions.notebooks` before")
    need((SITE / "index.html").is_file(), "the book is not built: run `make site`, which makes this too")
    need((PYODIDE / OF_PYODIDE[0]).is_file(), "node_modules/pyodide is missing: run `make site`, which installs it")
    wanted, stamp, target = digest(notebooks), WORK / "made-from", SITE / "lite"
    if (target / "index.html").is_file() and stamp.is_file() and stamp.read_text() == wanted:
        print("JupyterLite in _build/html/lite is up to date.")
        return
    shutil.rmtree(WORK, ignore_errors=True)
    print(f"JupyterLite: packages for Python in the browser, {len(notebooks)} notebooks ...", flush=True)
    prepare(WORK / "source", notebooks)
    print("JupyterLite: its pages ...", flush=True)
    build(WORK / "source", WORK / "site")
    trim(WORK / "site")
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(WORK / "site", target)
    shutil.rmtree(WORK / "source")
    stamp.write_text(wanted)
    print(f"JupyterLite is in _build/html/lite: {sizes(target)}.")


def need(there, words):
    if not there:
        sys.exit(f"JupyterLite cannot be made: {words}.")


def digest(notebooks):
    """Changes when JupyterLite has to be made anew."""
    made = hashlib.sha256()
    for path in [*notebooks, *(file for name in MADE_FROM for file in files(ROOT / name))]:
        made.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return made.hexdigest()


def files(path):
    """The files of a folder, or the one that `path` is, in order."""
    inside = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [file for file in inside if file.is_file() and "__pycache__" not in file.parts]


def prepare(source, notebooks):
    """Write what JupyterLite is built from: contents, Python, packages, settings."""
    from editions import wheels
    python = source / "static" / "pyodide"
    python.mkdir(parents=True)
    for name in OF_PYODIDE:
        shutil.copyfile(PYODIDE / name, python / name)
    packages = wheels.gather(python)
    lock = wheels.lock(packages)
    write(python / "pyodide-lock.json", lock)
    for path in notebooks:
        write(source / "files" / "chapters" / path.name, path.read_text("utf8"))
    revision = hashlib.sha256(lock.encode()).hexdigest()[:8]
    write(source / "jupyter-lite.json", json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": {
        "faviconUrl": "./icon-120x120.png", "litePluginSettings": {KERNEL: {
            "disablePyPIFallback": True,
            "loadPyodideOptions": {"lockFileURL": f"./static/pyodide/pyodide-lock.json?{revision}",
                                   "packages": list(packages)}}}}}))
    write(source / "overrides.json", json.dumps(SETTINGS))
    write(source / "jupyter_lite_config.json", json.dumps({"LiteBuildConfig": {
        "apps": APPS, "contents": ["files"], "no_sourcemaps": True, "no_unused_shared_packages": True,
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(LABEXTENSIONS / name) for name in EXTENSIONS]}}))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf8")


def build(source, site):
    """Run JupyterLite's own build, with no setting from outside."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "LITE"))}
    run = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", source, "--output-dir", site],
        cwd=WORK, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf8")
    if run.returncode or not (site / "jupyter-lite.json").is_file():
        sys.exit(f"JupyterLite's build failed; the end of what it said:\n{run.stdout[-3000:]}")


def trim(site):
    """Take out what no reader's browser asks for, and let pages name the book's choice of icon and layout."""
    for path in {path for pattern in LEFT_OUT for path in site.glob(pattern)}:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for app in APPS:
        page = site / app / "index.html"
        text = page.read_text("utf8")
        need(MANIFEST in text, f"its {app}/index.html has no {MANIFEST}; tell trim in editions/lite.py what it has")
        page.write_text(text.replace(MANIFEST, ICON + NARROW * (app == "lab")), "utf8")


def sizes(site):
    parts = {"Jupyter": ["build", "extensions", "lab", "notebooks", "tree"], "Python and packages": ["static"],
             "notebooks": ["files"]}
    return ", ".join(f"{words} {sum(file.stat().st_size for name in names for file in files(site / name)) / 1e6:.1f} MB"
                     for words, names in parts.items())


if __name__ == "__main__":
    main()
