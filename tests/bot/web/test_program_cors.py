"""Other sites' scripts read nothing unless they are listed, and then only what is for programs."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.web.fair_use import Limits

SITE, EVIL = "https://app.example.org", "https://evil.example"
PATHS = [
    "/", "/embed", "/embed.js", "/embed/example", "/estimate", "/healthz", "/readyz", "/docs", "/openapi.json",
    "/mithaq/chat.js", "/api/ask", "/api/estimate", "/api/feedback", "/api/documents", "/api/unknown", "/v1/models",
    "/v1/chat/completions", "/mcp", "/none", "/config", "/gradio_api/queue/join", "/gradio_api/queue/data",
    "/gradio_api/heartbeat/abc", "/gradio_api/upload", "/gradio_api/startup-events", "/theme.css", "/assets/none.js",
]  # fmt: skip


def opened(response: Any) -> list[str]:
    """The headers that would let another site in; what a shut door says about methods lets nobody in."""
    return [
        name for name in ("access-control-allow-origin", "access-control-allow-credentials") if name in response.headers
    ]


@pytest.fixture(scope="module")
def app_settings() -> dict[str, Any]:
    return {"cors_origins": (SITE,), "embed_sites": (SITE,)}


@pytest.mark.parametrize("origin", [EVIL, "null", "https://app.example.org.evil.example", "http://app.example.org"])
def test_no_foreign_origin_is_echoed_on_any_route(client: TestClient, origin: str) -> None:
    for path in PATHS:
        headers = {"origin": origin, "access-control-request-method": "POST"}
        # HEAD, not GET: Gradio's streams of events never end.
        for method in ("OPTIONS", "HEAD", "POST", "DELETE"):
            if (method, path) == ("POST", "/gradio_api/queue/data"):
                continue
            response = client.request(method, path, headers=headers)
            assert opened(response) == [], (method, path)
        assert opened(client.options(path, headers={"origin": origin})) == [], path


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith(("/api/", "/v1/"))])
def test_a_listed_site_reads_nothing_but_what_is_for_programs(client: TestClient, path: str) -> None:
    headers = {"origin": SITE, "access-control-request-method": "POST"}
    assert opened(client.options(path, headers=headers)) == []
    assert opened(client.head(path, headers=headers)) == []


def test_a_listed_site_may_ask_and_read_answers_and_refusals(build_client: Any) -> None:
    client = build_client(cors_origins=(SITE,), limits=Limits(per_minute=3))
    responses = [
        client.post("/api/ask", json={"question": "Q"}, headers={"origin": SITE}),
        client.post("/api/ask", json={}, headers={"origin": SITE}),
        client.post("/v1/chat/completions", content=b"x" * 2_000_000, headers={"origin": SITE}),
        client.post("/api/ask", json={"question": "Q"}, headers={"origin": SITE}),
    ]
    assert [response.status_code for response in responses] == [200, 422, 413, 429]
    for response in responses:
        assert response.headers["access-control-allow-origin"] == SITE
        assert "Origin" in response.headers["vary"]
        assert "Retry-After" in response.headers["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in response.headers


def test_a_browser_may_ask_beforehand_without_a_key_and_is_not_counted(build_client: Any) -> None:
    client = build_client(cors_origins=(SITE,), limits=Limits(per_minute=1))
    headers = {
        "origin": SITE, "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }  # fmt: skip
    for _ in range(3):
        response = client.options("/api/ask", headers=headers)
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == SITE
        assert "POST" in response.headers["access-control-allow-methods"]


def test_without_the_setting_nobody_is_let_in(build_client: Any) -> None:
    client = build_client()
    assert opened(client.post("/api/ask", json={"question": "Q"}, headers={"origin": SITE})) == []
