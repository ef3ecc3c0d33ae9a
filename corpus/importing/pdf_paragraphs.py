"""The lines of a page as headings, paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.importing.blocks import Block, Heading, ListItem, Paragraph, Table
from corpus.importing.pdf_lines import Line, Piece, Script
from corpus.importing.pdf_tables import table_rows, table_spans
from corpus.importing.tables import is_caption, table_blocks
from corpus.text import ARABIC, HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.importing.pdf_glyphs import Page

_POINT = re.compile(r"(?:[•▪●◦‣·○■□➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc]|[-–—*](?=\s))\s*(?=\S)")
_NUMBERED = re.compile(r"\(?(\d{1,2})(?:[.)]|\s?[-–])\s+(?=\D)")
_ENDS = re.compile(r"[.!?؟:؛;…。！？：][\"»”)\]]*$")
# Words that are written with a hyphen: what may stand before it, or behind it.
_HYPHENED = re.compile(
    r"\b(?:vice|non|sous|ex|demi|mi|peut|est|dit|semi|anti|inter|socio|agro|loi|porte|rendez|avant|après|post|pré|self|co|re)-\w*$|"
    r"-(?:ils?|elles?|on|là|ci|ce|je|tu|nous|vous|à|en|y|t|être|même|mêmes|dire|vous|up|based|term|cadre|clé|clés)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 140


@dataclass(frozen=True)
class Style:
    """What is usual in a document: the size of its text, the distance of its lines."""

    size: float
    leading: float


@dataclass
class _Open:
    """A paragraph that may go on."""

    text: str
    last: Line
    size: float
    bold: bool


def style_of(pages: Sequence[Sequence[Line]]) -> Style:
    """The style that most letters have."""
    sizes: Counter[float] = Counter()
    leadings: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += sum(len(piece.units) for piece in line.pieces)
        for upper, lower in pairwise(lines):
            leadings[round((upper.y - lower.y) / max(upper.size, 1.0), 1)] += 1
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    usual = [(count, -leading) for leading, count in leadings.items() if 0.8 <= leading <= 2.6]
    return Style(size, -max(usual)[1] if usual else 1.3)


def hyphened_start(lines: Sequence[Line], script: Script) -> bool:
    """Whether an Arabic line begins with a number with hyphens, which programs that break lines show in one of two orders."""
    return script.arabic and any(
        re.match(r"\d+-\d+", script.text(line.pieces[-1], after_arabic=True)) and line is not lines[0] for line in lines
    )


def blocks_of_page(lines: Sequence[Line], page: Page, script: Script, style: Style) -> list[Block]:
    """The blocks of a page, or of one of its columns."""
    blocks: list[Block] = []
    start = 0
    for first, end, headed in table_spans(lines, page):
        blocks.extend(_paragraphs(lines[start:first], script, style))
        above = blocks[-1].text if blocks and isinstance(blocks[-1], Paragraph) else ""
        caption = above if is_caption(above) else ""
        blocks.extend(table_blocks(table_rows(lines[first:end], page, script), heads=int(headed), caption=caption))
        start = end
    blocks.extend(_paragraphs(lines[start:], script, style))
    return blocks


def joined_pages(pages: Sequence[Sequence[Block]]) -> list[Block]:
    """The blocks of all pages; a paragraph or a table that was cut by the end of a page is whole again."""
    joined: list[Block] = []
    for blocks in pages:
        first, last = (blocks[0] if blocks else None), (joined[-1] if joined else None)
        if isinstance(first, Table) and isinstance(last, Table) and len(first.rows[0]) == len(last.rows[0]):
            again = first.headed and first.rows[0] == last.rows[0]
            joined[-1] = replace(last, rows=(*last.rows, *first.rows[again:]))
            joined.extend(blocks[1:])
            continue
        if (
            isinstance(first, Paragraph)
            and isinstance(last, Paragraph | ListItem)
            and not _ENDS.search(last.text)
            and len(last.text) > 60
        ):
            joined[-1] = replace(last, text=_glued(last.text, first.text))
            joined.extend(blocks[1:])
        else:
            joined.extend(blocks)
    return joined


def _paragraphs(lines: Sequence[Line], script: Script, style: Style) -> Iterator[Block]:
    if not lines:
        return
    left = min(line.pieces[0].x0 for line in lines)
    right = max(line.pieces[-1].x1 for line in lines)
    current: _Open | None = None
    for line in lines:
        goes_on = current is not None and _goes_on(current, line, (left, right), script, style)
        text = _line_text(line, script, current.text if current is not None and goes_on else "")
        if current is not None and goes_on and not _POINT.match(text) and not _NUMBERED.match(text):
            current.text, current.last = _glued(current.text, text), line
            continue
        if current is not None:
            yield _block(current, style)
        current = _Open(text, line, line.size, all(piece.bold for piece in line.pieces))
    if current is not None:
        yield _block(current, style)


def _line_text(line: Line, script: Script, before: str) -> str:
    after_arabic = ARABIC.search(before) is not None
    pieces = list(line.pieces)
    if len(pieces) > 1 and (script.arabic or script.from_right(max(pieces, key=lambda piece: len(piece.units)))):
        pieces.reverse()
    texts: list[str] = []
    for piece in pieces:
        texts.append(script.text(piece, after_arabic=after_arabic))
        after_arabic = after_arabic or bool(piece.arabic)
    return _numbered_law(before, " ".join(texts))


def _numbered_law(before: str, text: str) -> str:
    """The line with the number of a decree or dahir at its start put right.

    Programs that break lines before they order them show it from the left, others from the right; a decree begins with 2, a dahir
    with 1.
    """
    found = re.match(r"(\d{1,4})-(\d\d)-(\d{1,4})(?!\d|-)", text)
    named = re.search(r"(مرسوم|ظهير)[^\d\n]{0,30}$", before)
    if found and named and found[1] != (first := "2" if named[1] == "مرسوم" else "1") and found[3] == first:
        return f"{found[3]}-{found[2]}-{found[1]}{text[found.end() :]}"
    return text


def _goes_on(current: _Open, line: Line, edges: tuple[float, float], script: Script, style: Style) -> bool:
    """Whether a line goes on the paragraph above: near enough, alike, and its first word had no room there."""
    above = current.last
    distance = (above.y - line.y) / max(above.size, line.size, 1.0)
    if distance > 1.35 * style.leading or distance < 0.2 or abs(line.size - current.size) > 0.12 * current.size:
        return False
    if (
        current.bold != all(piece.bold for piece in line.pieces)
        and (current.bold or len(line.pieces) == 1)
        and _ENDS.search(current.text)
    ):
        return False
    if current.bold and not any(piece.bold for piece in line.pieces):
        return False
    first: Piece = line.pieces[-1] if _from_right(line, script) else line.pieces[0]
    room = above.pieces[0].x0 - edges[0] if _from_right(above, script) else edges[1] - above.pieces[-1].x1
    if current.size > 1.12 * style.size:
        return room < 0.6 * (edges[1] - edges[0])  # headings are often centred or balanced
    return room < first.first_word + 0.5 * line.size


def _from_right(line: Line, script: Script) -> bool:
    arabic = sum(piece.arabic for piece in line.pieces)
    return script.arabic if arabic or script.arabic else False


def _block(paragraph: _Open, style: Style) -> Block:
    text = " ".join(paragraph.text.split())
    if point := _POINT.match(text):
        return ListItem(text[point.end() :])
    larger = paragraph.size > 1.12 * style.size
    if (
        (larger or paragraph.bold)
        and len(text) <= _LONGEST_HEADING
        and not text.endswith((".", ";", ",", "،", "؛"))
        and any(map(str.isalpha, text))
    ):
        return Heading(text, _rank(paragraph.size / style.size) if larger else 4)
    if numbered := _NUMBERED.match(text):
        return ListItem(text[numbered.end() :], number=numbered[1])
    return Paragraph(text)


def _rank(ratio: float) -> int:
    return 1 if ratio > 1.55 else 2 if ratio > 1.3 else 3


def _glued(text: str, following: str) -> str:
    """Two lines as one; a Latin word that was divided at the end of the line is whole again, Chinese goes on without a space."""
    if re.search(r"[^\W\d_][\u2010\u00ad]$", text) and following[:1].islower():
        return text[:-1] + following
    if re.search(r"[^\W\d_]-$", text) and following[:1].islower() and not _HYPHENED.search(f"{text}{following[:20]}"):
        return text[:-1] + following
    if re.search(r"\w-$", text) and following[:1].isalnum():
        return text + following
    if re.search(r"https?:/\S*[/.=?&-]$", text) and re.match(r"[\w./]", following):
        return text + following
    between = "" if HAN.search(text[-1:]) and HAN.search(following[:1]) else " "
    return f"{text}{between}{following}"
