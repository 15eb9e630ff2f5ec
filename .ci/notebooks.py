"""Writes every chapter with code as a notebook to download: executed, and readable where no MyST is known.

What the book's directives and roles say is put into plain Markdown and HTML. Of a live figure the notebook
keeps the sentence, a still picture and the table; run in Jupyter, the cell shows the live figure in their place.
"""

import base64
import html
import os
import pathlib
import re
import sys
import tomllib
import xml.etree.ElementTree as xml

import jupytext
import nbformat
from nbclient import NotebookClient
from pybtex.database import BibliographyData, parse_file
from pybtex.plugin import find_plugin

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "extensions")]

from citations import Entries
from review_status import status_line
from self_test import KINDS, questions
from widgets import catalog
from widgets.hosts import draw, references
from widgets.hosts.palette import palette
from widgets.hosts.still import still

PLACEHOLDER = "https://example.invalid/ivig-textbook"
REPOSITORY = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"].get("urls", {}).get("repository", PLACEHOLDER)
SECONDS = 300  # for one cell, at most
OPENED = "application/x-ivig-opened+json"
FENCED = re.compile(r"^(`{3,}|:{3,})\{([\w-]+)\}[ \t]*([^\n]*)\n(.*?)^\1[ \t]*$", re.M | re.S)
OPTION = re.compile(r":([\w-]+):[ \t]*(.*)\n")
ROLE = re.compile(r"\{([a-z]+(?::[a-z]+)?)\}`([^`]*)`")
LABEL = re.compile(r"^\(([\w-]+)\)=\n+", re.M)
GETS_CODE = """\
# For Colab, Binder and every other place that lacks this book's code: gets it from its repository.
# Where the code is there already, this cell does nothing.
import importlib.util
import sys

if importlib.util.find_spec("widgets") is None:
    !git clone --quiet --depth 1 {repository} ivig-textbook
    %pip install --quiet --editable ./ivig-textbook
    sys.path.insert(0, "ivig-textbook")
if "google.colab" in sys.modules:
    from google.colab import output
    output.enable_custom_widget_manager()"""
LEAVES_NAMES = f"""\
from widgets.hosts import jupyter, page
get_ipython().display_formatter.mimebundle_formatter.for_type(jupyter.Card, lambda card, **_: {{"{OPENED}": {{
    "name": page.name_of(card.shown), "start": card.start, "table": card.table.value}}}})"""


# ---- words: MyST in, Markdown out ------------------------------------------------------------------------


def labels_in(text):
    """What a page's labels name: dict from label to heading, or to the caption of a table."""
    named = dict(re.findall(r"^\(([\w-]+)\)=\n+#+ (.+)$", text, re.M))
    return named | {name: caption for caption, name in re.findall(r"^:::\{table\} (.+)\n:name: (\S+)$", text, re.M)}


def readable(text, labels, folder=ROOT / "chapters"):
    """Markdown of a chapter's MyST. `labels` are those of all pages, drawings are looked for in `folder`."""
    text = LABEL.sub("", text)
    return inline(FENCED.sub(lambda match: directive(match[2], match[3], match[4], folder), text), labels).strip()


def directive(name, argument, inside, folder):
    """Markdown of one directive; ValueError for one that is not known here."""
    options = {}
    while match := OPTION.match(inside):
        options[match[1]], inside = match[2], inside[match.end():]
    inside = inside.strip()
    if name == "admonition":
        return quoted(f"**{argument}**\n\n{inside}")
    if name == "dropdown":
        return folded(argument, inside)
    if name == "table":
        return f"**Table.** {argument}\n\n{inside}"
    if name == "self-test":
        return self_test(questions(argument))
    if name == "inline-svg":
        return drawing((folder / argument).read_text("utf8"), options.get("caption", ""))
    raise ValueError(f"a notebook cannot show the directive {{{name}}}: say in {pathlib.Path(__file__).name} how")


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def folded(summary, inside):
    """A disclosure; the empty lines let Markdown inside be read as such."""
    return f"<details>\n<summary>{html.escape(summary, quote=False)}</summary>\n\n{inside}\n\n</details>"


