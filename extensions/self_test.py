"""The `{self-test}` directive: the questions of data/questions/<page>.yml, with feedback per option.

Every option is a native disclosure that holds its feedback; self_test.js makes of them a test with a score.
"""

import html
import pathlib

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from browser_code import add_script
from question_bank import FOLDER, KINDS, questions
from widgets.hosts import references

DIFFICULTY = {1: "recall", 2: "reasoning", 3: "hard"}


def as_html(name):
    return ('<ol class="self-test">' + "".join(_question(question) for question in questions(name)) + "</ol>")


def _question(question):
    if question["kind"] == "numeric":
        verdict = f'{question["answer"]} {question["unit"]} (within {question["tolerance"]})'
        body = (f'<details class="right"><summary>Show the answer</summary><p><strong>{html.escape(verdict)}.</strong> '
                f'{html.escape(question["feedback"])}</p></details>')
    else:
        body = "".join(_option(option) for option in question["options"])
    marks = (f' data-answer="{question["answer"]}" data-tolerance="{question["tolerance"]}" '
             f'data-unit="{html.escape(question["unit"])}"' if question["kind"] == "numeric" else "")
    cited = "; ".join(f'<a href="{references.address(key)}">{html.escape(references.short(key))}</a>'
                      for key in question["keys"])
    about = f'Objective {question["objective"]}, {DIFFICULTY[question["difficulty"]]}.' + (f" Sources: {cited}." if cited else "")
    return (f'<li id="question-{html.escape(str(question["id"]))}" data-kind="{question["kind"]}"{marks}><p>{html.escape(question["stem"])} '
            f'<em>{KINDS[question["kind"]]}</em></p>{body}<p class="about">{about}</p></li>')


def _option(option):
    kind, word = ("right", "Right.") if option["correct"] else ("wrong", "Not this one.")
    return (f'<details class="{kind}"><summary>{html.escape(str(option["text"]))}</summary>'
            f'<p><strong>{word}</strong> {html.escape(option["feedback"])}</p></details>')


class SelfTest(SphinxDirective):
    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        self.env.note_dependency(str(FOLDER / f"{name}.yml"))
        try:
            return [nodes.raw("", as_html(name), format="html")]
        except ValueError as wrong:
            raise self.error(str(wrong))


def setup(app):
    app.add_directive("self-test", SelfTest)
    add_script(app, pathlib.Path(__file__).with_suffix(".js"), 'class="self-test"')
    return {"parallel_read_safe": True, "parallel_write_safe": True}
