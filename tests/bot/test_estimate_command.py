"""`mithaq estimate FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import run_command
from bot.settings import Settings

HOTEL = "amount: 80000000\njobs: 120\nplace: essaouira\nsector: tourism\nwomen_share: 0.35\n"


def serve(_: Settings) -> None:
    raise AssertionError("nothing is served")


def run(*arguments: str) -> int:
    return run_command(["estimate", *arguments], serve)


@pytest.fixture
def hotel(tmp_path: Path) -> Path:
    path = tmp_path / "hotel.yaml"
    path.write_text(HOTEL, encoding="utf-8")
    return path


def test_the_estimate_is_told_in_words(hotel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(hotel), "--as-of", "2026-11-01") == 0
    told = capsys.readouterr().out
    assert "23% to 29%" in told
    assert "- Territorial premium: 10%" in told


def test_the_language_is_chosen(hotel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(hotel), "--language", "fr") == 0
    assert "23 % à 29 %" in capsys.readouterr().out.replace("\u00a0", " ")


def test_json_is_read_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hotel.json"
    path.write_text('{"amount": "80000000", "jobs": 120, "place": "marrakech"}', encoding="utf-8")
    assert run(str(path), "--json", "--as-of", "2026-11-01") == 0
    body = json.loads(capsys.readouterr().out)
    assert body["scheme"] == "main"
    assert body["as_of"] == "2026-11-01"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[1, 2]", "describes no project"),
        (b"amount: [", "no YAML or JSON"),
        (b"\xff\xfe\x00", "no YAML or JSON"),
        (b"1: 2", "describes no project"),
        (b"colour: red", "colour: unknown name"),
        (b"place: paris", "place: paris"),
        (b"women_share: 35", "women_share"),
    ],
)
def test_a_file_that_describes_no_project_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_bytes(content)
    assert run(str(path)) == 1
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.yaml")) == 1
    assert "none.yaml" in capsys.readouterr().err
