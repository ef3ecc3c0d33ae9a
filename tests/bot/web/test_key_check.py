"""Where keys are required, programs need one, and people do not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openai
import pytest
from fastapi.testclient import TestClient

from bot.api_keys import KEYS_FILE, ApiKeys
from bot.web.key_check import RequireKey, is_locked

PROBLEM = "application/problem+json"
ASK = {"question": "Which premiums?"}
CHAT = {"model": "mithaq", "messages": [{"role": "user", "content": "Which premiums?"}]}
LOCKED = [
    ("POST", "/api/ask"), ("POST", "/api/feedback"), ("GET", "/api/documents"), ("GET", "/api/documents/x"),
    ("POST", "/api/estimate"), ("GET", "/api/none"), ("GET", "/v1/models"), ("POST", "/v1/chat/completions"),
    ("GET", "/v1/none"), ("POST", "/mcp"), ("GET", "/mcp"), ("GET", "/api"), ("POST", "/api/ask/"), ("HEAD", "/v1/models"),
]  # fmt: skip


@pytest.fixture
def keys(tmp_path: Path) -> ApiKeys:
    return ApiKeys(tmp_path)


@pytest.fixture
def locked(build_client: Callable[..., TestClient], keys: ApiKeys) -> TestClient:
    return build_client(keys=keys)


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.mark.parametrize(("method", "path"), LOCKED)
def test_without_a_key_programs_get_401(locked: TestClient, keys: ApiKeys, method: str, path: str) -> None:
    key = keys.add("site")
    for headers in ({}, bearer(""), bearer("mithaq_wrong"), bearer(key + "x"), {"authorization": key},
                    {"authorization": f"Basic {key}"}, {"x-api-key": key}):  # fmt: skip
        response = locked.request(method, path, headers=headers, follow_redirects=False)
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert response.headers["x-content-type-options"] == "nosniff"
    assert locked.request(method, f"{path}?key={key}", follow_redirects=False).status_code == 401


def test_the_error_has_the_shape_of_its_address(locked: TestClient) -> None:
    plain = locked.get("/api/documents")
    assert (plain.headers["content-type"], plain.json()["status"]) == (PROBLEM, 401)
    assert "Authorization: Bearer" in plain.json()["detail"]
    shaped = locked.get("/v1/models", headers=bearer("wrong")).json()
    assert set(shaped) == {"error"}
    assert shaped["error"]["code"] == "invalid_api_key"


def test_with_a_key_everything_works(locked: TestClient, keys: ApiKeys) -> None:
    headers = bearer(keys.add("site"))
    assert locked.post("/api/ask", json=ASK, headers=headers).json()["status"] == "answered"
    assert locked.post("/v1/chat/completions", json=CHAT, headers=headers).status_code == 200
    assert locked.get("/api/documents", headers={"authorization": headers["authorization"].replace("Bearer", "bearer")})
    assert locked.get("/api/none", headers=headers).status_code == 404
    locked.base_url = "http://127.0.0.1:7860"
    with locked:
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        accept = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
        assert locked.post("/mcp", json=asked, headers=headers | accept).status_code == 200


def test_a_key_that_was_removed_is_refused_at_once(locked: TestClient, keys: ApiKeys) -> None:
    headers = bearer(keys.add("site"))
    assert locked.get("/api/documents", headers=headers).status_code == 200
    keys.remove("site")
    assert locked.get("/api/documents", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/", "/estimate", "/healthz", "/readyz", "/docs", "/openapi.json"])
def test_the_pages_and_health_stay_open(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code == 200


def test_nothing_is_asked_without_a_key(locked: TestClient, assistant: Any) -> None:
    assert locked.post("/api/ask", json=ASK).status_code == 401
    assert locked.post("/v1/chat/completions", json=CHAT).status_code == 401
    assert assistant.asked == []


def test_nothing_is_read_without_a_key(keys: ApiKeys) -> None:
    sent: list[Any] = []

    async def inner(*_: Any) -> None:
        raise AssertionError("the application was called")

    async def receive() -> Any:
        raise AssertionError("the body was read")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/ask", "headers": []}
    asyncio.run(RequireKey(inner, keys)(scope, receive, send))
    assert sent[0]["status"] == 401


def test_keys_that_cannot_be_read_let_nobody_in(
    locked: TestClient, keys: ApiKeys, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    headers = bearer(keys.add("site"))
    (tmp_path / KEYS_FILE).write_text("damaged", encoding="utf-8")
    with caplog.at_level(logging.CRITICAL):
        response = locked.get("/api/documents", headers=headers)
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
    assert locked.get("/healthz").status_code == 200


def test_without_the_setting_no_key_is_needed(client: TestClient) -> None:
    assert client.post("/api/ask", json=ASK, headers=bearer("anything")).status_code == 200
    assert "securitySchemes" not in client.get("/openapi.json").json()["components"]


def test_the_description_says_that_a_key_is_needed(locked: TestClient) -> None:
    schema = locked.get("/openapi.json").json()
    assert schema["components"]["securitySchemes"]["key"] == {"type": "http", "scheme": "bearer"}
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) is ("401" in operation["responses"]) is is_locked(path)
    shaped = schema["paths"]["/v1/models"]["get"]["responses"]["401"]["content"]
    assert list(shaped) == ["application/json"]


def test_the_official_client_sends_its_key(serve: Callable[..., str], keys: ApiKeys) -> None:
    url = f"{serve(keys=keys)}/v1"
    with openai.OpenAI(base_url=url, api_key=keys.add("front-end"), max_retries=0) as client:
        assert [one.id for one in client.models.list()] == ["mithaq"]
    with openai.OpenAI(base_url=url, api_key="wrong", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError) as caught:
            client.models.list()
        assert caught.value.code == "invalid_api_key"


@pytest.mark.parametrize(
    ("path", "locked"),
    [("/api", True), ("/api/", True), ("/apis", False), ("/v1", True), ("/v11/x", False), ("/mcp", True), ("/mcp/x", True),
     ("/", False), ("", False), ("/gradio_api/queue/join", False), ("/mithaq/chat.js", False), ("//api/ask", False)],
)  # fmt: skip
def test_the_locked_addresses(path: str, locked: bool) -> None:
    assert is_locked(path) is locked
