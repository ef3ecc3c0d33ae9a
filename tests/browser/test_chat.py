"""What a visitor sees and does, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.messages import load_texts
from corpus import Language
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TEXTS = load_texts()


def ask(page: Page, question: str) -> Any:
    """Type and send; the finished answer."""
    turns = page.locator(".mq-turn").count()
    field = page.locator("#mq-question textarea")
    field.fill(question)
    field.press("Enter")
    expect(page.locator(".mq-turn")).to_have_count(turns + 1)
    answer = page.locator("#mq-current [data-done='1']")
    expect(answer).to_be_visible()
    return answer


def width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_an_answer_comes_with_its_sources(open_page: Any) -> None:
    page = open_page()
    answer = ask(page, "Which premiums exist?")
    expect(answer.locator(".mq-text")).to_contain_text("30% of the eligible investment amount")
    expect(answer.locator(".mq-cite").first).to_have_text("1")
    expect(answer.locator(".mq-source")).to_have_count(2)
    expect(page.locator("#mq-question textarea")).to_have_value("")
    expect(page.locator("#mq-start")).to_be_hidden()


def test_a_follow_up_is_shown_as_it_was_understood(open_page: Any) -> None:
    page = open_page()
    expect(ask(page, "Which premiums exist?").locator(".mq-understood")).to_have_count(0)
    answer = ask(page, "And in Safi?")
    expect(answer.locator(".mq-understood")).to_contain_text("Which premiums exist? And in Safi?")


def test_a_citation_opens_the_passage_with_the_sentence_marked(open_page: Any) -> None:
    page = open_page()
    answer = ask(page, "Which premiums exist?")
    mark = answer.locator(".mq-cite").first
    expect(answer.locator(".mq-passage").first).to_be_hidden()
    mark.click()
    expect(mark).to_have_attribute("aria-expanded", "true")
    expect(answer.locator(".mq-passage mark").first).to_be_in_viewport()
    expect(answer.locator(".mq-passage mark").first).to_contain_text("may reach 30%")
    expect(answer.locator(".mq-passage mark.mq-now")).to_have_count(1)
    expect(answer.locator(".mq-source").first).to_contain_text("12 December 2022")
    link = answer.locator("a.mq-open").first
    assert link.get_attribute("href") == "https://example.org/charter"
    assert link.get_attribute("rel") == "noopener noreferrer"
    mark.click()
    expect(answer.locator(".mq-passage").first).to_be_hidden()


def test_the_whole_page_speaks_arabic_and_keeps_the_conversation(open_page: Any) -> None:
    page = open_page()
    ask(page, "Which premiums exist?").locator(".mq-cite").first.click()
    page.locator("a[data-language=ar]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    words = TEXTS[Language.AR].ui
    expect(page.locator("#mq-send")).to_have_text(words["send"])
    expect(page.locator("#mq-clear")).to_have_text(words["clear"])
    expect(page.locator("#mq-question textarea")).to_have_attribute("placeholder", words["placeholder"])
    expect(page.locator(".mq-caution")).to_have_text(words["caution"])
    expect(page.locator(".mq-sources h3")).to_have_text(words["sources"])
    expect(page.locator(".mq-text")).to_contain_text("30% of the eligible investment amount")
    expect(page.locator(".mq-passage").first).to_be_visible()
    assert "lang=ar" in page.url
    page.locator("#mq-clear").click()
    expect(page.locator("#mq-start")).to_be_visible()
    expect(page.locator(".mq-chip").first).to_have_text("ما المنح المتاحة؟")
    expect(ask(page, "ما هي المنح؟").locator(".mq-text")).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize("language", list(Language))
def test_every_language_opens_with_its_own_words(open_page: Any, language: Language) -> None:
    page = open_page(language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".mq-welcome h2")).to_have_text(TEXTS[language].ui["hero_title"])
    assert page.title() == TEXTS[language].ui["page_title"]


def test_the_browser_chooses_the_language_when_the_address_does_not(open_page: Any) -> None:
    page = open_page("", locale="es-ES")
    expect(page.locator("html")).to_have_attribute("lang", "es")


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh", "es"])
def test_a_phone_shows_everything_without_scrolling_sideways(open_page: Any, language: str) -> None:
    page = open_page(language, **PHONE)
    assert width(page) == 390
    expect(page.locator("#mq-question textarea")).to_be_in_viewport(ratio=1)
    ask(page, "x" * 400).locator(".mq-cite").first.click()
    assert width(page) == 390
    for name in ("#mq-question textarea", "#mq-send", ".mq-languages", ".mq-theme"):
        expect(page.locator(name)).to_be_in_viewport(ratio=1)


def test_a_suggested_question_is_asked_with_a_click(open_page: Any) -> None:
    page = open_page()
    page.locator(".mq-chip").first.click()
    expect(page.locator(".mq-question")).to_contain_text("Which premiums exist?")
    expect(page.locator("#mq-current [data-done='1']")).to_be_visible()


@pytest.mark.parametrize("status", ["not_in_corpus", "out_of_scope", "partly_answered"])
def test_other_outcomes_are_named(open_page: Any, status: str) -> None:
    answer = ask(open_page(), status)
    expect(answer.locator(".mq-badge")).to_have_text(TEXTS[Language.EN].ui[f"badge_{status}"])
    expect(answer.locator(".mq-sources")).to_have_count(1 if status == "partly_answered" else 0)


def test_a_failure_is_told_and_the_question_stays(open_page: Any) -> None:
    page = open_page()
    answer = ask(page, "please fail")
    expect(answer.locator(".mq-badge")).to_have_text(TEXTS[Language.EN].ui["badge_error"])
    expect(page.locator("#mq-question textarea")).to_have_value("please fail")


def test_pasted_html_is_text(open_page: Any) -> None:
    page = open_page()
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)><b>x</b> [a](javascript:alert(3)) $x$ **y**"
    ask(page, attack)
    expect(page.locator(".mq-question p")).to_have_text(attack)
    expect(page.locator(".mq-question").locator("img, script, b, a, strong")).to_have_count(0)


def test_the_keyboard_is_enough(open_page: Any) -> None:
    page = open_page()
    ask(page, "Which premiums exist?")
    page.locator(".mq-cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mq-passage").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".mq-passage").first).to_be_hidden()


def test_a_passage_that_is_closed_stays_closed_though_the_page_learns_of_it_late(open_page: Any) -> None:
    page = open_page()
    answer = ask(page, "Which premiums exist?")
    cite, passage = answer.locator(".mq-cite").first, page.locator(".mq-passage").first
    cite.click()
    expect(passage).to_be_visible()
    expect(cite).to_have_attribute("aria-expanded", "true")
    page.evaluate("addEventListener('toggle', (event) => event.stopImmediatePropagation(), { capture: true })")
    page.keyboard.press("Enter")
    expect(passage).to_be_hidden()
    page.evaluate("() => { document.body.append(document.createElement('i')); }")  # the page looks at itself again
    page.wait_for_timeout(200)
    expect(passage).to_be_hidden()


def test_a_finished_answer_is_announced_once(open_page: Any) -> None:
    page = open_page()
    ask(page, "out_of_scope")
    live = page.locator("body > [aria-live=polite]")
    expect(live).to_contain_text(TEXTS[Language.EN].ui["badge_out_of_scope"])


def test_the_look_is_remembered(open_page: Any) -> None:
    page = open_page(color_scheme="light")
    page.locator(".mq-theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".mq-theme")).to_have_attribute("aria-label", TEXTS[Language.EN].ui["theme_light"])
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_an_opinion_reaches_the_journal_and_can_be_taken_back(open_page: Any, server_log: Path) -> None:
    page = open_page()
    answer = ask(page, "Which premiums exist?")
    name = answer.get_attribute("data-answer")
    thumb = answer.locator(".mq-thumb--up")
    for helpful, pressed in ((True, "true"), (None, "false")):
        thumb.click()
        expect(thumb).to_have_attribute("aria-pressed", pressed)
        line = json.dumps([name, helpful, "answered", "en", ["charter#premiums-1", "charter#premiums-2"]])
        until(
            page, lambda line=line: line in server_log.read_text(encoding="utf-8"), f"the journal does not say {line}"
        )


def test_an_answer_is_copied_with_its_sources(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    button = ask(page, "Which premiums exist?").locator(".mq-copy")
    button.click()
    expect(button).to_have_text(TEXTS[Language.EN].ui["copied"])
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "30% of the eligible investment amount. [1]" in copied
    assert "https://example.org/charter" in copied


def test_a_lost_connection_is_told_in_the_language_of_the_page(open_page: Any) -> None:
    page = open_page("fr")
    page.context.set_offline(True)
    field = page.locator("#mq-question textarea")
    field.fill("Quelles primes ?")
    field.press("Enter")
    expect(page.locator("#mq-notice")).to_have_text(TEXTS[Language.FR].ui["connection_lost"])
    expect(field).to_have_value("Quelles primes ?")
    open_page.troubles.clear()


def test_nothing_of_gradio_shows(open_page: Any) -> None:
    page = open_page()
    expect(page.locator("footer")).to_have_count(0)
    assert "gradio" not in page.locator("body").inner_text().lower()
