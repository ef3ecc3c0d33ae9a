"""The database of journal and desk: one engine, opened with its tables brought up to date."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from corpus import CharterError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
# Every file with tables: what a migration is compared with must be complete.
TABLES_IN = (
    "bot.journal", "bot.desk.accounts", "bot.desk.sign_in", "bot.desk.audit", "bot.desk.drafts", "bot.desk.questions",
    "bot.desk.asking", "bot.desk.publish_jobs",
)  # fmt: skip
FIRST_TABLE = "feedback"  # stood alone before there were migrations
_LOCK_NUMBER = 20_231_115  # of the advisory lock that PostgreSQL keeps while tables are changed
_alembic = threading.Lock()  # its context is global to the process


def aware(moment: datetime) -> datetime:
    """A moment out of the database in UTC; SQLite gives it back without saying so."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table of the project descends from; each stands in the file of its subject."""


class Database:
    """SQLite or PostgreSQL, by the address that SQLAlchemy knows; safe to use from several threads and processes.

    Raises:
        CharterError: the address is not valid, the database cannot be opened, or a later version of Mithaq made it.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = _open_engine(parsed)
            with contextlib.ExitStack() as stack:
                stack.callback(self._engine.dispose)
                _bring_up_to_date(self._engine, (parsed.get_backend_name() == "sqlite" and parsed.database) or "")
                stack.pop_all()
        except (ArgumentError, SQLAlchemyError, ImportError, OSError) as error:
            raise CharterError(
                f"The database cannot be opened ({type(error).__name__}). Set MITHAQ_JOURNAL__URL to an address that "
                "SQLAlchemy knows and whose driver is installed (PostgreSQL: pip install 'mithaq[postgresql]'), or unset it."
            ) from error

    @contextlib.contextmanager
    def session(self, *, alone: str = "") -> Iterator[Session]:
        """A transaction: committed on leaving the block, rolled back if it raises; what was loaded stays readable.

        Args:
            alone: A word for what is read and then changed: PostgreSQL lets one in at a time that says the same word. SQLite
                has one writer at a time anyway, from the first change in the block on.
        """
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            if alone and self._engine.dialect.name == "postgresql":
                number = int.from_bytes(hashlib.sha256(alone.encode()).digest()[:8], signed=True)
                session.execute(select(func.pg_advisory_xact_lock(number)))
            yield session

    def wipe_traces(self) -> None:
        """See that what was deleted stands in no file any more: SQLite keeps recent changes in a log beside the database."""
        if self._engine.dialect.name == "sqlite":
            with contextlib.closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def all_tables() -> Any:  # sqlalchemy.MetaData
    """The tables of all files, as the code knows them."""
    for name in TABLES_IN:
        importlib.import_module(name)
    return Base.metadata


def _open_engine(url: Any) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # Readers do not wait for a writer, and what was committed survives a killed process and a power cut.
        # What is deleted is overwritten.
        _use_log(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _use_log(connection: Any) -> None:
    """Switch to WAL; SQLite does not wait, but fails at once, while another process does the same to a new file."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _bring_up_to_date(engine: Engine, path: str) -> None:
    """Run the migrations that are missing, one process at a time; nothing but a look where none is."""
    if _stands_at(engine) == _newest_migration():
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _alembic, _alone(path), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK_NUMBER})")
            connection.commit()
        try:
            config.attributes["connection"] = connection
            if _stands_from_before(connection):
                command.stamp(config, "0001")
            command.upgrade(config, "head")
            connection.commit()
        except CommandError as error:
            raise CharterError(
                f"A later version of Mithaq made the database ({error}). Install that version, or restore an older backup."
            ) from error
        finally:
            if engine.dialect.name == "postgresql":
                connection.rollback()
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_LOCK_NUMBER})")
                connection.commit()


def _newest_migration() -> str:
    return max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("m*.py"))


def _stands_at(engine: Engine) -> str | None:
    """The last migration that was run; `None` where none was."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found


def _stands_from_before(connection: Connection) -> bool:
    found = inspect(connection)
    before = found.has_table(FIRST_TABLE) and not found.has_table("alembic_version")
    connection.rollback()
    return before


@contextlib.contextmanager
def _alone(path: str) -> Iterator[None]:
    """No other process opens the same SQLite file meanwhile; nothing to do for other databases."""
    if not path or path.startswith((":", "file:")) or not Path(path).parent.is_dir():
        yield
        return
    with Path(f"{path}.migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
