"""What people ask and do not get: questions in groups by meaning, what is asked and cited most, and what is never cited."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from bot.desk.asked_questions import QuestionKind, is_of_kind
from bot.desk.group_seeds import DraftSeed, QuestionSeed, seed_draft, seed_questions
from bot.desk.question_csv import write_csv
from bot.desk.question_groups import QuestionGroup, join_wordings, make_groups
from bot.desk.section_counts import Period, SectionCount, count_over_time, count_sections, count_sections_never_cited
from corpus import UnknownGroupError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.desk.question_vectors import QuestionVectors
    from bot.journal import AskedQuestion, Journal
    from index import SearchIndex

logger = logging.getLogger(__name__)

DAYS = 30
EVERY = 240.0  # seconds; sooner than what is kept grows old
MOST_NEW = 300
BATCH = 64
MOST_KEPT = 8
KEPT_FOR = timedelta(minutes=5)
AT_ONCE = 1_000  # questions that are grouped in a moment
MOST_FOR_HEADINGS = 200


@dataclass(frozen=True)
class Heard:
    """The groups of a time, the largest first.

    Attributes:
        questions: how many questions are of this kind, grouped or not.
        waiting: how many different wordings are not in a group yet, because they are still to be embedded.
    """

    kind: QuestionKind
    since: datetime
    groups: tuple[QuestionGroup, ...]
    questions: int
    waiting: int


@dataclass(frozen=True)
class _Kept:
    """What was worked out, from which questions and opinions, and when."""

    heard: Heard
    state: frozenset[tuple[str, bool | None]]
    made: datetime

    def holds(self, state: set[tuple[str, bool | None]], now: datetime) -> bool:
        """Whether it is still true, or lacks only what was asked in the last minutes; what is erased goes at once."""
        few = len(state) < AT_ONCE
        return self.state == state or (not few and self.state <= state and now - self.made < KEPT_FOR)


class Listening:
    """The questions of the journal, seen through the index in use; safe to use from several threads.

    Of few questions the groups are always those of now. Of many they are kept for five minutes while nothing but new ones come
    in, and worked out afresh when a question is erased, an opinion changes or another index is in use.

    Args:
        journal: where the questions are.
        get_index: returns the index in use, for example `LiveIndex(...).get`.
        vectors: where the vectors of questions are kept.
        most_new: how many questions are embedded at most while somebody waits; `keep_up` does the others.
        now: the time.
    """

    def __init__(
        self,
        journal: Journal,
        get_index: Callable[[], SearchIndex],
        vectors: QuestionVectors,
        *,
        most_new: int = MOST_NEW,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._journal = journal
        self._get_index = get_index
        self._vectors = vectors
        self._most_new = most_new
        self._now = now
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def groups(self, since_days: int = DAYS, kind: QuestionKind = QuestionKind.UNANSWERED) -> tuple[QuestionGroup, ...]:
        """The groups of the last days, the largest first; of the same size, the one asked first before."""
        return self.hear(since_days, kind).groups

    def most_asked(self, since_days: int = DAYS, most: int = 20) -> tuple[QuestionGroup, ...]:
        """What is asked most, whether or not it was answered."""
        return self.groups(since_days, QuestionKind.ASKED)[:most]

    def group(
        self, group_id: str, since_days: int = DAYS, kind: QuestionKind = QuestionKind.UNANSWERED
    ) -> QuestionGroup:
        """The group that holds the question of that id, which is also found when it is not the oldest any more.

        Raises:
            UnknownGroupError: there is none in this time.
        """
        for group in self.groups(since_days, kind):
            if any(str(question.id) == group_id for question in group.questions):
                return group
        raise UnknownGroupError(
            "This group of questions does not exist any more: its questions were erased or are older than the time shown. "
            "Go back to the list and choose a longer time."
        )

    def hear(self, since_days: int = DAYS, kind: QuestionKind = QuestionKind.UNANSWERED) -> Heard:
        """The groups with what is still to be grouped; most-asked wordings are embedded first.

        Raises:
            CharterError: the journal, the index or the vectors cannot be read, or the model fails.
        """
        now, index = self._now(), self._get_index()
        since = _first_moment(now, since_days)
        questions = [one for one in self._journal.questions(since) if is_of_kind(one, kind)]
        key = f"{kind} {since} {index.snapshot_id}"
        state = {(str(question.id), question.helpful) for question in questions}
        with self._lock:
            if (kept := self._kept.get(key)) and kept.holds(state, now):
                self._kept.move_to_end(key)
                return kept.heard
            wordings = join_wordings(questions)
            vectors = self._embed_some([wording.text for wording in wordings])
            known = [wording for wording in wordings if wording.text in vectors]
            groups = make_groups(known, vectors, index, now, since_days) if known else ()
            heard = Heard(kind, since, groups, len(questions), len(wordings) - len(known))
            if not heard.waiting:
                self._kept[key] = _Kept(heard, frozenset(state), now)
                self._kept.move_to_end(key)
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return heard

    def most_cited(self, since_days: int = DAYS, most: int = 20) -> tuple[SectionCount, ...]:
        """The sections that answers cited most."""
        return count_sections(self._since(since_days), self._get_index())[:most]

    def never_cited(self, since_days: int = DAYS) -> tuple[SectionCount, ...]:
        """The sections of the index that no answer cited in this time, in the order of the documents."""
        return count_sections_never_cited(self._since(since_days), self._get_index())

    def over_time(self, since_days: int = DAYS) -> tuple[Period, ...]:
        """How questions ended, day by day up to a month, else week by week; the last period ends today."""
        return count_over_time(self._since(since_days), self._now(), since_days)

    def _since(self, since_days: int) -> Sequence[AskedQuestion]:
        return self._journal.questions(_first_moment(self._now(), since_days))

    def keep_up(self, stop: threading.Event | None = None) -> int:
        """Embed what is not embedded yet, forget the vectors of texts that the journal has forgotten, and work out the groups anew.

        To be run every few minutes beside the server, so that nobody waits for groups; the model is used in small steps.

        Args:
            stop: ends it after the step it is at.

        Returns:
            How many texts were embedded.
        """
        asked = [one for one in self._journal.questions() if one.text.strip() and is_of_kind(one, QuestionKind.ASKED)]
        texts = list(dict.fromkeys(question.text for question in asked))
        known = self._vectors.find(texts)
        missing = [text for text in texts if text not in known]
        done = 0
        for start in range(0, len(missing), BATCH):
            if stop is not None and stop.is_set():
                return done
            done += len(self._vectors.embed(missing[start : start + BATCH]))
        self._vectors.keep_only(texts)
        for kind in (QuestionKind.UNANSWERED, QuestionKind.UNHELPFUL, QuestionKind.ASKED):
            self.hear(DAYS, kind)
        return done

    def draft_seed(self, group: QuestionGroup) -> DraftSeed:
        """The beginning of a document that answers a group."""
        own = [question for question in group.central if question.language == group.language][:MOST_FOR_HEADINGS]
        vectors = self._vectors.embed([question.text for question in own])
        raw = np.stack([vectors[question.text] for question in own])
        return seed_draft(group, own, self._get_index().project_questions(raw))

    def question_seeds(self, group: QuestionGroup) -> tuple[QuestionSeed, ...]:
        """Questions for the desk to ask before it publishes: the most central one in each language."""
        return seed_questions(group)

    def csv(
        self,
        kind: QuestionKind = QuestionKind.UNANSWERED,
        since_days: int = DAYS,
        *,
        separator: str = ";",
        headings: Mapping[str, str] | None = None,
    ) -> str:
        """The groups as a table for a spreadsheet, see `write_csv`."""
        return write_csv(self.groups(since_days, kind), separator=separator, headings=headings)

    def _embed_some(self, texts: list[str]) -> dict[str, NDArray[np.float32]]:
        known = self._vectors.find(texts)
        missing = [text for text in texts if text not in known][: self._most_new]
        return known | (self._vectors.embed(missing) if missing else {})


def _first_moment(now: datetime, since_days: int) -> datetime:
    """When the first of the last days began, so that the time seen is the same for a whole day."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=since_days - 1)


def follow(listening: Listening, ready: threading.Event, every: float = EVERY) -> threading.Thread:
    """A thread that keeps up with the journal from `ready` on, beside the server and as long as it; what fails is tried again."""

    def run() -> None:
        ready.wait()
        while True:
            try:
                listening.keep_up()
            except Exception:  # whatever database or model say; the pages tell the same when somebody looks
                logger.exception("The questions of the journal could not be followed.")
            time.sleep(every)

    thread = threading.Thread(target=run, name="listen", daemon=True)
    thread.start()
    return thread
