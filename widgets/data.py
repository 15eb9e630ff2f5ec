"""What the text is about, as data: read("reactions") is the content of data/reactions.yml.

The page's interpreter reads no YAML: hosts/page.py hands it the same content as a Python module. There a
dict does not keep its order, so whatever has an order is a list.
"""

import sys


def read(name):
    """The content of data/<name>.yml, made of lists, dicts, strings and numbers.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    if sys.implementation.name == "micropython":
        return __import__("data." + name, None, None, ["CONTENT"]).CONTENT
    import yaml
    return yaml.safe_load(book().joinpath("data", name + ".yml").read_text("utf8"))


def book():
    """The folder with data/ and references.bib: the repository, or what an installed package brings of it."""
    import pathlib
    here = pathlib.Path(__file__).parent
    return here / "book" if (here / "book").is_dir() else here.parent
