"""Vectors kept as 8-bit numbers: a quarter of the memory, and read faster than 32-bit ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

HIGHEST = 127
BLOCK = 2048


@dataclass(frozen=True)
class Rounded:
    """Vectors as whole numbers from -127 to 127, shape (n, dimension), and what to multiply each vector by, shape (n,)."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: NDArray[Any]) -> Rounded:
        """Vectors of shape (n, dimension), each rounded to a 127th of its highest component."""
        scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float32) / HIGHEST
        codes = np.rint(vectors / np.maximum(scales, 1e-9)[:, None])
        return cls(codes.astype(np.int8), scales)

    @classmethod
    def join(cls, groups: Sequence[Rounded]) -> Rounded:
        """Several of them, one after the other; not none."""
        return cls(
            np.concatenate([group.codes for group in groups]), np.concatenate([group.scales for group in groups])
        )

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: slice) -> Rounded:
        return Rounded(self.codes[rows], self.scales[rows])

    def equals(self, other: Rounded) -> bool:
        return np.array_equal(self.codes, other.codes) and np.array_equal(self.scales, other.scales)

    def floats(self) -> NDArray[np.float32]:
        """The vectors, shape (n, dimension)."""
        return np.asarray(self.codes * self.scales[:, None], dtype=np.float32)

    def dot(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The products with a vector of shape (dimension,), shape (n,); a block at a time, so that no second copy is held."""
        products = np.empty(len(self.codes), np.float32)
        block = np.empty((min(BLOCK, len(self.codes)), len(vector)), np.float32)
        for start in range(0, len(self.codes), BLOCK):
            rows = self.codes[start : start + BLOCK]
            np.copyto(block[: len(rows)], rows)
            np.dot(block[: len(rows)], vector, out=products[start : start + len(rows)])
        return products * self.scales
