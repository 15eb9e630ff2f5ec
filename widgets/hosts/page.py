"""A widget as HTML for a built page: complete without JavaScript, brought to life by page/main.js.

The card holds everything a reader without JavaScript needs (title, task, still picture, sentence, numbers,
limits, links to the source) and, as JSON, what the script needs: the opening figure, the controls and the list of
modules to run. Nothing here knows any widget.
"""

import ast
import html
import json
import pathlib
import re
import string

from widgets.data import read
from widgets.hosts import draw, references
from widgets.hosts.palette import variables_in
from widgets.hosts.still import still

HERE = pathlib.Path(__file__).with_name("page")
ROOT = pathlib.Path(__file__).parents[2]
TABLE_ROWS = 25  # a table to read; the CSV file holds every row
SEARCHED_ROWS = 12  # a widget's own table that is longer gets a search field
ENGINE = ["widgets.controls", "widgets.figures", "widgets.hosts.draw", "widgets.hosts.browser"]

_shown = {}  # how often this kernel has shown a widget: a second card of one page needs its own id


class Card:
    """What a notebook displays: HTML and nothing else."""

    def __init__(self, text):
        self.text = text

    def _repr_html_(self):
        return self.text


def show(widget, start):
    """The card of a widget that opens at `start`."""
    name = name_of(widget)
    _shown[name] = _shown.get(name, 0) + 1
    return Card(card(widget, start, name if _shown[name] == 1 else f"{name}-{_shown[name]}"))


def name_of(widget):
    return widget.__name__.rpartition(".")[2]


def card(widget, start, identifier, heading="p"):
    """The HTML of one widget; `identifier` is its id on the page and its name in the address, `heading`
    the element of its title (h1 where the widget is the whole page)."""
    drawn = draw.draw(widget, start)
    modules = modules_of(widget.__name__)
    known = _known(modules) if "table" in drawn else None
    task = getattr(widget, "TASK", None)
    return string.Template((HERE / "card.html").read_text("utf8")).substitute(
        id=identifier,
        kind=" drawing" if "svg" in drawn["figure"] else "",
        name=name_of(widget),
        title=html.escape(widget.TITLE),
        heading=heading,
        values=html.escape(" · ".join(_in_words(control, start[control["name"]]) for control in widget.CONTROLS)),
        sentence=html.escape(drawn["sentence"]),
        still=still(drawn["figure"], identifier, drawn["sentence"]),
        controls="\n".join(_control(control, start[control["name"]], identifier)
                           for control in widget.CONTROLS),
        about=_about(widget.CONTROLS, identifier),
        presets=_presets(widget, identifier),
        predict=f'<p class="predict"><strong>Predict</strong> {references.linked(task["predict"])}</p>' if task else "",
        answer=_disclosure("answer", "What you should have seen", f'<p>{references.linked(task["answer"])}</p>') if task else "",
        facts=_facts(drawn["table"], known) if known else "",
        numbers=_numbers(draw.tables(drawn["figure"])),
        code="\n".join(_source(module) for module in modules if module not in ENGINE),
        limits="".join(f"<li>{references.linked(limit)}</li>" for limit in getattr(widget, "LIMITS", [])),
        data=_json_for_script({
            "module": widget.__name__, "modules": ENGINE + [m for m in modules if m not in ENGINE],
            "start": start, "controls": widget.CONTROLS, "presets": getattr(widget, "PRESETS", {}),
            "figure": _rounded(drawn["figure"]), "sentence": drawn["sentence"], "known": known}))


