"""The files of documents, reached by the path that a draft names: nothing outside their folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus import DraftPathError, Language
from corpus.text import clean

_PART = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PATH = re.compile(rf"{_PART}/{_PART}/(?:{'|'.join(Language)})\.md")


class DocumentFiles:
    """The Markdown files below a folder of documents.

    Args:
        folder: the folder; it need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, path: str) -> Path:
        """Where the document `path` (as in `press/a-visit/fr.md`) stands or would stand.

        Raises:
            DraftPathError: the path leads elsewhere than to a document.
        """
        file = self.folder / path
        if not _PATH.fullmatch(path) or not file.resolve().is_relative_to(self.folder.resolve()):
            raise DraftPathError(
                f"No document can stand at “{path}”. Write <collection>/<slug>/<language>.md: small letters, digits and "
                f"hyphens, and one of the languages {', '.join(Language)}."
            )
        return file

    def text(self, path: str) -> str | None:
        """What the file holds now; None if there is none."""
        content = self._read(path)
        return None if content is None else clean(content.decode("utf-8-sig", errors="replace"))

    def digest(self, path: str) -> str:
        """SHA-256 of the file as it is now; empty if there is none."""
        content = self._read(path)
        return "" if content is None else hashlib.sha256(content).hexdigest()

    def _read(self, path: str) -> bytes | None:
        try:
            return self.path(path).read_bytes()
        except (OSError, DraftPathError):
            return None
