"""Embeddings kept by content and encoder, so that only what changed is embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import EncoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from index.encoder import Encoder

    Progress = Callable[[int, int], None]

QUERY = "query"
PASSAGE = "passage"
BATCH = 16


class EmbeddingCache:
    """Raw vectors (before debiasing) as 16-bit floats in one SQLite file; filled first from the vectors shipped with the corpus.

    A vector is rounded to 16 bits before its first use as well, so that a cached one and a fresh one are the same.
    """

    def __init__(self, path: Path, encoder: Encoder, shipped: Path | None = None) -> None:
        self._path = path
        self._encoder = encoder
        self._shipped = load_shipped(shipped, encoder.id) if shipped else {}
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)

    def embed(self, role: str, texts: Sequence[str], progress: Progress | None = None) -> tuple[NDArray[np.float32], int]:
        """The vectors of the texts, shape (texts, dimension), and how many had to be embedded.

        Args:
            role: `query` or `passage`.
            texts: what to embed, at least one; a text that stands twice is embedded once.
            progress: called with (embedded, to embed) after each batch of 16; what is embedded is kept at once, so an interrupted
                run goes on where it stopped.

        Raises:
            EncoderError: a text is empty, or the model fails.
        """
        keys = [vector_key(role, text, self._encoder.id) for text in texts]
        with closing(self._connect()) as connection:
            known = {key: vector for key in set(keys) if (vector := self._find(connection, key)) is not None}
            missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
            if progress:
                progress(0, len(missing))
            encode = self._encoder.encode_queries if role == QUERY else self._encoder.encode_passages
            for start in range(0, len(missing), BATCH):
                batch = missing[start : start + BATCH]
                vectors = encode([text for _, text in batch]).astype(np.float16)
                with connection:
                    rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors, strict=True)]
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                known.update((key, vector) for (key, _), vector in zip(batch, vectors, strict=True))
                if progress:
                    progress(start + len(batch), len(missing))
        return np.stack([known[key] for key in keys]).astype(np.float32), len(missing)

    def _find(self, connection: sqlite3.Connection, key: bytes) -> NDArray[np.float16] | None:
        if key in self._shipped:
            return self._shipped[key]
        row = connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype=np.float16)


def vector_key(role: str, text: str, encoder_id: str) -> bytes:
    """SHA-256 of the encoder, the role and the text."""
    return hashlib.sha256(f"{encoder_id}\x00{role}\x00{text}".encode("utf-8", "replace")).digest()


def load_shipped(path: Path, encoder_id: str) -> dict[bytes, NDArray[np.float16]]:
    """The vectors shipped with the packaged documents; empty if they are another encoder's or there are none.

    Raises:
        EncoderError: the file is damaged.
    """
    if not path.is_file():
        return {}
    try:
        with np.load(path, allow_pickle=False) as file:
            if str(file["encoder"]) != encoder_id:
                return {}
            keys, vectors = file["keys"], file["vectors"]
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(f"The shipped vectors in {path.name} are damaged. Restore the file, or run: make vectors") from error
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def save_shipped(path: Path, encoder_id: str, vectors: dict[bytes, NDArray[np.float16]]) -> None:
    """Write vectors to ship, in the order of their keys, so that the file changes only where they do."""
    keys = sorted(vectors)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        encoder=np.array(encoder_id),
        keys=np.stack([np.frombuffer(key, dtype=np.uint8) for key in keys]),
        vectors=np.stack([vectors[key] for key in keys]),
    )
