"""What a file is."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus import ImportRefusedError
from corpus.importing.sniffing import recognise
from corpus.importing.values import FileFormat
from tests.corpus.importing.files import pdf, word

DOCX = word(lambda document: document.add_paragraph("text"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (DOCX, "a.docx", FileFormat.DOCX),
        (DOCX, "upload", FileFormat.DOCX),
        (pdf("forms-dejavu"), "A.PDF", FileFormat.PDF),
        (b"\n\n%PDF-1.4", "x", FileFormat.PDF),
        (b"<!DOCTYPE html><html>", "a.htm", FileFormat.HTML),
        (b"\xef\xbb\xbf <html><p>x", "page.aspx", FileFormat.HTML),
        ("<html><p>x".encode("utf-16"), "page.html", FileFormat.HTML),
        (b"<div><p>one</p><p>two</p></div>", "page.php", FileFormat.HTML),
        (b"<p>only a part</p>", "part.html", FileFormat.HTML),
        (b"plain", "a.txt", FileFormat.TEXT),
        (b"# T", "a.md", FileFormat.MARKDOWN),
        (b"<div align=center>x</div>\n# T", "a.md", FileFormat.MARKDOWN),
        ("نص".encode("utf-16"), "a.txt", FileFormat.TEXT),
        ("نص عربي طويل بعض الشيء".encode("utf-16-le"), "a.txt", FileFormat.TEXT),
        (b"BM is a mark", "a.txt", FileFormat.TEXT),
        (b"plain", "pasted", FileFormat.TEXT),
    ],
)
def test_a_file_is_recognised_by_its_content(content: bytes, name: str, expected: FileFormat) -> None:
    assert recognise(content, name) is expected


@pytest.mark.parametrize(
    ("content", "name", "reason", "found"),
    [
        (b"", "a.txt", "empty", None),
        (b"\xef\xbb\xbf \n", "a.txt", "empty", None),
        (b"%PDF-1.7", "a.txt", "misnamed", "pdf"),
        (DOCX, "a.pdf", "misnamed", "docx"),
        (b"just words", "a.pdf", "misnamed", "text"),
        (b"just words", "a.html", "misnamed", "text"),
        (b"<!doctype html><html>", "a.txt", "misnamed", "html"),
        (OLE + b"x" * 600, "a.doc", "unsupported", "old-office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted", None),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "unsupported", "spreadsheet"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "unsupported", "slides"),
        (archive("mimetype", "content.xml"), "a.odt", "unsupported", "opendocument"),
        (archive("mimetype", "META-INF/container.xml"), "a.epub", "unsupported", "epub"),
        (archive("a.txt"), "a.zip", "unsupported", "archive"),
        (archive("a.txt"), "a.docx", "misnamed", "archive"),
        (b"PK\x03\x04broken", "a.docx", "damaged", None),
        (b"{\\rtf1 text}", "a.rtf", "unsupported", "rtf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "scan.png", "unsupported", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10", "scan.pdf", "misnamed", "picture"),
        (b"MZ\x90\x00", "a.exe", "unsupported", "program"),
        (b"\x1f\x8b\x08\x00", "a.gz", "unsupported", "archive"),
        (b"From: a\r\nSubject: b\r\nMIME-Version: 1.0\r\n\r\n<html>", "a.mht", "unsupported", "mail"),
        (b"\x00\x01\x02\x03\xf0\xf1" * 50, "a.bin", "unsupported", "binary"),
        (b"\x00\x01\x02\x03\xf0\xf1" * 50, "a.txt", "misnamed", "binary"),
    ],
)
def test_what_is_not_what_it_says_or_is_not_read_is_refused(
    content: bytes, name: str, reason: str, found: str | None
) -> None:
    with pytest.raises(ImportRefusedError) as error:
        recognise(content, name)
    assert (error.value.reason, error.value.details.get("found")) == (reason, found)
