"""Running headers, footers and page numbers."""

from __future__ import annotations

import pytest

from corpus.importing.pdf_lines import lines_of, script_of
from corpus.importing.pdf_margins import without_margins
from tests.corpus.importing.pages import glyphs, page


def kept(*pages: tuple[tuple[str, float], ...]) -> list[list[str]]:
    """The texts left of pages given as `(text, height)`; every page has two lines of text in its middle."""
    built = [
        page(glyphs("some text", 50, 500), glyphs("more text", 50, 480), *(glyphs(text, 50, y) for text, y in one))
        for one in pages
    ]
    lines = [lines_of(one) for one in built]
    scripts = [script_of(one) for one in lines]
    left = without_margins(lines, [one.height for one in built], scripts)
    return [[script.text(line.pieces[0]) for line in one] for one, script in zip(left, scripts, strict=True)]


TEXT = ["some text", "more text"]


def test_what_is_repeated_in_the_margin_of_pages_is_gone() -> None:
    assert kept((("Header of it", 780),), (("Header of it", 780),)) == [TEXT, TEXT]


def test_what_stands_once_in_the_margin_or_often_in_the_text_stays() -> None:
    assert kept((("Once only", 780),), ()) == [["Once only", *TEXT], TEXT]
    assert kept((("again", 400),), (("again", 400),)) == [[*TEXT, "again"]] * 2


@pytest.mark.parametrize(
    "number",
    [
        "3",
        "- 3 -",
        "3 / 12",
        "Page 3 sur 12",
        "page 3 of 12",
        "iv",
        "3 ةحفص",
        "11/29/25, 6:36 AM",
        "https://example.org/a",
    ],
)
def test_page_numbers_and_what_a_browser_prints_are_gone(number: str) -> None:
    assert kept(((number, 30),)) == [TEXT]


@pytest.mark.parametrize("text", ["3 March", "Page of text", "12 firms"])
def test_a_last_line_of_words_is_no_page_number(text: str) -> None:
    assert kept(((text, 30),)) == [[*TEXT, text]]
