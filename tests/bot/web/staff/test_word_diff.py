"""Two texts word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.staff.word_diff import MOST_WORDS, DiffRow, Piece, diff_lines, diff_words


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("left", "right", "gone", "new"),
    [
        ("Au plus 30 % du total.", "Au plus 35 % du total.", "Au plus [30] % du total.", "Au plus [35] % du total."),
        ("same", "same", "same", "same"),
        ("", "new", "", "[new]"),
        ("لا يتجاوز 30% من المبلغ", "لا يتجاوز 40% من المبلغ", "لا يتجاوز [30]% من المبلغ", "لا يتجاوز [40]% من المبلغ"),
        ("上限是百分之三十", "上限是百分之四十", "上限是百分之[三]十", "上限是百分之[四]十"),
        ("one two three", "four five three", "[one two] three", "[four five] three"),
    ],
)  # fmt: skip
def test_what_differs_is_marked_word_by_word(left: str, right: str, gone: str, new: str) -> None:
    ours, theirs = diff_words(left, right)
    assert (marked(ours), marked(theirs)) == (gone, new)


@given(st.text("ab \n'中.", max_size=40), st.text("ab \n'中.", max_size=40))
def test_the_pieces_put_together_are_the_texts(left: str, right: str) -> None:
    ours, theirs = diff_words(left, right)
    assert ("".join(one.text for one in ours), "".join(one.text for one in theirs)) == (left, right)
    assert any(one.differs for one in (*ours, *theirs)) == (left != right)


def test_texts_too_long_to_compare_are_marked_whole() -> None:
    long = "word " * MOST_WORDS
    ours, theirs = diff_words(long, f"{long}more")
    assert [piece.differs for piece in (*ours, *theirs)] == [True, True]
    assert diff_words(long, long) == ((Piece(long),), (Piece(long),))
    assert diff_lines("x\n" * 2000, "x\n" * 2001)[0].differs


def test_long_equal_stretches_are_left_out_and_changed_lines_stand_beside_each_other() -> None:
    before = "\n".join(["a", "b", "c", "d", "e", "f", "g", "30 days", "end"])
    rows = diff_lines(before, before.replace("30 days\nend", "40 days\nfine\nmore"))
    assert [row.skipped for row in rows] == [0, 3, 0, 0]
    assert (marked(rows[-1].left), marked(rows[-1].right)) == ("[30] days\n[end]", "[40] days\n[fine\nmore]")
    assert [row.differs for row in rows] == [False, False, False, True]


LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=20)


@given(LINES, LINES)
def test_no_line_is_lost_on_either_side(left: list[str], right: list[str]) -> None:
    rows = diff_lines("\n".join(left), "\n".join(right))
    skipped = sum(row.skipped for row in rows)
    for lines, side in ((left, "left"), (right, "right")):
        shown = [line for row in rows for line in "".join(p.text for p in getattr(row, side)).splitlines() if line]
        expected = [line for line in "\n".join(lines).splitlines() if line]
        assert len(shown) + skipped >= len(expected)
        if not skipped:
            assert shown == expected


def test_as_many_changed_lines_are_compared_one_by_one() -> None:
    rows = diff_lines("keep\none 1\ntwo 2", "keep\none 3\ntwo 4")
    assert rows == [
        DiffRow((Piece("keep"),), (Piece("keep"),)),
        DiffRow((Piece("one "), Piece("1", True)), (Piece("one "), Piece("3", True))),
        DiffRow((Piece("two "), Piece("2", True)), (Piece("two "), Piece("4", True))),
    ]
    assert diff_lines("", "") == []
