"""The desk as its people use it: by keyboard, without a script, with files dropped, in two languages, two at once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FOCUS_RING = """() => { const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; }"""


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """The Tab key until this has the focus, which has to be seen all the way."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement !== document.body && document.activeElement.id !== 'st-main'"):
            assert page.evaluate(FOCUS_RING), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def begin_draft(page: Page, desk_url: str, title: str) -> str:
    page.goto(f"{desk_url}/staff/add")
    page.fill("[action='/staff/add/text'] [name=title]", title)
    page.fill("[name=text]", "## Qui ? {#who}\n\nDouze entreprises.")
    page.click("[action='/staff/add/text'] button")
    page.wait_for_url("**/staff/drafts/*")
    return page.url


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["laptop", "phone"])
def test_a_document_goes_from_pasting_to_preview_and_is_given_up(
    open_desk: Any, desk_url: str, language: str, device: dict[str, Any]
) -> None:
    page = open_desk(language, **device)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    address = begin_draft(page, desk_url, "Un communiqué")
    page.fill("[name=title]", "Un titre neuf")
    page.click("[name=then]")
    page.wait_for_url("**/preview")
    expect(page.locator("h1")).to_contain_text("Un titre neuf")
    expect(page.locator("#passages article")).to_have_count(1)
    page.goto(f"{address}/discard")
    page.click("main button")
    page.wait_for_url("**/staff/drafts")
    expect(page.locator(".st-said")).to_be_visible()
    expect(page.get_by_text("Un titre neuf")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_everything_can_be_done_with_the_keyboard_alone(open_desk: Any, desk_url: str, language: str) -> None:
    page = open_desk(language, who="")
    tab_to(page, "#f-name")
    page.keyboard.type("omar")
    tab_to(page, "#f-password")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk_url}/staff")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.st-skip')"), "the first stop leads over the menu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "st-main"
    page.goto(f"{desk_url}/staff")
    tab_to(page, ".st-nav-add")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/add")
    tab_to(page, "[action='/staff/add/empty'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/drafts/*")
    tab_to(page, "[name=title]")
    page.keyboard.type("Par le clavier")
    tab_to(page, ".st-savebar .st-button", 120)
    page.keyboard.press("Enter")
    expect(page.locator(".st-said")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Par le clavier")
    tab_to(page, ".st-actions .st-danger")
    page.keyboard.press("Enter")
    page.wait_for_url("**/discard")
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/drafts")
    tab_to(page, ".st-who button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/sign-in")


def test_without_a_script_everything_works(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr", java_script_enabled=False)
    address = begin_draft(page, desk_url, "Sans script")
    page.fill("[name=publisher]", "CRI")
    page.click(".st-savebar .st-button")
    expect(page.locator(".st-said")).to_be_visible()
    assert page.input_value("[name=publisher]") == "CRI"
    page.set_viewport_size({"width": 390, "height": 800})
    page.click(".st-menu summary")
    page.click(".st-nav-documents")
    page.wait_for_url("**/staff/documents")
    page.goto(f"{address}/discard")
    page.click("main button")


def test_a_file_can_be_dropped_onto_its_field(open_desk: Any, desk_url: str) -> None:
    page = open_desk("ar")
    page.goto(f"{desk_url}/staff/add")
    page.evaluate(
        """() => { const sent = new DataTransfer(); sent.items.add(new File(["Déposé\\n\\nUn texte."], "depose.txt"));
        document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: sent, bubbles: true })); }"""
    )
    page.click("[action='/staff/add/file'] button")
    page.wait_for_url("**/staff/drafts/*")
    assert page.input_value("[name=title]") == "Déposé"
    page.goto(f"{page.url}/discard")
    page.click("main button")


def test_the_second_of_two_editors_is_told_and_brings_both_together(open_desk: Any, desk_url: str) -> None:
    amina, omar = open_desk("fr"), open_desk("ar", who="omar")
    address = begin_draft(amina, desk_url, "À deux")
    omar.goto(address)
    amina.fill("[name=body]", "## Qui ? {#who}\n\nTreize entreprises.")
    amina.click(".st-savebar .st-button")
    omar.fill("[name=body]", "## Qui ? {#who}\n\nQuatorze entreprises.")
    omar.click(".st-savebar .st-button")
    expect(omar.locator(".st-side.is-changed del")).to_contain_text("Treize")
    expect(omar.locator(".st-side.is-changed ins")).to_contain_text("Quatorze")
    merged = omar.input_value("#merge textarea").replace("Quatorze", "Treize ou quatorze")
    omar.fill("#merge textarea", merged)
    omar.click("#merge button")
    expect(omar.locator(".st-said")).to_be_visible()
    amina.goto(address)
    assert "Treize ou quatorze" in amina.input_value("[name=body]")
    amina.goto(f"{address}/discard")
    amina.click("main button")


def test_the_look_and_the_language_are_chosen_and_kept(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr")
    page.click(".st-theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(f"{desk_url}/staff/documents?q=visite&collection=press")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click(".st-languages [lang=ar]")
    page.wait_for_url("**lang=ar**")
    assert page.input_value("[name=q]") == "visite", "the filter stays"
    page.goto(f"{desk_url}/staff/add")
    assert page.evaluate("document.documentElement.lang") == "ar"


def test_a_session_that_ended_says_how_to_keep_what_was_written(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr")
    address = begin_draft(page, desk_url, "Ne rien perdre")
    other = page.context.new_page()
    other.goto(f"{desk_url}/staff")
    other.click(".st-who button")
    page.fill("[name=body]", "Écrit après la fin de la session.")
    page.click(".st-savebar .st-button")
    expect(page.locator("[role=alert]")).to_contain_text("autre onglet")
    other.fill("#f-name", "amina")
    other.fill("#f-password", "correct horse battery")
    other.press("#f-password", "Enter")
    other.wait_for_url(f"{desk_url}/staff")
    page.go_back()
    assert page.input_value("[name=body]") == "Écrit après la fin de la session."
    page.click(".st-savebar .st-button")
    page.click("main button")
    page.wait_for_url(address)
    assert page.input_value("[name=body]") == "Écrit après la fin de la session."


def test_the_desk_cannot_be_shown_in_a_frame_of_the_chat(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr", who="")
    page.goto(f"{desk_url}/embed/example")
    page.evaluate(
        "url => new Promise((done) => { const frame = document.createElement('iframe'); frame.src = url;"
        " frame.onload = done; document.body.append(frame); })",
        f"{desk_url}/staff/sign-in",
    )
    assert page.frames[-1].evaluate("document.querySelector('#f-name')") is None
    open_desk.troubles.clear()  # the browser says that it refused
