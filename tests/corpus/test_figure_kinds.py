"""Kinds of figures that are asked for and stated."""

from __future__ import annotations

import pytest

from corpus.figure_kinds import asked_kinds, stated_kinds


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("What is the VAT rate on meals?", {"rate"}),
        ("Combien de litres d'huile, et à quel prix ?", {"volume", "money"}),
        ("¿Cuántas toneladas y cuántas hectáreas?", {"weight", "area"}),
        ("كم طنا تنتج الصويرة وما سعر اللتر؟", {"weight", "money", "volume"}),
        ("工业园每平方米多少钱？离机场多远？", {"area", "money", "distance"}),
        ("numéro de téléphone du CRI", {"contact"}),
        ("How many MW does the park have?", {"power"}),
        ("wach CRI ykemmel m3a chinwa?", set()),
        ("How much is the territorial premium in Safi?", set()),
        ("", set()),
    ],
)
def test_what_a_question_asks_for(question: str, kinds: set[str]) -> None:
    assert asked_kinds(question) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Le taux est de 20 %.", {"rate"}),
        ("The plot costs 300 dirhams per square metre.", {"money", "area"}),
        ("تفرغ 12.000 طن في السنة على مساحة 40 هكتارا، على بعد 10 كيلومتر.", {"weight", "area", "distance"}),
        ("电站装机容量为 1,000 兆瓦，造价 20 亿迪拉姆。", {"power", "money"}),
        ("Tel. +212 524 12 34 56", {"contact"}),
        ("Nobody knows.", set()),
    ],
)
def test_what_a_text_states(text: str, kinds: set[str]) -> None:
    assert stated_kinds(text) == kinds
