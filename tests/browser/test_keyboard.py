"""Without a mouse and without sight: the way by the keyboard, where the focus is, and what is read out."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.messages import load_texts
from corpus import Language
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

TEXTS = load_texts()
FIELD = "#mq-question textarea"
PHONE_SIZE = {"viewport": {"width": 390, "height": 844}}
QUIET = {"reduced_motion": "reduce"}  # nothing moves while it is looked at
# The focused element: whether all of it can be seen, and whether a ring stands around it (the question field has its own).
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), around = one.closest("#mq-ask");
  const seen = [box.left + 4, box.right - 4].every((x) => [box.top + 4, box.bottom - 4].every((y) => {
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one));
  }));
  const style = getComputedStyle(one);
  const ring = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
  const field = one.matches("textarea") && around && getComputedStyle(around).boxShadow.includes("0px 0px 0px 3px");
  return { seen, ring: ring || Boolean(field), is: one.outerHTML.slice(0, 90) };
}"""
LISTEN = """() => { window.said = []; for (const one of document.querySelectorAll("[aria-live], [role=status], [role=alert]"))
  new MutationObserver(() => { if (one.textContent) said.push([one.className || one.id,
    [...one.children].map((part) => [part.lang, part.textContent])]); })
    .observe(one, { childList: true, characterData: true, subtree: true }); }"""


def go_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Presses the key until the element has the focus; on the way every focused element is seen, with its ring."""
    for _ in range(120):
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        assert focused["seen"] and focused["ring"], focused
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {key}")


def told(page: Page) -> list[Any]:
    """What was read out since `LISTEN`, without that it is being worked on."""
    working = ["mq-sr", [["en", TEXTS[Language.EN].ui["working"]]]]
    return [one for one in page.evaluate("said") if one != working]


def write(page: Page, question: str) -> Any:
    """Types into what has the focus and sends it."""
    turns = page.locator(".mq-turn").count()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.locator(".mq-turn")).to_have_count(turns + 1)
    answer = page.locator("#mq-current [data-done='1']")
    expect(answer).to_be_visible()
    return answer


@pytest.mark.parametrize("size", [(1280, 800), (320, 256)], ids=["desktop", "zoom-400"])
def test_the_keyboard_leads_through_everything(open_page: Any, size: tuple[int, int]) -> None:
    page = open_page("en", viewport={"width": size[0], "height": size[1]}, **QUIET)
    go_to(page, FIELD) if size[0] == 320 else expect(page.locator(FIELD)).to_be_focused()
    answer = write(page, "Which premiums exist?")
    expect(page.locator(FIELD)).to_be_focused()

    go_to(page, ".mq-cite", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(answer.locator(".mq-source[open]")).to_have_count(1)
    assert page.evaluate("document.activeElement.matches('.mq-source[open] summary')")
    go_to(page, "a.mq-open")
    go_to(page, ".mq-thumb--up")
    page.keyboard.press("Space")
    expect(answer.locator(".mq-thumb--up")).to_have_attribute("aria-pressed", "true")

    go_to(page, "a[data-language=ar]", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("a[data-language=ar]")).to_be_focused()
    expect(page.locator(".mq-turn")).to_have_count(1)
    go_to(page, ".mq-theme")
    page.keyboard.press("Enter")
    go_to(page, "#mq-clear")
    page.keyboard.press("Enter")
    expect(page.locator("#mq-start")).to_be_visible()
    expect(page.locator(FIELD)).to_be_focused()


def test_a_pressed_suggestion_hands_the_focus_on(open_page: Any) -> None:
    page = open_page("en", **QUIET)
    page.locator(".mq-chip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#mq-current [data-done='1']")).to_be_visible()
    expect(page.locator(FIELD)).to_be_focused()


def test_the_first_key_leads_past_the_header(open_page: Any) -> None:
    page = open_page("en", **PHONE_SIZE, **QUIET)
    go_to(page, ".mq-skip")
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_be_focused()


@pytest.mark.parametrize("viewport", [(1280, 800), (390, 844), (320, 256)], ids=str)
def test_the_form_is_filled_and_read_by_keyboard(open_page: Any, server_url: str, viewport: tuple[int, int]) -> None:
    page = open_page("en", viewport={"width": viewport[0], "height": viewport[1]}, **QUIET)
    page.goto(f"{server_url}/estimate?lang=en&place=safi")
    go_to(page, "#f-amount")
    page.keyboard.type("200000000")
    go_to(page, "#f-jobs")
    page.keyboard.type("350")
    page.keyboard.press("Enter")
    expect(page.locator("#mq-result")).to_be_visible()
    go_to(page, ".mq-next .mq-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    assert "350" in page.locator(FIELD).input_value()


def test_every_answer_is_read_out_whole_and_once(open_page: Any) -> None:
    page = open_page("en")
    page.evaluate(LISTEN)
    page.locator(FIELD).focus()
    answer = write(page, "Which premiums exist?")
    until(page, lambda: told(page))
    page.wait_for_timeout(300)
    parts = answer.locator(".mq-text :is(p, li)")
    whole = [
        [parts.nth(position).evaluate("one => one.closest('[lang]').lang"),
         parts.nth(position).evaluate("one => one.textContent.replace(/\\s*\\d*$/, '')").replace("\u00a0", " ").strip()]
        for position in range(parts.count())
    ]  # fmt: skip
    assert [lang for lang, _ in whole] == ["en", "en", "en", "fr"]
    said = [[who, [[lang, text.replace("\u00a0", " ")] for lang, text in parts]] for who, parts in told(page)]
    assert said == [["mq-sr", whole]]

    answer.locator(".mq-cite").first.click()  # nothing else is read out again, nor twice
    page.locator("a[data-language=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.wait_for_timeout(300)
    assert len(told(page)) == 1


def test_the_same_refusal_is_read_out_each_time(open_page: Any) -> None:
    page = open_page("en")
    page.evaluate(LISTEN)
    page.locator(FIELD).focus()
    for times in (1, 2):
        write(page, "not_in_corpus")
        until(page, lambda times=times: len(told(page)) >= times)
        page.wait_for_timeout(300)
    first, second = told(page)
    assert "Not in the documents" in str(first)
    assert first == second


def test_one_polite_region_speaks(open_page: Any) -> None:
    page = open_page("en")
    page.evaluate(LISTEN)
    page.locator(FIELD).focus()
    write(page, "Which premiums exist?").locator(".mq-thumb--up").click()
    thanks = ["mq-sr", [["en", TEXTS[Language.EN].ui["feedback_thanks"]]]]
    until(page, lambda: thanks in told(page))
    page.wait_for_timeout(300)
    assert told(page)[-1] == thanks
    assert {who for who, _ in page.evaluate("said")} == {"mq-sr"}
