"""The lines of a page as blocks."""

from __future__ import annotations

from corpus.importing.blocks import Block, Paragraph, Table
from corpus.importing.pdf_lines import lines_of, script_of
from corpus.importing.pdf_paragraphs import blocks_of_page, hyphened_start, joined_pages, style_of
from tests.corpus.importing.files import shown
from tests.corpus.importing.pages import glyphs, page

FULL = "a line that is as wide as the column of text"


def blocks(*groups: list) -> list[str]:  # type: ignore[type-arg]
    built = page(*groups)
    lines = lines_of(built)
    return shown(blocks_of_page(lines, built, script_of(lines), style_of([lines])))


def lines(*texts: str, top: float = 700.0, step: float = 14.0, size: float = 10.0, bold: bool = False) -> list:  # type: ignore[type-arg]
    return [glyphs(text, 50, top - step * number, size=size, bold=bold) for number, text in enumerate(texts)]


def test_lines_that_are_full_go_on_and_a_short_one_ends_the_paragraph() -> None:
    assert blocks(*lines(FULL, FULL, "and its end.", FULL, "and another end.")) == [
        f"{FULL} {FULL} and its end.",
        f"{FULL} and another end.",
    ]


def test_a_wide_distance_ends_a_paragraph() -> None:
    assert blocks(*lines(FULL, FULL, FULL), *lines(FULL, top=620)) == [f"{FULL} {FULL} {FULL}", FULL]


def test_larger_or_bold_short_lines_are_headings_by_their_size() -> None:
    found = blocks(
        *lines("Title of it", top=760, size=18),
        *lines("A part", top=730, bold=True),
        *lines(FULL, FULL, FULL, "end of the text."),
    )
    assert found == ["# Title of it", "#### A part", f"{FULL} {FULL} {FULL} end of the text."]


def test_points_and_numbers_begin_items_and_their_lines_go_on() -> None:
    assert blocks(*lines(f"• {FULL[2:]}", "goes on", "1. first", "2) second", "- third")) == [
        f"- {FULL[2:]} goes on",
        "1. first",
        "2. second",
        "- third",
    ]


def test_words_divided_at_the_end_of_a_line() -> None:
    assert blocks(*lines("a word at the end of this line is inves-", "tissement.")) == [
        "a word at the end of this line is investissement."
    ]
    assert blocks(*lines("the answer of a person is then est-", "elle.")) == [
        "the answer of a person is then est-elle."
    ]
    assert blocks(*lines("the region that is named Marrakech-", "Safi.")) == [
        "the region that is named Marrakech-Safi."
    ]
    assert blocks(*lines("the page is at https://example.org/", "charte.")) == [
        "the page is at https://example.org/charte."
    ]


def test_arabic_lines_go_on_where_the_first_word_had_no_room() -> None:
    full = "ةيادبلا يف رطس اذه لماك رطس اذه"
    found = blocks(glyphs(full, 50, 700), glyphs(full, 50, 686), glyphs("ةياهن.", 175, 672))
    assert len(found) == 1
    assert found[0].startswith("هذا سطر كامل")


def test_the_number_of_a_decree_at_the_start_of_a_line_is_put_right_and_such_a_line_is_told() -> None:
    above = glyphs("مقر موسرملا يف رشن ام اذه", 50, 700)
    for seen in ("اذكه 1-23-2", "اذكه 2-23-1"):
        assert blocks(above, glyphs(seen, 120, 686)) == ["هذا ما نشر في المرسوم رقم 2-23-1 هكذا"]
    built = page(above, glyphs("اذكه 22-03", 125, 686))
    assert hyphened_start(lines_of(built), script_of(lines_of(built)))


def test_paragraphs_and_tables_go_on_over_pages() -> None:
    long = "This is a paragraph that is long enough to be cut by the end of the page and"
    first: list[Block] = [Paragraph(long)]
    assert shown(joined_pages([first, [Paragraph("goes on."), Paragraph("Next.")]])) == [f"{long} goes on.", "Next."]
    assert shown(joined_pages([[Paragraph("Ended.")], [Paragraph("Next.")]])) == ["Ended.", "Next."]
    table = Table((("A", "B"), ("1", "2")), headed=True)
    again = Table((("A", "B"), ("3", "4")), headed=True)
    assert shown(joined_pages([[table], [again]])) == ["= A | B", "| 1 | 2", "| 3 | 4"]
    assert shown(joined_pages([[table], [Table((("3", "4"), ("5", "6")), headed=False)]])) == [
        "= A | B",
        "| 1 | 2",
        "| 3 | 4",
        "| 5 | 6",
    ]
    assert joined_pages([]) == []


def test_a_page_without_lines_has_a_style_too() -> None:
    assert style_of([[]]).size == 10.0
    assert blocks() == []
