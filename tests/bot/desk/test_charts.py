"""What the pictures show is what the documents and the journal hold, and the tables beside them say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.desk.asked_questions import Outcome
from bot.desk.charts import TopicCoverage, count_coverage, coverage_chart, questions_over_time, sparkline
from bot.desk.section_counts import Period
from corpus import Language
from corpus.loading import load_corpus

STYLE = Path(__file__).parents[3] / "bot" / "web" / "static" / "page.css"
NAMES = {Language.FR: "Français", Language.AR: "العربية"}
OUTCOMES = {Outcome.ANSWERED: "répondues", Outcome.UNANSWERED: "sans réponse"}
ROWS = [
    TopicCoverage("charter", {Language.FR: 4, Language.AR: 2}),
    TopicCoverage("tax <1>", {Language.FR: 3, Language.AR: 0}),
]
PERIODS = [
    Period(date(2026, 11, 1) + timedelta(days=day), 1, {Outcome.ANSWERED: day, Outcome.UNANSWERED: 2 * day})
    for day in range(20)
]


def coverage(**changed: object) -> object:
    words = {"title": "Couverture", "description": "Sections par sujet", "topic_heading": "Sujet", "languages": NAMES}
    return coverage_chart(ROWS, **words | changed)


def over_time(periods: list[Period] = PERIODS, **changed: object) -> object:
    words = {
        "title": "Questions",
        "description": "par jour",
        "outcomes": OUTCOMES,
        "day_heading": "Jour",
        "total_heading": "Total",
    }
    return questions_over_time(periods, **words | changed)


def elements(svg: str, name: str) -> Iterator[ET.Element]:
    return ET.fromstring(svg).iter(name)  # noqa: S314


def cells(table: str) -> list[list[str]]:
    return [[cell.text or "" for cell in row] for row in ET.fromstring(table).iter("tr")]  # noqa: S314


def test_the_largest_topics_are_counted_in_every_language(corpus_folder: Path) -> None:
    documents = [replace(one, topics=("all", one.slug)) for one in load_corpus(corpus_folder).documents]
    first, *others = count_coverage(documents)
    assert first.topic == "all"
    assert first.sections == {Language.AR: 1, Language.FR: 2, Language.EN: 5, Language.ZH: 2, Language.ES: 2}
    assert {one.topic for one in others} == {one.slug for one in documents}
    assert [one.topic for one in count_coverage(documents, most=1)] == ["all"]


def test_each_cell_of_the_coverage_has_its_number_and_a_missing_one_has_no_colour_but_a_frame() -> None:
    svg = coverage().svg
    assert [one.text for one in elements(svg, "text") if (one.text or "").isdigit()] == ["4", "2", "3", "0"]
    filled = [one for one in elements(svg, "rect") if one.get("fill") != "none"]
    assert len(filled) == 3
    assert len([one for one in elements(svg, "rect") if one.get("stroke-dasharray")]) == 1
    opacities = [float(one.get("fill-opacity", "1")) for one in filled]
    assert opacities[0] == opacities[2] > opacities[1], "the fullest language of each topic has full colour"


def test_the_tables_say_the_same_as_the_pictures() -> None:
    assert cells(coverage().table) == [["Sujet", "Français", "العربية"], ["charter", "4", "2"], ["tax <1>", "3", "0"]]
    table = cells(over_time().table)
    assert table[0] == ["Jour", "répondues", "sans réponse", "Total"]
    assert table[3] == ["2026-11-03", "2", "4", "6"]
    assert len(table) == 21


def test_topics_are_named_in_the_words_of_the_page() -> None:
    picture = coverage(topics={"charter": "الميثاق"}, rtl=True)
    assert "الميثاق" in picture.svg
    assert "الميثاق" in picture.table
    assert ">charter<" not in picture.svg


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other() -> None:
    bars = [one for one in elements(over_time().svg, "rect") if one.find("title") is not None]
    last = [one for one in bars if one.find("title").text.startswith("2026-11-20")]
    low, high = ((float(one.get("y")), float(one.get("height"))) for one in last)
    assert (high[1] + 1) / (low[1] + 1) == pytest.approx(2, abs=0.02)
    assert high[0] + high[1] + 1 == pytest.approx(low[0], abs=0.01)


def test_few_days_are_written_below_many_bars_and_today_is_one_of_them() -> None:
    days = [one.text for one in elements(over_time().svg, "text") if (one.text or "").startswith("2026")]
    assert len(days) <= 8
    assert days[-1] == "2026-11-20"


def test_what_was_not_answered_is_told_without_seeing_colours() -> None:
    fills = {one.get("fill") for one in elements(over_time().svg, "rect")}
    assert "url(#over-time-hatch)" in fills


@pytest.mark.parametrize("periods", [[], PERIODS[:1], [Period(date(2026, 1, 1), 7, {})]])
def test_a_time_without_questions_can_be_drawn(periods: list[Period]) -> None:
    assert len(cells(over_time(periods).table)) == 1 + len(periods)
    assert "<svg" in over_time(periods).svg


def test_coverage_without_documents_can_be_drawn() -> None:
    empty = coverage_chart([], title="t", description="d", topic_heading="s", languages=NAMES)
    assert cells(empty.table) == [["s", "Français", "العربية"]]


def test_a_trend_ends_in_a_dot_on_the_side_where_time_goes() -> None:
    svg = sparkline((0, 3, 6), title="3 semaines")
    (line,), (dot,) = elements(svg, "polyline"), elements(svg, "circle")
    points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert float(dot.get("cx")) == points[-1][0] == max(x for x, _ in points)
    (mirrored,) = elements(sparkline((0, 3, 6), title="3", rtl=True), "circle")
    assert float(mirrored.get("cx")) < 10
    (desc,) = elements(svg, "desc")
    assert desc.text == "0, 3, 6"


@pytest.mark.parametrize("trend", [(), (0,), (5,), (0, 0)])
def test_a_trend_of_nothing_can_be_drawn(trend: tuple[int, ...]) -> None:
    assert "<polyline" in sparkline(trend, title="t")


@pytest.mark.parametrize("svg", [coverage().svg, over_time().svg, sparkline((1, 2), title="t")])
def test_colours_are_variables_of_the_page_with_what_it_says_in_light(svg: str) -> None:
    style = STYLE.read_text(encoding="utf-8")
    used = re.findall(r"var\((--mq-[a-z-]+), (#[0-9a-f]{6})\)", svg)
    assert used
    assert all(f"{name}: {colour};" in style for name, colour in used)
    assert "style=" not in svg, "the content security policy of the page refuses it"
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {f"var({n}, {c})" for n, c in used} | {
        "none",
        "url(#over-time-hatch)",
    }


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_numbers_can_be_read_on_the_strongest_colour(theme: int) -> None:
    style = STYLE.read_text(encoding="utf-8")
    ink, paper, blue = (
        re.findall(rf"--mq-{name}: (#[0-9a-f]{{6}})", style)[theme] for name in ("ink", "paper", "blue")
    )
    strongest = max(float(one.get("fill-opacity", "0")) for one in elements(coverage().svg, "rect"))
    mixed = "#" + "".join(
        f"{round(int(blue[at : at + 2], 16) * strongest + int(paper[at : at + 2], 16) * (1 - strongest)):02x}"
        for at in (1, 3, 5)
    )
    light, dark = sorted((luminance(ink), luminance(mixed)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
