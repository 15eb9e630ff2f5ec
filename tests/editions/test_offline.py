"""The offline edition: read from a disk in Chromium and in Firefox, and what keeps a faulty one from being made.

What a reader does there stands in from_disk.mjs, the same for both browsers; it is done once for all tests.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import pytest

from editions import offline
from tests.conftest import HTML, ROOT, browser_path, needed
from widgets.catalog import igg_level, indications_explorer, trough_and_pneumonia
from widgets.controls import opening

pytestmark = pytest.mark.xdist_group("browser-1")


# ---- in browsers -------------------------------------------------------------------------------------------


def firefox_path():
    """The path of a stock Firefox, or ""."""
    kept = ROOT / ".venv" / "firefox"
    candidates = [os.environ.get("FIREFOX_PATH", ""), kept.read_text().strip() if kept.is_file() else "",
                  *map(shutil.which, ["firefox-esr", "firefox"])]
    return next((path for path in candidates if path and pathlib.Path(path).is_file()), "")


PATHS = {"chromium": browser_path, "firefox": firefox_path}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The zip of the built site."""
    if not (HTML / "index.html").is_file():
        pytest.fail("the book is not built: run `make site`, or `make test`, which builds it first")
    return offline.make(HTML, tmp_path_factory.mktemp("offline") / "book.zip")


@pytest.fixture(scope="module")
def folder(archive):
    """What a reader has who unpacked it, in a folder with a name that addresses must escape."""
    place = archive.parent / "a stick, 100 % full"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(place)
    return place / offline.TOP


