"""Where the book and its repository are found on the web. One setting says it: `repository.url` in _config.yml."""

import pathlib
import sys
from urllib.parse import quote, urlencode

import yaml

ROOT = pathlib.Path(__file__).parents[1]
BRANCH = "notebooks"  # the branch that Binder and Colab open, see branch.py
PLACEHOLDER = "https://github.com/OWNER/ivig-textbook"
STATE = "ivig"  # the part of a query that carries the state of a page's widgets, written as in the page's address


def repository():
    """The address of the repository, such as "https://github.com/somebody/ivig-textbook"."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    return settings["repository"]["url"].rstrip("/")


def is_settled():
    """Whether somebody has put an address in the place of the placeholder."""
    return repository() != PLACEHOLDER


def owner_and_name():
    """The last two parts of the repository's address."""
    return tuple(repository().split("/")[-2:])


def site():
    """The address of the published book, as GitHub Pages makes it; it ends with a slash."""
    owner, name = owner_and_name()
    return f"https://{owner.lower()}.github.io/{name}/"


def notebook(page):
    """A page's notebook, from the root of the site, of the branch, of JupyterLite and of a Binder machine."""
    return f"chapters/{page}.ipynb"


def binder(page, state=""):
    """Opens a page's notebook on Binder, at a state such as "igg_level?dose=1000"."""
    owner, name = owner_and_name()
    path = f"lab/tree/{notebook(page)}" + (f"?{urlencode({STATE: state})}" if state else "")
    return f"https://mybinder.org/v2/gh/{owner}/{name}/{BRANCH}?urlpath={quote(path, safe='')}"


def colab(page):
    """Opens a page's notebook on Colab; it takes no state."""
    owner, name = owner_and_name()
    return f"https://colab.research.google.com/github/{owner}/{name}/blob/{BRANCH}/{notebook(page)}"


def lite(page, state=""):
    """Opens a page's notebook in the book's own JupyterLite; from the root of the site."""
    return "lite/lab/index.html?" + urlencode({"path": notebook(page), **({STATE: state} if state else {})})


if __name__ == "__main__":
    if not is_settled():
        sys.exit(f"repository.url in _config.yml is still the placeholder {PLACEHOLDER}: "
                 "put the address of your repository there, then publish.")
