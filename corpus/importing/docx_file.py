"""Word documents (DOCX): headings, paragraphs, lists and tables of the body; what stands in headers and footers is left out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from corpus.importing.archive import as_transitional, check_archive
from corpus.importing.blocks import Block, Heading, ListItem, Paragraph, Parsed
from corpus.importing.docx_paragraph import BOLD_HEADING, ParagraphReader, name_of, qualified, value_of
from corpus.importing.refusal import Refusal, refused
from corpus.importing.tables import is_caption, table_blocks
from corpus.importing.values import Doubt, ImportLimits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError)
_MACROS = b"macroEnabled"
_MOST_BOLD = 0.4


def read_docx(content: bytes, limits: ImportLimits) -> Parsed:
    """The body of a Word document.

    Raises:
        ImportRefusedError: it is damaged, hostile, encrypted, holds macros, or nothing but pictures.
    """
    check_archive(content, limits.most_unpacked)
    content = as_transitional(content)
    _refuse_macros(content)
    document = _open(content)
    body = document.element.body
    reader = ParagraphReader(document)
    blocks = _titled(_real_headings(list(_blocks(body, reader))))
    pictures = next(body.iter("{*}blip", "{*}imagedata"), None) is not None
    if not blocks and pictures:
        raise refused(Refusal.SCAN)
    return Parsed(
        tuple(blocks), pages=_pages(content), doubts=tuple((doubt, 0) for doubt in _doubts(body, document, pictures))
    )


def _refuse_macros(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _MACROS in archive.read("[Content_Types].xml"):
            raise refused(Refusal.UNSUPPORTED, found="macros")


def _open(content: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
    except (
        OpcError,
        LxmlError,
        LookupError,
        ValueError,
        AttributeError,
        TypeError,
        OSError,
        EOFError,
        *_BROKEN,
    ) as error:
        raise refused(Refusal.DAMAGED) from error
    if body is None:
        raise refused(Refusal.DAMAGED)
    return document


def _blocks(parent: Any, reader: ParagraphReader) -> Iterator[Block]:
    """The blocks below an element, those of content controls and inserted parts included; a table of contents is left out."""
    above = ""
    for element in parent:
        name = name_of(element)
        if name == "p":
            blocks = reader.read(element)
            yield from blocks
            above = blocks[-1].text if blocks and isinstance(blocks[-1], Paragraph) else ""
        elif name == "tbl":
            caption = above if is_caption(above) else ""
            yield from table_blocks(_rows(element, reader), heads=_heads(element), caption=caption)
            above = ""
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"} and not _is_contents(element):
            yield from _blocks(element, reader)


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{qualified('sdtPr')}//{qualified('docPartGallery')}")
    return gallery is not None and "contents" in gallery.get(qualified("val"), "").lower()


def _rows(table: Any, reader: ParagraphReader) -> list[list[str]]:
    """The text of each cell; a merged cell stands in every column and row that it covers."""
    rows: list[list[str]] = []
    for row in _own(table, "tr"):
        cells: list[str] = []
        for cell in _own(row, "tc"):
            properties = cell.find(qualified("tcPr"))
            merged = None if properties is None else properties.find(qualified("vMerge"))
            if merged is not None and merged.get(qualified("val")) != "restart" and rows and len(cells) < len(rows[-1]):
                text = rows[-1][len(cells)]
            else:
                text = " ".join(filter(None, map(_text_of, _blocks(cell, reader))))
            width = value_of(properties, "gridSpan")
            cells.extend([text] * (min(int(width), 60) if width.isdigit() else 1))
        rows.append(cells)
    return rows


def _own(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those within content controls included."""
    for child in parent:
        if name_of(child) == name:
            yield child
        elif name_of(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _own(child, name)


def _text_of(block: Block) -> str:
    if isinstance(block, Heading | Paragraph | ListItem):
        return block.text.replace("\n", " ")
    return "; ".join(", ".join(filter(None, row)) for row in block.rows)


def _heads(table: Any) -> int:
    """How many first rows are marked to be repeated on each page."""
    marked = [row.find(f"{qualified('trPr')}/{qualified('tblHeader')}") is not None for row in _own(table, "tr")]
    return marked.index(False) if False in marked else 0


def _real_headings(blocks: list[Block]) -> list[Block]:
    """Bold lines as headings only where they are few and text follows; else they are paragraphs that are bold."""
    guessed = [block for block in blocks if isinstance(block, Heading) and block.level == BOLD_HEADING]
    many = len(guessed) > max(1, _MOST_BOLD * len(blocks))
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        is_guess = isinstance(block, Heading) and block.level == BOLD_HEADING
        followed = position + 1 < len(blocks) and not isinstance(blocks[position + 1], Heading)
        kept.append(
            Paragraph(block.text) if isinstance(block, Heading) and is_guess and (many or not followed) else block
        )
    return kept


def _titled(blocks: Sequence[Block]) -> list[Block]:
    """A first bold line is the title of a text that has no heading of the first rank."""
    first = blocks[0] if blocks else None
    ranked = [block for block in blocks if isinstance(block, Heading) and block.level < BOLD_HEADING]
    if isinstance(first, Heading) and first.level == BOLD_HEADING and not any(block.level == 1 for block in ranked):
        return [Heading(first.text, 1), *blocks[1:]]
    return list(blocks)


def _doubts(body: Any, document: Any, pictures: bool) -> Iterator[Doubt]:
    if pictures:
        yield Doubt.PICTURES_LEFT_OUT
    if next(body.iter(*map(qualified, ("ins", "del", "moveFrom"))), None) is not None:
        yield Doubt.CHANGES_TRACKED
    if (
        next(body.iter(*map(qualified, ("footnoteReference", "endnoteReference", "commentReference"))), None)
        is not None
    ):
        yield Doubt.NOTES_LEFT_OUT
    if next(body.iter(qualified("ffData")), None) is not None:
        yield Doubt.FIELDS_LEFT_OUT


def _pages(content: bytes) -> int:
    """As many pages as the program that saved the file counted, else 1."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            counted = re.search(rb"<Pages>(\d{1,5})</Pages>", archive.read("docProps/app.xml"))
        except KeyError:
            return 1
    return max(int(counted[1]), 1) if counted else 1
