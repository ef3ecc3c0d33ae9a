"""What is paused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import run_command
from bot.pause import FILE_NAME, Pause, PauseFile


def test_nothing_is_paused_without_the_file(tmp_path: Path) -> None:
    assert not any(PauseFile(tmp_path / "none").is_paused(what) for what in Pause)


def test_a_pause_of_the_widget_leaves_the_chat(tmp_path: Path) -> None:
    PauseFile(tmp_path).change(Pause.WIDGET, paused=True)
    assert PauseFile(tmp_path).is_paused(Pause.WIDGET)
    assert not PauseFile(tmp_path).is_paused(Pause.CHAT)


def test_a_pause_of_the_chat_is_one_of_the_widget(tmp_path: Path) -> None:
    PauseFile(tmp_path).change(Pause.CHAT, paused=True)
    assert all(PauseFile(tmp_path).is_paused(what) for what in Pause)


def test_a_running_server_sees_every_change_at_once(tmp_path: Path) -> None:
    server, staff = PauseFile(tmp_path), PauseFile(tmp_path)
    seen = []
    for paused in (True, False, True, True, False):
        staff.change(Pause.CHAT, paused=paused)
        seen.append(server.is_paused(Pause.CHAT))
    assert seen == [True, False, True, True, False]
    staff.change(Pause.WIDGET, paused=True)
    assert server.is_paused(Pause.WIDGET)
    (tmp_path / FILE_NAME).unlink()
    assert not server.is_paused(Pause.WIDGET)


def test_the_file_is_not_read_again_while_it_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, reads = PauseFile(tmp_path), []
    file.change(Pause.CHAT, paused=True)
    read_text = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **how: (reads.append(path), read_text(path, **how))[1])
    assert all(file.is_paused(Pause.CHAT) for _ in range(5))
    assert len(reads) == 1


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    PauseFile(tmp_path).change(Pause.CHAT, paused=True)
    PauseFile(tmp_path).change(Pause.WIDGET, paused=True)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == "chat\nwidget\n"


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    file = PauseFile(tmp_path)
    file.change(Pause.CHAT, paused=True)
    assert file.is_paused(Pause.CHAT)
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    assert file.is_paused(Pause.CHAT)
    (tmp_path / FILE_NAME).rmdir()
    assert not file.is_paused(Pause.CHAT)


@pytest.mark.parametrize("text", ["", "\n\n", "chats\nCHAT\n", "\x00\xff"])
def test_other_words_in_the_file_pause_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="latin-1")
    assert not any(PauseFile(tmp_path).is_paused(what) for what in Pause)


def mithaq(*arguments: str) -> int:
    return run_command(arguments, serve=lambda _: None)


def test_the_command_pauses_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MITHAQ_HOME", str(tmp_path / "home"))
    server = PauseFile(tmp_path / "home")
    assert mithaq("pause", "chat") == 0
    assert "The chat is paused" in (said := capsys.readouterr().out)
    assert "mithaq pause chat --off" in said
    assert server.is_paused(Pause.CHAT)
    assert mithaq("pause", "widget", "--off") == 0
    assert "The chat is still paused" in capsys.readouterr().out
    assert mithaq("pause", "chat", "--off") == 0
    assert capsys.readouterr().out == "The chat is not paused.\n"
    assert not any(server.is_paused(what) for what in Pause)


def test_the_command_pauses_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        mithaq("pause", "everything")
    assert "widget" in capsys.readouterr().err
