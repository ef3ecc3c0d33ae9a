"""Jobs are counted, and what is only like them is not."""

from decimal import Decimal

import pytest

from bot.job_counts import find_jobs, find_women
from bot.numerals import find_numbers, fold_text
from corpus import Language


def jobs(text: str, language: str = "fr") -> list[Decimal]:
    folded = fold_text(text)
    return [one.value for one in find_jobs(folded, find_numbers(folded, Language(language)))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "120 nouveaux emplois", [120]),
        ("en", "we will hire 60.", [60]),
        ("es", "contratar a 150 personas", [150]),
        ("zh", "岗位60个。", [60]),
        ("zh", "招80人", [80]),
        ("ar", "nkhdmo 60", [60]),
        ("ar", "و120 منصب شغل", [120]),
        ("ar", "8 خدامات", [8]),
        ("ar", "ماغاديش نوصلو ل 150 خدام", []),
        ("en", "we will never reach 150 jobs", []),
        ("en", "can we bring 3 technicians from India?", []),
        ("en", "our second plant will bring 60 jobs", [60]),
        ("zh", "将带来60个岗位", [60]),
        ("fr", "120 chambres", []),
        ("fr", "120 emplois dont 30 postes de cadres", [120]),
        ("fr", "120 emplois directs et 300 emplois indirects", [120]),
        ("en", "200 jobs, not 120 jobs", [200]),
        ("en", "a family of eight people", []),
        ("fr", "2 emplois stables par million de dirhams", []),
        ("ar", "ستة مناصب قارة عن كل مليون درهم", []),
        ("zh", "每百万迪拉姆2个岗位", []),
    ],
)
def test_jobs_are_counted_and_parts_of_them_are_not(language: str, text: str, expected: list[int]) -> None:
    assert jobs(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "4,000 employees worldwide and 90 new jobs", [90]),
        ("en", "$3.5 million and 45 people", [45]),
        ("en", "$3.5 million and a capacity of 45 people", []),
        ("zh", "应该是150人", [150]),
        ("en", "thirty to forty jobs", [30, 40]),
    ],
)
def test_people_are_jobs_where_they_are_to_work(language: str, text: str, expected: list[int]) -> None:
    assert sorted(jobs(text, language)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "a family firm with 220 staff in the UK; 70 permanent jobs", [70]),
        ("fr", "une boîte lyonnaise de 300 salariés, 45 emplois à créer", [45]),
        ("zh", "国内员工800人，创造950个岗位", [950]),
        ("es", "350 trabajadores en España y 210 trabajadores en Tánger", [210]),
        ("fr", "créer une entreprise de 12 salariés", [12]),
    ],
)
def test_who_works_for_the_firm_already_or_abroad_is_no_job(language: str, text: str, expected: list[int]) -> None:
    assert jobs(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "75 postes fixes plus une vingtaine de saisonniers", [75]),
        ("en", "300 permanent jobs, 1,500 jobs during construction", [300]),
        ("fr", "20 saisonniers", [20]),
        ("fr", "85 techniciens et 15 ingénieurs", [100]),
        ("fr", "100 emplois : 60 emplois à Safi, 40 emplois à Settat", [100]),
    ],
)
def test_lasting_jobs_count_trades_add_up_and_parts_make_a_whole(language: str, text: str, expected: list[int]) -> None:
    assert jobs(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        ("fr", "35 personnes embauchées, 35 emplois dont 14 femmes", "0.4"),
        ("ar", "85 منصبا، منها 34 للنساء", "0.4"),
        ("zh", "岗位120个，其中女性36人", "0.3"),
        ("fr", "35 emplois", None),
        ("fr", "35 emplois, 90 femmes au village", None),
    ],
)
def test_women_that_are_counted_make_a_share_of_the_jobs(language: str, text: str, share: str | None) -> None:
    folded = fold_text(text)
    numbers = find_numbers(folded, Language(language))
    found = find_women(folded, numbers, find_jobs(folded, numbers))
    assert (found and found[0]) == (share and Decimal(share))
