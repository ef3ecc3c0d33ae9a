"""Embeddings kept by content and encoder, so that only what changed is embedded again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from corpus import EncoderError, SnapshotError
from index.projection import Projection, no_projection
from index.rounding import Rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from index.encoder import Encoder

    Progress = Callable[[int, int], None]

QUERY = "query"
PASSAGE = "passage"
BATCH = 16
EMBEDDINGS = Path("cache/embeddings.sqlite")
RoleText = tuple[str, str]
_PROJECTION = ("query_centre", "passage_centre", "matrix")


class EmbeddingCache:
    """Raw vectors, not projected yet, in one SQLite file; those shipped with the corpus come first.

    A vector is rounded before its first use as it would be to be shipped, so that a cached one and a fresh one are the same.
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
                vectors = _as_kept(Rounded.of(self._encode(batch[0][0], [text for _, text in batch])))
                known.update(zip(batch, vectors, strict=True))
                with connection:
                    rows = [(self._key(text), known[text].tobytes()) for text in batch]
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                if progress:
                    progress(sum(text in known for text in missing), len(missing))
        return {text: vector.astype(np.float32) for text, vector in known.items()}, len(missing)

    def find(self, texts: Sequence[RoleText]) -> dict[RoleText, NDArray[np.float32]]:
        """The vectors that are there already; nothing is embedded.

        Raises:
            SnapshotError: the file is damaged.
        """
        with self._connected() as connection:
            found = {text: self._find(connection, text) for text in texts}
        return {text: vector.astype(np.float32) for text, vector in found.items() if vector is not None}

    def keep_only(self, texts: Iterable[RoleText]) -> int:
        """Forget the vectors of all other texts and of other encoders; how many were forgotten.

        Raises:
            SnapshotError: the file is damaged, or the disk is full.
        """
        kept = {self._key(text) for text in texts}
        with self._connected() as connection, connection:
            gone = [row for row in connection.execute("SELECT key FROM vectors") if row[0] not in kept]
            connection.executemany("DELETE FROM vectors WHERE key = ?", gone)
        return len(gone)

    def _encode(self, role: str, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_queries(texts) if role == QUERY else self._encoder.encode_passages(texts)

    def _key(self, text: RoleText) -> bytes:
        return vector_key(*text, self._encoder.id)

    def _find(self, connection: sqlite3.Connection, text: RoleText) -> NDArray[np.float16] | None:
        key = self._key(text)
        if (shipped := self._shipped.get(key)) is not None:
            return shipped
        row = connection.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype=np.float16)


def _batches(texts: Sequence[RoleText]) -> Iterator[list[RoleText]]:
    """At most 16 texts of one role at a time."""
    for role in (PASSAGE, QUERY):
        own = [text for text in texts if text[0] == role]
        for start in range(0, len(own), BATCH):
            yield own[start : start + BATCH]


def _as_kept(vectors: Rounded) -> NDArray[np.float16]:
    return vectors.floats().astype(np.float16)


def vector_key(role: str, text: str, encoder_id: str) -> bytes:
    """SHA-256 of the encoder, the role and the text."""
    return hashlib.sha256(f"{encoder_id}\x00{role}\x00{text}".encode("utf-8", "replace")).digest()


@dataclass(frozen=True)
class Shipped:
    """What is shipped with the packaged documents: vectors by key, and what was fitted on these documents.

    Attributes:
        vectors: raw vectors by the key of their text.
        projection: how vectors are projected before they are compared.
        prototypes: for each section id the projected vector, of length one, that questions answered by it lie around.
        forms: for each section id how much likelier it is to be asked in each form (`index.form_odds`).
    """

    vectors: Mapping[bytes, NDArray[np.float16]]
    projection: Projection | None = None
    prototypes: Mapping[str, NDArray[np.float16]] = field(default_factory=dict)
    forms: Mapping[str, NDArray[np.float16]] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with the projection, a prototype or a form; empty if no projection is shipped."""
        if self.projection is None:
            return ""
        named = (*sorted(self.prototypes.items()), *sorted(self.forms.items()))
        rest = b"".join(name.encode() + vector.tobytes() for name, vector in named)
        return hashlib.sha256(self.projection.version.encode() + rest).hexdigest()[:12]


class _ShippedVectors(Mapping[bytes, "NDArray[np.float16]"]):
    """Vectors by the key of their text, each restored when it is asked for: most builds need few of the tens of thousands.

    Args:
        keys: shape (texts, 32), bytes.
        vectors: those of the texts.

    Raises:
        ValueError: they differ in number.
    """

    def __init__(self, keys: NDArray[np.uint8], vectors: Rounded) -> None:
        if not len(keys) == len(vectors.codes) == len(vectors.scales):
            raise ValueError("keys, codes and scales differ in number")
        self._rows = {key.tobytes(): row for row, key in enumerate(keys)}
        self._vectors = vectors

    def __getitem__(self, key: bytes) -> NDArray[np.float16]:
        row = self._rows[key]
        return np.asarray(_as_kept(self._vectors[row : row + 1])[0])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def load_shipped(path: Path, encoder_id: str) -> Shipped:
    """What is shipped; empty if they are another encoder's or there are none.

    Raises:
        EncoderError: the file is damaged.
    """
    if not path.is_file():
        return Shipped({})
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            if str(file["encoder"]) != encoder_id:
                return Shipped({})
            vectors = _ShippedVectors(file["keys"], Rounded(file["codes"], file["scales"]))
            projection = Projection(*(file[name].astype(np.float32) for name in _PROJECTION))
            prototypes = dict(zip(file["sections"].tolist(), file["prototypes"], strict=True))
            forms = dict(zip(file["asked"].tolist(), file["forms"], strict=True))
            return Shipped(vectors, projection, prototypes, forms)
    except (OSError, EOFError, BadZipFile, ValueError, KeyError) as error:
        raise EncoderError(
            f"The shipped vectors in {path.name} are damaged. Restore the file, or run: make vectors"
        ) from error


def save_shipped(path: Path, encoder_id: str, shipped: Shipped) -> None:
    """Write what is shipped, in the order of the keys, so that the file changes only where the vectors do."""
    keys = sorted(shipped.vectors)
    rounded = Rounded.of(np.stack([shipped.vectors[key] for key in keys]))
    dimension = rounded.codes.shape[1]
    projection = shipped.projection or no_projection(dimension)
    sections = sorted(shipped.prototypes)
    prototypes = [shipped.prototypes[section] for section in sections] or np.zeros((0, dimension))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        encoder=np.array(encoder_id),
        keys=np.stack([np.frombuffer(key, dtype=np.uint8) for key in keys]),
        codes=rounded.codes,
        scales=rounded.scales,
        sections=np.array(sections, dtype=np.str_),
        prototypes=np.asarray(prototypes, dtype=np.float16),
        asked=np.array(sorted(shipped.forms), dtype=np.str_),
        forms=np.asarray([shipped.forms[section] for section in sorted(shipped.forms)], dtype=np.float16),
        **{name: getattr(projection, name) for name in _PROJECTION},
    )
