"""Glyphs as lines: what stands on one baseline, cut where a column or a cell of a table ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.importing.pdf_order import PAIRS, brackets_fit, composed, kind_of, logical_order, mixed_order
from corpus.text import ARABIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.importing.pdf_glyphs import Glyph, Page

_POINT = re.compile(r"[•▪●◦‣·○■□➢➤✓✔–—*\uf0b7\uf0a7\uf0d8\uf0fc-]|\d{1,2}[.)]|[.)]\d{1,2}|[a-z][.)]")
_SAME_LINE, _SPACE, _CUT, _WIDE = 0.4, 0.16, 2.2, 0.85


@dataclass(frozen=True)
class Piece:
    """A part of a line without a gap, as its glyphs' texts from the left to the right; spaces are units of their own."""

    units: tuple[str, ...]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    first_word: float

    @property
    def arabic(self) -> int:
        return sum(kind_of(unit) == "R" for unit in self.units)

    @property
    def latin(self) -> int:
        return sum(kind_of(unit) == "L" for unit in self.units)


@dataclass(frozen=True)
class Line:
    """The pieces on one baseline, from the left to the right."""

    pieces: tuple[Piece, ...]

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


@dataclass(frozen=True)
class Script:
    """How the lines of a page are read: whether from the right by default, and which brackets have to be turned."""

    arabic: bool
    mirrored: frozenset[str]

    def text(self, piece: Piece, *, after_arabic: bool = False) -> str:
        """The piece in the order in which it is read; `after_arabic`: it goes on a paragraph with Arabic words."""
        if self.from_right(piece, after_arabic=after_arabic):
            return logical_order(piece.units, after_arabic=after_arabic, mirrored=self.mirrored)
        if piece.arabic:
            return mixed_order(piece.units, mirrored=self.mirrored)
        return "".join(map(composed, piece.units))

    def from_right(self, piece: Piece, *, after_arabic: bool = False) -> bool:
        """Whether the piece is read from the right."""
        if not piece.arabic:
            return after_arabic
        return self.arabic or piece.arabic > piece.latin


