"""What publishing needs of the desk's other parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from corpus import Document, Finding


class PublishableDraft(Protocol):
    """A draft as far as publishing reads it."""

    @property
    def id(self) -> str: ...

    @property
    def revision(self) -> int: ...

    @property
    def path(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def proposed(self) -> bool: ...

    @property
    def remove(self) -> bool: ...


class DraftSource(Protocol):
    """Where the drafts are."""

    def get(self, draft_id: str, /) -> PublishableDraft:
        """The draft as it was last saved; a `CharterError` where there is none."""
        ...

    def is_outdated(self, draft: Any, /) -> bool:
        """Whether the document's file was changed since the draft began."""
        ...

    def mark_published(self, revisions: Mapping[str, int], /) -> None:
        """Close them, each in the revision that was published; doing it twice changes nothing."""
        ...


# The documents as they would be with the drafts in place, below the folder of documents, and what is wrong with them.
Overlay = Callable[[Sequence[Any], Path], tuple[Sequence[Document], Sequence[Finding]]]


class AuditEntry(Protocol):
    """One entry of the audit log."""

    @property
    def id(self) -> int: ...

    @property
    def when(self) -> datetime: ...

    @property
    def who(self) -> str: ...

    @property
    def before(self) -> str: ...

    @property
    def after(self) -> str: ...

    @property
    def action(self) -> str: ...

    @property
    def reason(self) -> str: ...


class AuditLog(Protocol):
    """Who did what."""

    def record(
        self, who: str, action: str, subject: str, *, before: str = "", after: str = "", reason: str = ""
    ) -> object:
        """Note it."""
        ...

    def entries(self, *, subject: str = "", who: str = "", most: int = 100) -> Sequence[AuditEntry]:
        """The newest entries first."""
        ...
