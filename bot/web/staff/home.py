"""The first page after signing in: what waits, and how the corpus stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from bot.desk.shelf import Shelf, Shelves
from bot.web.staff.dates import today
from bot.web.staff.document_rows import DocumentState, document_state
from bot.web.staff.pages import Pages
from bot.web.staff.pictures import home_pictures
from bot.web.staff.visit import Visit
from corpus import Language

MOST_GROUPS = 5
MOST_DRAFTS = 5


@dataclass(frozen=True)
class Coverage:
    """How much of one collection stands in which language."""

    collection: str
    documents: int
    versions: Mapping[Language, int]


class HomePage:
    """The handler."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def show(self, visit: Visit) -> Response:
        """What waits."""
        shelf, desk = self._shelves(), visit.desk
        drafts = desk.drafts.open()
        jobs = desk.publisher.jobs()
        states = [document_state(document, today()) for document in shelf.corpus.documents]
        groups = desk.listening.groups()[:MOST_GROUPS]
        return visit.page(
            "home/home.html", drafts=drafts[:MOST_DRAFTS], draft_count=len(drafts), job=jobs[0] if jobs else None,
            outdated=sum(1 for draft in drafts if desk.drafts.is_outdated(draft)), groups=groups,
            coverage=coverage(shelf), all_languages=list(Language),
            expired=sum(1 for state in states if state is DocumentState.EXPIRED),
            unreadable=len({finding.path for finding in shelf.corpus.findings}),
            pictures=home_pictures(visit, shelf.corpus.documents),
        )  # fmt: skip


def add_home(pages: Pages) -> None:
    """Adds the page."""
    pages.get("", HomePage(pages.shelves).show)


def coverage(shelf: Shelf) -> list[Coverage]:
    """A line for each collection, by name."""
    versions = shelf.corpus.versions().values()
    found = []
    for name in shelf.collections():
        inside = [some for some in versions if any(document.collection == name for document in some.values())]
        counts = {language: sum(1 for some in inside if language in some) for language in Language}
        found.append(Coverage(name, len(inside), counts))
    return found