def lines_of(page: Page) -> list[Line]:
    """The lines of a page from the top to the bottom."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(page.glyphs, key=lambda glyph: (-glyph.y, glyph.x0)):
        for y, size, row in reversed(rows[-4:]):
            if abs(y - glyph.y) < _SAME_LINE * max(size, glyph.size):
                row.append(glyph)
                break
        else:
            rows.append((glyph.y, glyph.size, [glyph]))
    return [Line(pieces) for y, _, row in rows if (pieces := _pieces(row, y, page))]


def script_of(lines: Sequence[Line]) -> Script:
    """The script of a page, from all its lines."""
    pieces = [piece for line in lines for piece in line.pieces]
    arabic = sum(piece.arabic for piece in pieces) >= sum(piece.latin for piece in pieces)
    as_stated = Script(arabic, frozenset())
    text = " ".join(as_stated.text(piece) for piece in pieces if as_stated.from_right(piece))
    votes = {pair: brackets_fit(text, pair[::-1]) - brackets_fit(text, pair) for pair in PAIRS}
    usual = sum(votes.values()) >= 0  # for a pair that tells nothing by itself
    return Script(arabic, frozenset("".join(pair for pair, vote in votes.items() if vote > 0 or (vote == 0 and usual))))


def _pieces(row: list[Glyph], y: float, page: Page) -> tuple[Piece, ...]:
    row = _with_marks(sorted(row, key=_place))
    seen = [glyph for glyph in row if glyph.text.strip()]
    gaps: list[float] = []
    reach = seen[0].x0 if seen else 0.0
    for glyph in seen:
        gaps.append(glyph.x0 - reach)
        reach = max(reach, glyph.x1)
    groups: list[list[Glyph]] = []
    wide = _wide_gap(gaps, seen)
    for glyph, gap in zip(seen, gaps, strict=True):
        if not groups or gap > wide or _ruled(glyph.x0 - gap, glyph.x0, y, page):
            groups.append([])
        groups[-1].append(glyph)
    groups = _with_points(groups)
    spaces = [glyph for glyph in row if not glyph.text.strip()]
    return tuple(_piece(group, spaces, y) for group in groups)


def _with_points(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """The point or the number of a list item, which stands apart, joined to its item: at the left or, in Arabic, at the right."""
    if len(groups) == 2:
        for own, other in ((0, 1), (1, 0)):
            if _POINT.fullmatch("".join(glyph.text for glyph in groups[own])) and len(groups[other]) > 3:
                return [groups[0] + groups[1]]
    return groups


def _place(glyph: Glyph) -> tuple[float, float]:
    """Where a glyph is met from the left; a part of a ligature that has no width stands left of the part that has."""
    return (glyph.x0 - (0.05 * glyph.size if glyph.x1 - glyph.x0 < 0.01 * glyph.size else 0.0), glyph.x1)


def _wide_gap(gaps: Sequence[float], glyphs: Sequence[Glyph]) -> float:
    """From which gap on a line is cut: far more than a space, or than the other spaces of a justified line."""
    if not glyphs:
        return 0.0
    size = max(glyph.size for glyph in glyphs)
    spaces = sorted(gap for gap in gaps if gap > _SPACE * size)
    usual = spaces[(len(spaces) - 1) // 2] if len(spaces) > 3 else 0.3 * size
    return min(_CUT * size, max(_WIDE * size, 2.5 * usual))


def _ruled(left: float, right: float, y: float, page: Page) -> bool:
    """Whether an upright rule stands between two glyphs."""
    return (
        any(left - 0.5 <= x <= right + 0.5 and low <= y + 2 <= high for x, low, high in page.upright)
        if right > left
        else False
    )


def _piece(group: list[Glyph], spaces: list[Glyph], y: float) -> Piece:
    units: list[str] = []
    reach, words = group[0].x0, [group[0].x0]
    for glyph in group:
        gap = glyph.x0 - reach
        between = (
            [
                space
                for space in spaces
                if reach - 0.3 * glyph.size <= space.x0 and space.x1 <= glyph.x0 + 0.3 * glyph.size
            ]
            if gap > 0
            else []
        )
        if units and (gap > _SPACE * glyph.size or (between and gap > 0.05 * glyph.size)):
            units.append("\u00a0" if any(space.text in "\u00a0\u202f" for space in between) else " ")
            words.append(glyph.x0)
        units.append(glyph.text)
        reach = max(reach, glyph.x1)
    sizes = sorted(glyph.size for glyph in group)
    letters = [glyph for glyph in group if glyph.text[0].isalnum()] or group
    right = any(kind_of(unit) == "R" for unit in units)
    first = reach - words[-1] if right else (words[1] if len(words) > 1 else reach) - group[0].x0
    bold = sum(glyph.bold for glyph in letters) > 0.9 * len(letters)
    return Piece(tuple(units), group[0].x0, reach, y, sizes[len(sizes) // 2], bold, first)


def _with_marks(row: list[Glyph]) -> list[Glyph]:
    """Vowel marks joined to the letter that they stand over."""
    marks = [glyph for glyph in row if all(_is_mark(character) for character in glyph.text)]
    if not marks:
        return row
    letters = [glyph for glyph in row if glyph not in marks]
    joined = {id(glyph): glyph.text for glyph in letters}
    for mark in marks:
        middle = (mark.x0 + mark.x1) / 2
        below = min(
            (glyph for glyph in letters if ARABIC.search(glyph.text)),
            key=lambda glyph: (
                max(glyph.x0 - middle, middle - glyph.x1, 0.0) + 0.01 * abs((glyph.x0 + glyph.x1) / 2 - middle)
            ),
            default=None,
        )
        if below is not None:
            joined[id(below)] += mark.text
    return [type(glyph)(joined[id(glyph)], glyph.x0, glyph.x1, glyph.y, glyph.size, glyph.bold) for glyph in letters]


def _is_mark(character: str) -> bool:
    return "\u0610" <= character <= "\u061a" or "\u064b" <= character <= "\u065f" or character == "\u0670"
