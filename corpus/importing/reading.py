"""The content of a file as the text of a document: recognise, parse, measure, write, propose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.document import Language
from corpus.glossary import load_glossary
from corpus.importing.blocks import Block, Heading, Paragraph, Parsed
from corpus.importing.inert import inert_heading
from corpus.importing.markdown import plain_text, write_markdown
from corpus.importing.proposals import day_of, is_dateline, language_of, publisher_of, same_line, subjects_of, title_of
from corpus.importing.quality import measure
from corpus.importing.refusal import Refusal, explain_doubt, refused
from corpus.importing.sniffing import recognise
from corpus.importing.values import Doubt, FileFormat, Imported, ImportLimits

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = 5


def read_file(content: bytes, name: str, limits: ImportLimits) -> Imported:
    """The file as an import gives it; in this very process, so only `worker.py` calls it with outside files.

    Raises:
        ImportRefusedError: the file cannot be taken.
    """
    found = recognise(content, name)
    parsed = _parse(found, content, limits)
    parsed = _with_title(parsed, name)
    text = plain_text(parsed.blocks)
    _check_text(text, found, limits)
    return _imported(parsed, text, found, name)


def _parse(found: FileFormat, content: bytes, limits: ImportLimits) -> Parsed:
    if found is FileFormat.PDF:
        from corpus.importing.pdf_file import read_pdf

        return read_pdf(content, limits)
    if found is FileFormat.DOCX:
        from corpus.importing.docx_file import read_docx

        return read_docx(content, limits)
    if found is FileFormat.HTML:
        from corpus.importing.html_page import read_html

        return read_html(content, limits)
    from corpus.importing.text_file import read_markdown, read_text

    return read_markdown(content) if found is FileFormat.MARKDOWN else read_text(content)


def _with_title(parsed: Parsed, name: str) -> Parsed:
    """The title told by the file or by its first heading, and not once more in the text."""
    blocks: Sequence[Block] = parsed.blocks
    top = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if len(top) == 1 and top[0] < _OPENING:  # one heading above all others says it better than the properties of a file
        title, blocks = plain_text(blocks[top[0] : top[0] + 1]), [*blocks[: top[0]], *blocks[top[0] + 1 :]]
    else:
        opening = [1, 0] if len(blocks) > 2 and is_dateline(plain_text(blocks[:1])) else [0]
        told = blocks[opening[0]] if blocks else None
        title = parsed.title or (told.text if isinstance(told, Heading) else "")
        title = inert_heading(title) or title_of(plain_text(blocks[opening[0] : 3]), name)
        for place in opening:
            block = blocks[place] if len(blocks) > 1 else None
            if isinstance(block, Heading | Paragraph) and same_line(inert_heading(block.text), title):
                blocks = [*blocks[:place], *blocks[place + 1 :]]
                break
    return replace(parsed, blocks=tuple(blocks), title=inert_heading(title))


def _check_text(text: str, found: FileFormat, limits: ImportLimits) -> None:
    if not any(map(str.isalnum, text)):
        raise refused(Refusal.NO_TEXT)
    if len(text) > limits.most_characters:
        raise refused(Refusal.TOO_LONG, size=f"{len(text):,}", limit=f"{limits.most_characters:,}")
    reading = measure(text)
    if found is not FileFormat.PDF and reading.reversed:
        raise refused(Refusal.REVERSED)
    if found is not FileFormat.PDF and reading.lost > max(2, 0.01 * reading.characters):
        raise refused(Refusal.BROKEN_FONT)


def _imported(parsed: Parsed, text: str, found: FileFormat, name: str) -> Imported:
    glossary = load_glossary()
    language, sure = language_of(f"{parsed.title}\n{text}")
    published = parsed.published or day_of(f"{parsed.title}\n{text}", name, datetime.now(UTC).date())
    subjects = subjects_of(parsed.title, text, glossary)
    doubts = list(parsed.doubts)
    if not sure:
        doubts.append((Doubt.LANGUAGE_UNSURE, 0))
    if published is None:
        doubts.append((Doubt.NO_DATE, 0))
    return Imported(
        markdown=write_markdown(parsed.blocks, parsed.title),
        title=parsed.title,
        published=published,
        publisher=inert_heading(parsed.publisher) or publisher_of(text, glossary, language),
        language=language,
        topics=subjects.topics,
        provinces=subjects.provinces,
        sectors=subjects.sectors,
        pages=parsed.pages,
        warnings=tuple(explain_doubt(doubt, page, Language.EN) for doubt, page in doubts),
        format=found,
        doubts=tuple(doubts),
        url=parsed.url,
    )
