"""Outside text as inert text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.inert import inert, inert_heading, inert_item, inert_lines, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "‹script›alert(1)‹/script›"),
        ("<img src=x onerror=alert(1)", "‹img src=x onerror=alert(1)›"),
        ("a < b and 3 > 2", "a < b and 3 > 2"),
        ("[here](javascript:alert(1))", "[here] (javascript:alert(1))"),
        ("![x](https://spy.example/p.png)", "![x] (https://spy.example/p.png)"),
        ("[x]: https://spy.example", "[x] : https://spy.example"),
        ("## A heading {#cap .unknown}", "A heading (#cap .unknown)"),
        ("# # Twice", "Twice"),
        ("{.unknown}", "(.unknown)"),
        ("---", ""),
        ("===", ""),
        ("```python", "'python"),
        ("#1 in exports", "#1 in exports"),
        ("50\u00a0000\u202fDH", "50 000 DH"),
        ("ﻻﺳﺗﺛﻣﺎر", "لاستثمار"),
        ("e\u0301te\u0301 \u202ereversed\u202c", "été reversed"),
        ("\uf0b7 point\ue000", "point"),
    ],
)
def test_text_from_outside_is_only_words(text: str, expected: str) -> None:
    assert inert(text) == expected


@given(st.text(alphabet="<>[](){}#.-=`~|ab \n\t!/:&;*_\\", max_size=60))
def test_no_text_can_become_a_tag_a_link_a_heading_an_anchor_or_a_rule(text: str) -> None:
    for line in [inert(text), *inert_lines(text), inert_item(text), inert_heading(text)]:
        assert not re.search(r"<[A-Za-z/!?]", line)
        assert not re.search(r"\][(\[:]", line)
        assert not re.match(r"#{1,6}(\s|$)", line)
        assert not re.search(r"\{\s*[#.:]", line)
        assert not re.fullmatch(r"[-=*_~]{3,}", line)
        assert "```" not in line
        assert "\n" not in line


def test_a_heading_has_no_braces_and_an_end() -> None:
    assert inert_heading("Cap {of} it ##") == "Cap (of) it"
    assert len(inert_heading("x" * 500)) == 200


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "https://a b", "ftp://x.example", 'https://x"y', "//x", ""]
)
def test_only_web_addresses_are_shown(target: str) -> None:
    assert web_address(target) == ""


def test_a_web_address_is_shown_as_it_is() -> None:
    assert web_address(" https://example.org/a?b=1#c ") == "https://example.org/a?b=1#c"
