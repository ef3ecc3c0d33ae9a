"""Signing in to the staff desk: sessions kept on the server, and guessing that soon has to wait."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, Integer, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, aware
from bot.desk.accounts import LONGEST_PASSWORD, Account, AccountRow, account_key, hasher
from corpus.errors import LockedOutError, WrongPasswordError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database import Database

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
FREE_TRIES = {"account": 5, "visitor": 15}
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)
FORGOTTEN_AFTER = timedelta(days=1)
DOOR = "sign-in"  # tries are counted one after the other


@dataclass(frozen=True)
class SignedIn:
    """Who a token belongs to; `csrf` is what the forms of this session carry."""

    account: Account
    csrf: str
    expires: datetime


class SessionRow(Base):
    """A session; the token itself stands only in the browser."""

    __tablename__ = "staff_sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(String(60), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    opened: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class TriesRow(Base):
    """Wrong tries for one account or from one visitor (as hashes), and until when no further one is looked at."""

    __tablename__ = "staff_tries"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    wrong: Mapped[int] = mapped_column(Integer)
    last: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SignIn:
    """Opens, finds and closes sessions.

    After five wrong passwords for an account, or fifteen from a visitor, the next try has to wait a minute, then two, then four,
    up to half an hour. A name that does not exist takes as long and counts the same, so nobody learns which names do.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._now = now

    def sign_in(self, name: str, password: str, *, visitor: str) -> str:
        """The token of a new session.

        Args:
            name: as typed.
            password: as typed.
            visitor: what tells visitors apart; kept as a hash.

        Raises:
            LockedOutError: too many tries; nothing was looked at.
            WrongPasswordError: the name or the password is wrong.
        """
        now, keys = (
            self._now(),
            {"account": _hash(f"account {account_key(name)}"), "visitor": _hash(f"visitor {visitor}")},
        )
        known = self._count(account_key(name), keys, now)
        right = _is_right(known or _nobody(), password) and known is not None
        with self._database.session(alone=DOOR) as session:
            own = session.get(AccountRow, account_key(name))
            if right := right and own is not None and own.password == known:  # not changed while it was compared
                token = secrets.token_urlsafe(32)
                session.execute(delete(TriesRow).where(TriesRow.key == keys["account"]))
                _take_back(session, keys["visitor"], now)
                session.execute(delete(SessionRow).where(SessionRow.opened < now - LONGEST))
                session.add(
                    SessionRow(
                        token=_hash(token),
                        account=account_key(name),
                        csrf=secrets.token_urlsafe(32),
                        opened=now,
                        seen=now,
                    )
                )
                own.last_seen = now
        if not right:
            raise WrongPasswordError(
                "The name or the password is wrong. Try again, or have it set anew: mithaq staff password NAME"
            )
        return token

    def _count(self, account: str, keys: Mapping[str, str], now: datetime) -> str | None:
        """Take the try for a wrong one before it is looked at, so that many at once are not all free; the hash to compare with."""
        with self._database.session(alone=DOOR) as session:
            # The first change makes SQLite's one writer of us.
            session.execute(delete(TriesRow).where(TriesRow.last < now - FORGOTTEN_AFTER))
            waits = [aware(tries.until) for key in keys.values() if (tries := session.get(TriesRow, key))]
            if waits and max(waits) > now:
                raise LockedOutError(max(waits))
            for kind, key in keys.items():
                _count_wrong(session, key, FREE_TRIES[kind], now)
            row = session.get(AccountRow, account)
            return row.password if row else None

    def find(self, token: str) -> SignedIn | None:
        """Who is signed in with a token, or `None` if nobody is (any more)."""
        now = self._now()
        with self._database.session() as session:
            row = session.get(SessionRow, _hash(token))
            account = session.get(AccountRow, row.account) if row else None
            if row is None or account is None:
                return None
            seen, ends = aware(row.seen), aware(row.opened) + LONGEST
            if now >= min(seen + IDLE, ends):
                session.delete(row)
                return None
            if now - seen >= SEEN_EVERY:
                row.seen = account.last_seen = now
            return SignedIn(account.account(), row.csrf, min(now + IDLE, ends))

    def sign_out(self, token: str) -> None:
        """End a session; one that is unknown has ended already."""
        with self._database.session() as session:
            session.execute(delete(SessionRow).where(SessionRow.token == _hash(token)))


def _is_right(known: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return hasher().verify(known, password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return False


def _count_wrong(session: Session, key: str, free: int, now: datetime) -> None:
    row = session.get(TriesRow, key) or TriesRow(key=key, wrong=0, last=now, until=now)
    row.wrong, row.last = row.wrong + 1, now
    if row.wrong >= free:
        row.until = now + min(FIRST_WAIT * 2 ** min(row.wrong - free, 10), LONGEST_WAIT)
    session.merge(row)


def _take_back(session: Session, key: str, now: datetime) -> None:
    """The try was right after all: the visitor has it back."""
    if row := session.get(TriesRow, key):
        row.wrong, row.until = row.wrong - 1, now


@cache
def _nobody() -> str:
    """A hash that no password fits: an unknown name takes as long as a known one."""
    return hasher().hash(secrets.token_urlsafe(32))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
