"""What a draft repeats and what it contradicts: near-duplicates, and the same measure stated with another figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bot.desk.measures import Measure, read_said
from bot.desk.replacing import parameters_stated
from bot.desk.subjects import Statement, Subject, likeness, speaks_of_the_same
from corpus import Language, Passage
from corpus.text import HAN, split_statements, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index import SearchIndex

DIGIT = re.compile(r"\d")
SHINGLE_WORDS = 4
SHINGLE_CHARACTERS = 8
REPEATED = 0.5
FEWEST_SHINGLES = 8
ALIKE = 0.86
ALIKE_IN_TRANSLATION = 0.8
ALIKE_WITH_FIGURES = 0.7
FEWEST_SHARED_FIGURES = 2
NEAREST_PASSAGES = 15
MOST_DUPLICATES = 10
SAME = 0.4
NEAR = 0.6
SURE = 0.595
AGREES = 0.2


@dataclass(frozen=True)
class Duplicate:
    """A section of another document that says what a section of the draft says.

    Attributes:
        anchor: the draft's section.
        similarity: 0 to 1: the share of repeated wording or the likeness in meaning, whichever is higher.
        repeated: the share of the shorter text's wording that stands in the other.
    """

    anchor: str
    section_id: str
    language: Language
    title: str
    heading: str
    similarity: float
    repeated: float
    excerpt: str


@dataclass(frozen=True)
class Conflict:
    """A statement of another document on the same subject with another figure.

    Attributes:
        anchor: the draft's section.
        replaces: whether the draft is the newer one, so that its figure may take the other's place.
        parameters: the figures of the law (`premiums.cap_rate`) that rest on the other section and have the figure that differs.
        certainty: 0 to 1, how alike the two statements are; only for ordering.
    """

    anchor: str
    section_id: str
    language: Language
    title: str
    heading: str
    figures_here: tuple[str, ...]
    figures_there: tuple[str, ...]
    sentence_here: str
    sentence_there: str
    replaces: bool
    parameters: tuple[str, ...] = ()
    certainty: float = 0.0


@dataclass(frozen=True)
class Compared:
    """All that was found, the most alike first."""

    duplicates: tuple[Duplicate, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class Comparison:
    """Compares the sections of one document with those of all others in an index.

    Args:
        index: what is answered from today.
        vectors: the raw vectors of the draft's passages and of their statements, by text.
    """

    def __init__(self, index: SearchIndex, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        self._index = index
        self._vectors = vectors

    def compare(self, passages: Sequence[Passage]) -> Compared:
        """What the passages of a draft repeat and contradict; the document of the same slug is left out."""
        duplicates = [found for passage in passages for found in self._duplicates(passage)]
        conflicts = [found for passage in passages for found in self._conflicts(passage)]
        return Compared(
            tuple(sorted(duplicates, key=lambda one: -one.similarity)[:MOST_DUPLICATES]),
            tuple(sorted(conflicts, key=lambda one: -one.certainty)),
        )

    def _vector(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self._index.project(self._vectors[text][None, :])[0])

    def _duplicates(self, passage: Passage) -> list[Duplicate]:
        cosines = self._index.passage_likeness(self._vector(passage.search_text))
        own = _shingles(passage)
        figures = self._figures(passage)
        best: dict[str, Duplicate] = {}
        for row in np.argsort(-cosines)[: 3 * NEAREST_PASSAGES]:
            other, cosine = self._index.passages[row], float(cosines[row])
            if other.slug == passage.slug:
                continue
            repeated = _repeated(own, _shingles(other))
            shared = figures & self._figures(other)
            same = len(shared) >= FEWEST_SHARED_FIGURES and shared in (figures, self._figures(other))
            foreign = other.language is not passage.language
            enough = ALIKE_WITH_FIGURES if same else ALIKE_IN_TRANSLATION if foreign else ALIKE
            if cosine < enough and repeated < REPEATED:
                continue
            found = Duplicate(
                passage.section_id.partition("#")[2], other.section_id, other.language, other.title, other.heading,
                max(cosine, repeated), repeated, other.text,
            )  # fmt: skip
            known = best.get(other.section_id)
            if not known or (other.language is passage.language, found.similarity) > (
                known.language is passage.language,
                known.similarity,
            ):
                best[other.section_id] = found
        return list(best.values())

    def _figures(self, passage: Passage) -> frozenset[str]:
        said = read_said(passage.text, passage.language, self._index.glossary)
        return frozenset(measure.figure for measure in said.measures)

    def _conflicts(self, passage: Passage) -> list[Conflict]:
        found: list[Conflict] = []
        for here in self._statements(passage):
            if here.said.measures and here.said.plain:
                found.extend(self._contradicted(here))
        return found

    def _statements(self, passage: Passage) -> list[Statement]:
        glossary = self._index.glossary
        subject = Subject.of(passage, glossary)
        return [
            Statement(read_said(statement.text, passage.language, glossary), subject, place, statement.listed)
            for place, statement in enumerate(split_statements(passage.text))
            if DIGIT.search(statement.text)
        ]

    def _contradicted(self, here: Statement) -> list[Conflict]:
        """The statements that say another figure; a figure that one on the same subject says too is not questioned."""
        candidates = self._candidates(here)
        found: list[Conflict] = []
        for mine in here.said.measures:
            pairs = [
                (likeness(here, mine, there, theirs, self._index), cosine, there, theirs)
                for there, cosine in candidates
                for theirs in there.said.measures
                if speaks_of_the_same(here, mine, there, theirs)
            ]
            if any(mine.figure in there.said.figures and like >= AGREES for like, _, there, _ in pairs):
                continue
            for like, cosine, there, theirs in pairs:
                certainty = (like + cosine) / 2
                alike = like >= SAME and cosine >= NEAR and certainty >= SURE
                if alike and there.said.plain and theirs.figure not in here.said.figures:
                    found.append(_conflict(here, mine, there, theirs, certainty))
        return _joined(found)

    def _candidates(self, here: Statement) -> list[tuple[Statement, float]]:
        """The statements with figures of the nearest passages that may speak of the same, each with its cosine."""
        vector = self._vector(here.said.text)
        nearest = self._index.statement_likeness(vector)
        found: list[tuple[Statement, float]] = []
        looked = 0
        for row in np.argsort(-nearest):
            other = self._index.passages[row]
            if other.slug == here.subject.passage.slug or not self._is_to_compare(other, here.said.language):
                continue
            looked += 1
            if looked > NEAREST_PASSAGES:
                break
            cosines = self._index.statement_vectors(other) @ vector
            found += [(there, float(cosines[there.place])) for there in self._statements(other) if there.said.measures]
        return found

    def _is_to_compare(self, other: Passage, language: Language) -> bool:
        """The version in the draft's language; where there is none, the one in the document's original language."""
        versions = self._index.sections.versions[other.section_id]
        return other.language is language or (language not in versions and other.language is other.original_language)


def _conflict(here: Statement, mine: Measure, there: Statement, theirs: Measure, certainty: float) -> Conflict:
    own, other = here.subject.passage, there.subject.passage
    return Conflict(
        own.section_id.partition("#")[2], other.section_id, other.language, other.title, other.heading, (mine.figure,),
        (theirs.figure,), here.said.text, there.said.text, own.as_of > other.as_of,
        parameters_stated(other.section_id, theirs.figure), certainty,
    )  # fmt: skip


def _joined(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """One conflict for each section, of its most alike statement, with all figures that differ."""
    best: dict[str, Conflict] = {}
    for one in sorted(conflicts, key=lambda one: -one.certainty):
        first = best.setdefault(one.section_id, one)
        if first.sentence_there == one.sentence_there:
            best[one.section_id] = replace(
                first,
                figures_here=tuple(dict.fromkeys((*first.figures_here, *one.figures_here))),
                figures_there=tuple(dict.fromkeys((*first.figures_there, *one.figures_there))),
                parameters=tuple(dict.fromkeys((*first.parameters, *one.parameters))),
            )
    return list(best.values())


def _shingles(passage: Passage) -> Counter[str]:
    """Runs of four words, of eight characters in Chinese."""
    runs: Counter[str] = Counter()
    if HAN.search(passage.text):
        joined = "".join(words(passage.text))
        runs.update(joined[i : i + SHINGLE_CHARACTERS] for i in range(len(joined) - SHINGLE_CHARACTERS + 1))
    else:
        sequence = words(passage.text)
        runs.update(" ".join(sequence[i : i + SHINGLE_WORDS]) for i in range(len(sequence) - SHINGLE_WORDS + 1))
    return runs


def _repeated(one: Counter[str], other: Counter[str]) -> float:
    fewest = min(one.total(), other.total())
    return (one & other).total() / fewest if fewest >= FEWEST_SHINGLES else 0.0
