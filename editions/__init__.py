"""The book in other forms than its website: notebooks, JupyterLite, an app, a zip for a stick, a PDF.

One file for each. All of them take what `make site` or the chapters' sources hold; none is needed to build the site.
"""
