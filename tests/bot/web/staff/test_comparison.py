from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.web.staff.comparison import MOST_LINES, compare_texts

LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=20)


@given(LINES, LINES)
def test_no_line_is_lost_on_either_side(left: list[str], right: list[str]) -> None:
    rows = compare_texts("\n".join(left), "\n".join(right))
    skipped = sum(row.skipped for row in rows)
    for lines, side in ((left, "left"), (right, "right")):
        shown = [line for row in rows for line in getattr(row, side).splitlines() if line]
        expected = [line for line in "\n".join(lines).splitlines() if line]
        assert len(shown) + skipped >= len(expected)
        if not skipped:
            assert shown == expected


def test_what_differs_is_marked_and_long_equal_stretches_are_cut() -> None:
    before = "\n".join(f"line {number}" for number in range(20))
    rows = compare_texts(before, before.replace("line 10", "line ten"))
    assert [(row.left, row.right) for row in rows if row.differs] == [("line 10", "line ten")]
    assert [row.skipped for row in rows if row.skipped] == [6, 5]


def test_very_long_texts_are_shown_whole() -> None:
    long = "x\n" * MOST_LINES
    (row,) = compare_texts(long, long + "y")
    assert row.differs
