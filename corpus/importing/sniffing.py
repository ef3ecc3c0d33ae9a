"""What a file is: by its content, and only then by its name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from corpus.importing.refusal import Refusal, refused
from corpus.importing.values import FileFormat

_ENDINGS = {
    ".pdf": FileFormat.PDF, ".docx": FileFormat.DOCX, ".html": FileFormat.HTML, ".htm": FileFormat.HTML,
    ".xhtml": FileFormat.HTML, ".md": FileFormat.MARKDOWN, ".markdown": FileFormat.MARKDOWN, ".txt": FileFormat.TEXT,
    ".text": FileFormat.TEXT,
}  # fmt: skip
_STARTS = (
    (b"{\\rtf", "rtf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"),
    (b"II*\x00", "picture"), (b"MM\x00*", "picture"), (b"RIFF", "picture"), (b"MZ", "program"), (b"\x7fELF", "program"),
    (b"\x1f\x8b", "archive"), (b"7z\xbc\xaf", "archive"), (b"Rar!", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"),
)  # fmt: skip
_PACKAGES = (("word/", "docx"), ("xl/", "spreadsheet"), ("ppt/", "slides"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|main|article|section|div|p|h1|h2|meta|title|table|ul|span|br)\b[^<>]*>", re.I
)
_MAIL = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version:", re.I)
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def recognise(content: bytes, name: str) -> FileFormat:
    """The format of a file.

    Raises:
        ImportRefusedError: it is empty, of a kind that is not read, encrypted, or something else than its name says.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refused(Refusal.EMPTY)
    ending = PurePath(name).suffix.lower()
    expected = _ENDINGS.get(ending)
    found = _found(content, expected)
    if expected and found != expected:
        raise refused(Refusal.MISNAMED, name=PurePath(name).name[-80:], found=found)
    if found not in set(FileFormat):
        raise refused(Refusal.UNSUPPORTED, found=found)
    return FileFormat(found)


def _found(content: bytes, expected: FileFormat | None) -> str:
    """A format, or the name in `words.yaml` of a kind that cannot be read."""
    if b"%PDF-" in content[:1024]:
        return FileFormat.PDF
    if content.startswith(b"PK"):
        return _package(content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refused(Refusal.ENCRYPTED)
        return "old-office"
    for start, kind in _STARTS:
        if content.startswith(start) and (kind != "picture" or b"\x00" in content[:512]):
            return kind
    if _MAIL.match(content[:4096]):
        return "mail"
    return _kind_of_text(content, expected)


def _kind_of_text(content: bytes, expected: FileFormat | None) -> str:
    head = content[:4096]
    wide = head.startswith(_BOMS) or _is_wide(head)
    if b"\x00" in head and not wide:
        return "binary"
    plain = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _PAGE.match(plain):
        return FileFormat.HTML
    if expected is FileFormat.HTML or expected is None:
        whole = content if not wide else content.replace(b"\x00", b"")
        if len(_TAG.findall(whole[:200_000])) >= (1 if expected else 3):
            return FileFormat.HTML
    return FileFormat.MARKDOWN if expected is FileFormat.MARKDOWN else FileFormat.TEXT


def _is_wide(head: bytes) -> bool:
    """Whether every second byte is mostly zero, or the high byte of Arabic: UTF-16 without its mark."""
    even, odd = head[::2], head[1::2]
    return any(len(half) > 8 and sum(byte in {0, 6} for byte in half) > 0.7 * len(half) for half in (even, odd))


def _package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refused(Refusal.DAMAGED) from error
    if "[Content_Types].xml" in names:
        for start, kind in _PACKAGES:
            if any(name.startswith(start) for name in names):
                return kind
    if "META-INF/container.xml" in names:
        return "epub"
    return "opendocument" if "mimetype" in names else "archive"
