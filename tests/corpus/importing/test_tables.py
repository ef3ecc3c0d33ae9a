"""Tables of any format."""

from __future__ import annotations

import pytest

from corpus.importing.tables import is_caption, table_blocks
from tests.corpus.importing.files import shown


@pytest.mark.parametrize(
    ("rows", "heads", "expected"),
    [
        ([["A", "B"], ["1", "2"]], 1, ["= A | B", "| 1 | 2"]),
        ([["A", "B"], ["c", "2"]], 0, ["= A | B", "| c | 2"]),
        ([["A", "B", "C"], ["d", "e", "f"]], 0, ["= A | B | C", "| d | e | f"]),
        ([["Day", "3 March"], ["Place", "Safi"]], 0, ["| Day | 3 March", "| Place | Safi"]),
        ([["A", "A", "B"], ["1", "2", "3"]], 0, ["| A | A | B", "| 1 | 2 | 3"]),
        ([["T", "T"], ["A", "B"], ["1", "2"]], 2, ["= T – A | T – B", "| 1 | 2"]),
        ([["A", "B"], ["", " "], ["1"]], 1, ["= A | B", "| 1 | "]),
        ([["only", "one row"]], 0, ["only", "one row"]),
        ([["one"], ["column"]], 1, ["one", "column"]),
        ([], 0, []),
    ],
)
def test_a_table_knows_whether_its_first_row_names_the_columns(
    rows: list[list[str]], heads: int, expected: list[str]
) -> None:
    assert shown(table_blocks(rows, heads=heads)) == expected


@pytest.mark.parametrize(
    ("text", "caption"),
    [("Tableau 1 : taux", True), ("جدول النسب", True), ("Le tableau", False), ("Table " * 40, False)],
)
def test_a_caption_is_a_short_line_that_calls_itself_a_table(text: str, caption: bool) -> None:
    assert is_caption(text) is caption
