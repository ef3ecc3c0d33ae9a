"""From the encoder's vectors to those that are compared: without the language, and stretched along what tells sections apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from corpus import Language

    Vectors = NDArray[np.float32]

FEWEST_PARALLEL_SECTIONS = 5


@dataclass(frozen=True)
class Projection:
    """Centres of questions and passages, shape (d,), and the matrix that centred vectors are multiplied by, shape (d, d)."""

    query_centre: Vectors
    passage_centre: Vectors
    matrix: Vectors

    def passages(self, vectors: Vectors) -> Vectors:
        """Unit vectors of passages, shape as given."""
        return self._apply(vectors, self.passage_centre)

    def queries(self, vectors: Vectors) -> Vectors:
        """Unit vectors of questions, shape as given."""
        return self._apply(vectors, self.query_centre)

    def _apply(self, vectors: Vectors, centre: Vectors) -> Vectors:
        projected = (vectors - centre) @ self.matrix
        norms = np.linalg.norm(projected, axis=-1, keepdims=True)
        return np.asarray(projected / np.maximum(norms, 1e-9), dtype=np.float32)

    def followed_by(self, matrix: Vectors) -> Projection:
        """This projection, then a further matrix of shape (d, d)."""
        return replace(self, matrix=np.asarray(self.matrix @ matrix, dtype=np.float32))

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with the projection."""
        parts = (self.query_centre, self.passage_centre, self.matrix)
        return hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in parts)).hexdigest()[:12]


def no_projection(dimension: int) -> Projection:
    """The projection that changes nothing, for a corpus without enough parallel sections."""
    zero = np.zeros(dimension, np.float32)
    return Projection(zero, zero, np.eye(dimension, dtype=np.float32))


def fit_debias(
    passages: Mapping[Language, Sequence[Vectors]], queries: Mapping[Language, Sequence[Vectors]]
) -> Projection:
    """The projection that takes the language out, from parallel texts: the same sections and questions in every language.

    The language means of the passages, less their common mean, span the directions to remove (the idea of LSAR, Yang et al.
    2021, "A Simple and Effective Method To Eliminate the Self Language Bias in Multilingual Representations"). About five parallel
    sections are enough to gain from it (RETRIEVAL, section 4).
    """
    means = np.stack([np.mean(vectors, axis=0) for vectors in passages.values()])
    query_means = np.stack([np.mean(vectors, axis=0) for vectors in queries.values()])
    centre = means.mean(axis=0)
    _, strengths, directions = np.linalg.svd(means - centre, full_matrices=False)
    kept = directions[strengths > 1e-4 * max(float(strengths[0]), 1e-9)]
    matrix = np.eye(len(centre)) - kept.T @ kept
    return Projection(query_means.mean(axis=0).astype(np.float32), centre.astype(np.float32), matrix.astype(np.float32))
