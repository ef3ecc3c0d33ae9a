"""Addresses for programs that lead nowhere are refused in their own shape, whatever the method."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "PROPFIND"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "path", ["/api/none", "/api/", "/api/ask/more", "/v1/none", "/v1/", "/v1/engines/x/completions"]
)
def test_what_is_not_there_is_404(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    kind = "application/json" if path.startswith("/v1") else "application/problem+json"
    assert response.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/api/ask", "POST"), ("/api/documents/x", "GET"), ("/v1/chat/completions", "POST"), ("/v1/models/x", "GET"),
     ("/healthz", "GET"), ("/readyz", "GET"), ("/api/estimate", "POST"), ("/api/feedback", "POST")],
)  # fmt: skip
def test_a_wrong_method_is_405_and_names_the_right_one(client: TestClient, path: str, allowed: str) -> None:
    for method in METHODS:
        response = client.request(method, path)
        if method == allowed:
            assert response.status_code != 405
        else:
            assert (response.status_code, response.headers.get("allow")) == (405, allowed), method


def test_an_address_that_only_resembles_one_is_not_ours(client: TestClient) -> None:
    for path in ("/v1", "/v11/models", "/api", "/apis/ask", "//api/ask"):
        assert client.get(path).status_code == 404
