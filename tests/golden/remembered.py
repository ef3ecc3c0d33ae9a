"""The vectors of what the evaluation embeds, kept beside it, so that a run without a new question needs no model.

`make eval` embeds what is not kept; `python tests/golden/evaluate.py --remember tune test` keeps what it used. A test embeds a
sample again and compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.cache import QUERY, vector_key
from index.encoder import Encoder

REMEMBERED_VECTORS = Path(__file__).with_name("remembered.npz")


class RememberingEncoder:
    """An encoder that embeds no question twice, nor one whose vector is kept in a file for the same encoder.

    Args:
        encoder: embeds what is not known.
        path: the file; it need not exist.
    """

    def __init__(self, encoder: Encoder, path: Path = REMEMBERED_VECTORS) -> None:
        self.id = encoder.id
        self._encoder = encoder
        self._path = path
        self._known: dict[bytes, NDArray[np.float16]] = {}
        self._used: dict[bytes, NDArray[np.float16]] = {}
        if path.is_file():
            with np.load(path, allow_pickle=False) as file:
                self._known = {row.tobytes(): vector for row, vector in zip(file["keys"], file["vectors"], strict=True)}

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_passages(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        keys = [vector_key(QUERY, text, self.id) for text in texts]
        for key, text in zip(keys, texts, strict=True):
            if key not in self._used:
                known = self._known.get(key)
                self._used[key] = self._encoder.encode_queries([text])[0].astype(np.float16) if known is None else known
        return np.stack([self._used[key] for key in keys]).astype(np.float32)

    @property
    def embedded(self) -> int:
        """How many of the questions had no kept vector."""
        return len(self._used.keys() - self._known.keys())

    def keep(self) -> None:
        """Write the vectors of what was asked, and no others, as 16-bit floats of shape (questions, dimension)."""
        keys = sorted(self._used)
        np.savez(
            self._path,
            keys=np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1),
            vectors=np.stack([self._used[key] for key in keys]),
        )
