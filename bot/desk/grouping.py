"""Questions grouped by meaning: which of many vectors lie together, whatever language their texts are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Numbers = NDArray[np.int64]

THRESHOLD = 0.49  # fitted on the `tune` questions by tests/golden/fit_grouping.py
NEIGHBOURS = 32
CELLS_AT_ONCE = 10_000_000
_EDGES_AT_ONCE = 100_000


def group_by_meaning(vectors: Vectors, weights: Numbers | None = None, threshold: float = THRESHOLD) -> list[Numbers]:
    """The rows of each group: the largest first, then by their first row; rows ascend. A row unlike any other is a group alone.

    Groups are joined while the mean cosine over all pairs across two of them reaches the threshold, the nearest first (average
    linkage; nearest neighbours of each other are joined side by side, which gives the same groups). Nothing depends on chance.

    Args:
        vectors: unit vectors, shape (questions, dimension).
        weights: how often each was asked, shape (questions,); once if left out. Counts for the order and for the means.
        threshold: the mean cosine from which on two groups are one.
    """
    if not len(vectors):
        return []
    counts = np.ones(len(vectors), np.int64) if weights is None else weights
    labels = _join(np.asarray(vectors, np.float32), counts, threshold)
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted(groups, key=lambda rows: (-int(counts[rows].sum()), int(rows[0])))


def order_by_centrality(vectors: Vectors, weights: Numbers) -> Numbers:
    """The rows of a group, the most central first: by cosine with the group's centre, then as they stand."""
    centre = weights.astype(np.float32) @ vectors
    return np.asarray(np.argsort(-np.round(vectors @ centre, 5), kind="stable"), np.int64)


@dataclass(frozen=True)
class _Pairs:
    """Pairs of clusters that may be joined, first < second, each once, and the mean cosine across them; all of one length."""

    first: Numbers
    second: Numbers
    cosines: Vectors


def _join(vectors: Vectors, counts: Numbers, threshold: float) -> Numbers:
    """A label for each row; rows of one group have the same one."""
    labels = np.arange(len(vectors), dtype=np.int64)
    sizes = counts.astype(np.float32)
    sums = vectors * sizes[:, None]
    pairs = _likely_pairs(vectors, threshold)
    while len(pairs.first):
        partner = _mutual_partners(pairs, len(vectors))
        away = np.flatnonzero(partner < np.arange(len(vectors)))
        np.add.at(sums, partner[away], sums[away])
        np.add.at(sizes, partner[away], sizes[away])
        labels = partner[labels]
        changed = np.zeros(len(vectors), bool)
        changed[partner[away]] = True
        pairs = _after_joining(pairs, partner, changed, sums, sizes, threshold)
    return labels


def _likely_pairs(vectors: Vectors, threshold: float) -> _Pairs:
    """Each row with its nearest ones from the threshold on: a mean can only reach what some pair reaches."""
    found: list[tuple[Numbers, Numbers, Vectors]] = []
    block = max(CELLS_AT_ONCE // len(vectors), 1)
    for start in range(0, len(vectors), block):
        cosines = vectors[start : start + block] @ vectors.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -1
        rows, columns = np.nonzero(cosines >= threshold)
        if not len(rows):
            continue
        values = cosines[rows, columns]
        order = np.lexsort((columns, -values, rows))
        rows, columns, values = rows[order], columns[order], values[order]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        place = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
        kept = place < NEIGHBOURS
        found.append((rows[kept] + start, columns[kept], values[kept]))
    if not found:
        nothing = np.zeros(0, np.int64)
        return _Pairs(nothing, nothing, np.zeros(0, np.float32))
    rows, columns, values = (np.concatenate(part) for part in zip(*found, strict=True))
    return _unique(np.minimum(rows, columns), np.maximum(rows, columns), values)


def _unique(first: Numbers, second: Numbers, cosines: Vectors) -> _Pairs:
    order = np.lexsort((second, first))
    first, second, cosines = first[order], second[order], cosines[order]
    new = np.ones(len(first), bool)
    new[1:] = (np.diff(first) != 0) | (np.diff(second) != 0)
    return _Pairs(first[new], second[new], cosines[new])


def _mutual_partners(pairs: _Pairs, clusters: int) -> Numbers:
    """For each cluster the one that it becomes part of: itself, or the lower one of two that are nearest to each other."""
    ends = np.concatenate([pairs.first, pairs.second])
    others = np.concatenate([pairs.second, pairs.first])
    values = np.concatenate([pairs.cosines, pairs.cosines])
    order = np.lexsort((others, -values, ends))
    leading = order[np.flatnonzero(np.diff(ends[order], prepend=-1))]
    nearest = np.full(clusters, -1, np.int64)
    nearest[ends[leading]] = others[leading]
    partner = np.arange(clusters, dtype=np.int64)
    mutual = leading[nearest[others[leading]] == ends[leading]]
    partner[ends[mutual]] = np.minimum(ends[mutual], others[mutual])
    return partner


def _after_joining(
    pairs: _Pairs, partner: Numbers, changed: NDArray[np.bool_], sums: Vectors, sizes: Vectors, threshold: float
) -> _Pairs:
    first, second = partner[pairs.first], partner[pairs.second]
    apart = first != second
    first, second, cosines = first[apart], second[apart], pairs.cosines[apart]
    joined = _unique(np.minimum(first, second), np.maximum(first, second), cosines)
    stale = np.flatnonzero(changed[joined.first] | changed[joined.second])
    values = joined.cosines.copy()
    for start in range(0, len(stale), _EDGES_AT_ONCE):
        part = stale[start : start + _EDGES_AT_ONCE]
        one, other = joined.first[part], joined.second[part]
        values[part] = np.einsum("ij,ij->i", sums[one], sums[other]) / (sizes[one] * sizes[other])
    kept = values >= threshold
    return _Pairs(joined.first[kept], joined.second[kept], values[kept])
