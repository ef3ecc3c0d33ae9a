"""The pages of the log: who did what and when, filtered, page by page; one entry with what it changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from bot.web.staff.pages import Pages
from bot.web.staff.visit import NotHereError, Visit
from bot.web.staff.word_diff import diff_lines
from bot.web.staff.words import Wording

KINDS = ("draft", "document", "publish", "snapshot", "question", "account")
A_PAGE = 50
_AT_ONCE = 200
_MOST_READ = 20  # times `_AT_ONCE` entries are looked through for those of a kind
_BIGGEST = 2**53
_PUBLISHING = re.compile(r"publishing (?P<id>\w+)(?:: (?P<reason>.*))?", re.DOTALL)
_QUESTION = re.compile(r"question (\d+)")


def show_log(visit: Visit) -> Response:
    """The newest entries, or those before `?before=`."""
    who, subject, kind = visit.query("who"), visit.query("subject"), visit.query("kind")
    kind = kind if kind in KINDS else ""
    before = _number(visit.query("before"))
    entries, has_more = read_entries(visit.desk.audit, who=who, subject=subject, kind=kind, before=before)
    return visit.page(
        "log/log.html", rows=[row_of(visit.words, entry) for entry in entries], who=who, subject=subject, kind=kind,
        older=entries[-1].id if has_more and entries else None, before=before, kinds=KINDS,
        people=sorted({one.name for one in visit.desk.accounts.all()} | {entry.who for entry in entries} | ({who} - {""})),
    )  # fmt: skip


def show_entry(visit: Visit) -> Response:
    """One entry, its texts before and after beside each other."""
    number = _number(visit.path("entry"))
    found = visit.desk.audit.entries(most=1, before_id=number + 1) if number else []
    if not found or found[0].id != number:
        raise NotHereError
    entry = found[0]
    rows = diff_lines(entry.before, entry.after) if entry.before or entry.after else []
    return visit.page("log/entry.html", row=row_of(visit.words, entry), rows=rows)


def add_log(pages: Pages) -> None:
    """Adds the pages."""
    pages.get("/log", show_log)
    pages.get("/log/{entry}", show_entry)


def read_entries(
    audit: Any, *, who: str = "", subject: str = "", kind: str = "", before: int | None = None
) -> tuple[Sequence[Any], bool]:
    """A page of entries, newest first, and whether there are older ones.

    Args:
        audit: the audit log.
        who: a name, empty for everybody.
        subject: what was acted on, empty for anything.
        kind: the first word of an action, empty for all.
        before: only entries older than the one of this number.
    """
    found: list[Any] = []
    for _ in range(_MOST_READ):
        entries = audit.entries(who=who, subject=subject, most=_AT_ONCE, before_id=before)
        found.extend(entry for entry in entries if not kind or entry.action.startswith(f"{kind}."))
        if len(entries) < _AT_ONCE:
            return found[:A_PAGE], len(found) > A_PAGE
        if len(found) > A_PAGE:
            break
        before = entries[-1].id
    return found[:A_PAGE], True


def action_words(words: Wording, action: str) -> str:
    """An action in words; one that has none stays as it is noted."""
    name = f"log.actions.{action.replace('.', '_')}"
    return words.text(name) if name in words else action


@dataclass(frozen=True)
class Row:
    """An entry as the pages show it.

    Attributes:
        what: the action in words.
        subject: what was acted on, in words where it has some.
        address: the page that says more about it, empty if there is none.
        reason: why, as a person wrote it.
        publishing: the address of the publishing that it belongs to, empty if there is none.
    """

    entry: Any
    what: str
    subject: str
    address: str
    reason: str
    publishing: str


def row_of(words: Wording, entry: Any) -> Row:
    """An entry with the words and addresses of what it names."""
    subject, address = entry.subject, ""
    if entry.action.startswith("publish."):
        subject, address = words.text("log.subjects.publishing"), f"/staff/publish/{quote(entry.subject, safe='')}"
    elif entry.action.startswith("snapshot."):
        subject, address = words.text("log.subjects.version"), "/staff/history"
    elif entry.action.startswith(("document.", "draft.")) and entry.subject.count("/") == 2:
        address = f"/staff/history?{urlencode({'path': entry.subject})}"
    elif match := _QUESTION.fullmatch(entry.subject):
        subject, address = words.text("log.subjects.question", number=match[1]), "/staff/questions"
    made = _PUBLISHING.fullmatch(entry.reason)
    return Row(
        entry, action_words(words, entry.action), subject, address,
        (made["reason"] or "") if made else entry.reason, f"/staff/publish/{made['id']}" if made else "",
    )  # fmt: skip


def _number(said: str) -> int | None:
    is_number = said.isascii() and said.isdigit() and len(said) < 17
    return int(said) if is_number and 0 < int(said) < _BIGGEST else None
