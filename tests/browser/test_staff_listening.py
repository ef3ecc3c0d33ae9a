"""Listening, check questions and translating in a real browser, in French and Arabic."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_staff_accessibility import PHONE, check_pages
from tests.browser.test_staff_publishing import seen

pytestmark = pytest.mark.browser

TRANSLATION = "/staff/translating/guides/diving/ar"


@pytest.fixture
def desk_url(whole_desk_url: str) -> str:
    return whole_desk_url


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_group_becomes_a_check_question(open_desk: Any, desk_url: str, language: str) -> None:
    page = open_desk(language)
    page.goto(f"{desk_url}/staff/listening")
    page.locator("tbody th a", has_text="plongée").click()
    page.locator("a[href^='/staff/questions?']").first.click()
    expect(page.locator("#f-question")).to_have_value("Comment demander l'agrément d'une école de plongée ?")
    expect(page.locator("#f-section")).to_have_value("diving#agrement")
    page.fill("#f-question", f"Comment demander l'agrément ? ({language})")
    page.click("#add .st-button")
    expect(page.locator(".st-said")).to_be_visible()
    row = page.locator("tbody tr", has_text=f"({language})")
    expect(row).to_have_count(1)
    row.locator("button").click()
    expect(row).to_have_count(0)


def test_a_group_becomes_a_draft_with_its_question_as_title(open_desk: Any, desk_url: str) -> None:
    page = open_desk("fr", who="omar")
    page.goto(f"{desk_url}/staff/listening")
    page.locator("tbody th a", has_text="plongée").click()
    page.locator("form[action$='/draft'] button").click()
    page.wait_for_url("**/staff/drafts/*")
    expect(page.locator("[name=title]")).to_have_value("Comment demander l'agrément d'une école de plongée ?")


def test_the_table_opens_in_a_spreadsheet_without_calculating(open_desk: Any, desk_url: str, tmp_path: Path) -> None:
    page = open_desk("fr")
    page.goto(f"{desk_url}/staff/listening")
    with page.expect_download() as download:
        page.click("a[download]")
    file = tmp_path / "questions.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        cells = [cell for row in csv.reader(opened, delimiter=";") for cell in row]
    assert "ما سعر الفائدة على القروض البنكية في 2026؟" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_question_is_erased_after_a_confirmation(open_desk: Any, desk_url: str) -> None:
    page = open_desk("ar")
    page.goto(f"{desk_url}/staff/listening?kind=unhelpful")
    page.locator("tbody th a").first.click()
    page.locator("a[href*='/listening/erase?id=']").first.click()
    expect(page.locator("blockquote")).to_contain_text("What is the cap")
    page.click("main section form .st-danger")
    expect(page.locator(".st-said")).to_be_visible()
    page.goto(f"{desk_url}/staff/listening/erase?id=asked4")
    expect(page.locator("[aria-invalid]")).to_have_count(1)


def test_a_proposed_translation_is_shown_when_it_is_there_and_accepted_by_a_person(
    open_desk: Any, desk_url: str
) -> None:
    page = open_desk("fr")
    page.goto(f"{desk_url}{TRANSLATION}")
    page.click("form[action$='/propose'] button")
    body = page.locator("[name=body-agrement]")
    expect(body).to_have_value(
        "يُطلب اعتماد مدرسة الغوص تحت الماء من شباك المدربين. يتضمن الملف شهادة مدرب معترف بها في المغرب.",
        timeout=60_000,
    )
    assert body.evaluate("one => getComputedStyle(one).direction") == "rtl"
    page.fill("[name=title]", "مدارس الغوص في المغرب")
    page.click("[name=then][value=accept]")
    expect(page.locator(".st-said").first).to_be_visible()
    expect(page.locator("[name=then]")).to_have_count(0)
    expect(page.locator("[name=title]")).to_have_value("مدارس الغوص في المغرب")


@pytest.mark.parametrize(
    ("language", "theme", "device"),
    [("ar", "light", {}), ("fr", "dark", PHONE)],
    ids=["ar-laptop-light", "fr-phone-dark"],
)
def test_axe_finds_nothing_targets_are_large_enough_and_nothing_sticks_out(
    open_desk: Any, desk_url: str, language: str, theme: str, device: dict[str, Any]
) -> None:
    page = open_desk(language, color_scheme=theme, **device)
    page.goto(f"{desk_url}/staff/listening")
    group = page.locator("tbody th a").first.get_attribute("href")
    addresses = [f"/staff/listening?kind={kind}" for kind in ("unanswered", "unhelpful", "refused", "asked")]
    addresses += [
        group,
        "/staff/listening/cited",
        "/staff/listening/erase",
        "/staff/listening/erase?id=asked0",
        "/staff/listening/erase?id=x",
    ]
    addresses += [
        "/staff",
        "/staff/questions",
        "/staff/translating",
        "/staff/translating/charter/territorial/ar",
        TRANSLATION,
    ]
    check_pages(page, desk_url, [(address, address) for address in addresses], seen)
