"""The pages of documents: the list, one document, and taking one away."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from starlette.responses import Response

from bot.desk.shelf import Shelves
from bot.web.staff.dates import read_day, today
from bot.web.staff.document_rows import DocumentState, Wanted, document_rows, document_state, last_changes
from bot.web.staff.pages import Pages
from bot.web.staff.rendering import known_language
from bot.web.staff.visit import NotHereError, Visit
from corpus import Document, DraftConflictError, Language


class DocumentPages:
    """The handlers."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def list(self, visit: Visit) -> Response:
        """All documents, or those that the filter asks for."""
        shelf = self._shelves()
        wanted = Wanted(
            visit.query("q"), visit.query("collection"), visit.query("missing"), visit.query("state"),
            read_day(visit.query("since")),
        )  # fmt: skip
        changes, drafts = last_changes(visit.desk.audit), visit.desk.drafts.open()
        rows = document_rows(shelf, visit.language, today(), changes, drafts)
        shown = [row for row in rows if wanted.takes(row)]
        groups = [(name, list(some)) for name, some in groupby(shown, key=lambda row: row.collection)]
        return visit.page(
            "documents/list.html", groups=groups, wanted=wanted, shown=len(shown), findings=shelf.corpus.findings,
            collections=shelf.collections(), states=list(DocumentState), all_languages=list(Language),
            is_filtered=wanted != Wanted(),
        )  # fmt: skip

    def show(self, visit: Visit) -> Response:
        """One document in one language."""
        document, path = self._document(visit)
        draft = visit.desk.drafts.at(path)
        changes = visit.desk.audit.entries(subject=path, most=1)
        return visit.page(
            "documents/one.html", document=document, path=path, draft=draft, change=changes[0] if changes else None,
            versions=self._shelves().versions(document.slug), all_languages=list(Language),
            state=document_state(document, today()), first_day=date.min,
        )  # fmt: skip

    def edit(self, visit: Visit) -> Response:
        """On to a draft of the document: the open one, or a new one."""
        _, path = self._document(visit)
        return self._begin(visit, path, remove=False)

    def ask_remove(self, visit: Visit) -> Response:
        """Whether it really shall go."""
        document, path = self._document(visit)
        return visit.page("documents/remove.html", document=document, path=path)

    def remove(self, visit: Visit) -> Response:
        """A draft that takes the document away when it is published."""
        _, path = self._document(visit)
        return self._begin(visit, path, remove=True)

    def _begin(self, visit: Visit, path: str, *, remove: bool) -> Response:
        try:
            draft = visit.desk.drafts.begin_from_document(path, visit.who, remove=remove)
        except DraftConflictError as error:
            return visit.go(f"/drafts/{error.newer.id}", "drafts.said_open_already")
        return visit.go(f"/drafts/{draft.id}", "documents.remove.said" if remove else "")

    def _document(self, visit: Visit) -> tuple[Document, str]:
        language = known_language(visit.path("language"))
        found = language and self._shelves().find(visit.path("collection"), visit.path("slug"), language)
        if not found:
            raise NotHereError
        return found, f"{found.collection}/{found.slug}/{found.language}.md"


def add_documents(pages: Pages) -> None:
    """Adds the pages."""
    documents = DocumentPages(pages.shelves)
    one = "/documents/{collection}/{slug}/{language}"
    pages.get("/documents", documents.list)
    pages.get(one, documents.show)
    pages.post(f"{one}/edit", documents.edit)
    pages.get(f"{one}/remove", documents.ask_remove)
    pages.post(f"{one}/remove", documents.remove)
