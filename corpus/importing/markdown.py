"""Blocks as the Markdown of a document: a section for each heading, a passage for each table, else paragraphs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.importing.blocks import Block, Heading, ListItem, Table
from corpus.importing.inert import inert, inert_heading, inert_item, inert_lines
from corpus.splitting import MOST_WORDS
from corpus.text import ARABIC, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ANCHOR = 50
_COLON = re.compile(r"\s*[:：]\s*$")


@dataclass
class _Section:
    heading: str
    parts: list[str] = field(default_factory=list)
    table: bool = False


def write_markdown(blocks: Sequence[Block], title: str) -> str:
    """The text of a document below its front matter; empty if the blocks hold no words.

    Every heading of the source becomes `## heading {#anchor}`, with the headings above it in front. A section of more than a
    passage's words gets no anchor, so that it is cut at its paragraphs. A table becomes a section of its own whose rows are list
    items that name their columns: each can be quoted alone. Long tables go on in further sections.
    """
    sections = [section for section in _sections(blocks, title) if section.parts]
    names = _Anchors()
    return "\n\n".join(_written(section, names) for section in sections)


def _sections(blocks: Sequence[Block], title: str) -> list[_Section]:
    blocks = [block for block in blocks if any(map(str.isalnum, plain_text([block])))]
    sections = [_Section("")]
    trail: list[Heading] = []
    for position, block in enumerate(blocks):
        current = sections[-1]
        if isinstance(block, Heading):
            text = inert_heading(block.text)
            trail = [heading for heading in trail if heading.level < block.level]
            if text and _has_text(blocks, position):
                trail.append(Heading(text, block.level))
                sections.append(_Section(_joined(trail)))
            elif text:
                current.parts.append(text)
        elif isinstance(block, Table):
            if block.caption and current.parts and current.parts[-1] == inert(block.caption):
                current.parts.pop()
            named = [Heading(text, 0) for text in (_joined(trail), inert_heading(block.caption)) if text]
            heading = _joined(named) or inert_heading(title)
            sections.extend(_Section(heading, [rows], table=True) for rows in _table_parts(block))
            sections.append(_Section(_joined(trail)))
        elif isinstance(block, ListItem):
            _add_item(current, block)
        elif lines := inert_lines(block.text):
            current.parts.append("\n".join(lines))
    return sections


def _has_text(blocks: Sequence[Block], position: int) -> bool:
    """Whether anything but a heading of the same or a higher rank follows."""
    heading, following = blocks[position], blocks[position + 1 : position + 2]
    if not following or not isinstance(heading, Heading):
        return False
    return not isinstance(following[0], Heading) or following[0].level > heading.level


def _joined(trail: Sequence[Heading]) -> str:
    """The headings from the highest to this one, as far as they fit in a line."""
    texts = [heading.text for heading in trail]
    while len(texts) > 1 and len(" – ".join(texts)) > 250:
        del texts[0]
    return " – ".join(texts)


def _add_item(section: _Section, item: ListItem) -> None:
    text = inert_item(item.text)
    if not text:
        return
    number = re.sub(r"\D", "", item.number)[:3]
    line = f"{'  ' * min(item.depth, 3)}{f'{number}.' if number else '-'} {text}"
    last = section.parts[-1] if section.parts else ""
    if re.match(r"\s*(?:-|\d{1,3}\.) ", last) and word_count(last) + word_count(line) <= MOST_WORDS:
        section.parts[-1] = f"{last}\n{line}"
    else:
        section.parts.append(line)


def _table_parts(table: Table) -> list[str]:
    """The rows as list items, in parts of a passage's length; empty rows go."""
    rows = [[inert(cell) for cell in row] for row in table.rows]
    rows = [row for row in rows if any(map(str.isalnum, "".join(row)))]
    head = rows.pop(0) if table.headed and len(rows) > 1 else []
    parts: list[str] = []
    for row in rows:
        line = _row(head, row)
        if parts and word_count(parts[-1]) + word_count(line) <= MOST_WORDS:
            parts[-1] = f"{parts[-1]}\n{line}"
        else:
            parts.append(line)
    return parts


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    """`- Province: Safi; Rate: 15 %`; without names of columns `- Safi; 15 %`, or of two columns `- Rate: 15 %`."""
    if len(set(row)) == 1:
        return f"- {row[0]}"
    if not head and len(row) == 2 and all(row):
        head, row = ("", row[0]), ("", row[1])
    separator = "؛ " if ARABIC.search("".join(row)) else "; "
    names = [_COLON.sub("", name) for name in head] + [""] * (len(row) - len(head))
    return f"- {separator.join(f'{name}: {cell}' if name else cell for name, cell in zip(names, row, strict=True) if cell)}"


def _written(section: _Section, names: _Anchors) -> str:
    text = "\n\n".join(section.parts)
    if not section.heading:
        return text
    anchor = names.table() if section.table else names.of(section.heading)
    fits = section.table or word_count(text) <= MOST_WORDS
    return f"## {section.heading}{f' {{#{anchor}}}' if fits else ''}\n\n{text}"


class _Anchors:
    """Anchors, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._sections = self._tables = 0

    def of(self, heading: str) -> str:
        self._sections += 1
        plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ANCHOR].strip("-")
        if len(re.sub(r"[^a-z]", "", name)) < 4:
            name = f"section-{self._sections}"
        return self._free(name)

    def table(self) -> str:
        self._tables += 1
        return self._free(f"table-{self._tables}")

    def _free(self, name: str) -> str:
        free, number = name, 1
        while free in self._taken:
            number += 1
            free = f"{name}-{number}"
        self._taken.add(free)
        return free


def plain_text(blocks: Sequence[Block]) -> str:
    """All words of the blocks, one block a line, for measuring and for proposals."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines.extend("; ".join(filter(None, map(inert, row))) for row in block.rows)
        else:
            lines.extend(inert_lines(block.text))
    return "\n".join(line for line in lines if line)
