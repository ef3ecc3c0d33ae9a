"""The process that works on a publishing: `python -m bot.desk.publish_worker JOB`, started by the server or by `mithaq publish`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.database import Database
from bot.desk.asking import AnswerMemory, RememberingEncoder
from bot.desk.golden import CHECKOUT, GoldenQuestion, load_questions, select_sample
from bot.desk.publish_jobs import PublishJobs
from bot.desk.publish_lock import PublishLock
from bot.desk.publish_steps import Progress, PublishParts, PublishSteps
from bot.desk.publishing import Publisher
from bot.desk.questions import DeskQuestions
from bot.logs import configure_logging
from bot.settings import Settings, load_settings
from corpus import CharterError, Passage

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from index import BuildReport

_NICENESS = 10


def main(arguments: Sequence[str]) -> int:
    """Work on a job until it is final or waits; 1 if that could not even be begun, which the log tells."""
    parser = argparse.ArgumentParser(prog="publish_worker")
    parser.add_argument("job")
    parser.add_argument("--lock", type=int, help="the open file that holds the lock, from who started this process")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        configure_logging(settings.log.format, questions=False)
        lock = PublishLock(settings.home).acquire() if options.lock is None else options.lock
        os.set_inheritable(lock, False)
        try:
            PublishSteps(open_parts(settings)).work(options.job)
        finally:
            os.close(lock)
    except CharterError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def open_parts(settings: Settings) -> PublishParts:
    """What the steps work with, by the settings."""
    from bot.assistant import Assistant
    from bot.desk.audit import Audit
    from bot.desk.drafts import Drafts
    from bot.desk.overlay import overlay
    from corpus.glossary import load_glossary
    from corpus.loading import PACKAGED_VECTORS
    from corpus.outside import load_outside
    from index import build_index, open_encoder, open_index, read_passages

    database = Database(settings.journal_url)
    audit = Audit(database)
    encoder = RememberingEncoder(open_encoder(settings.index.encoder, bare=True))
    glossary = load_glossary()

    def build(passages: Sequence[Passage], progress: Progress) -> BuildReport:
        return build_index(
            passages,
            encoder,
            settings.home,
            outside=load_outside(),
            shipped=PACKAGED_VECTORS,
            progress=progress,
            switch=False,
        )

    def open_assistant(snapshot_id: str) -> Assistant:
        index = open_index(settings.home, encoder, glossary, snapshot_id)
        return Assistant(lambda: index, glossary, most_characters=settings.limits.question_length)

    def questions() -> list[GoldenQuestion]:
        os.nice(_NICENESS)  # asking takes minutes, and visitors go first
        own = [question.as_golden for question in DeskQuestions(database, audit).all()]
        return [*own, *select_sample(golden_questions(settings.desk.questions), settings.desk.sample)]

    return PublishParts(
        home=settings.home,
        documents=settings.corpus.documents,
        keep=settings.index.keep,
        jobs=PublishJobs(database),
        memory=AnswerMemory(database),
        drafts=Drafts(database, settings.corpus.documents, audit),
        audit=audit,
        overlay=overlay,
        build=build,
        passages=lambda snapshot_id: read_passages(settings.home, snapshot_id),
        open_assistant=open_assistant,
        questions=questions,
    )


def open_publisher(settings: Settings) -> Publisher:
    """What starts publishings and says how they stand, by the settings."""
    from bot.desk.audit import Audit
    from bot.desk.drafts import Drafts

    database = Database(settings.journal_url)
    audit = Audit(database)
    return Publisher(database, settings.home, Drafts(database, settings.corpus.documents, audit), audit)


def golden_questions(folder: str) -> list[GoldenQuestion]:
    """Those of a folder; where none is named those of the checkout, if this is one.

    Raises:
        CharterError: a named folder does not exist, or a question cannot be read.
    """
    if folder:
        return load_questions(Path(folder))
    return load_questions(CHECKOUT) if CHECKOUT.is_dir() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
