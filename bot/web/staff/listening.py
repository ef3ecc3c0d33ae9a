"""The pages of listening: what visitors ask and do not get, in groups by meaning, and what becomes of a group."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.desk.asked_questions import QuestionKind, outcome_of
from bot.desk.charts import sparkline
from bot.desk.front_matter import write_document
from bot.desk.naming import new_path
from bot.desk.question_csv import COLUMNS
from bot.desk.shelf import Shelves
from bot.web.staff.dates import today
from bot.web.staff.pages import Pages
from bot.web.staff.section_names import SectionNames
from bot.web.staff.visit import NotHereError, Visit
from bot.web.staff.words import Wording
from bot.web.text_html import direction
from corpus import Confidence, DraftConflictError, DraftError, Kind, Language, UnknownGroupError

DAYS = (7, 30, 90, 365)
USUAL_DAYS = 30
A_PAGE = 30
MOST_CITED = 30
ERASED = "question.erased"
_NUMBER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class ListeningPages:
    """The handlers.

    Args:
        shelves: hands out the documents.
    """

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._names = SectionNames(shelves)

    def show(self, visit: Visit) -> Response:
        """The groups of a kind and a time."""
        kind, days = _asked_for(visit)
        heard = visit.desk.listening.hear(days, kind)
        pages = max(1, -(-len(heard.groups) // A_PAGE))
        page = min(max(_number(visit.query("page"), 1), 1), pages)
        groups = heard.groups[(page - 1) * A_PAGE : page * A_PAGE]
        rows = [
            (group, self._nearest(visit, group), trend_line(visit.words, group, f"trend-{place}"))
            for place, group in enumerate(groups)
        ]
        return visit.page(
            "listening/listening.html", kind=kind, days=days, heard=heard, rows=rows, page=page, pages=pages,
            kinds=list(QuestionKind), all_days=DAYS,
        )  # fmt: skip

    def show_cited(self, visit: Visit) -> Response:
        """What answers cite most, and what they never cite."""
        days = _days(visit.query("days"))
        most = visit.desk.listening.most_cited(days, MOST_CITED)
        never = visit.desk.listening.never_cited(days)
        named = [(one, self._names.find(one.section_id, visit.language)) for one in most]
        return visit.page(
            "listening/cited.html", days=days, most=named, all_days=DAYS, kinds=list(QuestionKind),
            never=[self._names.find(one.section_id, visit.language) for one in never],
        )  # fmt: skip

    def show_group(self, visit: Visit) -> Response:
        """One group with all its questions, and what can be done about it."""
        kind, days = _asked_for(visit)
        try:
            group = visit.desk.listening.group(visit.path("group"), days, kind)
        except UnknownGroupError:
            return visit.go("/listening", "listening.said_gone")
        seeds = visit.desk.listening.question_seeds(group)
        rows = [(question, outcome_of(question)) for question in group.questions]
        return visit.page(
            "listening/group.html", kind=kind, days=days, group=group, rows=rows, seeds=seeds,
            nearest=self._nearest(visit, group), trend=trend_line(visit.words, group, "trend"),
        )  # fmt: skip

    def draft(self, visit: Visit) -> Response:
        """A draft that begins with what is asked; the one that was begun before, if it is still open."""
        kind, days = _sent(visit)
        try:
            seed = visit.desk.listening.draft_seed(visit.desk.listening.group(visit.path("group"), days, kind))
        except UnknownGroupError:
            return visit.go("/listening", "listening.said_gone")
        known = next((draft for draft in visit.desk.drafts.open() if draft.origin == seed.origin), None)
        if known:
            return visit.go(f"/drafts/{known.id}", "drafts.said_open_already")
        language, day = Language(seed.language), today()
        fields: dict[str, Any] = {
            "title": seed.title, "kind": Kind.SUMMARY.value, "publisher": "", "published": day, "as_of": day,
            "lang": language.value, "original_lang": language.value, "topics": [], "confidence": Confidence.TO_CONFIRM.value,
        }  # fmt: skip
        path = new_path(Kind.SUMMARY, seed.title, day, language, self._taken(visit))
        try:
            draft = visit.desk.drafts.begin(
                path, write_document("", fields, seed.markdown), visit.who, origin=seed.origin
            )
        except DraftConflictError as error:
            return visit.go(f"/drafts/{error.newer.id}", "drafts.said_open_already")
        return visit.go(f"/drafts/{draft.id}", "listening.said_draft")

    def extend(self, visit: Visit) -> Response:
        """A draft of the document that comes nearest."""
        kind, days = _sent(visit)
        try:
            group = visit.desk.listening.group(visit.path("group"), days, kind)
        except UnknownGroupError:
            return visit.go("/listening", "listening.said_gone")
        path = self._nearest_path(group)
        try:
            draft = visit.desk.drafts.begin_from_document(path, visit.who)
        except DraftConflictError as error:
            return visit.go(f"/drafts/{error.newer.id}", "drafts.said_open_already")
        except DraftError as error:
            raise NotHereError from error
        return visit.go(f"/drafts/{draft.id}", "listening.said_draft")

    def _nearest(self, visit: Visit, group: Any) -> Any:
        return self._names.find(group.nearest, visit.language) if group.nearest else None

    def _nearest_path(self, group: Any) -> str:
        versions = self._shelves().versions(group.nearest.partition("#")[0])
        document = versions.get(group.language) or next(iter(versions.values()), None)
        return f"{document.collection}/{document.slug}/{document.language}.md" if document else ""

    def _taken(self, visit: Visit) -> Any:
        paths = {draft.path for draft in visit.desk.drafts.open()}
        slugs = {document.slug for document in self._shelves().corpus.documents}
        return lambda path: path in paths or path.split("/")[1] in slugs


def trend_line(words: Wording, group: Any, name: str) -> Markup:
    """How often a group was asked from week to week, as a small line."""
    drawn = sparkline(
        group.trend, title=words.text("listening.trend"), rtl=direction(words.language) == "rtl", name=name
    )
    return Markup(drawn)  # noqa: S704 - the charts escape every text


def export(visit: Visit) -> Response:
    """The questions of a kind as a file for spreadsheets."""
    kind, days = _asked_for(visit)
    headings = {column: visit.t(f"listening.csv.{column}") for column in COLUMNS}
    separator = "," if visit.language is Language.EN else ";"
    table = visit.desk.listening.csv(kind, days, separator=separator, headings=headings)
    name = f"mithaq-{kind}-{today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(table.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)


def ask_erase(visit: Visit) -> Response:
    """Which question is to be erased, and whether it really is."""
    number = visit.query("id")
    found = _question(visit, number) if number else None
    return visit.page("listening/erase.html", number=number, found=found, status=404 if number and not found else 200)


def erase(visit: Visit) -> Response:
    """A question and the opinion on its answer gone for good; only the number stays in the log."""
    number = visit.form.get("id")
    if not _NUMBER.fullmatch(number) or not visit.desk.journal.erase(number):
        return visit.go("/listening/erase", "listening.said_not_there")
    visit.desk.audit.record(visit.who, ERASED, number)
    return visit.go("/listening", "listening.said_erased")


def add_listening(pages: Pages) -> None:
    """Adds the pages."""
    listening = ListeningPages(pages.shelves)
    pages.get("/listening", listening.show)
    pages.get("/listening/cited", listening.show_cited)
    pages.get("/listening/export", export)
    pages.get("/listening/erase", ask_erase)
    pages.post("/listening/erase", erase)
    pages.get("/listening/group/{group}", listening.show_group)
    pages.post("/listening/group/{group}/draft", listening.draft)
    pages.post("/listening/group/{group}/extend", listening.extend)


def _question(visit: Visit, number: str) -> Any:
    if not _NUMBER.fullmatch(number):
        return None
    return visit.desk.journal.question(number)


def _asked_for(visit: Visit) -> tuple[QuestionKind, int]:
    return _kind(visit.query("kind")), _days(visit.query("days"))


def _sent(visit: Visit) -> tuple[QuestionKind, int]:
    return _kind(visit.form.get("kind")), _days(visit.form.get("days"))


def _kind(said: str) -> QuestionKind:
    return next((kind for kind in QuestionKind if kind.value == said), QuestionKind.UNANSWERED)


def _days(said: str) -> int:
    days = _number(said, USUAL_DAYS)
    return days if days in DAYS else USUAL_DAYS


def _number(said: str, default: int) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else default