def inline(text, labels):
    """Roles and links of a text as words; ValueError for a role that is not known here."""
    text = re.sub(r" ?\{claim\}`[^`]*`", "", text)
    text = ROLE.sub(lambda match: role(match[1], match[2], labels), text)
    text = re.sub(r'<a href="(?!https?:)[^"]*">(.*?)</a>', r"\1", text, flags=re.S)
    return re.sub(r"(?<!!)\[([^][]+)\]\((?!https?:|mailto:)[^()\s]+\)", r"\1", text)


def role(name, content, labels):
    if name in ("cite", "cite:p"):
        return parenthesis(keys_of(content))
    if name == "cite:t":
        return ", ".join("{} ({})".format(*references.short(key).rsplit(", ", 1)) for key in keys_of(content))
    if name == "ref":
        words, label = re.fullmatch(r"(?:(.*?)\s*<)?([\w-]+)>?", content, re.S).groups()
        return words or labels[label]
    raise ValueError(f"a notebook cannot show the role {{{name}}}: say in {pathlib.Path(__file__).name} how")


def keys_of(content):
    return [key.strip() for key in content.split(",")]


def parenthesis(keys):
    return "(" + "; ".join(map(references.short, keys)) + ")"


def plain(text):
    """Markdown that shows a text of the data as it stands there."""
    return re.sub(r"([\\`*_$~|\[\]])", r"\\\1", " ".join(str(text).split())).replace("<", "&lt;")


def self_test(asked):
    """Questions with their options, and behind a disclosure what each option means."""
    parts = []
    for number, question in enumerate(asked, 1):
        options = list(zip("ABCDEFGH", question.get("options", [])))
        offered = "".join(f"\n- {letter}: {plain(option['text'])}" for letter, option in options)
        if question["kind"] == "numeric":
            answer = (f"**{plain(question['answer'])} {plain(question['unit'])}** (within {question['tolerance']}). "
                      + plain(question["feedback"]))
        else:
            answer = "\n".join(f"- **{letter}: {'right' if option['correct'] else 'not this one'}.** {plain(option['feedback'])}"
                               for letter, option in options)
        if question["keys"]:
            answer += "\n\nSources: " + "; ".join(map(references.short, question["keys"])) + "."
        parts.append(f"**Question {number}.** {plain(question['stem'])} *{KINDS[question['kind']]}*\n{offered}\n\n"
                     + folded("Answer", answer))
    return "\n\n".join(parts).replace("\n\n\n", "\n\n")


def cited_in(text):
    """The references of a chapter's text and of its questions."""
    keys = [key for name, content in ROLE.findall(text) if name.startswith("cite") for key in keys_of(content)]
    for page in re.findall(r"^```\{self-test\} (\S+)", text, re.M):
        keys += [key for question in questions(page) for key in question["keys"]]
    return list(dict.fromkeys(keys))


def bibliography(keys):
    """The last section: the references in pybtex's plain style, as the book's bibliography prints them."""
    known = parse_file(str(references.BIBLIOGRAPHY)).entries
    entries = Entries().format_bibliography(BibliographyData({key: known[key] for key in keys}))
    markdown = find_plugin("pybtex.backends", "markdown")()
    lines = [" ".join(entry.text.render(markdown).split("\n")) for entry in entries]
    return "## References\n\n" + "\n".join("- " + re.sub(r"\\([.()-])", r"\1", line) for line in lines)


# ---- pictures: SVG in, an image that needs nothing out ---------------------------------------------------


def concrete(svg):
    """SVG that stands alone: the light palette's colours in the place of the page's variables."""
    colours = palette("light")

    def see_through(match):
        red, green, blue = (int(colours[match[1]][i:i + 2], 16) for i in (1, 3, 5))
        share = float(match[2]) if match[2] else float(match[3]) / 100
        return f"rgba({red},{green},{blue},{share:g})"
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.S).strip()
    svg = re.sub(r"color-mix\(in srgb, var\(--ivig-(\w+)\) (?:calc\(([\d.]+) \* 100%\)|([\d.]+)%), transparent\)", see_through, svg)
    svg = re.sub(r"var\(--ivig-(\w+)(?:,[^)]*)?\)", lambda match: colours[match[1]], svg)
    space = "" if "xmlns=" in svg[:svg.index(">")] else ' xmlns="http://www.w3.org/2000/svg"'
    ground = f'<style>:root{{color:{colours["text"]};background:{colours["ground"]}}}</style>'
    return re.sub(r"<svg\b([^>]*)>", lambda match: f"<svg{space}{match[1]}>{ground}", svg, count=1)


