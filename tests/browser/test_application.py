"""The whole application, with the real index, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.encoder]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_suggested_question_is_answered_from_a_passage(open_page: Any, real_server_url: str, language: str) -> None:
    page = open_page(language, address=real_server_url)
    page.locator(".mq-chip").first.click()
    answer = page.locator("#mq-current [data-done='1']")
    expect(answer).to_be_visible(timeout=60_000)
    expect(answer.locator(".mq-text")).to_have_attribute("lang", language)
    answer.locator(".mq-cite").first.click()
    expect(answer.locator(".mq-passage mark").first).to_be_visible()


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PROJECTS = {
    "fr": "Usine textile de 200 millions de dirhams et 350 emplois, à Safi ou à Marrakech",
    "ar": "مصنع للنسيج باستثمار 200 مليون درهم و350 منصب شغل في آسفي أو مراكش",
}


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", PROJECTS)
def test_a_described_project_is_estimated_and_opened_in_the_form(
    open_page: Any, real_server_url: str, language: str, device: dict[str, Any]
) -> None:
    page = open_page(language, address=real_server_url, **device)
    page.locator("#mq-question textarea").fill(PROJECTS[language])
    page.locator("#mq-question textarea").press("Enter")
    answer = page.locator("#mq-current [data-done='1']")
    expect(answer).to_be_visible(timeout=60_000)
    expect(answer.locator(".mq-source").first).to_be_hidden()
    answer.locator(".mq-cite").first.click()
    expect(answer.locator(".mq-source[open]").first).to_be_in_viewport()
    with page.context.expect_page() as opened:
        answer.locator(".mq-toform a").click()
    expect(opened.value.locator("#f-jobs")).to_have_value("350")
    expect(opened.value.locator("#f-place-1")).to_have_value("marrakech")
    expect(opened.value.locator("#mq-result")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
