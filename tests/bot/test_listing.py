"""What a question lists is told from what it tells."""

from __future__ import annotations

import pytest

from bot.aspects import read_aspects
from bot.listing import read_listing
from corpus.glossary import load_glossary

GLOSSARY = load_glossary()


@pytest.mark.parametrize(
    ("question", "opening", "items"),
    [
        (
            "For my payroll in 2026: hourly wage, normal working week, social charges.",
            "For my payroll in 2026",
            ("hourly wage", "normal working week", "social charges."),
        ),
        (
            "Un proyecto grande, tres preguntas: 1) desde qué importe 2) qué ministerio; 3) qué ventajas",
            "Un proyecto grande, tres preguntas",
            ("desde qué importe", "qué ministerio", "qué ventajas"),
        ),
        (
            "Bonjour. Pour le programme TPME : - le chiffre d'affaires - l'apport",
            "Pour le programme TPME",
            ("le chiffre d'affaires", "l'apport"),
        ),
        ("求三个数据:- 人口 - 面积 - 几个省", "求三个数据", ("人口", "面积", "几个省")),
        ("算人工成本用:最低时薪、一周法定工时、社保", "算人工成本用", ("最低时薪", "一周法定工时", "社保")),
        (
            "أحتاج ثلاثة أشياء: الجهات المجاورة، عدد الجماعات، المساحة",
            "أحتاج ثلاثة أشياء",
            ("الجهات المجاورة", "عدد الجماعات", "المساحة"),
        ),
        ("请分别答复:(一)依据哪一号法令;(二)向哪个平台递交。", "请分别答复", ("依据哪一号法令", "向哪个平台递交。")),
        ("Note: a) the cap, b) the rate", "Note", ("the cap", "the rate")),
        ("Bonjour à tous. Besoin : terrain, eau", "Besoin", ("terrain", "eau")),
        (
            "Pour nos plannings : la durée légale par semaine, et le SMIG horaire. Merci d'avance.",
            "Pour nos plannings",
            ("la durée légale par semaine", "le SMIG horaire."),
        ),
    ],
)  # fmt: skip
def test_items_behind_a_colon_or_with_marks_are_a_list(question: str, opening: str, items: tuple[str, ...]) -> None:
    listing = read_listing(question)
    assert listing
    assert (listing.opening, listing.items) == (opening, items)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "What is the cap?",
        "At 9:30, what happens?",
        "We have costs of every kind: studies, land, machines. Which count?",  # told, not asked
        "Two questions: which premiums are there, and what is the cap?",  # clauses
        "About Safi - a port - what is there?",
        "1) only one",
        "Version 2) then 1) the cap",
    ],
)
def test_other_questions_list_nothing(question: str) -> None:
    assert read_listing(question) is None


def test_each_item_is_asked_alone_and_behind_what_stands_before_the_list() -> None:
    asked = read_aspects("I need figures on Safi: number of inhabitants, unemployment, area", GLOSSARY)
    assert [one.alone for one in asked] == ["number of inhabitants Safi", "unemployment Safi", "area Safi"]
    assert asked[2].completed == "I need figures on Safi area"
    assert asked[2].own == 1  # "area" says little alone


def test_items_behind_words_that_say_nothing_may_go_on_from_the_first() -> None:
    first, second = read_aspects("Two things: 1) turnover of a TPME? 2) where is it handed in?", GLOSSARY)
    assert (first.alone, first.completed) == ("turnover of a TPME?", "")
    assert (second.alone, second.earlier) == ("where is it handed in?", "turnover of a TPME?")
