"""Publishing, going back and the log in a real browser, in French and Arabic, with and without a script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_staff_accessibility import PHONE, STICKING_OUT, TARGETS, check_pages, findings
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

BREAKING = "charter/premium-cap/en.md"


@pytest.fixture
def desk_url(whole_desk_url: str) -> str:
    return whole_desk_url


def seen(page: Page) -> list[str]:
    """What is too small, sticks out, or axe finds; the words of pictures are left out, behind which it sees no ground."""
    told = [one for one in findings(page) if not one.startswith("color-contrast: <text")]
    return [*page.evaluate(TARGETS), *page.evaluate(STICKING_OUT), *told]


def start(page: Page, desk_url: str, path: str) -> None:
    page.goto(f"{desk_url}/staff/publish")
    page.locator("li.st-check", has_text=path).locator("input").check()
    page.click("form.st-card .st-button")
    page.wait_for_url("**/staff/publish/*")


def reload_until(page: Page, selector: str) -> None:
    """Reloads the page, as a person without a script does, until it shows this."""

    def shows() -> int:
        page.reload()
        return page.locator(selector).count()

    until(page, shows, f"{selector} does not come")


def job_in(page: Page, desk_url: str, state: str) -> str:
    """The address of the newest publishing in this state, in the words of the page."""
    page.goto(f"{desk_url}/staff/publish")
    row = page.locator("tbody tr", has=page.locator(".st-tag", has_text=state)).first
    return f"{desk_url}{row.locator('a').get_attribute('href')}"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_progress_renews_itself_then_somebody_decides_then_goes_back(
    open_desk: Any, desk_url: str, language: str
) -> None:
    page = open_desk(language)
    start(page, desk_url, f"press/saffron-{language}/en.md")
    expect(page.locator("#job-progress progress")).to_be_visible()
    agree = page.locator("form[action$='/agree'] button")
    expect(agree).to_be_visible(timeout=60_000)  # nobody reloads
    expect(page.locator("#job-progress")).to_have_count(0)
    assert findings(page) == []
    agree.click()
    asked = page.locator("a[href*='ask=Who%20helps']")
    expect(asked).to_be_visible(timeout=60_000)
    page.goto(f"{desk_url}/staff/history")
    page.locator("a[href*='/history/back/']").first.click()
    assert findings(page) == []
    page.click("main form button")
    expect(page.locator(".st-said")).to_be_visible()
    page.locator("a[href*='/history/back/']").first.click()  # and forward again
    page.click("main form button")


def test_below_the_floors_a_publisher_may_insist_and_an_editor_may_not(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr")
    address = job_in(page, desk_url, "attend une décision")
    for waiting in page.locator("tbody a").evaluate_all("all => all.map((one) => one.href)"):
        page.goto(waiting)
        if page.locator("form[action$='/override']").count():
            address = waiting
    page.goto(address)
    expect(page.locator("article.st-change").first).to_have_class("st-card st-change is-worse")
    page.locator("summary", has_text="Publier malgré tout").click()
    expect(page.locator("#f-reason")).to_be_visible()
    editor = open_desk("ar", who="omar")
    editor.goto(address)
    expect(editor.locator("main form")).to_have_count(0)
    expect(editor.locator(".st-note")).to_be_visible()


def test_without_a_script_a_publishing_is_started_followed_and_agreed_to(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr", java_script_enabled=False)
    start(page, desk_url, "press/saffron-noscript/en.md")
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "10"
    stop = page.locator("noscript a[href$='?still=1']").get_attribute("href")
    page.goto(f"{desk_url}{stop}")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)
    reload_until(page, "form[action$='/agree'] button")
    page.click("form[action$='/agree'] button")
    reload_until(page, "a[href*='ask=']")
    expect(page.locator("a[href*='ask=']")).to_be_visible()


def test_a_document_shows_what_changed_word_by_word_and_an_old_text_becomes_a_draft(
    open_desk: Any, desk_url: str
) -> None:
    page = open_desk("ar")
    page.goto(f"{desk_url}/staff/history?path=press/saffron-desk/en.md")
    page.locator("a[href*='version=']").first.click()
    expect(page.locator("del")).to_contain_text("Taliouine")
    expect(page.locator("ins")).to_contain_text("Taznakht")
    assert page.locator("del").evaluate("one => getComputedStyle(one.closest('p')).direction") == "ltr"
    page.locator("form[action='/staff/history/restore'] button").first.click()
    page.wait_for_url("**/staff/drafts/*")


@pytest.mark.parametrize(
    ("language", "theme", "device"),
    [("ar", "light", {}), ("fr", "dark", PHONE)],
    ids=["ar-laptop-light", "fr-phone-dark"],
)
def test_axe_finds_nothing_targets_are_large_enough_and_nothing_sticks_out(
    open_desk: Any, desk_url: str, language: str, theme: str, device: dict[str, Any]
) -> None:
    page = open_desk(language, color_scheme=theme, **device)
    page.goto(f"{desk_url}/staff/publish")
    jobs = page.locator("tbody a").evaluate_all("all => all.map((one) => one.pathname)")
    page.goto(f"{desk_url}/staff/log")
    entry = page.locator("a[href^='/staff/log/']").first.get_attribute("href")
    version = "/staff/history?path=press/saffron-desk/en.md"
    page.goto(f"{desk_url}{version}")
    compared = page.locator("a[href*='version=']").first.get_attribute("href")
    addresses = [
        "/staff/publish",
        *jobs,
        "/staff/history",
        version,
        compared,
        "/staff/log",
        entry,
        "/staff/questions",
        "/staff",
    ]
    check_pages(page, desk_url, [(address, address) for address in addresses], seen)
    assert len(jobs) >= 6


def test_the_whole_choice_is_made_with_the_keyboard(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr")
    page.goto(f"{desk_url}/staff/publish")
    row = page.locator("li.st-check", has_text=BREAKING)
    row.locator("input").focus()
    page.keyboard.press("Space")
    expect(row.locator("input")).to_be_checked()
    page.locator("form.st-card .st-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/publish/*")
    page.locator("form[action$='/cancel'] button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-said")).to_be_visible()
