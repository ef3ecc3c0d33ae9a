"""Taking the language out of a vector, so that a question finds the right passage in whatever language it stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from corpus import Language

    Vectors = NDArray[np.float32]

FEWEST_PARALLEL_SECTIONS = 5


@dataclass(frozen=True)
class Debias:
    """Centres of questions and passages, shape (d,), and the language directions to remove, shape (k, d); k may be 0."""

    query_centre: Vectors
    passage_centre: Vectors
    directions: Vectors

    def passages(self, vectors: Vectors) -> Vectors:
        """Unit vectors of passages without their language, shape as given."""
        return self._apply(vectors, self.passage_centre)

    def queries(self, vectors: Vectors) -> Vectors:
        """Unit vectors of questions without their language, shape as given."""
        return self._apply(vectors, self.query_centre)

    def _apply(self, vectors: Vectors, centre: Vectors) -> Vectors:
        centred = vectors - centre
        projected = centred - (centred @ self.directions.T) @ self.directions
        norms = np.linalg.norm(projected, axis=-1, keepdims=True)
        return np.asarray(projected / np.maximum(norms, 1e-9), dtype=np.float32)

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with the basis."""
        parts = (self.query_centre, self.passage_centre, self.directions)
        return hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in parts)).hexdigest()[:12]


def no_debias(dimension: int) -> Debias:
    """The basis that changes nothing, for a corpus without enough parallel sections."""
    zero = np.zeros(dimension, np.float32)
    return Debias(zero, zero, np.zeros((0, dimension), np.float32))


def fit_debias(passages: Mapping[Language, Sequence[Vectors]], queries: Mapping[Language, Sequence[Vectors]]) -> Debias:
    """The basis from parallel texts: the same sections, and the same questions, in every language.

    The language means of the passages, less their common mean, span the directions to remove (the idea of LSAR, Yang et al.
    2021, "A Simple and Effective Method To Eliminate the Self Language Bias in Multilingual Representations"). About five parallel
    sections are enough to gain from it (RETRIEVAL, section 4).
    """
    means = np.stack([np.mean(vectors, axis=0) for vectors in passages.values()])
    query_means = np.stack([np.mean(vectors, axis=0) for vectors in queries.values()])
    centre = means.mean(axis=0)
    _, strengths, directions = np.linalg.svd(means - centre, full_matrices=False)
    kept = directions[strengths > 1e-4 * max(float(strengths[0]), 1e-9)]
    return Debias(query_means.mean(axis=0).astype(np.float32), centre.astype(np.float32), kept.astype(np.float32))
