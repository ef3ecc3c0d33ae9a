"""How people ask for a section."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.question_forms import form_patterns, question_forms
from index.form_odds import PRIOR, fit_form_odds, form_odds
from tests.index.doubles import passage

WHO, MANY = ("Who chairs it?", "Who sits on it?"), ("How many projects were approved?", "كم مشروعا؟")


def test_a_section_is_likelier_to_be_asked_as_it_mostly_is() -> None:
    fitted = fit_form_odds([replace(passage("who#a"), asked=WHO), replace(passage("many#b"), asked=MANY)])
    a, b = fitted
    assert (a, b) == ("who#a", "many#b")
    who, many = question_forms("Who decides?"), question_forms("¿Cuántos hay?")
    assert form_odds(who, fitted, a) > 0 > form_odds(many, fitted, a)
    assert form_odds(many, fitted, b) > 0 > form_odds(who, fitted, b)
    share = (2 + PRIOR * 0.5) / (2 + PRIOR)
    assert form_odds(who, fitted, a) == pytest.approx(np.log(share / 0.5), abs=1e-3)


def test_without_example_questions_or_forms_nothing_speaks_for_a_section() -> None:
    assert fit_form_odds([passage("who#a")]) == {}
    fitted = fit_form_odds([replace(passage("who#a"), asked=WHO)])
    assert form_odds(question_forms("territorial premium Safi"), fitted, next(iter(fitted))) == 0
    assert form_odds(question_forms("Who?"), fitted, "unknown#section") == 0
    assert form_odds(question_forms("Who?"), {"other#file": np.ones(len(form_patterns()) + 1)}, "other#file") == 0
