"""`GET /api/documents`: which documents there are and what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus import Confidence, CorpusError, Document, Kind, Language, Section, Source

PROBLEM = "application/problem+json"
CAP = Document(
    collection="charter", slug="premium-cap", language=Language.EN, title="The cap", kind=Kind.SUMMARY,
    publisher="Mithaq", published=date(2026, 1, 2), as_of=date(2026, 3, 4), original_language=Language.FR, topics=(),
    provinces=(), sectors=(), sources=(Source("Official Bulletin", "https://example.org/bo", "article 9"),),
    confidence=Confidence.OFFICIAL, path=Path("/srv/secret/en.md"),
    sections=(
        Section("cap", "What is the cap?", "At most **30%**.", 12, Confidence.OFFICIAL, asked=("how much",)),
        Section("lists", "Which lists?", "They were not found.", 20, Confidence.UNKNOWN),
    ),
)  # fmt: skip
DOCUMENTS = (
    replace(CAP, language=Language.FR, title="Le plafond"),
    CAP,
    replace(CAP, slug="other", language=Language.EN),
    replace(CAP, collection="press", slug="release", language=Language.ZH, original_language=Language.ZH),
)


@pytest.fixture(scope="module")
def app_settings() -> dict[str, Any]:
    return {"documents": lambda: DOCUMENTS}


def names(body: Any) -> list[tuple[str, str]]:
    return [(one["slug"], one["language"]) for one in body["documents"]]


def test_documents_are_listed_with_their_facts_and_headings(client: TestClient) -> None:
    body = client.get("/api/documents").json()
    assert (body["total"], body["offset"], body["limit"]) == (4, 0, 20)
    assert body["documents"][1] == {
        "title": "The cap", "slug": "premium-cap", "collection": "charter", "language": "en", "languages": ["fr", "en"],
        "kind": "summary", "publisher": "Mithaq", "published": "2026-01-02", "as_of": "2026-03-04",
        "confidence": "official",
        "sources": [{"title": "Official Bulletin", "url": "https://example.org/bo", "article": "article 9"}],
        "sections": [
            {"anchor": "cap", "heading": "What is the cap?", "confidence": "official"},
            {"anchor": "lists", "heading": "Which lists?", "confidence": "unknown"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "total", "shown"),
    [
        ("language=en", 2, [("premium-cap", "en"), ("other", "en")]),
        ("collection=press", 1, [("release", "zh")]),
        ("language=en&collection=press", 0, []),
        ("collection=none", 0, []),
        ("offset=1&limit=2", 4, [("premium-cap", "en"), ("other", "en")]),
        ("offset=4", 4, []),
        ("language=en&offset=1", 2, [("other", "en")]),
    ],
)
def test_filters_and_pages(client: TestClient, query: str, total: int, shown: list[tuple[str, str]]) -> None:
    body = client.get(f"/api/documents?{query}").json()
    assert body["total"] == total
    assert names(body) == shown


def test_the_pages_together_hold_every_document_once(client: TestClient) -> None:
    pages = [client.get(f"/api/documents?offset={offset}&limit=3").json() for offset in (0, 3)]
    assert [name for page in pages for name in names(page)] == [(one.slug, str(one.language)) for one in DOCUMENTS]


@pytest.mark.parametrize(
    "query", ["offset=-1", "limit=0", "limit=101", "limit=many", "language=de", f"collection={'x' * 201}"]
)
def test_a_query_out_of_its_bounds_is_a_problem(client: TestClient, query: str) -> None:
    response = client.get(f"/api/documents?{query}")
    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)
    assert response.json()["errors"][0]["field"] == f"query.{query.partition('=')[0]}"


def test_a_document_is_shown_with_its_text_and_nothing_of_the_inside(client: TestClient) -> None:
    response = client.get("/api/documents/premium-cap?language=en")
    assert response.json()["sections"][0] == {
        "anchor": "cap", "heading": "What is the cap?", "confidence": "official", "text": "At most **30%**.",
    }  # fmt: skip
    assert "secret" not in response.text
    assert "how much" not in response.text


@pytest.mark.parametrize(
    ("accept", "language"), [(None, "fr"), ("en-GB,en;q=0.9", "en"), ("ar", "fr"), ("de", "fr"), ("*", "fr")]
)
def test_without_a_language_the_browsers_or_the_original_is_shown(
    client: TestClient, accept: str | None, language: str
) -> None:
    headers = {"accept-language": accept} if accept else {}
    assert client.get("/api/documents/premium-cap", headers=headers).json()["language"] == language


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nothing", "GET /api/documents"),
        ("premium-cap?language=ar", "fr, en"),
        ("release?language=en", "exists in: zh"),
    ],
)
def test_what_does_not_exist_is_a_problem_that_says_what_does(client: TestClient, path: str, told: str) -> None:
    response = client.get(f"/api/documents/{path}")
    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)
    assert told in response.json()["detail"]


@pytest.mark.parametrize("path", ["..%2f..%2fetc%2fpasswd", ".env", "PREMIUM-CAP", "%00", "a" * 300])
def test_nothing_else_can_be_read(client: TestClient, path: str) -> None:
    response = client.get(f"/api/documents/{path}")
    assert response.status_code in {404, 422}
    assert response.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("path", ["/api/documents", "/api/documents/premium-cap"])
def test_only_reading_is_possible(client: TestClient, path: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        response = client.request(method, path)
        assert (response.status_code, response.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["/api/documents", "/api/documents/premium-cap"])
def test_documents_that_cannot_be_read_are_a_problem(build_client: Callable[..., TestClient], path: str) -> None:
    def damaged() -> tuple[Document, ...]:
        raise CorpusError([])

    response = build_client(documents=damaged).get(path)
    assert (response.status_code, response.headers["content-type"]) == (503, PROBLEM)
    assert response.headers["retry-after"] == "5"


def test_without_documents_the_list_is_empty(build_client: Callable[..., TestClient]) -> None:
    assert build_client().get("/api/documents").json()["total"] == 0
