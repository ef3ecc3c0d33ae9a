"""Drafts of documents, kept in the database: no saved one is lost, and nobody overwrites what another saved."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Boolean, CursorResult, DateTime, Integer, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, Database, aware
from bot.desk.audit import Audit
from bot.desk.document_files import DocumentFiles
from corpus import DraftConflictError, DraftError, DraftPathError, UnknownDraftError
from corpus.text import clean

MOST_CHARACTERS = 1_000_000
_TITLE = re.compile(r"\A---[ \t]*\n(?:.*\n)*?title:[ \t]*(?P<title>\S.*)\n")


class DraftState(StrEnum):
    """Whether a draft is worked on, was published or was given up."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Draft:
    """A document as somebody wants it to be.

    Attributes:
        revision: from 1, one more with each change; who saves names the one that was read.
        path: where the document is to stand below the folder of documents, as in `press/a-visit/fr.md`.
        text: the whole file with its front matter, whether or not it is valid.
        base: SHA-256 of the document's file when the draft began; empty where there was none.
        origin: where it comes from: a file's name, `group:<id>`, `translation` …
        proposed: whether a machine proposed it and no person has accepted it yet.
        remove: whether the document is to be removed; `text` is what it held.
    """

    id: str
    revision: int
    path: str
    text: str
    base: str
    state: DraftState
    author: str
    changed_by: str
    created: datetime
    changed: datetime
    origin: str = ""
    proposed: bool = False
    remove: bool = False

    @property
    def title(self) -> str:
        """The title that its front matter states, else its path."""
        match = _TITLE.match(self.text)
        return match["title"].strip().strip("\"'") if match else self.path

    @property
    def is_new(self) -> bool:
        """Whether no document stood at its path when it began."""
        return not self.base


class _DraftRow(Base):
    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)
    path: Mapped[str] = mapped_column(String(300), index=True)
    text: Mapped[str] = mapped_column(Text)
    base: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), index=True)
    author: Mapped[str] = mapped_column(String(100))
    changed_by: Mapped[str] = mapped_column(String(100))
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    origin: Mapped[str] = mapped_column(String(300))
    proposed: Mapped[bool] = mapped_column(Boolean)
    remove: Mapped[bool] = mapped_column(Boolean)


