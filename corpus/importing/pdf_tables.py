"""Where the lines of a page are a table, and its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.importing.pdf_lines import Line, Piece, Script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.importing.pdf_glyphs import Page

Span = tuple[int, int, bool]


def table_spans(lines: Sequence[Line], page: Page) -> list[Span]:
    """The tables `(first, end, headed)` among the lines, in their order; `headed`: the first row alone is bold."""
    spans: list[Span] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _belongs(lines[start:end], lines[end], page):
            end += 1
        while end > start and len(lines[end - 1].pieces) < 2 and not _within_rules(lines[end - 1], page):
            end -= 1
        rows = lines[start:end]
        if sum(len(line.pieces) > 1 for line in rows) > 1:
            spans.append((start, end, _is_headed(rows)))
        else:
            end = start + 1
        start = max(end, start + 1)
    return spans


def table_rows(lines: Sequence[Line], page: Page, script: Script) -> list[list[str]]:
    """The cells of a table, row by row in the order in which they are read; lines within one ruled cell are joined."""
    columns = _columns(lines)
    ruled = any(lines[-1].y < y < lines[0].y for y, _, _ in page.level)
    rows: list[list[str]] = []
    last: Line | None = None
    for line in lines:
        if last is None or not ruled or not _same_row(last, line, page):
            rows.append([""] * len(columns))
        for piece in reversed(line.pieces) if script.arabic else line.pieces:
            column = max(range(len(columns)), key=lambda index: _overlap(columns[index], piece))
            rows[-1][column] = f"{rows[-1][column]} {script.text(piece)}".strip()
        last = line
    return [row[::-1] for row in rows] if script.arabic else rows


def _belongs(rows: Sequence[Line], line: Line, page: Page) -> bool:
    """Whether a line goes on the rows above: as many pieces side by side at the same places, or inside the same rules."""
    if not rows:
        return len(line.pieces) > 1 or _within_rules(line, page)
    if rows[-1].y - line.y > 4 * max(line.size, rows[-1].size):
        return False
    if len(line.pieces) > 1 and max(len(row.pieces) for row in rows) > 1:
        columns = _columns(rows)
        return all(sum(_overlap(column, piece) > 0 for column in columns) <= 1 for piece in line.pieces) and (
            abs(len(line.pieces) - len(columns)) <= max(1, len(columns) // 2)
        )
    return len(line.pieces) > 1 or _within_rules(line, page)


def _within_rules(line: Line, page: Page) -> bool:
    """Whether a line stands in a ruled cell that is not the whole width: rules on both of its sides and one elsewhere."""
    beside = {round(x) for x, low, high in page.upright if low <= line.y + 2 <= high}
    return len(beside) > 2 and min(beside) <= line.pieces[0].x0 + 1 and max(beside) >= line.pieces[-1].x1 - 1


def _same_row(upper: Line, lower: Line, page: Page) -> bool:
    """Whether no level rule stands between two lines of a ruled table; without rules each line is a row."""
    if not _within_rules(lower, page) or not _within_rules(upper, page):
        return False
    return not any(
        lower.y + 0.5 * lower.size < y < upper.y for y, left, right in page.level if right - left > 2 * lower.size
    )


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The places of the columns, from the lines with the most pieces."""
    most = max(len(line.pieces) for line in lines)
    spans = sorted((piece.x0, piece.x1) for line in lines if len(line.pieces) == most for piece in line.pieces)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _overlap(column: tuple[float, float], piece: Piece) -> float:
    return min(column[1], piece.x1) - max(column[0], piece.x0)


def _is_headed(rows: Sequence[Line]) -> bool:
    """Whether the first row is set in bold and the others are not."""
    bold = [all(piece.bold for piece in line.pieces) for line in rows]
    return bold[0] and not all(bold[1:])
