"""Opening the current snapshot, and following it while another one is made current."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from corpus import Passage, SnapshotDamagedError, SnapshotError, SnapshotMismatchError
from index.building import LEXICAL_FOLDER
from index.index_vectors import IndexVectors
from index.lexical import LexicalIndex
from index.passage_file import open_passages
from index.search import SearchIndex
from index.snapshot import REPAIR, Manifest, SnapshotStore, read_manifest

if TYPE_CHECKING:
    from corpus.glossary import Glossary
    from index.encoder import Encoder

logger = logging.getLogger(__name__)


def open_index(home: Path, encoder: Encoder, glossary: Glossary, snapshot_id: str | None = None) -> SearchIndex:
    """The current snapshot, or the snapshot or candidate that is named, checked against its checksums and the encoder.

    Raises:
        SnapshotMissingError: none was built yet, or there is none of this name.
        SnapshotDamagedError: a file is torn, gone or was changed.
        SnapshotMismatchError: another encoder or another version of the project built it.
    """
    store = SnapshotStore(home)
    folder = store.path(snapshot_id or store.require_current())
    manifest = read_manifest(folder, verify=True)
    _check_encoder(manifest, encoder)
    try:
        passages = open_passages(folder)
        vectors = IndexVectors.open(folder)
        lexical = LexicalIndex.open(folder / LEXICAL_FOLDER)
    except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise SnapshotDamagedError(f"The index {manifest.id} cannot be read ({error}). {REPAIR}") from error
    sizes = {len(passages), vectors.passages.size, lexical.size, vectors.statements.passages, vectors.asked.passages}
    if (
        sizes != {manifest.passages}
        or vectors.passages.dimension != manifest.dimension
        or vectors.prototypes.keys() != {passage.section_id for passage in passages}
    ):
        raise SnapshotDamagedError(f"The parts of the index {manifest.id} do not fit together. {REPAIR}")
    return SearchIndex(passages, vectors, lexical, encoder, glossary, manifest.id)


def _check_encoder(manifest: Manifest, encoder: Encoder) -> None:
    if manifest.encoder != encoder.id:
        raise SnapshotMismatchError(
            f"The index was built by the encoder {manifest.encoder}, but {encoder.id} is set. {REPAIR}, or set "
            "MITHAQ_INDEX__ENCODER back."
        )


def read_passages(home: Path, snapshot_id: str) -> tuple[Passage, ...]:
    """What a snapshot or candidate holds, without opening it for a search.

    Raises:
        SnapshotMissingError: there is none of this name.
        SnapshotDamagedError: it cannot be read.
    """
    folder = SnapshotStore(home).path(snapshot_id)
    read_manifest(folder, verify=False)
    try:
        return open_passages(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotDamagedError(f"The passages of the index {snapshot_id} cannot be read. {REPAIR}") from error


class LiveIndex:
    """The current snapshot, opened again between two questions when another one was made current.

    One thread opens it; the questions of the others are answered from the one before until it is ready, so that nobody waits.
    A new snapshot that cannot be opened leaves the one in memory answering; the reason stands in `problem`.
    """

    def __init__(self, home: Path, encoder: Encoder, glossary: Glossary) -> None:
        self._open: Callable[[], SearchIndex] = lambda: open_index(home, encoder, glossary)
        self._store = SnapshotStore(home)
        self._lock = threading.Lock()
        self._index = self._open()
        self._tried = self._index.snapshot_id
        self.problem: str | None = None

    def get(self) -> SearchIndex:
        """The index to answer the next question from."""
        if self._store.current_id() != self._tried and self._lock.acquire(blocking=False):
            try:
                if (current := self._store.current_id()) != self._tried:
                    self._follow(current or "")
            finally:
                self._lock.release()
        return self._index

    def _follow(self, current: str) -> None:
        try:
            opened = self._open()
            opened.prepare()
            self._index, self.problem = opened, None
        except SnapshotError as error:
            self.problem = str(error)
            logger.warning("The new index is not used, the one before goes on answering: %s", error)
        self._tried = current
