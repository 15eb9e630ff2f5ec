"""The branch `notebooks`: what is in it, when it gets a new commit, and what is never touched."""

import pathlib
import subprocess
import sys

import nbformat
import pytest

from editions import address, branch
from tests.editions.conftest import WITH_CODE, bare, branch_command, git

pytestmark = pytest.mark.xdist_group("browser-0")  # with test_binder, which takes the same branch


def head(remote):
    return git("rev-parse", "notebooks", cwd=remote)


def names(folder):
    return git("ls-tree", "-r", "--name-only", "HEAD", cwd=folder).splitlines()


@pytest.fixture
def publish(published, monkeypatch):
    """publish(remote) as the program does it, in the copy of the project and without a look at the sources."""
    monkeypatch.setattr(branch, "ROOT", published.main)
    return lambda remote: branch.publish(str(remote), published.main / "_build" / "notebooks" / "chapters")


def test_the_branch_holds_the_notebooks_what_runs_them_and_nothing_else(published):
    package = [name for name in names(published.main) if name.split("/")[0] in (".binder", "widgets", "data")]
    assert names(published.checkout) == sorted([
        "CITATION.cff", "LICENSE", "README.md", "pyproject.toml", "references.bib", *package,
        *(f"chapters/{name}.ipynb" for name in WITH_CODE)])
    assert len(package) > 100
    modes = git("ls-tree", "-r", "HEAD", ".binder", "widgets", cwd=published.checkout).splitlines()
    assert [line.split("\t")[1] for line in modes if line.startswith("100755")] == [".binder/postBuild"]


def test_it_is_one_commit_that_names_the_commit_of_main(published):
    source = git("rev-parse", "HEAD", cwd=published.main)
    assert git("log", "--format=%s", "notebooks", cwd=published.remote) == f"notebooks: Made from main at {source}"
    assert git("for-each-ref", "--format=%(refname)", cwd=published.remote) == "refs/heads/notebooks"
    readme = (published.checkout / "README.md").read_text("utf8")
    assert source in readme and "in no commit" not in readme
    for name in WITH_CODE:
        assert f"({address.binder(name)})" in readme and f"({address.colab(name)})" in readme
    assert "| Dose and level: what an infusion does to serum IgG |" in readme


def test_its_notebooks_have_been_run(published):
    for name in WITH_CODE:
        notebook = nbformat.read(published.checkout / "chapters" / f"{name}.ipynb", as_version=4)
        figures = [cell for cell in notebook.cells if cell.cell_type == "code" and "show(" in cell.source]
        assert figures, name
        for cell in figures:
            assert "<img " in "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs), name


def test_its_code_runs_where_there_is_nothing_else(published):
    code = ("import widgets; from widgets import show; assert show('igg_level') and show('indications_explorer')\n"
            "print(widgets.__file__)")
    done = subprocess.run([sys.executable, "-c", code], cwd=published.checkout, capture_output=True, text=True,
                          env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    assert pathlib.Path(done.stdout.strip()) == published.checkout / "widgets" / "__init__.py"


def test_the_repository_it_is_made_from_stays_as_it_is(published):
    assert published.before == published.after and published.before[0] == ""


def test_it_gets_a_commit_when_something_has_changed_and_only_then(published, publish):
    first = head(published.remote)
    assert first in published.said
    git("commit", "--quiet", "--allow-empty", "--message=nothing", cwd=published.main)
    assert publish(published.remote) == "" and head(published.remote) == first

    licence = published.main / "LICENSE"
    kept = licence.read_bytes()
    licence.write_bytes(kept + b"\nChanged.\n")
    try:
        second = publish(published.remote)
    finally:
        licence.write_bytes(kept)
    assert head(published.remote) == second != first
    assert git("rev-list", "--count", "notebooks", cwd=published.remote) == "1"
    assert git("diff", "--name-only", first, second, cwd=published.remote).splitlines() == ["LICENSE", "README.md"]
    assert "and changes that are in no commit" in git("show", f"{second}:README.md", cwd=published.remote)


def test_it_is_not_made_from_notebooks_of_other_sources(published, tmp_path):
    chapter = published.main / "chapters" / "fcrn.md"
    kept = chapter.read_bytes()
    chapter.write_bytes(kept + b"\nOne sentence more.\n")
    try:
        done = branch_command(published.main, bare(tmp_path / "remote.git"))
    finally:
        chapter.write_bytes(kept)
    assert done.returncode == 1 and "what is here now: fcrn.\n`make site` makes them." in done.stderr
    assert git("for-each-ref", cwd=tmp_path / "remote.git") == ""


def test_a_branch_of_that_name_that_somebody_wrote_is_not_lost(publish, tmp_path):
    remote, other = bare(tmp_path / "remote.git"), tmp_path / "other"
    git("init", "--quiet", "--initial-branch=notebooks", str(other), cwd=tmp_path)
    git("commit", "--quiet", "--allow-empty", "--message=mine", cwd=other)
    git("push", "--quiet", str(remote), "notebooks", cwd=other)
    with pytest.raises(SystemExit, match="rename it first"):
        publish(remote)
    assert git("log", "--format=%s", "notebooks", cwd=remote) == "mine"


def test_the_words_of_git_say_why_it_failed(publish, tmp_path):
    with pytest.raises(SystemExit, match="git ls-remote failed: .*nowhere"):
        publish(tmp_path / "nowhere")
