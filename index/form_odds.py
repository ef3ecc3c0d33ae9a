"""How much likelier each section is than others to be asked who, when, how many, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus.question_forms import form_patterns, question_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from corpus import Passage

PRIOR = 8.0


def fit_form_odds(passages: Sequence[Passage]) -> dict[str, NDArray[np.float16]]:
    """For each section that has example questions the logarithms of how much likelier they have each form, shape (forms,).

    Counted over all languages; each section's share is drawn towards that of all by as much as eight questions would.
    """
    known = {question: question_forms(question) for passage in passages for question in passage.asked}
    asked: dict[str, list[tuple[bool, ...]]] = {}
    for passage in passages:
        asked.setdefault(passage.section_id, []).extend(known[question] for question in passage.asked)
    if not known:
        return {}
    everywhere = np.mean([forms for listed in asked.values() for forms in listed], axis=0) + 1e-6
    return {
        section: np.log((np.sum(forms, axis=0) + PRIOR * everywhere) / (len(forms) + PRIOR) / everywhere).astype(
            np.float16
        )
        for section, forms in asked.items()
        if forms
    }


def form_odds(forms: tuple[bool, ...], of_section: Mapping[str, NDArray[np.floating]], section: str) -> float:
    """The sum of a section's logarithms for the forms of a question, 0 where the section has none."""
    known = of_section.get(section)
    return float(known[np.array(forms)].sum()) if known is not None and len(known) == len(form_patterns()) else 0.0