def image(svg, words, width=640):
    """HTML of an SVG as an image that holds its own data; as one it can run no script."""
    data = base64.b64encode(concrete(svg).encode()).decode()
    return f'<img width="{width}" alt="{html.escape(words)}" src="data:image/svg+xml;base64,{data}">'


def drawing(svg, caption):
    """A drawing of the text, with the title it brings as its words, and its caption below."""
    tree = xml.fromstring(svg)
    words = [" ".join("".join(part.itertext()).split()) for part in tree if part.tag.endswith(("}title", "}desc"))]
    return image(svg, ". ".join(words), 480) + (f"\n\n**Figure.** {caption}" if caption else "")


def kept(opened):
    """The output that a notebook keeps of a figure: what a reader sees before anything runs."""
    widget = catalog.find(opened["name"])
    drawn = draw.draw(widget, opened["start"])
    pictures = still(drawn["figure"], opened["name"], drawn["sentence"])
    wide = re.search(r'<div class="still wide">(.*?)</div>(?=<div class="still narrow">)', pictures, re.S)
    parts = [f"<p><strong>{html.escape(widget.TITLE)}</strong></p>",
             image(wide[1], f"Still picture: {widget.TITLE}") if wide else "",
             f'<p>{html.escape(drawn["sentence"])}</p>', opened["table"],
             "<p><em>A still picture. Run the cells of this notebook, and it becomes a figure with controls.</em></p>"]
    return {"text/html": "\n".join(filter(None, parts)), "text/plain": drawn["sentence"]}


# ---- notebooks -------------------------------------------------------------------------------------------


def converted(text, name, labels):
    """The notebook of a chapter's source, not yet executed."""
    source = jupytext.reads(text, fmt="md:myst")
    status = status_line(name, source.metadata)
    cells = [nbformat.v4.new_code_cell(GETS_CODE.format(repository=REPOSITORY), metadata={"tags": ["colab"]})]
    for cell in source.cells:
        if cell.cell_type == "code":
            cells.append(nbformat.v4.new_code_cell(cell.source))
        else:
            cells += [nbformat.v4.new_markdown_cell(part.strip())
                      for part in re.split(r"\n(?=## )", readable(cell.source, labels)) if part.strip()]
    cells[1].source = re.sub(r"\A(# .*)", lambda match: f"{match[1]}\n\n*{status}*", cells[1].source)
    if keys := cited_in(text):
        cells.append(nbformat.v4.new_markdown_cell(bibliography(keys)))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"  # the same at every run
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": dict(source.metadata["kernelspec"])})


def execute(notebook):
    """Run a notebook in a Jupyter kernel; what a figure left becomes what is kept of it."""
    environment = {name: value for name, value in os.environ.items() if name != "IVIG_HOST"}
    notebook.cells.insert(0, nbformat.v4.new_code_cell(LEAVES_NAMES))
    client = NotebookClient(notebook, timeout=SECONDS, store_widget_state=False, record_timing=False,
                            extra_arguments=["--log-level=ERROR"], resources={"metadata": {"path": str(ROOT)}})
    client.execute(env={**environment, "PYTHONPATH": str(ROOT)})
    del notebook.cells[0]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        cell.execution_count = number
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = number
            if OPENED in output.get("data", {}):
                output.data = nbformat.from_dict(kept(output.data[OPENED]))


def main(folder):
    pages = {path.stem: path.read_text("utf8") for path in sorted((ROOT / "chapters").glob("*.md"))}
    labels = {label: words for text in pages.values() for label, words in labels_in(text).items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        if "```{code-cell}" in text:
            notebook = converted(text, name, labels)
            execute(notebook)
            nbformat.validate(notebook)
            path = folder / f"{name}.ipynb"
            path.write_text(nbformat.writes(notebook) + "\n", "utf8")
            print(f"  {path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
