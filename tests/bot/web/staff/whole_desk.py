"""A desk on the tiny corpus whose publishing, history, drafts and own questions are the real ones."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fastapi.testclient import TestClient

from bot.database import Database, all_tables
from bot.desk.asking import AnswerMemory
from bot.desk.audit import Audit
from bot.desk.desk import Desk
from bot.desk.drafts import Drafts
from bot.desk.history import History
from bot.desk.publish_jobs import ChangedAnswer, JobState, ProblemKind, PublishJob, PublishJobs
from bot.desk.publish_steps import PublishSteps
from bot.desk.publishing import Publisher
from bot.desk.questions import DeskQuestions
from bot.journal import Journal
from tests.bot.desk.publishing_doubles import Desk as PublishingDesk
from tests.bot.web.staff.conftest import Staff, TwoAccounts, build_desk, serve_desk

SCORES = {
    "right": (0.91, 0.84),
    "answered": (0.9, 0.83),
    "refused": (0.93, 0.93),
    "injections": (1.0, 1.0),
    "desk": (1.0, 0.5),
}
FLOORS = {"right": 0.9, "answered": 0.89, "refused": 0.92, "injections": 1.0, "desk": 1.0}
CHANGES = (
    ChangedAnswer(
        "Quel est le plafond des primes ?", "fr", "golden", "Les primes ne peuvent pas dépasser 30 % du montant. [1]",
        "Les primes ne peuvent pas dépasser 35 % du montant. [1]", True, True, ("premium-cap#cap",), ("premium-cap#cap",),
    ),
    ChangedAnswer(
        "ما سقف المنح؟", "ar", "desk", "لا يمكن أن يتجاوز مجموع المنح 30% من مبلغ الاستثمار. [1]",
        "لا أجد جوابا عن هذا السؤال في الوثائق.", True, False, ("premium-cap#cap",), (),
    ),
    ChangedAnswer(
        "Qui aide les producteurs de safran ?", "fr", "golden", "Je ne trouve rien sur ce sujet.",
        "La chambre a ouvert un guichet à Taliouine. [1]", False, True, (), ("saffron-desk#saffron",),
    ),
    ChangedAnswer(
        "Combien d'emplois ? <script>alert(1)</script>", "fr", "golden", "<b>Cinq</b> & plus", "<i>Six</i> & plus", True, False,
        ("territorial#jobs",), ("gone<img src=x>#jobs",),
    ),
)  # fmt: skip


class NamedAccounts(TwoAccounts):
    """The two accounts by name."""

    def all(self) -> list[Any]:
        return [SimpleNamespace(name=name, role=role) for name, role in self.roles.items()]


@dataclass
class WholeDesk:
    """The parts, and the desk that the pages are handed."""

    parts: PublishingDesk
    jobs: PublishJobs
    desk: Desk

    @classmethod
    def open(
        cls,
        folder: Path,
        start_worker: Callable[[str, int], None] | None = None,
        *,
        wait: float | None = None,
        **services: Any,
    ) -> WholeDesk:
        """A desk below a folder that `publishing_doubles.prepare` filled; it publishes in this process unless told otherwise.

        With `wait`, a publishing begins after so many seconds and in a thread.
        """
        home, documents = folder / "home", folder / "documents"
        database = Database(f"sqlite:///{home / 'mithaq.db'}")
        all_tables().create_all(database._engine)
        audit = Audit(database)
        drafts = Drafts(database, documents, audit)
        parts = PublishingDesk.open(folder, audit=audit, drafts=drafts)
        parts.database.close()
        steps = replace(parts.parts, jobs=PublishJobs(database), memory=AnswerMemory(database))

        def work_here(job_id: str, lock: int) -> None:
            try:
                PublishSteps(steps).work(job_id)
            finally:
                os.close(lock)

        def work_beside(job_id: str, lock: int) -> None:
            threading.Timer(wait or 0, work_here, (job_id, lock)).start()

        work = work_here if wait is None else work_beside
        own: dict[str, Any] = {
            "audit": audit, "accounts": NamedAccounts(), "drafts": drafts, "questions": DeskQuestions(database, audit),
            "publisher": Publisher(database, home, drafts, audit, start_worker or work),
            "history": History(database, home, documents, audit, drafts), "journal": Journal(database), **services,
        }  # fmt: skip
        parts = replace(parts, database=database, drafts=drafts, publisher=own["publisher"])
        return cls(parts, steps.jobs, build_desk(folder, **own))

    def job(self, state: JobState, *, changes: bool = False, **rest: Any) -> PublishJob:
        """A publishing in this state, by `amina`."""
        jobs = self.jobs
        job = jobs.add({}, "amina", must_agree=True)
        if changes:
            jobs.keep_changes(job.id, CHANGES)
        return jobs.change(job.id, state, **rest)

    def below(self) -> PublishJob:
        """A publishing that waits below the floors."""
        return self.job(
            JobState.WAITING, changes=True, candidate="later", before_snapshot="now", scores=SCORES, floors=FLOORS,
            documents=["charter/premium-cap/fr.md"], problem="right: 91.0% today", problem_kind=ProblemKind.BELOW,
        )  # fmt: skip

    def agreeable(self) -> PublishJob:
        """A publishing that waits for a word though every floor is kept."""
        scores = {name: (before, before) for name, (before, _) in SCORES.items()}
        return self.job(
            JobState.WAITING, changes=True, candidate="later", before_snapshot="now", scores=scores, floors=FLOORS,
            documents=["press/saffron-desk/en.md"], problem="It waits.", problem_kind=ProblemKind.AGREE,
        )  # fmt: skip


def visit(whole: WholeDesk, who: str = "amina", language: str = "en") -> Staff:
    """A browser of somebody who is signed in."""
    client = TestClient(serve_desk(whole.desk), raise_server_exceptions=False, headers={"accept-language": language})
    staff = SignedIn(client, whole.desk)
    assert staff.sign_in(who).status_code == 303
    return staff


class SignedIn(Staff):
    """Knows the token of its session without opening a page."""

    @property
    def csrf(self) -> str:
        return str(self.desk.sign_in.find(self.client.cookies["mithaq-staff"]).csrf)


def plain(page: Any) -> str:
    """The words of a page, without marks of direction."""
    text = re.sub(r"[\u2068\u2069]", "", re.sub(r"<[^>]+>", " ", page.text))
    return re.sub(r"\s+", " ", text)
