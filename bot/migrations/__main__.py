"""Writes the next migration: what the code's tables have more or less than those that the migrations so far make."""

from __future__ import annotations

import sys

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.database import MIGRATIONS


def main() -> None:
    """Make all tables in memory, compare them with the code, and write the difference as a file to read and correct."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    number = f"{len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1:04}"
    config.set_main_option("file_template", f"m{number}_%%(slug)s")
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, " ".join(sys.argv[1:]) or "change", autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main()
