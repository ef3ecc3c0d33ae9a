"""The estimate as a program sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.web.estimate_api import EXAMPLE, plain
from corpus import Language

HOTEL = {"amount": 80_000_000, "jobs": 120, "place": "essaouira", "sector": "tourism", "women_share": 0.35}


def ask(client: TestClient, **fields: Any) -> Any:
    return client.post("/api/estimate", json={"as_of": "2026-11-01", "language": "en", **fields})


def problem(response: Any) -> dict[str, str]:
    """The fields that are wrong, with what is wrong with them."""
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    return {one["field"]: one["message"] for one in response.json()["errors"]}


def test_a_project_gets_its_estimate(client: TestClient) -> None:
    body = ask(client, **HOTEL).json()
    assert (body["scheme"], body["eligible"], body["as_of"]) == ("main", "yes", "2026-11-01")
    assert body["base"] == {"low": "80000000", "high": "80000000"}
    assert body["total_rate"] == {"low": "0.23", "high": "0.29"}
    assert body["total_amount"] == {"low": "18400000", "high": "23200000"}
    lines = {line["id"]: line for line in body["lines"]}
    assert lines["territorial"]["status"] == "met"
    assert lines["territorial"]["amount"] == {"low": "8000000", "high": "8000000"}
    assert lines["jobs"]["need"]["numbers"]["jobs_missing"] == "1"
    assert lines["women"]["basis"]["confidence"] == "press"
    assert all(line["basis"]["sources"] and line["basis"]["sections"] for line in body["lines"])
    assert body["cap"]["rate"] == "0.3"
    assert body["approval"] == "CRUI"
    assert body["cri"]["name"] == "CRI Marrakech-Safi"
    assert "future_job" in body["unknown"]
    assert "stable_job" in body["to_confirm"]
    assert "23% to 29%" in body["text"]
    assert {one["kind"] for one in body["statements"]} >= {"scheme", "total", "premium", "caution"}


def test_strings_and_numbers_mean_the_same(client: TestClient) -> None:
    assert ask(client, **HOTEL).json() == ask(client, **{name: str(value) for name, value in HOTEL.items()}).json()


def test_nothing_known_is_a_wide_estimate(client: TestClient) -> None:
    body = ask(client).json()
    assert body["eligible"] == "unknown"
    assert body["total_amount"] is None
    assert body["cri"] is None


def test_another_scheme_stands_among_the_alternatives(client: TestClient) -> None:
    body = ask(client, amount=20_000_000, jobs=160, sector="digital").json()
    assert [other["scheme"] for other in body["alternatives"]] == ["small-business"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"place": "paris"}, "body.place"), ({"sector": "magic"}, "body.sector"), ({"amount": 0}, "body.amount"),
        ({"women_share": 35}, "body.women_share"), ({"amount": 10, "land": 20}, "body.land"), ({"jobs": -1}, "body.jobs"),
        ({"amount": True}, "body.amount"), ({"amount": "NaN"}, "body.amount"), ({"amount": "1E-99999"}, "body.amount"),
        ({"amount": "1e400"}, "body.amount"), ({"jobs": 1.5}, "body.jobs"), ({"colour": "red"}, "body.colour"),
        ({"as_of": "tomorrow"}, "body.as_of"), ({"language": "de"}, "body.language"), ({"amount": [1]}, "body.amount"),
    ],
)  # fmt: skip
def test_a_project_that_nobody_can_mean_is_a_problem_that_names_the_field(
    client: TestClient, fields: dict[str, Any], wrong: str
) -> None:
    assert wrong in problem(ask(client, **fields))


def test_an_unknown_place_is_answered_with_those_that_are_known(client: TestClient) -> None:
    found = problem(ask(client, place="<script>"))["body.place"]
    assert "essaouira" in found
    assert "script" not in found


def test_the_rules_of_the_day_apply(client: TestClient) -> None:
    body = ask(client, **HOTEL, as_of="2020-01-01").json()
    assert (body["scheme"], body["eligible"]) == ("none", "no")
    assert body["reasons"][0]["code"] == "not_in_force"


@pytest.mark.parametrize("language", list(Language))
def test_the_text_has_the_language_of_the_caller(client: TestClient, language: Language) -> None:
    asked = client.post("/api/estimate", json=HOTEL, headers={"accept-language": language.value})
    assert asked.json()["language"] == language
    assert asked.json()["text"]


def test_get_is_no_method_of_the_estimate(client: TestClient) -> None:
    response = client.get("/api/estimate")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


def test_every_field_is_described(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    asked = schema["components"]["schemas"]["EstimateRequest"]
    assert all(field.get("description") for field in asked["properties"].values())
    assert asked["example"] == EXAMPLE
    assert client.post("/api/estimate", json=asked["example"]).status_code == 200
    assert "422" in schema["paths"]["/api/estimate"]["post"]["responses"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("80000000", "80000000"),
        ("0.30", "0.3"),
        ("1.61666666666666", "1.616667"),
        ("0E-8", "0"),
        ("1E+9", "1000000000"),
    ],
)
def test_decimals_have_no_exponent(value: str, written: str) -> None:
    assert plain(Decimal(value)) == written