def modules_of(module):
    """The project's own modules that `module` needs, itself last: what the interpreter is given.

    A file that it reads, such as data/reactions.yml, is the module data.reactions there.
    """
    found = []

    def visit(name):
        for node in ast.walk(ast.parse(source_of(name))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read":
                visit("data." + node.args[0].value)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("widgets"):
                parts = [node.module + "." + alias.name for alias in node.names]
                for part in [part for part in parts if path_of(part).is_file()] or [node.module]:
                    if part not in found:
                        visit(part)
        if name not in found:
            found.append(name)

    visit(module)
    return found


def path_of(module):
    """The file that a person edits."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".yml" if module.startswith("data.") else ".py")


def source_of(module):
    """The Python text that the interpreter is given."""
    if module.startswith("data."):
        return f"CONTENT = {read(module.partition('.')[2])!r}\n"
    return path_of(module).read_text("utf8")


def _control(control, value, identifier):
    name, kind = control["name"], control["kind"]
    field = html.escape(f"{identifier}-{name}")
    label = html.escape(control["label"])
    aided = f' aria-describedby="{field}-help"' if control["help"] else ""
    if kind == "toggle":
        checked = " checked" if value else ""
        return (f'<div class="control switch" data-control="{name}"><input type="checkbox" id="{field}"{checked}'
                f'{aided}><label for="{field}">{label}</label></div>')
    if kind == "choice":
        options = "".join(
            f'<option value="{html.escape(str(option["value"]))}"{" selected" if option["value"] == value else ""}>'
            f'{html.escape(option["label"])}</option>' for option in control["options"])
        return (f'<div class="control choice" data-control="{name}"><label for="{field}">{label}</label>'
                f'<select id="{field}"{aided}>{options}</select></div>')
    if "grid" in control:
        grid = control["grid"]
        place = min(range(len(grid)), key=lambda i: abs(grid[i] - value))
        span, step = f'min="0" max="{len(grid) - 1}" step="1" value="{place}"', "any"
    else:
        step = control["step"]
        span = f'min="{control["min"]}" max="{control["max"]}" step="{step}" value="{value}"'
    unit = html.escape(control["unit"])
    offered = control["grid"] if "grid" in control else [control["max"], control["min"] + control["step"]]
    digits = max(len(f"{number:.12g}") for number in offered)
    return (
        f'<div class="control slider" data-control="{name}"><label for="{field}">{label}</label>'
        f'<span class="exact"><input type="number" style="--digits: {max(4, digits)}" aria-label="{label}, exact value{", " + unit if unit else ""}"'
        f' inputmode="decimal" min="{control["min"]}" max="{control["max"]}" step="{step}" value="{value}">'
        f'<span class="unit" aria-hidden="true">{unit}</span></span>'
        f'<input type="range" id="{field}" {span} aria-valuetext="{value} {unit}"{aided}></div>')


def _in_words(control, value):
    """What print shows in the place of a control; card.js says the same."""
    if control["kind"] == "toggle":
        shown = "yes" if value else "no"
    elif control["kind"] == "choice":
        shown = next(option["label"] for option in control["options"] if option["value"] == value)
    else:
        shown = f'{value} {control["unit"]}'.strip()
    return f'{control["label"]}: {shown}'


def _about(controls, identifier):
    """What there is to say about single controls, behind one disclosure; screen readers say it there."""
    said = "".join(
        f'<dt>{html.escape(control["label"])}</dt>'
        f'<dd id="{html.escape(identifier + "-" + control["name"])}-help">{html.escape(control["help"])}</dd>'
        for control in controls if control["help"])
    return f'<details class="about"><summary>About the controls</summary><dl>{said}</dl></details>' if said else ""


def _presets(widget, identifier):
    presets = getattr(widget, "PRESETS", {})
    if not presets:
        return ""
    buttons = "".join(f'<button type="button" data-preset="{html.escape(name)}">{html.escape(name)}</button>'
                      for name in presets)
    return f'<div class="presets" role="group" aria-label="Start from a case">{buttons}</div>'


def _disclosure(kind, summary, inside):
    return f'<details class="{kind}"><summary>{summary}</summary>{inside}</details>'


def _known(modules):
    """What a widget's table may speak of: names of all references in its files, and the book's chapters."""
    words = {word for module in modules for word in re.findall(r"[a-z]\w+", source_of(module))}
    keys = filter(references.has, words)
    return {"citations": {key: references.short(key) for key in sorted(keys)},
            "chapters": sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))}


def _facts(table, known):
    """A widget's own table, with a search field where it is long."""
    def link(match):
        there = match[1] in known["chapters"]
        return f'<a href="../chapters/{match[1]}.html" data-to="{match[1]}">{match[2]}</a>' if there else match[2]
    shown = re.sub(r'<a data-to="(\w+)">(.*?)</a>', link, references.linked_html(variables_in(table)))
    search = ('<p class="search"><label>Search this table <input type="search"></label> '
              '<span class="found" role="status"></span></p>')
    return (f'<div class="facts">{search if table.count("<tr>") > SEARCHED_ROWS + 1 else ""}'
            f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{shown}</div></div>')


def _numbers(tables):
    return _disclosure(
        "numbers", "Numbers as a table",
        '<div class="scroll" tabindex="0" role="region" aria-label="Numbers of the figure">'
        f'{tables_html(tables)}</div>') if tables else ""


def tables_html(tables):
    """HTML of the numbers, thinned to about TABLE_ROWS rows each."""
    parts = []
    for table in tables:
        head = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in table["columns"])
        every = max(1, -(-len(table["rows"]) // TABLE_ROWS))
        rows = table["rows"][::every]
        body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in rows)
        note = f"<caption>One point in {every}; the CSV file holds all.</caption>" if every > 1 else ""
        parts.append(f"<table>{note}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return "".join(parts)


def _cell(value):
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else html.escape(draw.plain(str(value)))


def _source(module):
    """A link to a source file; the script shows the file in its place when the disclosure is opened."""
    name = path_of(module).relative_to(ROOT).as_posix()
    return (f'<p class="path"><a href="../_static/page/source/{name}">{name}</a></p>'
            f'<div class="highlight" data-module="{module}"></div>')


def _json_for_script(value):
    """JSON that ends no script early, whatever its texts say; a number that is none is an error here."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _rounded(value):
    """Numbers of the opening figure at six digits: the page is lighter, no eye sees it.

    Ranges of axes stay whole: Plotly hides words that stand outside, even by a ten-millionth.
    """
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: part if key == "range" else _rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(part) for part in value]
    return value
