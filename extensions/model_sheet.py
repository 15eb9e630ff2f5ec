"""The directive `{model-sheet} igg_level`: what one model is, made from its code when the book is built.

Equations and assumptions are the module's docstring, parameters its constants with the comments behind
them, the numbers those of widgets/validation, computed now, and the limits those of the widgets that use it.
"""

import ast
import importlib
import inspect
import io
import re
import tokenize

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from widgets import catalog
from widgets.hosts import page, references
from widgets.hosts.palette import variables_in

LONGEST_VALUE = 70  # characters of a constant that is printed
ROW, LEFT, RIGHT = 26, 34, 330  # of the drawing, in its own units: height of a row, ends of the axis
MOST = 2.0  # the axis ends at twice the published number


class ModelSheet(SphinxDirective):
    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        module = importlib.import_module(f"widgets.models.{name}")
        targets = importlib.import_module(f"widgets.validation.{name}").TARGETS
        for path in (module.__file__, importlib.import_module(f"widgets.validation.{name}").__file__):
            self.env.note_dependency(path)
        rows = [dict(row, number=number, now=row["computed"]()) for number, row in enumerate(targets, 1)]
        return [*self.parsed(docstring(module)), *self.parsed(parameters(module)), *self.parsed(functions(module)),
                *self.parsed(comparison(rows)), drawing(rows, name), *self.parsed(limits(module.__name__))]

    def parsed(self, text):
        holder = nodes.container()
        self.state.nested_parse(StringList(text.splitlines(), source=self.arguments[0]), self.content_offset, holder)
        return holder.children


# ---- each part as Markdown -----------------------------------------------------------------------------


def docstring(module):
    """The module's docstring; its indented lines are equations and stay as they are."""
    parts = []
    for part in inspect.getdoc(module).split("\n\n"):
        if part.startswith("    "):
            parts.append("```text\n" + inspect.cleandoc(part) + "\n```")
        else:
            parts.append(cited(escaped(part)))
    return "\n\n".join(parts)


def parameters(module):
    """A table of the constants of a module and of what stands behind each of them."""
    source = inspect.getsource(module)
    said = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.lstrip() != token.line[token.start[1]:]:
            said[token.start[0]] = token.string.lstrip("# ")
    rows = []
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.Assign) and node.lineno in said):
            continue
        names = [target.id for part in node.targets
                 for target in (part.elts if isinstance(part, ast.Tuple) else [part])]
        if not all(name.isupper() and not name.startswith("_") for name in names):
            continue
        value = ast.get_source_segment(source, node.value)
        value = value if len(value) <= LONGEST_VALUE and "\n" not in value else "table in the source"
        label = ", ".join(name.replace("_", " ").lower() for name in names)
        rows.append(f"| {label} | {escaped(value)} | {cited(escaped(said[node.lineno]))} |")
    return "\n".join(["**Parameters**", "", "| Name | Value | Unit, kind and source |", "| --- | --- | --- |", *rows]) if rows else ""


def functions(module):
    """A table of the public functions and the first sentence of their docstrings."""
    found = [(name, function) for name, function in vars(module).items()
             if inspect.isfunction(function) and function.__module__ == module.__name__ and name[0] != "_"]
    rows = [f"| `{name}` | {cited(escaped(inspect.getdoc(function).split(chr(10) * 2)[0].replace(chr(10), ' ')))} |"
            for name, function in found]
    return "\n".join(["**Functions**", "", "| Function | What it returns |", "| --- | --- |", *rows])


