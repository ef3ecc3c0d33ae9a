"""Every kind of response of every route carries the security headers: a table to read, and it is checked."""

from __future__ import annotations

from typing import Any

import pytest

from bot.web.embed import EXAMPLE_POLICY
from bot.web.fair_use import Limits
from bot.web.security import OTHER_HEADERS, content_security_policy

SITE = "https://www.ccisrms.ma"
ASK = {"question": "Q"}
CHAT = {"model": "mithaq", "messages": [{"role": "user", "content": "Q"}]}
OWN, EMBED = "'self'", f"'self' {SITE}"

# What it is, how it is asked, its status, and who may show it in a frame.
TABLE: list[tuple[str, str, str, dict[str, Any], int, str]] = [
    ("the chat", "GET", "/", {}, 200, OWN),
    ("the chat, head only", "HEAD", "/", {}, 200, OWN),
    ("the chat in a frame", "GET", "/embed", {}, 200, EMBED),
    ("the script for sites", "GET", "/embed.js", {}, 200, OWN),
    ("the example", "GET", "/embed/example", {}, 200, "'none'"),
    ("the form", "GET", "/estimate", {}, 200, OWN),
    ("a form with errors", "GET", "/estimate?amount=x", {}, 422, OWN),
    ("health", "GET", "/healthz", {}, 200, OWN),
    ("readiness", "GET", "/readyz", {}, 200, OWN),
    ("the description", "GET", "/docs", {}, 200, OWN),
    ("its schema", "GET", "/openapi.json", {}, 200, OWN),
    ("a file of ours", "GET", "/mithaq/chat.js", {}, 200, OWN),
    ("no file of ours", "GET", "/mithaq/none.js", {}, 404, OWN),
    ("a file of Gradio", "GET", "/theme.css", {}, 200, OWN),
    ("no file of Gradio", "GET", "/assets/none.js", {}, 404, OWN),
    ("the queue of Gradio", "POST", "/gradio_api/queue/join", {"json": {}}, 400, OWN),
    ("a shut door of Gradio", "POST", "/gradio_api/upload", {}, 404, OWN),
    ("nothing", "GET", "/none", {}, 404, OWN),
    ("an answer", "POST", "/api/ask", {"json": ASK}, 200, OWN),
    ("an answer as a stream", "POST", "/api/ask", {"json": ASK, "headers": {"accept": "text/event-stream"}}, 200, OWN),
    ("a wrong method", "GET", "/api/ask", {}, 405, OWN),
    ("nothing for programs", "GET", "/api/none", {}, 404, OWN),
    ("too large", "POST", "/api/ask", {"content": b"x" * 70_000}, 413, OWN),
    ("not valid", "POST", "/api/ask", {"json": {}}, 422, OWN),
    ("an estimate", "POST", "/api/estimate", {"json": {"amount": 80_000_000}}, 200, OWN),
    ("an opinion on nothing", "POST", "/api/feedback", {"json": {"answer_id": "x", "helpful": True}}, 404, OWN),
    ("the documents", "GET", "/api/documents", {}, 200, OWN),
    ("no document", "GET", "/api/documents/none", {}, 404, OWN),
    ("a completion", "POST", "/v1/chat/completions", {"json": CHAT}, 200, OWN),
    ("a completion as a stream", "POST", "/v1/chat/completions", {"json": {**CHAT, "stream": True}}, 200, OWN),
    ("no completion", "POST", "/v1/chat/completions", {"json": {}}, 400, OWN),
    ("the models", "GET", "/v1/models", {}, 200, OWN),
    ("nothing of OpenAI's", "GET", "/v1/none", {}, 404, OWN),
    ("tools, wrong method", "GET", "/mcp", {}, 405, OWN),
    ("a browser asking beforehand", "OPTIONS", "/api/ask", {"headers": {
        "origin": "https://evil.example", "access-control-request-method": "POST"}}, 400, OWN),
]  # fmt: skip


def check(headers: Any, ancestors: str) -> None:
    for name, value in OTHER_HEADERS.items():
        assert headers.get_list(name) == [value], name
    (policy,) = headers.get_list("content-security-policy")
    if ancestors == "'none'":
        assert policy == EXAMPLE_POLICY
    else:
        assert policy == content_security_policy(ancestors.split())
    assert "server" not in headers
    assert "x-powered-by" not in headers


@pytest.fixture
def client(build_client: Any) -> Any:
    return build_client(embed_sites=(SITE,))


def test_every_route_of_the_table(client: Any) -> None:
    for name, method, path, sent, status, ancestors in TABLE:
        response = client.request(method, path, **sent)
        print(f"{response.status_code} {method:7} {path:26} {ancestors:30} {name}")
        assert response.status_code == status, name
        check(response.headers, ancestors)


def test_every_route_that_the_application_has_stands_in_the_table(client: Any) -> None:
    named = {path.partition("?")[0] for _, _, path, *_ in TABLE}
    schema = client.get("/openapi.json").json()
    for path in schema["paths"]:
        assert any(one == path or one.startswith(path.partition("{")[0] + "n") for one in named | {"/v1/models/n"}), (
            path
        )


def test_a_limited_request(build_client: Any) -> None:
    client = build_client(limits=Limits(per_minute=1))
    client.get("/api/documents")
    response = client.get("/api/documents")
    assert response.status_code == 429
    check(response.headers, OWN)


@pytest.mark.parametrize("paused", ["/", "/api/estimate"])
def test_a_paused_page_and_address(build_client: Any, paused: str) -> None:
    response = build_client(is_paused=lambda _: True).get(paused)
    assert response.status_code == 503
    check(response.headers, OWN)


@pytest.mark.parametrize("path", ["/api/documents", "/v1/models", "/healthz"])
def test_a_failure_that_nobody_foresaw(build_client: Any, path: str) -> None:
    client = build_client(cors_origins=(SITE,))

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("secret path /srv")

    client.app.router.middleware_stack = broken
    response = client.get(path, headers={"origin": SITE})
    assert response.status_code == 500
    check(response.headers, OWN)
    assert "secret" not in response.text
    assert ("error" in response.json()) is path.startswith("/v1")
    assert (response.headers.get("access-control-allow-origin") == SITE) is (path != "/healthz")


def test_a_missing_key(build_client: Any) -> None:
    class NoKeys:
        def owner(self, key: str) -> str | None:
            return None

    response = build_client(keys=NoKeys()).get("/v1/models")
    assert response.status_code == 401
    check(response.headers, OWN)