class Drafts:
    """The drafts, and the documents that they start from.

    Args:
        database: where they are kept.
        documents: the folder of documents.
        audit: where every change is noted.
    """

    def __init__(self, database: Database, documents: Path, audit: Audit) -> None:
        self._database = database
        self._files = DocumentFiles(documents)
        self._audit = audit

    def begin(
        self, path: str, text: str, who: str, *, origin: str = "", proposed: bool = False, remove: bool = False
    ) -> Draft:
        """A new draft of the document at `path`, which need not exist; a wrong path or text is kept and shows as a finding.

        Raises:
            DraftConflictError: an open draft of that document exists; it is in `newer`.
            DraftError: the text is too long.
        """
        path, text = clean(path).strip()[:300], _checked(text)
        if known := self.at(path):
            raise _conflict(f"{known.changed_by} has an open draft of {path}", known, text)
        now = datetime.now(UTC)
        row = _DraftRow(
            id=uuid.uuid4().hex, revision=1, path=path, text=text, base=self._files.digest(path), state=DraftState.OPEN,
            author=who, changed_by=who, created=now, changed=now, origin=clean(origin)[:300], proposed=proposed,
            remove=remove,
        )  # fmt: skip
        with self._database.session() as session:
            session.add(row)
        before = self.on_disk(path) or ""
        self._audit.record(who, "draft.begun", path, before=before, after="" if remove else text)
        return _draft(row)

    def begin_from_document(self, path: str, who: str, *, remove: bool = False) -> Draft:
        """A draft that holds the document at `path` as it is, to change it (with `remove`, to take it away).

        Raises:
            DraftConflictError: an open draft of that document exists; it is in `newer`.
            DraftPathError: there is no such document.
        """
        text = self.on_disk(path)
        if text is None:
            raise DraftPathError(f"There is no document {path}. Choose one of those that exist.")
        return self.begin(path, text, who, remove=remove)

    def get(self, draft_id: str) -> Draft:
        """The draft as it was last saved, whatever its state.

        Raises:
            UnknownDraftError: there is none.
        """
        with self._database.session() as session:
            row = session.get(_DraftRow, draft_id)
        if row is None:
            raise UnknownDraftError(f"There is no draft {clean(draft_id)[:40]}. Choose one from the list of drafts.")
        return _draft(row)

    def open(self) -> list[Draft]:
        """Those that are worked on, the last changed first."""
        query = select(_DraftRow).where(_DraftRow.state == DraftState.OPEN).order_by(_DraftRow.changed.desc())
        with self._database.session() as session:
            return [_draft(row) for row in session.scalars(query)]

    def at(self, path: str) -> Draft | None:
        """The open draft of the document at `path`."""
        return next((draft for draft in self.open() if draft.path == path), None)

    def save(self, draft_id: str, text: str, revision: int, who: str, *, path: str | None = None) -> Draft:
        """The draft with another text, and another path if one is given; whatever is wrong with them, they are kept.

        The same text saved twice is no conflict: a page sent again after a break finds what it saved.

        Raises:
            DraftConflictError: `revision` is not the latest, or the draft is closed. Nothing is overwritten; `newer` is what is
                kept, `yours` the text that was to be saved.
            UnknownDraftError: there is no such draft.
            DraftError: the text is too long.
        """
        before, text = self.get(draft_id), _checked(text)
        path = before.path if path is None else clean(path).strip()[:300]
        if before.state is DraftState.OPEN and (before.text, before.path) == (text, path):
            return before
        values: dict[str, Any] = {"text": text, "path": path}
        if path != before.path:
            values["base"] = self._files.digest(path)
        after = self._change(before, revision, who, values, yours=text)
        moved = "" if path == before.path else f"moved from {before.path}"
        self._audit.record(who, "draft.saved", path, before=before.text, after=text, reason=moved)
        return after

    def accept(self, draft_id: str, revision: int, who: str) -> Draft:
        """The draft after a person has accepted what a machine proposed; raises as `save` does."""
        return self._note("draft.accepted", draft_id, revision, who, {"proposed": False})

    def rebase(self, draft_id: str, revision: int, who: str) -> Draft:
        """The draft as one that knows the document as it is on the disk now; its text stays. Raises as `save` does."""
        return self._note(
            "draft.rebased", draft_id, revision, who, {"base": self._files.digest(self.get(draft_id).path)}
        )

    def discard(self, draft_id: str, revision: int, who: str) -> Draft:
        """Close the draft without publishing it; its text stays readable. Raises as `save` does."""
        return self._note("draft.discarded", draft_id, revision, who, {"state": DraftState.DISCARDED})

    def mark_published(self, revisions: Mapping[str, int]) -> None:
        """Close the drafts that were published, each in the revision that is named.

        One that was saved again since then stays open and counts as begun from what was published. Doing it twice changes nothing.
        """
        now = datetime.now(UTC)
        with self._database.session() as session:
            for draft_id, revision in revisions.items():
                is_open = (_DraftRow.id == draft_id) & (_DraftRow.state == DraftState.OPEN)
                closed = update(_DraftRow).where(is_open & (_DraftRow.revision == revision))
                session.execute(closed.values(state=DraftState.PUBLISHED, changed=now))
                row = session.get(_DraftRow, draft_id)
                if row is not None and row.state == DraftState.OPEN:
                    session.execute(update(_DraftRow).where(is_open).values(base=self._files.digest(row.path)))

    def file(self, draft: Draft) -> Path:
        """Where the draft's document stands or would stand.

        Raises:
            DraftPathError: the path leads elsewhere than to a document.
        """
        return self._files.path(draft.path)

    def on_disk(self, path: str) -> str | None:
        """The text of the document at `path` as its file is now; None if there is none."""
        return self._files.text(path)

    def is_outdated(self, draft: Draft) -> bool:
        """Whether the document's file was changed, added or removed since the draft began."""
        return self._files.digest(draft.path) != draft.base

    def _note(self, action: str, draft_id: str, revision: int, who: str, values: dict[str, Any]) -> Draft:
        before = self.get(draft_id)
        after = self._change(before, revision, who, values, yours=before.text)
        self._audit.record(who, action, after.path)
        return after

    def _change(self, before: Draft, revision: int, who: str, values: dict[str, Any], *, yours: str) -> Draft:
        """One statement compares the revision and writes, so that of two who save at once only one does."""
        latest = (_DraftRow.id == before.id) & (_DraftRow.revision == revision) & (_DraftRow.state == DraftState.OPEN)
        values = values | {"revision": revision + 1, "changed_by": who, "changed": datetime.now(UTC)}
        with self._database.session() as session:
            done = cast("CursorResult[Any]", session.execute(update(_DraftRow).where(latest).values(**values)))
            if done.rowcount == 1:
                return _draft(session.get_one(_DraftRow, before.id))
        newer = self.get(before.id)
        did = "saved" if newer.state is DraftState.OPEN else newer.state.value
        raise _conflict(f"{newer.changed_by} {did} the draft of {newer.path} after you opened it", newer, yours)


def _conflict(what: str, newer: Draft, yours: str) -> DraftConflictError:
    return DraftConflictError(
        f"{what}. Nothing was overwritten: compare both texts, and save again what is to stay.", newer, yours
    )


def _checked(text: str) -> str:
    text = clean(text)
    if len(text) > MOST_CHARACTERS:
        raise DraftError(
            f"The text has {len(text):,} characters. Cut it into documents of at most {MOST_CHARACTERS:,}."
        )
    return text


def _draft(row: _DraftRow) -> Draft:
    return Draft(
        row.id, row.revision, row.path, row.text, row.base, DraftState(row.state), row.author, row.changed_by,
        aware(row.created), aware(row.changed), row.origin, row.proposed, row.remove,
    )  # fmt: skip
