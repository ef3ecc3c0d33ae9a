"""The elements of a page as blocks."""

from __future__ import annotations

import pytest
from lxml import html

from corpus.importing.html_blocks import blocks_of, spread_tables, text_of
from tests.corpus.importing.files import shown


def blocks(body: str) -> list[str]:
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    spread_tables(tree)
    return shown(list(blocks_of(tree.find("body"))))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("loose <b>words</b> <p>a<br>b</p> tail", ["loose words", "a\nb", "tail"]),
        ("<h1>T</h1><h3>  S  </h3><h2></h2>", ["# T", "### S"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>", ["- a", "  - b", "- c", "  - d"]),
        ("<ol><li>a</li><li>b</li></ol>", ["1. a", "2. b"]),
        ("<dl><dt>T :</dt><dd>x</dd><dd>y</dd></dl>", ["- T: x", "- T: y"]),
        ("<p>a<script>b</script><img alt=c>d</p><select><option>e</select>", ["ad"]),
        (
            "<p><a href='https://example.org'>example.org</a> <a href='https://a.b/x'>x</a></p>",
            ["example.org x (https://a.b/x)"],
        ),
        ("<table><tr><td><h2>H</h2></td><td><p>text</p></td></tr></table>", ["## H", "text"]),
        ("<span>a <div>b</div> c</span>", ["a", "b", "c"]),
    ],
)
def test_elements_become_what_they_look_like(body: str, expected: list[str]) -> None:
    assert blocks(body) == expected


def test_tables_within_tables_cannot_multiply() -> None:
    body = "<table><tr><td colspan=40 rowspan=99>" * 12 + "x" + "</td></tr></table>" * 12
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    spread_tables(tree)
    assert sum(1 for _ in tree.iter()) < 40 * 30


def test_the_words_of_an_element_stand_on_one_line() -> None:
    assert text_of(html.fragment_fromstring("<p> a <b>b</b>\n c<br>d</p>")) == "a b c d"
