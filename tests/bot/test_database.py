"""One database for everything, of either kind: made, taken over, brought up to date, and refused where it is too new."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from bot.database import TABLES_IN, Base, Database, _use_log, all_tables, aware
from bot.journal import Journal
from corpus import CharterError

ROOT = Path(__file__).parents[2]


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    return found


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with contextlib.closing(Database(database_url)) as opened:
        yield opened


def test_a_new_database_gets_every_table(database: Database, database_url: str) -> None:
    assert tables(database_url) == {*all_tables().tables, "alembic_version"}


def test_the_migrations_make_what_the_code_expects(database: Database, database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), all_tables()) == []
    engine.dispose()


def test_every_file_with_a_table_is_named() -> None:
    holding = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "bot").rglob("*.py")
        if re.search(r"^    __tablename__ = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert holding == set(TABLES_IN)


def test_opening_it_again_keeps_what_is_there(database: Database, database_url: str) -> None:
    Journal(database).record_feedback("a1", True, "answered", "fr", ["x#y"])
    with contextlib.closing(Database(database_url)) as again:
        assert [one.answer_id for one in Journal(again).feedback()] == ["a1"]


def test_a_database_from_before_the_migrations_is_taken_over(database_url: str) -> None:
    all_tables()
    engine = create_engine(database_url)
    Base.metadata.tables["feedback"].create(engine)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO feedback VALUES ('a1', '2026-11-01 10:00:00', true, 'answered', 'en', 'x#y')")
        )
    engine.dispose()
    with contextlib.closing(Database(database_url)) as taken_over:
        assert [one.sections for one in Journal(taken_over).feedback()] == ["x#y"]
        assert Journal(taken_over).questions() == []


def test_a_database_of_a_later_version_is_refused_and_not_changed(database: Database, database_url: str) -> None:
    with database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = tables(database_url)
    with pytest.raises(CharterError, match="later version"):
        Database(database_url)
    assert tables(database_url) == before


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite:////proc/none/x.db", "oracle://host/db", "postgresql+psycopg://x@127.0.0.1:1/x"]
)
def test_a_bad_address_is_explained_and_its_password_not_shown(url: str) -> None:
    with pytest.raises(CharterError, match="MITHAQ_JOURNAL__URL"):
        Database(url)


def test_several_processes_that_open_it_first_do_not_meet(database_url: str) -> None:
    code = f"from bot.database import Database; Database({database_url!r}).close()"
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE, env={"PYTHONPATH": str(ROOT)})  # noqa: S603
        for _ in range(3)
    ]
    assert [process.communicate()[1] for process in running] == [b"", b"", b""]
    assert "questions" in tables(database_url)


def test_a_process_waits_while_another_one_changes_how_the_file_is_written() -> None:
    class Connection:
        tries = 0

        def execute(self, _: str) -> Connection:
            self.tries += 1
            if self.tries < 3:
                raise sqlite3.OperationalError("database is locked")
            return self

        def close(self) -> None:
            pass

    connection = Connection()
    _use_log(connection)
    assert connection.tries == 3


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.session() as session:
            session.execute(
                text("INSERT INTO feedback VALUES ('a1', '2026-11-01 10:00:00', true, 'answered', 'en', '')")
            )
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert Journal(database).feedback() == []


def test_a_moment_is_in_utc_whatever_the_database_gave_back() -> None:
    moment = datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert aware(moment.replace(tzinfo=None)) == moment
    assert aware(moment.astimezone(timezone(timedelta(hours=1)))).utcoffset() == timedelta(0)
