"""The vectors of an index, made from those of its texts or taken over from an index of nearly the same passages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus.outside import OutsideKind
from corpus.text import split_statements
from index.cache import PASSAGE, QUERY
from index.discriminant import fit_discriminant
from index.embedded_texts import fit_language_basis, texts_to_embed
from index.index_vectors import IndexVectors
from index.lexical import LexicalIndex
from index.projection import Projection, no_projection
from index.rounding import Rounded
from index.vectors import Outside, PassageParts, VectorIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from corpus import Passage
    from corpus.outside import OutsideQuestion
    from index.cache import RoleText, Shipped

    Vectors = NDArray[np.float32]
    Embed = Callable[[Sequence[RoleText]], Mapping[RoleText, Vectors]]


@dataclass(frozen=True)
class EarlierIndex:
    """An index that was made before: its passages, their vectors and their words, in the same order."""

    passages: Sequence[Passage]
    vectors: IndexVectors
    lexical: LexicalIndex

    def row(self, passage: Passage) -> int | None:
        """Where a passage stands, if it is one of these."""
        return self._rows.get(passage.digest)

    def is_projected_by(self, projection: Projection | None) -> bool:
        """Whether its vectors are those that this projection gives."""
        return projection is not None and projection.version == self.vectors.projection.version

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {passage.digest: row for row, passage in enumerate(self.passages)}


def assemble_words(passages: Sequence[Passage], earlier: EarlierIndex | None = None) -> LexicalIndex:
    """The words of an index: each passage and how people ask for it."""
    texts = ["\n".join((passage.search_text, *passage.asked)) for passage in passages]
    if earlier is None:
        return LexicalIndex.build(texts)
    return LexicalIndex.build(texts, earlier.lexical, [earlier.row(passage) for passage in passages])


def assemble(
    passages: Sequence[Passage],
    outside: Sequence[OutsideQuestion],
    embed: Embed,
    shipped: Shipped,
    earlier: EarlierIndex | None = None,
) -> IndexVectors:
    """The vectors of an index of the passages; the same whether or not there is an earlier one.

    Args:
        passages: what can be found.
        outside: questions that no document answers.
        embed: the raw vectors of texts.
        shipped: what was fitted on the packaged documents.
        earlier: what stays the same is taken over from it and not embedded.
    """
    if earlier and not earlier.is_projected_by(shipped.projection):
        earlier = None
    rows = [earlier.row(passage) if earlier else None for passage in passages]
    new = [passage for passage, row in zip(passages, rows, strict=True) if row is None]
    raw = embed(texts_to_embed(new, outside))
    dimension = len(next(iter(raw.values()))) if raw or not earlier else earlier.vectors.passages.dimension
    projection = shipped.projection or fit_language_basis(passages, raw) or no_projection(dimension)
    parts = [
        earlier.vectors.of(row) if earlier and row is not None else _project(passage, raw, projection)
        for passage, row in zip(passages, rows, strict=True)
    ]
    own, said, asked = (list(group) for group in zip(*parts, strict=True))
    beyond = _stack([raw[QUERY, question.text] for question in outside], dimension)
    projected, statements, questions = np.stack(own), PassageParts.join(said), PassageParts.join(asked)
    kinds = tuple(question.kind.value for question in outside)
    texts = tuple(question.text for question in outside)
    unanswered = Outside(_rounded(projection.queries(beyond)), kinds, texts)
    if earlier and questions.vectors.equals(earlier.vectors.asked.vectors):
        questions = PassageParts(earlier.vectors.asked.vectors, questions.starts)  # held in memory once
    asked_for = questions.vectors.floats()
    by_section = mean_by_section(passages, projected, asked_for)
    return IndexVectors(
        passages=VectorIndex.build(projected),
        statements=statements,
        asked=questions,
        outside=unanswered,
        discriminant=earlier.vectors.discriminant
        if earlier and _are_same(earlier.vectors, questions, unanswered)
        else fit_discriminant(asked_for, unanswered.without(OutsideKind.PREMISE)),
        prototypes={s: _rounded(shipped.prototypes.get(s, mean)) for s, mean in by_section.items()},
        projection=projection,
        forms={section: shipped.forms[section] for section in by_section if section in shipped.forms},
    )


def _are_same(earlier: IndexVectors, asked: PassageParts, outside: Outside) -> bool:
    """Whether the questions are those of an earlier index."""
    known = earlier.outside
    return (
        asked.vectors is earlier.asked.vectors
        and outside.kinds == known.kinds
        and np.array_equal(outside.vectors, known.vectors)
    )


def _project(
    passage: Passage, raw: Mapping[RoleText, Vectors], projection: Projection
) -> tuple[Vectors, Rounded, Rounded]:
    """The vectors of a passage, shape (d,), of its statements and of how people ask for it."""
    own = raw[PASSAGE, passage.search_text]
    said = np.stack([raw[PASSAGE, statement.text] for statement in split_statements(passage.text)])
    asked = _stack([raw[QUERY, question] for question in passage.asked], len(own))
    return (
        projection.passages(own[None])[0],
        Rounded.of(projection.passages(said)),
        Rounded.of(projection.queries(asked)),
    )


def _stack(vectors: Sequence[Vectors], dimension: int) -> Vectors:
    return np.stack(vectors) if vectors else np.zeros((0, dimension), np.float32)


def _rounded(vectors: NDArray[np.floating]) -> Vectors:
    """As they are kept on the disk: rounded to half floats."""
    return vectors.astype(np.float16).astype(np.float32)


def mean_by_section(
    passages: Sequence[Passage], projected: NDArray[np.float32], questions: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    """For each section id the mean of its passages' vectors and of those of its questions, of length one."""
    sums: dict[str, NDArray[np.float32]] = {}
    start = 0
    for row, passage in enumerate(passages):
        end = start + len(passage.asked)
        total = projected[row] + questions[start:end].sum(axis=0)
        sums[passage.section_id] = sums.get(passage.section_id, np.float32(0)) + total
        start = end
    return {section: total / max(float(np.linalg.norm(total)), 1e-9) for section, total in sums.items()}
