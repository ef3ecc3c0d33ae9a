"""One paragraph of a Word document."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.importing.docx_paragraph import ParagraphReader, name_of, qualified
from tests.corpus.importing.files import shown


def read(*paragraphs: Any) -> list[str]:
    reader = ParagraphReader(docx.Document())
    return [line for paragraph in paragraphs for line in shown(reader.read(paragraph))]


def paragraph(xml: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")


TEXT = "<w:r><w:t>text</w:t></w:r>"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("<w:outlineLvl w:val='1'/>", "## text"),
        ("<w:outlineLvl w:val='9'/>", "text"),
        ("<w:pStyle w:val='Heading3'/>", "### text"),
        ("<w:pStyle w:val='Title'/>", "# text"),
        ("<w:pStyle w:val='NoSuchStyle'/>", "text"),
        ("<w:pStyle w:val='ListBullet'/>", "- text"),
        ("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='0'/></w:numPr>", "text"),
    ],
)
def test_the_properties_say_what_a_paragraph_is(properties: str, expected: str) -> None:
    assert read(paragraph(f"<w:pPr>{properties}</w:pPr>{TEXT}")) == [expected]


def test_headings_stand_below_a_title() -> None:
    title, heading = (paragraph(f"<w:pPr><w:pStyle w:val='{name}'/></w:pPr>{TEXT}") for name in ("Title", "Heading1"))
    assert read(title, heading) == ["# text", "## text"]
    assert read(heading) == ["# text"]


def test_numbers_count_on_within_a_list() -> None:
    item = "<w:pPr><w:pStyle w:val='ListNumber'/></w:pPr>" + TEXT
    assert read(paragraph(item), paragraph(TEXT), paragraph(item)) == ["1. text", "text", "2. text"]


def test_a_line_that_is_bold_in_part_or_ends_like_a_sentence_is_no_heading() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>"
    assert read(paragraph(bold)) == [f"{'#' * 9} bold"]
    assert read(paragraph(bold + TEXT)) == ["boldtext"]
    assert read(paragraph(bold.replace("<w:b/>", "<w:b w:val='0'/>"))) == ["bold"]
    assert read(paragraph(bold.replace(">bold<", ">bold.<"))) == ["bold."]


def test_empty_paragraphs_are_nothing() -> None:
    assert read(paragraph(""), paragraph("<w:r><w:t> </w:t></w:r>")) == []
    assert (name_of(paragraph("")), qualified("p")[-2:]) == ("p", "}p")
