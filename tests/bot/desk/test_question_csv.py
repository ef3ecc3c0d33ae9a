"""The table opens in a spreadsheet as what it is: text, in any script, and no formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.question_csv import BYTE_ORDER_MARK, COLUMNS, write_csv
from bot.desk.question_groups import QuestionGroup
from corpus import Language
from tests.bot.desk.listening_doubles import NOW, Asked


def group(*texts: str, **changed: object) -> QuestionGroup:
    questions = tuple(Asked(text, Language.AR, id=str(number), **changed) for number, text in enumerate(texts))
    return QuestionGroup(
        "0", texts[0], len(texts), {Language.AR: len(texts)}, (1,), questions, questions, "charter#cap"
    )


def rows(table: str, separator: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.removeprefix(BYTE_ORDER_MARK)), delimiter=separator))


def test_arabic_and_chinese_come_out_as_they_went_in_behind_a_byte_order_mark() -> None:
    table = write_csv([group("ما هو السقف؟", "上限是多少？")])
    assert table.encode().startswith(b"\xef\xbb\xbf")
    assert [row["question"] for row in rows(table)] == ["ما هو السقف؟", "上限是多少？"]


def test_each_question_has_its_group_its_end_and_its_sections() -> None:
    (row,) = rows(write_csv([group("x", helpful=False, sections=("a#b", "c#d"))]))
    assert tuple(row) == COLUMNS
    assert row == {
        "group": "0", "group_title": "x", "group_count": "1", "question": "x", "language": "ar",
        "asked_at": NOW.isoformat(timespec="seconds"), "status": "not_in_corpus", "reason": "not_found", "helpful": "no",
        "cited_sections": "a#b c#d", "nearest_section": "charter#cap",
    }  # fmt: skip
    assert datetime.fromisoformat(row["asked_at"]) == NOW


@pytest.mark.parametrize(
    "attack",
    [
        "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\u200f=1", "'=1",
        '"=1', "＝1+1", "－1", "=HYPERLINK(\"http://x\";\"y\")", "\x00=1",
    ],
)  # fmt: skip
def test_nothing_that_was_asked_is_calculated(attack: str) -> None:
    (row,) = rows(write_csv([group(attack)]))
    assert row["question"].startswith("'")
    assert row["group_title"].startswith("'")


@given(text=st.text(max_size=40), separator=st.sampled_from([";", ",", "\t"]))
def test_whatever_is_asked_stays_in_its_cell_and_on_its_line(text: str, separator: str) -> None:
    table = write_csv([group(text, "next")], separator=separator)
    assert len(table.split("\r\n")) == 4
    assert [row["language"] for row in rows(table, separator)] == ["ar", "ar"]
    shown = rows(table, separator)[0]["question"]
    assert not shown.lstrip().startswith(("=", "+", "-", "@"))


def test_headings_can_be_said_in_the_words_of_the_page() -> None:
    table = write_csv([], headings={"question": "السؤال"})
    assert '"السؤال"' in table
    assert '"language"' in table
