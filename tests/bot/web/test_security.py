"""The headers and the shut doors."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.web.security import content_security_policy, is_shut


@pytest.mark.parametrize(
    "path", ["/", "/api/ask", "/healthz", "/docs", "/mithaq/chat.js", "/gradio_api/upload", "/none"]
)
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == content_security_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert "camera=()" in headers["permissions-policy"]


def test_the_policy_names_no_other_host_and_no_eval() -> None:
    policy = content_security_policy()
    assert "unsafe-eval" not in policy
    assert "//" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert content_security_policy(["'self'", "https://ccisrms.ma"]).endswith(
        "frame-ancestors 'self' https://ccisrms.ma"
    )


def test_the_frame_list_is_a_parameter(build_client: Any) -> None:
    client = build_client(frame_ancestors=["https://ccisrms.ma"])
    assert "frame-ancestors https://ccisrms.ma" in client.get("/healthz").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=https://x", "/gradio_api/call/answer",
     "/gradio_api/run/predict", "/gradio_api/vibe-edit", "/gradio_api/info", "/gradio_api", "/gradio_api/",
     "/x/gradio_api/queue/join", "/gradio_api/queue/join/../../gradio_api/upload", "/monitoring", "/monitoring/summary",
     "/config", "/login"],
)  # fmt: skip
def test_gradio_addresses_that_the_page_does_not_need_are_shut(path: str) -> None:
    assert is_shut(path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/heartbeat/abc",
        "/assets/x.js",
        "/theme.css",
    ],
)
def test_the_addresses_of_the_page_are_open(path: str) -> None:
    assert not is_shut(path)


def test_a_shut_door_is_a_problem(client: TestClient) -> None:
    response = client.post("/gradio_api/upload")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
@pytest.mark.parametrize("path", ["/", "/healthz", "/gradio_api/queue/data?session_hash=a"])
def test_no_foreign_origin_is_echoed(client: TestClient, origin: str, path: str) -> None:
    response = client.options(path, headers={"origin": origin, "access-control-request-method": "POST"})
    assert "access-control-allow-origin" not in response.headers
    answer = client.head(path, headers={"origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    assert "access-control-allow-credentials" not in answer.headers


def test_no_event_of_the_page_is_offered_as_an_api(client: TestClient) -> None:
    page = client.get("/").text
    assert '"api_visibility":"public"' not in page
    assert '"named_endpoints":{}' in page.replace(" ", "")
