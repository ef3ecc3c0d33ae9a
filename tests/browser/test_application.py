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
