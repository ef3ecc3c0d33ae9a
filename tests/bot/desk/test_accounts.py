"""Accounts are made, changed and removed; a password is never kept as it is."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.database import Database
from bot.desk.accounts import Accounts, Role
from bot.desk.sign_in import SignIn
from corpus.errors import AccountError, WrongPasswordError

PASSWORD = "four words nobody guesses"


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


def test_without_an_account_the_desk_stays_closed(accounts: Accounts) -> None:
    assert not accounts.exist()
    accounts.add("Amina B.", Role.EDITOR, PASSWORD)
    assert accounts.exist()


def test_an_account_is_listed_and_its_password_is_only_a_hash(accounts: Accounts, database: Database) -> None:
    accounts.add("Karim", Role.PUBLISHER, PASSWORD, "ar")
    accounts.add("Amina B.", Role.EDITOR, PASSWORD)
    assert [(one.name, one.role, one.language, one.last_seen) for one in accounts.all()] == [
        ("Amina B.", Role.EDITOR, "fr", None),
        ("Karim", Role.PUBLISHER, "ar", None),
    ]
    with database.session() as session:
        (kept, other) = session.execute(text("SELECT password FROM staff_accounts")).scalars()
    assert kept.startswith("$argon2id$")
    assert kept != other, "each has its own salt"
    assert PASSWORD not in kept


@pytest.mark.parametrize("name", ["amina b.", "AMINA B.", "Amina B."])
def test_a_name_exists_once_however_it_is_written(accounts: Accounts, name: str) -> None:
    accounts.add("Amina B.", Role.EDITOR, PASSWORD)
    with pytest.raises(AccountError, match="already"):
        accounts.add(name, Role.EDITOR, PASSWORD)


@pytest.mark.parametrize("name", ["", "ab", "x" * 61, "<script>", "a\nb", "../etc", " amina "])
def test_a_name_that_cannot_be_one_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError, match="name"):
        accounts.add(name, Role.EDITOR, PASSWORD)
    assert not accounts.exist()


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "Amina B. 2026!", "x" * 1001])
def test_a_weak_password_is_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(AccountError, match="password"):
        accounts.add("Amina B.", Role.EDITOR, password)
    assert not accounts.exist()


def test_another_password_ends_every_session(accounts: Accounts, database: Database) -> None:
    accounts.add("Amina", Role.EDITOR, PASSWORD)
    doors = SignIn(database)
    token = doors.sign_in("Amina", PASSWORD, visitor="v")
    accounts.set_password("Amina", "another four good words")
    assert doors.find(token) is None
    with pytest.raises(WrongPasswordError):
        doors.sign_in("Amina", PASSWORD, visitor="v")
    assert doors.sign_in("Amina", "another four good words", visitor="v")


def test_another_role_holds_from_the_next_request_on(accounts: Accounts, database: Database) -> None:
    accounts.add("Amina", Role.EDITOR, PASSWORD)
    doors = SignIn(database)
    token = doors.sign_in("Amina", PASSWORD, visitor="v")
    accounts.change_role("amina", Role.PUBLISHER)
    found = doors.find(token)
    assert found
    assert found.account.role is Role.PUBLISHER


def test_a_removed_account_is_out_at_once(accounts: Accounts, database: Database) -> None:
    accounts.add("Amina", Role.EDITOR, PASSWORD)
    doors = SignIn(database)
    token = doors.sign_in("Amina", PASSWORD, visitor="v")
    accounts.remove("AMINA")
    assert doors.find(token) is None
    assert not accounts.exist()


@pytest.mark.parametrize("change", ["remove", "set_password", "change_role"])
def test_an_unknown_account_is_said(accounts: Accounts, change: str) -> None:
    arguments = {"remove": (), "set_password": (PASSWORD,), "change_role": (Role.EDITOR,)}[change]
    with pytest.raises(AccountError, match="mithaq staff list"):
        getattr(accounts, change)("Stranger", *arguments)
