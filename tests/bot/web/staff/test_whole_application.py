"""The desk inside the whole application, with real accounts: nothing that holds visitors back may lock the staff out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.database import Base, Database
from bot.desk.accounts import Role
from bot.desk.desk import open_desk
from bot.journal import Journal
from bot.pause import Pause
from bot.web.fair_use import Limits

PASSWORD = "four words nobody guesses"
OWN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
FOREIGN = {"origin": "https://www.ccisrms.ma"}


class NoKeys:
    """Nobody has a key."""

    def owner(self, key: str) -> str | None:
        return None


class NothingAsked:
    """Nobody has asked anything yet."""

    def groups(self, since_days: int = 30, kind: str = "unanswered") -> list[Any]:
        return []

    def over_time(self, since_days: int = 30) -> tuple[Any, ...]:
        return ()


def web_doubles() -> Any:
    file = Path(__file__).parents[1] / "conftest.py"
    spec = importlib.util.spec_from_file_location("web_doubles", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """The application with every door shut to visitors: paused, keys required, one request a minute, other sites let in."""
    import asyncio

    from bot.messages import load_texts
    from bot.web.api import build_app

    database = Database(f"sqlite:///{home}/desk.db")
    Base.metadata.create_all(database._engine)
    journal = Journal(database)
    (home / "documents").mkdir()
    desk = open_desk(
        database,
        journal,
        home,
        home / "documents",
        previews=lambda _: None,
        listening=NothingAsked(),
        translations=None,
    )

    async def build() -> Any:
        return build_app(
            web_doubles().QueuedAssistant(), journal=journal, texts=load_texts(), snapshot=lambda: "test", desk=desk,
            keys=NoKeys(), is_paused=lambda what: what in set(Pause), limits=Limits(per_minute=1),
            cors_origins=("https://www.ccisrms.ma",), embed_sites=("https://www.ccisrms.ma",),
            frame_ancestors=("https://www.ccisrms.ma",),
        )  # fmt: skip

    built = TestClient(asyncio.run(build()), raise_server_exceptions=False)
    assert built.get("/staff").status_code == 404, "there is no account yet"
    desk.accounts.add("Amina", Role.PUBLISHER, PASSWORD)
    yield built
    database.close()


@pytest.fixture
def signed_in(client: TestClient) -> TestClient:
    client.cookies.clear()
    sent = {"name": "amina", "password": PASSWORD}
    assert client.post("/staff/sign-in", data=sent, headers=OWN, follow_redirects=False).status_code == 303
    return client


def test_neither_a_pause_nor_keys_nor_fair_use_lock_the_staff_out(signed_in: TestClient) -> None:
    assert signed_in.get("/").status_code == 503
    assert signed_in.get("/api/documents").status_code == 401
    for _ in range(5):
        for path in ("/staff", "/staff/documents", "/staff/drafts", "/staff/add"):
            assert signed_in.get(path).status_code == 200


def test_no_other_site_may_frame_or_read_the_desk_even_where_it_may_the_chat(signed_in: TestClient) -> None:
    for path in ("/staff", "/staff/sign-in", "/staff/nothing"):
        headers = signed_in.get(path, headers=FOREIGN).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "ccisrms" not in str(headers)
        assert "access-control-allow-origin" not in headers
        assert headers["cache-control"] == "no-store"
    assert signed_in.get("/embed").headers["content-security-policy"].count("ccisrms") == 1


def test_another_site_cannot_send_a_form_with_a_session(signed_in: TestClient) -> None:
    answer = signed_in.post("/staff/add/empty", data={"language": "fr"}, headers=FOREIGN)
    assert answer.status_code == 403
    preflight = {**FOREIGN, "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in signed_in.options("/staff/add/empty", headers=preflight).headers


def test_nothing_below_the_desk_reaches_the_chat_behind_it(signed_in: TestClient) -> None:
    for path in ("/staff/gradio_api/info", "/staff/config", "/staff/theme.css", "/staff/../config", "/staff//"):
        assert signed_in.get(path).status_code == 404


def test_the_desk_stands_in_no_description_of_the_addresses(client: TestClient) -> None:
    assert "/staff" not in client.get("/openapi.json").text


def test_a_body_over_the_limit_of_other_addresses_reaches_the_desks_own(signed_in: TestClient) -> None:
    import re

    token = re.search(r'name="csrf" value="([^"]+)"', signed_in.get("/staff").text)
    assert token
    text = "## Titre\n\n" + "Un texte. " * 20_000
    answer = signed_in.post(
        "/staff/add/text", data={"csrf": token[1], "text": text, "title": "Long"}, headers=OWN, follow_redirects=False
    )
    assert answer.status_code in {200, 303}, answer.text[-2000:]
    assert "Long" in signed_in.get("/staff/drafts").text


def test_the_sign_in_page_never_says_who_exists(client: TestClient, build_page: Callable[[str], str]) -> None:
    assert build_page("amina") == build_page("nobody-at-all")


@pytest.fixture
def build_page(client: TestClient) -> Callable[[str], str]:
    def build(name: str) -> str:
        client.cookies.clear()
        page = client.post("/staff/sign-in", data={"name": name, "password": "wrong"}, headers=OWN).text
        return page.replace(name, "")

    return build
