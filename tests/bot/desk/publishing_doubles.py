"""What the tests of publishing share: an audit log, an overlay and an index of the tiny corpus, all offline."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from bot.answer import Answer, AnswerStatus, Citation, Claim
from bot.assistant import Assistant
from bot.database import Database
from bot.desk.asking import AnswerMemory
from bot.desk.audit import Audit
from bot.desk.drafts import Draft, Drafts
from bot.desk.golden import GoldenQuestion
from bot.desk.overlay import overlay
from bot.desk.publish_jobs import PublishJobs
from bot.desk.publish_steps import Progress, PublishParts, PublishSteps
from bot.desk.publishing import Publisher
from corpus import Language, Passage
from corpus.loading import load_corpus
from corpus.splitting import split_into_passages
from index import BuildReport, SearchIndex, build_index, open_index, read_passages
from tests.bot.conftest import OUTSIDE, HashedEncoder, write_corpus
from tests.index.doubles import GLOSSARY

ENOUGH = 0.5
NEW_FILE = "press/saffron-desk/en.md"
NEW_TEXT = """---
title: A desk for saffron growers
kind: press-release
publisher: CCIS
published: 2026-02-03
as_of: 2026-02-03
lang: en
original_lang: en
confidence: press
---

## Who helps saffron growers with export papers? {#saffron}

The chamber opened a desk for saffron growers in Taliouine. The desk helps growers of saffron with their export papers.
"""
SAFFRON = "Who helps saffron growers with their export papers?"
CAP = "What is the cap on the premiums?"


def golden(question: str, expect: str = "answered", *sections: str, **changed: Any) -> GoldenQuestion:
    """A golden question in English."""
    made = GoldenQuestion(
        id=question, language=Language.EN, question=question, expect=expect, topic="charter", form="plain", before=(),
        sections=frozenset(sections), every=(), figures=frozenset(), parallel="", why="",
    )  # fmt: skip
    return replace(made, **changed)


QUESTIONS = (
    golden(CAP, "answered", "premium-cap#cap"),
    golden("Which jobs does the jobs premium count?", "answered", "territorial#jobs"),
    golden("Who won the football championship last night?", "refused"),
)


class KeptAudit(Audit):
    """The audit log, with what was done at a glance."""

    def actions(self) -> list[str]:
        """What was done, oldest first."""
        return [entry.action for entry in reversed(self.entries())]


class Quoting:
    """An assistant that quotes the first section found whole, if it holds most of the question's words; for speed."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def ask(self, question: str, **_: object) -> Answer:
        hit = self._index.search(question, Language.EN)[0]
        passage = hit.passage
        if hit.coverage < ENOUGH:
            return Answer(AnswerStatus.NOT_IN_CORPUS, (Claim("I did not find this."),), Language.EN)
        citation = Citation(
            number=1, section_id=passage.section_id, title=passage.title, section=passage.heading, kind=passage.kind,
            publisher=passage.publisher, published=passage.published, as_of=passage.as_of, url=passage.url, source_title="",
            language=passage.language, confidence=passage.confidence, quotes=(passage.text,), passage_text=passage.text,
        )  # fmt: skip
        return Answer(AnswerStatus.ANSWERED, (Claim(passage.text, (1,)),), Language.EN, (citation,))


@dataclass
class Desk:
    """A desk on a tiny corpus, whose publishings are worked on in this process unless it is told otherwise."""

    home: Path
    documents: Path
    database: Database
    audit: KeptAudit
    drafts: Drafts
    parts: PublishParts
    publisher: Publisher

    @classmethod
    def open(cls, folder: Path, start_worker: Callable[[str, int], None] | None = None, **changed: Any) -> Desk:
        """The desk below a folder, which `prepare` filled."""
        home, documents = folder / "home", folder / "documents"
        database = Database(f"sqlite:///{home / 'mithaq.db'}")
        audit = KeptAudit(database)
        drafts = Drafts(database, documents, audit)
        parts = replace(_parts(home, documents, database, audit, drafts), **changed)

        def work_here(job_id: str, lock: int) -> None:
            try:
                PublishSteps(parts).work(job_id)
            finally:
                os.close(lock)

        publisher = Publisher(database, home, drafts, audit, start_worker or work_here)
        return cls(home, documents, database, audit, drafts, parts, publisher)

    def draft(self, path: str = NEW_FILE, text: str = NEW_TEXT) -> Draft:
        """A draft of the new document, or of another one."""
        return self.drafts.begin(path, text, "amina")

    def draft_with(self, path: str, old: str, new: str) -> Draft:
        """A draft of a document with some words exchanged."""
        text = (self.documents / path).read_text(encoding="utf-8")
        assert old in text
        return self.drafts.begin(path, text.replace(old, new), "amina")

    def ask(self, question: str, snapshot_id: str = "") -> str:
        """What visitors are told, or would be."""
        from index import SnapshotStore

        name = snapshot_id or SnapshotStore(self.home).require_current()
        return self.parts.open_assistant(name).ask(question).text


def prepare(folder: Path) -> Path:
    """A folder with the tiny corpus, its index and an empty database."""
    write_corpus(folder / "documents")

    build_index(passages_of(folder / "documents"), HashedEncoder(), folder / "home", outside=OUTSIDE)
    Database(f"sqlite:///{folder / 'home' / 'mithaq.db'}").close()
    return folder


def passages_of(folder: Path) -> list[Passage]:
    """What the documents of a folder give."""
    return split_into_passages(load_corpus(folder).documents, datetime.now(UTC).date())


def _parts(home: Path, documents: Path, database: Database, audit: KeptAudit, drafts: Drafts) -> PublishParts:
    encoder = HashedEncoder()

    def build(passages: Sequence[Passage], progress: Progress) -> BuildReport:
        return build_index(passages, encoder, home, outside=OUTSIDE, progress=progress, switch=False)

    def open_assistant(snapshot_id: str) -> Assistant:
        return cast("Assistant", Quoting(open_index(home, encoder, GLOSSARY, snapshot_id)))

    return PublishParts(
        home=home, documents=documents, keep=5, jobs=PublishJobs(database), memory=AnswerMemory(database), drafts=drafts,
        audit=audit, overlay=overlay, build=build, passages=lambda name: read_passages(home, name),
        open_assistant=open_assistant, questions=lambda: QUESTIONS,
    )  # fmt: skip
