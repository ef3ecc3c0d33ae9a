"""How a question asks."""

from __future__ import annotations

import pytest

from corpus.question_forms import form_patterns, question_forms


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("Who chairs the commission?", {"who"}),
        ("Quand la loi est-elle entrée en vigueur ?", {"when"}),
        ("¿Cuánto tiempo tarda y dónde se presenta?", {"duration", "where", "price"}),
        ("كم مشروعا تمت الموافقة عليه؟", {"count"}),
        ("设立公司需要哪些文件？", {"papers", "which", "must"}),
        ("What is the cap on the premiums?", {"most"}),
        ("Do I have to hire locally, and why?", {"whether", "must", "reason"}),
        ("Quel est le taux de l'IS ?", {"rate"}),
        ("如何申请？能不能在网上办？", {"manner", "whether"}),
        ("بكم تُستخرج الشهادة السلبية؟", {"price"}),
        ("sectoral premium Safi", set()),
        ("", set()),
    ],
)
def test_the_forms_of_a_question_are_told_in_every_language(question: str, forms: set[str]) -> None:
    named = dict(zip(form_patterns(), question_forms(question), strict=True))
    assert {form for form, has in named.items() if has} == forms
