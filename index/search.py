"""Searching: from a question to the sections that may answer it."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus import Language, Passage
from corpus.glossary import SCOPES_ELSEWHERE
from corpus.outside import ABOUT_ELSEWHERE, OutsideKind
from index.arabizi import Arabizi
from index.fusion import coverage, fuse, join_cosines, join_versions, read_wording
from index.hit import SearchHit
from index.homophones import Homophones
from index.index_vectors import IndexVectors
from index.language_words import LanguageWords
from index.lexical import LexicalIndex, tokenise
from index.sections import Sections
from index.spelling import DICTIONARIES, Spelling, word_list
from index.word_likeness import SectionWords, WordLikeness
from index.word_odds import WordOdds, fit_word_odds
from index.word_space import fit_word_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from corpus.glossary import Glossary
    from index.encoder import Encoder
    from index.word_space import WordSpace

CANDIDATES = 200
CACHED_QUESTIONS = 512
FEW_EXAMPLES = 8


@dataclass(frozen=True)
class _Found:
    """Candidate rows with their raw signals, all of shape (candidates,)."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    statement_cosines: NDArray[np.float32]
    asked_cosines: NDArray[np.float32]
    coverages: NDArray[np.float32]


class SearchIndex:
    """One opened snapshot; safe to search from several threads."""

    def __init__(
        self,
        passages: tuple[Passage, ...],
        vectors: IndexVectors,
        lexical: LexicalIndex,
        encoder: Encoder,
        glossary: Glossary,
        snapshot_id: str,
    ) -> None:
        self.passages = passages
        self.vectors = vectors
        self.lexical = lexical
        self.snapshot_id = snapshot_id
        self.glossary = glossary
        self.sections = Sections(passages, glossary)
        self._encoder = encoder
        self._questions: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._words_of: dict[str, SectionWords] = {}
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Work out beforehand what the first questions would wait for: words, terms and figures of the sections."""
        sections = self.sections
        for name in DICTIONARIES:
            word_list(name)
        _ = (
            self.spelling,
            self.arabizi,
            self.homophones,
            self.language_words,
            self.word_space,
            self.word_odds,
            self._rows,
            self._section_of,
            sections.holders,
            sections.heading_terms,
            sections.heading_words,
        )
        _ = (sections.figures, sections.originals(self.passages[0]) if self.passages else None)

    @cached_property
    def spelling(self) -> Spelling:
        """The words of the passages and of the glossary, to put a question's slips right."""
        names = (form for term in self.glossary.terms for form in term.forms)
        return Spelling(self._written(), names, self._examples())

    @cached_property
    def arabizi(self) -> Arabizi:
        """The Arabic words of the passages by how they sound, for questions in Darija in Latin letters."""
        return Arabizi((*self._written(), *self._examples()))

    @cached_property
    def homophones(self) -> Homophones:
        """The Chinese characters of the passages by how they sound, for slips of those who type by sound."""
        return Homophones(self._written(), self.vectors.outside.texts, self._examples())

    @cached_property
    def language_words(self) -> LanguageWords:
        """The words that people ask with in each language, from the first questions of each passage: enough to tell them apart."""
        return LanguageWords((p.language, question) for p in self.passages for question in p.asked[:FEW_EXAMPLES])

    @cached_property
    def word_space(self) -> WordSpace:
        """The words of the passages as vectors, those of the same subject near each other."""
        return fit_word_space(self.lexical, [passage.section_id for passage in self.passages])

    @cached_property
    def word_odds(self) -> WordOdds:
        """How much likelier each word is in the passages than in questions that no document answers."""
        outside = self.vectors.outside
        told_apart = (kind != OutsideKind.PREMISE for kind in outside.kinds)
        texts = itertools.compress(outside.texts, told_apart)
        return fit_word_odds(self.lexical.frequencies, [tokenise(text) for text in texts])

    def word_likeness(self, words: NDArray[np.float32], section: str) -> WordLikeness:
        """How far a section holds the words of a question, given as vectors of the word space, and the other way round."""
        known = self._words_of.get(section)
        if known is None:
            known = self._words_of[section] = SectionWords(
                tuple(self.sections.versions[section].values()), self.word_space
            )
        return known.likeness(words)

    def _written(self) -> Iterator[str]:
        return (passage.search_text for passage in self.passages)

    def _examples(self) -> Iterator[str]:
        """What people ask for the passages."""
        return (question for passage in self.passages for question in passage.asked)

    def search(self, question: str, language: Language, most: int = 10) -> list[SearchHit]:
        """The best sections for a question, best first.

        Args:
            question: a question that is not empty.
            language: the asker's; decides which version of a section is shown.
            most: how many sections at most.
        """
        vector = self._embed(question)
        wording = read_wording(question, self.glossary.find(question))
        coverages = coverage(wording, self.lexical)
        by_words = np.argsort(-coverages, kind="stable")[:CANDIDATES].astype(np.int64)
        asked = self.vectors.asked.nearest(vector)
        by_asked = np.argsort(-asked, kind="stable")[:CANDIDATES].astype(np.int64)
        near = self.vectors.passages.nearest(vector, CANDIDATES)
        rows = self._with_versions(np.unique(np.concatenate([near, by_asked, by_words])))
        found = _Found(
            rows,
            self.vectors.passages.cosines(vector, rows),
            self.vectors.statements.nearest(vector)[rows],
            asked[rows],
            coverages[rows],
        )
        return self._rank(vector, found, language, most)

    def nearest_outside(self, question: str, *, other: bool = False) -> tuple[str, float]:
        """The kind and cosine of the nearest question that no document answers; an empty kind and 0 if none is known.

        A question that names a place at home and none elsewhere is not held against those about other places.

        Args:
            question: a question that is not empty.
            other: leave out the question itself, if it is one of them.
        """
        scopes = {term.scope for term in self.glossary.find(question) if term.kind == "place"}
        without = ABOUT_ELSEWHERE if scopes and not scopes & SCOPES_ELSEWHERE else ()
        return self.vectors.outside.nearest(self._embed(question), other=other, without=without)

    def answerable(self, question: str) -> float:
        """How far a question lies on the side of those that documents answer, 0 halfway to those that none does."""
        return self.vectors.discriminant.value(self._embed(question))

    def project_questions(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The encoder's vectors of questions as this index compares them: unit vectors without the language, shape as given."""
        return self.vectors.projection.queries(vectors)

    def nearest_sections(self, vectors: NDArray[np.float32]) -> list[tuple[str, float]]:
        """For each projected question the section whose questions it lies nearest to, and its cosine."""
        names = list(self.vectors.prototypes)
        if not names:
            return [("", 0.0)] * len(vectors)
        cosines = vectors @ np.stack([self.vectors.prototypes[name] for name in names]).T
        best = cosines.argmax(axis=1)
        return [(names[column], float(cosines[row, column])) for row, column in enumerate(best)]

    def statement_cosines(self, question: str, passage: Passage) -> NDArray[np.float32]:
        """The cosine of the question with each statement of one of the index's passages, in their order."""
        return self.vectors.statements.of(self._rows[passage.id]).dot(self._embed(question))

    def project(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Raw vectors of passages or statements, shape (texts, dimension), made comparable with those of this index."""
        return self.vectors.projection.passages(vectors)

    def question_likeness(self, question: str, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of a question that is not empty with each of the projected vectors."""
        return np.asarray(vectors @ self._embed(question))

    def passage_likeness(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of a projected vector with each passage, in the order of `passages`."""
        return self.vectors.passages.cosines(vector, np.arange(len(self.passages)))

    def statement_likeness(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of a projected vector with the nearest statement of each passage, in the order of `passages`."""
        return self.vectors.statements.nearest(vector)

    def statement_vectors(self, passage: Passage) -> NDArray[np.float32]:
        """The projected vectors of the statements of one of the index's passages, in their order."""
        return self.vectors.statements.of(self._rows[passage.id]).floats()

    def _with_versions(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows with those of the same sections in the other languages."""
        return np.flatnonzero(np.isin(self._section_of, self._section_of[rows]))

    @cached_property
    def _section_of(self) -> NDArray[np.int64]:
        """The number of the section of each row."""
        number = {section: i for i, section in enumerate(self.sections.versions)}
        return np.array([number[passage.section_id] for passage in self.passages], dtype=np.int64)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {passage.id: row for row, passage in enumerate(self.passages)}

    def _rank(self, vector: NDArray[np.float32], found_rows: _Found, language: Language, most: int) -> list[SearchHit]:
        order = np.argsort(self._section_of[found_rows.rows], kind="stable")  # versions of a section together
        rows, coverages = found_rows.rows[order], found_rows.coverages[order]
        own, stated = found_rows.cosines[order], found_rows.statement_cosines[order]
        cosines = join_cosines(own, stated)
        asked = np.where(found_rows.asked_cosines[order] > -1, found_rows.asked_cosines[order], cosines)
        starts = np.flatnonzero(np.diff(self._section_of[rows], prepend=-1))
        ends = np.append(starts[1:], len(rows))
        sizes = (ends - starts).astype(np.float32)
        by_passage = fuse(join_cosines(cosines, asked), coverages)
        best = [start + int(by_passage[start:end].argmax()) for start, end in zip(starts, ends, strict=True)]
        means = np.asarray(np.add.reduceat(cosines, starts) / sizes, dtype=np.float32)
        asked_best = np.maximum.reduceat(asked, starts)
        asked_means = np.asarray(np.add.reduceat(asked, starts) / sizes, dtype=np.float32)
        joined = join_cosines(join_versions(cosines[best], means), join_versions(asked_best, asked_means))
        scores = fuse(joined, coverages[best])
        by_cosine, by_coverage = _ranks(joined), _ranks(coverages[best])
        return [
            SearchHit(
                passage=self.sections.versions[found.section_id].get(language, found),
                found=found,
                score=float(scores[section]),
                cosine=float(own[best[section]]),
                statement_cosine=float(stated[best[section]]),
                mean_cosine=float(means[section]),
                asked_cosine=float(asked_best[section]),
                mean_asked_cosine=float(asked_means[section]),
                prototype_cosine=float(self.vectors.prototypes[found.section_id] @ vector),
                coverage=float(coverages[best[section]]),
                vector_rank=int(by_cosine[section]),
                lexical_rank=int(by_coverage[section]) if coverages[best[section]] > 0 else 0,
            )
            for section in np.argsort(-scores, kind="stable")[:most]
            if (found := self.passages[rows[best[section]]])
        ]

    def _embed(self, question: str) -> NDArray[np.float32]:
        with self._lock:
            if question in self._questions:
                self._questions.move_to_end(question)
                return self._questions[question]
        vector = np.asarray(self.vectors.projection.queries(self._encoder.encode_queries([question]))[0])
        with self._lock:
            self._questions[question] = vector
            if len(self._questions) > CACHED_QUESTIONS:
                self._questions.popitem(last=False)
        return vector


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """The place of each value, from 1 for the highest."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks
