"""Translating documents: what is missing or out of date, source and translation side by side, and a check of what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk.translation_check import (
    ProblemCode,
    TranslationChecker,
    TranslationProblem,
    check_marks,
    compare_figures,
)
from bot.desk.translation_proposal import Proposal, Proposer
from corpus import CorpusError, Document, Language, Section, TranslationError
from corpus.figures import read_figures
from corpus.loading import Corpus, parse_document, read_corpus
from corpus.text import clean

if TYPE_CHECKING:
    from bot.chat_model import ChatModel
    from corpus.glossary import Glossary


@dataclass(frozen=True)
class MissingSection:
    """A section that a language lacks; `document` and `target` are paths below the folder of documents."""

    document: str
    target: str
    anchor: str
    heading: str
    have: tuple[Language, ...]
    lack: Language


@dataclass(frozen=True)
class OutdatedSection:
    """A section whose translation states other figures than its source.

    Attributes:
        lacking: figures of the source that the translation has not.
        surplus: figures that only the translation has.
        older: whether the translation says by its own day (`as_of`) that it is older than the source.
    """

    document: str
    target: str
    anchor: str
    heading: str
    language: Language
    lacking: tuple[str, ...]
    surplus: tuple[str, ...]
    source_as_of: date
    target_as_of: date

    @property
    def older(self) -> bool:
        return self.target_as_of < self.source_as_of


@dataclass(frozen=True)
class PairedSection:
    """A section of the source beside its translation; `target_text` is empty where there is none yet.

    Attributes:
        terms: official terms of the source, each with its official form in the target language.
        figures: what the translation must state, in canonical form.
    """

    anchor: str
    source_heading: str
    source_text: str
    target_heading: str
    target_text: str
    terms: tuple[tuple[str, str], ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """A document and its translation, section by section; `only_there` are anchors that the source has not."""

    document: str
    target: str
    source_language: Language
    target_language: Language
    source_title: str
    target_title: str
    sections: tuple[PairedSection, ...]
    only_there: tuple[str, ...]


class Translations:
    """The languages of the documents below a folder.

    Args:
        documents: the folder.
        glossary: the official terms.
        chat_model: what may propose translations; none if people write them alone.
        read: reads the documents; from the files, each time, if left out.
        today: the day for which documents must be in force.
    """

    def __init__(
        self,
        documents: Path,
        glossary: Glossary,
        chat_model: ChatModel | None = None,
        *,
        read: Callable[[], Corpus] | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._folder = documents
        self._checker = TranslationChecker(glossary)
        self._proposer = Proposer(chat_model, self._checker) if chat_model else None
        self._read = read or (lambda: read_corpus(documents))
        self._today = today

    @property
    def can_propose(self) -> bool:
        """Whether a chat model is there to propose translations."""
        return self._proposer is not None

    def missing(self) -> list[MissingSection]:
        """Sections that a language lacks; documents that most languages have come first, those in one language last."""
        found: list[tuple[int, MissingSection]] = []
        for source, versions in self._sources():
            anchors = {language: {section.anchor for section in one.sections} for language, one in versions.items()}
            for section in source.sections:
                have = tuple(one for one in Language if section.anchor in anchors.get(one, ()))
                for lack in Language:
                    if lack not in have:
                        target = self._path(source, lack)
                        one = MissingSection(
                            self._path(source), target, section.anchor, section.heading or source.title, have, lack
                        )
                        found.append((-len(versions), one))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def outdated(self) -> list[OutdatedSection]:
        """Sections whose translation states other figures than the source; those that are older by their day first."""
        found = []
        for source, versions in self._sources():
            there = {section.anchor: section for section in source.sections}
            for language, target in versions.items():
                for section in target.sections if target is not source else ():
                    if section.anchor not in there:
                        continue
                    lacking, surplus = compare_figures(there[section.anchor], source.language, section, language)
                    if lacking or surplus:
                        figures = (lacking, surplus, source.as_of, target.as_of)
                        found.append(
                            OutdatedSection(
                                self._path(source),
                                self._path(target),
                                section.anchor,
                                there[section.anchor].heading,
                                language,
                                *figures,
                            )
                        )
        return sorted(found, key=lambda one: (not one.older, one.document, one.language, one.anchor))

    def side_by_side(self, document: str, target_language: Language) -> SideBySide:
        """A document beside its version in another language.

        Args:
            document: the path of the source below the folder, such as `charter/premium-cap/en.md`.
            target_language: the language to translate into.

        Raises:
            TranslationError: there is no such document, or it is in that language already.
        """
        source, target = self._pair(document, target_language)
        there = {section.anchor: section for section in target.sections} if target else {}
        anchors = {section.anchor for section in source.sections}
        return SideBySide(
            document=document,
            target=self._path(source, target_language),
            source_language=source.language,
            target_language=target_language,
            source_title=source.title,
            target_title=target.title if target else "",
            sections=tuple(
                self._paired(section, there.get(section.anchor), source.language, target_language)
                for section in source.sections
            ),
            only_there=tuple(anchor for anchor in there if anchor not in anchors),
        )

    def check(self, document: str, target_language: Language, text: str) -> list[TranslationProblem]:
        """What to repair in a translation before it is published.

        Args:
            document: the path of the source.
            target_language: the language of the text.
            text: the whole file of the translation, as it would be saved.

        Raises:
            TranslationError: there is no such source.
        """
        source, _ = self._pair(document, target_language)
        marks = check_marks(text)
        try:
            target = parse_document(clean(text), self._folder / self._path(source, target_language), self._folder)
        except CorpusError as error:
            unreadable = [
                TranslationProblem(ProblemCode.UNREADABLE, finding.line, (finding.message, finding.repair))
                for finding in error.findings
            ]
            return sorted([*marks, *unreadable], key=lambda problem: problem.line)
        return sorted([*marks, *self._checker.compare(source, target)], key=lambda problem: problem.line)

    def propose(
        self,
        document: str,
        target_language: Language,
        *,
        again: tuple[str, ...] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> Proposal:
        """A first translation by the chat model, to be looked at by a person: keep it as a draft with `proposed=True`.

        What the translation has already stays as it is; each missing section is translated and checked by itself, and left empty
        where its figures do not match those of the source.

        Args:
            document: the path of the source.
            target_language: the language to translate into.
            again: anchors to translate again although there is a text.
            progress: called with (sections done, sections to do).

        Raises:
            TranslationError: no chat model is configured, there is no such source, or no section could be used.
            ChatModelError: the model does not answer.
        """
        if self._proposer is None:
            raise TranslationError(
                "No chat model is configured. Set MITHAQ_CHAT_MODEL__NAME, for example to ollama:llama3.2, or translate by hand."
            )
        source, target = self._pair(document, target_language)
        try:
            text = clean((target or source).path.read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise TranslationError(f"{document} cannot be read. Restore the file.") from error
        path = self._path(source, target_language)
        return self._proposer.propose(source, target, text, target_language, path, again=again, progress=progress)

    def _sources(self) -> list[tuple[Document, dict[Language, Document]]]:
        """Each document in force in its original language, else in the first that there is, with all its versions."""
        today, found = self._today(), []
        for versions in self._read().versions().values():
            first = next(iter(versions.values()))
            source = versions.get(first.original_language, first)
            if source.in_force(today):
                found.append((source, versions))
        return found

    def _pair(self, document: str, target_language: Language) -> tuple[Document, Document | None]:
        for source in self._read().documents:
            if self._path(source) == document:
                break
        else:
            raise TranslationError(f"There is no document {document} that can be read. Go back to the list.")
        if source.language is target_language:
            raise TranslationError(f"{document} is in that language already. Choose another one.")
        return source, self._read().versions()[source.slug].get(target_language)

    def _path(self, document: Document, language: Language | None = None) -> str:
        return f"{document.collection}/{document.slug}/{language or document.language}.md"

    def _paired(
        self, source: Section, target: Section | None, source_language: Language, language: Language
    ) -> PairedSection:
        text = f"{source.heading}\n{source.body}"
        return PairedSection(
            anchor=source.anchor,
            source_heading=source.heading,
            source_text=source.body,
            target_heading=target.heading if target else "",
            target_text=target.body if target else "",
            terms=tuple(
                (term.official(source_language), term.official(language)) for term in self._checker.terms(text)
            ),
            figures=tuple(sorted(read_figures(text, source_language))),
        )
