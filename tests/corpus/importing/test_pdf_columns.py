"""Columns of running text."""

from __future__ import annotations

from corpus.importing.pdf_columns import in_reading_order
from corpus.importing.pdf_lines import Line, lines_of, script_of
from tests.corpus.importing.pages import glyphs, page

LEFT, RIGHT = "left column words of text {}", "right column words of text {}"


def parts(*groups: list, upright: tuple = ()) -> list[list[str]]:  # type: ignore[type-arg]
    built = page(*groups, upright=upright)
    lines = lines_of(built)
    script = script_of(lines)

    def text(line: Line) -> str:
        return " + ".join(script.text(piece) for piece in line.pieces)

    return [[text(line) for line in part] for part in in_reading_order(lines, built, script)]


def columns(count: int, left: str = LEFT, right: str = RIGHT, shift: float = 0.0) -> list:  # type: ignore[type-arg]
    return [
        group
        for number in range(count)
        for group in (
            glyphs(left.format(number), 50, 700 - 14 * number),
            glyphs(right.format(number), 260, 700 - shift - 14 * number),
        )
    ]


def test_the_left_column_is_read_before_the_right_even_if_their_lines_are_not_level() -> None:
    for shift in (0.0, 6.0):
        assert parts(*columns(8, shift=shift)) == [
            [LEFT.format(n) for n in range(8)],
            [RIGHT.format(n) for n in range(8)],
        ]


def test_a_line_over_the_whole_width_stands_between_the_columns_above_and_below() -> None:
    heading = glyphs("A heading over the whole width of the page that is long enough to cross", 50, 740)
    assert parts(heading, *columns(9))[0] == ["A heading over the whole width of the page that is long enough to cross"]


def test_arabic_columns_begin_at_the_right() -> None:
    word = "ةملك صن دومعلا اذه يف رطس"
    found = parts(*columns(6, left=word + " ب{}"[:2], right=word + " ا"))
    assert len(found) == 2
    assert found[0][0].startswith("ا")


def test_tables_and_short_pages_are_no_columns() -> None:
    assert len(parts(*columns(8, left="Safi", right="10 %"))) == 1
    assert len(parts(*columns(2))) == 1
    assert len(parts(*columns(8), upright=((225.0, 500.0, 760.0),))) == 1
