"""A zipped office file, looked at before anything unpacks it: bombs, entities and endless nesting are refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from corpus.importing.refusal import Refusal, refused

MOST_PARTS = 3_000
MOST_DEPTH = 200
_MOST_XML = 40_000_000
_PACKAGE = "_rels/.rels"
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(re.escape(_STRICT) + rb"(\w+)/(?!2006)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_archive(content: bytes, most_unpacked: int) -> None:
    """Nothing if the archive can be read.

    Raises:
        ImportRefusedError: it unpacks to more than `most_unpacked` bytes, declares entities, nests without end, is encrypted
            or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked:
                raise refused(Refusal.HOSTILE, found="zip-bomb")
            if any(part.flag_bits & 1 for part in parts):
                raise refused(Refusal.ENCRYPTED)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_xml(part.file_size, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise refused(Refusal.DAMAGED) from error


def as_transitional(content: bytes) -> bytes:
    """The archive with the names of the strict variant of Office Open XML (ISO/IEC 29500-1) as every other program writes them.

    Word saves so under "Strict Open XML Document"; the elements are the same, their namespaces are others. Call it after
    `check_archive`.

    Raises:
        ImportRefusedError: it is such an archive, and damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _PACKAGE not in archive.namelist() or _STRICT not in archive.read(_PACKAGE):
                return content
            parts = {part.filename: archive.read(part) for part in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise refused(Refusal.DAMAGED) from error
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for name, part in parts.items():
            written.writestr(name, _STRICT_NAME.sub(_TRANSITIONAL, part) if name.endswith((".xml", ".rels")) else part)
    return stream.getvalue()


def _check_xml(size: int, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if size > _MOST_XML:
        raise refused(Refusal.HOSTILE, found="zip-bomb")
    xml = archive.read(part)
    if _DECLARED.search(xml.replace(b"\x00", b"")):
        raise refused(Refusal.HOSTILE, found="entities")
    _check_depth(xml)


def _check_depth(xml: bytes) -> None:
    depth = 0

    def opened(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise refused(Refusal.HOSTILE, found="nesting")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise refused(Refusal.DAMAGED) from error
