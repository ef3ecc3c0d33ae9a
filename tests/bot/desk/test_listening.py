"""The desk hears which questions found no answer: grouped, counted, kept, and forgotten with the questions."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.database import Database
from bot.desk import listening, question_groups
from bot.desk.asked_questions import Outcome, QuestionKind
from bot.desk.listening import Listening
from bot.desk.question_vectors import QuestionVectors
from bot.journal import Journal
from corpus import Language, UnknownGroupError
from index import SearchIndex
from tests.bot.desk.listening_doubles import NOW, Asked, MemoryJournal, days_ago
from tests.index.doubles import HashedEncoder, built

CAP = [
    Asked("What is the cap of premiums?", id="q1", asked_at=days_ago(20)),
    Asked("what is the cap", id="q2", asked_at=days_ago(9), status="partly_answered", reason="unsure"),
    Asked("what is the cap plafond", Language.FR, id="q3", asked_at=days_ago(1)),
]
OLIVES = Asked("Where do olives grow in winter?", id="q4", asked_at=days_ago(2))
OTHERS = [
    Asked("hello", id="g", status="greeting", reason=None),
    Asked("you stupid machine", id="a", status="out_of_scope", reason="abuse"),
    Asked("football results", id="o", status="out_of_scope", reason="off_topic"),
    Asked("Which workers count?", id="w", status="answered", reason=None, sections=("charter#jobs",), helpful=False),
]


@pytest.fixture(scope="module")
def encoder() -> HashedEncoder:
    return HashedEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, encoder: HashedEncoder) -> SearchIndex:
    return built(tmp_path_factory.mktemp("home"), encoder=encoder)


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal([*CAP, OLIVES, *OTHERS])


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def heard(
    journal: MemoryJournal,
    index: SearchIndex,
    encoder: HashedEncoder,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Listening:
    encoder.queries.clear()
    monkeypatch.setattr(question_groups, "NEAR", 0.1)  # words in common are fewer than meanings in common
    return Listening(journal, lambda: index, QuestionVectors(tmp_path, encoder), now=clock)


def test_unanswered_questions_are_grouped_with_counts_languages_trend_and_the_nearest_section(heard: Listening) -> None:
    cap, olives = heard.groups()
    assert (cap.id, cap.count, cap.languages) == ("q1", 3, {Language.EN: 2, Language.FR: 1})
    assert cap.language is Language.EN
    assert cap.trend == (0, 0, 1, 1, 1)
    assert [question.id for question in cap.questions] == ["q3", "q2", "q1"]
    assert cap.title == cap.central[0].text == "what is the cap"
    assert cap.nearest == "charter#cap"
    assert (olives.id, olives.count, olives.title, olives.nearest) == ("q4", 1, OLIVES.text, "region#olives")


def test_each_kind_hears_its_own_questions(heard: Listening) -> None:
    found = {kind: {one.id for group in heard.groups(kind=kind) for one in group.questions} for kind in QuestionKind}
    assert found == {
        QuestionKind.UNANSWERED: {"q1", "q2", "q3", "q4"},
        QuestionKind.UNHELPFUL: {"w"},
        QuestionKind.REFUSED: {"o"},
        QuestionKind.ASKED: {"q1", "q2", "q3", "q4", "o", "w"},
    }


def test_what_is_asked_most_comes_first_whether_answered_or_not(heard: Listening, journal: MemoryJournal) -> None:
    journal.kept += [replace(OTHERS[3], id=f"w{number}") for number in range(4)]
    assert [group.count for group in heard.most_asked(most=2)] == [5, 3]


def test_only_the_days_asked_for_are_heard(heard: Listening, journal: MemoryJournal) -> None:
    assert {one.id for group in heard.groups(since_days=10) for one in group.questions} == {"q2", "q3", "q4"}
    assert journal.asked_for[-1] == NOW.replace(hour=0) - timedelta(days=9)


def test_the_same_words_are_embedded_once_and_counted_each_time(
    heard: Listening, journal: MemoryJournal, encoder: HashedEncoder
) -> None:
    journal.kept = [replace(OLIVES, id=str(number)) for number in range(3)]
    journal.kept.append(replace(OLIVES, text="where do OLIVES grow in winter", id="x"))
    assert heard.groups()[0].count == 4
    assert encoder.queries == [OLIVES.text]


def test_questions_whose_text_is_not_kept_are_counted_but_not_grouped(heard: Listening, journal: MemoryJournal) -> None:
    journal.kept = [replace(OLIVES, text="")]
    assert (heard.hear().questions, heard.groups()) == (1, ())


def test_a_group_is_found_by_any_of_its_questions_and_not_after_they_are_erased(
    heard: Listening, journal: MemoryJournal
) -> None:
    assert heard.group("q1") == heard.group("q3")
    journal.kept = [one for one in journal.kept if one.id != "q1"]
    assert heard.group("q3").id == "q2"
    with pytest.raises(UnknownGroupError, match=r"does not exist any more: .* Go back to the list"):
        heard.group("q1")


def test_few_are_embedded_while_somebody_waits_and_the_rest_is_said_to_wait(
    journal: MemoryJournal, index: SearchIndex, encoder: HashedEncoder, clock: Clock, tmp_path: Path
) -> None:
    slow = Listening(journal, lambda: index, QuestionVectors(tmp_path, encoder), most_new=1, now=clock)
    waiting = [slow.hear().waiting for _ in range(5)]
    assert waiting == [3, 2, 1, 0, 0]


def test_groups_of_many_questions_are_kept_for_minutes_while_only_new_questions_come(
    heard: Listening, journal: MemoryJournal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = heard.hear()
    journal.kept.append(replace(OLIVES, id="q4b", text="Do olives grow on walls?"))
    assert heard.hear().questions == first.questions + 1, "few are always those of now"
    monkeypatch.setattr("bot.desk.listening.AT_ONCE", 1)
    first = heard.hear()
    journal.kept.append(replace(OLIVES, id="q5", text="Do olives grow on roofs?"))
    assert heard.hear() is first
    clock.now = NOW + timedelta(minutes=6)
    assert heard.hear().questions == first.questions + 1


@pytest.mark.parametrize("change", ["erased", "opinion"])
def test_what_is_erased_or_changes_its_opinion_changes_the_groups_at_once(
    heard: Listening, journal: MemoryJournal, change: str
) -> None:
    first = heard.hear()
    journal.kept[0] = replace(CAP[0], helpful=False)
    if change == "erased":
        del journal.kept[0]
    assert heard.hear() is not first


def test_another_index_is_another_hearing(
    heard: Listening, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = heard.hear()
    assert heard.hear() is first
    monkeypatch.setattr(index, "snapshot_id", "another")
    assert heard.hear() is not first


def test_no_more_hearings_are_kept_than_are_looked_at(heard: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_KEPT", 2)
    first = heard.hear(30)
    heard.hear(29)
    assert heard.hear(30) is first
    heard.hear(28)
    assert heard.hear(30) is first
    assert heard.hear(28) is heard.hear(28)


def test_keeping_up_embeds_what_is_new_and_forgets_what_the_journal_forgot(
    heard: Listening, journal: MemoryJournal, encoder: HashedEncoder
) -> None:
    assert heard.keep_up() == 6
    assert sorted(encoder.queries) == sorted(one.text for one in [*CAP, OLIVES, *OTHERS[2:]])
    journal.kept = [OLIVES]
    assert heard.keep_up() == 0
    journal.kept = [CAP[0]]
    assert heard.keep_up() == 1, "its vector was forgotten with it"


def test_keeping_up_stops_when_it_is_told_to(heard: Listening, encoder: HashedEncoder) -> None:
    stop = threading.Event()
    stop.set()
    assert heard.keep_up(stop) == 0
    assert encoder.queries == []


def test_sections_are_counted_by_citations(heard: Listening) -> None:
    (jobs,) = heard.most_cited()
    assert (jobs.section_id, jobs.count, jobs.helpful, jobs.unhelpful) == ("charter#jobs", 1, 0, 1)
    assert [section.section_id for section in heard.never_cited()] == ["charter#cap", "region#olives"]


def test_questions_are_counted_over_time(heard: Listening) -> None:
    periods = heard.over_time(30)
    assert len(periods) == 30
    assert periods[-1].start == NOW.date()
    assert sum(period.counts[Outcome.UNANSWERED] for period in periods) == 3


def test_a_group_becomes_the_beginning_of_a_document_and_questions_of_the_desk(heard: Listening) -> None:
    group = heard.group("q1")
    seed = heard.draft_seed(group)
    assert (seed.title, seed.language, seed.origin, seed.nearest) == (
        "what is the cap", Language.EN, "group:q1", "charter#cap",
    )  # fmt: skip
    assert seed.markdown.startswith("## what is the cap {#what-is-the-cap}\n")
    assert [(one.language, one.sections) for one in heard.question_seeds(group)] == [
        (Language.EN, ("charter#cap",)), (Language.FR, ("charter#cap",)),
    ]  # fmt: skip


def test_the_table_holds_a_line_for_each_question(heard: Listening) -> None:
    assert len(heard.csv().splitlines()) == 1 + 4
    assert "football" in heard.csv(QuestionKind.REFUSED)
    assert "football" not in heard.csv()


def test_the_journal_in_the_database_is_heard_and_what_is_erased_is_not(
    index: SearchIndex, encoder: HashedEncoder, clock: Clock, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'mithaq.db'}")
    journal = Journal(database)
    for asked in CAP:
        journal.record_question(
            asked.id, asked.text, language=asked.language, status=asked.status, reason=asked.reason or "",
            asked_at=asked.asked_at,
        )  # fmt: skip
    journal.record_feedback("q1", False, "not_in_corpus", "en", [])
    hearing = Listening(journal, lambda: index, QuestionVectors(tmp_path, encoder), now=clock)
    (group,) = hearing.groups()
    assert (group.id, group.count, group.languages) == ("q1", 3, {Language.EN: 2, Language.FR: 1})
    assert [one.count for one in hearing.groups(kind=QuestionKind.UNHELPFUL)] == [1]
    journal.erase("q1")
    assert [one.id for one in hearing.groups()] == ["q2"]
    assert hearing.groups(kind=QuestionKind.UNHELPFUL) == ()
    database.close()


class Breaking:
    """Fails the first time, then says that it was called again."""

    def __init__(self) -> None:
        self.calls = 0
        self.again = threading.Event()

    def keep_up(self) -> int:
        self.calls += 1
        if self.calls == 1:
            raise RuntimeError("The database is away.")
        self.again.set()
        threading.Event().wait()  # the thread ends with the process
        return 0


def test_the_journal_is_followed_from_when_the_server_is_ready_and_after_a_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ready, breaking = threading.Event(), Breaking()
    thread = listening.follow(breaking, ready, every=0.001)
    assert (thread.daemon, breaking.calls) == (True, 0)
    ready.set()
    assert breaking.again.wait(10)
    assert "could not be followed" in caplog.text
