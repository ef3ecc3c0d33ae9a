"""Cited passages as HTML."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.web.passage_html import passage_html


def test_paragraphs_lists_and_tables_are_kept() -> None:
    html = passage_html("One\ntwo.\n\n- a\n- **b**\n\n| H | I |\n|---|:--|\n| 1 | 2 |", ())
    assert html == (
        "<p>One two.</p><ul><li>a</li><li>b</li></ul>"
        '<div class="mq-table"><table><tr><th>H</th><th>I</th></tr><tr><td>1</td><td>2</td></tr></table></div>'
    )


def test_a_quote_is_marked_across_lines_and_emphasis() -> None:
    html = passage_html("The **cap** is\n30%. More.", ("The cap is 30%.",))
    assert html == "<p><mark>The cap is</mark> <mark>30%.</mark> More.</p>"


def test_a_quote_over_list_items_marks_each_of_them() -> None:
    html = passage_html("Lead:\n- one\n- two\n- three", ("one two",))
    assert html == "<p>Lead:</p><ul><li><mark>one</mark></li><li><mark>two</mark></li><li>three</li></ul>"


def test_steps_keep_their_numbers() -> None:
    html = passage_html("1. File.\n2. Wait.", ("File. Wait.",))
    assert html == "<ol><li><mark>File.</mark></li><li><mark>Wait.</mark></li></ol>"


def test_a_quoted_table_row_is_marked_whole() -> None:
    html = passage_html("| H | I |\n|---|---|\n| a | b |\n| c | d |", ("| c | d |",))
    assert "<tr><td><mark>c</mark></td><td><mark>d</mark></td></tr>" in html
    assert html.count("<mark>") == 2


def test_a_quote_that_is_not_there_marks_nothing() -> None:
    assert "<mark>" not in passage_html("Something else.", ("The cap is 30%.", ""))


def test_arabic_passages_keep_the_order_of_their_figures() -> None:
    assert passage_html("المرسوم رقم 2-23-1.", ("2-23-1",)) == (
        '<p>المرسوم رقم <mark><bdi dir="ltr">2-23-1</bdi></mark>.</p>'
    )


def test_links_keep_their_words_only() -> None:
    assert passage_html("See [the law](https://example.org/x).", ()) == "<p>See the law.</p>"


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_gives_balanced_marks_and_no_foreign_tag(text: str, quotes: list[str]) -> None:
    html = passage_html(text, tuple(quotes))
    assert html.count("<mark>") == html.count("</mark>")
    allowed = {"p", "ul", "li", "ol", "mark", "div", "table", "tr", "td", "th", "bdi"}
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= allowed
    unescape(html)
