"""From the content of a file to the text of a document."""

from __future__ import annotations

import pytest

from corpus import ImportRefusedError
from corpus.importing.values import Doubt, FileFormat
from tests.corpus.importing.files import read, word


def test_the_title_is_not_said_twice() -> None:
    imported = read(b"# Une visite\n\nLe centre de la ville est ouvert pour tous.", "a.md")
    assert (imported.title, imported.markdown) == ("Une visite", "Le centre de la ville est ouvert pour tous.")
    assert read(b"Une visite\n\nLe centre de la ville.", "a.txt").markdown == "Le centre de la ville."
    assert read(b"Une seule ligne.", "a.txt").markdown == "Une seule ligne."


def test_several_first_headings_stay_sections() -> None:
    imported = read(b"# A heading\n\nOne of the texts.\n\n# Another one\n\nTwo of the texts.", "a.md")
    assert imported.markdown.count("## ") == 1
    assert "## Another one {#another-one}" in imported.markdown


def test_a_line_above_the_title_stays_in_the_text() -> None:
    imported = read(b"Letter of the office\n\n# The title\n\nThe text of the letter.", "a.md")
    assert imported.title == "The title"
    assert "Letter of the office" in imported.markdown


@pytest.mark.parametrize(
    ("dateline", "title", "text"),
    [
        ("Marrakech, le 12 novembre 2026", "Le CRI ouvre une zone", "Le centre ouvre une zone de 120 hectares à Safi."),
        ("مراكش، 12 نونبر 2026", "المركز يعلن عن منطقة صناعية", "أعلن المركز عن افتتاح منطقة صناعية في آسفي."),
    ],
)
def test_a_dateline_is_no_title_and_stays_in_the_text(dateline: str, title: str, text: str) -> None:
    imported = read(f"{dateline}\n\n{title}\n\n{text}".encode(), "a.txt")
    assert (imported.title, str(imported.published)) == (title, "2026-11-12")
    assert imported.markdown == f"{dateline}\n\n{text}"
    assert read(f"{dateline}\n\n{text}".encode(), "a.txt").markdown == text


def test_what_could_not_be_found_is_told() -> None:
    imported = read(b"xyz 123", "a.txt")
    assert imported.published is None
    assert {doubt for doubt, _ in imported.doubts} == {Doubt.LANGUAGE_UNSURE, Doubt.NO_DATE}
    assert len(imported.warnings) == 2
    assert imported.format is FileFormat.TEXT


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"... --- ...", "a.txt", "no-text"),
        (b"word " * 100_000, "a.txt", "too-long"),
        ("هذه في على من المغرب درهم ".encode() * 3 + "؟".encode(), "a.txt", None),
        ("ةيبرغملا برغملا يف ىلع نم مهرد ةكلمملا".encode(), "a.txt", "reversed"),
        ("نص \ufffd\ufffd\ufffd\ufffd في".encode(), "a.txt", "broken-font"),
        (word(lambda document: None), "a.docx", "no-text"),
    ],
)
def test_the_text_of_every_format_goes_through_the_gate(content: bytes, name: str, reason: str | None) -> None:
    if reason is None:
        assert read(content, name).language == "ar"
        return
    with pytest.raises(ImportRefusedError) as error:
        read(content, name)
    assert error.value.reason == reason
