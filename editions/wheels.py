"""What Python needs in the browser, as wheels and as the lock file that Pyodide loads them by.

Nearly all of them are made from what is installed here, so that their versions are those of requirements.lock
and nothing has to be fetched. A wheel made here leaves out what no browser uses; it is as pure as the package's
Python is. Only micropip comes from a package index, since no Python older than the browser's can install it.
"""

import base64
import hashlib
import importlib.metadata
import io
import json
import pathlib
import shutil
import subprocess
import sys
import zipfile
from fnmatch import fnmatchcase

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = pathlib.Path(__file__).parents[1]
CACHE = ROOT / "_build" / "lite-cache"
PYODIDE = ROOT / "node_modules" / "pyodide"
KERNEL = pathlib.Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi")
MICROPIP = "micropip-0.11.1-py3-none-any.whl"  # the version in Pyodide's own lock file
MICROPIP_SHA256 = "768de165adb8e66906039d8fec4127a57f522dfdf8e6fbff877a4616941ecfd3"
OF_KERNEL = ["ipykernel", "piplite", "pyodide_kernel"]  # come with JupyterLite's kernel
LOADED_BY_KERNEL = ["comm", "jedi", "ipython"]  # it asks for these by name
NOT_NEEDED = {"jupyterlab-widgets", "widgetsnbextension"}  # hold pages' scripts, which JupyterLite has as an extension
COMPILED_TOO = {"psygnal", "pyyaml", "wcwidth"}  # have the same in Python beside what is compiled
LEFT_OUT = [
    "*__pycache__/*", "*.so", "*.pyd", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/direct_url.json",
    "*.dist-info/RECORD", "*.dist-info/WHEEL",  # written anew
    "plotly/labextension/*", "plotly/package_data/plotly.min.js",  # FigureWidget has its own copy of the script
    "plotly/package_data/datasets/*", "anywidget/labextension/*", "anywidget/nbextension/*",
    "jedi/third_party/django-stubs/*", "jedi/third_party/typeshed/stubs/*",  # of packages that are not here
]
WHEEL = "Wheel-Version: 1.0\nGenerator: editions/wheels.py\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def gather(folder):
    """Put every wheel that the kernel and the book need into `folder`.

    Returns
    -------
    dict
        The entries of a lock file by name; paths in it are relative to `folder`.
    """
    found, wanted = {}, list(LOADED_BY_KERNEL)
    for wheel in [*map(kernel_wheel, OF_KERNEL), micropip(), own_wheel(folder)]:
        wanted += add(found, wheel, folder)
    while wanted:
        name = wanted.pop()
        if name not in found:
            wanted += add(found, installed_wheel(name, folder), folder)
    return dict(sorted(found.items()))


def add(found, wheel, folder):
    """Enter a wheel as Pyodide's lock file has it, and put it in its place; returns the names of what it needs."""
    about = described(wheel)
    name, needs, wheel = canonicalize_name(about.name), requirements(about), placed(wheel, folder)
    found[name] = {"name": name, "version": about.version, "depends": needs,
                   "file_name": wheel.relative_to(folder).as_posix(), "sha256": sha256(wheel),
                   "install_dir": "site", "package_type": "package", "imports": [], "unvendored_tests": False}
    return needs


def lock(packages):
    """Pyodide's lock file with these packages in the place of its own, which npm does not bring."""
    return json.dumps({"info": pyodide_info(), "packages": packages}, indent=1)


# ---- one wheel -------------------------------------------------------------------------------------------


