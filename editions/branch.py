"""Fills the branch `notebooks`, which Binder and Colab open: python -m editions.branch REMOTE

REMOTE is what `git push` takes: an address, a path, or the name of one of this repository's remotes. The branch
holds the executed notebooks and what they need to run, as one commit without a past, pushed over the one before:
everything in it is made from main, which has the history, and what a reader fetches stays small. Where nothing
has changed the commit stays too, so that Binder keeps the machine it has built for it.

Git works in a folder of its own; this repository, its index and its branches are only read. GIT_COMMITTER_NAME
and GIT_COMMITTER_EMAIL say who commits.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import nbformat

from editions import address, notebooks

ROOT = address.ROOT
PARTS = [".binder", "widgets", "data", "references.bib", "pyproject.toml", "LICENSE", "CITATION.cff"]
REF = f"refs/heads/{address.BRANCH}"
MESSAGE = "notebooks: Made from main at {}"
NAME, EMAIL = "The notebooks of the IVIG textbook", "notebooks@example.invalid"  # where nobody says who commits
README = """\
# The notebooks of the IVIG textbook

Every chapter of [the book]({site}) that has figures, as a notebook that has been run, with the code its figures need.
Nothing to install: Binder opens a notebook in JupyterLab, Colab opens it at Google's. Run all its cells, and the
figures get their controls. Binder takes some minutes where nobody has used it for a while. The book is for learning
and no medical advice; each notebook says whether a clinician has reviewed it.

| Chapter | | |
| --- | --- | --- |
{rows}

On your own machine, with Python 3.11, in a copy of this branch:

```sh
python -m pip install -r .binder/requirements.txt
python -m pip install --no-deps --no-build-isolation .
python -m jupyterlab chapters
```

A program made this branch from [main]({repository}) at {source}
and writes it anew when main changes: what is edited here is lost.
"""


def publish(remote, made=notebooks.MADE):
    """Fill the branch at `remote` with the notebooks of the folder `made` and what they need.

    Returns
    -------
    str
        The branch's new commit, or "" where it holds all that already.

    Raises
    ------
    SystemExit
        If git fails, or if the branch there is somebody's own.
    """
    remote, source = resolved(remote), commit_of_main()
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder, "tree")
        fill(tree, made)
        git = in_folder(pathlib.Path(folder, "git"), tree)
        old = fetched(git, remote)
        if old and git("rev-parse", f"{old}^{{tree}}") == tree_of(git, tree, source_of(git, old)):
            return ""
        new = git("commit-tree", tree_of(git, tree, source), "-m", MESSAGE.format(source))
        git("push", "--quiet", f"--force-with-lease={REF}:{old}", remote, f"{new}:{REF}")
        return new


# ---- files -----------------------------------------------------------------------------------------------


def fill(tree, made):
    """Write the folder `tree`: all that the branch holds, except its README."""
    for part in PARTS:
        (tree / part).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / part, tree / part)
    (tree / "chapters").mkdir()
    for path in sorted(made.glob("*.ipynb")):
        shutil.copy2(path, tree / "chapters")


def readme(tree, source):
    """The README of the branch: what it is, where each notebook opens, and what it was made from."""
    rows = "\n".join(
        f"| {title(path)} | [Binder]({address.binder(path.stem)}) | [Colab]({address.colab(path.stem)}) |"
        for path in sorted((tree / "chapters").glob("*.ipynb")))
    return README.format(rows=rows, source=source, site=address.site(), repository=address.repository())


def title(path):
    """The first heading of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return next(match[1] for cell in cells
                if cell.cell_type == "markdown" and (match := re.match(r"# (.+)", cell.source)))


# ---- git -------------------------------------------------------------------------------------------------


def run(*arguments, **environment):
    """What git prints; ends the program with git's own words if it fails."""
    done = subprocess.run(["git", *arguments], env={**os.environ, **environment}, cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf8")
    if done.returncode:
        sys.exit(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def in_folder(folder, tree):
    """A function that runs git for a new repository in `folder`, whose files are those in `tree`."""
    name, email = (os.environ.get(f"GIT_COMMITTER_{part}", other) for part, other in [("NAME", NAME), ("EMAIL", EMAIL)])
    environment = {"GIT_DIR": str(folder), "GIT_WORK_TREE": str(tree), "GIT_INDEX_FILE": str(folder / "index"),
                   "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email,
                   "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}

    def git(*arguments):
        return run(*arguments, **environment)
    git("init", "--quiet")
    git("config", "core.autocrlf", "false")
    return git


def resolved(remote):
    """The address or the whole path of a remote, which means the same in every folder."""
    remote = run("ls-remote", "--get-url", remote)
    return str(pathlib.Path(remote).resolve()) if pathlib.Path(remote).exists() else remote


def commit_of_main():
    """The commit of this repository that is checked out; says so if it lacks what lies in the folders."""
    changed = run("--no-optional-locks", "status", "--porcelain", "--", "chapters", *PARTS)
    return run("rev-parse", "HEAD") + (" and changes that are in no commit" if changed else "")


def fetched(git, remote):
    """The commit that the branch has at the remote, brought from there; "" if there is no branch."""
    commit = git("ls-remote", remote, REF).partition("\t")[0]
    if commit:
        git("fetch", "--quiet", "--depth=1", remote, REF)
    return commit


def source_of(git, commit):
    """What a commit of the branch was made from; ends the program if it is not one of this program's."""
    match = re.fullmatch(MESSAGE.format("(.+)"), git("log", "-1", "--format=%B", commit))
    if not match:
        sys.exit(f"the branch {address.BRANCH} there was not made by this program and would be lost: rename it first")
    return match[1]


def tree_of(git, tree, source):
    """The name git has for the files of `tree`, with a README that names `source`."""
    (tree / "README.md").write_text(readme(tree, source), "utf8")
    git("--work-tree", str(tree), "add", "--all", "--force", ".")
    return git("write-tree")


def assert_made():
    """End the program if a notebook is not there, was made of other sources, or has no still pictures."""
    stale = notebooks.stale(notebooks.digests(notebooks.unrun(), pictures=True))
    if stale:
        sys.exit(f"these notebooks are not made, or of something else than what is here now: {', '.join(stale)}.\n"
                 "`make site` makes them.")


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    assert_made()
    commit = publish(arguments[0])
    print(f"The branch {address.BRANCH} has a new commit, {commit}." if commit else
          f"The branch {address.BRANCH} holds these notebooks already.")


if __name__ == "__main__":
    main(sys.argv[1:])
