"""The pages of going back, with the real history behind them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from index import SnapshotStore
from tests.bot.desk.publishing_doubles import NEW_FILE, prepare
from tests.bot.web.staff.whole_desk import WholeDesk, plain, visit


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that published a new document and changed it."""
    folder = prepare(tmp_path_factory.mktemp("prepared"))
    whole = WholeDesk.open(folder)
    whole.desk.publisher.start([whole.parts.draft().id], "karim")
    whole.desk.publisher.start([whole.parts.draft_with(NEW_FILE, "Taliouine", "Taznakht").id], "amina")
    whole.parts.database.close()
    return folder


@pytest.fixture
def whole(prepared: Path, tmp_path: Path) -> WholeDesk:
    return WholeDesk.open(Path(shutil.copytree(prepared, tmp_path / "desk")))


def current(whole: WholeDesk) -> str:
    return SnapshotStore(whole.parts.home).require_current()


def test_a_publisher_goes_back_after_a_confirmation(whole: WholeDesk) -> None:
    staff, before = visit(whole), SnapshotStore(whole.parts.home).ids()[0]
    page = staff.get("/history")
    assert page.text.count("/staff/history/back/") == 2
    assert "online" in page.text
    asked = staff.get(f"/history/back/{before}")
    assert "Go back to the version published" in plain(asked)
    assert current(whole) != before
    done = staff.post(f"/history/back/{before}")
    assert "this version now answers visitors" in staff.client.get(done.headers["location"]).text
    assert current(whole) == before
    assert whole.desk.audit.entries()[0].action == "snapshot.rolled_back"


def test_an_editor_does_not_go_back(whole: WholeDesk) -> None:
    omar, before, now = visit(whole, "omar"), SnapshotStore(whole.parts.home).ids()[0], current(whole)
    assert "/history/back/" not in omar.get("/history").text
    assert omar.get(f"/history/back/{before}").status_code == 403
    assert omar.post(f"/history/back/{before}").status_code == 403
    assert current(whole) == now


@pytest.mark.parametrize("version", ["none", "..%2F..%2Fetc", "%3Cscript%3E"])
def test_an_unknown_version_leads_nowhere(whole: WholeDesk, version: str) -> None:
    staff, now = visit(whole), current(whole)
    for answer in (staff.get(f"/history/back/{version}"), staff.post(f"/history/back/{version}")):
        assert answer.status_code in {303, 404, 405}
    assert current(whole) == now


def test_nothing_goes_back_without_the_token(whole: WholeDesk) -> None:
    before, now = SnapshotStore(whole.parts.home).ids()[0], current(whole)
    assert visit(whole).post(f"/history/back/{before}", {"csrf": "wrong"}).status_code == 403
    assert visit(whole).post("/history/restore", {"csrf": "wrong", "path": NEW_FILE}).status_code == 403
    assert current(whole) == now


def test_a_document_shows_its_versions_and_what_changed_word_by_word(whole: WholeDesk) -> None:
    staff = visit(whole)
    assert f"/staff/history?path={NEW_FILE}" in staff.get("/history").text
    page = staff.get(f"/history?path={NEW_FILE}")
    keys = re.findall(r"version=(\d+)#compared", page.text)
    assert len(keys) == 2
    shown = staff.get(f"/history?path={NEW_FILE}&version={keys[0]}").text
    assert re.search(r"<del>.*?Taliouine.*?</del>", shown, re.DOTALL)
    assert re.search(r"<ins>.*?Taznakht.*?</ins>", shown, re.DOTALL)
    older = staff.get(f"/history?path={NEW_FILE}&version={keys[1]}&against=now").text
    assert "This version" in older and "Taznakht" in older
    assert "The two texts are the same." in staff.get(f"/history?path={NEW_FILE}&version={keys[0]}&against=now").text


def test_an_earlier_version_becomes_a_draft_and_an_open_draft_is_shown_instead(whole: WholeDesk) -> None:
    omar = visit(whole, "omar")
    key = whole.desk.history.document_versions(NEW_FILE)[-1].audit_id
    restored = omar.post("/history/restore", {"path": NEW_FILE, "version": str(key)})
    draft = whole.parts.drafts.at(NEW_FILE)
    assert draft is not None and "Taliouine" in draft.text
    assert restored.headers["location"] == f"/staff/drafts/{draft.id}"
    again = omar.post("/history/restore", {"path": NEW_FILE, "version": str(key)})
    assert again.headers["location"] == f"/staff/drafts/{draft.id}"


@pytest.mark.parametrize("path", ["../../etc/passwd", "press/none/fr.md", "<script>alert(1)</script>"])
def test_a_path_that_is_no_document_is_no_page(whole: WholeDesk, path: str) -> None:
    staff = visit(whole)
    assert staff.get("/history", params={"path": path}).status_code == 404
    assert staff.post("/history/restore", {"path": path, "version": "1"}).status_code == 404
    assert staff.post("/history/restore", {"path": NEW_FILE, "version": "x-first"}).status_code == 303


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_speak_the_languages_of_the_desk(whole: WholeDesk, language: str) -> None:
    staff = visit(whole, language=language)
    for path in (
        "/history?x=1",
        f"/history?path={NEW_FILE}",
        f"/history/back/{SnapshotStore(whole.parts.home).ids()[0]}?x=1",
    ):
        page = staff.get(f"{path}&lang={language}")
        assert (page.status_code, f'lang="{language}"' in page.text) == (200, True)
