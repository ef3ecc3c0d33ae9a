"""The pages of the log."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.database import Database, all_tables
from bot.desk.audit import Audit
from bot.web.staff.log import A_PAGE, action_words, read_entries
from bot.web.staff.words import load_wordings
from corpus import Language
from tests.bot.web.staff.conftest import build_desk
from tests.bot.web.staff.whole_desk import NamedAccounts, WholeDesk, plain, visit


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    database = Database(f"sqlite:///{tmp_path / 'log.db'}")
    all_tables().create_all(database._engine)
    return Audit(database)


@pytest.fixture
def whole(audit: Audit, tmp_path: Path) -> WholeDesk:
    return WholeDesk(None, None, build_desk(tmp_path, audit=audit, accounts=NamedAccounts()))  # type: ignore[arg-type]


def test_the_log_says_who_did_what_and_leads_to_what_changed(whole: WholeDesk, audit: Audit) -> None:
    number = audit.record("omar", "draft.saved", "press/x/fr.md", before="30 %", after="35 % <b>", reason="moved <i>")
    audit.record("(terminal)", "account.added", "amina", after="publisher")
    staff = visit(whole)
    page = staff.get("/log")
    for said in (
        "Draft saved",
        "Account made",
        "omar",
        "/staff/history?path=press%2Fx%2Ffr.md",
        "moved &lt;i&gt;",
        f"/staff/log/{number}",
    ):
        assert said in page.text
    entry = staff.get(f"/log/{number}").text
    assert "<del>" in entry and "&lt;" in entry and "35 % <b>" not in entry


def test_an_action_without_words_is_shown_as_it_is_noted_and_escaped(whole: WholeDesk, audit: Audit) -> None:
    audit.record("x", "<script>.x", "<img src=x>", reason="publishing ab12: why not")
    page = visit(whole).get("/log")
    assert "&lt;script&gt;.x" in page.text and "&lt;img src=x&gt;" in page.text
    assert "<img src=x>" not in page.text
    assert "/staff/publish/ab12" in page.text and "Reason: why not" in plain(page)


def test_the_log_is_filtered_by_person_kind_and_subject(whole: WholeDesk, audit: Audit) -> None:
    audit.record("omar", "draft.saved", "press/one/fr.md")
    audit.record("amina", "publish.started", "ab12")
    audit.record("amina", "draft.saved", "press/two/fr.md")
    staff = visit(whole)

    def subjects(query: str) -> list[str]:
        text = staff.get(f"/log?{query}").text
        return [
            one
            for one in ("press/one/fr.md", "press/two/fr.md", "publish/ab12")
            if f">{one}<" in text or f"/{one}" in text
        ]

    assert subjects("who=omar") == ["press/one/fr.md"]
    assert subjects("kind=publish") == ["publish/ab12"]
    assert subjects("kind=draft&who=amina") == ["press/two/fr.md"]
    assert subjects("subject=press/two/fr.md") == ["press/two/fr.md"]
    assert "Nothing matches" in staff.get("/log?who=nobody").text
    assert staff.get("/log?kind=%27%3B--&before=abc&who=%3Cscript%3E").status_code == 200


def test_the_log_has_pages(whole: WholeDesk, audit: Audit) -> None:
    numbers = [audit.record("omar", "draft.saved", f"press/d{one}/fr.md") for one in range(A_PAGE + 3)]
    staff = visit(whole)
    first = staff.get("/log")
    older = numbers[-A_PAGE]
    assert f"before={older}" in first.text
    second = staff.get(f"/log?before={older}").text
    assert (
        "press/d2/fr.md" in second and "press/d3/fr.md" not in second and "before=" not in second.split("st-pages")[1]
    )


def test_entries_of_a_kind_are_found_behind_many_others(audit: Audit) -> None:
    audit.record("a", "publish.started", "old")
    for one in range(250):
        audit.record("a", "draft.saved", str(one))
    found, has_more = read_entries(audit, kind="publish")
    assert ([one.subject for one in found], has_more) == (["old"], False)
    assert read_entries(audit, kind="draft")[1]
    assert len(read_entries(audit)[0]) == A_PAGE


@pytest.mark.parametrize("number", ["0", "999", "x", "-1", "9" * 30, "%2e%2e"])
def test_an_entry_that_does_not_exist_is_no_page(whole: WholeDesk, number: str) -> None:
    assert visit(whole).get(f"/log/{number}").status_code == 404


def test_every_action_that_the_code_notes_has_words_in_every_language() -> None:
    bot = Path(__file__).parents[4] / "bot"
    noted = set()
    for file in (one for one in bot.rglob("*.py") if "web" not in one.parts):
        noted |= set(
            re.findall(r'"((?:draft|document|publish|snapshot|question|account)\.[a-z_]+)"', file.read_text("utf-8"))
        )
    assert len(noted) > 12
    for language in (Language.FR, Language.AR, Language.EN):
        words = load_wordings()[language]
        assert [action for action in noted if action_words(words, action) == action] == []
