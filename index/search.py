"""Searching: from a question to the sections that may answer it."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus import Kind, Language, Passage
from index.debias import Debias
from index.fusion import coverage, fuse, join_cosines, read_wording
from index.lexical import LexicalIndex
from index.vectors import Statements, VectorIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.glossary import Glossary
    from index.encoder import Encoder

CANDIDATES = 200
CACHED_QUESTIONS = 512


@dataclass(frozen=True)
class SearchHit:
    """A section found, and why: the raw signals are those of its best passage.

    Attributes:
        passage: the version to show: in the asker's language where there is one, else the one that was found.
        found: the version with the best score.
        score: cosine and coverage joined; only for ordering.
        cosine: of the question and the passage, language bias removed, -1 to 1.
        statement_cosine: of the question and the nearest statement of the passage, likewise.
        coverage: the share of the question's words that the passage holds, 0 to 1.
        vector_rank: place of the section by cosine alone, from 1.
        lexical_rank: place of the section by coverage alone, from 1; 0 where no word matches.
    """

    passage: Passage
    found: Passage
    score: float
    cosine: float
    statement_cosine: float
    coverage: float
    vector_rank: int
    lexical_rank: int

    @property
    def section_id(self) -> str:
        return self.found.section_id


@dataclass(frozen=True)
class _Found:
    """Candidate rows with their raw signals, all of shape (candidates,)."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    statement_cosines: NDArray[np.float32]
    coverages: NDArray[np.float32]


class SearchIndex:
    """One opened snapshot; safe to search from several threads."""

    def __init__(
        self,
        passages: tuple[Passage, ...],
        vectors: VectorIndex,
        lexical: LexicalIndex,
        statements: Statements,
        debias: Debias,
        encoder: Encoder,
        glossary: Glossary,
        snapshot_id: str,
    ) -> None:
        self.passages = passages
        self.lexical = lexical
        self.snapshot_id = snapshot_id
        self.glossary = glossary
        self._vectors = vectors
        self._statements = statements
        self._debias = debias
        self._encoder = encoder
        self._questions: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @cached_property
    def versions(self) -> Mapping[str, Mapping[Language, Passage]]:
        """Every section with its passage in each language."""
        versions: dict[str, dict[Language, Passage]] = {}
        for passage in self.passages:
            versions.setdefault(passage.section_id, {})[passage.language] = passage
        return versions

    @cached_property
    def section_terms(self) -> Mapping[str, frozenset[str]]:
        """The ids of the glossary terms that each section holds in whichever language, title and heading included."""
        terms: dict[str, set[str]] = {}
        for passage in self.passages:
            found = self.glossary.find(passage.search_text)
            terms.setdefault(passage.section_id, set()).update(term.id for term in found)
        return {section: frozenset(ids) for section, ids in terms.items()}

    @cached_property
    def holders(self) -> Counter[str]:
        """How many sections hold each glossary term, by its id."""
        return Counter(term for terms in self.section_terms.values() for term in terms)

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
        rows = np.unique(np.concatenate([self._vectors.nearest(vector, CANDIDATES), by_words]))
        found = _Found(
            rows, self._vectors.cosines(vector, rows), self._statements.nearest(vector, rows), coverages[rows]
        )
        return self._rank(found, language, most)

    def statement_cosines(self, question: str, passage: Passage) -> NDArray[np.float32]:
        """The cosine of the question with each statement of one of the index's passages, in their order."""
        return np.asarray(self._statements.of(self._rows[passage.id]) @ self._embed(question))

    def originals(self, passage: Passage) -> list[Passage]:
        """The passages of the release that `passage` summarises: of the same day, and only in its original language."""
        return (
            self._originals.get((passage.published, passage.original_language), []) if self._is_summary(passage) else []
        )

    def _is_summary(self, passage: Passage) -> bool:
        return passage.kind is Kind.PRESS_RELEASE and len(self.versions[passage.section_id]) > 1

    @cached_property
    def _originals(self) -> dict[tuple[date, Language], list[Passage]]:
        found: dict[tuple[date, Language], list[Passage]] = {}
        for versions in self.versions.values():
            if len(versions) == 1:
                (passage,) = versions.values()
                if passage.kind is Kind.PRESS_RELEASE:
                    found.setdefault((passage.published, passage.language), []).append(passage)
        return found

    def document(self, passage: Passage) -> list[Passage]:
        """All passages of a passage's document in its language, in their order."""
        return [other for other in self.passages if other.slug == passage.slug and other.language is passage.language]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {passage.id: row for row, passage in enumerate(self.passages)}

    def _rank(self, found_rows: _Found, language: Language, most: int) -> list[SearchHit]:
        rows, coverages = found_rows.rows, found_rows.coverages
        cosines = join_cosines(found_rows.cosines, found_rows.statement_cosines)
        scores = fuse(cosines, coverages)
        best: dict[str, int] = {}
        for place in np.argsort(-scores, kind="stable"):
            best.setdefault(self.passages[rows[place]].section_id, int(place))
        places = list(best.values())
        by_cosine = _ranks([float(cosines[place]) for place in places])
        by_coverage = _ranks([float(coverages[place]) for place in places])
        hits = []
        for position, place in enumerate(places[:most]):
            found = self.passages[rows[place]]
            hits.append(
                SearchHit(
                    passage=self.versions[found.section_id].get(language, found),
                    found=found,
                    score=float(scores[place]),
                    cosine=float(found_rows.cosines[place]),
                    statement_cosine=float(found_rows.statement_cosines[place]),
                    coverage=float(coverages[place]),
                    vector_rank=by_cosine[position],
                    lexical_rank=by_coverage[position] if coverages[place] > 0 else 0,
                )
            )
        return hits

    def _embed(self, question: str) -> NDArray[np.float32]:
        with self._lock:
            if question in self._questions:
                self._questions.move_to_end(question)
                return self._questions[question]
        vector = np.asarray(self._debias.queries(self._encoder.encode_queries([question]))[0])
        with self._lock:
            self._questions[question] = vector
            if len(self._questions) > CACHED_QUESTIONS:
                self._questions.popitem(last=False)
        return vector


def _ranks(values: list[float]) -> list[int]:
    order = sorted(range(len(values)), key=lambda i: -values[i])
    ranks = [0] * len(values)
    for rank, i in enumerate(order, start=1):
        ranks[i] = rank
    return ranks
