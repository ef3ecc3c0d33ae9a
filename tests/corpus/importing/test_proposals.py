"""What a text tells about itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.document import Language
from corpus.glossary import load_glossary
from corpus.importing.proposals import day_of, language_of, publisher_of, same_line, subjects_of, title_of

TODAY = date(2026, 11, 29)
TEXTS = {
    Language.FR: "Le centre régional d'investissement a reçu une délégation de 28 entreprises dans la ville de Safi.",
    Language.EN: "The regional investment centre has received a delegation of 28 companies in the city of Safi.",
    Language.ES: "El centro regional de inversiones ha recibido una delegación de 28 empresas en la ciudad de Safi.",
    Language.AR: "استقبل المركز الجهوي للاستثمار وفدا يضم 28 مقاولة بمدينة آسفي (CRI).",
    Language.ZH: "大区投资中心（CRI）在萨菲市接待了由28家企业组成的代表团，并介绍了投资宪章的主要内容。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_is_recognised(language: Language) -> None:
    assert language_of(TEXTS[language]) == (language, True)


def test_a_text_that_tells_nothing_is_not_sure() -> None:
    assert language_of("CRI 2025")[1] is False
    assert language_of("")[1] is False


def test_a_japanese_text_is_not_sure_to_be_chinese() -> None:
    assert language_of("摩洛哥投资宪章规定了投资补贴和地区补贴的比例以及上限，企业可以申请。" * 2) == (
        Language.ZH,
        True,
    )
    assert language_of(
        "モロッコの投資憲章は、投資補助金と地域補助金の割合を定めています。企業は申請できます。" * 2
    ) == (
        Language.ZH,
        False,
    )


def test_the_packaged_documents_are_recognised() -> None:
    wrong = []
    for path in Path("corpus/documents").rglob("*.md"):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        if language_of(body) != (Language(path.stem), True):
            wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Une visite à Safi.\nSuite", "Une visite à Safi"),
        ("mot " * 60, ("mot " * 22).strip() + "…"),
        ("", "note du 3 mars"),
    ],
)
def test_the_title_is_the_first_line_or_the_name(text: str, title: str) -> None:
    assert title_of(text, "note_du_3 mars.docx") == title


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("Safi, le 3 mars 2025. Texte.", "x.pdf", date(2025, 3, 3)),
        (
            "La loi-cadre 03-22 du 9 décembre 2022. " + "Texte. " * 300 + "Fait à Safi, le 3 mars 2025",
            "x.pdf",
            date(2025, 3, 3),
        ),
        ("Le 3 mars 2025", "2025-03-01 visite.docx", date(2025, 3, 1)),
        ("Rendez-vous le 3 mars 2030. Safi, le 1er mars 2025", "x", date(2025, 3, 1)),
        ("يوم الأربعاء 15 نونبر 2023", "x", date(2023, 11, 15)),
        ("La loi du 9 décembre 2022.", "x", None),
        ("Rien.", "x", None),
    ],
)
def test_the_day_is_that_of_the_text_not_of_a_law_or_of_the_future(text: str, name: str, day: date | None) -> None:
    assert day_of(text, name, TODAY) == day


@pytest.mark.parametrize(
    ("text", "language", "publisher"),
    [
        (
            "Centre Régional d'Investissement de Marrakech-Safi\nCommuniqué\nTexte.",
            Language.FR,
            "Centre Régional d'Investissement de Marrakech-Safi",
        ),
        (
            "استقبل النائب الأول لرئيس غرفة التجارة والصناعة والخدمات وفدا بمقر المركز الجهوي للاستثمار، " * 2,
            Language.AR,
            "غرفة التجارة والصناعة والخدمات",
        ),
        (
            TEXTS[Language.EN] + " It was a long day for everybody who came to see the port and its many wharves.",
            Language.EN,
            "Regional Investment Centre",
        ),
        (TEXTS[Language.ZH], Language.ZH, "大区投资中心"),
        ("Un texte qui ne nomme personne du tout.", Language.FR, ""),
    ],
)
def test_the_publisher_is_the_office_that_the_head_names(text: str, language: Language, publisher: str) -> None:
    assert publisher_of(text, load_glossary(), language) == publisher


def test_topics_places_and_sectors_are_those_of_the_glossary() -> None:
    text = "La prime territoriale à Safi et à Essaouira. La prime du tourisme : le tourisme reçoit une prime."
    found = subjects_of("La charte de l'investissement", text, load_glossary())
    assert "charter" in found.topics
    assert found.provinces[:2] == ("safi", "essaouira")
    assert found.sectors == ("tourism",)


def test_lines_are_the_same_by_their_words() -> None:
    assert same_line("Été  à SAFI", "ete a safi")
    assert not same_line("a", "b")
