"""The list of facts is complete and names sections that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.coverage import Coverage, load_coverage
from corpus.errors import CharterError
from tests.packaged import packaged_corpus


def test_every_fact_of_the_project_is_covered_or_says_why_not() -> None:
    coverage = load_coverage()
    assert coverage.covered
    assert coverage.check(packaged_corpus().documents) == []
    assert all(reason.strip() for reason in coverage.not_covered.values())


def test_what_is_wrong_with_the_list_is_found() -> None:
    coverage = Coverage(
        {"a.b": ("nowhere#x",), "a.c": (), "a.d": ("premium-cap#thirty-percent",)}, {"a.d": "no reason"}
    )
    messages = [finding.message for finding in coverage.check(packaged_corpus().documents)]
    assert messages == [
        "a.b is said to stand in nowhere#x, which does not exist.",
        "a.c has no section.",
        "a.d is listed as covered and as not covered.",
    ]


def test_sections_of_facts_come_in_order_and_an_unknown_fact_is_named() -> None:
    coverage = Coverage({"a": ("x#1", "y#2")}, {"b": "not for investors"})
    assert coverage.sections(["a", "b"]) == ["x#1", "y#2"]
    with pytest.raises(KeyError, match=r"does not list the fact c\."):
        coverage.sections(["c"])


def test_the_table_counts_by_family() -> None:
    lines = Coverage({"tax.is": ("x#1",), "tax.vat": ("x#2",)}, {"tax.old": "superseded"}).table().splitlines()
    assert lines[1].split() == ["tax", "3", "2"]
    assert lines[-1] == "not covered: tax.old: superseded"


@pytest.mark.parametrize("content", ["covered: [", "covered: {a: [b]}", "- a"])
def test_a_broken_list_says_how_to_repair_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CharterError, match=r"facts\.yaml cannot be used: (?s:.*)Restore or correct it\."):
        load_coverage(path)
