"""`mithaq publish`: publish what lies on the disk, after asking what it changes; also finishes what the desk began."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.desk.publishing import ChangedAnswer, Publisher, PublishJob

WHO = "terminal"
_LOOK_EVERY = 0.2
_MOST_SHOWN = 20
_SHOWN_CHARACTERS = 160


def add_publish_command(command: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    word = command.add_mutually_exclusive_group()
    word.add_argument("--override", metavar="REASON", help="publish below a floor, and note why")
    word.add_argument("--cancel", action="store_true", help="give up the publishing that waits or was interrupted")


def run_publish(options: argparse.Namespace, settings: Settings, _: object) -> int:
    """Start a publishing, or go on with the one that is not finished; 1 if it ends otherwise than done."""
    from bot.desk.publish_worker import open_publisher

    publisher = open_publisher(settings)
    job = publisher.unfinished()
    if options.cancel:
        return _cancel(publisher, job)
    try:
        job = _follow(publisher, _begin(publisher, job))
        if job.state == "waiting" and options.override:
            job = _follow(publisher, publisher.override(job.id, WHO, options.override))
    except KeyboardInterrupt:
        if job and not job.is_final:
            print(
                "It goes on without this terminal. Follow it with: mithaq publish; end it with: mithaq publish --cancel"
            )
        raise
    _tell(publisher, job)
    return 0 if job.state == "done" else 1


def _begin(publisher: Publisher, job: PublishJob | None) -> PublishJob:
    if job is None:
        return publisher.start([], WHO)
    print(
        f"There is a publishing of {job.who} from {job.created:%Y-%m-%d %H:%M} already ({job.state}); it is gone on with."
    )
    return publisher.resume(job.id, WHO) if job.is_resumable else job


def _cancel(publisher: Publisher, job: PublishJob | None) -> int:
    if job is None:
        print("Nothing is being published.")
        return 0
    publisher.cancel(job.id, WHO)
    print("It is cancelled; what it would have published is not, and no draft is lost.")
    return 0


def _follow(publisher: Publisher, job: PublishJob) -> PublishJob:
    """The job once no process works on it any more, its progress shown meanwhile."""
    from tqdm import tqdm

    with tqdm(disable=None, leave=False) as bar:
        while job.running:
            bar.set_description(job.state.capitalize())
            bar.total, bar.n = job.step_total or None, job.step_done
            bar.refresh()
            time.sleep(_LOOK_EVERY)
            job = publisher.get(job.id)
    return job


def _tell(publisher: Publisher, job: PublishJob) -> None:
    if job.documents:
        print(f"Changed: {', '.join(job.documents)}")
    changes = publisher.changes(job.id)
    if changes:
        worse = sum(change.before_right is True and change.after_right is False for change in changes)
        print(f"{len(changes)} answers change, {worse} of them become wrong.")
        for change in changes[:_MOST_SHOWN]:
            _tell_change(change)
    for name, (before, after) in job.scores.items():
        print(f"{name:12} {before:6.1%} → {after:6.1%}   at least {job.floors[name]:6.1%}")
    if job.problem:
        print(job.problem)
    match job.state:
        case "done" if job.after_snapshot == job.before_snapshot:
            print(f"Nothing changes: the index {job.after_snapshot} holds these documents already.")
        case "done":
            print(f"Published: the index {job.after_snapshot} answers from the next question on.")
        case "waiting":
            print("Nothing is published yet. Run: mithaq publish --override REASON, or: mithaq publish --cancel")
        case "failed" | "cancelled":
            print("Nothing was published.")
        case _:
            print("It was interrupted. Run mithaq publish again to go on with it.")


def _tell_change(change: ChangedAnswer) -> None:
    marks = {True: "right", False: "wrong", None: "?"}
    print(f"\n{change.question}\n  before ({marks[change.before_right]}): {_short(change.before)}\n"
          f"  after  ({marks[change.after_right]}): {_short(change.after)}")  # fmt: skip


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:_SHOWN_CHARACTERS]}…"
