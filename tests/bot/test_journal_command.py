"""`mithaq journal`: questions are shown, erased one by one, and forgotten."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import run_command
from bot.database import Database
from bot.desk.audit import Audit
from bot.journal import Journal

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("MITHAQ_HOME", str(tmp_path))
    with contextlib.closing(Database(f"sqlite:///{tmp_path / 'mithaq.db'}")) as database:
        for answer_id, days in (("new", 1), ("old", 100)):
            asked_at = datetime.now(UTC) - timedelta(days=days)
            Journal(database).record_question(
                answer_id, "ما السقف؟ 0661234567", language="ar", status="answered", asked_at=asked_at
            )

    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_command(["journal", *arguments], lambda _: None)
        return code, *capsys.readouterr()

    return run


def kept(run: Run) -> list[str]:
    return [json.loads(line)["id"] for line in run("export")[1].splitlines()]


def test_an_export_is_a_line_of_json_for_each_question_without_personal_data(run: Run) -> None:
    code, out, err = run("export")
    assert (code, err) == (0, "")
    first = json.loads(out.splitlines()[0])
    assert (first["id"], first["text"], first["status"]) == ("new", "ما السقف؟ ‹phone›", "answered")


def test_one_question_is_erased_by_its_id_and_the_log_says_so(run: Run, tmp_path: Path) -> None:
    assert run("erase", "new") == (0, "new is erased.\n", "")
    assert kept(run) == ["old"]
    with contextlib.closing(Database(f"sqlite:///{tmp_path / 'mithaq.db'}")) as database:
        (entry,) = Audit(database).entries()
    assert (entry.action, entry.subject) == ("question.erased", "new")


def test_an_unknown_id_is_one_line(run: Run) -> None:
    code, out, err = run("erase", "nothing")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "mithaq journal export" in err


def test_what_is_older_than_may_be_kept_is_forgotten(run: Run) -> None:
    assert run("forget") == (0, "1 questions erased.\n", "")
    assert kept(run) == ["new"]


def test_all_is_forgotten_where_nothing_may_be_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_JOURNAL__QUESTIONS", "false")
    assert run("forget")[1] == "2 questions erased.\n"
    assert kept(run) == []
