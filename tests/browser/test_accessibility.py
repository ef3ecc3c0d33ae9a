"""WCAG 2.2 AA on the chat and the form: what axe-core finds, targets, zoom, motion, contrast and first load.

Nothing that Gradio causes is left out: axe runs over whole pages, without exceptions.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from corpus import Language

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# axe cannot see through the pattern, the gradient and bars over text; `test_text_stands_out…` computes what stands on them instead.
PLAIN_GROUND = (
    "body::before { display: none !important } #mq-header, #mq-composer { position: static !important }"
    "#mq-composer, .gradio-container .mq-html .mq-header { background: var(--mq-paper) !important }"
    "*, *::before, *::after { animation: none !important; transition: none !important }"
)
TWO_PLACES = "amount=200000000&jobs=350&sector=other-industry&place=safi&place=marrakech"
# Links within a sentence may be as high as its line (WCAG 2.5.8, exception "inline").
TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest(".mq-text p"))
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width < 24 || box.height < 24).map(([box, html]) => `${box.width}x${box.height} ${html}`)"""
STICKING_OUT = """() => [...document.body.querySelectorAll("*")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && one.checkVisibility({ visibilityProperty: true }) && !one.closest(".mq-table, .mq-sr, svg")
    && (box.right > innerWidth + 1 || box.left < -1);
}).map((one) => one.outerHTML.slice(0, 90))"""
CONTRAST = """([front, back, veil]) => {
  const style = getComputedStyle(document.documentElement), context = new OffscreenCanvas(1, 1).getContext("2d");
  const paint = (colour, alpha) => {
    context.globalAlpha = alpha; context.fillStyle = style.getPropertyValue(colour) || colour;
    context.fillRect(0, 0, 1, 1);
  };
  const light = () => [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
    .map((value) => value / 255).map((value) => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [.2126, .7152, .0722][index], 0);
  paint(back, 1);
  if (veil) paint("#a94a22", getComputedStyle(document.body, "::before").opacity);
  const behind = light();
  paint(front, 1);
  const [low, high] = [behind, light()].sort((one, other) => one - other);
  return (high + .05) / (low + .05);
}"""
TEXT_ON_GROUND = [
    *itertools.product(("--mq-ink", "--mq-muted"), ("--mq-paper", "--mq-surface", "--mq-sunken")),
    *itertools.product(("--mq-clay",), ("--mq-paper", "--mq-surface", "--mq-sunken", "--mq-clay-soft")),
    *itertools.product(("--mq-on-blue",), ("--mq-blue", "--mq-blue-deep")),
    *itertools.product(("--mq-blue", "--mq-blue-deep"), ("--mq-surface", "--mq-blue-soft", "--mq-paper")),
    *itertools.product(("--mq-warn",), ("--mq-surface", "--mq-paper", "--mq-warn-soft")),
    ("--mq-ink", "--mq-line"), ("--mq-ink", "--mq-blue-soft"), ("--mq-ink", "--mq-warn-soft"),
    ("--mq-mark-ink", "--mq-mark"), ("--mq-good", "--mq-surface"), ("--mq-good", "--mq-paper"),
]  # fmt: skip


