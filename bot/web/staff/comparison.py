"""Two texts side by side, line by line, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_LINES = 3000  # beyond it the comparison would take too long; the texts are shown whole
KEPT_AROUND = 2  # equal lines that stay around a difference


@dataclass(frozen=True)
class ComparedRow:
    """Lines that stand beside each other; `skipped` equal lines were left out here."""

    left: str = ""
    right: str = ""
    differs: bool = False
    skipped: int = 0


def compare_texts(left: str, right: str) -> list[ComparedRow]:
    """The rows, long equal stretches cut to a few lines."""
    a, b = left.splitlines(), right.splitlines()
    if len(a) + len(b) > MOST_LINES:
        return [ComparedRow(left, right, left != right)]
    rows: list[ComparedRow] = []
    for kind, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            rows.extend(_equal(a[a_start:a_end]))
        else:
            rows.append(ComparedRow("\n".join(a[a_start:a_end]), "\n".join(b[b_start:b_end]), True))
    return rows


def _equal(lines: list[str]) -> Iterator[ComparedRow]:
    if len(lines) <= 2 * KEPT_AROUND + 1:
        shown = "\n".join(lines)
        yield ComparedRow(shown, shown)
        return
    first, last = "\n".join(lines[:KEPT_AROUND]), "\n".join(lines[-KEPT_AROUND:])
    yield ComparedRow(first, first)
    yield ComparedRow(skipped=len(lines) - 2 * KEPT_AROUND)
    yield ComparedRow(last, last)
