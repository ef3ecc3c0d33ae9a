"""Building a snapshot from passages."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import CorpusError, Finding, Language, Passage, SnapshotError
from index.cache import PASSAGE, QUERY, EmbeddingCache
from index.debias import FEWEST_PARALLEL_SECTIONS, Debias, fit_debias, no_debias
from index.snapshot import FORMAT, Manifest, SnapshotStore, read_manifest, write_manifest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.cache import Progress
    from index.encoder import Encoder

PASSAGES_FILE = "passages.jsonl"
VECTORS_FILE = "vectors.faiss"
DEBIAS_FILE = "debias.npz"
LEXICAL_FOLDER = "lexical"


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the current snapshot, whether it is new, and how many texts had to be embedded."""

    snapshot_id: str
    new: bool
    passages: int
    embedded: int


def build_index(
    passages: Sequence[Passage],
    encoder: Encoder,
    home: Path,
    *,
    shipped: Path | None = None,
    fresh: bool = False,
    keep: int = 5,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a snapshot of the passages and make it current; nothing is done if the current one holds just these.

    Args:
        passages: what can be found, in a stable order.
        encoder: what embeds them.
        home: the folder that holds snapshots and cache (`MITHAQ_HOME`).
        shipped: a file of vectors shipped with the packaged documents.
        fresh: trust neither the cache nor the shipped vectors nor the current snapshot.
        keep: how many snapshots stay for rollback.
        progress: called with (embedded, to embed).

    Raises:
        CorpusError: there is nothing to index.
        EncoderError: a passage cannot be embedded.
        SnapshotError: another process is building, or the disk is full; the current snapshot stays as it was.
    """
    if not passages:
        repair = "Add a document with: mithaq corpus add FILE, or correct MITHAQ_CORPUS__DOCUMENTS."
        raise CorpusError([Finding("corpus", 0, "There is no passage to index.", repair)])
    store = SnapshotStore(home)
    digest = _digest(passages)
    try:
        with store.lock():
            current = None if fresh else _same_as_current(store, digest, encoder)
            if current:
                return BuildReport(current, new=False, passages=len(passages), embedded=0)
            cache_file = home / "cache" / "embeddings.sqlite"
            if fresh:
                cache_file.unlink(missing_ok=True)
            cache = EmbeddingCache(cache_file, encoder, None if fresh else shipped)
            vectors, embedded = cache.embed(PASSAGE, [passage.search_text for passage in passages], progress)
            debias, asked = _fit(passages, vectors, cache, progress)
            snapshot_id = _write(store, passages, debias.passages(vectors), debias, encoder, digest)
            store.switch(snapshot_id)
            store.keep_newest(keep)
            return BuildReport(snapshot_id, new=True, passages=len(passages), embedded=embedded + asked)
    except OSError as error:
        raise SnapshotError(
            f"The index could not be written to {home}: {error.strerror}. Make room or choose another MITHAQ_HOME; "
            "the index that was there still answers."
        ) from error


def _digest(passages: Sequence[Passage]) -> str:
    return hashlib.sha256("\n".join(passage.digest for passage in passages).encode()).hexdigest()


def _same_as_current(store: SnapshotStore, digest: str, encoder: Encoder) -> str | None:
    current = store.current_id()
    if current is None:
        return None
    try:
        manifest = read_manifest(store.path(current), verify=True)
    except SnapshotError:
        return None
    return current if (manifest.corpus_digest, manifest.encoder) == (digest, encoder.id) else None


def _fit(
    passages: Sequence[Passage], vectors: NDArray[np.float32], cache: EmbeddingCache, progress: Progress | None
) -> tuple[Debias, int]:
    """The language basis from the sections that stand in all five languages, their headings taken as questions."""
    versions: dict[str, dict[Language, int]] = defaultdict(dict)
    for row, passage in enumerate(passages):
        if passage.heading:
            versions[passage.section_id][passage.language] = row
    parallel = [rows for rows in versions.values() if len(rows) == len(Language)]
    if len(parallel) < FEWEST_PARALLEL_SECTIONS:
        return no_debias(vectors.shape[1]), 0
    headings = [passages[rows[language]].heading for rows in parallel for language in Language]
    questions, embedded = cache.embed(QUERY, headings, progress)
    by_language = {language: [vectors[rows[language]] for rows in parallel] for language in Language}
    asked = {language: list(questions[i :: len(Language)]) for i, language in enumerate(Language)}
    return fit_debias(by_language, asked), embedded


def _write(
    store: SnapshotStore,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    debias: Debias,
    encoder: Encoder,
    digest: str,
) -> str:
    # These load FAISS and BM25, which `mithaq --help` need not wait for.
    from index.lexical import LexicalIndex
    from index.vectors import VectorIndex

    now = datetime.now(UTC)
    snapshot_id = f"{now:%Y%m%d-%H%M%S-%f}-{digest[:8]}"
    with store.write(snapshot_id) as folder:
        lines = (json.dumps(asdict(passage), ensure_ascii=False, default=str) + "\n" for passage in passages)
        (folder / PASSAGES_FILE).write_text("".join(lines), encoding="utf-8")
        VectorIndex.build(vectors).save(folder / VECTORS_FILE)
        LexicalIndex.build([passage.search_text for passage in passages]).save(folder / LEXICAL_FOLDER)
        np.savez(folder / DEBIAS_FILE, query=debias.query_centre, passage=debias.passage_centre, directions=debias.directions)
        write_manifest(
            folder,
            Manifest(
                id=snapshot_id,
                created=now.isoformat(timespec="seconds"),
                format=FORMAT,
                encoder=encoder.id,
                dimension=vectors.shape[1],
                corpus_digest=digest,
                passages=len(passages),
                debias_version=debias.version,
                files={},
            ),
        )
    return snapshot_id
