"""The last check before an answer is shown: nothing is said that its citation does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.figures import read_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answer import Citation, Claim
    from bot.composing import Draft


def check_grounding(draft: Draft) -> list[str]:
    """What is wrong with a draft, empty if nothing is.

    Every cited claim must name existing citations and stand word for word, with every figure, in one of their passages; every
    quote must stand in its own passage. A line of an estimate says in its own words what was calculated: its figures must stand
    in a cited passage or in the estimate. A claim without a citation is a service text and must hold no figure.
    """
    by_number = {citation.number: citation for citation in draft.citations}
    problems = [problem for claim in draft.claims for problem in _check_claim(claim, by_number)]
    problems.extend(
        f"citation {citation.number} quotes what its passage does not say: “{quote}”"
        for citation in draft.citations
        for quote in citation.quotes
        if not _holds(citation.passage_text, quote)
    )
    return problems


def _check_claim(claim: Claim, by_number: dict[int, Citation]) -> list[str]:
    if unknown := [number for number in claim.citations if number not in by_number]:
        return [f"the claim “{claim.text}” names unknown citations {unknown}"]
    cited = [by_number[number] for number in claim.citations]
    stated = {figure for citation in cited for figure in read_figures(citation.passage_text, citation.language)}
    if claim.figures is not None:
        missing = _figures(claim) - stated - claim.figures
        return [f"neither the estimate nor a cited passage states {', '.join(sorted(missing))}"] if missing else []
    if not cited:
        figures = _figures(claim)
        return [f"“{claim.text}” states {', '.join(sorted(figures))} without a citation"] if figures else []
    if not any(_holds(citation.passage_text, claim.text) for citation in cited):
        return [f"no cited passage says “{claim.text}”"]
    missing = _figures(claim) - stated
    return [f"no cited passage states {', '.join(sorted(missing))}"] if missing else []


def _figures(claim: Claim) -> set[str]:
    return set(read_figures(claim.text, claim.language)) if claim.language else set()


def _holds(passage: str, quote: str) -> bool:
    return _flat(quote) in _flat(passage)


def _flat(text: str | Sequence[str]) -> str:
    return " ".join(str(text).split())
