"""JupyterLite in the book: whole, free of other hosts, and its notebooks' figures live in a real browser."""

import base64
import hashlib
import json
import pathlib
import re
import zipfile

import pytest
from playwright.sync_api import expect

from editions import address, lite, wheels
from tests.lab import LONG, assert_shows, words_of

ROOT = pathlib.Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
MADE = HTML / "lite"
PYTHON = MADE / "static" / "pyodide"
PAGE = "dose_and_level"
# JupyterLab says what it cannot have without a server, and anywidget when a busy machine takes more than two seconds
CHATTER = r"^console warning|\[anywidget\] Failed to initialize model"
pytestmark = pytest.mark.xdist_group("browser-1")


@pytest.fixture(scope="module", autouse=True)
def made():
    if not (MADE / "index.html").is_file():
        pytest.fail("the book has no JupyterLite: run `make site`, or `make test`, which builds all first")


def read(path):
    return json.loads(path.read_text("utf8"))


def kernel_settings():
    return read(MADE / "jupyter-lite.json")["jupyter-config-data"]["litePluginSettings"][lite.KERNEL]


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---- files -----------------------------------------------------------------------------------------------


def test_every_package_python_loads_is_there_as_the_lock_file_says():
    packages = read(PYTHON / "pyodide-lock.json")["packages"]
    assert {"ivig-textbook", "plotly", "ipywidgets", "anywidget", "ipython", "micropip"} <= set(packages)
    for name, package in packages.items():
        wheel = PYTHON / package["file_name"]
        assert sha256(wheel) == package["sha256"], f"{name}: the lock file has another digest"
        assert wheel.parent.name == package["sha256"][:8], f"{name}: a cache could hold an older one"
        assert set(package["depends"]) <= set(packages), f"{name} needs what is not there"
    assert len(list(PYTHON.rglob("*.whl"))) == len(packages), "a wheel is not in the lock file"


def test_the_kernel_loads_all_packages_from_this_lock_file_and_asks_no_index():
    settings = kernel_settings()
    options = settings["loadPyodideOptions"]
    assert options["packages"] == list(read(PYTHON / "pyodide-lock.json")["packages"])
    lock, revision = options["lockFileURL"].split("?")
    assert (MADE / lock) == PYTHON / "pyodide-lock.json" and sha256(MADE / lock).startswith(revision)
    assert settings["disablePyPIFallback"] is True
    assert (MADE / settings["pyodideUrl"]).is_file()


def test_every_wheel_of_the_kernels_own_index_is_there_with_its_digest():
    for url in kernel_settings()["pipliteUrls"]:
        index, digest = url.split("?sha256=")
        assert sha256(MADE / index) == digest
        for name, package in read(MADE / index).items():
            for release in (release for releases in package["releases"].values() for release in releases):
                assert sha256((MADE / index).parent / release["url"]) == release["digests"]["sha256"], name


def test_packages_have_the_versions_of_the_lock():
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf8"), re.M))
    packages = read(PYTHON / "pyodide-lock.json")["packages"]
    both = [name for name in packages if name in locked and name != "ipykernel"]  # the kernel stands in for ipykernel
    assert {name: packages[name]["version"] for name in both} == {name: locked[name] for name in both}
    assert set(packages) - set(locked) == {"ivig-textbook", "micropip", "piplite", "pyodide-kernel"}