@pytest.fixture(scope="module", params=PATHS)
def told(request, folder):
    """What was there when a reader went through the book in this browser."""
    path = needed(PATHS[request.param](), request.param.title())
    node = shutil.which("node", path=os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]))
    done = subprocess.run([node, pathlib.Path(__file__).with_name("from_disk.mjs"), request.param, path, folder],
                          capture_output=True, encoding="utf8", timeout=300, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def at(told, visit):
    assert "error" not in told[visit], told[visit]["error"]
    return told[visit]


def test_nothing_is_complained_of_and_nothing_is_asked_of_another_place(told):
    assert told["faults"] == []


def test_the_front_door_leads_to_the_first_chapter(told):
    assert at(told, "door")["heading"].startswith("Intravenous Immunoglobulin")


def test_a_key_on_a_slider_computes_what_python_computes(told):
    for widget, turned in ((igg_level, "live"), (trough_and_pneumonia, "second")):
        live = at(told, "chapter")[turned]
        assert live["state"] != opening(widget.CONTROLS)
        assert live["sentence"] == widget.describe(**live["state"])


def test_numbers_and_source_open_under_a_figure(told):
    chapter = at(told, "chapter")
    assert chapter["rows"] > 10
    assert chapter["source"] == pathlib.Path(igg_level.__file__).read_text("utf8").strip()


def test_formulas_and_icons_have_their_fonts(told):
    assert {"KaTeX_Main", "Font Awesome 6 Free"} <= set(at(told, "chapter")["fonts"])


def test_a_link_opens_a_state(told):
    state = {**opening(igg_level.CONTROLS), "dose": 1000, "interval": 21}
    assert at(told, "sharedState") == {"state": state, "sentence": igg_level.describe(**state)}


def test_the_self_test_answers_and_keeps_the_score(told):
    answer = at(told, "selfTest")
    assert answer["feedback"].startswith(("Right.", "Not this one."))
    assert answer["kept"].startswith("1 of ")


def test_scripts_outlive_a_browser_that_keeps_nothing(told):
    assert at(told, "withoutStorage")["before"] == "auto" != told["withoutStorage"]["after"]


def test_the_audience_switch_opens_its_boxes(told):
    audience = at(told, "audience")
    assert audience["open"] and all("clinician" in box for box in audience["open"])
    assert audience["query"] == "?audience=clinician"


def test_terms_are_explained_and_listed(told):
    glossary = at(told, "glossary")
    assert len(glossary["definition"]) > 30 and glossary["terms"] > 50


def test_search_finds_chapters_and_quotes_them(told):
    found = at(told, "search")["found"]
    assert "chapters/fcrn.html" in [one["link"] for one in found]
    assert all(one["quote"] for one in found) and "half-life" in found[0]["quote"].lower()


def test_a_widget_has_its_own_page_and_its_table_answers(told):
    page = at(told, "ownPage")
    assert page["theme"] == "dark" and "embed/indications_explorer.html" in page["snippet"]
    state = {**opening(indications_explorer.CONTROLS), "role": "replacement"}
    assert page["rows"] == len(indications_explorer.table(**state)["rows"])


# ---- the archive -------------------------------------------------------------------------------------------


def test_the_archive_is_one_folder_with_a_door_and_a_text_to_read_first(archive):
    names = zipfile.ZipFile(archive).namelist()
    assert {name.split("/")[0] for name in names} == {"ivig-textbook"}
    assert {"ivig-textbook/index.html", "ivig-textbook/README.txt"} <= set(names)
    assert len(zipfile.ZipFile(archive).read("ivig-textbook/README.txt").splitlines()) <= 8


def test_it_has_every_page_and_nothing_that_only_a_website_needs(archive):
    names = [name.partition("/")[2] for name in zipfile.ZipFile(archive).namelist()]
    pages = [path.relative_to(HTML).as_posix() for part in ("chapters", "embed") for path in (HTML / part).iterdir()]
    assert set(pages) <= set(names)
    assert [name for name in names if name.startswith(("lite/", "downloads/", "_sources/")) or name == "sw.js"
            or name.endswith((".wasm", ".mjs", ".woff2", ".webmanifest"))] == []


@pytest.fixture
def site(tmp_path):
    """A site of two pages that has all that an edition is made of."""
    folder = tmp_path / "site"
    for part in ("page", "vendor/micropython", "icons"):
        shutil.copytree(HTML / "_static" / part, folder / "_static" / part, ignore=shutil.ignore_patterns("source"))
    for name in ("searchtools.js", "self_test.js"):
        shutil.copy(HTML / "_static" / name, folder / "_static")
    (folder / "search.html").write_text('<head></head><script src="_static/searchtools.js"></script>')
    (folder / "index.html").write_text(
        '<head><link rel="manifest" href="m"><script defer src="_static/register.js?v=1"></script></head>'
        '<script type="module" src="_static/page/main.js?v=1"></script>'
        '<script type="module" src="_static/self_test.js"></script>'
        '<ul><li><a class="x" href="lite/lab/index.html?path=x">Jupyter</a></li>\n'
        '<li><a href="search.html">Search</a></li></ul>'
        '<p class="download" data-file="ivig-textbook.pdf"><a href="downloads/ivig-textbook.pdf">PDF</a> (3 MB).</p>'
        '<p>Or <a href="lite/lab/index.html">Jupyter here</a>.</p>')
    return folder


def test_the_same_site_gives_the_same_archive(site, tmp_path):
    first, second = (offline.make(site, tmp_path / name).read_bytes() for name in ("first.zip", "second.zip"))
    assert first == second


def test_a_page_keeps_no_link_that_cannot_work_from_a_disk(site, tmp_path):
    page = zipfile.ZipFile(offline.make(site, tmp_path / "a.zip")).read("ivig-textbook/index.html").decode()
    assert [word for word in ("lite/", "downloads/", "manifest", "register", "module") if word in page] == []
    assert '<ul>\n<li><a href="search.html">Search</a></li></ul>' in page
    assert "as a PDF: on the book's website.</p>" in page and "Or Jupyter here (on the book's website only)." in page


FAULTS = {  # file of the site -> what is added to it, and what is said of it
    "index.html": ('<script type="module">1</script>', 'index.html: <script type="module">'),
    "search.html": ("<script>fetch('more')</script>", "search.html: fetch in a script of the page"),
    "_static/self_test.js": ("\nnew XMLHttpRequest();", "_static/self_test.js: XMLHttpRequest"),
    "_static/plain.js": ("import('./more.js')", "_static/plain.js: import()"),
    "_static/icons/icons.css": ("a { src: url(other.ttf) }", "_static/icons/icons.css: url(other.ttf)"),
    "other.html": ('<head><a href="gone.html">', "other.html: gone.html is not in the edition"),
}


def test_no_edition_is_made_in_which_something_would_not_work(site, tmp_path):
    for name, (added, _) in FAULTS.items():
        with open(site / name, "a") as file:
            file.write(added)
    with pytest.raises(SystemExit) as refused:
        offline.make(site, tmp_path / "faulty.zip")
    said = str(refused.value).splitlines()[1:]
    assert sorted(line.strip() for line in said) == sorted(words for _, words in FAULTS.values())
    assert not (tmp_path / "faulty.zip").exists()
