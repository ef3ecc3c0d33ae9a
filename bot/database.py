"""The database of journal and desk: one engine, opened with its tables in place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from corpus import CharterError


class Base(DeclarativeBase):
    """What every table of the project descends from; each stands in the file of its subject."""


class Database:
    """SQLite or PostgreSQL, by the address that SQLAlchemy knows; safe to use from several threads and processes.

    Raises:
        CharterError: the address is not valid or the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(parsed)
            Base.metadata.create_all(self._engine)
        except (ArgumentError, SQLAlchemyError, ImportError, OSError) as error:
            raise CharterError(
                f"The database cannot be opened ({type(error).__name__}). Set MITHAQ_JOURNAL__URL to an address that "
                "SQLAlchemy knows, or unset it."
            ) from error

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: committed on leaving the block, rolled back if it raises; what was loaded stays readable."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()
