"""The documents as their files are now, read again when a file changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from corpus import Document, Language
from corpus.loading import Corpus, read_corpus

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Shelf:
    """All documents on the disk: those that can be read, and what is wrong with the others."""

    corpus: Corpus

    def collections(self) -> tuple[str, ...]:
        """The collections by name."""
        return tuple(sorted({document.collection for document in self.corpus.documents}))

    def topics(self) -> tuple[str, ...]:
        """Every topic that a document has, by name."""
        return tuple(sorted({topic for document in self.corpus.documents for topic in document.topics}))

    def publishers(self) -> tuple[str, ...]:
        """Who publishes, by name."""
        return tuple(sorted({document.publisher for document in self.corpus.documents}))

    def find(self, collection: str, slug: str, language: Language) -> Document | None:
        """The document with this address."""
        versions = self.versions(slug)
        found = versions.get(language)
        return found if found and found.collection == collection else None

    def versions(self, slug: str) -> dict[Language, Document]:
        """A document in its languages."""
        return {document.language: document for document in self.corpus.documents if document.slug == slug}


class Shelves:
    """Hands out the shelf; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._kept: tuple[_Stamp, Shelf] | None = None

    def __call__(self) -> Shelf:
        """The documents as their files are now."""
        stamp = self._stamp()
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = (stamp, Shelf(read_corpus(self._folder)))
            return self._kept[1]

    def _stamp(self) -> _Stamp:
        found = []
        for path in sorted(self._folder.rglob("*")):
            if path.suffix in {".md", ".yaml"}:
                try:
                    known = path.stat()
                except OSError:  # removed since it was listed
                    continue
                found.append((str(path), known.st_mtime_ns, known.st_size))
        return tuple(found)
