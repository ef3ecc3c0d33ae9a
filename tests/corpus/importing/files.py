"""Small files of every format for the tests, made on the spot: Word documents, archives, PDFs byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx

from corpus.importing.blocks import Block, Heading, ListItem, Paragraph, Table
from corpus.importing.reading import read_file
from corpus.importing.values import Imported, ImportLimits

PDFS = Path(__file__).parent / "pdf"
LIMITS = ImportLimits()


def read(content: bytes, name: str, **limits: Any) -> Imported:
    """The file as it is imported, in this process."""
    return read_file(content, name, ImportLimits(**limits))


def pdf(name: str) -> bytes:
    return (PDFS / f"{name}.pdf").read_bytes()


def word(write: Callable[[Any], object]) -> bytes:
    """A Word document that `write` fills."""
    document = docx.Document()
    write(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The archive with some parts changed, added, or (None) left out; `word__document_xml` names `word/document.xml`."""
    changed = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            part = changed.get(name, old.read(name) if name in old.namelist() else None)
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of numbered objects with a true table of places."""
    content, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, len(content))
    return content + table + trailer


def stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(body), extra, body)


def shown(blocks: Sequence[Block]) -> list[str]:
    """The blocks in short: `# heading`, `- item`, `1. item`, `a | b` for each row, a paragraph as it is."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines.append(f"{'#' * block.level} {block.text}")
        elif isinstance(block, ListItem):
            lines.append(f"{'  ' * block.depth}{f'{block.number}.' if block.number else '-'} {block.text}")
        elif isinstance(block, Table):
            lines.extend(
                ("= " if block.headed and not row else "| ") + " | ".join(cells) for row, cells in enumerate(block.rows)
            )
        elif isinstance(block, Paragraph):
            lines.append(block.text)
    return lines
