"""Questions as a table for a spreadsheet: Arabic shows, and nothing that a visitor wrote is calculated."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.desk.question_groups import QuestionGroup

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "group", "group_title", "group_count", "question", "language", "asked_at", "status", "reason", "helpful",
    "cited_sections", "nearest_section",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CALCULATES = re.compile(r"^[\s\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069'\"]*[=+\-@＝＋－＠]")


def write_csv(
    groups: Iterable[QuestionGroup], *, separator: str = ";", headings: Mapping[str, str] | None = None
) -> str:
    """One line for each question, group by group; to be sent as UTF-8, the byte order mark stands in front.

    Args:
        groups: the groups in their order.
        separator: what the reader's spreadsheet expects: a semicolon where the comma is the decimal mark, as in French and Arabic.
        headings: other words for some of the `COLUMNS`.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_safe((headings or {}).get(column, column)) for column in COLUMNS])
    for group in groups:
        for question in group.questions:
            helpful = "" if question.helpful is None else ("yes" if question.helpful else "no")
            cells = (
                group.id, group.title, str(group.count), question.text, str(question.language),
                question.asked_at.isoformat(timespec="seconds"), str(question.status), str(question.reason or ""), helpful,
                " ".join(question.sections), group.nearest,
            )  # fmt: skip
            writer.writerow([_safe(cell) for cell in cells])
    return BYTE_ORDER_MARK + text.getvalue()


def _safe(cell: str) -> str:
    """The text on one line; an apostrophe in front where a spreadsheet would take it for a formula."""
    line = " ".join(_CONTROL.sub(" ", cell).split())
    return f"'{line}" if _CALCULATES.match(line) else line
