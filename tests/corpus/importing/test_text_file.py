"""Plain text and Markdown."""

from __future__ import annotations

import pytest

from corpus import ImportRefusedError
from corpus.importing.text_file import read_markdown, read_text
from corpus.importing.values import Doubt
from tests.corpus.importing.arabic_release import BLOCKS
from tests.corpus.importing.files import read, shown

LINE = "A line that is as long as lines are when a program wraps them,"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        (f"{LINE}\n{LINE}\nend.\n\nNext.", [f"{LINE} {LINE} end.", "Next."]),
        ("Le CRI\nAvenue X\nSafi\n\nTexte.", ["Le CRI\nAvenue X\nSafi", "Texte."]),
        ("List:\n\n- a\n- b\n  goes on\n\n1. c\n2) d", ["List:", "- a", "- b goes on", "1. c", "2. d"]),
        ("• واحد\n• اثنان", ["- واحد", "- اثنان"]),
        ("* a\n    * b", ["- a", "  " * 2 + "- b"]),
        ("## Heading\nText <b>stays</b>", ["## Heading", "Text stays"]),
        ("a | b\nc", ["a | b", "c"]),
    ],
)
def test_a_plain_text_is_cut_where_its_author_cut_it(text: str, expected: list[str]) -> None:
    assert shown(read_text(text.encode()).blocks) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\n## H {#cap .unknown}\nText", ["# T", "## H", "Text"]),
        ("## H ##\n### Deeper\nx", ["## H", "### Deeper", "x"]),
        ("Title\n=====\n\nPart\n----\nText", ["# Title", "## Part", "Text"]),
        ("A **bold** and _soft_ word, a_b_c and 2*3*4", ["A bold and soft word, a_b_c and 2*3*4"]),
        ("[site](https://example.org/a_(b)) [x](javascript:alert(1))", ["site (https://example.org/a_(b)) x"]),
        ("![p](https://spy.example/a.png) text", ["text"]),
        ("Text<!-- note\nmore -->\n\n<!-- open", ["Text", "open"]),
        ("| A | B |\n|---|:-:|\n| 1 | **2** |\n| 3 | 4 |", ["= A | B", "| 1 | 2", "| 3 | 4"]),
        ("| 1 | 2 |\n| 3 | 4 |", ["| 1 | 2", "| 3 | 4"]),
        ("\\# no heading \\*", ["# no heading *"]),
        ("> quoted", ["quoted"]),
    ],
)  # fmt: skip
def test_markdown_gives_its_structure_and_no_markup(text: str, expected: list[str]) -> None:
    assert shown(read_markdown(text.encode()).blocks) == expected


def test_of_a_link_around_a_picture_nothing_is_left() -> None:
    read_ = read_markdown(
        b"[![Build](https://x.example/b.svg)](https://x.example/ci) [](https://x.example) Thirteen firms came."
    )
    assert shown(read_.blocks) == ["Thirteen firms came."]


def test_pictures_of_a_markdown_are_told() -> None:
    assert read_markdown(b"![a](b.png)\n\nText").doubts == ((Doubt.PICTURES_LEFT_OUT, 0),)


@pytest.mark.parametrize(
    "content", [b"---\ntitle: x\n---\nText", b"\xef\xbb\xbf---\r\ntitle: x\r\ntopics:\r\n  - a\r\n---"]
)
def test_a_document_is_not_imported_again(content: bytes) -> None:
    for reader in (read_text, read_markdown):
        with pytest.raises(ImportRefusedError) as error:
            reader(content)
        assert error.value.reason == "is-document"


def test_rules_at_the_start_are_no_front_matter() -> None:
    assert shown(read_markdown(b"---\n\nText").blocks)[-1] == "Text"
    assert "---" not in read(b"---\ntext without a colon\n---\nmore", "a.txt").markdown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_the_arabic_release_comes_word_for_word(encoding: str) -> None:
    text = "\n\n".join(f"- {text}" if kind == "li" else text for kind, text in BLOCKS)
    imported = read(text.encode(encoding), "بلاغ.txt")
    assert all(block in imported.title + imported.markdown for _, block in BLOCKS)
    assert (imported.language, str(imported.published)) == ("ar", "2025-03-12")
