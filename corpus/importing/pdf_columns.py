"""Columns of running text: where a page has them, and their lines in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.importing.pdf_lines import Line, Piece, Script
from corpus.text import HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.importing.pdf_glyphs import Page

_FEWEST_LINES, _FEWEST_LETTERS = 5, 18
_STEP, _MOST_STEPS = 2.0, 500


def in_reading_order(lines: Sequence[Line], page: Page, script: Script) -> list[list[Line]]:
    """The lines in parts that are read one after the other: the whole page, or where it has two columns each of them.

    A line over the whole width (a heading) ends the columns above it. Columns of Arabic begin at the right.
    """
    gutter = _gutter(lines, page)
    if gutter is None:
        return [list(lines)]
    parts: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if any(piece.x0 < gutter < piece.x1 for piece in line.pieces):
            parts.extend([right, left] if script.arabic else [left, right])
            left, right = [], []
            parts.append([line])
            continue
        for column, pieces in (
            (left, tuple(piece for piece in line.pieces if piece.x1 <= gutter)),
            (right, tuple(piece for piece in line.pieces if piece.x0 >= gutter)),
        ):
            if pieces:
                column.append(Line(pieces))
    parts.extend([right, left] if script.arabic else [left, right])
    return [part for part in parts if part]


def _gutter(lines: Sequence[Line], page: Page) -> float | None:
    """The middle of the strip that hardly any line crosses, if running text stands on both of its sides."""
    pieces = [piece for line in lines for piece in line.pieces]
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    start, end = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    strip: list[float] = []
    best: list[float] = []
    step = max(_STEP, (end - start) / _MOST_STEPS)
    x = start + 0.25 * (end - start)
    while x < start + 0.75 * (end - start):
        crossing = sum(piece.x0 < x < piece.x1 for piece in pieces)
        strip = [*strip, x] if crossing <= 0.12 * len(pieces) else []
        best = max(best, strip, key=len)
        x += step
    if len(best) * step < 8:
        return None
    middle = best[len(best) // 2]
    sides = [[piece for piece in pieces if piece.x1 <= middle], [piece for piece in pieces if piece.x0 >= middle]]
    ruled = any(abs(x - middle) < 3 for x, _, _ in page.upright)  # cells of a table
    return middle if all(map(_is_text, sides)) and not ruled else None


def _is_text(pieces: Sequence[Piece]) -> bool:
    """Whether the pieces are lines of running text: enough of them, long, and most about as wide as the widest."""
    if len(pieces) < _FEWEST_LINES:
        return False
    lengths = sorted(sum(2 if HAN.search(unit) else 1 for unit in piece.units) for piece in pieces)
    widths = sorted(piece.x1 - piece.x0 for piece in pieces)
    return lengths[len(lengths) // 2] >= _FEWEST_LETTERS and widths[len(widths) // 2] >= 0.55 * widths[-1]
