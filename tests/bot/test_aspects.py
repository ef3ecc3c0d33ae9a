"""A question after several things is asked about each of them."""

from __future__ import annotations

import pytest

from bot.aspects import read_aspects, read_phrases
from corpus.glossary import load_glossary

GLOSSARY = load_glossary()


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("Compare Safi and Marrakech", ["Compare Safi and", "Compare and Marrakech"]),
        ("What changed between 2023 and 2025?", ["What changed between 2023 and ?", "What changed between and 2025?"]),
        ("Which premiums are there and what is the cap?", ["Which premiums are there", "what is the cap?"]),
        ("第七次和第八次会议批准了多少？", ["第七次和 会议批准了多少？", "和第八次会议批准了多少？"]),
        (
            "Which premiums in Safi and Marrakech, and what notice?",
            ["Which premiums in Safi,", "Which premiums in , Marrakech", "what notice? Safi", "what notice? Marrakech"],
        ),
        (
            "Peut-elle être publique ? Et un promoteur, concerné ou écarté ?",
            ["Peut-elle être publique ?", "Et un promoteur, concerné ou écarté ?"],
        ),
        ("J'arrive et je vends. Mais je reste : quel taux ?", []),
        (
            "I have half a million euros. Is the visa open? And for how long?",
            ["Is the visa open?", "And for how long?"],
        ),
        ("عندنا 30 منصبا. كم المنحة؟ ومتى تصرف؟", ["كم المنحة؟", "ومتى تصرف؟"]),
        ("当年谁带队?2025年又是哪家机构?", ["当年谁带队?", "2025年又是哪家机构?"]),
        ("The floor, please? Negotiated or fixed benefits?", ["The floor, please?", "Negotiated or fixed benefits?"]),
        (
            "¿La provincia da prima y de cuánto? Además, ¿la acuicultura tiene la suya?",
            ["¿La provincia da prima, de cuánto?", "Además, ¿la acuicultura tiene la suya?"],
        ),
        ("这个大区有多少个市镇(commune)?跟哪几个大区接壤?", ["这个大区有多少个市镇(commune)?", "跟哪几个大区接壤?"]),
        (
            "拟招两百名工人,请告知法定每周工时、加班费加成,以及雇主承担的社保费率。",
            ["法定每周工时", "加班费加成", "雇主承担的社保费率。"],
        ),
        (
            "Hello, we plan a visit. Kindly let us know the name of the president of the chamber, its web address.",
            ["the name of the president of the chamber", "its web address."],
        ),
        ("Bonjour, donnez-moi le taux de TVA et le SMIG.", ["le taux de TVA", "le SMIG."]),
        (
            "三个小问题一起问了:研发的花费算不算进总投资?环保那项加几个点?",
            ["研发的花费算不算进总投资?", "环保那项加几个点?"],
        ),
        ("عندي جوج أسئلة: كم المنحة، ومتى تصرف؟", ["كم المنحة", "ومتى تصرف؟"]),
        (
            "What did the plant cost? and since when does it run",
            ["What did the plant cost?", "and since when does it run"],
        ),
        (
            "Is there a minimum capital, must I block the money?",
            ["Is there a minimum capital", "must I block the money?"],
        ),
        (
            "How does my wife, who is Moroccan, open an account, and who signs?",
            ["How does my wife, who is Moroccan, open an account", "who signs?"],
        ),
        (
            "ثلاثة أمور عن المشاريع الاستراتيجية: من أي مبلغ تبدأ؟ وما المعايير؟",
            ["ثلاثة أمور عن المشاريع الاستراتيجية: من أي مبلغ تبدأ؟", "وما المعايير؟"],
        ),
        (
            "نعد ميزانية الأجور، فأرجو إفادتي بالحد الأدنى للأجر، وساعات العمل، ونسبة الضمان الاجتماعي",
            ["بالحد الأدنى للأجر", "ساعات العمل", "نسبة الضمان الاجتماعي"],
        ),
        (  # the first place of each thing before the second of any
            "How long is the road from Safi to Marrakech, what does it cost from Safi to Essaouira and is there a depot?",
            [
                "How long is the road from Safi to",
                "How long is the road from to Marrakech",
                "what does it cost from Safi to",
                "what does it cost from to Essaouira",
                "is there a depot? Marrakech Safi",
            ],
        ),
        (
            "Projects of the December 2024 sitting and of the October 2025 one",
            [
                "Projects of the December 2024 sitting and of the one",
                "Projects of the sitting and of the October 2025 one",
            ],
        ),
    ],
)
def test_each_thing_is_asked_about_by_itself(question: str, aspects: list[str]) -> None:
    assert [aspect.alone for aspect in read_aspects(question, GLOSSARY)] == aspects


