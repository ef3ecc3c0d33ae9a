"""Tables on a page."""

from __future__ import annotations

from corpus.importing.pdf_lines import lines_of, script_of
from corpus.importing.pdf_tables import table_rows, table_spans
from tests.corpus.importing.pages import glyphs, page

ROWS = (("Province", "Rate"), ("Safi", "10 %"), ("Rehamna", "15 %"))


def grid(rows: tuple[tuple[str, ...], ...], *, bold: bool = False, step: float = 14.0) -> list:  # type: ignore[type-arg]
    return [
        glyphs(cell, 50 + 120 * column, 700 - step * number, bold=bold and not number)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]


def test_rows_side_by_side_are_a_table_and_the_lines_around_are_not() -> None:
    built = page(glyphs("A line above the table", 50, 730), *grid(ROWS), glyphs("A line below the table", 50, 640))
    lines = lines_of(built)
    assert table_spans(lines, built) == [(1, 4, False)]
    assert table_rows(lines[1:4], built, script_of(lines)) == [list(row) for row in ROWS]


def test_a_bold_first_row_is_the_header() -> None:
    built = page(*grid(ROWS, bold=True))
    assert table_spans(lines_of(built), built) == [(0, 3, True)]


def test_arabic_columns_are_read_from_the_right() -> None:
    built = page(*grid((("ةبسنلا", "ميلقإلا"), ("10%", "يفسآ"), ("15%", "ةنماحرلا"))))
    lines = lines_of(built)
    assert table_rows(lines, built, script_of(lines)) == [["الإقليم", "النسبة"], ["آسفي", "10%"], ["الرحامنة", "15%"]]


def test_an_empty_cell_stays_empty() -> None:
    built = page(
        *grid((*ROWS, ("Total", ""), ("Youssoufia", "15 %"))),
        upright=((45, 600, 720), (160, 600, 720), (260, 600, 720)),
    )
    lines = lines_of(built)
    assert table_rows(lines, built, script_of(lines))[3] == ["Total", ""]


def test_the_lines_of_one_ruled_cell_are_joined() -> None:
    rules = tuple((y, 45.0, 260.0) for y in (712.0, 693.0, 665.0))
    built = page(
        *grid((("Name", "Words"), ("Safi", "two lines"), ("", "of words"))),
        upright=((45, 660, 715), (160, 660, 715), (260, 660, 715)),
        level=rules,
    )
    lines = lines_of(built)
    assert table_spans(lines, built) == [(0, 3, False)]
    assert table_rows(lines, built, script_of(lines)) == [["Name", "Words"], ["Safi", "two lines of words"]]


def test_a_single_line_with_a_gap_is_no_table() -> None:
    built = page(*grid((("Left", "right"),)), glyphs("A line below", 50, 650))
    assert table_spans(lines_of(built), built) == []
