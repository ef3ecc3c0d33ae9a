"""Outside text as HTML."""

from __future__ import annotations

import pytest

from bot.web.text_html import clean, ended_html, glued, linked_html, text_html


def test_figures_and_latin_names_are_isolated_in_arabic() -> None:
    html = text_html("القانون رقم 03-22 يمنح 30% (CRI) و50 000 درهم")
    for run in ("03-22", "30%", "CRI", "50\u00a0000"):
        assert f'<bdi dir="ltr">{run}</bdi>' in html
    assert "<bdi" not in text_html("Law 03-22")


def test_addresses_become_links_without_the_words_around_them() -> None:
    html = linked_html("(CRI): www.cri-invest.ma وwww.ccisrms.ma.")
    assert 'href="https://www.cri-invest.ma"' in html
    assert 'href="https://www.ccisrms.ma"' in html
    assert linked_html("mail a@www.x.ma") == "mail a@www.x.ma"


def test_lines_do_not_end_inside_figures() -> None:
    assert glued("50 000 000 et 30 % ; « oui » ?") == (
        "50\u00a0000\u00a0000 et 30\u00a0%\u00a0; «\u00a0oui\u00a0»\u00a0?"
    )


def test_marks_stay_with_the_last_word() -> None:
    assert ended_html("The cap is 30%.", "<i>1</i>") == 'The cap is <span class="mq-end">30%.&nbsp;<i>1</i></span>'
    assert ended_html("上限为30%。", "<i>1</i>") == "上限为30%。&nbsp;<i>1</i>"
    assert ended_html("The cap", "") == "The cap"
    assert ended_html("المنحة (10%).", "<i>1</i>").startswith('المنحة <span class="mq-end">')


def test_a_latin_name_at_the_end_of_an_arabic_sentence_is_not_torn() -> None:
    assert '<bdi dir="ltr">Morocco Now</bdi>&nbsp;<i>1</i>' in ended_html("علامة Morocco Now", "<i>1</i>")


@pytest.mark.parametrize("text", ["\ud800", "\x00\x07", "a\udfffb"])
def test_cleaned_text_can_be_encoded(text: str) -> None:
    clean(text).encode("utf-8")
    assert "\ufffd" in clean(text)
