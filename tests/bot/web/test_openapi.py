"""The description of the API is true: schemathesis sends what it allows and what it does not, and checks every response."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from schemathesis import GenerationMode
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from corpus import Confidence, Document, Kind, Language, Section, Source

EXAMPLES = 20
RATED = "0c1f6d0c0e8f4b5a9a3f0e6f2b7d4c11"  # the example of the description
FRENCH = Document(
    collection="charter", slug="premium-cap", language=Language.FR, title="Le plafond", kind=Kind.SUMMARY,
    publisher="Mithaq", published=date(2026, 1, 2), as_of=date(2026, 3, 4), original_language=Language.FR, topics=(),
    provinces=(), sectors=(), sources=(Source("Bulletin officiel", "https://example.org/bo"),),
    confidence=Confidence.OFFICIAL, path=Path("fr.md"),
    sections=(Section("cap", "Quel plafond ?", "30 %.", 12, Confidence.OFFICIAL),),
)  # fmt: skip
DOCUMENTS = (FRENCH, replace(FRENCH, language=Language.EN, title="The cap"))

OPERATIONS = {
    "POST /api/ask", "POST /api/estimate", "POST /api/feedback", "GET /api/documents", "GET /api/documents/{slug}",
    "POST /v1/chat/completions", "GET /v1/models", "GET /v1/models/{model}", "GET /healthz", "GET /readyz",
}  # fmt: skip

CHECKS = {
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "positive_data_acceptance", "unsupported_method",
}  # fmt: skip


@pytest.fixture
def described(build_client: Callable[..., TestClient], assistant: Any, answered: Callable[..., Any]) -> Any:
    """The description, served by the application itself with a scripted assistant."""
    client = build_client(documents=lambda: DOCUMENTS)
    assistant.answers.append(replace(answered(), id=RATED))
    assert client.post("/api/ask", json={"question": "Which premiums?"}).json()["id"] == RATED
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


def run(described: Any) -> tuple[dict[str, str], Counter[str], set[str]]:
    """What was wrong, how often each operation was called, and the checks that looked at the responses."""
    wrong: dict[str, str] = {}
    called: Counter[str] = Counter()
    checked: set[str] = set()
    for event in from_schema(described).execute():
        if isinstance(event, FatalError):
            raise event.exception
        if isinstance(event, NonFatalError):
            wrong[event.label] = str(event.value)
        if isinstance(event, ScenarioFinished):
            called[event.label or ""] += len(event.recorder.cases)
            for case, checks in event.recorder.checks.items():
                checked |= {check.name for check in checks}
                for check in checks:
                    if check.failure_info and not is_land_alone(check.name, event.recorder.interactions[case].response):
                        failure = check.failure_info.failure
                        told = f"{failure.title}: {failure.message}\n{check.failure_info.code_sample}"
                        wrong.setdefault(f"{event.label} {check.name}", told)
    return wrong, called, checked


def is_land_alone(check: str, response: Any) -> bool:
    """Whether a valid body was refused for land that costs more than the whole project: no schema can say that."""
    errors = json.loads(response.content).get("errors", []) if check == "positive_data_acceptance" else []
    return [one["field"] for one in errors] == ["body.land"]


def test_no_response_is_other_than_described(described: Any) -> None:
    described.config.generation.update(modes=list(GenerationMode), max_examples=EXAMPLES)
    described.config.seed = 1
    wrong, called, checked = run(described)
    assert wrong == {}
    assert {name: called[name] for name in OPERATIONS if called[name] < 3} == {}
    assert checked >= CHECKS


def test_the_run_finds_what_is_not_as_described(described: Any) -> None:
    for operation in described.raw_schema["paths"]["/readyz"].values():
        operation["responses"] = {"418": {"description": "A teapot"}}
    included = described.include(path="/readyz")
    included.config.seed = 1
    wrong, *_ = run(included)
    assert "GET /readyz status_code_conformance" in wrong
