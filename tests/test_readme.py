"""What the READMEs say is true: commands, make targets and settings exist, and the stated defaults hold."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import pytest

from bot.cli import build_parser
from bot.settings import Settings, setting_names
from corpus.loading import PACKAGED_DOCUMENTS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
READMES = [README, *(ROOT / room / "README.md" for room in ("corpus", "index", "bot"))]
CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
NAMED = re.compile(r"MITHAQ_[A-Z_]*[A-Z]")
UNSET = {"", "—", "-", "empty", "none", "unset"}


def snippets(path: Path) -> list[str]:
    """The lines of code of a README: those of its blocks and those between backticks, without comments."""
    found = [block or inline for block, inline in CODE.findall(path.read_text(encoding="utf-8"))]
    return [line.split(" #")[0].strip() for snippet in found for line in snippet.splitlines() if line.strip()]


def named(path: Path, program: str) -> list[list[str]]:
    """The words after a program's name at the start of a line of code, after `&&`, or behind a folder."""
    calls = re.compile(rf"(?:^|&&\s*|\$\s+)(?:\S+=\S+\s+)*(?:\S*/)?{program}\s+(?!=)([^&|;]+)")
    return [call.split() for line in snippets(path) for call in calls.findall(line)]


def actions(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def problem_of(words: list[str]) -> str:
    """Why a call of `mithaq` as a README shows it cannot work, or an empty string."""
    parser = build_parser()
    left = list(words)
    while choices := actions(parser):
        if not left or left[0].startswith("-"):
            return "" if left == ["--help"] else "it names no command"
        if left[0] not in choices:
            return f"there is no {left[0]}"
        parser = choices[left.pop(0)]
    unknown = {word.split("=")[0] for word in left if re.match(r"--[a-z]", word)} - set(parser._option_string_actions)
    return f"there is no {', '.join(sorted(unknown))}" if unknown else ""


def settings_table() -> dict[str, str]:
    """The settings table of the README: each variable with what its column of defaults says."""
    table: dict[str, str] = {}
    column = None
    for line in README.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")] if "|" in line else []
        heads = [number for number, cell in enumerate(cells) if cell.lower().startswith("default")]
        column = heads[0] if heads else column if cells else None
        if column is not None and cells and NAMED.fullmatch(cells[0]):
            table[cells[0]] = cells[column]
    return table


def stated_defaults(name: str, default: Any) -> set[str]:
    """The ways in which a README may write a default."""
    if default == PACKAGED_DOCUMENTS:
        return {"corpus/documents", "./corpus/documents", "the packaged documents"}
    if name == "MITHAQ_HOME":
        return {"var", "./var"}
    if name == "MITHAQ_JOURNAL__URL":
        return {*UNSET, Settings().journal_url, "sqlite:///$MITHAQ_HOME/mithaq.db", "SQLite in MITHAQ_HOME"}
    return UNSET if str(default) == "" else {str(default)}


def test_there_is_a_readme() -> None:
    assert README.is_file()


@pytest.mark.parametrize("path", [path for path in READMES if path.is_file()], ids=lambda path: path.parent.name)
def test_every_command_that_a_readme_shows_exists(path: Path) -> None:
    shown = {" ".join(words): problem_of(words) for words in named(path, "mithaq")}
    assert {call: problem for call, problem in shown.items() if problem} == {}


@pytest.mark.parametrize("path", [path for path in READMES if path.is_file()], ids=lambda path: path.parent.name)
def test_every_make_target_that_a_readme_names_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = {word for words in named(path, "make") for word in words if re.fullmatch(r"[a-z][a-z-]*", word)}
    assert shown <= targets


@pytest.mark.parametrize("path", [path for path in READMES if path.is_file()], ids=lambda path: path.parent.name)
def test_every_setting_that_a_readme_names_exists(path: Path) -> None:
    assert set(NAMED.findall(path.read_text(encoding="utf-8"))) <= set(setting_names())


@pytest.mark.skipif(not README.is_file(), reason="test_there_is_a_readme fails already")
def test_the_settings_table_lists_every_setting_with_its_true_default() -> None:
    table = settings_table()
    assert sorted(table) == sorted(setting_names())
    wrong = {
        name: stated for name, stated in table.items() if stated not in stated_defaults(name, setting_names()[name][0])
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("index build --fresh", ""),
        ("--help", ""),
        ("index destroy", "there is no destroy"),
        ("ask What? --loud --json", "there is no --loud"),
        ("index", "it names no command"),
    ],
)
def test_these_checks_find_what_does_not_exist(call: str, problem: str) -> None:
    assert problem_of(call.split()) == problem
