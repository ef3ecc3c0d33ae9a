"""`mithaq publish`, as the staff run it in a terminal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run_command
from tests.bot.desk.publishing_doubles import Desk, prepare

Run = Callable[..., tuple[int, str]]
EDITED = "charter/territorial/en.md"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Desk:
    return Desk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))


@pytest.fixture
def run(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command on the desk; its exit code and what it printed."""
    monkeypatch.setattr("bot.desk.publish_worker.open_publisher", lambda _: desk.publisher)

    def run(*arguments: str) -> tuple[int, str]:
        code = run_command(["publish", *arguments], lambda _: None)
        return code, capsys.readouterr().out

    return run


def spoil(desk: Desk) -> None:
    """After this no section tells which jobs count."""
    text = (desk.documents / EDITED).read_text(encoding="utf-8")
    (desk.documents / EDITED).write_text(text[: text.index("## Which jobs")], encoding="utf-8")


def test_what_lies_on_the_disk_is_published_and_told(run: Run, desk: Desk) -> None:
    file = desk.documents / "charter/premium-cap/en.md"
    file.write_text(file.read_text(encoding="utf-8").replace("The cap covers", "It covers"), encoding="utf-8")
    code, out = run()
    assert code == 0
    assert "Changed: charter/premium-cap/en.md\n1 answers change, 0 of them become wrong." in out
    assert "before (right): The premiums of the main" in out
    assert "right        100.0% → 100.0%   at least  99.0%" in out
    assert "Published: the index" in out


def test_where_nothing_changed_it_says_so(run: Run) -> None:
    code, out = run()
    assert code == 0
    assert out.startswith("Nothing changes: the index ")


def test_below_a_floor_it_waits_and_says_how_to_go_on(run: Run, desk: Desk) -> None:
    spoil(desk)
    code, out = run()
    assert code == 1
    assert "answered: 100.0% today, 50.0% afterwards" in out
    assert "mithaq publish --override REASON, or: mithaq publish --cancel" in out
    assert run("--override", "Repealed.")[0] == 0
    assert desk.publisher.jobs()[0].reason == "Repealed."


def test_an_override_from_the_first_needs_no_second_call(run: Run, desk: Desk) -> None:
    spoil(desk)
    assert run("--override", "Repealed.")[0] == 0


def test_what_waits_is_cancelled(run: Run, desk: Desk) -> None:
    spoil(desk)
    run()
    assert run("--cancel") == (0, "It is cancelled; what it would have published is not, and no draft is lost.\n")
    assert run("--cancel") == (0, "Nothing is being published.\n")


def test_one_that_was_interrupted_is_gone_on_with(run: Run, desk: Desk) -> None:
    idle = Desk.open(desk.home.parent, start_worker=lambda _, lock: os.close(lock))
    idle.publisher.start([idle.draft().id], "karim")
    code, out = run()
    assert code == 0
    assert "There is a publishing of karim from 2" in out
    assert "Changed: press/saffron-desk/en.md" in out


def test_one_whose_drafts_are_wrong_is_told(run: Run, desk: Desk) -> None:
    (desk.documents / EDITED).write_text("no front matter", encoding="utf-8")
    code, out = run()
    assert code == 1
    assert "There is no front matter." in out
    assert out.endswith("Nothing was published.\n")
