"""Building a snapshot from passages."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import CorpusError, Finding, Language, Passage, SnapshotError
from corpus.outside import OutsideKind
from corpus.text import split_statements
from index.cache import EMBEDDINGS, PASSAGE, QUERY, EmbeddingCache, RoleText, Shipped, load_shipped
from index.discriminant import Discriminant, fit_discriminant
from index.projection import FEWEST_PARALLEL_SECTIONS, Projection, fit_debias, no_projection
from index.snapshot import FORMAT, Manifest, SnapshotStore, read_manifest, write_manifest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpus.outside import OutsideQuestion
    from index.cache import Progress
    from index.encoder import Encoder

PASSAGES_FILE = "passages.jsonl"
VECTORS_FILE = "vectors.faiss"
PROJECTION_FILE = "projection.npz"
PROTOTYPES_FILE = "prototypes.npz"
OUTSIDE_FILE = "outside.npz"
LEXICAL_FOLDER = "lexical"
BASIS_SECTIONS = 80
STATEMENTS_FILE = "statements.npz"
ASKED_FILE = "asked.npz"


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
            vectors, embedded = cache.embed(texts_to_embed(passages, outside), progress)
            parts = assemble(passages, outside, vectors, packaged)
            snapshot_id = _write(store, passages, parts, encoder, digest, candidate=not switch)
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


def texts_to_embed(passages: Sequence[Passage], outside: Sequence[OutsideQuestion] = ()) -> list[RoleText]:
    """Every text that an index of these passages needs a vector of, each once, in a stable order: the passages, their statements,
    how people ask for them, what they ask that none answers, and as questions the headings that the language basis is made of.
    """
    texts = [(PASSAGE, passage.search_text) for passage in passages]
    texts += [(PASSAGE, statement.text) for passage in passages for statement in split_statements(passage.text)]
    texts += [(QUERY, passage.heading) for passage in _parallel(passages)]
    texts += [(QUERY, question) for passage in passages for question in passage.asked]
    texts += [(QUERY, question.text) for question in outside]
    return list(dict.fromkeys(texts))


@dataclass(frozen=True)
class IndexParts:
    """Projected vectors of passages, statements and questions, where each passage's begin, and of what none answers; prototypes."""

    projection: Projection
    passages: NDArray[np.float32]
    statements: NDArray[np.float16]
    starts: NDArray[np.int64]
    asked: NDArray[np.float16]
    asked_starts: NDArray[np.int64]
    outside: NDArray[np.float16]
    outside_kinds: list[str]
    discriminant: Discriminant
    prototypes: dict[str, NDArray[np.float16]]


def assemble(
    passages: Sequence[Passage],
    outside: Sequence[OutsideQuestion],
    vectors: Mapping[RoleText, NDArray[np.float32]],
    shipped: Shipped,
) -> IndexParts:
    """The parts of an index of the passages, from the vectors of their texts."""
    own = np.stack([vectors[PASSAGE, passage.search_text] for passage in passages])
    said = [[vectors[PASSAGE, statement.text] for statement in split_statements(passage.text)] for passage in passages]
    asked = [vectors[QUERY, question] for passage in passages for question in passage.asked]
    questions, beyond = (
        np.stack(vectors_of) if vectors_of else np.zeros((0, own.shape[1]), np.float32)
        for vectors_of in (asked, [vectors[QUERY, question.text] for question in outside])
    )
    projection = shipped.projection or fit_language_basis(passages, vectors) or no_projection(own.shape[1])
    projected, projected_questions = projection.passages(own), projection.queries(questions)
    by_section = mean_by_section(passages, projected, projected_questions)
    projected_beyond = projection.queries(beyond)
    refused = [question.kind is not OutsideKind.PREMISE for question in outside]
    return IndexParts(
        projection=projection,
        passages=projected,
        statements=projection.passages(np.stack([vector for group in said for vector in group])).astype(np.float16),
        starts=np.cumsum([0, *(len(group) for group in said)], dtype=np.int64),
        asked=projected_questions.astype(np.float16),
        asked_starts=np.cumsum([0, *(len(passage.asked) for passage in passages)], dtype=np.int64),
        outside=projected_beyond.astype(np.float16),
        outside_kinds=[question.kind.value for question in outside],
        discriminant=fit_discriminant(projected_questions, projected_beyond[np.array(refused, dtype=bool)]),
        prototypes={s: shipped.prototypes.get(s, mean.astype(np.float16)) for s, mean in by_section.items()},
    )


def mean_by_section(
    passages: Sequence[Passage], projected: NDArray[np.float32], questions: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    """For each section id the mean of its passages' vectors and of those of its questions, of length one."""
    sums: dict[str, NDArray[np.float32]] = {}
    start = 0
    for row, passage in enumerate(passages):
        end = start + len(passage.asked)
        total = projected[row] + questions[start:end].sum(axis=0)
        sums[passage.section_id] = sums.get(passage.section_id, np.float32(0)) + total
        start = end
    return {section: total / max(float(np.linalg.norm(total)), 1e-9) for section, total in sums.items()}


def fit_language_basis(
    passages: Sequence[Passage], vectors: Mapping[RoleText, NDArray[np.float32]]
) -> Projection | None:
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


def lexical_texts(passages: Sequence[Passage]) -> list[str]:
    """What the word search looks at: each passage and how people ask for it."""
    return ["\n".join((passage.search_text, *passage.asked)) for passage in passages]


def _write(
    store: SnapshotStore,
    passages: Sequence[Passage],
    parts: IndexParts,
    encoder: Encoder,
    digest: str,
    *,
    candidate: bool,
) -> str:
    # These load FAISS and BM25, which `mithaq --help` need not wait for.
    from index.lexical import LexicalIndex
    from index.vectors import VectorIndex

    now = datetime.now(UTC)
    snapshot_id = f"{now:%Y%m%d-%H%M%S-%f}-{digest[:8]}"
    with store.write(snapshot_id, candidate=candidate) as folder:
        lines = (json.dumps(vars(passage), ensure_ascii=False, default=str) + "\n" for passage in passages)
        (folder / PASSAGES_FILE).write_text("".join(lines), encoding="utf-8")
        VectorIndex.build(parts.passages).save(folder / VECTORS_FILE)
        LexicalIndex.build(lexical_texts(passages)).save(folder / LEXICAL_FOLDER)
        np.savez(folder / STATEMENTS_FILE, vectors=parts.statements, starts=parts.starts)
        np.savez(folder / ASKED_FILE, vectors=parts.asked, starts=parts.asked_starts)
        projection = parts.projection
        np.savez(
            folder / PROJECTION_FILE,
            query=projection.query_centre,
            passage=projection.passage_centre,
            matrix=projection.matrix,
        )
        kinds = np.array(parts.outside_kinds, dtype=np.str_)
        line = parts.discriminant
        np.savez(
            folder / OUTSIDE_FILE, vectors=parts.outside, kinds=kinds, weights=line.weights, constant=line.constant
        )
        sections, prototypes = list(parts.prototypes), list(parts.prototypes.values())
        np.savez(folder / PROTOTYPES_FILE, sections=np.array(sections, dtype=np.str_), vectors=np.stack(prototypes))
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
                projection_version=projection.version,
                files={},
            ),
        )
    return snapshot_id