def test_a_clause_that_leans_on_the_first_is_completed_from_it() -> None:
    asked = read_aspects("What is the CRUI and who chairs it?", GLOSSARY)[1]
    assert (asked.alone, asked.completed, asked.leans) == ("who chairs it?", "What is the CRUI who chairs it?", True)


def test_clauses_that_do_not_say_what_they_are_about_stand_on_what_was_told_before_them() -> None:
    first, second = read_aspects("We want to write to the chamber. Who presides it, and what is the website?", GLOSSARY)
    assert first.completed == "We want to write to the chamber. Who presides it"
    assert second.earlier == "We want to write to the chamber. Who presides it"
    first, _ = read_aspects("We want to write to the chamber. Who is the wali, and what is the cap?", GLOSSARY)
    assert first.completed == ""


def test_what_stands_before_the_first_clause_may_be_needed() -> None:
    first, second = read_aspects("If we settle in a zone, can we draw premiums? And what tax is due?", GLOSSARY)
    assert (first.alone, first.completed) == ("can we draw premiums?", "If we settle in a zone, can we draw premiums?")
    assert second.earlier == "If we settle in a zone, can we draw premiums?"


def test_a_clause_that_points_back_is_about_the_places_of_the_whole_question() -> None:
    asked = read_aspects("What may a firm from Tunisia do? Do they pay more in Dakhla? Is there land there?", GLOSSARY)
    assert asked[-1].alone.endswith("Dakhla")


def test_a_clause_that_points_back_is_not_about_places_named_only_after_it() -> None:
    first, second = read_aspects("How many projects did it approve? And how many of them lie in Safi?", GLOSSARY)
    assert "Safi" not in first.alone
    assert "Safi" in second.alone


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        (
            "Which premiums are there? Is aquaculture a priority sector, and if so how much?",
            "Is aquaculture a priority sector",
        ),
        ("女工的奖金是多少?水产养殖算不算优先行业,算的话加多少?", "水产养殖算不算优先行业"),
        (
            "Quelles primes ? L'aquaculture est-elle prioritaire, et si oui combien ?",
            "L'aquaculture est-elle prioritaire",
        ),
    ],
)
def test_what_holds_only_if_the_clause_before_is_so_stands_on_that(question: str, earlier: str) -> None:
    assert read_aspects(question, GLOSSARY)[-1].earlier.endswith(earlier)


@pytest.mark.parametrize("question", ["What is the cap?", "Safi", "research and development premium", ""])
def test_a_question_after_one_thing_has_no_aspects(question: str) -> None:
    assert read_aspects(question, GLOSSARY) == []


def test_what_a_question_lists_may_be_things_of_their_own() -> None:
    phrases = read_phrases("Shares of social charges, and the legal working week outside agriculture?", GLOSSARY)
    assert phrases == ["Shares of social charges", "the legal working week outside agriculture?"]


@pytest.mark.parametrize(
    "question", ["What is the cap?", "land and water", "We sell land and we make water. Thank you.", ""]
)
def test_few_words_and_stories_list_nothing(question: str) -> None:
    assert read_phrases(question, GLOSSARY) == []
