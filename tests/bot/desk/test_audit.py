"""What was changed is told, newest first; nothing takes an entry away."""

from __future__ import annotations

import pytest

from bot.database import Database
from bot.desk.audit import Audit


@pytest.fixture
def audit(database: Database) -> Audit:
    return Audit(database)


def test_an_entry_tells_who_what_when_and_before_and_after(audit: Audit) -> None:
    number = audit.record("Amina", "draft.saved", "press/x/fr.md", before="10 %", after="15 %\x00", reason="typo")
    (entry,) = audit.entries()
    assert (entry.id, entry.who, entry.action, entry.subject) == (number, "Amina", "draft.saved", "press/x/fr.md")
    assert (entry.before, entry.after, entry.reason) == ("10 %", "15 %", "typo")
    assert entry.when.utcoffset() is not None


def test_the_newest_come_first_and_can_be_paged_and_chosen(audit: Audit) -> None:
    for number in range(6):
        audit.record("Amina" if number % 2 else "Karim", "draft.saved", f"press/{number % 3}/fr.md")
    entries = audit.entries(most=4)
    assert len(entries) == 4
    assert [one.id for one in entries] == sorted((one.id for one in entries), reverse=True)
    assert len(audit.entries(before_id=entries[-1].id)) == 2
    assert {one.who for one in audit.entries(who="Karim")} == {"Karim"}
    assert len(audit.entries(subject="press/1/fr.md")) == 2
    assert audit.entries(subject="press/1/fr.md", who="nobody") == []


def test_long_words_are_cut_and_long_texts_are_not(audit: Audit) -> None:
    audit.record("x" * 200, "y" * 200, "z" * 900, before="b" * 100_000)
    (entry,) = audit.entries()
    assert (len(entry.who), len(entry.action), len(entry.subject), len(entry.before)) == (60, 60, 300, 100_000)
