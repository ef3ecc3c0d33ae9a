"""Which groups of pages the desk has; each is a function that adds its pages."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from bot.desk.desk import Desk
from bot.web.staff.adding import add_adding
from bot.web.staff.checking import add_questions
from bot.web.staff.documents import add_documents
from bot.web.staff.drafting import add_drafts
from bot.web.staff.history import add_history
from bot.web.staff.home import add_home
from bot.web.staff.listening import add_listening
from bot.web.staff.log import add_log
from bot.web.staff.pages import Pages
from bot.web.staff.previewing import add_preview
from bot.web.staff.publish import add_publish
from bot.web.staff.signing import add_signing
from bot.web.staff.translating import add_translating

GROUPS: tuple[Callable[[Pages], None], ...] = (
    add_signing,
    add_home,
    add_documents,
    add_adding,
    add_drafts,
    add_preview,
    add_publish,
    add_questions,
    add_listening,
    add_translating,
    add_history,
    add_log,
)


def add_staff(app: FastAPI, desk: Desk | None) -> None:
    """Adds the pages of the desk; without one, `StaffDoor` answers 404 on all its addresses.

    Raises:
        CharterError: a file of words is missing or not valid.
    """
    if desk is None:
        return
    pages = Pages(app, desk)
    for add in GROUPS:
        add(pages)
    pages.nothing_else()
