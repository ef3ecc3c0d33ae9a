"""A picture is well-formed, says what it shows, and is mirrored where lines run from right to left."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.desk.drawing import Drawing


def drawn(*, rtl: bool = False) -> Drawing:
    drawing = Drawing("d", 200, 100, rtl=rtl)
    drawing.box(10, 20, 30, 40, "red", told="<ten>")
    drawing.write(10, 50, "a & b", anchor="end")
    drawing.curve([(0, 1), (50, 2)], "blue")
    drawing.frame(5, 5, 10, 10, "blue")
    return drawing


def parsed(drawing: Drawing) -> Any:
    return ET.fromstring(drawing.svg("Title <1>", "All & more"))  # noqa: S314


def test_the_picture_is_read_aloud_by_its_title_and_description() -> None:
    root = parsed(drawn())
    assert root.get("role") == "img"
    told = [root.find(f"{name}") for name in ("title", "desc")]
    assert root.get("aria-labelledby") == " ".join(one.get("id") for one in told)
    assert [one.text for one in told] == ["Title <1>", "All & more"]


def test_texts_are_escaped() -> None:
    root = parsed(drawn())
    assert root.find("text").text == "a & b"
    assert root.find("rect/title").text == "<ten>"


@pytest.mark.parametrize(
    ("rtl", "left", "at", "points"),
    [(False, "10", "10", "0.0,1.0 50.0,2.0"), (True, "160", "190", "200.0,1.0 150.0,2.0")],
)
def test_where_lines_run_from_right_to_left_everything_is_mirrored(rtl: bool, left: str, at: str, points: str) -> None:
    root = parsed(drawn(rtl=rtl))
    assert root.get("direction") == ("rtl" if rtl else "ltr")
    assert (root.find("rect").get("x"), root.find("text").get("x")) == (left, at)
    assert root.find("text").get("text-anchor") == "end", "an anchor is told from where lines begin"
    assert root.find("polyline").get("points") == points


def test_a_hatch_is_a_fill_of_this_picture_alone() -> None:
    drawing = Drawing("mine", 10, 10)
    assert drawing.hatch("red") == "url(#mine-hatch)"
    assert parsed(drawing).find("defs/pattern").get("id") == "mine-hatch"
