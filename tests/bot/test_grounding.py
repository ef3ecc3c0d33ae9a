"""The last check finds everything that a draft says and its citations do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answer import Citation, Claim
from bot.composing import Draft
from bot.grounding import check_grounding
from corpus import Confidence, Kind, Language

LEAD = "The premiums may reach 30% of the eligible amount, at most 30 million dirhams."
PASSAGE = f"{LEAD} Seasonal jobs do\nnot count."
CITED = Citation(
    number=1, section_id="premium-cap#cap", title="Cap", section="What is the cap?", kind=Kind.SUMMARY,
    publisher="Mithaq", published=date(2026, 1, 2), as_of=date(2026, 3, 4), url="", source_title="",
    language=Language.EN, confidence=Confidence.OFFICIAL, quotes=(LEAD,), passage_text=PASSAGE,
)  # fmt: skip


def draft(*claims: Claim, cited: Citation = CITED) -> Draft:
    return Draft(claims, (cited,))


def test_a_draft_of_quotes_and_service_texts_has_no_problem() -> None:
    quoted = Claim(LEAD, (1,), Language.EN)
    service = Claim("This rests on the press, not on an official text.", language=Language.EN)
    assert check_grounding(draft(quoted, Claim("Seasonal jobs do not count.", (1,), Language.EN), service)) == []


@pytest.mark.parametrize(
    "changed", [LEAD.replace("30%", "35%"), LEAD.replace("30 million", "300 million"), LEAD.replace("30%", "30")]
)
def test_a_changed_figure_is_found(changed: str) -> None:
    assert check_grounding(draft(Claim(changed, (1,), Language.EN))) == [f"no cited passage says “{changed}”"]


def test_an_unknown_citation_number_is_found() -> None:
    (problem,) = check_grounding(draft(Claim(LEAD, (1, 7), Language.EN)))
    assert problem == f"the claim “{LEAD}” names unknown citations [7]"


def test_an_invented_sentence_is_found() -> None:
    assert check_grounding(draft(Claim("Everybody receives a premium.", (1,), Language.EN)))


def test_a_figure_without_a_citation_is_found() -> None:
    (problem,) = check_grounding(draft(Claim("The State pays 12% within 6 months.", language=Language.EN)))
    assert problem == "“The State pays 12% within 6 months.” states 12%, 6 without a citation"


def test_a_figure_of_the_claim_that_the_passage_writes_otherwise_is_found() -> None:
    # Word for word in the passage, but cut so that “30%” becomes another figure.
    cut = Claim("0% of the eligible amount, at most 30 million dirhams.", (1,), Language.EN)
    assert check_grounding(draft(cut)) == ["no cited passage states 0%"]


def test_a_quote_that_its_passage_does_not_hold_is_found() -> None:
    forged = replace(CITED, quotes=(LEAD, "Nobody pays."))
    (problem,) = check_grounding(draft(Claim(LEAD, (1,), Language.EN), cited=forged))
    assert problem == "citation 1 quotes what its passage does not say: “Nobody pays.”"


def test_a_claim_may_rest_on_any_of_its_citations() -> None:
    other = replace(CITED, number=2, quotes=("Interns count.",), passage_text="Interns count.")
    claim = Claim("Interns count.", (1, 2), Language.EN)
    assert check_grounding(Draft((claim,), (CITED, other))) == []


def test_every_problem_is_listed() -> None:
    claims = (Claim("Invented.", (1,), Language.EN), Claim("In 99 days.", language=Language.EN))
    assert len(check_grounding(draft(*claims))) == 2
