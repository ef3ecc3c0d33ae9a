"""Cutting a document into sections, and sections into passages."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

from corpus.document import Confidence, Document, Passage, Section
from corpus.text import split_sentences, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_WORDS = 160
FEWEST_WORDS = 60
_HEADING = re.compile(r"^##[ \t]+(?P<heading>.*?)[ \t]*(?:\{(?P<marks>[#.][^{}\n]*)\})?[ \t]*$", re.MULTILINE)
HEADING_ANCHOR = re.compile(r"#([a-z0-9]+(?:-[a-z0-9]+)*)")
_CLASS = re.compile(r"\.(official|press|to-confirm|unknown)\b")


def split_into_sections(body: str, *, title: str, first_line: int, confidence: Confidence) -> tuple[Section, ...]:
    """The sections of a document body, in order.

    A section begins at `## heading {#anchor}`; `.press`, `.to-confirm` or `.unknown` beside the anchor states how firmly that
    section alone stands. Text without such headings (a press release as it came) is cut at its paragraphs into parts of 60 to 160
    words, long paragraphs at their sentences. A part without an anchor gets one from its order and a hash of its text.

    Args:
        body: the text below the front matter.
        title: heading of the text that stands before the first `##`.
        first_line: number of the body's first line in its file, for findings.
        confidence: what holds where the heading says nothing else.
    """
    headings = list(_HEADING.finditer(body))
    sections: list[Section] = []
    opening = body[: headings[0].start()] if headings else body
    for part in _cut(opening):
        line = first_line + body[: max(body.find(part.split("\n")[0]), 0)].count("\n")
        sections.append(_section(len(sections), "" if not headings else title, part, "", line, confidence))
    ends = [*(heading.start() for heading in headings[1:]), len(body)][: len(headings)]
    for heading, end in zip(headings, ends, strict=True):
        text = body[heading.end() : end].strip()
        line = first_line + body[: heading.start()].count("\n")
        marks = heading["marks"] or ""
        parts = [text] if HEADING_ANCHOR.search(marks) else _cut(text) or [""]
        for part in parts:
            sections.append(_section(len(sections), heading["heading"], part, marks, line, confidence))
    return tuple(sections)


def split_into_passages(documents: Iterable[Document], day: date) -> list[Passage]:
    """One passage for each section of the documents that are in force on `day`, in their order."""
    return [
        _passage(document, section) for document in documents if document.in_force(day) for section in document.sections
    ]


def _passage(document: Document, section: Section) -> Passage:
    source = document.source_of(section.anchor)
    return Passage(
        section_id=f"{document.slug}#{section.anchor}",
        language=document.language,
        original_language=document.original_language,
        title=document.title,
        heading=section.heading,
        text=section.body,
        kind=document.kind,
        publisher=document.publisher,
        published=document.published,
        as_of=document.as_of,
        url=source.url if source else "",
        source_title=source.title if source else "",
        confidence=section.confidence,
        asked=section.asked,
    )


def _section(order: int, heading: str, text: str, marks: str, line: int, confidence: Confidence) -> Section:
    anchor = HEADING_ANCHOR.search(marks)
    name = anchor[1] if anchor else f"p{order + 1}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    stated = _CLASS.search(marks)
    return Section(name, heading.strip(), text.strip(), line, Confidence(stated[1]) if stated else confidence)


def _cut(text: str) -> list[str]:
    """Paragraphs packed into parts: short ones joined with the next, long ones cut at their sentences."""
    parts: list[str] = []
    pending = ""
    for paragraph in re.split(r"\n\s*\n", text) if "\n\n" in text.strip() else text.splitlines():
        for piece in _pieces(paragraph.strip()):
            joined = f"{pending}\n{piece}".strip()
            if pending and word_count(joined) > MOST_WORDS:
                parts.append(pending)
                joined = piece
            if word_count(joined) < FEWEST_WORDS:
                pending = joined
                continue
            parts.append(joined)
            pending = ""
    if pending:
        if parts and word_count(parts[-1]) + word_count(pending) <= MOST_WORDS:
            parts[-1] = f"{parts[-1]}\n{pending}"
        else:
            parts.append(pending)
    return parts


def _pieces(paragraph: str) -> list[str]:
    if not paragraph:
        return []
    if word_count(paragraph) <= MOST_WORDS:
        return [paragraph]
    pieces: list[str] = []
    for sentence in split_sentences(paragraph):
        if pieces and word_count(pieces[-1]) + word_count(sentence) <= MOST_WORDS:
            pieces[-1] = f"{pieces[-1]} {sentence}"
        else:
            pieces.append(sentence)
    return pieces
