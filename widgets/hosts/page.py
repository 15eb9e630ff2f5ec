"""A widget as HTML for a built page: complete without JavaScript, brought to life by page/main.js.

The card holds everything a reader without JavaScript needs (title, still picture, sentence, numbers,
source, limits) and, as JSON, what the script needs: the opening figure, the controls and the list of
modules to run. Nothing here knows any widget.
"""

import ast
import html
import json
import pathlib
import string

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from widgets.hosts import draw, references
from widgets.hosts.still import still

HERE = pathlib.Path(__file__).with_name("page")
ROOT = pathlib.Path(__file__).parents[2]
TABLE_ROWS = 25  # a table to read; the CSV file holds every row
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
    return string.Template((HERE / "card.html").read_text("utf8")).substitute(
        id=identifier,
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
        tables=tables_html(draw.tables(drawn["figure"])),
        code="\n".join(_source(module) for module in modules if module not in ENGINE),
        limits="".join(f"<li>{references.linked(limit)}</li>" for limit in getattr(widget, "LIMITS", [])),
        data=_json_for_script({
            "module": widget.__name__, "modules": ENGINE + [m for m in modules if m not in ENGINE],
            "start": start, "controls": widget.CONTROLS, "presets": getattr(widget, "PRESETS", {}),
            "figure": _rounded(drawn["figure"]), "sentence": drawn["sentence"]}))


def modules_of(module):
    """The project's own modules that `module` needs, itself last: what the interpreter is given."""
    found = []

    def visit(name):
        for node in ast.walk(ast.parse(source_of(name))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("widgets"):
                parts = [node.module + "." + alias.name for alias in node.names]
                for part in [part for part in parts if path_of(part).is_file()] or [node.module]:
                    if part not in found:
                        visit(part)
        found.append(name)

    visit(module)
    return found


def path_of(module):
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def source_of(module):
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
    return (
        f'<div class="control slider" data-control="{name}"><label for="{field}">{label}</label>'
        f'<span class="exact"><input type="number" aria-label="{label}, exact value{", " + unit if unit else ""}"'
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
    text = highlight(source_of(module), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    path = module.replace(".", "/") + ".py"
    return (f'<p class="path">{path}</p><div class="highlight"><pre data-module="{module}" tabindex="0" '
            f'role="region" aria-label="Source of {path}" translate="no">{text}</pre></div>')


def _json_for_script(value):
    """JSON that ends no script early, whatever its texts say; a number that is none is an error here."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _rounded(value):
    """Numbers of the opening figure at six digits: the page is lighter, no eye sees it."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(part) for part in value]
    return value
