"""Word documents."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus import ImportRefusedError
from corpus.importing.docx_file import read_docx
from corpus.importing.values import Doubt
from tests.corpus.importing.arabic_release import BLOCKS, TABLE
from tests.corpus.importing.files import LIMITS, part_of, read, repacked, shown, word

TEXT = "Les entreprises de la province de Safi qui investissent au moins 50 millions de dirhams peuvent demander une prime."


def blocks(write: Any) -> list[str]:
    return shown(read_docx(word(write), LIMITS).blocks)


def reason(content: bytes) -> str:
    with pytest.raises(ImportRefusedError) as error:
        read_docx(content, LIMITS)
    return error.value.reason


def guide(document: Any) -> None:
    document.add_heading("Les aides à Safi", 0)
    document.add_paragraph("Safi, le 3 mars 2025")
    document.add_heading("Qui peut demander ?", 1)
    document.add_paragraph(TEXT)
    for text in ("premier point", "second point"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Comment ?", 2)
    for text in ("déposer", "attendre"):
        document.add_paragraph(text, style="List Number")


def test_headings_lists_and_paragraphs_keep_their_rank_and_order() -> None:
    assert blocks(guide) == [
        "# Les aides à Safi", "Safi, le 3 mars 2025", "## Qui peut demander ?", TEXT, "- premier point", "- second point",
        "### Comment ?", "1. déposer", "2. attendre",
    ]  # fmt: skip


def test_the_whole_import_of_a_guide() -> None:
    imported = read(word(guide), "guide.docx")
    assert (imported.title, str(imported.published), imported.language) == ("Les aides à Safi", "2025-03-03", "fr")
    assert imported.provinces == ("safi",)
    assert "## Qui peut demander ? {#qui-peut-demander}\n\nLes entreprises" in imported.markdown


def arabic(document: Any) -> None:
    for kind, text in BLOCKS:
        if kind in {"h1", "h2"}:
            document.add_heading(text, int(kind[1]) - 1)
        else:
            document.add_paragraph(text, style="List Bullet" if kind == "li" else None)
    table = document.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def test_an_arabic_document_comes_word_for_word() -> None:
    imported = read(word(arabic), "بلاغ.docx")
    assert imported.language == "ar"
    assert all(text in imported.title + imported.markdown for _, text in BLOCKS)
    assert "- الإقليم: الرحامنة؛ الفئة: B؛ نسبة المنحة: 15%" in imported.markdown


def test_bold_lines_are_headings_where_they_are_few() -> None:
    def write(document: Any) -> None:
        for text, bold in (
            ("Communiqué", True),
            (TEXT, False),
            ("Contact", True),
            (TEXT, False),
            ("Note.", True),
            (TEXT, False),
        ):
            document.add_paragraph().add_run(text).bold = bold

    assert blocks(write) == ["# Communiqué", TEXT, f"{'#' * 9} Contact", TEXT, "Note.", TEXT]


def test_a_text_that_is_bold_throughout_has_no_headings() -> None:
    def write(document: Any) -> None:
        for text in ("Une ligne", "Deux lignes", "Trois lignes"):
            document.add_paragraph().add_run(text).bold = True

    assert blocks(write)[1:] == ["Deux lignes", "Trois lignes"]


def test_a_table_has_its_header_and_merged_cells_stand_everywhere() -> None:
    def write(document: Any) -> None:
        table = document.add_table(rows=4, cols=3)
        for cell, text in zip(
            [c for row in table.rows for c in row.cells],
            ["Province", "Catégorie", "Taux", "Safi", "A", "10 %", "Rehamna", "B", "15 %", "Total", "", "25 %"],
            strict=True,
        ):
            cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 0).merge(table.cell(3, 1))

    assert blocks(write) == [
        "= Province | Catégorie | Taux",
        "| Safi Rehamna | A | 10 %",
        "| Safi Rehamna | B | 15 %",
        "| Total | Total | 25 %",
    ]


def test_marked_header_rows_are_joined() -> None:
    def write(document: Any) -> None:
        table = document.add_table(rows=3, cols=2)
        for cell, text in zip(
            [c for row in table.rows for c in row.cells], ["Taux 2025", "Taux 2025", "A", "B", "10", "15"], strict=True
        ):
            cell.text = text
        for row in table.rows[:2]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    assert blocks(write) == ["= Taux 2025 – A | Taux 2025 – B", "| 10 | 15"]


def test_a_box_of_one_cell_is_text() -> None:
    def write(document: Any) -> None:
        document.add_table(rows=1, cols=1).cell(0, 0).text = "Encadré"

    assert blocks(write) == ["Encadré"]


RUN = "<w:r><w:t>text </w:t></w:r>"
CONTENTS = "<w:docPartGallery w:val='Table of Contents'/>"


def with_xml(xml: str) -> bytes:
    def write(document: Any) -> None:
        document.element.body.insert(0, parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))

    return word(write)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<w:p>{RUN}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{RUN}</w:ins></w:p>", ["text text"]),
        (f"<w:sdt><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>", ["text"]),
        (
            f"<w:sdt><w:sdtPr><w:docPartObj>{CONTENTS}</w:docPartObj></w:sdtPr><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>",
            [],
        ),
        (
            f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{RUN}<w:r><w:br/><w:t>below</w:t></w:r></w:p>",
            ["text \nbelow"],
        ),
        (
            f"<w:p><w:fldSimple w:instr='DATE'>{RUN}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
            ["text"],
        ),
        ("<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", ["a-b c"]),
        (f"<w:p><w:r><w:pict><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></w:pict></w:r></w:p>", ["text"]),
        ("<w:p><w:r><w:t>• typed point</w:t></w:r></w:p>", ["- typed point"]),
    ],
)
def test_what_word_wraps_text_in(xml: str, expected: list[str]) -> None:
    assert shown(read_docx(with_xml(xml), LIMITS).blocks) == expected


def test_a_link_shows_its_address_and_only_a_web_address() -> None:
    def write(document: Any) -> None:
        for target in ("https://example.org/x", "javascript:alert(1)", "file:///etc/passwd"):
            paragraph = document.add_paragraph("voir ")
            identity = document.part.relate_to(
                target,
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                is_external=True,
            )
            link = parse_xml(f"<w:hyperlink {nsdecls('w', 'r')}><w:r><w:t>ici</w:t></w:r></w:hyperlink>")
            link.set(qn("r:id"), identity)
            paragraph._p.append(link)

    assert blocks(write) == ["voir ici (https://example.org/x)", "voir ici", "voir ici"]


def test_what_was_left_out_is_told() -> None:
    def write(document: Any) -> None:
        document.add_paragraph(TEXT).add_run().add_picture(io.BytesIO(picture()))
        document.element.body.insert(
            0,
            parse_xml(
                f"<w:p {nsdecls('w')}><w:ins><w:r><w:t>x</w:t></w:r></w:ins><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
            ),
        )

    assert read_docx(word(write), LIMITS).doubts == (
        (Doubt.PICTURES_LEFT_OUT, 0),
        (Doubt.CHANGES_TRACKED, 0),
        (Doubt.NOTES_LEFT_OUT, 0),
    )


def test_headers_and_footers_are_left_out() -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "En-tête"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.add_paragraph(TEXT)

    assert blocks(write) == [TEXT]


def test_a_document_of_pictures_is_a_scan() -> None:
    assert (
        reason(word(lambda document: document.add_paragraph().add_run().add_picture(io.BytesIO(picture())))) == "scan"
    )


def picture() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


PLAIN = word(lambda document: document.add_paragraph(TEXT))
XML = part_of(PLAIN, "word/document.xml")
TORN = bytearray(PLAIN)
_thumbnail = PLAIN.index(b"docProps/thumbnail.jpeg") + len(b"docProps/thumbnail.jpeg")
TORN[_thumbnail + 40 : _thumbnail + 60] = b"\xff" * 20


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PLAIN[:2000], "damaged"),
        (repacked(PLAIN, word__document_xml=b"<not closed"), "damaged"),
        (repacked(PLAIN, word__document_xml=None), "damaged"),
        (bytes(TORN), "damaged"),
        (repacked(PLAIN, word__document_xml=b'<!DOCTYPE a [<!ENTITY b "bb">]>' + XML.split(b"?>", 1)[1]), "hostile"),
        (repacked(PLAIN, word__document_xml=b"<a>" * 5000 + b"</a>" * 5000), "hostile"),
        (repacked(PLAIN, word__big=b"\0" * (LIMITS.most_unpacked + 1)), "hostile"),
        (repacked(PLAIN, **{f"word__n{number}": b"" for number in range(3100)}), "hostile"),
    ],
    ids=["cut", "not XML", "no body", "a torn picture", "entities", "nested", "bomb", "many parts"],
)
def test_a_damaged_or_hostile_document_is_refused(content: bytes, expected: str) -> None:
    assert reason(content) == expected


def test_a_strict_document_is_read_as_any_other() -> None:
    usual = word(guide)
    names = (b"http://schemas.openxmlformats.org/", b"/2006/")
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for space in (b"wordprocessingml", b"officeDocument", b"drawingml"):
        strict = b"http://purl.oclc.org/ooxml/" + space + b"/"
        parts = {name: part.replace(names[0] + space + names[1], strict) for name, part in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert b"schemas.openxmlformats.org/wordprocessingml" not in parts["word/document.xml"]
    assert shown(read_docx(stream.getvalue(), LIMITS).blocks) == shown(read_docx(usual, LIMITS).blocks)


def test_macros_and_passwords_are_refused() -> None:
    types = part_of(PLAIN, "[Content_Types].xml").replace(b"wordprocessingml.document.main", b"macroEnabled.main")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, types if name == "[Content_Types].xml" else old.read(name))
    assert reason(stream.getvalue()) == "unsupported"
    locked = bytearray(PLAIN)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = locked.find(mark)
        while start >= 0:
            locked[start + place] |= 1
            start = locked.find(mark, start + 4)
    assert reason(bytes(locked)) == "encrypted"


def test_the_pages_are_those_that_word_counted() -> None:
    counted = part_of(PLAIN, "docProps/app.xml").replace(b"<Pages>1</Pages>", b"<Pages>7</Pages>")
    assert read_docx(repacked(PLAIN, docProps__app_xml=counted), LIMITS).pages == 7
    assert read_docx(repacked(PLAIN, docProps__app_xml=b"<Properties/>"), LIMITS).pages == 1