def comparison(rows):
    """The table of published numbers and of what the model gives."""
    lines = ["**Against published numbers**", "",
             "| No. | Quantity | Published | Model | Verdict | Source and remark |", "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        published = f"{row['expected'][0]:g} to {row['expected'][1]:g}" if isinstance(row["expected"], tuple) else f"{row['expected']:g}"
        remark = ". ".join(cited(escaped(part)) for part in (row["source"], row["note"]) if part)
        lines.append(f"| {row['number']} | {escaped(row['what'])} | {published} {row['unit']} | {row['now']:.3g} | "
                     f"{row['verdict'].capitalize()} | {remark} |")
    return "\n".join(lines)


def limits(module):
    """What the widgets that stand on this model say it leaves out."""
    lines = ["**Limits**", ""]
    for name in catalog.names():
        widget = catalog.find(name)
        tree = ast.parse(page.source_of(widget.__name__))
        used = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        if module in used:
            lines.append(f"- *{escaped(widget.TITLE)}* " + cited(escaped(" ".join(widget.LIMITS))))
    return "\n".join(lines)


def escaped(text):
    return re.sub(r"([\\`*_{}<>|$~#])", r"\\\1", text.replace("\n", " "))


def cited(text):
    """Keys of the bibliography as citations: (Orange et al., 2010) for [orange2010], else Orange et al. (2010)."""
    def group(match):
        keys = [key.strip().replace("\\_", "_") for key in match[1].split(";")]
        return "{cite:p}`" + ",".join(keys) + "`" if all(map(references.has, keys)) else match[0]

    def bare(match):
        key = match[0].replace("\\_", "_")
        return "{cite:t}`" + key + "`" if references.has(key) else match[0]
    parts = re.split(r"(\{cite:p\}`[^`]*`)", re.sub(r"\[([^][]+)\]", group, text))
    return "".join(part if part.startswith("{cite") else re.sub(r"\b[a-z](?:\w|\\_)*\b", bare, part) for part in parts)


# ---- the drawing -----------------------------------------------------------------------------------------


def drawing(rows, name):
    """SVG: the model's number as a dot on the published range, both as parts of the published number."""
    drawn = [row for row in rows if row["verdict"] != "REGRESSION" and (row["low"] + row["high"]) and row["low"] > -1e9]
    if not drawn:
        return nodes.comment()
    bottom = ROW * len(drawn) + 8
    marks = [f'<line x1="{x(part):.1f}" x2="{x(part):.1f}" y1="0" y2="{bottom}" stroke="role({"reference" if part == 1 else "grid"})"/>'
             f'<text x="{x(part):.1f}" y="{bottom + 16}" text-anchor="middle">{100 * part:.0f} %</text>' for part in (0, 0.5, 1, 1.5, 2)]
    for place, row in enumerate(drawn):
        middle = (row["low"] + row["high"]) / 2
        ends = sorted(max(0.0, min(MOST, row[end] / middle)) for end in ("low", "high"))
        y, now = ROW * (place + 0.5) + 4, row["now"] / middle
        seen = max(0.0, min(MOST, now))
        role = "harm" if row["verdict"] == "NOT MET" else "igg"
        shape = (f'<circle cx="{x(seen):.1f}" cy="{y}" r="6" fill="role({role})"/>' if seen == now else
                 f'<path d="M{x(seen) - 8:.1f} {y - 6}l9 6l-9 6z" fill="role({role})"/>')
        marks.append(f'<text x="0" y="{y + 5}">{row["number"]}</text><line x1="{x(ends[0]):.1f}" x2="{max(x(ends[1]), x(ends[0]) + 2):.1f}" '
                     f'y1="{y}" y2="{y}" stroke="role(evidence,0.35)" stroke-width="10"/>{shape}')
    said = "; ".join(f"number {row['number']}: {100 * row['now'] * 2 / (row['low'] + row['high']):.0f} %" for row in drawn)
    svg = (f'<svg viewBox="0 0 350 {bottom + 24}" role="img" aria-label="{said}" font-size="13" fill="role(text)">{"".join(marks)}</svg>')
    note = "The model's number (dot, red where it misses) and the published range (bar), as parts of the published number."
    return nodes.raw("", f'<figure class="model-sheet">{variables_in(svg)}<figcaption>{note}</figcaption></figure>', format="html")


def x(part):
    return LEFT + (RIGHT - LEFT) * part / MOST


def setup(app):
    app.add_directive("model-sheet", ModelSheet)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
