"""What tests of the other editions share: a copy of the project, and the branch `notebooks` made from it."""

import os
import pathlib
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

ROOT = pathlib.Path(__file__).parents[2]
MADE = ROOT / "_build" / "notebooks"
WITH_CODE = sorted(path.stem for path in (ROOT / "chapters").glob("*.md") if "```{code-cell}" in path.read_text("utf8"))
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "node_modules", "_build", "__pycache__", ".hypothesis", "*.ipynb")
SOMEBODY = {f"GIT_{role}_{what}": said for role in ("AUTHOR", "COMMITTER")
            for what, said in {"NAME": "A test", "EMAIL": "test@example.invalid"}.items()}
SOMEBODY["GIT_CONFIG_GLOBAL"] = os.devnull  # no habits either


def git(*arguments, cwd):
    """What git prints, run in a folder by nobody in particular."""
    return subprocess.run(["git", *arguments], cwd=cwd, env={**os.environ, **SOMEBODY}, check=True,
                          capture_output=True, text=True).stdout.strip()


def bare(folder):
    """A new repository without files, as a server has them."""
    git("init", "--quiet", "--bare", str(folder), cwd=folder.parent)
    return folder


@pytest.fixture(scope="session")
def main(tmp_path_factory):
    """A copy of this project as a repository with one commit, and with the notebooks that the build made."""
    if not (MADE / "chapters").is_dir():
        pytest.fail("the notebooks are not made: run `make site`, or `make test`, which builds all first")
    folder = tmp_path_factory.mktemp("editions") / "main"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    shutil.copytree(MADE, folder / "_build" / "notebooks")
    git("init", "--quiet", "--initial-branch=main", cwd=folder)
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message=all", cwd=folder)
    return folder


def branch_command(main, remote):
    """Run the program that fills the branch, in a copy of the project."""
    return subprocess.run([sys.executable, "-m", "editions.branch", str(remote)], cwd=main, capture_output=True,
                          text=True, env={**os.environ, "PYTHONPATH": str(main), "PYTHONDONTWRITEBYTECODE": "1"})


@pytest.fixture(scope="session")
def published(main):
    """The branch as the program fills it: `remote`, `checkout` (a clone of it), `said`, and main before and after."""
    def state():
        return [git("status", "--porcelain", cwd=main), git("for-each-ref", cwd=main),
                (main / ".git" / "index").read_bytes(), sorted(map(str, (main / ".git" / "objects").rglob("*")))]
    remote, checkout, before = bare(main.parent / "remote.git"), main.parent / "notebooks", state()
    done = branch_command(main, remote)
    assert done.returncode == 0, done.stderr
    git("clone", "--quiet", "--branch=notebooks", str(remote), str(checkout), cwd=main.parent)
    return SimpleNamespace(main=main, remote=remote, checkout=checkout, said=done.stdout, before=before, after=state())
