"""The pages of drafts: the list, the form, saving it, two texts at once, and giving it up."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.desk.naming import is_short_name
from bot.desk.shelf import Shelves
from bot.web.staff.draft_checks import check_draft
from bot.web.staff.draft_form import SPARE_SOURCES, DraftForm, form_of, form_text, sent_form
from bot.web.staff.forms import TEXT_BYTES, UPLOAD_WITHIN
from bot.web.staff.pages import Pages
from bot.web.staff.visit import NotHereError, Visit
from bot.web.staff.word_diff import diff_lines
from corpus import Confidence, DraftConflictError, DraftError, Kind, Language, UnknownDraftError

OPEN = "open"
CONFIDENCE = (Confidence.OFFICIAL, Confidence.PRESS, Confidence.TO_CONFIRM)


class DraftPages:
    """The handlers."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def list(self, visit: Visit) -> Response:
        """The open drafts, the last changed first."""
        drafts = visit.desk.drafts
        rows = [(draft, drafts.is_outdated(draft)) for draft in drafts.open()]
        return visit.page("drafts/list.html", rows=rows)

    def show(self, visit: Visit) -> Response:
        """The form, what is wrong already at its field; a draft that is no longer open, to read."""
        draft = find_draft(visit)
        if draft.state != OPEN:
            return visit.page("drafts/closed.html", draft=draft)
        return self._form(visit, draft, form_of(draft.text, draft.path))

    def save(self, visit: Visit) -> Response:
        """The draft saved; a text is kept even where its address cannot be."""
        draft = find_draft(visit)
        sent = sent_form(visit.form)
        if not draft.is_new:
            kept = form_of(draft.text, draft.path)
            sent = DraftForm(
                kept.collection, kept.slug, {**sent.values, "lang": draft.path.rpartition("/")[2].removesuffix(".md")},
                sent.sources, sent.body, sent.raw,
            )  # fmt: skip
        text = form_text(sent, draft.text)
        wrong = self._wrong_path(visit, draft, sent) if draft.is_new and not sent.raw else {}
        path = None if wrong or sent.raw or not draft.is_new else sent.path
        try:
            saved = visit.desk.drafts.save(draft.id, text, visit.form.number("revision"), visit.who, path=path)
        except DraftConflictError as error:
            return self._conflict(visit, error, sent)
        except DraftError as error:
            return self._form(
                visit, draft, sent, errors={"body": visit.t("drafts.too_long"), "detail": str(error)}, status=422
            )
        if wrong:
            return self._form(visit, saved, sent, errors=wrong, status=422)
        if visit.form.get("then") == "preview":
            return visit.go(f"/drafts/{draft.id}/preview", "drafts.said_saved")
        return visit.go(f"/drafts/{draft.id}", "drafts.said_saved")

    def ask_discard(self, visit: Visit) -> Response:
        """Whether it really shall go."""
        return visit.page("drafts/discard.html", draft=find_draft(visit))

    def discard(self, visit: Visit) -> Response:
        """The draft given up, if nobody changed it since it was asked."""
        draft = find_draft(visit)
        try:
            visit.desk.drafts.discard(draft.id, visit.form.number("revision"), visit.who)
        except DraftConflictError:
            return visit.go(f"/drafts/{draft.id}", "drafts.said_changed")
        return visit.go("/drafts", "drafts.said_discarded")

    def revive(self, visit: Visit) -> Response:
        """A new draft with the text of one that was closed."""
        draft = find_draft(visit)
        text = visit.form.raw("text") or draft.text
        try:
            fresh = visit.desk.drafts.begin(draft.path, text, visit.who, origin=draft.origin)
        except DraftConflictError as error:
            return visit.go(f"/drafts/{error.newer.id}", "drafts.said_open_already")
        return visit.go(f"/drafts/{fresh.id}", "drafts.said_saved")

    def _wrong_path(self, visit: Visit, draft: Any, sent: DraftForm) -> dict[str, str]:
        """What is wrong with the address, by field; none of it is ever used as a path on the disk."""
        wrong = {
            name: visit.t(f"drafts.wrong.{name}")
            for name in ("collection", "slug")
            if not is_short_name(getattr(sent, name))
        }
        if sent.language not in set(Language):
            wrong["lang"] = visit.t("drafts.wrong.lang")
        if wrong:
            return wrong
        other = visit.desk.drafts.at(sent.path)
        if (other and other.id != draft.id) or visit.desk.drafts.on_disk(sent.path) is not None:
            return {"slug": visit.t("drafts.wrong.taken")}
        known = self._shelves().versions(sent.slug)
        if any(document.collection != sent.collection for document in known.values()):
            return {"slug": visit.t("drafts.wrong.elsewhere")}
        return {}

    def _form(
        self, visit: Visit, draft: Any, form: DraftForm, *, errors: dict[str, str] | None = None, status: int = 200
    ) -> Response:
        shelf = self._shelves()
        checked = check_draft(draft.text, draft.path, visit.desk.documents, visit.words)
        return visit.page(
            "drafts/form.html", status, draft=draft, form=form, errors={**checked.fields, **(errors or {})},
            lines=checked.lines, kinds=list(Kind), confidences=CONFIDENCE, all_languages=list(Language),
            collections=shelf.collections(), publishers=shelf.publishers(), topics=shelf.topics(),
            source_rows=[*form.sources, *([{}] * SPARE_SOURCES)], is_outdated=visit.desk.drafts.is_outdated(draft),
        )  # fmt: skip

    def _conflict(self, visit: Visit, error: DraftConflictError, sent: DraftForm) -> Response:
        rows = diff_lines(error.newer.text, error.yours)
        return visit.page(
            "drafts/conflict.html", 409, newer=error.newer, yours=error.yours, rows=rows, is_open=error.newer.state == OPEN,
            language=sent.language,
        )  # fmt: skip


def find_draft(visit: Visit) -> Any:
    """The draft of the address.

    Raises:
        NotHereError: there is none.
    """
    try:
        return visit.desk.drafts.get(visit.path("draft"))
    except UnknownDraftError as error:
        raise NotHereError from error


def add_drafts(pages: Pages) -> None:
    """Adds the pages."""
    drafts = DraftPages(pages.shelves)
    pages.get("/drafts", drafts.list)
    pages.get("/drafts/{draft}", drafts.show)
    pages.post("/drafts/{draft}", drafts.save, most_bytes=TEXT_BYTES, within=UPLOAD_WITHIN)
    pages.get("/drafts/{draft}/discard", drafts.ask_discard)
    pages.post("/drafts/{draft}/discard", drafts.discard)
    pages.post("/drafts/{draft}/revive", drafts.revive, most_bytes=TEXT_BYTES, within=UPLOAD_WITHIN)
