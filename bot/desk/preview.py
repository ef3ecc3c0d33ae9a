"""What publishing a draft would do: how it is cut and cited, what is wrong, what it repeats, contradicts and answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from bot.answer import Answer, Citation
from bot.composing import cite
from bot.desk.comparing import Comparison, Conflict, Duplicate
from bot.desk.draft_findings import draft_findings
from bot.desk.overlay import overlay
from bot.desk.replacing import Replacement, replacements
from bot.desk.trial import Trials
from bot.desk.unanswered import nearest_questions, now_answered
from corpus import Document, Finding, Language, Passage, Section
from corpus.splitting import split_into_passages
from corpus.text import split_statements, word_count

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.assistant import Assistant
    from bot.desk.drafts import Draft, Drafts
    from bot.journal import AskedQuestion
    from index import SearchIndex

Embed = Callable[[Sequence[str]], "dict[str, NDArray[np.float32]]"]


@dataclass(frozen=True)
class PreviewSection:
    """A section as it would be found and cited.

    Attributes:
        line: where it starts in the draft.
        passages: how many passages it makes; a section is one.
        citation: what a reader would see of it, its first statement quoted.
        citation_text: the same in words.
    """

    anchor: str
    heading: str
    text: str
    line: int
    words: int
    passages: int
    citation: Citation
    citation_text: str


@dataclass(frozen=True)
class Preview:
    """What publishing a draft would do.

    Attributes:
        sections: none where the draft cannot be read or removes its document.
        findings: all of the draft and of the other languages of its document, in the order of files and lines.
        replacements: documents that the draft makes old, with what to do.
        now_answered: questions of visitors that had no answer and would have one.
    """

    sections: tuple[PreviewSection, ...] = ()
    findings: tuple[Finding, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    now_answered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """One question answered from what is published, and from the same with the draft in place."""

    today: Answer
    with_draft: Answer


class Previews:
    """Looks at drafts without publishing anything; safe to call from several threads.

    Args:
        drafts: where the drafts are.
        documents: the folder of documents.
        get_index: returns what is answered from today.
        today: answers from it.
        embed: the raw vectors of texts as passages, by text.
        trials: where drafts are tried.
        unanswered: the questions of visitors that had no answer, the newest first.
    """

    def __init__(
        self,
        drafts: Drafts,
        documents: Path,
        get_index: Callable[[], SearchIndex],
        today: Assistant,
        embed: Embed,
        trials: Trials,
        unanswered: Callable[[], Sequence[AskedQuestion]] = tuple,
    ) -> None:
        self._drafts = drafts
        self._documents = documents
        self._get_index = get_index
        self._today = today
        self._embed = embed
        self._trials = trials
        self._unanswered = unanswered

    def preview(self, draft: Draft) -> Preview:
        """All of it.

        Raises:
            CharterError: the index or the model cannot be used.
        """
        documents, found = overlay([draft], self._documents)
        document = _document_of(draft, documents, self._documents)
        findings = draft_findings(draft, document, found, self._drafts)
        if document is None:
            return Preview(findings=findings)
        index, passages = self._get_index(), _passages(document)
        vectors = self._embed(_texts(passages))
        compared = Comparison(index, vectors).compare(passages)
        return Preview(
            tuple(map(_section, document.sections, passages)),
            findings,
            compared.duplicates,
            compared.conflicts,
            replacements(compared, document, index),
            self._now_answered(
                draft, document, index.project(np.stack([vectors[one.search_text] for one in passages]))
            ),
        )

    def try_question(self, draft: Draft, question: str, language: Language) -> Tried:
        """Today's answer beside the one with the draft in place; both are the same where the draft cannot be read.

        Raises:
            CharterError: the index or the model cannot be used.
        """
        today = self._today.ask(question, page_language=language)
        with self._trials.assistant([draft]) as assistant:
            return Tried(today, assistant.ask(question, page_language=language))

    def _now_answered(self, draft: Draft, document: Document, vectors: NDArray[np.float32]) -> tuple[str, ...]:
        index, today = self._get_index(), self._today
        near = nearest_questions(self._unanswered(), vectors, index)
        if not near or not document.in_force(date.today()):
            return ()
        with self._trials.assistant([draft]) as assistant:
            return now_answered(near, document.slug, today, assistant)


def _texts(passages: Sequence[Passage]) -> list[str]:
    """The passages and their statements, as an index embeds them."""
    texts = [passage.search_text for passage in passages]
    return texts + [statement.text for passage in passages for statement in split_statements(passage.text)]


def _document_of(draft: Draft, documents: Sequence[Document], folder: Path) -> Document | None:
    return next((one for one in documents if one.path == folder / draft.path and not draft.remove), None)


def _passages(document: Document) -> list[Passage]:
    """One for each section, whether or not the document is in force."""
    return split_into_passages([replace(document, valid_from=None, valid_to=None, superseded_by="")], date.today())


def _section(section: Section, passage: Passage) -> PreviewSection:
    statements = split_statements(section.body)
    citation = cite(1, passage, [statements[0].text] if statements else [])
    where = [citation.title, citation.publisher, citation.published.isoformat(), citation.source_title, citation.url]
    said = f"{citation.quote} — {citation.section}. {', '.join(part for part in where if part)}"
    words = word_count(section.body)
    return PreviewSection(section.anchor, section.heading, section.body, section.line, words, 1, citation, said)
