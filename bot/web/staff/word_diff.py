"""Two texts word by word: what disappears and what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 4_000  # beyond it the comparison would take too long; the texts are marked whole
MOST_LINES = 3_000
KEPT_AROUND = 2  # equal lines that stay around a difference
# A Chinese text has no spaces, so each of its letters is a word.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text that stands in the other one as well, or `differs`."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class DiffRow:
    """Lines beside each other; `skipped` equal lines were left out here."""

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def differs(self) -> bool:
        """Whether the two sides say something else."""
        return any(piece.differs for piece in (*self.left, *self.right))


def diff_words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; put together they are the texts again."""
    a, b = _WORD.findall(left), _WORD.findall(right)
    if len(a) + len(b) > MOST_WORDS:
        differs = left != right
        return _pieces([(left, differs)]), _pieces([(right, differs)])
    ours: list[tuple[str, bool]] = []
    theirs: list[tuple[str, bool]] = []
    for kind, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        # A lone space between two changed words is no common ground: the words read better as one stretch.
        same = kind == "equal" and ("".join(a[a_start:a_end]) != " " or not ours)
        ours.append(("".join(a[a_start:a_end]), not same))
        theirs.append(("".join(b[b_start:b_end]), not same))
    return _pieces(ours), _pieces(theirs)


def diff_lines(left: str, right: str) -> list[DiffRow]:
    """Rows of lines beside each other, words marked within those that changed, long equal stretches cut to a few lines."""
    a, b = left.splitlines(), right.splitlines()
    if len(a) + len(b) > MOST_LINES:
        return [DiffRow(*diff_words(left, right))]
    rows: list[DiffRow] = []
    for kind, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            rows.extend(_equal(a[a_start:a_end]))
        else:
            rows.extend(_changed(a[a_start:a_end], b[b_start:b_end]))
    return rows


def _changed(left: Sequence[str], right: Sequence[str]) -> Iterator[DiffRow]:
    """As many lines on either side are compared one by one, others as a whole."""
    if len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield DiffRow(*diff_words(one, other))
        return
    yield DiffRow(*diff_words("\n".join(left), "\n".join(right)))


def _equal(lines: Sequence[str]) -> Iterator[DiffRow]:
    if len(lines) <= 2 * KEPT_AROUND + 1:
        yield _same(lines)
        return
    yield _same(lines[:KEPT_AROUND])
    yield DiffRow(skipped=len(lines) - 2 * KEPT_AROUND)
    yield _same(lines[-KEPT_AROUND:])


def _same(lines: Sequence[str]) -> DiffRow:
    shown = (Piece("\n".join(lines)),)
    return DiffRow(shown, shown)


def _pieces(parts: Sequence[tuple[str, bool]]) -> tuple[Piece, ...]:
    """Neighbours of one kind joined, empty ones left out."""
    joined: list[Piece] = []
    for text, differs in parts:
        if text and joined and joined[-1].differs == differs:
            joined[-1] = Piece(joined[-1].text + text, differs)
        elif text:
            joined.append(Piece(text, differs))
    return tuple(joined)
