"""The pages of publishing: choosing, following, deciding, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bot.desk.publish_jobs import JobState, PublishJob
from bot.desk.shelf import Shelves
from bot.web.staff.pages import Pages
from bot.web.staff.publish_view import files_in, scores_of, shown_changes, stages_of
from bot.web.staff.section_names import SectionNames
from bot.web.staff.visit import PUBLISHER, NotHereError, Visit
from corpus import CharterError, PublishingError

DISK = "disk"
_MOST_ASKED = 3


class PublishPages:
    """The handlers.

    Args:
        shelves: hands out the documents.
    """

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._names = SectionNames(shelves)

    def choose(self, visit: Visit) -> Response:
        """What can be published, and what was."""
        return self._choosing(visit)

    def start(self, visit: Visit) -> Response:
        """A publishing begun, or the form again with why not."""
        publisher, form = visit.desk.publisher, visit.form
        if running := publisher.unfinished():
            return visit.go(f"/publish/{running.id}", "publish.said_busy")
        chosen = form.all("draft") if form.get("what") != DISK else ()
        wrong = _wrong_choice(visit, chosen)
        if wrong:
            return self._choosing(visit, wrong=wrong, status=422)
        try:
            job = publisher.start(chosen, visit.who, must_agree=form.get("must_agree") == "yes")
        except PublishingError:  # somebody else was faster
            running = publisher.unfinished()
            return visit.go(f"/publish/{running.id}" if running else "/publish", "publish.said_busy")
        return visit.go(f"/publish/{job.id}", "publish.said_started")

    def show(self, visit: Visit) -> Response:
        """How a publishing stands."""
        return self._job(visit, find_job(visit))

    def override(self, visit: Visit) -> Response:
        """A publishing let pass below a floor, if a reason is given."""
        job, reason = find_job(visit), visit.form.get("reason")
        if not reason and job.state is JobState.WAITING:
            return self._job(visit, job, wrong=visit.t("publish.wrong.reason"), status=422)
        return _tell(visit, lambda: visit.desk.publisher.override(job.id, visit.who, reason[:2000]), "said_overridden")

    def agree(self, visit: Visit) -> Response:
        """A publishing that waits goes online."""
        return _tell(visit, lambda: visit.desk.publisher.agree(find_job(visit).id, visit.who), "said_agreed")

    def resume(self, visit: Visit) -> Response:
        """An interrupted publishing goes on."""
        return _tell(visit, lambda: visit.desk.publisher.resume(find_job(visit).id, visit.who), "said_resumed")

    def cancel(self, visit: Visit) -> Response:
        """A publishing given up."""
        return _tell(visit, lambda: visit.desk.publisher.cancel(find_job(visit).id, visit.who), "said_cancelled")

    def _choosing(self, visit: Visit, *, wrong: str = "", status: int = 200) -> Response:
        drafts = visit.desk.drafts
        current = next((one for one in visit.desk.history.snapshots() if one.is_current), None)
        asked = visit.form.all("draft") or tuple(visit.request.query_params.getlist("draft"))
        return visit.page(
            "publish/choose.html", status,
            drafts=[(draft, drafts.is_outdated(draft)) for draft in drafts.open()], asked=asked, wrong=wrong,
            disk=visit.form.get("what") == DISK, differ=current.documents_differ if current else (),
            running=visit.desk.publisher.unfinished(), jobs=visit.desk.publisher.jobs(20),
            title_of=self._names.title_of, must_agree=not visit.form.fields or visit.form.get("must_agree") == "yes",
        )  # fmt: skip

    def _job(self, visit: Visit, job: PublishJob, *, wrong: str = "", status: int = 200) -> Response:
        page = visit.query("page")
        changes = shown_changes(
            visit.desk.publisher.changes(job.id), self._names.find, visit.language, only=visit.query("only"),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )  # fmt: skip
        return visit.page(
            "publish/job.html", status, job=job, stages=stages_of(job), scores=scores_of(job, visit.language),
            changes=changes, wrong=wrong, reason=visit.form.get("reason")[:2000], still=visit.query("still") == "1",
            title_of=self._names.title_of, files=self._files(visit, job), questions=self._questions(job),
        )  # fmt: skip

    def _files(self, visit: Visit, job: PublishJob) -> list[tuple[str, Any]]:
        """The documents that the problem names, each with its open draft."""
        named = files_in(job.problem) if job.state is JobState.FAILED else ()
        return [(path, visit.desk.drafts.at(path)) for path in named]

    def _questions(self, job: PublishJob) -> list[tuple[str, Any]]:
        """What a visitor may ask of the documents that were published, and in which language."""
        if job.state is not JobState.DONE:
            return []
        found = []
        for path in job.documents:
            collection, slug, file = path.split("/") if path.count("/") == 2 else ("", "", "")
            for language, document in self._shelves().versions(slug).items():
                if file == f"{language}.md" and document.collection == collection and document.sections:
                    found.append((document.sections[0].heading or document.title, language))
        return found[:_MOST_ASKED]


def find_job(visit: Visit) -> PublishJob:
    """The publishing of the address.

    Raises:
        NotHereError: there is none.
    """
    try:
        job: PublishJob = visit.desk.publisher.get(visit.path("job"))
    except PublishingError as error:
        raise NotHereError from error
    return job


def _wrong_choice(visit: Visit, chosen: tuple[str, ...]) -> str:
    """Why these drafts cannot be published, empty if they can."""
    if visit.form.get("what") == DISK:
        return ""
    if not chosen:
        return visit.t("publish.wrong.none_chosen")
    is_open = {draft.id: draft for draft in visit.desk.drafts.open()}
    if any(one not in is_open for one in chosen):
        return visit.t("publish.wrong.unknown")
    waits = [one for one in chosen if is_open[one].proposed or visit.desk.drafts.is_outdated(is_open[one])]
    return visit.t("publish.wrong.not_ready") if waits else ""


def _tell(visit: Visit, act: Callable[[], Any], said: str) -> Response:
    """Do it and show the publishing; where it has moved on meanwhile, say that instead."""
    address = f"/publish/{visit.path('job')}"
    try:
        act()
    except CharterError:
        return visit.go(address, "publish.said_changed")
    return visit.go(address, f"publish.{said}")


def add_publish(pages: Pages) -> None:
    """Adds the pages; what changes the published version is for publishers."""
    publish = PublishPages(pages.shelves)
    pages.get("/publish", publish.choose)
    pages.post("/publish", publish.start, role=PUBLISHER)
    pages.get("/publish/{job}", publish.show)
    for name in ("override", "agree", "resume", "cancel"):
        pages.post(f"/publish/{{job}}/{name}", getattr(publish, name), role=PUBLISHER)
