"""Asking the documents as they would be, from an index in memory with drafts in place; what visitors are answered from stays."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk.overlay import LaidDraft, lay_over
from corpus import Passage
from corpus.splitting import split_into_passages

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from index import SearchIndex

KEPT_SECONDS = 300.0


class Trials:
    """Tries drafts, one after the other: of all that wait, one has an index in memory, and it goes when nobody used it for a while.

    Args:
        documents: the folder of documents.
        build: an index of passages, put together in memory.
        open_assistant: an assistant that answers from an index.
        kept_seconds: how long an index stays after its last use.
    """

    def __init__(
        self,
        documents: Path,
        build: Callable[[Sequence[Passage]], SearchIndex],
        open_assistant: Callable[[SearchIndex], Assistant],
        kept_seconds: float = KEPT_SECONDS,
    ) -> None:
        self._documents = documents
        self._build = build
        self._open_assistant = open_assistant
        self._kept_seconds = kept_seconds
        self._lock = threading.Lock()
        self._kept: tuple[tuple[str, ...], Assistant] | None = None
        self._timer: threading.Timer | None = None

    @contextlib.contextmanager
    def assistant(self, drafts: Sequence[LaidDraft]) -> Iterator[Assistant]:
        """An assistant that answers as if the drafts were published; others wait until the block ends.

        A draft that cannot be read is left out.

        Raises:
            CharterError: no document is left, or a text cannot be embedded.
        """
        with self._lock:
            if self._timer:
                self._timer.cancel()
            try:
                yield self._ready(drafts)
            finally:
                self._timer = threading.Timer(self._kept_seconds, self.release)
                self._timer.daemon = True
                self._timer.start()

    def release(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._kept = None

    @property
    def is_held(self) -> bool:
        """Whether an index is in memory."""
        return self._kept is not None

    def _ready(self, drafts: Sequence[LaidDraft]) -> Assistant:
        passages = split_into_passages(lay_over(drafts, self._documents).documents, date.today())
        key = tuple(passage.digest for passage in passages)
        if self._kept is None or self._kept[0] != key:
            self._kept = None  # the one before is given back first, so that there are never two
            self._kept = (key, self._open_assistant(self._build(passages)))
        return self._kept[1]
