"""Tables as rows of cells, whatever format they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.importing.blocks import Block, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE = re.compile(r"[\d٠-٩]")
_CAPTION = re.compile(r"(?:tableau|table|cuadro|tabla|جدول|الجدول|表)\b", re.IGNORECASE)
_LONGEST_NAME, _LONGEST_CAPTION = 80, 160


def table_blocks(rows: Sequence[Sequence[str]], *, heads: int, caption: str = "") -> list[Block]:
    """A table, or plain paragraphs where rows and columns only served the layout: one column or one row.

    Args:
        rows: the cells, merged ones repeated in every column and row that they cover.
        heads: how many first rows name the columns, as the file itself says; 0 where it says nothing. Several become one.
        caption: what the file gives as the table's title.
    """
    wide = max((len(row) for row in rows), default=0)
    filled = [
        (*(cell.strip() for cell in row), *[""] * (wide - len(row)))
        for row in rows
        if any(cell.strip() for cell in row)
    ]
    if len(filled) < 2 or wide < 2:
        return [Paragraph(cell) for row in filled for cell in dict.fromkeys(row) if cell]
    if 1 < heads < len(filled):
        columns = zip(*filled[:heads], strict=True)
        filled[:heads] = [tuple(" – ".join(filter(None, dict.fromkeys(column))) for column in columns)]
    return [Table(tuple(filled), bool(heads) or _names_columns(filled), caption)]


def is_caption(text: str) -> bool:
    """Whether a paragraph above a table reads like its title."""
    return len(text) <= _LONGEST_CAPTION and _CAPTION.match(text.strip()) is not None


def _names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row reads like names: short, different from each other, without figures, above rows that hold some."""
    first, rest = rows[0], rows[1:]
    if len(set(first)) < len(first) or not all(first) or any(len(cell) > _LONGEST_NAME for cell in first):
        return False
    if any(_FIGURE.search(cell) for cell in first):
        return False
    return len(first) > 2 or any(_FIGURE.search(cell) for row in rest for cell in row[1:])
