"""Plain text and Markdown as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.importing.blocks import Block, Heading, ListItem, Paragraph, Parsed, Table
from corpus.importing.charsets import decode
from corpus.importing.inert import web_address
from corpus.importing.refusal import Refusal, refused
from corpus.importing.values import Doubt
from corpus.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[A-Za-z_-]+:.*\n|[ \t-].*\n)+---[ \t]*(?:\n|$)")
_HEADING = re.compile(r"\s{0,3}(?P<signs>#{1,6})\s+(?P<text>\S.*)")
_UNDERLINE = re.compile(r"\s{0,3}(?:(=){3,}|-{3,})\s*")
_ITEM = re.compile(r"(?P<space>\s*)(?:[-*+•▪●◦‣]|(?P<number>\d{1,3})[.)])\s+(?P<text>\S.*)")
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE_ROW = re.compile(r"[\s|:-]*-[\s|:-]*")
_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]\n]{0,300})\]\((?P<target>(?:[^()\s]|\([^()\s]{0,200}\)){1,500})(?:\s+[\"'][^\"'\n]{0,200}[\"'])?\)"
)
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*|__|\*|_)(?=[^\s*_])([^*_\n]{1,500}?)(?<=\S)\1(?![\w*_])")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,1000}>")
_MARKS = re.compile(r"\s*(?:\{[^{}\n]*\}\s*)*#*\s*$")
_WRAPPED = 45


def read_text(content: bytes) -> Parsed:
    """The paragraphs and list items of a plain text, in whatever known encoding it is; with `# headings` it is Markdown.

    Raises:
        ImportRefusedError: the encoding is not known, or the text is a document with its front matter.
    """
    text, doubts = _decoded(content)
    return Parsed(tuple(_blocks(text, marked=_HEADING.search(text) is not None)), doubts=doubts)


def read_markdown(content: bytes) -> Parsed:
    """The headings, paragraphs, list items and tables of a Markdown text.

    Raises:
        ImportRefusedError: as `read_text`.
    """
    text, doubts = _decoded(content)
    if re.search(r"!\[[^\]\n]*\]\(", text):
        doubts = (*doubts, (Doubt.PICTURES_LEFT_OUT, 0))
    return Parsed(tuple(_blocks(_without_comments(text), marked=True)), doubts=doubts)


def _without_comments(text: str) -> str:
    """The text between the comments; one that never ends hides nothing."""
    first, *rest = text.split("<!--")
    return first + "".join(part.split("-->", 1)[1] if "-->" in part else part for part in rest)


def _decoded(content: bytes) -> tuple[str, tuple[tuple[Doubt, int], ...]]:
    text, guessed = decode(content)
    text = clean(text)
    if _FRONT_MATTER.match(text):
        raise refused(Refusal.IS_DOCUMENT)
    return text, ((Doubt.CHARSET_GUESSED, 0),) if guessed else ()


def _blocks(text: str, *, marked: bool) -> Iterator[Block]:
    """The blocks of a text: divided by empty lines, or where there are none by its lines."""
    lines = text.split("\n")
    loose = any(not line.strip() for line in lines[:-1])
    group: list[str] = []
    for line in [*lines, ""]:
        if marked and len(group) == 1 and (under := _UNDERLINE.fullmatch(line)) and not _ITEM.fullmatch(group[0]):
            yield Heading(_plain(group.pop()), 1 if under[1] else 2)
            continue
        heading = _HEADING.fullmatch(line) if marked else None
        if group and (heading or not line.strip() or not _goes_on(group, line, loose=loose, marked=marked)):
            yield _block(group, marked=marked)
            group = []
        if heading:
            yield Heading(_plain(_MARKS.sub("", heading["text"])), len(heading["signs"]))
        elif line.strip():
            group.append(line)


def _goes_on(group: list[str], line: str, *, loose: bool, marked: bool) -> bool:
    """Whether the line belongs to what stands directly above it."""
    if marked and _ROW.fullmatch(group[0]):
        return _ROW.fullmatch(line) is not None
    if _ITEM.fullmatch(line) or (marked and _ROW.fullmatch(line)):
        return False
    return line.startswith((" ", "\t")) if _ITEM.fullmatch(group[0]) else loose


def _block(group: list[str], *, marked: bool) -> Block:
    if marked and _ROW.fullmatch(group[0]):
        return _table(group)
    item = _ITEM.fullmatch(group[0])
    joined = " ".join(line.strip() for line in group)
    if item:
        text = " ".join([item["text"].strip(), *(line.strip() for line in group[1:])])
        depth = len(item["space"].expandtabs(4)) // 2
        return ListItem(_plain(text) if marked else text, depth, item["number"] or "")
    if not all(len(line.strip()) >= _WRAPPED for line in group[:-1]):
        joined = "\n".join(line.strip() for line in group)
    return Paragraph(_plain(joined) if marked else joined)


def _table(group: list[str]) -> Table:
    rows = [tuple(_plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])) for line in group]
    headed = len(rows) > 1 and _RULE_ROW.fullmatch(group[1]) is not None
    return Table(tuple(row for row, line in zip(rows, group, strict=True) if not _RULE_ROW.fullmatch(line)), headed)


def _plain(text: str) -> str:
    """Marked text as plain words: no tags, no emphasis; a link shows its web address."""
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _TAG.sub("", _LINK.sub(_shown, _LINK.sub(_shown, text)))))
    return re.sub(r"\\([\\`*_{}\[\]()#+.!|>-])", r"\1", text).removeprefix("> ").strip()


def _shown(link: re.Match[str]) -> str:
    address = web_address(link["target"])
    if link.group().startswith("!") or not link["text"].strip():  # a picture, or what is left of a link around one
        return ""
    return f"{link['text']} ({address})" if address and link["text"] != address else link["text"]
