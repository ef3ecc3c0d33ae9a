"""The fields of a project are described as strictly as they are checked."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.parameters import load_parameters

HOTEL = {"amount": 80_000_000, "jobs": 120, "place": "essaouira", "sector": "tourism"}


def ask(client: TestClient, **fields: Any) -> Any:
    return client.post("/api/estimate", json={**HOTEL, **fields})


@pytest.mark.parametrize("field", ["amount", "jobs", "place", "women_share", "land", "defence", "as_of", "language"])
def test_null_is_the_same_as_left_out(client: TestClient, field: str) -> None:
    left_out = client.post("/api/estimate", json={name: value for name, value in HOTEL.items() if name != field})
    response = ask(client, **{field: None})
    assert response.status_code == 200
    assert response.json() == left_out.json()


@pytest.mark.parametrize("share", [0.1 + 0.2, 1 / 3, 0.30000001])
def test_a_share_in_floating_point_is_meant_to_the_sixth_decimal(client: TestClient, share: float) -> None:
    response = ask(client, women_share=share)
    assert response.status_code == 200
    assert response.json() == ask(client, women_share=f"{share:.6f}").json()


@pytest.mark.parametrize(
    ("field", "value"),
    [("as_of", 0), ("as_of", 1.5), ("as_of", True), ("defence", "yes"), ("defence", 1), ("women_share", "0.30000001"),
     ("amount", 0.0000001), ("amount", True), ("jobs", False), ("jobs", "many")],
)  # fmt: skip
def test_what_is_not_described_is_refused(client: TestClient, field: str, value: Any) -> None:
    response = ask(client, **{field: value})
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == [f"body.{field}"]


def test_the_description_lists_the_places_and_sectors_of_the_parameters(client: TestClient) -> None:
    fields = client.get("/openapi.json").json()["components"]["schemas"]["EstimateRequest"]["properties"]
    assert fields["place"]["anyOf"][0]["enum"] == list(load_parameters().territories)
    assert fields["sector"]["anyOf"][0]["enum"] == list(load_parameters().sectors)
    assert fields["place"]["description"]