def installed_wheel(name, folder):
    """A wheel of the package `name` as it is installed here."""
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        sys.exit(f"JupyterLite needs the Python package {name}, which is not installed: "
                 "remove .venv/ready and run `make site`, which installs requirements.lock.")
    files = [str(file) for file in package.files if file.parts[0] != ".."]
    if name not in COMPILED_TOO and any(file.endswith((".so", ".pyd")) for file in files):
        sys.exit(f"{name} has compiled parts, which a browser cannot run: if it works without them, add it to "
                 f"COMPILED_TOO in editions/wheels.py; else the widgets must do without it.")
    kept = sorted(file for file in files if not any(fnmatchcase(file, pattern) for pattern in LEFT_OUT))
    contents = {file: pathlib.Path(package.locate_file(file)).read_bytes() for file in kept}
    about = next(pathlib.PurePosixPath(file).parent for file in kept if file.endswith(".dist-info/METADATA"))
    wheel = folder / f"{about.name.removesuffix('.dist-info')}-py3-none-any.whl"
    wheel.write_bytes(zipped(contents | {f"{about}/WHEEL": WHEEL.encode()}, f"{about}/RECORD"))
    return wheel


def zipped(contents, record):
    """The bytes of a wheel with these contents and a RECORD of them; the same each time."""
    rows = [f"{name},sha256={digest_in_record(data)},{len(data)}\n" for name, data in contents.items()]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [*contents.items(), (record, "".join([*rows, f"{record},,\n"]))]:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def digest_in_record(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def own_wheel(folder):
    """This book's own package, with its data."""
    made = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf8")
    if made.returncode:
        sys.exit(f"hatchling could not make the book's own wheel:\n{made.stdout}")
    return next(folder.glob("ivig_textbook-*.whl"))


def kernel_wheel(name):
    found = sorted(KERNEL.glob(f"{name}-*.whl"))
    if not found:
        sys.exit(f"JupyterLite's Python kernel is not installed ({KERNEL} has no {name}): "
                 "remove .venv/ready and run `make site`, which installs requirements.lock.")
    return found[-1]


def micropip():
    """Pyodide's installer, which the kernel cannot start without; fetched once."""
    kept = CACHE / MICROPIP
    if kept.is_file() and sha256(kept) == MICROPIP_SHA256:
        return kept
    CACHE.mkdir(parents=True, exist_ok=True)
    print(f"  fetching {MICROPIP} ...", flush=True)
    version = MICROPIP.split("-")[1]
    pinned = CACHE / "micropip.txt"
    pinned.write_text(f"micropip=={version} --hash=sha256:{MICROPIP_SHA256}\n")
    fetched = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--only-binary", ":all:", "--python-version", python_version(), "--dest", CACHE,
         "--require-hashes", "--requirement", pinned],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf8")
    if not kept.is_file():
        sys.exit(f"pip could not fetch micropip {version}:\n{fetched.stdout}"
                 f"Run this again with a connection, or put {MICROPIP} into {CACHE.relative_to(ROOT)}.")
    return kept


# ---- what it says of itself ------------------------------------------------------------------------------


def described(wheel):
    """The metadata in a wheel."""
    inside = zipfile.Path(wheel).iterdir()
    return importlib.metadata.PathDistribution(next(part for part in inside if part.name.endswith(".dist-info")))


def requirements(about):
    """The names of the packages that it needs in the browser."""
    browser = {"python_version": python_version(), "python_full_version": pyodide_info()["python"], "extra": "",
               "sys_platform": "emscripten", "platform_system": "Emscripten", "platform_machine": "wasm32",
               "os_name": "posix", "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    needs = map(Requirement, about.requires or [])
    here = {canonicalize_name(need.name) for need in needs if not need.marker or need.marker.evaluate(browser)}
    return sorted(here - NOT_NEEDED)


def placed(wheel, folder):
    """The wheel in a place that is another when its contents are: no cache then holds an older one."""
    place = folder / "wheels" / sha256(wheel)[:8] / wheel.name
    place.parent.mkdir(parents=True)
    (shutil.move if wheel.parent == folder else shutil.copyfile)(wheel, place)
    return place


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pyodide_info():
    """Which Python the browser has: {"python": "3.14.2", "platform": ...}."""
    path = PYODIDE / "pyodide-lock.json"
    if not path.is_file():
        sys.exit("node_modules/pyodide is missing: run `make site`, which installs it.")
    return json.loads(path.read_text("utf8"))["info"]


def python_version():
    return ".".join(pyodide_info()["python"].split(".")[:2])
