"""Pictures of the desk: coverage by topic and language, questions over time, the trend of a group. Each has its table beside it.

The words come from the page. What is returned is safe HTML: every text in it is escaped. In the style sheet of the page:
`.mq-chart { max-width: 100%; height: auto; }`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from bot.desk.asked_questions import Outcome
from bot.desk.drawing import BLUE, INK, MUTED, Drawing
from corpus import Language

if TYPE_CHECKING:
    from datetime import date

    from bot.desk.section_counts import Period
    from corpus import Document

MOST_TOPICS = 16
_ROW, _CELL, _TOP, _LABEL = 30, 92, 34, 210
_FAINTEST, _STRONGEST = 0.06, 0.34  # behind a number in the colour of ink: readable in light and dark
_PLOT_WIDTH, _PLOT_HEIGHT, _AXIS, _MARGIN = 720, 220, 40, 16
_BOTTOM = 40 + _PLOT_HEIGHT
_MOST_MARKS = 8
_COLOURS = {
    Outcome.ANSWERED: "var(--mq-good, #2f6b46)",
    Outcome.CAUTIOUS: "var(--mq-ochre, #c48a2c)",
    Outcome.UNANSWERED: "var(--mq-clay, #a94a22)",
    Outcome.REFUSED: "var(--mq-line-strong, #8f7f6c)",
}


@dataclass(frozen=True)
class Picture:
    """An inline SVG and a table that says the same."""

    svg: str
    table: str


@dataclass(frozen=True)
class TopicCoverage:
    """How many sections with a topic there are in each language."""

    topic: str
    sections: Mapping[Language, int]


def count_coverage(documents: Sequence[Document], most: int = MOST_TOPICS) -> tuple[TopicCoverage, ...]:
    """The topics with most sections, counted in each language; the largest first, then by name."""
    counts: dict[str, dict[Language, int]] = {}
    for document in documents:
        for topic in document.topics:
            own = counts.setdefault(topic, dict.fromkeys(Language, 0))
            own[document.language] += len(document.sections)
    largest = sorted(counts, key=lambda topic: (-max(counts[topic].values()), topic))[:most]
    return tuple(TopicCoverage(topic, counts[topic]) for topic in largest)


def coverage_chart(
    rows: Sequence[TopicCoverage],
    *,
    title: str,
    description: str,
    topic_heading: str,
    languages: Mapping[Language, str],
    topics: Mapping[str, str] | None = None,
    rtl: bool = False,
    name: str = "coverage",
) -> Picture:
    """Topics by languages as a heat map with numbers: full colour where a language has all, a dashed cell where it has nothing.

    Args:
        rows: what `count_coverage` gives.
        title: says what is shown.
        description: says the same at more length for those who do not see it.
        topic_heading: heading of the column of topics.
        languages: the columns in their order with their names.
        topics: other names for topics.
        rtl: whether the page runs from right to left.
        name: begins the ids in the picture.
    """
    drawing = Drawing(name, _LABEL + _CELL * len(languages), _TOP + _ROW * max(len(rows), 1) + 4, rtl=rtl)
    for column, language in enumerate(languages.values()):
        drawing.write(_LABEL + (column + 0.5) * _CELL, _TOP - 12, language, anchor="middle", weight=600)
    for place, row in enumerate(rows):
        _draw_topic(drawing, _TOP + place * _ROW, _named(row.topic, topics), row.sections, languages)
    cells = [[_named(row.topic, topics), *(str(row.sections.get(one, 0)) for one in languages)] for row in rows]
    return Picture(drawing.svg(title, description), _table(title, [topic_heading, *languages.values()], cells))


def questions_over_time(
    periods: Sequence[Period],
    *,
    title: str,
    description: str,
    outcomes: Mapping[Outcome, str],
    day_heading: str,
    total_heading: str,
    write_day: Callable[[date], str] = str,
    rtl: bool = False,
    name: str = "over-time",
) -> Picture:
    """How questions ended from period to period, as stacked bars with a legend; the time runs with the lines of the page.

    Args:
        periods: what `Listening.over_time` gives.
        title: says what is shown.
        description: says the same at more length for those who do not see it.
        outcomes: a name for each outcome, drawn in this order from below.
        day_heading: heading of the column of days.
        total_heading: heading of the column of totals.
        write_day: how a day is written.
        rtl: whether the page runs from right to left.
        name: begins the ids in the picture.
    """
    drawing = Drawing(name, _PLOT_WIDTH + _MARGIN, _BOTTOM + 32, rtl=rtl)
    _draw_periods(drawing, [(one, write_day(one.start)) for one in periods], outcomes)
    rows = [
        [write_day(one.start), *(str(one.counts.get(outcome, 0)) for outcome in outcomes), str(one.total)]
        for one in periods
    ]
    return Picture(
        drawing.svg(title, description), _table(title, [day_heading, *outcomes.values(), total_heading], rows)
    )


def sparkline(trend: Sequence[int], *, title: str, rtl: bool = False, name: str = "trend") -> str:
    """The trend of a group as a small line; `title` is read aloud, with the numbers behind it."""
    width, height, edge = 96.0, 24.0, 3.0
    drawing = Drawing(name, width, height, rtl=rtl)
    most, steps = max(trend, default=0) or 1, max(len(trend) - 1, 1)
    points = [
        (edge + (width - 2 * edge) * place / steps, height - edge - (height - 2 * edge) * count / most)
        for place, count in enumerate(trend)
    ]
    drawing.curve(points or [(edge, height - edge)], BLUE)
    return drawing.svg(title, ", ".join(str(count) for count in trend))


def _draw_topic(
    drawing: Drawing, top: float, topic: str, sections: Mapping[Language, int], languages: Mapping[Language, str]
) -> None:
    fullest = max(sections.values(), default=0)
    drawing.write(_LABEL - 12, top + 19, topic, anchor="end")
    for column, (language, shown) in enumerate(languages.items()):
        left, count = _LABEL + column * _CELL, sections.get(language, 0)
        box = (left + 2, top + 2, _CELL - 4, _ROW - 4)
        if count:
            opacity = _FAINTEST + (_STRONGEST - _FAINTEST) * count / fullest
            drawing.box(*box, BLUE, opacity=opacity, told=f"{topic}, {shown}: {count}")
        else:
            drawing.frame(*box, _COLOURS[Outcome.UNANSWERED])
        drawing.write(left + _CELL / 2, top + 19, str(count), anchor="middle", weight=400 if count else 700)


def _draw_periods(drawing: Drawing, periods: Sequence[tuple[Period, str]], outcomes: Mapping[Outcome, str]) -> None:
    """Legend, scale and bars of periods, each with its day as it is written; eight days at most are written below."""
    fills = dict(_COLOURS) | {Outcome.UNANSWERED: drawing.hatch(_COLOURS[Outcome.UNANSWERED])}
    _draw_legend(drawing, [(fills[one], word) for one, word in outcomes.items()])
    reach = _round_up(max((period.total for period, _ in periods), default=0))
    for share in (0, 1, 2):
        drawing.rule(_AXIS, _BOTTOM - _PLOT_HEIGHT * share / 2, _PLOT_WIDTH - _AXIS)
        height = _BOTTOM - _PLOT_HEIGHT * share / 2 + 4
        drawing.write(_AXIS - 8, height, f"{reach * share // 2}", anchor="end", size=12, fill=MUTED)
    step = (_PLOT_WIDTH - _AXIS) / max(len(periods), 1)
    every = -(-len(periods) // _MOST_MARKS) or 1
    for place, (period, day) in enumerate(periods):
        left = _AXIS + place * step
        stretches = [
            (count, fills[outcome], f"{day}, {word}: {count}")
            for outcome, word in outcomes.items()
            if (count := period.counts.get(outcome, 0))
        ]
        _draw_bar(drawing, left + step * 0.14, step * 0.72, stretches, reach)
        if (len(periods) - 1 - place) % every == 0:
            drawing.write(left + step / 2, _BOTTOM + 20, day, anchor="middle", size=12, fill=MUTED)


def _draw_bar(
    drawing: Drawing, left: float, width: float, stretches: Sequence[tuple[int, str, str]], reach: int
) -> None:
    """Stretches from below, each a number, its fill and what it tells, with a fine gap between them."""
    bottom = float(_BOTTOM)
    for count, fill, told in stretches:
        height = _PLOT_HEIGHT * count / reach
        bottom -= height
        drawing.box(left, bottom, width, max(height - 1, 0.5), fill, told=told)


def _draw_legend(drawing: Drawing, entries: Sequence[tuple[str, str]]) -> None:
    width = (_PLOT_WIDTH - _AXIS) / max(len(entries), 1)
    for place, (fill, word) in enumerate(entries):
        left = _AXIS + place * width
        drawing.box(left, 4, 14, 14, fill)
        drawing.write(left + 20, 16, word, size=12, fill=INK)


def _named(topic: str, topics: Mapping[str, str] | None) -> str:
    return (topics or {}).get(topic, topic)


def _round_up(most: int) -> int:
    """The next number of which the half is whole and that is easily read."""
    magnitude = 1
    while most > 10 * magnitude:
        magnitude *= 10
    return next(step * magnitude for step in (2, 4, 6, 8, 10) if step * magnitude >= most)


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<table class="mq-chart-table"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
