"""The documents that the index in use answers from, with what their files say of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Document, Language, Section
from corpus.loading import load_corpus

if TYPE_CHECKING:
    from index import SearchIndex


@dataclass(frozen=True)
class _Shelf:
    snapshot_id: str
    documents: tuple[Document, ...]


class IndexedDocuments:
    """The documents of a folder as far as the index holds them, with the texts of the index: what is read is what is quoted.

    They are read again when another snapshot is made current; a file that was changed since is not shown before it is indexed.
    """

    def __init__(self, folder: Path, get_index: Callable[[], SearchIndex]) -> None:
        self._folder = folder
        self._get_index = get_index
        self._lock = threading.Lock()
        self._shelf = _Shelf("", ())

    def __call__(self) -> tuple[Document, ...]:
        """All of them, by collection, slug and language.

        Raises:
            CharterError: the index or a document cannot be read.
        """
        index = self._get_index()
        if self._shelf.snapshot_id != index.snapshot_id:
            with self._lock:
                if self._shelf.snapshot_id != index.snapshot_id:
                    self._shelf = _Shelf(index.snapshot_id, _indexed(self._folder, index))
        return self._shelf.documents


def _indexed(folder: Path, index: SearchIndex) -> tuple[Document, ...]:
    documents = [
        replace(document, sections=sections)
        for document in load_corpus(folder).documents
        if (sections := tuple(_sections(document, index)))
    ]
    order = {language: place for place, language in enumerate(Language)}
    return tuple(sorted(documents, key=lambda one: (one.collection, one.slug, order[one.language])))


def _sections(document: Document, index: SearchIndex) -> list[Section]:
    """The document's sections that the index holds, in their order, worded as there."""
    found = []
    for section in document.sections:
        versions = index.sections.versions.get(f"{document.slug}#{section.anchor}", {})
        if passage := versions.get(document.language):
            found.append(
                replace(section, heading=passage.heading, body=passage.text, confidence=passage.confidence, asked=())
            )
    return found
