"""What the figures of a statement count."""

from __future__ import annotations

import pytest

from bot.desk.measures import Bound, MeasureKind, Said, read_said
from corpus import Language
from corpus.glossary import Glossary

EACH = [("310", "count"), ("414000000000", "money"), ("30%", "share")]


def said(glossary: Glossary, language: str, text: str) -> Said:
    return read_said(text, Language(language), glossary)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "310 projets pour 414 milliards de dirhams, soit 30 %", EACH),
        ("ar", "310 مشروعا بقيمة 414 مليار درهم، أي 30%", EACH),
        ("zh", "批准了310个项目，总额4140亿迪拉姆，占30%", EACH),
        ("en", "Over 179,000 planned jobs, up 3%", [("179000", "count"), ("3%", "change")]),
        ("en", "MAD 50 million", [("50000000", "money")]),
        ("es", "250 proyectos por 50 MDH", [("250", "count"), ("50000000", "money")]),
        ("fr", "L'article 7 de la loi-cadre 03-22, le 1er mars 2024 à 10 h", []),
        ("en", "On 2 October 2025, under Article 19 of law 47-18", []),
        ("zh", "2025年10月2日第9届会议", []),
        ("en", "Call +212 524 43 00 00", []),
    ],
)
def test_figures_are_told_apart_from_dates_laws_and_numbers_of_articles(
    glossary: Glossary, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(one.figure, one.kind.value) for one in said(glossary, language, text).measures] == expected


def test_two_counts_are_of_one_thing_if_their_nouns_are(glossary: Glossary) -> None:
    projects, jobs, direct = said(glossary, "fr", "12 projets, 300 emplois et 50 emplois directs").measures
    (approved,) = said(glossary, "fr", "40 projets approuvés").measures
    assert projects.counts_the_same(approved)
    assert jobs.counts_the_same(direct)
    assert not projects.counts_the_same(jobs)


def test_an_upper_limit_is_no_amount(glossary: Glossary) -> None:
    (limit,) = said(glossary, "fr", "les projets de moins de 250 millions de dirhams").measures
    (amount,) = said(glossary, "fr", "des projets pour 51 milliards de dirhams").measures
    assert (limit.bound, amount.bound) == (Bound.BELOW, Bound.NONE)
    assert not limit.counts_the_same(amount)


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("en", "at least 50 million dirhams", Bound.AT_LEAST),
        ("fr", "jusqu'à 30 millions de dirhams", Bound.AT_MOST),
        ("fr", "30 % au plus", Bound.AT_MOST),
        ("ar", "لا يقل عن 50 مليون درهم", Bound.AT_LEAST),
        ("zh", "不得超过30%", Bound.AT_MOST),
    ],
)
def test_limits_are_read_in_each_language(glossary: Glossary, language: str, text: str, bound: Bound) -> None:
    assert said(glossary, language, text).measures[0].bound is bound


@pytest.mark.parametrize(
    ("language", "text", "periods"),
    [
        ("fr", "En octobre 2025, 250 projets", {"2025-10"}),
        ("en", "On 26 June 2025 and in 2024", {"2025-06", "2024"}),
        ("zh", "截至2025年10月", {"2025-10"}),
        ("ar", "في شتنبر 2024", {"2024-09"}),
        ("fr", "De janvier à novembre 2024", {"2024-11", "-01"}),
        ("zh", "2025年1月至10月", {"2025-01", "-01"}),
        ("en", "It may not exceed 30%", set()),
    ],
)
def test_periods_are_years_and_months(glossary: Glossary, language: str, text: str, periods: set[str]) -> None:
    assert said(glossary, language, text).periods == periods


@pytest.mark.parametrize(
    ("language", "text", "ordinals"),
    [
        ("fr", "La neuvième session a approuvé 12 projets", {9}),
        ("fr", "La 9e session a approuvé 12 projets", {9}),
        ("en", "The 1st of March: 12 projects", set()),
        ("zh", "第十届会议批准了12个项目", {10}),
        ("zh", "第十一届会议批准了12个项目", {11}),
        ("ar", "وافقت الدورة التاسعة على 12 مشروعا", {9}),
    ],
)
def test_ordinals_stand_around_a_figure(glossary: Glossary, language: str, text: str, ordinals: set[int]) -> None:
    read = said(glossary, language, text)
    assert {number for measure in read.measures for number in measure.ordinals} == ordinals


def test_names_are_places_sectors_and_premiums_around_the_figure(glossary: Glossary) -> None:
    read = said(glossary, "fr", "À Safi, la prime territoriale est de 10 % du montant.")
    assert {"safi", "territorial-premium"} <= read.measures[0].names
    far = "À Safi, devant un public venu nombreux et dans une salle tout juste rénovée par la commune, le ministre a rappelé"
    cap = said(glossary, "fr", f"{far} que le plafond des primes du dispositif est de 30 %.")
    assert "safi" not in cap.measures[0].names


def test_words_near_a_figure_do_not_belong_to_its_neighbour(glossary: Glossary) -> None:
    _, second = said(glossary, "en", "The jobs premium is 5%; the women premium is 3% of the amount.").measures
    assert "women" in second.near
    assert not any(word.startswith("job") for word in second.near)
    assert second.kind is MeasureKind.SHARE


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("fr", "Aucune prime de 40 % n'existe", False),
        ("fr", "Exemple : 30 emplois", False),
        ("en", "There is no premium of 40%", False),
        ("ar", "لا توجد منحة بنسبة 40%", False),
        ("zh", "例如30个岗位", False),
        ("fr", "Les primes ne peuvent dépasser 30 %", True),
        ("en", "The premiums may not exceed 30%", True),
        ("zh", "补贴不得超过30%", True),
    ],
)
def test_denials_and_examples_are_not_plain(glossary: Glossary, language: str, text: str, plain: bool) -> None:
    assert said(glossary, language, text).plain is plain


def test_a_count_that_runs_on_is_told_from_one_of_a_year(glossary: Glossary) -> None:
    assert said(glossary, "fr", "La commission avait approuvé au total 250 projets").running
    assert not said(glossary, "fr", "En 2024, la commission a approuvé 80 projets").running