@cache
def axe() -> str:
    """axe-core as text: evaluated by the debugger, so the page's policy need not allow it."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page, ground: str = PLAIN_GROUND) -> list[str]:
    """What breaks a rule, and text whose contrast axe could not measure."""
    if ground:
        page.add_style_tag(content=ground)
    page.evaluate(axe())
    found = page.evaluate("rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES)
    unsure = [rule for rule in found["incomplete"] if rule["id"] == "color-contrast"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in [*found["violations"], *unsure] for node in rule["nodes"]]


def ask(page: Page, question: str) -> Any:
    turns = page.locator(".mq-turn").count()
    page.locator("#mq-question textarea").fill(question)
    page.locator("#mq-question textarea").press("Enter")
    expect(page.locator(".mq-turn")).to_have_count(turns + 1)
    answer = page.locator("#mq-current [data-done='1']")
    expect(answer).to_be_visible()
    return answer


def situations(page: Page, language: str) -> Iterator[str]:
    """Brings the page into each situation, one after the other, and names it; begins on the empty chat."""
    address = page.url.split("/?")[0]
    yield "empty"
    ask(page, "Which premiums exist?").locator(".mq-cite").first.click()
    expect(page.locator(".mq-passage").first).to_be_visible()
    yield "an answer with an opened source"
    ask(page, "not_in_corpus")
    yield "a refusal"
    ask(page, "please fail")
    yield "trouble"
    for name, query in (("form", ""), ("errors", "&amount=much&jobs=x&women_share=200"), ("result", f"&{TWO_PLACES}")):
        page.goto(f"{address}/estimate?lang={language}{query}")
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        yield name


def check_all(page: Page, open_page: Any, language: str, check: Callable[[Page], Any]) -> None:
    """Nothing is found in any situation."""
    found = {name: check(page) for name in situations(page, language)}
    open_page.troubles.clear()  # the browser logs the form's status 422
    assert {name: what for name, what in found.items() if what} == {}
    assert len(found) == 7


def test_axe_is_recent_and_finds_what_is_wrong(open_page: Any) -> None:
    page = open_page()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"/mithaq/icon.svg\"><p style=\"color:#bbb\">x')"
    )
    found = findings(page)
    assert any(one.startswith("image-alt") for one in found)
    assert any(one.startswith("color-contrast") for one in found)
    major, minor = page.evaluate("axe.version").split(".")[:2]
    assert (int(major), int(minor)) >= (4, 10)


# Every language, and both looks in each direction of reading: a page takes ten seconds.
@pytest.mark.parametrize(
    ("language", "theme"),
    [
        (Language.FR, "light"), (Language.FR, "dark"), (Language.AR, "light"), (Language.AR, "dark"), (Language.EN, "light"),
        (Language.ZH, "dark"), (Language.ES, "light"),
    ],
)  # fmt: skip
def test_axe_finds_nothing(open_page: Any, language: Language, theme: str) -> None:
    page = open_page(language, color_scheme=theme)
    check_all(page, open_page, language, findings)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground_and_from_the_pattern(open_page: Any, theme: str) -> None:
    page = open_page(color_scheme=theme)
    pairs = [(front, back, False) for front, back in TEXT_ON_GROUND]
    pairs += [(front, "--mq-paper", True) for front in ("--mq-ink", "--mq-muted", "--mq-clay")]
    measured = {pair: page.evaluate(CONTRAST, list(pair)) for pair in pairs}
    assert {pair: value for pair, value in measured.items() if value < 4.5} == {}
    borders = [("--mq-line-strong", "--mq-surface", False), ("--mq-line-strong", "--mq-paper", False)]
    borders.append(("--mq-blue", "--mq-paper", True))  # the ring around what has the focus
    assert min(page.evaluate(CONTRAST, list(pair)) for pair in borders) >= 3
    assert page.evaluate(CONTRAST, ["#000", "#fff", False]) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_target_is_24_pixels_at_least(open_page: Any, language: str, device: dict[str, Any]) -> None:
    page = open_page(language, **device)
    check_all(page, open_page, language, lambda shown: shown.evaluate(TARGETS))


@pytest.mark.parametrize("size", [(640, 400), (320, 256)], ids=["zoom-200", "zoom-400"])
@pytest.mark.parametrize("language", list(Language))
def test_zoomed_in_nothing_has_to_be_scrolled_sideways(
    open_page: Any, language: Language, size: tuple[int, int]
) -> None:
    page = open_page(language, viewport={"width": size[0], "height": size[1]})

    def sideways(shown: Page) -> list[str]:
        wide = shown.evaluate("document.documentElement.scrollWidth > innerWidth")
        return [*shown.evaluate(STICKING_OUT), *(["the page"] if wide else [])]

    check_all(page, open_page, language, sideways)


@pytest.mark.parametrize("width", [1280, 390])
def test_wider_spacing_of_text_cuts_nothing_off(open_page: Any, width: int) -> None:
    page = open_page("fr", viewport={"width": width, "height": 800})
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        "p { margin-bottom: 2em !important }"
    )
    cut = """() => [...document.querySelectorAll("button, a, summary, label, th, td, p, h1, h2, h3")].filter((one) =>
      !one.closest(".mq-sr") && one.checkVisibility({ visibilityProperty: true }) && getComputedStyle(one).overflow !== "visible"
      && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    ).map((one) => one.outerHTML.slice(0, 90)).concat(document.documentElement.scrollWidth > innerWidth ? ["the page"] : [])"""

    def cut_off(shown: Page) -> Any:
        shown.add_style_tag(content=spacing)
        return shown.evaluate(cut)

    check_all(page, open_page, "fr", cut_off)


@pytest.mark.parametrize(("wish", "moves"), [("no-preference", True), ("reduce", False)])
def test_who_wants_no_motion_gets_none(open_page: Any, wish: str, moves: bool) -> None:
    page = open_page(reduced_motion=wish)
    page.evaluate(
        """() => { window.moved = 0; const look = () => {
          window.moved += document.getAnimations().filter((one) => one.playState === "running").length;
          requestAnimationFrame(look); }; look(); }"""
    )
    ask(page, "Which premiums exist?").locator(".mq-cite").first.click()
    page.locator(".mq-theme").hover()
    assert (page.evaluate("window.moved") > 0) is moves
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == ("smooth" if moves else "auto")


def test_in_forced_colours_the_icons_stay_visible(open_page: Any) -> None:
    page = open_page(forced_colors="active")
    ask(page, "Which premiums exist?")
    for icon in (".mq-theme", "#mq-send", ".mq-thumb", ".mq-copy"):
        look = "one => [getComputedStyle(one, '::before').backgroundColor, getComputedStyle(document.body).backgroundColor]"
        front, ground = page.locator(icon).first.evaluate(look)
        assert front != ground, icon


def test_what_we_made_loads_in_less_than_a_megabyte(open_page: Any) -> None:
    page = open_page()
    page.wait_for_load_state("load")
    entries = "['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))"
    sizes = page.evaluate(f"Object.fromEntries({entries}.map(one => [one.name, one.decodedBodySize]))")
    chat = {url: size for url, size in sizes.items() if "/mithaq/" in url or "/?lang=" in url}
    assert len(chat) >= 4, chat
    assert 10_000 < sum(chat.values()) < 1_000_000, chat


@pytest.mark.parametrize(
    ("language", "theme"),
    [(Language.FR, "light"), (Language.AR, "dark"), (Language.ZH, "light"), (Language.ES, "dark")],
)
def test_axe_finds_nothing_in_the_chat_without_chrome(open_page: Any, language: Language, theme: str) -> None:
    page = open_page(language, color_scheme=theme)
    page.goto(f"{page.url.split('/?')[0]}/embed?lang={language}&accent=%230b5a48")
    page.wait_for_selector("html[data-ready]", timeout=60_000)
    assert findings(page) == []
    ask(page, "Which premiums exist?").locator(".mq-cite").first.click()
    expect(page.locator(".mq-passage").first).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_a_site_with_the_button_and_the_open_window(
    open_page: Any, language: Language, device: dict[str, Any]
) -> None:
    page = open_page(language, **device)
    page.goto(f"{page.url.split('/?')[0]}/embed/example?lang={language}")
    button = page.locator("mithaq-chat button.b")
    expect(button).to_be_visible()
    assert findings(page, ground="") == []
    button.click()
    expect(page.locator("mithaq-chat iframe")).to_be_visible()
    assert findings(page, ground="") == []