def test_a_wheel_lists_its_files_with_their_digests_and_has_none_that_is_compiled():
    for wheel in PYTHON.rglob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            record = next(name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
            rows = dict(re.findall(r"^(.+),sha256=(.+),\d+$", archive.read(record).decode(), re.M))
            assert set(rows) == set(archive.namelist()) - {record}, wheel.name
            assert not [name for name in rows if name.endswith((".so", ".pyd", ".pyc"))], wheel.name
            for name in list(rows)[:5]:
                digest = base64.urlsafe_b64decode(rows[name] + "=")
                assert digest == hashlib.sha256(archive.read(name)).digest(), f"{wheel.name}: {name}"


def test_no_setting_names_another_host_or_a_place_of_the_machine_that_built_it():
    for path in [*MADE.glob("*.json"), *MADE.glob("*/jupyter-lite.json"), *MADE.rglob("api/**/*.json"),
                 *MADE.rglob("all.json"), PYTHON / "pyodide-lock.json"]:
        if "schemas" not in path.parts:  # there, addresses are words of help
            text = path.read_text("utf8")
            assert not re.search(r"https?://", text), path
            assert str(ROOT) not in text, path


def test_only_what_readers_use_is_there():
    assert not [path for pattern in ("*.map", "*.eot", "*.ttf", "coverage*") for path in MADE.rglob(pattern)]
    extensions = read(MADE / "jupyter-lite.json")["jupyter-config-data"]["federated_extensions"]
    assert sorted(extension["name"] for extension in extensions) == sorted(lite.EXTENSIONS)
    assert sorted(path.parent.name for path in MADE.glob("*/index.html")) == sorted(lite.APPS)


def test_it_holds_the_notebooks_of_the_book_under_their_paths():
    listed = {entry["name"] for entry in read(MADE / "api" / "contents" / "chapters" / "all.json")["content"]}
    book = {path.name: path.read_bytes() for path in (HTML / "chapters").glob("*.ipynb")}
    assert listed == set(book)
    assert {path.name: path.read_bytes() for path in (MADE / "files" / "chapters").iterdir()} == book


# ---- the program -----------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The program's folders in a place of their own, with one notebook and a built book."""
    for name in ("WORK", "SITE", "NOTEBOOKS"):
        monkeypatch.setattr(lite, name, tmp_path / name)
    monkeypatch.setattr(lite, "ROOT", tmp_path)
    monkeypatch.setattr(lite, "MADE_FROM", ["WIDGETS"])
    for name in ("NOTEBOOKS/fcrn.ipynb", "WIDGETS/one.py", "SITE/index.html", "SITE/lite/index.html", "WORK/made-from"):
        lite.write(tmp_path / name, "")
    return tmp_path


def test_it_says_what_to_do_where_there_are_no_notebooks(elsewhere):
    (elsewhere / "NOTEBOOKS" / "fcrn.ipynb").unlink()
    with pytest.raises(SystemExit, match="run `python -m editions.notebooks`"):
        lite.main()


def test_nothing_is_made_again_until_something_it_is_made_of_changes(elsewhere, monkeypatch, capsys):
    class MadeAnew(Exception):
        pass

    def make(*_):
        raise MadeAnew

    monkeypatch.setattr(lite, "prepare", make)
    for name in ("NOTEBOOKS/fcrn.ipynb", "WIDGETS/one.py"):
        lite.write(elsewhere / "WORK" / "made-from", lite.digest([elsewhere / "NOTEBOOKS" / "fcrn.ipynb"]))
        lite.main()
        assert "up to date" in capsys.readouterr().out
        lite.write(elsewhere / name, "changed")
        with pytest.raises(MadeAnew):
            lite.main()


def test_a_package_that_a_browser_cannot_run_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="markupsafe has compiled parts"):
        wheels.installed_wheel("markupsafe", tmp_path)


# ---- in the browser --------------------------------------------------------------------------------------


def open_notebook(open_page, where, **options):
    """The notebook at an address, in a browser that has nothing in a cache."""
    page = open_page(where, allow=CHATTER, own=True, service_workers="allow", **options)
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=LONG)
    return page


def run_all(page):
    """Run the notebook's cells in JupyterLab; returns the output with its first figure."""
    expect(page.get_by_role("button", name="Python (Pyodide) | Idle")).to_be_visible(timeout=LONG)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    output = page.locator(".jp-OutputArea-output", has=page.locator(".js-plotly-plot")).first
    expect(output).to_be_attached(timeout=LONG)
    output.scroll_into_view_if_needed(timeout=LONG)
    return output


def test_a_slider_moved_by_keyboard_redraws_figure_and_sentence_in_jupyterlite(open_page):
    page = open_notebook(open_page, address.lite(PAGE, "igg_level?dose=1000"), viewport={"width": 1280, "height": 900})
    output = run_all(page)
    assert_shows(output, *words_of(dose=1000))
    output.get_by_role("slider").first.focus()  # the dose
    curve = output.locator(".scatterlayer .trace path.js-line").last
    before = curve.get_attribute("d")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert_shows(output, *words_of(dose=1150))
    assert curve.get_attribute("d") != before
    assert page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0, "a cell failed"


def test_a_narrow_screen_gets_the_notebook_alone_with_the_same_address(open_page):
    page = open_notebook(open_page, address.lite(PAGE, "igg_level?dose=1000"), viewport={"width": 390, "height": 844})
    assert page.url.endswith(address.lite(PAGE, "igg_level?dose=1000").replace("lab/", "notebooks/"))
    notebook = page.locator(".jp-Notebook").bounding_box()
    assert notebook["width"] > 350
