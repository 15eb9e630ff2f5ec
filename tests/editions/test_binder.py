"""Binder: what repo2docker makes of .binder, and a machine as it would be: the same pins, postBuild, JupyterLab."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import uv
from playwright.sync_api import expect

from editions import address
from tests.editions.conftest import ROOT, WITH_CODE, git
from tests.lab import LONG, TOKEN, assert_shows, page_of, run_all, running_lab, words_of

pytestmark = pytest.mark.xdist_group("browser-0")
REQUIREMENTS = ROOT / ".binder" / "requirements.txt"
PIN = re.compile(r"^([\w.-]+)==(\S+).*\n((?: +--hash=.*\n)+)", re.M)
UNREACHED = re.compile(r"error sending request|dns error|failed to fetch", re.I)
LINK = address.binder("dose_and_level", "igg_level?dose=1000")


def pins(path):
    """Name and version of every package in a file of pip's, with its hashes."""
    text = path.read_text("utf8")
    found = {match.groups()[:2]: set(re.findall(r"sha256:\w+", match[3])) for match in PIN.finditer(text)}
    assert len(found) == len(re.findall(r"^[^\s#]", text, re.M)), "a line that is no pin"
    return found


# ---- what .binder says -----------------------------------------------------------------------------------


def test_every_pin_of_binder_is_one_of_the_lock_with_the_same_hashes():
    locked, taken = pins(ROOT / "requirements.lock"), pins(REQUIREMENTS)
    assert 50 < len(taken) < len(locked)
    assert {pin: hashes for pin, hashes in taken.items() if locked.get(pin) != hashes} == {}


def test_its_pins_have_all_that_the_package_needs_and_makes_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"],
              *project["dependency-groups"]["binder"]]
    names = {name for name, version in pins(REQUIREMENTS)}
    assert {re.match(r"[\w-]+", one)[0] for one in needed} <= names


@pytest.mark.parametrize("place", ["main", "checkout"])
def test_repo2docker_makes_python_3_11_of_it_with_these_pins_and_post_build(published, place):
    done = subprocess.run([sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."], capture_output=True,
                          text=True, cwd=getattr(published, place))
    assert done.returncode == 0, done.stderr
    dockerfile = done.stdout + done.stderr
    assert re.search(r"^COPY .*environment-2epy-2d3-2e11-2dlinux.* \S+/environment\.lock$", dockerfile, re.M)
    assert 'pip install --no-cache-dir -r ".binder/requirements.txt"\n' in dockerfile
    assert "\nRUN ./.binder/postBuild\n" in dockerfile
    assert "environment.yml" not in dockerfile and "pip install --no-cache-dir .\n" not in dockerfile


# ---- a machine as Binder makes it ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The interpreter of a new virtual environment that holds Binder's pins and pip, no more."""
    folder = tmp_path_factory.mktemp("binder") / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [uv.find_uv_bin(), "pip", "install", "--quiet", "--require-hashes", "--python", str(python),
               "--requirement", str(REQUIREMENTS)]
    for options in (["--offline"], []):  # what was fetched before is enough
        done = subprocess.run([*install, *options], capture_output=True, text=True)
        if not done.returncode:
            return python
    if UNREACHED.search(done.stderr) and not os.environ.get("CI"):
        pytest.skip("the pins of Binder are not here and cannot be fetched")
    pytest.fail(done.stderr)


@pytest.fixture(scope="module")
def built(published, python, tmp_path_factory):
    """built(folder) runs postBuild in a folder, where no package can be fetched any more; returns what it says."""
    def building(folder):
        environment = {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(python.parent),
                       "PIP_NO_INDEX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(["./.binder/postBuild"], cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
    return building


def test_on_main_the_machine_makes_the_notebooks_itself(published, built, tmp_path):
    folder = tmp_path / "main"
    shutil.copytree(published.main, folder, ignore=shutil.ignore_patterns("_build", ".git"))
    assert built(folder) == f"{len(WITH_CODE)} notebooks, not yet run, are in chapters.\n"
    assert sorted(path.stem for path in (folder / "chapters").glob("*.ipynb")) == WITH_CODE


def test_the_link_to_binder_opens_a_notebook_that_runs_at_its_state(published, built, python, chromium, tmp_path):
    assert built(published.checkout) == ""
    assert git("status", "--porcelain", cwd=published.checkout) == "", "the executed notebooks stay"
    link = urlsplit(LINK)
    assert (link.netloc, link.path) == ("mybinder.org", "/v2/gh/" + "/".join(address.owner_and_name()) + "/notebooks")
    opened, = parse_qs(link.query)["urlpath"]
    with (running_lab(str(python), published.checkout, tmp_path / "home") as lab, page_of(chromium, lab) as page):
        page.goto(urljoin(lab, f"{opened}&token={TOKEN}"))  # as Binder makes it
        output = run_all(page)
        assert_shows(output, *words_of(dose=1000))
        output.get_by_role("slider").first.focus()  # the dose
        page.keyboard.press("ArrowRight")
        assert_shows(output, *words_of(dose=1050))
        assert page.locator(".Toastify__toast").count() == 0, "no question about news"
        assert page.faults == []
