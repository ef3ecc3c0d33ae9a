"""Finding passages by their meaning: exact search over unit vectors with FAISS."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np

from index.rounding import Rounded

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray


class VectorIndex:
    """Unit vectors in the order of the passages; similarity is the cosine."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> VectorIndex:
        """An exact index over vectors of shape (passages, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the file; a full disk is an OSError, which FAISS's own writer may only print."""
        path.write_bytes(faiss.serialize_index(self._index).data)

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        return cls(faiss.read_index(str(path)))

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def of(self, row: int) -> NDArray[np.float32]:
        """The vector of the passage in a row, shape (dimension,)."""
        return np.asarray(self._index.reconstruct(row), dtype=np.float32)

    def nearest(self, vector: NDArray[np.float32], most: int) -> NDArray[np.int64]:
        """Rows of the nearest passages, best first, at most `most`."""
        _, rows = self._index.search(vector.reshape(1, -1), min(most, self.size))
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of `vector` with each of the rows, shape (rows,)."""
        return np.asarray(self._index.reconstruct_batch(rows) @ vector, dtype=np.float32)


SAME = 0.999


@dataclass(frozen=True)
class Outside:
    """Unit vectors of questions that no document answers, shape (questions, dimension), with the kind and the text of each."""

    vectors: NDArray[np.float32]
    kinds: tuple[str, ...]
    texts: tuple[str, ...]

    def without(self, kind: str) -> NDArray[np.float32]:
        """The vectors of the questions of all other kinds."""
        return np.asarray(self.vectors[self._kinds != kind])

    @cached_property
    def _kinds(self) -> NDArray[np.str_]:
        return np.array(self.kinds, dtype=np.str_)

    def nearest(
        self, vector: NDArray[np.float32], *, other: bool = False, without: Collection[str] = ()
    ) -> tuple[str, float]:
        """The kind of the nearest of them (if `other`, of those that are not the question itself) and its cosine.

        Kinds in `without` are left out. An empty kind and 0 where there is none.
        """
        cosines = self.vectors @ vector
        kept = ~(np.isin(self._kinds, list(without)) | (other & (cosines > SAME)))
        if not kept.any():
            return "", 0.0
        best = int(np.where(kept, cosines, -1.0).argmax())
        return self.kinds[best], float(cosines[best])


class PassageParts:
    """Unit vectors of parts of every passage (its statements, or how people ask for it), one passage after the other.

    Args:
        vectors: those of all parts.
        starts: shape (passages + 1,); passage i has the rows from starts[i] up to starts[i + 1].
    """

    def __init__(self, vectors: Rounded, starts: NDArray[np.int64]) -> None:
        self.vectors = vectors
        self.starts = starts
        self._filled = np.flatnonzero(np.diff(starts))

    @classmethod
    def join(cls, groups: Sequence[Rounded]) -> PassageParts:
        """From the vectors of the parts of each passage."""
        return cls(Rounded.join(groups), np.cumsum([0, *map(len, groups)], dtype=np.int64))

    def save(self, path: Path) -> None:
        np.savez(path, codes=self.vectors.codes, scales=self.vectors.scales, starts=self.starts)

    @classmethod
    def open(cls, path: Path) -> PassageParts:
        with np.load(path, allow_pickle=False) as file:
            return cls(Rounded(file["codes"], file["scales"]), file["starts"])

    @property
    def passages(self) -> int:
        return len(self.starts) - 1

    def of(self, row: int) -> Rounded:
        """The vectors of the parts of the passage in a row."""
        return self.vectors[self.starts[row] : self.starts[row + 1]]

    def nearest(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The highest cosine of `vector` with a part of each passage, shape (passages,); -1 for a passage without parts."""
        found = np.full(self.passages, -1.0, np.float32)
        if len(self._filled):
            found[self._filled] = np.maximum.reduceat(self.vectors.dot(vector), self.starts[self._filled])
        return found
