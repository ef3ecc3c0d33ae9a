"""The pictures of the first page: coverage by topic and language, questions over time; each with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from bot.desk.asked_questions import Outcome
from bot.desk.charts import Picture, TopicCoverage, count_coverage, coverage_chart, questions_over_time
from bot.desk.section_counts import Period
from bot.web.staff.visit import Visit
from bot.web.staff.words import LOCALES, Wording
from bot.web.text_html import direction
from corpus import Document, Language

MOST_TOPICS = 12
DAYS = 30


@dataclass(frozen=True)
class Shown:
    """A picture and its table as safe HTML."""

    svg: Markup
    table: Markup


def home_pictures(visit: Visit, documents: Sequence[Document]) -> dict[str, Shown | None]:
    """The pictures by their names in `texts/pictures`; none where there is nothing to show."""
    rows = count_coverage(documents, MOST_TOPICS)
    periods = visit.desk.listening.over_time(DAYS)
    return {
        "coverage": coverage_picture(visit.words, rows) if rows else None,
        "over_time": over_time_picture(visit.words, periods) if any(one.total for one in periods) else None,
    }


def coverage_picture(words: Wording, rows: Sequence[TopicCoverage]) -> Shown:
    """How many passages each topic has in each language."""
    return _shown(
        coverage_chart(
            rows, title=words.text("pictures.coverage.title"), description=words.text("pictures.coverage.description"),
            topic_heading=words.text("pictures.coverage.topic"), rtl=_rtl(words), topics=topic_names(words, rows),
            languages={one: words.text(f"frame.language_names.{one}") for one in Language},
        )
    )  # fmt: skip


def over_time_picture(words: Wording, periods: Sequence[Period]) -> Shown:
    """How questions ended, day by day."""

    def write_day(day: date) -> str:
        return str(format_date(day, "d MMM", locale=LOCALES[words.language]))

    return _shown(
        questions_over_time(
            periods, title=words.text("pictures.over_time.title"), description=words.text("pictures.over_time.description"),
            outcomes={one: words.text(f"pictures.over_time.outcome.{one}") for one in Outcome}, write_day=write_day,
            day_heading=words.text("pictures.over_time.day"), total_heading=words.text("pictures.over_time.total"),
            rtl=_rtl(words),
        )
    )  # fmt: skip


def topic_names(words: Wording, rows: Sequence[TopicCoverage]) -> Mapping[str, str]:
    """The topics that have a name in the language of the page; documents name them in English."""
    keys = {row.topic: f"pictures.topics.{row.topic.replace(' ', '_')}" for row in rows}
    return {topic: words.text(key) for topic, key in keys.items() if key in words}


def _rtl(words: Wording) -> bool:
    return direction(words.language) == "rtl"


def _shown(picture: Picture) -> Shown:
    return Shown(Markup(picture.svg), Markup(picture.table))  # noqa: S704 - the charts escape every text
