"""Questions are kept without personal data and for a limited time, opinions once for each answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.database import Database
from bot.journal import LONGEST_QUESTION, Journal

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


def ask(journal: Journal, answer_id: str, question: str = "What is the cap?", **changed: object) -> None:
    journal.record_question(
        answer_id, question, **{"language": "en", "status": "answered", "asked_at": NOON, **changed}
    )  # type: ignore[arg-type]


def test_it_begins_empty(journal: Journal) -> None:
    assert (journal.feedback(), journal.questions(), journal.question("a1")) == ([], [], None)


def test_an_opinion_is_kept_with_the_sections_and_without_the_question(journal: Journal) -> None:
    journal.record_feedback("a1", True, "answered", "en", ["premium-cap#cap", "safi#rate"])
    (kept,) = journal.feedback()
    assert (kept.answer_id, kept.helpful, kept.status, kept.language) == ("a1", True, "answered", "en")
    assert kept.sections == "premium-cap#cap safi#rate"


def test_a_later_opinion_replaces_the_earlier_one_and_none_takes_it_back(journal: Journal) -> None:
    journal.record_feedback("a1", True, "answered", "en", [])
    journal.record_feedback("a1", False, "answered", "en", [])
    assert [one.helpful for one in journal.feedback()] == [False]
    journal.record_feedback("a1", None, "answered", "en", [])
    journal.record_feedback("unknown", None, "answered", "en", [])
    assert journal.feedback() == []


def test_a_question_is_kept_with_how_it_ended_and_what_was_thought_of_it(journal: Journal) -> None:
    ask(
        journal,
        "a1",
        "ما السقف؟",
        language="ar",
        reason="unsure",
        sections=["premium-cap#cap"],
        snapshot_id="s1",
        estimate=True,
    )
    journal.record_feedback("a1", False, "answered", "ar", [])
    (kept,) = journal.questions()
    assert kept == journal.question("a1")
    assert (kept.text, kept.language, kept.reason, kept.sections) == ("ما السقف؟", "ar", "unsure", ("premium-cap#cap",))
    assert (kept.asked_at, kept.helpful, kept.snapshot_id, kept.estimate) == (NOON, False, "s1", True)


def test_personal_data_never_reaches_the_database(journal: Journal) -> None:
    ask(journal, "a1", "Write to amina.b@example.ma or 06 61 23 45 67\x00")
    assert journal.questions()[0].text == "Write to ‹mail› or ‹phone›"


def test_the_newest_come_first_and_a_time_and_a_number_bound_them(journal: Journal) -> None:
    for hours in range(5):
        ask(journal, f"a{hours}", asked_at=NOON + timedelta(hours=hours))
    assert [one.id for one in journal.questions()] == ["a4", "a3", "a2", "a1", "a0"]
    assert [one.id for one in journal.questions(since=NOON + timedelta(hours=3))] == ["a4", "a3"]
    assert [one.id for one in journal.questions(until=NOON + timedelta(hours=2), most=1)] == ["a1"]


def test_one_question_is_erased_with_its_opinion(journal: Journal) -> None:
    ask(journal, "a1")
    ask(journal, "a2")
    journal.record_feedback("a1", True, "answered", "en", [])
    assert journal.erase("a1")
    assert not journal.erase("a1")
    assert ([one.id for one in journal.questions()], journal.feedback()) == (["a2"], [])


def test_old_questions_are_forgotten_to_the_second(database: Database) -> None:
    journal = Journal(database, retention_days=2)
    ask(journal, "old", asked_at=NOON - timedelta(days=2, seconds=1))
    ask(journal, "young", asked_at=NOON - timedelta(days=2))
    assert journal.forget_old(NOON) == 1
    assert [one.id for one in journal.questions()] == ["young"]


def test_where_nothing_is_kept_no_question_is_written(database: Database) -> None:
    journal = Journal(database, retention_days=0)
    ask(journal, "a1")
    assert journal.questions() == []


def test_a_number_at_the_place_where_a_text_is_cut_is_masked_whole(journal: Journal) -> None:
    ask(journal, "a1", "x" * (LONGEST_QUESTION - 10) + " 06 61 23 45 67")
    assert journal.questions()[0].text == "x" * (LONGEST_QUESTION - 10) + " ‹phone›"


def test_what_was_erased_or_forgotten_stands_in_no_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'mithaq.db'}")
    journal = Journal(database)
    for answer_id, word in (("a1", "zanzibar"), ("a2", "timbuktu")):
        ask(journal, answer_id, f"A question on {word}")
    old = datetime.now(UTC) + timedelta(days=91)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"zanzibar" in written
    assert b"timbuktu" in written
    assert journal.erase("a1")
    assert b"zanzibar" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert journal.forget_old(old) == 1
    assert b"timbuktu" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database.close()


def test_no_section_is_torn_where_there_are_too_many(journal: Journal) -> None:
    sections = [f"document-{number}#anchor" for number in range(200)]
    ask(journal, "a1", sections=sections)
    kept = journal.questions()[0].sections
    assert kept == tuple(sections[: len(kept)])
    assert len(kept) > 50
