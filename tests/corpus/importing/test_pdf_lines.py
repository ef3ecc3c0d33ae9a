"""Glyphs as lines."""

from __future__ import annotations

from corpus.importing.pdf_glyphs import Glyph, Page
from corpus.importing.pdf_lines import lines_of, script_of
from tests.corpus.importing.pages import glyphs, page


def texts(of: Page) -> list[list[str]]:
    lines = lines_of(of)
    script = script_of(lines)
    return [[script.text(piece) for piece in line.pieces] for line in lines]


def test_glyphs_of_one_baseline_are_a_line_whatever_their_order_and_size() -> None:
    assert texts(
        page(
            glyphs("lower", 50, 600),
            glyphs("word", 80, 700),
            glyphs("first", 50, 700.5),
            glyphs("2", 100.2, 703, size=6),
        )
    ) == [
        ["first word2"],
        ["lower"],
    ]


def test_a_gap_is_a_space_and_a_wide_one_or_a_rule_ends_the_piece() -> None:
    assert texts(page(glyphs("a b", 50, 700), glyphs("far", 120, 700))) == [["a b", "far"]]
    assert texts(page(glyphs("a", 50, 700), glyphs("b", 59, 700), upright=((57, 650, 750),))) == [["a", "b"]]


def test_spaces_of_a_justified_line_do_not_end_it() -> None:
    words = [glyphs("word", 50 + 29 * number, 700) for number in range(6)]
    assert texts(page(*words)) == [["word " * 5 + "word"]]


def test_arabic_is_read_from_the_right_with_its_marks_and_ligatures() -> None:
    assert texts(page(glyphs("ةملك", 50, 700))) == [["كلمة"]]
    mark = Glyph("\u0651", 56.0, 56.0, 702.0, 10.0, False)
    assert texts(page(glyphs("بح", 50, 700), [mark])) == [["ح\u0651ب"]]
    ligature = [
        Glyph("ا", 55.0, 55.0, 700.0, 10.0, False),
        Glyph("ل", 54.9999, 62.0, 700.0, 10.0, False),
        Glyph("س", 62.0, 70.0, 700.0, 10.0, False),
    ]
    assert texts(page(ligature)) == [["سلا"]]


def test_brackets_are_turned_where_the_page_states_them_as_they_look() -> None:
    assert texts(page(glyphs("(ةملك) صن", 50, 700))) == [["نص (كلمة)"]]
    assert texts(page(glyphs(")ةملك( صن", 50, 700))) == [["نص (كلمة)"]]


def test_a_point_that_stands_apart_belongs_to_its_item() -> None:
    assert texts(page(glyphs("•", 50, 700), glyphs("an item", 75, 700))) == [["• an item"]]
    assert texts(page(glyphs("صن دنب", 50, 700), glyphs("•", 110, 700))) == [["• بند نص"]]


def test_bold_and_size_are_those_of_the_letters() -> None:
    piece = lines_of(page(glyphs("Bold", 50, 700, bold=True), glyphs(".", 70, 700)))[0].pieces[0]
    assert piece.bold
    assert (piece.latin, piece.arabic, piece.size) == (4, 0, 10.0)


def test_a_page_without_glyphs_has_no_lines() -> None:
    assert lines_of(page()) == []
    assert script_of([]).arabic
