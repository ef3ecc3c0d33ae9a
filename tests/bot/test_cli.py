"""The command line: wrong calls are explained, expected errors are one line with exit code 1, nothing shows a traceback."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import commands
from bot.cli import build_parser, run_command
from bot.settings import Settings

COMMANDS = ["ask", "search", "serve", "corpus check", "corpus add", "index build", "index status", "index rollback",
            "publish", "key add", "key list", "key remove", "settings", "doctor"]  # fmt: skip


def no_serve(settings: Settings) -> None:
    raise AssertionError("nothing is served here")


def raising(error: BaseException) -> Callable[..., int]:
    def run(*_: object) -> int:
        raise error

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        build_parser().parse_args([*command.split(), "--help"])
    assert f"mithaq {command}" in capsys.readouterr().out


def test_all_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run_command(["--help"], no_serve)
    listed = capsys.readouterr().out
    assert all(command.split()[0] in listed for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["aks", "What?"], "invalid choice: 'aks'"),
        (["ask"], "the following arguments are required: question"),
        (["ask", "What?", "--language", "de"], "invalid Language value: 'de'"),
        (["search", "What?", "--most", "many"], "invalid int value: 'many'"),
        (["serve", "--port", "http"], "http is not a port; choose one from 1 to 65535"),
        (["serve", "--port", "65536"], "65536 is not a port; choose one from 1 to 65535"),
        (["serve", "--port", "0"], "0 is not a port; choose one from 1 to 65535"),
        (["corpus"], "the following arguments are required: ACTION"),
        (["key"], "the following arguments are required: ACTION"),
        (["key", "add"], "the following arguments are required: NAME"),
        (["index", "destroy"], "invalid choice: 'destroy'"),
        (["corpus", "add", "a.txt", "--kind", "guide", "--publisher", "CRI", "--lang", "fr", "--published", "15/11/2023"],
         "15/11/2023 is not a day; write it as 2023-11-15"),
    ],
)  # fmt: skip
def test_a_wrong_call_says_what_is_wrong_with_exit_code_2(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        run_command(arguments, no_serve)
    assert complaint in capsys.readouterr().err


def test_a_misspelt_setting_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MITHAQ_SERVR__PORT", "1")
    assert run_command(["settings"], no_serve) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Unknown setting MITHAQ_SERVR__PORT.")
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "Stopped."),
        (OSError(errno.ENOSPC, "No space left on device", "/srv/x"), 1,
         "The file system refused /srv/x: No space left on device. Make room on the disk."),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/y"), 1,
         "The file system refused /srv/y: Permission denied. Check the path and its rights."),
        (OSError(errno.EIO, "Input/output error"), 1,
         "The file system refused: Input/output error. Check the path and its rights."),
    ],
)  # fmt: skip
def test_what_goes_wrong_outside_is_one_line(
    error: BaseException, code: int, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "settings", raising(error))
    assert run_command(["settings"], no_serve) == code
    assert capsys.readouterr().err == f"{line}\n"


def test_a_reader_that_went_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    class Errors:
        def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(commands, "settings", raising(BrokenPipeError()))
    monkeypatch.setattr("sys.stderr", Errors())
    assert run_command(["settings"], no_serve) == 0
    assert closed == [True]


def test_the_files_and_dates_of_a_new_document_are_read_as_such() -> None:
    call = [
        "corpus",
        "add",
        "a.txt",
        "--kind",
        "press-release",
        "--publisher",
        "CCIS",
        "--lang",
        "zh",
        "--published",
        "2023-11-15",
    ]
    options: argparse.Namespace = build_parser().parse_args(call)
    assert options.file == Path("a.txt")
    assert (options.kind, options.lang, options.published.isoformat()) == ("press-release", "zh", "2023-11-15")
    assert options.confidence is None
