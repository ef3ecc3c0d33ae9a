"""Embeddings kept by content and encoder, so that only what changed is embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from corpus import EncoderError, SnapshotError
from index.debias import Debias, no_debias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.encoder import Encoder

    Progress = Callable[[int, int], None]

QUERY = "query"
PASSAGE = "passage"
BATCH = 16
RoleText = tuple[str, str]


class EmbeddingCache:
    """Raw vectors (before debiasing) as 16-bit floats in one SQLite file; filled first from the vectors shipped with the corpus.

    A vector is rounded to 16 bits before its first use as well, so that a cached one and a fresh one are the same.
    """

    def __init__(self, path: Path, encoder: Encoder, shipped: Shipped) -> None:
        self._path = path
        self._encoder = encoder
        self._shipped = shipped.vectors
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise SnapshotError(
                f"The cache {self._path} cannot be used ({error}). Make room on the disk, or run: mithaq index build --fresh; "
                "the index that was there still answers."
            ) from error

    def embed(
        self, texts: Sequence[RoleText], progress: Progress | None = None
    ) -> tuple[dict[RoleText, NDArray[np.float32]], int]:
        """The vector of each text, and how many had to be embedded.

        Args:
            texts: each a role (`query` or `passage`) and a text.
            progress: called with (embedded, to embed) after each batch of 16; what is embedded is kept at once, so an interrupted
                run goes on where it stopped.

        Raises:
            EncoderError: a text is empty, or the model fails.
            SnapshotError: the file is damaged, or the disk is full.
        """
        with self._connected() as connection:
            known = {text: vector for text in texts if (vector := self._find(connection, text)) is not None}
            missing = [text for text in dict.fromkeys(texts) if text not in known]
            if progress:
                progress(0, len(missing))
            for batch in _batches(missing):
                vectors = self._encode(batch[0][0], [text for _, text in batch]).astype(np.float16)
                known.update(zip(batch, vectors, strict=True))
                with connection:
                    rows = [(self._key(text), known[text].tobytes()) for text in batch]
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                if progress:
                    progress(sum(text in known for text in missing), len(missing))
        return {text: vector.astype(np.float32) for text, vector in known.items()}, len(missing)

    def _encode(self, role: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_queries(texts) if role == QUERY else self._encoder.encode_passages(texts)

    def _key(self, text: RoleText) -> bytes:
        return vector_key(*text, self._encoder.id)

    def _find(self, connection: sqlite3.Connection, text: RoleText) -> NDArray[np.float16] | None:
        key = self._key(text)
        if key in self._shipped:
            return self._shipped[key]
        row = connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype=np.float16)


def _batches(texts: Sequence[RoleText]) -> Iterator[list[RoleText]]:
    """At most 16 texts of one role at a time."""
    for role in (PASSAGE, QUERY):
        own = [text for text in texts if text[0] == role]
        for start in range(0, len(own), BATCH):
            yield own[start : start + BATCH]


def vector_key(role: str, text: str, encoder_id: str) -> bytes:
    """SHA-256 of the encoder, the role and the text."""
    return hashlib.sha256(f"{encoder_id}\x00{role}\x00{text}".encode("utf-8", "replace")).digest()


@dataclass(frozen=True)
class Shipped:
    """What is shipped with the packaged documents: vectors by key, and the language basis fitted on these documents."""

    vectors: Mapping[bytes, NDArray[np.float16]]
    debias: Debias | None = None


def load_shipped(path: Path, encoder_id: str) -> Shipped:
    """The shipped vectors and basis; empty if they are another encoder's or there are none.

    Raises:
        EncoderError: the file is damaged.
    """
    if not path.is_file():
        return Shipped({})
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            if str(file["encoder"]) != encoder_id:
                return Shipped({})
            vectors = {key.tobytes(): vector for key, vector in zip(file["keys"], file["vectors"], strict=True)}
            return Shipped(vectors, Debias(file["query_centre"], file["passage_centre"], file["directions"]))
    except (OSError, EOFError, BadZipFile, ValueError, KeyError) as error:
        raise EncoderError(
            f"The shipped vectors in {path.name} are damaged. Restore the file, or run: make vectors"
        ) from error


def save_shipped(path: Path, encoder_id: str, shipped: Shipped) -> None:
    """Write what is shipped, in the order of the keys, so that the file changes only where the vectors do."""
    keys = sorted(shipped.vectors)
    debias = shipped.debias or no_debias(len(shipped.vectors[keys[0]]))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        encoder=np.array(encoder_id),
        keys=np.stack([np.frombuffer(key, dtype=np.uint8) for key in keys]),
        vectors=np.stack([shipped.vectors[key] for key in keys]),
        query_centre=debias.query_centre,
        passage_centre=debias.passage_centre,
        directions=debias.directions,
    )
