"""Building a snapshot from passages."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from corpus import CorpusError, Finding, Passage, SnapshotError
from index.assembling import EarlierIndex, assemble, assemble_words
from index.cache import EMBEDDINGS, EmbeddingCache, Shipped, load_shipped
from index.index_vectors import IndexVectors
from index.lexical import LexicalIndex
from index.passage_file import open_passages, save_passages
from index.snapshot import FORMAT, Manifest, SnapshotStore, read_manifest, write_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corpus.outside import OutsideQuestion
    from index.cache import Progress, RoleText
    from index.encoder import Encoder

LEXICAL_FOLDER = "lexical"


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the snapshot of these passages, whether it is new, and how many texts had to be embedded."""

    snapshot_id: str
    new: bool
    passages: int
    embedded: int


def build_index(
    passages: Sequence[Passage],
    encoder: Encoder,
    home: Path,
    *,
    outside: Sequence[OutsideQuestion] = (),
    shipped: Path | None = None,
    fresh: bool = False,
    keep: int = 5,
    progress: Progress | None = None,
    switch: bool = True,
) -> BuildReport:
    """Build a snapshot of the passages and make it current; nothing is done if the current one holds just these.

    Without `switch` it becomes a candidate that waits for `SnapshotStore.promote` or `discard`; one of these passages that waits
    already is not built again.

    Args:
        passages: what can be found, in a stable order.
        encoder: what embeds them.
        home: the folder that holds snapshots and cache (`MITHAQ_HOME`).
        outside: questions that no document answers.
        shipped: a file of what is shipped with the packaged documents: vectors, projection and prototypes.
        fresh: trust neither the cache nor the shipped vectors nor the current snapshot.
        keep: how many snapshots stay for rollback.
        progress: called with (embedded, to embed).
        switch: whether the new snapshot becomes current.

    Raises:
        CorpusError: there is nothing to index.
        EncoderError: a passage cannot be embedded.
        SnapshotError: another process is building, or the disk is full; the current snapshot stays as it was.
    """
    if not passages:
        repair = "Add a document with: mithaq corpus add FILE, or correct MITHAQ_CORPUS__DOCUMENTS."
        raise CorpusError([Finding("corpus", 0, "There is no passage to index.", repair)])
    store = SnapshotStore(home)
    packaged = load_shipped(shipped, encoder.id) if shipped else Shipped({})
    digest = corpus_digest(passages, outside, packaged)
    try:
        with store.lock():
            known = None if fresh else _built_already(store, digest, encoder, candidates=not switch)
            if known:
                return BuildReport(known, new=False, passages=len(passages), embedded=0)
            cache_file = home / EMBEDDINGS
            if fresh:
                cache_file.unlink(missing_ok=True)
            cache = EmbeddingCache(cache_file, encoder, Shipped({}) if fresh else packaged)
            embedded = 0

            def embed(texts: Sequence[RoleText]) -> Mapping[RoleText, NDArray[np.float32]]:
                nonlocal embedded
                vectors, embedded = cache.embed(texts, progress)
                return vectors

            earlier = None if fresh else _earlier(store, encoder)
            vectors = assemble(passages, outside, embed, packaged, earlier)
            words = assemble_words(passages, earlier)
            snapshot_id = _write(store, passages, vectors, words, encoder, digest, candidate=not switch)
            if switch:
                store.switch(snapshot_id)
                store.keep_newest(keep)
            return BuildReport(snapshot_id, new=True, passages=len(passages), embedded=embedded)
    except OSError as error:
        raise SnapshotError(
            f"The index could not be written to {home}: {error.strerror}. Make room or choose another MITHAQ_HOME; "
            "the index that was there still answers."
        ) from error


def corpus_digest(passages: Sequence[Passage], outside: Sequence[OutsideQuestion], shipped: Shipped) -> str:
    """SHA-256 over the passages, the questions from outside, and what is shipped beside their vectors."""
    parts = [*(passage.digest for passage in passages), *(f"{one.kind} {one.text}" for one in outside), shipped.version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _built_already(store: SnapshotStore, digest: str, encoder: Encoder, *, candidates: bool) -> str | None:
    """The current snapshot, or one of the candidates, if it holds just these passages and is whole."""
    current = store.current_id()
    names = [current] if current else []
    for name in [*names, *store.candidates()] if candidates else names:
        with contextlib.suppress(SnapshotError):
            manifest = read_manifest(store.path(name), verify=False)
            if (manifest.corpus_digest, manifest.encoder) == (digest, encoder.id):
                read_manifest(store.path(name), verify=True)
                return name
    return None


def _earlier(store: SnapshotStore, encoder: Encoder) -> EarlierIndex | None:
    """The current snapshot, if this encoder made it and it is whole."""
    with contextlib.suppress(
        SnapshotError, OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, RuntimeError
    ):
        folder = store.path(store.require_current())
        if read_manifest(folder, verify=True).encoder == encoder.id:
            passages, vectors = open_passages(folder), IndexVectors.open(folder)
            return EarlierIndex(passages, vectors, LexicalIndex.open(folder / LEXICAL_FOLDER))
    return None


def _write(
    store: SnapshotStore,
    passages: Sequence[Passage],
    vectors: IndexVectors,
    words: LexicalIndex,
    encoder: Encoder,
    digest: str,
    *,
    candidate: bool,
) -> str:
    now = datetime.now(UTC)
    snapshot_id = f"{now:%Y%m%d-%H%M%S-%f}-{digest[:8]}"
    with store.write(snapshot_id, candidate=candidate) as folder:
        save_passages(folder, passages)
        vectors.save(folder)
        words.save(folder / LEXICAL_FOLDER)
        write_manifest(
            folder,
            Manifest(
                id=snapshot_id,
                created=now.isoformat(timespec="seconds"),
                format=FORMAT,
                encoder=encoder.id,
                dimension=vectors.passages.dimension,
                corpus_digest=digest,
                passages=len(passages),
                projection_version=vectors.projection.version,
                files={},
            ),
        )
    return snapshot_id
