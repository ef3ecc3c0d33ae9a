"""Who may work at the staff desk: accounts with a role, their passwords hashed with argon2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, aware
from corpus.errors import AccountError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from bot.database import Database

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1_000
_NAME = re.compile(r"[\w][\w .@'-]{1,58}[\w.]")


class Role(StrEnum):
    """What an account may do; a publisher may do all that an editor may."""

    EDITOR = "editor"
    PUBLISHER = "publisher"


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: Role
    made: datetime
    last_seen: datetime | None
    language: str


class AccountRow(Base):
    """An account; `key` is its name in small letters, so that a name exists once however it is written."""

    __tablename__ = "staff_accounts"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(200))
    made: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_seen: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    language: Mapped[str] = mapped_column(String(2))

    def account(self) -> Account:
        """The value that others see, without the password."""
        seen = aware(self.last_seen) if self.last_seen else None
        return Account(self.name, Role(self.role), aware(self.made), seen, self.language)


class Accounts:
    """The accounts in the database; only the command line changes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: Role, password: str, language: str = "fr") -> Account:
        """A new account.

        Raises:
            AccountError: the name is taken or not allowed, or the password is too weak; nothing is made then.
        """
        if not _NAME.fullmatch(name):
            raise AccountError(f"“{name[:60]}” cannot be a name. Use 3 to 60 letters, digits, spaces, dots or hyphens.")
        _require_strong(name, password)
        row = AccountRow(
            key=account_key(name), name=name, role=role.value, password=hasher().hash(password), made=datetime.now(UTC),
            last_seen=None, language=language,
        )  # fmt: skip
        with self._database.session() as session:
            if session.get(AccountRow, row.key):
                raise AccountError(f"There is an account {name} already. Choose another name, or change its password.")
            session.add(row)
        return row.account()

    def set_password(self, name: str, password: str) -> None:
        """Another password; every session of the account ends.

        Raises:
            AccountError: there is no such account, or the password is too weak.
        """
        _require_strong(name, password)
        self._change(name, password=hasher().hash(password))

    def change_role(self, name: str, role: Role) -> None:
        """Another role, from the next request on.

        Raises:
            AccountError: there is no such account.
        """
        self._change(name, role=role.value)

    def remove(self, name: str) -> None:
        """Take the account away; its sessions end, what it did stays in the log.

        Raises:
            AccountError: there is no such account.
        """
        from bot.desk.sign_in import SessionRow

        with self._database.session() as session:
            session.delete(_require(session.get(AccountRow, account_key(name)), name))
            session.execute(delete(SessionRow).where(SessionRow.account == account_key(name)))

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.session() as session:
            return [row.account() for row in session.scalars(select(AccountRow).order_by(AccountRow.key))]

    def get(self, name: str) -> Account:
        """One account.

        Raises:
            AccountError: there is no such account.
        """
        with self._database.session() as session:
            return _require(session.get(AccountRow, account_key(name)), name).account()

    def exist(self) -> bool:
        """Whether there is any account, which is what opens the desk."""
        with self._database.session() as session:
            return bool(session.scalar(select(func.count()).select_from(AccountRow)))

    def _change(self, name: str, **values: str) -> None:
        from bot.desk.sign_in import SessionRow

        with self._database.session() as session:
            row = _require(session.get(AccountRow, account_key(name)), name)
            for field, value in values.items():
                setattr(row, field, value)
            if "password" in values:
                session.execute(delete(SessionRow).where(SessionRow.account == row.key))


def account_key(name: str) -> str:
    """The name as accounts are told apart."""
    return name.replace("\x00", "").strip().casefold()[:60]  # PostgreSQL takes no NUL


@cache
def hasher() -> PasswordHasher:
    """argon2id with the library's parameters (RFC 9106, low-memory profile)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


def _require(row: AccountRow | None, name: str) -> AccountRow:
    if row is None:
        raise AccountError(f"There is no account {name[:60]}. See: mithaq staff list")
    return row


def _require_strong(name: str, password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(
            f"A password has {SHORTEST_PASSWORD} characters at least. Take four or five words that nobody guesses."
        )
    if account_key(name) in password.casefold() or len(set(password)) < 5:
        raise AccountError("The password holds the name or too few different characters. Choose another one.")
