"""WCAG 2.2 AA on the staff desk: what axe-core finds, targets, zoom, spacing, in French and Arabic, on a laptop and a phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# axe cannot see through the pattern and the bar. The desk's policy forbids style elements: the sheet is made in the page.
SET_STYLE = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
PLAIN_GROUND = (
    "body::before { display: none !important } .st-savebar { position: static !important; background: none !important }"
    "*, *::before, *::after { animation: none !important; transition: none !important }"
)
# Links within a sentence may be as high as its line (WCAG 2.5.8, exception "inline").
TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.type !== "hidden"
    && !one.closest(".mq-text p, .st-note, .st-hint, .st-skip, dd") && one.id !== "st-main")
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < 24 || box.height < 24).map(([box, html]) => `${box.width}x${box.height} ${html}`)"""
STICKING_OUT = """() => [...document.body.querySelectorAll("*")].filter((one) => {
  for (let around = one.parentElement; around; around = around.parentElement) {
    if (around !== document.body && ["auto", "scroll"].includes(getComputedStyle(around).overflowX)) return false;
  }
  const box = one.getBoundingClientRect();
  return box.width && one.checkVisibility({ visibilityProperty: true })
    && !one.closest(".mq-sr, svg, .st-skip") && (box.right > innerWidth + 1 || box.left < -1);
}).map((one) => one.outerHTML.slice(0, 120))
  .concat(document.documentElement.scrollWidth > innerWidth ? ["the page"] : [])"""
CUT = """() => [...document.querySelectorAll("button, a, summary, label, th, td, p, h1, h2, h3")].filter((one) =>
  !one.closest(".mq-sr, .st-skip") && one.checkVisibility({ visibilityProperty: true })
  && getComputedStyle(one).overflow !== "visible"
  && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
).map((one) => one.outerHTML.slice(0, 90))"""
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)


@cache
def axe() -> str:
    """axe-core as text: evaluated by the debugger, so the page's policy need not allow it."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What breaks a rule, and text whose contrast axe could not measure."""
    page.evaluate(SET_STYLE, PLAIN_GROUND)
    page.evaluate(axe())
    found = page.evaluate("rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES)
    unsure = [rule for rule in found["incomplete"] if rule["id"] == "color-contrast"]
    # Of text in a picture axe never knows the ground, nor of what is scrolled out of sight; the laptop shows the latter.
    hidden = "selector => Boolean(document.querySelector(selector)?.closest('svg, .st-figures, .st-picture'))"
    told = [(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]
    told += [
        ("unsure", node) for rule in unsure for node in rule["nodes"] if not page.evaluate(hidden, node["target"][0])
    ]
    return [f"{name}: {node['html'][:160]}" for name, node in told]


def pages(page: Page, url: str) -> list[tuple[str, str]]:
    """Every page of the desk by name and address, those of the drafts that stand there included."""
    page.goto(f"{url}/staff/drafts")
    drafts = page.locator("th[scope=row] a").evaluate_all(
        "all => all.map((one) => [one.textContent.trim(), one.pathname])"
    )
    found = [
        ("home", "/staff"),
        ("documents", "/staff/documents"),
        ("nothing found", "/staff/documents?q=zzz&state=expired"),
    ]
    found += [("document", "/staff/documents/press/visit/fr"), ("expired", "/staff/documents/charter/plan/fr")]
    found += [
        ("removing", "/staff/documents/press/visit/ar/remove"),
        ("adding", "/staff/add"),
        ("drafts", "/staff/drafts"),
    ]
    for title, address in drafts:
        found += [(f"draft {title}", address)]
    arabic = next(address for title, address in drafts if "زيارة" in title)
    found += [
        ("giving up", f"{arabic}/discard"),
        ("preview", f"{arabic}/preview?question=x"),
        ("nothing", "/staff/nothing"),
    ]
    return found


def check_all(page: Page, url: str, check: Callable[[Page], list[str]]) -> None:
    """Nothing is found on any page."""
    assert check_pages(page, url, pages(page, url), check) >= 13


def check_pages(page: Page, url: str, named: list[tuple[str, str]], check: Callable[[Page], list[str]]) -> int:
    """Nothing is found on these pages, by name and address, with everything unfolded; how many there were."""
    found = {}
    for name, address in named:
        page.goto(f"{url}{address}")
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        found[name] = check(page)
    assert {name: what for name, what in found.items() if what} == {}
    return len(found)


@pytest.mark.parametrize(("theme", "device"), [("light", {}), ("dark", PHONE)], ids=["laptop-light", "phone-dark"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_axe_finds_nothing_targets_are_large_enough_and_nothing_sticks_out(
    open_desk: Any, desk_url: str, language: str, theme: str, device: dict[str, Any]
) -> None:
    def check(shown: Page) -> list[str]:
        return [*shown.evaluate(TARGETS), *shown.evaluate(STICKING_OUT), *findings(shown)]

    check_all(open_desk(language, color_scheme=theme, **device), desk_url, check)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_axe_finds_nothing_where_one_signs_in(open_desk: Any, desk_url: str, language: str) -> None:
    page = open_desk(language, who="")
    assert findings(page) == []
    page.fill("#f-name", "nobody")
    page.fill("#f-password", "wrong")
    page.press("#f-password", "Enter")
    page.wait_for_selector("[role=alert]")
    assert findings(page) == []


@pytest.mark.parametrize(("language", "width"), [("fr", 390), ("ar", 320)])
def test_zoomed_in_and_with_wider_spacing_nothing_of_the_desk_is_cut_off(
    open_desk: Any, desk_url: str, language: str, width: int
) -> None:
    page = open_desk(language, viewport={"width": width, "height": 800})

    def cut_off(shown: Page) -> list[str]:
        before = shown.evaluate(STICKING_OUT)
        shown.evaluate(SET_STYLE, SPACING)
        return [*before, *shown.evaluate(CUT), *shown.evaluate(STICKING_OUT)]

    check_all(page, desk_url, cut_off)
