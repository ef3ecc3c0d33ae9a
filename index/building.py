"""Building a snapshot from passages."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import CorpusError, Finding, Language, Passage, SnapshotError
from corpus.text import split_statements
from index.cache import PASSAGE, QUERY, EmbeddingCache, RoleText, Shipped, load_shipped
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
BASIS_SECTIONS = 80
STATEMENTS_FILE = "statements.npz"
ASKED_FILE = "asked.npz"


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
        shipped: a file of vectors shipped with the packaged documents; its language basis serves a corpus without parallel texts.
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
    packaged = load_shipped(shipped, encoder.id) if shipped else Shipped({})
    digest = _digest(passages, packaged.debias)
    try:
        with store.lock():
            current = None if fresh else _same_as_current(store, digest, encoder)
            if current:
                return BuildReport(current, new=False, passages=len(passages), embedded=0)
            cache_file = home / "cache" / "embeddings.sqlite"
            if fresh:
                cache_file.unlink(missing_ok=True)
            cache = EmbeddingCache(cache_file, encoder, Shipped({}) if fresh else packaged)
            vectors, embedded = cache.embed(texts_to_embed(passages), progress)
            parts = _assemble(passages, vectors, packaged.debias)
            snapshot_id = _write(store, passages, parts, encoder, digest)
            store.switch(snapshot_id)
            store.keep_newest(keep)
            return BuildReport(snapshot_id, new=True, passages=len(passages), embedded=embedded)
    except OSError as error:
        raise SnapshotError(
            f"The index could not be written to {home}: {error.strerror}. Make room or choose another MITHAQ_HOME; "
            "the index that was there still answers."
        ) from error


def _digest(passages: Sequence[Passage], fallback: Debias | None) -> str:
    """SHA-256 over the passages, and over the shipped language basis where they are too few to have their own."""
    basis = fallback.version if fallback and not _has_own_basis(passages) else ""
    return hashlib.sha256("\n".join([*(passage.digest for passage in passages), basis]).encode()).hexdigest()


def _same_as_current(store: SnapshotStore, digest: str, encoder: Encoder) -> str | None:
    current = store.current_id()
    if current is None:
        return None
    try:
        manifest = read_manifest(store.path(current), verify=True)
    except SnapshotError:
        return None
    return current if (manifest.corpus_digest, manifest.encoder) == (digest, encoder.id) else None


def texts_to_embed(passages: Sequence[Passage]) -> list[RoleText]:
    """Every text that an index of these passages needs a vector of, each once, in a stable order: the passages, their statements,
    how people ask for them, and as questions the headings of the sections that the language basis is made of.
    """
    texts = [(PASSAGE, passage.search_text) for passage in passages]
    texts += [(PASSAGE, statement.text) for passage in passages for statement in split_statements(passage.text)]
    texts += [(QUERY, passage.heading) for passage in _parallel(passages)]
    texts += [(QUERY, question) for passage in passages for question in passage.asked]
    return list(dict.fromkeys(texts))


@dataclass(frozen=True)
class _Parts:
    """Debiased vectors of passages and statements, and where each passage's statements begin."""

    debias: Debias
    passages: NDArray[np.float32]
    statements: NDArray[np.float16]
    starts: NDArray[np.int64]
    asked: NDArray[np.float16]
    asked_starts: NDArray[np.int64]


def _assemble(
    passages: Sequence[Passage], vectors: Mapping[RoleText, NDArray[np.float32]], fallback: Debias | None
) -> _Parts:
    own = np.stack([vectors[PASSAGE, passage.search_text] for passage in passages])
    said = [[vectors[PASSAGE, statement.text] for statement in split_statements(passage.text)] for passage in passages]
    asked = [vectors[QUERY, question] for passage in passages for question in passage.asked]
    questions = np.stack(asked) if asked else np.zeros((0, own.shape[1]), np.float32)
    debias = fit_language_basis(passages, vectors) or fallback or no_debias(own.shape[1])
    return _Parts(
        debias=debias,
        passages=debias.passages(own),
        statements=debias.passages(np.stack([vector for group in said for vector in group])).astype(np.float16),
        starts=np.cumsum([0, *(len(group) for group in said)], dtype=np.int64),
        asked=debias.queries(questions).astype(np.float16),
        asked_starts=np.cumsum([0, *(len(passage.asked) for passage in passages)], dtype=np.int64),
    )


def fit_language_basis(passages: Sequence[Passage], vectors: Mapping[RoleText, NDArray[np.float32]]) -> Debias | None:
    """The basis from the sections that stand in all five languages, their headings taken as questions; None if they are few."""
    if not _has_own_basis(passages):
        return None
    parallel = _parallel(passages)
    by_language = {language: [p for p in parallel if p.language is language] for language in Language}
    return fit_debias(
        {language: [vectors[PASSAGE, p.search_text] for p in group] for language, group in by_language.items()},
        {language: [vectors[QUERY, p.heading] for p in group] for language, group in by_language.items()},
    )


def _has_own_basis(passages: Sequence[Passage]) -> bool:
    return len(_parallel(passages)) >= FEWEST_PARALLEL_SECTIONS * len(Language)


def _parallel(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with a heading whose section stands in every language, from `BASIS_SECTIONS` sections at most.

    Which ones follows from a hash of their names, so a new document seldom changes them, nor with them every vector.
    """
    languages: dict[str, set[Language]] = defaultdict(set)
    for passage in passages:
        if passage.heading:
            languages[passage.section_id].add(passage.language)
    whole = [section for section, own in languages.items() if len(own) == len(Language)]
    chosen = set(sorted(whole, key=lambda name: hashlib.sha256(name.encode()).digest())[:BASIS_SECTIONS])
    return [passage for passage in passages if passage.section_id in chosen]


def _write(
    store: SnapshotStore,
    passages: Sequence[Passage],
    parts: _Parts,
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
        VectorIndex.build(parts.passages).save(folder / VECTORS_FILE)
        LexicalIndex.build(["\n".join((p.search_text, *p.asked)) for p in passages]).save(folder / LEXICAL_FOLDER)
        np.savez(folder / STATEMENTS_FILE, vectors=parts.statements, starts=parts.starts)
        np.savez(folder / ASKED_FILE, vectors=parts.asked, starts=parts.asked_starts)
        debias = parts.debias
        np.savez(
            folder / DEBIAS_FILE,
            query=debias.query_centre,
            passage=debias.passage_centre,
            directions=debias.directions,
        )
        write_manifest(
            folder,
            Manifest(
                id=snapshot_id,
                created=now.isoformat(timespec="seconds"),
                format=FORMAT,
                encoder=encoder.id,
                dimension=parts.passages.shape[1],
                corpus_digest=digest,
                passages=len(passages),
                debias_version=debias.version,
                files={},
            ),
        )
    return snapshot_id
