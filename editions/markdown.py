"""A chapter's MyST as Markdown that can be read where no MyST is known.

What directives and roles say is put into plain Markdown and HTML: a box becomes a block quote, a self-test
questions with answers behind a disclosure, a citation author and year, a drawing an image that holds its own data.
"""

import functools
import html
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
from urllib.parse import urljoin

from pybtex.database import BibliographyData, parse_file
from pybtex.plugin import find_plugin

ROOT = pathlib.Path(__file__).parents[1]
sys.path.append(str(ROOT / "extensions"))

from question_bank import KINDS, questions
from reference_style import Entries
from widgets.hosts import references
from widgets.hosts.saved import image

FENCED = re.compile(r"^(`{3,}|:{3,})\{([\w-]+)\}[ \t]*([^\n]*)\n(.*?)^\1[ \t]*$", re.M | re.S)
OPTION = re.compile(r":([\w-]+):[ \t]*(.*)\n")
ROLE = re.compile(r"\{([a-z]+(?::[a-z]+)?)\}`([^`]*)`")
LABEL = re.compile(r"^\(([\w-]+)\)=\n+", re.M)
HEADING = re.compile(r"^\(([\w-]+)\)=\n+#+ (.+)$", re.M)
TABLE = re.compile(r"^:::\{table\} (.+)\n:name: (\S+)$", re.M)
ANCHOR = re.compile(r'<a href="(?!https?:)([^"]*)">(.*?)</a>', re.S)
LINK = re.compile(r"(?<!!)\[([^][]+)\]\((?!https?:|mailto:)([^()\s]+)\)")
DRAWING = 480  # pixels of a drawing's width


def labels_in(page, text):
    """What a page's labels name: dict from label to the page and the heading, or the caption of a table."""
    named = dict(HEADING.findall(text)) | {name: caption for caption, name in TABLE.findall(text)}
    return {label: (page, words) for label, words in named.items()}


class Page:
    """One chapter. `labels` are those of all chapters, and drawings are looked for in `folder`.

    `site` is the address of the published book: what leads to another page of it becomes a link there. Where
    the book has no address ("") such a link becomes words.
    """

    def __init__(self, name, labels, site="", folder=ROOT / "chapters"):
        self.name, self.labels, self.folder = name, labels, folder
        self.here = f"{site}chapters/{name}.html" if site else ""

    def markdown(self, text):
        """Markdown of MyST; ValueError or KeyError where there is a thing that is not known here."""
        text = FENCED.sub(lambda match: self.directive(match[2], match[3], match[4]), LABEL.sub("", text))
        return self.inline(text).strip()

    def directive(self, name, argument, inside):
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
            return drawing((self.folder / argument).read_text("utf8"), options.get("caption", ""))
        raise unknown("directive", name)

    def inline(self, text):
        """Roles and links as words, and as links where the book has an address."""
        text = re.sub(r" ?\{claim\}`[^`]*`", "", text)
        text = ROLE.sub(lambda match: self.role(match[1], match[2]), text)
        text = ANCHOR.sub(lambda match: self.anchor(match[1], match[2]), text)
        return LINK.sub(lambda match: self.link(match[1], match[2].replace(".md", ".html")), text)

    def role(self, name, content):
        if name in ("cite", "cite:p"):
            return "(" + "; ".join(map(references.short, keys_of(content))) + ")"
        if name == "cite:t":
            return ", ".join("{} ({})".format(*references.short(key).rsplit(", ", 1)) for key in keys_of(content))
        if name == "ref":
            words, label = re.fullmatch(r"(?:(.*?)\s*<)?([\w-]+)>?", content, re.S).groups()
            page, heading = self.labels[label]
            return self.link(words or heading, f"{page}.html#{label.replace('_', '-')}")
        raise unknown("role", name)

    def link(self, words, target):
        """A link to another page; within a page the reader finds the way by the words."""
        page = target.partition("#")[0].removesuffix(".html")
        return f"[{words}]({urljoin(self.here, target)})" if self.here and page not in ("", self.name) else words

    def anchor(self, target, words):
        """A link that carries a figure's state leads to the published book, also from the page it is on."""
        return f'<a href="{urljoin(self.here, target)}">{words}</a>' if self.here else words


def unknown(kind, name):
    return ValueError(f"a notebook cannot show the {kind} {{{name}}}: say in editions/markdown.py how")


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def folded(summary, inside):
    """A disclosure; the empty lines let Markdown inside be read as such, the empty paragraph keeps a distance."""
    return f"<details>\n<summary>{html.escape(summary, quote=False)}</summary>\n\n{inside}\n\n</details>\n<p></p>"


def plain(text):
    """Markdown that shows a text of the data as it stands there."""
    return re.sub(r"([\\`*_$~|\[\]])", r"\\\1", " ".join(str(text).split())).replace("<", "&lt;")


def drawing(svg, caption):
    """A drawing of the text, with the title it brings as its words, and its caption below."""
    tree = xml.fromstring(svg)
    words = [" ".join("".join(part.itertext()).split()) for part in tree if part.tag.endswith(("}title", "}desc"))]
    return image(svg, ". ".join(words), DRAWING) + (f"\n\n**Figure.** {caption}" if caption else "")


# ---- self-tests ------------------------------------------------------------------------------------------


def self_test(asked):
    """Questions with their options, and behind a disclosure what each option means."""
    return "\n\n".join(f"**Question {number}.** {one_question(question)}" for number, question in enumerate(asked, 1))


def one_question(question):
    options = list(zip("ABCDEFGH", question.get("options", [])))
    offered = "\n".join(f"- {letter}: {plain(option['text'])}" for letter, option in options)
    if question["kind"] == "numeric":
        answer = (f"**{plain(question['answer'])} {plain(question['unit'])}** (within {question['tolerance']}). "
                  + plain(question["feedback"]))
    else:
        answer = "\n".join(f"- **{letter}: {'right' if option['correct'] else 'not this one'}.** "
                           + plain(option["feedback"]) for letter, option in options)
    if question["keys"]:
        answer += "\n\nSources: " + "; ".join(map(references.short, question["keys"])) + "."
    asked = f"{plain(question['stem'])} *{KINDS[question['kind']]}*"
    return "\n\n".join(filter(None, [asked, offered, folded("Answer", answer)]))


# ---- references ------------------------------------------------------------------------------------------


def keys_of(content):
    return [key.strip() for key in content.split(",")]


def cited_in(text):
    """The references of a chapter's text and of its questions."""
    keys = [key for name, content in ROLE.findall(text) if name.startswith("cite") for key in keys_of(content)]
    for page in re.findall(r"^```\{self-test\} (\S+)", text, re.M):
        keys += [key for question in questions(page) for key in question["keys"]]
    return list(dict.fromkeys(keys))


@functools.cache
def known():
    return parse_file(str(references.BIBLIOGRAPHY)).entries


def bibliography(keys):
    """The last section: the references in pybtex's plain style, as the book's bibliography prints them."""
    entries = Entries().format_bibliography(BibliographyData({key: known()[key] for key in keys}))
    markdown = find_plugin("pybtex.backends", "markdown")()
    lines = [" ".join(entry.text.render(markdown).split("\n")) for entry in entries]
    return "## References\n\n" + "\n".join("- " + re.sub(r"\\([.()-])", r"\1", line) for line in lines)
