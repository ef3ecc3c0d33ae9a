"""Opinions are kept once for each answer, without the question, and a bad database address is explained."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.journal import Journal
from corpus import CharterError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "mithaq.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(f"sqlite:///{path}")
    yield journal
    journal.close()


def test_the_database_and_its_folder_are_made_and_begin_empty(journal: Journal, path: Path) -> None:
    assert journal.feedback() == []
    assert path.is_file()


def test_an_opinion_is_kept_with_the_sections_and_without_the_question(journal: Journal, path: Path) -> None:
    journal.record_feedback("a1", True, "answered", "en", ["premium-cap#cap", "safi#rate"])
    (kept,) = journal.feedback()
    assert (kept.answer_id, kept.helpful, kept.status, kept.language) == ("a1", True, "answered", "en")
    assert kept.sections == "premium-cap#cap safi#rate"
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(feedback)")]
    assert columns == ["answer_id", "given_at", "helpful", "status", "language", "sections"]


def test_a_later_opinion_on_the_same_answer_replaces_the_first(journal: Journal) -> None:
    journal.record_feedback("a1", True, "answered", "en", [])
    journal.record_feedback("a2", True, "answered", "en", [])
    journal.record_feedback("a1", False, "answered", "en", [])
    assert {kept.answer_id: kept.helpful for kept in journal.feedback()} == {"a1": False, "a2": True}


def test_an_opinion_can_be_taken_back_also_twice(journal: Journal) -> None:
    journal.record_feedback("a1", True, "answered", "en", [])
    journal.record_feedback("a1", None, "answered", "en", [])
    journal.record_feedback("a1", None, "answered", "en", [])
    assert journal.feedback() == []


def test_opinions_come_oldest_first_and_outlive_the_process(journal: Journal, path: Path) -> None:
    for name in ("a3", "a1", "a2"):
        journal.record_feedback(name, True, "answered", "fr", [])
    journal.close()
    again = Journal(f"sqlite:///{path}")
    assert [kept.answer_id for kept in again.feedback()] == ["a3", "a1", "a2"]
    again.close()


def test_a_long_list_of_sections_is_cut(journal: Journal) -> None:
    journal.record_feedback("a1", True, "answered", "en", [f"section-{number}#anchor" for number in range(500)])
    assert len(journal.feedback()[0].sections) == 2000


@pytest.mark.parametrize(
    "url",
    [
        "not an address",
        "nosuchdatabase://host/db",
        "sqlite:////proc/nowhere/mithaq.db",
        "mysql+nosuchdriver://u:s3cret@h/d",
    ],
)
def test_a_bad_address_is_one_clear_error_that_does_not_repeat_it(url: str) -> None:
    with pytest.raises(CharterError, match=r"The journal cannot be opened \(\w+\)\. Set MITHAQ_JOURNAL__URL") as caught:
        Journal(url)
    assert url not in str(caught.value)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "mithaq.db").write_text("this is a letter, not a database" * 50)
    with pytest.raises(CharterError, match="The journal cannot be opened"):
        Journal(f"sqlite:///{tmp_path / 'mithaq.db'}")
