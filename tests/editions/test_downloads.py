"""Links to what can be downloaded whole: there when the file is there, words when it is not."""

import pathlib
import re

import pytest

from editions import downloads

ROOT = pathlib.Path(__file__).parents[2]
SOURCE = (ROOT / "chapters" / "run.md").read_text("utf8")
ZIP, PDF = downloads.WAYS


@pytest.fixture
def site(tmp_path):
    """A built site that consists of the places for links."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "downloads").mkdir()
    places = "\n".join(re.findall('<p class="download".*', SOURCE))
    (tmp_path / downloads.PAGE).write_text(f"<main>\n{places}\n</main>", "utf8")
    return tmp_path


def said(site):
    downloads.link(site)
    return (site / downloads.PAGE).read_text("utf8")


def test_the_page_has_a_place_for_every_file():
    assert [match[2] for match in downloads.PLACE.finditer(SOURCE)] == [ZIP, PDF]


def test_without_a_file_the_page_says_how_it_is_made(site):
    text = said(site)
    assert "<a " not in text and "<code>make offline</code>" in text and "<code>make pdf</code>" in text


def test_a_file_is_linked_with_its_size(site):
    (site / "downloads" / PDF).write_bytes(b"%" * 2_345_678)
    assert f'<a href="../downloads/{PDF}" download>The whole book as a PDF</a> ({PDF}, 2.3 MB).' in said(site)
    assert said(site).count("<a ") == 1 and "make pdf" not in said(site) and "make offline" in said(site)


def test_what_was_said_can_be_said_again_and_taken_back(site):
    without = said(site)
    (site / "downloads" / ZIP).write_bytes(b"PK")
    linked = said(site)
    written = (site / downloads.PAGE).stat().st_mtime_ns
    assert said(site) == linked != without
    assert (site / downloads.PAGE).stat().st_mtime_ns == written, "what is right is not written again"
    (site / "downloads" / ZIP).unlink()
    assert said(site) == without


def test_a_site_that_is_not_built_is_said_so(tmp_path):
    with pytest.raises(SystemExit, match="run `make site` first"):
        downloads.link(tmp_path)
