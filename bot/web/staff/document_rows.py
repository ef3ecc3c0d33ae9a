"""The documents as the list shows them: one row for all languages of a document, filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.desk.shelf import Shelf
from corpus import Document, Language
from corpus.text import fold

MOST_NOTES = 1000  # entries of the log that are looked through for who changed a document last


class DocumentState(StrEnum):
    """Whether a document is answered from today, and why not."""

    CURRENT = "current"
    EXPIRED = "expired"
    FUTURE = "future"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Change:
    """Who changed a document last, and when."""

    who: str
    when: datetime


@dataclass(frozen=True)
class Row:
    """A document in all its languages."""

    collection: str
    slug: str
    shown: Document
    versions: Mapping[Language, Document]
    state: DocumentState
    change: Change | None
    drafts: Mapping[Language, str]  # the id of the open draft in a language

    @property
    def missing(self) -> tuple[Language, ...]:
        """The languages that it lacks."""
        return tuple(language for language in Language if language not in self.versions)


@dataclass(frozen=True)
class Wanted:
    """What the filter asks for; empty for anything."""

    text: str = ""
    collection: str = ""
    missing: str = ""
    state: str = ""
    since: date | None = None

    def takes(self, row: Row) -> bool:
        """Whether the row is shown."""
        return (
            (not self.collection or row.collection == self.collection)
            and (not self.missing or self.missing in row.missing)
            and (not self.state or row.state == self.state)
            and (self.since is None or row.shown.published >= self.since)
            and self._mentions(row)
        )

    def _mentions(self, row: Row) -> bool:
        said = " ".join((row.slug, *(f"{one.title} {' '.join(one.topics)}" for one in row.versions.values())))
        return all(word in fold(said) for word in fold(self.text).split())


def document_rows(
    shelf: Shelf, language: Language, today: date, changes: Mapping[str, Change], drafts: Sequence[Any]
) -> list[Row]:
    """A row for each document, by collection and title; titles in the language of the page where there is one."""
    open_drafts = {draft.path: draft.id for draft in drafts}
    rows = []
    for slug, versions in shelf.corpus.versions().items():
        shown = versions.get(language) or next(iter(versions.values()))
        paths = {one: f"{document.collection}/{slug}/{one}.md" for one, document in versions.items()}
        known = [changes[path] for path in paths.values() if path in changes]
        row = Row(
            shown.collection, slug, shown, versions, document_state(shown, today),
            max(known, key=lambda change: change.when, default=None),
            {one: open_drafts[path] for one, path in paths.items() if path in open_drafts},
        )  # fmt: skip
        rows.append(row)
    return sorted(rows, key=lambda row: (row.collection, row.shown.title))


def document_state(document: Document, today: date) -> DocumentState:
    """Whether the document is answered from on that day."""
    if document.superseded_by:
        return DocumentState.SUPERSEDED
    if document.valid_from and today < document.valid_from:
        return DocumentState.FUTURE
    return DocumentState.CURRENT if document.in_force(today) else DocumentState.EXPIRED


def last_changes(audit: Any) -> dict[str, Change]:
    """The last change of each document that the log knows of, by the path of its file."""
    changes: dict[str, Change] = {}
    for entry in audit.entries(most=MOST_NOTES):
        if entry.action.startswith("document."):
            changes.setdefault(entry.subject, Change(entry.who, entry.when))
    return changes
