"""Who has the password gets in for a while; who guesses waits longer and longer."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.database import Database
from bot.desk import sign_in
from bot.desk.accounts import Accounts, Role
from bot.desk.sign_in import FREE_TRIES, IDLE, LONGEST, LONGEST_WAIT, SignIn
from corpus.errors import LockedOutError, WrongPasswordError

PASSWORD = "four words nobody guesses"


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, time: timedelta) -> None:
        self.time += time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def doors(database: Database, clock: Clock) -> SignIn:
    Accounts(database).add("Amina", Role.EDITOR, PASSWORD)
    return SignIn(database, clock)


def guess(doors: SignIn, times: int, name: str = "Amina", visitor: str = "v") -> None:
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            doors.sign_in(name, "a wrong password", visitor=visitor)


def test_the_right_password_opens_a_session_of_its_own(doors: SignIn, database: Database, clock: Clock) -> None:
    first, second = (doors.sign_in("amina", PASSWORD, visitor="v") for _ in range(2))
    found, other = doors.find(first), doors.find(second)
    assert found
    assert other
    assert (found.account.name, found.account.last_seen) == ("Amina", clock.time)
    assert first != second
    assert found.csrf != other.csrf
    with database.session() as session:
        kept = session.execute(text("SELECT token FROM staff_sessions")).scalars().all()
    assert not {first, second} & set(kept), "a stolen database opens no session"


@pytest.mark.parametrize(
    ("name", "password"), [("Amina", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Amina", "x" * 5_000)]
)
def test_a_wrong_name_and_a_wrong_password_are_the_same_error(doors: SignIn, name: str, password: str) -> None:
    with pytest.raises(WrongPasswordError, match="The name or the password is wrong"):
        doors.sign_in(name, password, visitor="v")


@pytest.mark.parametrize("token", ["", "unknown", "x" * 1_000, "é\x00"])
def test_an_unknown_token_is_nobody(doors: SignIn, token: str) -> None:
    assert doors.find(token) is None
    doors.sign_out(token)


def test_signing_out_ends_this_session_only(doors: SignIn) -> None:
    first, second = (doors.sign_in("Amina", PASSWORD, visitor="v") for _ in range(2))
    doors.sign_out(first)
    assert doors.find(first) is None
    assert doors.find(second)


def test_an_idle_session_ends_and_one_in_use_goes_on_until_its_end(doors: SignIn, clock: Clock) -> None:
    idle, used = (doors.sign_in("Amina", PASSWORD, visitor="v") for _ in range(2))
    opened = clock.time
    clock.pass_by(IDLE - timedelta(seconds=1))
    assert doors.find(used)
    clock.pass_by(timedelta(seconds=1))
    assert doors.find(idle) is None
    while clock.time + IDLE / 2 < opened + LONGEST:
        clock.pass_by(IDLE / 2)
        assert doors.find(used)
    clock.pass_by(IDLE / 2)
    assert doors.find(used) is None


def test_guessing_a_password_waits_longer_each_time_and_not_for_ever(doors: SignIn, clock: Clock) -> None:
    guess(doors, FREE_TRIES["account"])
    waits = []
    for _ in range(8):
        with pytest.raises(LockedOutError) as locked:
            doors.sign_in("Amina", PASSWORD, visitor="another visitor")
        waits.append(locked.value.until - clock.time)
        clock.pass_by(waits[-1])
        guess(doors, 1, visitor=f"visitor {len(waits)}")
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == LONGEST_WAIT
    clock.pass_by(LONGEST_WAIT)
    assert doors.sign_in("Amina", PASSWORD, visitor="v")


def test_a_name_that_does_not_exist_is_locked_the_same_way(doors: SignIn) -> None:
    guess(doors, FREE_TRIES["account"], name="Nobody")
    with pytest.raises(LockedOutError):
        doors.sign_in("Nobody", PASSWORD, visitor="another")


def test_a_visitor_who_tries_many_names_is_locked_out_and_nobody_else(doors: SignIn) -> None:
    for number in range(FREE_TRIES["visitor"]):
        guess(doors, 1, name=f"Name {number}")
    with pytest.raises(LockedOutError):
        doors.sign_in("Amina", PASSWORD, visitor="v")
    assert doors.sign_in("Amina", PASSWORD, visitor="another")


def test_the_right_password_forgives_the_wrong_ones_before(doors: SignIn) -> None:
    for _ in range(3):
        guess(doors, FREE_TRIES["account"] - 1)
        assert doors.sign_in("Amina", PASSWORD, visitor="other")


def test_neither_names_nor_visitors_are_kept_of_wrong_tries(doors: SignIn, database: Database) -> None:
    guess(doors, 1, visitor="203.0.113.7")
    with database.session() as session:
        kept = " ".join(session.execute(text("SELECT key FROM staff_tries")).scalars())
    assert "203" not in kept.split()
    assert "amina" not in kept


def test_many_tries_at_once_are_not_all_free(doors: SignIn) -> None:
    ended: list[type[Exception]] = []

    def try_once() -> None:
        with pytest.raises((WrongPasswordError, LockedOutError)) as refused:
            doors.sign_in("Amina", "a wrong password", visitor="v")
        ended.append(refused.type)

    threads = [threading.Thread(target=try_once) for _ in range(4 * FREE_TRIES["account"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert ended.count(WrongPasswordError) == FREE_TRIES["account"]
    assert len(ended) == len(threads)


def test_right_passwords_take_no_tries_from_a_visitor(doors: SignIn) -> None:
    for _ in range(FREE_TRIES["visitor"] + 1):
        assert doors.sign_in("Amina", PASSWORD, visitor="v")


def test_a_password_that_was_changed_while_it_was_compared_opens_nothing(
    doors: SignIn, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = sign_in._is_right

    def change_meanwhile(known: str, password: str) -> bool:
        right = compare(known, password)
        Accounts(database).set_password("Amina", "another four words")
        return right

    monkeypatch.setattr(sign_in, "_is_right", change_meanwhile)
    with pytest.raises(WrongPasswordError):
        doors.sign_in("Amina", PASSWORD, visitor="v")


def test_a_name_that_no_database_takes_is_a_wrong_name(doors: SignIn) -> None:
    with pytest.raises(WrongPasswordError):
        doors.sign_in("Am\x00 ina\x00", PASSWORD, visitor="v")
