"""The site, the sector and what is said of a project are found by name."""

from datetime import date

import pytest

from bot.numerals import fold_text
from bot.places import find_flags, find_place, find_sectors
from bot.wording import load_wording
from corpus.glossary import load_glossary
from corpus.parameters import load_parameters

GLOSSARY = load_glossary()


def provinces(text: str) -> list[str]:
    return [one.name for one in find_place(fold_text(text), GLOSSARY).provinces]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("à Benguérir", "rehamna"),
        ("في بن جرير", "rehamna"),
        ("在本格里尔", "rehamna"),
        ("in Tamansourt", "marrakech"),
        ("à Tahanaout", "al-haouz"),
        ("en Imintanout", "chichaoua"),
        ("à Smimou", "essaouira"),
        ("à Tamallalt", "el-kelaa-des-sraghna"),
        ("à Chemaia", "youssoufia"),
        ("à Salé", "sale"),
        ("in Tangier", "tanger-assilah"),
        ("بالدار البيضاء", "casablanca"),
        ("a Esaouirra", "essaouira"),
        ("siège à Casablanca, usine à Safi", "safi"),
    ],
)
def test_a_place_is_known_in_any_spelling(text: str, province: str) -> None:
    assert provinces(text) == [province]


def test_two_places_are_both_named() -> None:
    assert sorted(provinces("à Safi ou à Essaouira")) == ["essaouira", "safi"]


@pytest.mark.parametrize("text", ["une usine à Lyon", "a hotel in Dubai", "在上海建厂", "un hotel en Sevilla"])
def test_a_site_abroad_is_foreign(text: str) -> None:
    assert find_place(fold_text(text), GLOSSARY).foreign


@pytest.mark.parametrize(
    "text", ["we are a firm from Dubai", "société basée à Paris", "a sale of land", "the region", "au Maroc"]
)
def test_where_the_firm_comes_from_is_no_site(text: str) -> None:
    place = find_place(fold_text(text), GLOSSARY)
    assert not (place.provinces or place.foreign or place.unknown)


@pytest.mark.parametrize(
    ("text", "name"), [("un hôtel à Bourgachouane", "Bourgachouane"), ("في مدينة تزروالت", "تزروالت")]
)
def test_a_name_that_nothing_knows_is_asked_about(text: str, name: str) -> None:
    assert find_place(fold_text(text), GLOSSARY).unknown == name


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("an olive orchard", "agriculture"),
        ("an olive oil plant", "industry"),
        ("une usine de transformation d'olives", "industry"),
        ("une ferme photovoltaïque", "renewable-energy"),
        ("a fish farm", "aquaculture"),
        ("résidence touristique", "tourism"),
        ("un lotissement", "real-estate"),
        ("呼叫中心", "outsourcing"),
        ("استوديو سينما", "culture"),
        ("planta de reciclaje", "waste"),
        ("import-export", "trade"),
    ],
)
def test_a_sector_is_told_by_what_is_made(text: str, sector: str) -> None:
    assert [one.name for one in find_sectors(fold_text(text))] == [sector]


def test_an_industrial_zone_is_no_sector_and_a_choice_of_two_is_both() -> None:
    assert find_sectors(fold_text("dans la zone industrielle")) == ()
    assert [one.name for one in find_sectors(fold_text("un hôtel ou un supermarché"))] == ["tourism", "trade"]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("notre nouvelle société", "new_company"),
        ("eaux usées traitées", "sustainability"),
        ("网络安全公司", "future_job"),
    ],
)
def test_what_is_said_of_the_project_is_read(text: str, flag: str) -> None:
    assert list(find_flags(fold_text(text))) == [flag]


def test_what_is_denied_is_not_read() -> None:
    assert find_flags(fold_text("ce n'est pas une nouvelle société")) == {}


def test_every_place_and_sector_of_the_words_is_one_of_the_parameters() -> None:
    wording, rules = load_wording(), load_parameters().on(date(2026, 11, 1))
    assert set(wording["places"]) == set(rules.territories)
    assert set(wording["sectors"]) <= set(rules.sectors)
