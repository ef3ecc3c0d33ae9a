"""A project as plain data, and what nobody can mean."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.project import Project, read_project
from corpus import CharterError, ProjectError


@pytest.mark.parametrize(
    ("plain", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "Infinity"}, "amount"),
        ({"amount": 10**13 + 1}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": "much"}, "amount"),
        ({"jobs": -1}, "jobs"),
        ({"jobs": 1_000_001}, "jobs"),
        ({"jobs": 10.5}, "jobs"),
        ({"jobs": True}, "jobs"),
        ({"women_share": 30}, "women_share"),
        ({"women_share": -0.1}, "women_share"),
        ({"local_integration": 1.01}, "local_integration"),
        ({"own_funds": "NaN"}, "own_funds"),
        ({"turnover": -1}, "turnover"),
        ({"land": -1}, "land"),
        ({"amount": 100, "land": 101}, "land"),
        ({"future_job": "perhaps"}, "future_job"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_project_that_nobody_can_mean_is_refused_by_its_field(plain: dict[str, Any], field: str) -> None:
    with pytest.raises(ProjectError) as caught:
        read_project(plain)
    assert isinstance(caught.value, CharterError)
    assert caught.value.field == field
    assert caught.value.problem
    assert caught.value.repair
    assert str(caught.value).startswith(f"{field}: ")


def test_plain_data_becomes_exact_figures() -> None:
    read = read_project({"amount": 60000000.1, "jobs": "80", "women_share": 0.3, "future_job": True, "place": None})
    assert read == Project(Decimal("60000000.1"), 80, women_share=Decimal("0.3"), future_job=True)
