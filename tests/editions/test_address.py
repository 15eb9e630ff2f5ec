"""Where the book's notebooks are opened: the addresses, and a state in them that comes out as it went in."""

import pathlib
import re
import runpy
from urllib.parse import parse_qs, urlsplit

import pytest

from editions import address
from widgets.hosts import jupyter_address

ROOT = pathlib.Path(__file__).parents[2]
STATES = ["igg_level?dose=1000&interval=21", "igg_level?dose=1000;igg_level-2?law=linear",
          "receptor_balance?activating=Fc%CE%B3RIIa+H131", "x?a=γ&b=50%25 #1", "a b?c=+&d=%2B"]


@pytest.fixture
def settings(monkeypatch, tmp_path):
    """settings(url) makes this the repository's address."""
    def put(url):
        (tmp_path / "_config.yml").write_text(f'repository: {{url: "{url}"}}\n', "utf8")
        monkeypatch.setattr(address, "ROOT", tmp_path)
    return put


def query(url):
    """The query of an address as its receiver reads it: one text for each name."""
    found = parse_qs(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)
    assert all(len(texts) == 1 for texts in found.values())
    return {name: texts[0] for name, texts in found.items()}


def test_one_setting_moves_every_address(settings):
    settings("https://github.com/Some-Clinic/igg.book/")
    assert address.repository() == "https://github.com/Some-Clinic/igg.book"
    assert address.is_settled()
    assert address.site() == "https://some-clinic.github.io/igg.book/"
    assert address.binder("fcrn").startswith("https://mybinder.org/v2/gh/Some-Clinic/igg.book/notebooks?")
    assert address.colab("fcrn") == ("https://colab.research.google.com/github/Some-Clinic/igg.book/blob/notebooks/"
                                     "chapters/fcrn.ipynb")


def test_the_placeholder_is_known_as_such_and_stops_what_publishes(settings):
    settings(address.PLACEHOLDER)
    assert not address.is_settled()
    if (ROOT / "_config.yml").read_text("utf8").count(address.PLACEHOLDER):
        with pytest.raises(SystemExit, match="put the address of your repository there"):
            runpy.run_path(address.__file__, run_name="__main__")


def test_without_a_state_a_notebook_opens_at_its_start():
    assert query(address.lite("fcrn")) == {"path": "chapters/fcrn.ipynb"}
    assert query(address.binder("fcrn")) == {"urlpath": "lab/tree/chapters/fcrn.ipynb"}


@pytest.mark.parametrize("state", STATES)
def test_a_state_comes_out_of_an_address_as_it_went_in(state):
    lite = address.lite("fcrn", state)
    assert lite.startswith("lite/lab/index.html?")
    assert query(lite) == {"path": "chapters/fcrn.ipynb", "ivig": state}
    there = query(address.binder("fcrn", state))["urlpath"]  # Binder opens this on its machine
    assert urlsplit(there).path == "lab/tree/chapters/fcrn.ipynb" and not urlsplit(there).fragment
    assert query(there) == {"ivig": state}
    for url in (lite, address.binder("fcrn", state)):
        assert re.fullmatch(r"[!-~]+", url), "an address is plain ASCII"


def test_page_links_and_kernel_call_the_state_by_one_name():
    script = (ROOT / "extensions" / "launch.js").read_text("utf8")
    assert address.STATE == jupyter_address.STATE == re.search(r'const STATE = "(\w+)"', script)[1]
    assert f'"{address.STATE}"' in jupyter_address.READER
