"""A question after several things is asked about each of them."""

from __future__ import annotations

import pytest

from bot.aspects import read_aspects
from corpus.glossary import load_glossary

GLOSSARY = load_glossary()


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("Compare Safi and Marrakech", ["Compare Safi and", "Compare and Marrakech"]),
        ("What changed between 2023 and 2025?", ["What changed between 2023 and ?", "What changed between and 2025?"]),
        ("Which premiums are there and what is the cap?", ["Which premiums are there", "what is the cap?"]),
        ("第七次和第八次会议批准了多少？", ["第七次和 会议批准了多少？", "和第八次会议批准了多少？"]),
        ("The floor, please? Negotiated or fixed benefits?", ["The floor, please?", "Negotiated or fixed benefits?"]),
    ],
)
def test_each_thing_is_asked_about_by_itself(question: str, aspects: list[str]) -> None:
    assert read_aspects(question, GLOSSARY) == aspects


def test_a_clause_that_leans_on_the_first_is_completed_from_it() -> None:
    assert read_aspects("What is the CRUI and who chairs it?", GLOSSARY)[1] == "What is the CRUI who chairs it?"


@pytest.mark.parametrize("question", ["What is the cap?", "Safi", "research and development premium", ""])
def test_a_question_after_one_thing_has_no_aspects(question: str) -> None:
    assert read_aspects(question, GLOSSARY) == []
