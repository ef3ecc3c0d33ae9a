"""The pages of going back: to a kept published version, and to what a document said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from bot.web.staff.pages import Pages
from bot.web.staff.section_names import SectionNames
from bot.web.staff.visit import PUBLISHER, NotHereError, Visit
from bot.web.staff.word_diff import DiffRow, diff_lines
from corpus import DraftConflictError, DraftError, PublishingError, SnapshotError

if TYPE_CHECKING:
    from bot.desk.history import DocumentVersion

_CHANGES = ("document.published", "document.removed")
_MOST_CHANGED = 20
_LOOKED_THROUGH = 500
_FIRST = "-first"


@dataclass(frozen=True)
class Compared:
    """A version beside the one before it, or beside the document of today."""

    key: str
    version: DocumentVersion
    rows: Sequence[DiffRow]
    with_now: bool

    @property
    def is_same(self) -> bool:
        """Whether the two texts say the same."""
        return not any(row.differs for row in self.rows)


class HistoryPages:
    """The handlers that name documents.

    Args:
        names: finds their titles.
    """

    def __init__(self, names: SectionNames) -> None:
        self._names = names

    def show(self, visit: Visit) -> Response:
        """The kept versions; with `?path=`, the versions of one document."""
        if path := visit.query("path"):
            return _document(visit, path, self._names.title_of(path))
        seen: dict[str, Any] = {}
        for entry in visit.desk.audit.entries(most=_LOOKED_THROUGH):
            if entry.action in _CHANGES:
                seen.setdefault(entry.subject, entry)
        return visit.page(
            "history/history.html", kept=visit.desk.history.snapshots(), changed=list(seen.values())[:_MOST_CHANGED],
            title_of=self._names.title_of,
        )  # fmt: skip

    def ask_back(self, visit: Visit) -> Response:
        """Whether it is really to be this version."""
        kept = next((one for one in visit.desk.history.snapshots() if one.id == visit.path("version")), None)
        if kept is None or kept.is_current or kept.problem:
            return visit.go("/history", "history.said_gone")
        return visit.page("history/back.html", kept=kept, title_of=self._names.title_of)


def go_back(visit: Visit) -> Response:
    """A kept version answers from now on."""
    version = visit.path("version")
    if version not in {one.id for one in visit.desk.history.snapshots()}:
        return visit.go("/history", "history.said_gone")
    try:
        visit.desk.history.roll_back(version, visit.who)
    except PublishingError:
        return visit.go("/history", "history.said_busy")
    except SnapshotError:
        return visit.go("/history", "history.said_failed")
    return visit.go("/history", "history.said_back")


def restore(visit: Visit) -> Response:
    """A draft with the text of an earlier version."""
    path, (number, is_first) = visit.form.get("path"), _key(visit.form.get("version"))
    try:
        draft = visit.desk.history.restore_version(path, number, visit.who, first=is_first)
    except DraftConflictError as error:
        return visit.go(f"/drafts/{error.newer.id}", "history.said_open_draft")
    except (PublishingError, DraftError) as error:
        if not visit.desk.history.document_versions(path):
            raise NotHereError from error
        return visit.go("/history", "history.said_no_version")
    return visit.go(f"/drafts/{draft.id}", "history.said_restored")


def add_history(pages: Pages) -> None:
    """Adds the pages; going back is for publishers."""
    history = HistoryPages(SectionNames(pages.shelves))
    pages.get("/history", history.show)
    pages.get("/history/back/{version}", history.ask_back, role=PUBLISHER)
    pages.post("/history/back/{version}", go_back, role=PUBLISHER)
    pages.post("/history/restore", restore)


def _document(visit: Visit, path: str, title: str) -> Response:
    versions = visit.desk.history.document_versions(path)
    today = visit.desk.drafts.on_disk(path)
    if not versions and today is None:
        raise NotHereError
    number, is_first = _key(visit.query("version"))
    place = next((at for at, one in enumerate(versions) if (one.audit_id, one.is_first) == (number, is_first)), None)
    shown = None
    if place is not None:
        version = versions[place]
        with_now = visit.query("against") == "now"
        before = versions[place + 1].text if place + 1 < len(versions) else ""
        rows = diff_lines(version.text, today or "") if with_now else diff_lines(before, version.text)
        shown = Compared(f"{number}{_FIRST if is_first else ''}", version, rows, with_now)
    return visit.page(
        "history/document.html", path=path, title=title or path, versions=versions, shown=shown, exists=today is not None,
        text_language=path.rpartition("/")[2].removesuffix(".md"),
    )  # fmt: skip


def _key(said: str) -> tuple[int, bool]:
    """The number of an entry, and whether the text before it is meant; 0 for anything else."""
    number = said.removesuffix(_FIRST)
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    return int(number) if is_number else 0, said.endswith(_FIRST)
