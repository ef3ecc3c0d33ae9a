"""`mithaq staff`: what whoever keeps the machine sees, and what the log says of it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run_command
from bot.database import Database
from bot.desk.accounts import Accounts
from bot.desk.audit import Audit, AuditEntry
from bot.desk.sign_in import SignIn

PASSWORD = "four words nobody guesses"
Run = Callable[..., tuple[int, str, str]]


class Typed(io.StringIO):
    """What somebody types, at a terminal or not."""

    at_terminal = False

    def isatty(self) -> bool:
        return self.at_terminal


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("MITHAQ_HOME", str(tmp_path))

    def run(*arguments: str, typed: str = f"{PASSWORD}\n") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", Typed(typed))
        code = run_command(["staff", *arguments], lambda _: None)
        return code, *capsys.readouterr()

    return run


def log(folder: Path) -> list[AuditEntry]:
    with contextlib.closing(Database(f"sqlite:///{folder / 'mithaq.db'}")) as database:
        return Audit(database).entries()


def test_an_account_is_made_with_a_password_from_standard_input_and_can_sign_in(run: Run, tmp_path: Path) -> None:
    code, out, err = run("add", "Amina", "--role", "publisher", "--language", "ar", "--password-stdin")
    assert (code, out, err) == (0, "Amina may sign in at /staff as publisher.\n", "")
    with contextlib.closing(Database(f"sqlite:///{tmp_path / 'mithaq.db'}")) as database:
        (account,) = Accounts(database).all()
        assert (account.role, account.language) == ("publisher", "ar")
        assert SignIn(database).sign_in("amina", PASSWORD, visitor="v")


def test_a_password_is_asked_twice_at_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PASSWORD, PASSWORD, PASSWORD, "something else altogether"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr(Typed, "at_terminal", True)
    assert run("add", "Amina")[0] == 0
    code, _, err = run("add", "Karim")
    assert code == 1
    assert "not the same" in err
    assert "Karim" not in run("list")[1]


def test_accounts_are_listed_with_role_and_last_visit_and_without_a_password(run: Run) -> None:
    run("add", "Amina", "--password-stdin")
    _, out, _ = run("list")
    assert out.startswith("editor     Amina  (since ")
    assert "never signed in" in out
    assert "argon2" not in out


def test_every_change_is_in_the_log_with_what_was_before(run: Run, tmp_path: Path) -> None:
    run("add", "Amina", "--password-stdin")
    assert run("role", "Amina", "publisher")[:2] == (0, "Amina is publisher from the next request on.\n")
    assert run("password", "Amina", "--password-stdin", typed="another four words\n")[0] == 0
    assert run("remove", "amina")[1].endswith("It was the last one: the desk is closed.\n")
    told = [(entry.action, entry.before, entry.after) for entry in reversed(log(tmp_path))]
    assert told == [
        ("account.added", "", "editor"),
        ("account.role_changed", "editor", "publisher"),
        ("account.password_changed", "", ""),
        ("account.removed", "publisher", ""),
    ]


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "Amina", "--password-stdin"), "short\n", "12 characters at least"),
        (("add", "Amina Benali", "--password-stdin"), "amina benali\n", "holds the name"),
        (("add", "Amina", "--password-stdin"), "aaaaaaaaaaaaaaaa\n", "too few different"),
        (("add", "Amina"), "", "--password-stdin"),
        (("add", "!", "--password-stdin"), f"{PASSWORD}\n", "cannot be a name"),
        (("role", "Karim", "editor"), "", "no account Karim"),
        (("password", "Karim", "--password-stdin"), f"{PASSWORD}\n", "no account Karim"),
        (("remove", "Karim"), "", "no account Karim"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    code, out, err = run(*arguments, typed=typed)
    assert (code, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1
    assert log(tmp_path) == []
