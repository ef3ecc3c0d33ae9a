"""An answer that claims to be answered has citations, and names no other ones."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer import CITED_STATUSES, Answer, AnswerStatus, Citation, Claim
from corpus import Confidence, Kind, Language

CITED = Citation(
    number=1, section_id="premium-cap#cap", title="Cap", section="What is the cap?", kind=Kind.SUMMARY,
    publisher="Mithaq", published=date(2026, 1, 2), as_of=date(2026, 3, 4), url="https://example.org", source_title="BO",
    language=Language.EN, confidence=Confidence.OFFICIAL, quotes=("The cap is 30%.", "It covers all."),
    passage_text="The cap is 30%. It covers all.",
)  # fmt: skip


@pytest.mark.parametrize("status", sorted(CITED_STATUSES))
def test_a_cited_status_without_a_citation_cannot_be_built(status: AnswerStatus) -> None:
    with pytest.raises(ValueError, match="at least one citation"):
        Answer(status, (Claim("The cap is 30%."),), Language.EN)


@pytest.mark.parametrize("status", sorted(set(AnswerStatus) - CITED_STATUSES))
def test_every_other_status_stands_without_citations(status: AnswerStatus) -> None:
    assert Answer(status, (Claim("Hello."),), Language.EN).citations == ()


def test_a_claim_that_names_an_unknown_citation_cannot_be_built() -> None:
    with pytest.raises(ValueError, match=r"names citations that do not exist: \[2, 3\]"):
        Answer(AnswerStatus.ANSWERED, (Claim("The cap is 30%.", (1, 2, 3)),), Language.EN, (CITED,))


def test_the_text_has_a_line_for_each_claim_with_its_citation_numbers() -> None:
    claims = (Claim("In short:"), Claim("The cap is 30%.", (1,)), Claim("It covers all.", (1,), listed=True))
    answer = Answer(AnswerStatus.ANSWERED, claims, Language.EN, (CITED,))
    assert answer.text == "In short:\nThe cap is 30%. [1]\n- It covers all. [1]"


def test_the_quote_of_a_citation_joins_its_sentences() -> None:
    assert CITED.quote == "The cap is 30%. It covers all."


def test_each_answer_has_an_id_of_its_own() -> None:
    ids = {Answer(AnswerStatus.GREETING, (), Language.EN).id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(answer_id) == 32 for answer_id in ids)
