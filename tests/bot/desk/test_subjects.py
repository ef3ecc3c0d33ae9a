"""Whether two figures are of one thing at one time."""

from __future__ import annotations

from datetime import date

import pytest

from bot.desk.measures import read_said
from bot.desk.subjects import Statement, Subject, likeness, speaks_of_the_same
from corpus import Confidence, Kind, Language, Passage
from corpus.glossary import Glossary
from index import SearchIndex


def statement(glossary: Glossary, text: str, heading: str = "", *, listed: bool = False) -> Statement:
    passage = Passage(
        section_id="a#b", language=Language.EN, original_language=Language.EN, title="Results", heading=heading, text=text,
        kind=Kind.SUMMARY, publisher="Mithaq", published=date(2026, 1, 1), as_of=date(2026, 1, 1), url="", source_title="",
        confidence=Confidence.OFFICIAL,
    )  # fmt: skip
    return Statement(read_said(text, Language.EN, glossary), Subject.of(passage, glossary), 0, listed)


def same(here: Statement, there: Statement) -> bool:
    return speaks_of_the_same(here, here.said.measures[0], there, there.said.measures[0])


def alike(here: Statement, there: Statement, index: SearchIndex) -> float:
    return likeness(here, here.said.measures[0], there, there.said.measures[0], index)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("The territorial premium in Safi is 10%.", "The territorial premium in Safi is 15%.", True),
        ("The territorial premium in Safi is 10%.", "The territorial premium in Essaouira is 15%.", False),
        ("The territorial premium is 10%.", "The sectoral premium is 5%.", False),
        ("The ninth session approved 12 projects.", "The eighth session approved 47 projects.", False),
        ("The ninth session approved 12 projects.", "The 9th session approved 47 projects.", True),
        ("In all, 250 projects had been approved after nine sessions.", "310 had: in all 310 projects.", True),
        ("The CRI approved 12 projects.", "The National Investment Commission (CNI) approved 15 projects.", False),
        ("In tourism, 400 projects were approved.", "798 projects were approved.", False),
    ],
)
def test_another_place_sector_premium_institution_or_session_is_another_subject(
    glossary: Glossary, here: str, there: str, expected: bool
) -> None:
    assert same(statement(glossary, here), statement(glossary, there)) is expected


def test_what_the_heading_names_holds_for_the_statement(glossary: Glossary) -> None:
    here = statement(glossary, "The premium in Safi is 10%.")
    assert same(here, statement(glossary, "The premium is 15%.", heading="Which premium in Safi?"))
    assert not same(here, statement(glossary, "The premium is 15%.", heading="Which premium in Essaouira?"))


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("In 2024, the region approved 798 projects.", "In 2024, the region approved 812 projects.", True),
        ("In 2024, the region approved 798 projects.", "In 2023, the region approved 812 projects.", False),
        ("In 2024, the region approved 798 projects.", "The region approved 812 projects.", True),
        ("From January to May 2024, the region approved 635 projects.", "In 2024, it approved 812 projects.", False),
        ("By 2025 the region had approved 635 projects.", "By 2026 the region had approved 812 projects.", True),
    ],
)
def test_another_time_is_no_contradiction_unless_both_counts_run_on(
    glossary: Glossary, index: SearchIndex, here: str, there: str, expected: bool
) -> None:
    assert (alike(statement(glossary, here), statement(glossary, there), index) > 0) is expected


def test_the_more_words_around_the_figures_are_shared_the_more_alike_they_are(
    glossary: Glossary, index: SearchIndex
) -> None:
    here = statement(glossary, "The premiums may not exceed 35% of the investment.")
    near = statement(glossary, "The premiums may not exceed 30% of the amount.")
    far = statement(glossary, "A fee of 2% is due to the clerk of the court before noon.")
    assert alike(here, here, index) == pytest.approx(1)
    assert alike(here, near, index) > alike(here, far, index)


def test_an_item_of_a_list_is_read_with_its_heading(glossary: Glossary, index: SearchIndex) -> None:
    national = statement(glossary, "2023: 82 projects.", "National commission totals", listed=True)
    regional = statement(glossary, "2023: 547 projects.", "Regional centre results by year", listed=True)
    assert alike(national, regional, index) < 0.5
