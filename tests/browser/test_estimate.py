"""The estimate in a real browser: the form, two places side by side, the bar, and the way to the chat."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.messages import load_texts
from bot.web.form_texts import load_form_texts
from corpus import Language

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TEXTS = load_texts()
WORDS = load_form_texts()


def to_estimate(page: Page, language: Language) -> None:
    """From the chat by its tab."""
    page.locator(".mq-tabs a", has_text=TEXTS[language].ui["tab_estimate"]).click()
    expect(page.locator("#mq-form")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language.value)


def fill_factory(page: Page) -> None:
    """A factory, to be compared in Safi and Marrakech."""
    page.locator("#f-amount").fill("200000000")
    page.locator("#f-jobs").fill("350")
    page.locator("#f-sector").select_option("other-industry")
    page.locator("#f-place").select_option("safi")
    page.locator("#f-place-1").select_option("marrakech")
    page.locator(".mq-buttons button").click()
    expect(page.locator("#mq-result")).to_be_visible()


def left_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"]


def width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_a_project_is_estimated_compared_and_asked_about(
    open_page: Any, language: Language, device: dict[str, Any]
) -> None:
    page = open_page(language.value, **device)
    to_estimate(page, language)
    fill_factory(page)
    compared = page.locator(".mq-compared")
    expect(compared.locator("thead th")).to_have_count(2)
    expect(compared.locator(".mq-best")).to_have_text(WORDS[language].result.words["highest"])
    bar = page.locator(".mq-bar svg").first
    expect(bar).to_be_visible()
    assert "30" in (bar.get_attribute("aria-label") or "")
    first, cap = left_of(page, ".mq-bar rect"), left_of(page, ".mq-bar line")
    assert (first < cap) is (language is not Language.AR)
    assert width(page) <= page.viewport_size["width"]
    expect(page.locator("details.mq-place").nth(1).locator(".mq-total")).to_be_hidden()
    page.locator("details.mq-place summary").nth(1).click()
    expect(page.locator("details.mq-place").nth(1).locator(".mq-total")).to_be_visible()

    page.locator(".mq-next .mq-button").click()
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    question = page.locator("#mq-question textarea")
    expect(question).not_to_have_value("")
    assert "350" in question.input_value()
    expect(page.locator(".mq-turn")).to_have_count(0)
    assert "ask=" not in page.url
    assert width(page) <= page.viewport_size["width"]
    question.press("Enter")
    expect(page.locator("#mq-current [data-done='1']")).to_be_visible()


def test_the_address_keeps_the_project_in_another_language_and_look(open_page: Any) -> None:
    page = open_page("fr")
    to_estimate(page, Language.FR)
    fill_factory(page)
    page.locator(".mq-theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("a[data-language=zh]").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#f-amount")).to_have_value("200000000")
    expect(page.locator("#f-place-1")).to_have_value("marrakech")
    expect(page.locator("#mq-result")).to_be_visible()
    assert page.title() == WORDS[Language.ZH].page["title"]


def test_a_wrong_field_is_reached_from_the_summary(open_page: Any) -> None:
    page = open_page("en")
    to_estimate(page, Language.EN)
    page.locator("#f-amount").fill("much")
    page.locator(".mq-buttons button").click()
    page.locator(".mq-errors a").click()
    expect(page.locator("#e-amount")).to_have_text(WORDS[Language.EN].errors["number"])
    expect(page.locator("#f-amount")).to_have_value("much")
    assert page.url.endswith("#f-amount")
    open_page.troubles.clear()  # the browser logs the status 422


def test_a_mark_leads_to_its_source_and_a_missing_fact_to_its_field(open_page: Any) -> None:
    page = open_page("en")
    to_estimate(page, Language.EN)
    fill_factory(page)
    page.locator(".mq-lines .mq-refs a").first.click()
    expect(page.locator(".mq-sources li:target")).to_be_in_viewport()
    page.locator('.mq-facts a[href="#f-women_share"]').first.click()
    expect(page.locator("#f-women_share")).to_be_in_viewport()


def test_the_estimate_works_without_a_script(open_page: Any, server_url: str) -> None:
    page = open_page("en")
    bare = page.context.browser.new_context(java_script_enabled=False)
    try:
        plain = bare.new_page()
        plain.goto(f"{server_url}/estimate?lang=en")
        fill_factory(plain)
        expect(plain.locator(".mq-compared")).to_be_visible()
    finally:
        bare.close()


def test_paper_has_the_result_alone_with_its_addresses(open_page: Any) -> None:
    page = open_page("en")
    to_estimate(page, Language.EN)
    fill_factory(page)
    page.emulate_media(media="print")
    expect(page.locator("#mq-form")).to_be_hidden()
    expect(page.locator(".mq-tabs")).to_be_hidden()
    expect(page.locator(".mq-total").nth(1)).to_be_visible()
    shown = page.evaluate("getComputedStyle(document.querySelector('.mq-sources a'), '::after').content")
    assert "http" in shown
