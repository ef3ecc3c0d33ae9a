"""A line across the space of questions: on one side those that documents answer, on the other those that none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHRINKAGE = 0.1


@dataclass(frozen=True)
class Discriminant:
    """Weights of shape (dimension,) and a constant; positive values lie on the side of what is answered."""

    weights: NDArray[np.float32]
    constant: float

    def value(self, vector: NDArray[np.float32]) -> float:
        """How far a question's vector lies on the side of what is answered, 0 halfway."""
        return float(self.weights @ vector) + self.constant


def fit_discriminant(answered: NDArray[np.float32], outside: NDArray[np.float32]) -> Discriminant:
    """The line between the vectors of two kinds of questions, each of shape (questions, dimension); all zero if one is empty.

    Fisher's linear discriminant (1936): the difference of the means, seen through the inverse of the mean covariance of both, which
    is shrunk towards a sphere (Friedman 1989, "Regularized Discriminant Analysis").
    """
    dimension = answered.shape[1]
    if not len(answered) or not len(outside):
        return Discriminant(np.zeros(dimension, np.float32), 0.0)
    means = [group.mean(axis=0) for group in (answered, outside)]
    spread = np.mean(
        [
            (group - mean).T @ (group - mean) / len(group)
            for group, mean in zip((answered, outside), means, strict=True)
        ],
        axis=0,
    )
    sphere = SHRINKAGE * max(float(np.trace(spread)) / dimension, 1e-9) * np.eye(dimension)
    weights = np.linalg.solve(spread + sphere, means[0] - means[1])
    return Discriminant(weights.astype(np.float32), -float(weights @ (means[0] + means[1])) / 2)
