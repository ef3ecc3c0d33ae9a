"""`mithaq key`: what the staff see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.api_keys import ApiKeys
from bot.cli import run_command

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("MITHAQ_HOME", str(tmp_path))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_command(["key", *arguments], lambda _: None)
        return code, *capsys.readouterr()

    return run


def test_a_new_key_is_printed_alone_once(run: Run, tmp_path: Path) -> None:
    code, out, err = run("add", "site")
    assert (code, err) == (0, "")
    assert ApiKeys(tmp_path).owner(out.removesuffix("\n")) == "site"
    assert out.strip() not in run("list")[1]


def test_keys_are_listed_and_removed(run: Run) -> None:
    run("add", "site")
    run("add", "app")
    assert [line.split()[1] for line in run("list")[1].splitlines()] == ["site", "app"]
    assert run("remove", "site") == (0, "The key site is not valid any more.\n", "")
    assert [line.split()[1] for line in run("list")[1].splitlines()] == ["app"]


@pytest.mark.parametrize(
    ("arguments", "told"), [(("remove", "site"), "There is no key site."), (("add", "a b"), "no name for a key")]
)
def test_what_cannot_be_done_is_one_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1
