"""All vectors of an index, and how they lie in a snapshot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.discriminant import Discriminant
from index.projection import Projection
from index.rounding import Rounded
from index.vectors import Outside, PassageParts, VectorIndex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_PASSAGES = "vectors.faiss"
_STATEMENTS = "statements.npz"
_ASKED = "asked.npz"
_OUTSIDE = "outside.npz"
_PROTOTYPES = "prototypes.npz"
_PROJECTION = "projection.npz"


@dataclass(frozen=True)
class IndexVectors:
    """Projected vectors; those of statements and questions are 8-bit numbers, the others but the passages' half floats on the disk.

    Attributes:
        passages: in the order of the passages.
        statements: of what each passage states.
        asked: of how people ask for each passage.
        outside: of questions that no document answers.
        discriminant: between the last two.
        prototypes: for each section id the vector, of length one, that questions answered by it lie around.
        projection: from the encoder's vectors to these.
        forms: for each section id how much likelier it is to be asked in each form (`index.form_odds`).
    """

    passages: VectorIndex
    statements: PassageParts
    asked: PassageParts
    outside: Outside
    discriminant: Discriminant
    prototypes: Mapping[str, Vectors]
    projection: Projection
    forms: Mapping[str, NDArray[np.float16]]

    def of(self, row: int) -> tuple[Vectors, Rounded, Rounded]:
        """The vectors of one passage, shape (d,), of its statements and of how people ask for it."""
        return self.passages.of(row), self.statements.of(row), self.asked.of(row)

    def save(self, folder: Path) -> None:
        """Arrays in `folder`, no pickle."""
        self.passages.save(folder / _PASSAGES)
        self.statements.save(folder / _STATEMENTS)
        self.asked.save(folder / _ASKED)
        projection, line = self.projection, self.discriminant
        np.savez(
            folder / _PROJECTION,
            query=projection.query_centre,
            passage=projection.passage_centre,
            matrix=projection.matrix,
        )
        np.savez(
            folder / _OUTSIDE,
            vectors=self.outside.vectors.astype(np.float16),
            kinds=np.array(self.outside.kinds, dtype=np.str_),
            texts=np.frombuffer(json.dumps(self.outside.texts).encode(), np.uint8),
            weights=line.weights,
            constant=line.constant,
        )
        np.savez(
            folder / _PROTOTYPES,
            sections=np.array(list(self.prototypes), dtype=np.str_),
            vectors=np.stack(list(self.prototypes.values())).astype(np.float16),
            asked=np.array(list(self.forms), dtype=np.str_),
            forms=np.asarray(list(self.forms.values()), dtype=np.float16),
        )

    @classmethod
    def open(cls, folder: Path) -> IndexVectors:
        """Those of a snapshot.

        Raises:
            OSError, EOFError, BadZipFile, ValueError, KeyError, RuntimeError: a file is gone or damaged.
        """
        with np.load(folder / _PROJECTION, allow_pickle=False) as file:
            projection = Projection(file["query"], file["passage"], file["matrix"])
        with np.load(folder / _PROTOTYPES, allow_pickle=False) as file:
            prototypes = dict(zip(file["sections"].tolist(), file["vectors"].astype(np.float32), strict=True))
            forms = dict(zip(file["asked"].tolist(), file["forms"], strict=True))
        with np.load(folder / _OUTSIDE, allow_pickle=False) as file:
            kinds, texts = file["kinds"].tolist(), json.loads(file["texts"].tobytes())
            outside = Outside(file["vectors"].astype(np.float32), tuple(kinds), tuple(texts))
            discriminant = Discriminant(file["weights"], float(file["constant"]))
        return cls(
            VectorIndex.open(folder / _PASSAGES),
            PassageParts.open(folder / _STATEMENTS),
            PassageParts.open(folder / _ASKED),
            outside,
            discriminant,
            prototypes,
            projection,
            forms,
        )
