"""The figures of the law: what is in force on which day, and what is said when a file is wrong."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import CharterError, Confidence, Language
from corpus.errors import ParametersError
from corpus.figures import read_figures
from corpus.glossary import PACKAGED_GLOSSARY, load_glossary
from corpus.parameters import FIGURES, PARAMETERS_FOLDER, load_parameters
from corpus.rules import Approval, Basis, Body, Bound, Category, Figure, Period, Rules, Scope, Unit
from tests.packaged import packaged_corpus

TODAY = date(2026, 11, 23)


def rules(day: date = TODAY) -> Rules:
    return load_parameters().on(day)


def changed(folder: Path, file: str, old: str, new: str, count: int = 1) -> Path:
    """A copy of the packaged files in which a text of one file is replaced."""
    target = folder / "parameters"
    shutil.copytree(PARAMETERS_FOLDER, target)
    path = target / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return target


def bases() -> list[Basis]:
    read = load_parameters()
    return [
        *(one.basis for one in read.figures),
        *(one.basis for territory in read.territories.values() for one in territory.categories),
        *(one.basis for sector in read.sectors.values() for one in sector.treatments),
        *(one.basis for one in read.approvals),
    ]


def test_figures_are_exact_and_come_with_their_source() -> None:
    cap = rules().figures["premiums.cap_rate"]
    assert (cap.value, cap.unit, cap.basis.confidence) == (Decimal("0.3"), Unit.RATE, Confidence.OFFICIAL)
    assert cap.basis.sections == ("premium-cap#thirty-percent", "premium-cap#how-to-add-up")
    assert cap.basis.sources[0].url.startswith("http")
    assert cap.basis.sources[0].article == "Decree 2-23-1"


def test_every_figure_of_every_file_is_in_force_today() -> None:
    assert set(rules().figures) == {f"{file}.{name}" for file, names in FIGURES.items() for name in names}


def test_before_the_law_nothing_is_in_force() -> None:
    before = rules(date(2022, 1, 1))
    assert not before.figures
    assert not before.approvals
    assert not before.rates
    assert before.category("safi") is None
    assert before.treatment("tourism") is None


@pytest.mark.parametrize(
    ("day", "known"), [(date(2025, 11, 5), False), (date(2025, 11, 6), True), (date(2030, 1, 1), True)]
)
def test_the_small_business_scheme_begins_with_its_orders(day: date, known: bool) -> None:
    assert ("small_business.cap_rate" in rules(day).figures) is known


def test_75_territories_in_12_regions_have_the_categories_that_the_ministry_counted() -> None:
    today = rules()
    found = {place: today.category(place) for place in today.territories}
    assert Counter(one.value for one in found.values() if one) == {Category.A: 36, Category.B: 24, Category.NONE: 15}
    assert len({territory.region.id for territory in today.territories.values()}) == len(today.regions) == 12
    region = {key: found[key] for key, place in today.territories.items() if place.region.id == "marrakech-safi"}
    assert {key: one.value for key, one in region.items() if one} == {
        "marrakech": Category.NONE, "safi": Category.A, "essaouira": Category.A, "al-haouz": Category.A,
        "chichaoua": Category.A, "el-kelaa-des-sraghna": Category.A, "rehamna": Category.A, "youssoufia": Category.A,
    }  # fmt: skip


def test_ten_sectors_are_priority_and_agriculture_is_outside() -> None:
    today = rules()
    treated = {sector: today.treatment(sector) for sector in today.sectors}
    inside = {sector for sector, one in treated.items() if one and one.priority}
    industry = {"industry", "agri-food", "pharmaceuticals", "medical-devices", "other-industry"}
    assert inside - industry == {
        "tourism", "digital", "transport", "outsourcing", "logistics", "culture", "aquaculture", "renewable-energy", "waste",
    }  # fmt: skip
    assert industry <= inside
    assert {sector for sector, one in treated.items() if one and one.scope is Scope.OUTSIDE} == {"agriculture"}
    assert {sector for sector, one in treated.items() if one and one.scope is Scope.PARTLY} == {"real-estate", "trade"}


def test_names_are_there_in_every_language() -> None:
    read = load_parameters()
    for one in (*read.territories.values(), *read.regions.values(), *read.sectors.values()):
        assert set(one.names) == set(Language)
        assert all(name.strip() == name and name for name in one.names.values())


def test_terms_are_those_of_the_glossary() -> None:
    terms = {term.id for term in load_glossary(PACKAGED_GLOSSARY).terms}
    read = load_parameters()
    assert {place.term for place in read.territories.values()} <= terms
    assert {sector.term for sector in read.sectors.values() if sector.term} <= terms
    assert len({place.term for place in read.territories.values()}) == 75


def english_sections() -> dict[str, str]:
    """The text of every section by `slug#anchor`."""
    return {
        f"{document.slug}#{section.anchor}": f"{section.heading} {section.body}"
        for document in packaged_corpus().documents
        if document.language is Language.EN
        for section in document.sections
    }


def test_every_section_that_a_figure_names_exists() -> None:
    named = {section for basis in bases() for section in basis.sections}
    assert named
    assert named <= english_sections().keys()


def test_every_figure_in_force_stands_in_a_section_that_it_names() -> None:
    texts = english_sections()
    in_words = {
        "premiums.sustainability_actions", "premiums.land_public_share", "approval.strategic_criteria",
        "approval.strategic_amount_defence",
    }  # fmt: skip
    for key, figure in rules().figures.items():
        share = figure.unit in {Unit.RATE, Unit.SHARE}
        written = f"{(figure.value * 100).normalize():f}%" if share else f"{figure.value.normalize():f}"
        stated = {one for section in figure.basis.sections for one in read_figures(texts[section], Language.EN)}
        assert (written in stated) is (key not in in_words), key


def test_official_and_press_figures_have_an_address_and_all_have_a_section() -> None:
    for basis in bases():
        assert basis.sections
        if basis.confidence is not Confidence.TO_CONFIRM:
            assert any(source.url for source in basis.sources)


def test_exchange_rates_are_indicative_and_complete() -> None:
    rates = rules().rates
    assert set(rates) == {"EUR", "USD", "CNY", "GBP", "SAR", "AED", "QAR"}
    assert all(rate.value > 0 and rate.basis.confidence is Confidence.TO_CONFIRM for rate in rates.values())


def test_a_changed_rule_is_a_further_value_and_the_old_one_still_holds_for_its_days(tmp_path: Path) -> None:
    line = "  - {value: 0.03, unit: rate, from: 2023-02-23, source: [casablanca-cri, amdie], confidence: official"
    new = (
        line.replace("from: 2023-02-23", "from: 2023-02-23, to: 2026-12-31")
        + "}\n"
        + line.replace("0.03", "0.04").replace("2023-02-23", "2027-01-01")
    )
    read = load_parameters(changed(tmp_path, "premiums.yaml", line, new))
    values = [read.on(day).figures["premiums.women_rate"].value for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert values == [Decimal("0.03"), Decimal("0.04")]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("eligibility.yaml", "main_jobs:", "main_job:", r"eligibility\.yaml, main_job: unknown name\. Known are: main_amount"),
        ("eligibility.yaml", "unit: jobs", "unit: MAD", r"eligibility\.yaml, main_jobs: the unit is MAD"),
        ("eligibility.yaml", "[map, head-of-government", "[rumour", r"main_jobs_alone: unknown source rumour.*sources\.yaml"),
        ("eligibility.yaml", "    source: [head-of-government, map, casablanca-cri, amdie]\n", "", r"main_amount.*source"),
        ("eligibility.yaml", "value: 50000000", "value: -1", r"eligibility\.yaml, main_amount"),
        ("eligibility.yaml", "value: 50000000", "value: many", r"eligibility\.yaml, main_amount"),
        ("eligibility.yaml", "from: 2023-03-20", "from: 2023-03-20\n    to: 2023-03-19", r"main_amount.*before `from`"),
        ("eligibility.yaml", "confidence: official", "confidence: certain", r"main_amount.*confidence"),
        ("eligibility.yaml", "sections: [eligibility#main-thresholds", "sections: [eligibility", r"main_amount.*sections"),
        ("premiums.yaml", "value: 0.05", "value: 5", r"premiums\.yaml, jobs_low_rate.*from 0 to 1, this is 5"),
        ("premiums.yaml", "women_rate:", "women_rate: []\nx:", r"premiums\.yaml, x: unknown name"),
        ("premiums.yaml", "source: [simulator], confidence: to-confirm", "source: [simulator], confidence: press", "no source has"),
        ("premiums.yaml", "unit: rate, from", "unit: rate, colour: red, from", r"jobs_low_rate.*colour"),
        ("territories.yaml", "region: oriental", "region: atlantis", r"territories\.yaml, nador: unknown region atlantis"),
        ("territories.yaml", "value: B", "value: C", r"territories\.yaml, al-hoceima"),
        ("territories.yaml", 'zh: "萨菲"', 'zh: ""', r"territories\.yaml, safi\.names\.zh"),
        ("sectors.yaml", "scope: outside", "scope: elsewhere", r"sectors\.yaml, agriculture"),
        ("exchange.yaml", "EUR:", "euro:", r"exchange\.yaml, euro: not a currency code"),
        ("exchange.yaml", "value: 10.8", "value: 0", r"exchange\.yaml, EUR: a rate of 0"),
        ("approval.yaml", "body: CRUI", "body: me", r"approval\.yaml, bodies"),
        ("approval.yaml", "bodies:", "body:", r"approval\.yaml, (body|bodies)"),
        ("sources.yaml", "url: https://www.cg.gov.ma", "url: www.cg.gov.ma", r"sources\.yaml, head-of-government\.url"),
        ("regions.yaml", "cri: {name", "cri: {title", r"regions\.yaml, tanger-tetouan-al-hoceima\.cri"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_name_and_key(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    with pytest.raises(ParametersError, match=says) as caught:
        load_parameters(changed(tmp_path, file, old, new))
    assert isinstance(caught.value, CharterError)
    assert caught.value.file == file


def test_values_whose_dates_overlap_are_refused_with_the_day_to_end_on(tmp_path: Path) -> None:
    entry = "{value: 0.03, unit: rate, from: 2023-02-23, source: [casablanca-cri, amdie], confidence: official"
    later = f"  - {entry.replace('2023-02-23', '2027-01-01')}}}\n  - {entry}"
    with pytest.raises(
        ParametersError, match=r"women_rate: the dates overlap from 2027-01-01 on\. Give .*to: 2026-12-31"
    ):
        load_parameters(changed(tmp_path, "premiums.yaml", f"  - {entry}", later))


@pytest.mark.parametrize("text", ["", "- a list", "key: [", "1: number"])
def test_a_file_that_holds_no_names_is_refused(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "parameters"
    shutil.copytree(PARAMETERS_FOLDER, folder)
    (folder / "premiums.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParametersError, match=r"premiums\.yaml: "):
        load_parameters(folder)


def test_a_figure_that_is_left_out_is_missed_by_name(tmp_path: Path) -> None:
    folder = changed(tmp_path, "eligibility.yaml", "main_amount:", "main_amount_old:")
    text = (folder / "eligibility.yaml").read_text(encoding="utf-8")
    (folder / "eligibility.yaml").write_text(text[text.index("main_jobs:") :], encoding="utf-8")
    with pytest.raises(ParametersError, match=r"eligibility\.yaml, main_amount: missing"):
        load_parameters(folder)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParametersError, match=r"sources\.yaml"):
        load_parameters(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("bound", "below", "at", "above"),
    [
        (Bound.AT_LEAST, False, True, True),
        (Bound.ABOVE, False, False, True),
        (Bound.BELOW, True, False, False),
        (Bound.AT_MOST, True, True, False),
    ],
)
def test_a_figure_is_compared_as_its_bound_says(bound: Bound, below: bool, at: bool, above: bool) -> None:
    figure = Figure("file.key", Decimal(5), Unit.JOBS, Period(TODAY), Basis(), bound)
    assert [figure.allows(given) for given in (4, 5, 6)] == [below, at, above]


def test_a_body_covers_an_amount_only_where_it_is_certain() -> None:
    period, limit = Period(TODAY), Decimal(250)
    region = Approval("main", Body.CRUI, period, Basis(), below=limit)
    nation = Approval("main", Body.CNI, period, Basis(), above=limit)
    assert [region.covers(Decimal(given)) for given in (249, 250, 251)] == [True, False, False]
    assert [nation.covers(Decimal(given)) for given in (249, 250, 251)] == [False, False, True]
    assert not region.covers(None)
    assert Approval("strategic", Body.CNI, period, Basis()).covers(None)


def test_two_bases_together_are_as_firm_as_the_weaker_and_name_everything_once() -> None:
    official, press = Basis((), Confidence.OFFICIAL, ("a#b",)), Basis((), Confidence.PRESS, ("a#b", "c#d"))
    assert official | press == Basis((), Confidence.PRESS, ("a#b", "c#d"))
    assert press | official == Basis((), Confidence.PRESS, ("a#b", "c#d"))
