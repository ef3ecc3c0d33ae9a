"""PDF files: opened and counted by pypdf, read by their glyphs, every page through the gate."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from corpus.importing.blocks import Block, Parsed
from corpus.importing.markdown import plain_text
from corpus.importing.pdf_columns import in_reading_order
from corpus.importing.pdf_glyphs import read_pages, runs_down
from corpus.importing.pdf_lines import lines_of, script_of
from corpus.importing.pdf_margins import without_margins
from corpus.importing.pdf_paragraphs import blocks_of_page, hyphened_start, joined_pages, style_of
from corpus.importing.quality import measure
from corpus.importing.refusal import Refusal, refused
from corpus.importing.values import Doubt, ImportLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.importing.pdf_glyphs import Page

_PICTURE_PAGE = 0.25
_FEWEST_LETTERS = 12


def read_pdf(content: bytes, limits: ImportLimits) -> Parsed:
    """The text of a PDF in reading order.

    Raises:
        ImportRefusedError: it is encrypted, damaged, too long, a scan, or one of its pages cannot be read well.
    """
    pages = _count(content, limits)
    layouts = _layouts(content, pages, limits)
    lines = [lines_of(page) for page in layouts]
    scripts = [script_of(page) for page in lines]
    kept = without_margins(lines, [page.height for page in layouts], scripts)
    style = style_of(kept)
    blocks: list[list[Block]] = []
    doubts: list[tuple[Doubt, int]] = []
    for number, (page, left, script) in enumerate(zip(layouts, kept, scripts, strict=True), 1):
        parts = in_reading_order(left, page, script)
        found = joined_pages([blocks_of_page(part, page, script, style) for part in parts])
        doubts.extend((doubt, number) for doubt in _check_page(found, page, number))
        if len(parts) > 1:
            doubts.append((Doubt.COLUMNS, number))
        if hyphened_start(left, script):
            doubts.append((Doubt.NUMBER_ORDER, number))
        blocks.append(found)
    if not any(blocks):
        raise refused(Refusal.NO_TEXT)
    return Parsed(tuple(joined_pages(blocks)), pages=pages, doubts=tuple(doubts))


def _count(content: bytes, limits: ImportLimits) -> int:
    """How many pages there are, and that they may be read."""
    reader = _open(content)
    try:
        count = len(reader.pages)
    except RecursionError as error:
        raise refused(Refusal.HOSTILE, found="page-loop") from error
    except Exception as error:
        raise refused(Refusal.DAMAGED) from error
    if count > limits.most_pages:
        raise refused(Refusal.TOO_MANY_PAGES, size=f"{count:,}", limit=f"{limits.most_pages:,}")
    if not count:
        raise refused(Refusal.NO_TEXT)
    return count


def _open(content: bytes) -> Any:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refused(Refusal.ENCRYPTED)
    except (
        PyPdfError,
        NotImplementedError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise refused(Refusal.DAMAGED) from error
    return reader


def _layouts(content: bytes, pages: int, limits: ImportLimits) -> list[Page]:
    layouts: list[Page] = []
    glyphs = 0
    for page in read_pages(content):
        layouts.append(page)
        glyphs += len(page.glyphs)
        if len(layouts) > limits.most_pages:
            raise refused(Refusal.TOO_MANY_PAGES, size=f"{len(layouts):,}+", limit=f"{limits.most_pages:,}")
        if glyphs > 1.5 * limits.most_characters:
            raise refused(Refusal.TOO_LONG, size=f"{glyphs:,}+", limit=f"{limits.most_characters:,}")
    if len(layouts) < pages:
        raise refused(Refusal.DAMAGED)
    return layouts


def _check_page(blocks: Sequence[Block], page: Page, number: int) -> list[Doubt]:
    """What a person should look at.

    Raises:
        ImportRefusedError: the page is a picture, or its text is not what its reader sees.
    """
    text = plain_text(blocks)
    letters = sum(map(str.isalnum, text))
    stated = sum(any(map(str.isalnum, glyph.text)) for glyph in page.glyphs)
    lost = sum("\ufffd" in glyph.text for glyph in page.glyphs)
    if max(letters, stated) < _FEWEST_LETTERS and page.pictures > _PICTURE_PAGE:
        raise refused(Refusal.SCAN, page=number)
    if runs_down(page.glyphs):
        raise refused(Refusal.VERTICAL, page=number)
    reading = measure("".join(glyph.text for glyph in page.glyphs if "\ufffd" in glyph.text) + text)
    if reading.reversed:
        raise refused(Refusal.REVERSED, page=number)
    if lost > max(2, 0.01 * len(page.glyphs)) or reading.broken:
        raise refused(Refusal.BROKEN_FONT, page=number)
    doubts = [Doubt.PICTURES_LEFT_OUT] if page.pictures > 0.02 else []
    if not letters:
        doubts.append(Doubt.EMPTY_PAGES)
    if reading.doubtful:
        doubts.append(Doubt.LETTERS_DOUBTFUL)
    return doubts
