"""`mithaq journal export|erase|forget`: what is kept of the questions that were asked."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from bot.database import Database
from bot.desk.audit import Audit
from bot.journal import Journal
from bot.settings import Settings
from corpus import CharterError

Run = Callable[[argparse.Namespace, Settings, object], int]
Add = Callable[[str, Run, str], argparse.ArgumentParser]


def add_journal_commands(add: Add) -> None:
    """The actions of the command; `add` makes one of a name, of what it runs and of its description."""
    add("export", journal_export, "print the questions that are kept, one JSON object a line")
    add("erase", journal_erase, "erase a question and the opinion on its answer").add_argument("id", metavar="ID")
    add("forget", journal_forget, "erase the questions that are older than they may be kept")


def journal_export(_: argparse.Namespace, settings: Settings, __: object) -> int:
    """Print every question."""
    with _journal(settings) as (journal, _audit):
        for question in journal.questions():
            print(json.dumps(asdict(question), ensure_ascii=False, default=str))
    return 0


def journal_erase(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Erase one."""
    with _journal(settings) as (journal, audit):
        if not journal.erase(options.id):
            raise CharterError(f"Nothing is kept under {options.id}. The ids stand in: mithaq journal export")
        audit.record("(terminal)", "question.erased", options.id)
    print(f"{options.id} is erased.")
    return 0


def journal_forget(_: argparse.Namespace, settings: Settings, __: object) -> int:
    """Erase the old ones."""
    with _journal(settings) as (journal, _audit):
        print(f"{journal.forget_old()} questions erased.")
    return 0


@contextlib.contextmanager
def _journal(settings: Settings) -> Iterator[tuple[Journal, Audit]]:
    with contextlib.closing(Database(settings.journal_url)) as database:
        yield Journal(database, settings.journal.days), Audit(database)
