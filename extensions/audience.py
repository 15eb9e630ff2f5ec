"""The audience switch: who reads decides which boxes of a page are open.

Boxes of the classes below become disclosures. The page's HTML has them open, so that a reader without
JavaScript sees all of them; audience.js closes what is not for the chosen audience and remembers it.
"""

import pathlib

from docutils import nodes

from browser_code import add_script

BOXES = {"plain-words": "plain student", "clinicians": "clinician", "sources-differ": "student clinician"}  # open for
AUDIENCES = {"student": "Student", "clinician": "Clinician", "plain": "In plain words"}


def make_disclosures(app, doctree):
    """Turn boxes into disclosures and put the switch above the first of them."""
    boxes = [(box, kind) for box in doctree.findall(nodes.admonition) for kind in BOXES if kind in box["classes"]]
    for box, kind in boxes:
        title, content = box.children[0], box.children[1:]
        summary = nodes.raw("", f'<details class="admonition {kind}" data-audience="{BOXES[kind]}" open><summary '
                                f'class="admonition-title">', format="html")
        place = box.parent.index(box)
        box.parent[place:place + 1] = [summary, *inline(title), nodes.raw("", "</summary>", format="html"), *content,
                                       nodes.raw("", "</details>", format="html")]
    title = next(iter(doctree.findall(nodes.title)), None)
    if boxes and title is not None:
        title.parent.insert(title.parent.index(title) + 1, nodes.raw("", switch(), format="html"))


def inline(title):
    """The words of a title without its heading."""
    return [nodes.inline("", "", *[child.deepcopy() for child in title.children])]


def switch():
    radios = "".join(f'<label><input type="radio" name="audience" value="{value}"{" checked" if value == "student" else ""}>'
                     f"<span>{words}</span></label>" for value, words in AUDIENCES.items())
    return f'<fieldset class="audience" hidden><legend>Read as</legend>{radios}</fieldset>'


def setup(app):
    add_script(app, pathlib.Path(__file__).with_suffix(".js"), 'class="audience"')
    app.connect("doctree-read", make_disclosures, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
