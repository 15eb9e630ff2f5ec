"""The built site, as files: where it is, and the pages of the book in it."""

import pathlib

HTML = pathlib.Path(__file__).parents[1] / "_build" / "html"
NOT_THE_BOOK = {"_static", "lite"}  # parts of the theme, and JupyterLite
PAGES = sorted(str(path.relative_to(HTML)) for path in HTML.rglob("*.html")
               if NOT_THE_BOOK.isdisjoint(path.relative_to(HTML).parts))
