"""The chat on another site, in a real browser: two origins, a strict policy on the other one, desktop and phone."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from bot.pause import Pause, PauseFile
from bot.web.embed_texts import load_embed_texts
from corpus import Language
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

WORDS = load_embed_texts()
SIZES = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "sideways": {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True},
}
FOCUSED = "[document.hasFocus(), document.activeElement.outerHTML.slice(0, 300), matchMedia('(hover: none)').matches].join(' ')"
LANGUAGES = [Language.FR, Language.AR]
SHIFTS = """() => { window.shifts = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifts += one.value; }).observe({ type: 'layout-shift', buffered: true }) }"""
EXTENT = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length]"""


class Site(BaseHTTPRequestHandler):
    """A page of another site, under a policy that allows it nothing but Mithaq's script and frame."""

    mithaq = ""

    def do_GET(self) -> None:
        language, _, attributes = self.path.strip("/").partition("?")
        script = (
            f'<script src="{self.mithaq}/embed.js" {attributes.replace("%20", " ").replace("%23", "#")} async></script>'
        )
        body = f"""<!doctype html><html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Site</title><link rel="icon" href="data:,">
{script * 2}</head><body><h1>Site</h1><p><a id="before" href="#">link</a></p>{"<p>Text</p>" * 60}</body></html>""".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {self.mithaq}; frame-src {self.mithaq}; img-src data:; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@dataclass(frozen=True)
class Served:
    mithaq: str
    allowed: str
    near: str
    refused: str
    home: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, run_scripted: Callable[..., Any]) -> Iterator[Served]:
    """Mithaq, a site that may show it (by two names), and one that may not."""
    home = tmp_path_factory.mktemp("embed")
    sites = [ThreadingHTTPServer(("127.0.0.1", 0), Site) for _ in range(2)]
    for site in sites:
        threading.Thread(target=site.serve_forever, daemon=True).start()
    # By its name the allowed site is also another *site* than Mithaq, to whose frames browsers deny cookies and storage.
    allowed = f"http://localhost:{sites[0].server_address[1]}"
    near, refused = (f"http://127.0.0.1:{site.server_address[1]}" for site in sites)
    try:
        with run_scripted(home, allowed, near) as url:
            Site.mithaq = url
            yield Served(url, allowed, near, refused, home)
    finally:
        for site in sites:
            site.shutdown()
            site.server_close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; afterwards nothing may have been written on the console."""
    contexts, troubles = [], []

    def visit_(address: str, size: str = "desktop") -> Page:
        context = browser.new_context(**SIZES[size])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto(address)
        return page

    visit_.troubles = troubles  # type: ignore[attr-defined]
    yield visit_
    for context in contexts:
        context.close()
    assert troubles == []


def opener(page: Page) -> Any:
    return page.locator("mithaq-chat button.b")


def chat(page: Page) -> Frame:
    """The framed chat once it can be used."""
    handle = page.locator("mithaq-chat iframe").element_handle()
    frame = handle.content_frame()
    assert frame is not None
    frame.wait_for_selector("html[data-ready]", timeout=60_000)
    return frame


def wait_until(frame: Any, expression: str) -> None:
    try:
        until(frame, lambda: frame.evaluate(expression), f"never: {expression}")
    except AssertionError as never:
        raise AssertionError(f"{never}; focus is on {frame.evaluate(FOCUSED)}") from None


def opened_by_keyboard(page: Page) -> Frame:
    expect(opener(page)).to_be_visible()
    opener(page).focus()
    page.keyboard.press("Enter")
    return chat(page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_opened_asked_and_closed_by_keyboard(served: Served, visit: Any, language: Language, size: str) -> None:
    page, words = visit(f"{served.allowed}/{language}?data-accent=%230b5a48", size), WORDS[language]
    expect(page.locator("mithaq-chat")).to_have_count(1)
    expect(page.locator("mithaq-chat iframe")).to_have_count(0)
    expect(opener(page)).to_have_text(words.button)
    frame = opened_by_keyboard(page)
    expect(page.get_by_role("dialog", name=words.title)).to_be_visible()
    expect(opener(page)).to_have_attribute("aria-expanded", "true")
    assert page.locator("mithaq-chat iframe").get_attribute("title") == words.title
    assert frame.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        str(language), "rtl" if language is Language.AR else "ltr",
    ]  # fmt: skip
    inside = "mq-question" if size == "desktop" else "mq-main"
    wait_until(frame, f"document.hasFocus() && document.activeElement.closest('#{inside}') !== null")
    field = frame.locator("#mq-question textarea")
    field.focus()
    page.keyboard.type("ما المنح المتاحة؟" if language is Language.AR else "Quelles primes ?")
    page.keyboard.press("Enter")
    expect(frame.locator("#mq-current [data-done='1']")).to_be_visible()
    expect(frame.locator("#mq-current .mq-source")).to_have_count(2)
    field.focus()
    page.keyboard.press("Escape")
    expect(page.locator("mithaq-chat dialog")).to_be_hidden()
    expect(opener(page)).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("document.activeElement.shadowRoot?.activeElement?.className") == "b"
    page.keyboard.press("Enter")
    expect(frame.locator("#mq-current [data-done='1']")).to_be_visible()
    page.locator("mithaq-chat dialog div button").click()
    expect(page.locator("mithaq-chat dialog")).to_be_hidden()
    assert page.evaluate("document.activeElement.shadowRoot?.activeElement?.className") == "b"


@pytest.mark.parametrize("size", list(SIZES))
def test_it_shifts_nothing_and_fills_the_phone(served: Served, visit: Any, size: str) -> None:
    page = visit(f"{served.allowed}/fr", size)
    page.evaluate(SHIFTS)
    before = page.evaluate(EXTENT)
    frame = opened_by_keyboard(page)
    assert page.evaluate(EXTENT) == before
    box, view = page.locator("mithaq-chat dialog").bounding_box(), SIZES[size]["viewport"]
    assert box is not None
    if size != "desktop":
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, view["width"], view["height"])
    else:
        assert box["x"] + box["width"] <= view["width"] and box["y"] >= 0
    assert frame.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.keyboard.press("Escape")
    expect(page.locator("mithaq-chat dialog")).to_be_hidden()
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == 0
    page.evaluate("document.querySelector('mithaq-chat').remove()")
    assert page.evaluate(EXTENT) == before, "the page is as large without it"


def test_nothing_is_stored_before_the_first_message(served: Served, visit: Any) -> None:
    page = visit(f"{served.near}/fr")  # where the frame could store
    frame = opened_by_keyboard(page)
    wait_until(frame, "document.hasFocus()")
    assert page.evaluate(STORED.replace("(await caches.keys()).length", "0")) == ["", 0, 0, 0, 0]
    assert frame.evaluate(STORED) == ["", 0, 0, 0, 0]
    assert page.context.cookies() == []


def test_a_site_that_is_not_listed_is_refused_by_the_browser(served: Served, visit: Any) -> None:
    page = visit(f"{served.refused}/fr")
    opener(page).click()
    wait_until(page, "document.querySelector('mithaq-chat').shadowRoot.querySelector('iframe') !== null")
    until(page, lambda: any("frame-ancestors" in said for said in visit.troubles), "the browser refuses nothing")
    assert all(frame.url != f"{served.mithaq}/embed" for frame in page.frames)
    assert page.locator("mithaq-chat iframe").element_handle().content_frame().query_selector("#mq-question") is None
    page.keyboard.press("Escape")
    expect(page.locator("mithaq-chat dialog")).to_be_hidden()
    visit.troubles.clear()


def test_a_message_of_a_stranger_closes_nothing(served: Served, visit: Any) -> None:
    page = visit(f"{served.allowed}/fr")
    opened_by_keyboard(page)
    page.evaluate("postMessage({ mithaq: 'close' }, '*')")  # from the site itself, not from the frame
    page.wait_for_timeout(200)
    expect(page.locator("mithaq-chat dialog")).to_be_visible()


@pytest.mark.parametrize(
    ("attributes", "language", "side", "colour"),
    [
        ("data-lang=zh%20data-position=left%20data-accent=%23ffee00", Language.ZH, "left", "rgb(255, 238, 0)"),
        ("data-lang=xx%20data-position=top%20data-accent=red;x:url(y)", Language.ES, "right", "rgb(79, 63, 196)"),
        ("data-lang=constructor%20data-accent=%230b5a4", Language.ES, "right", "rgb(79, 63, 196)"),
    ],
)
def test_what_the_site_asks_for_is_followed_or_falls_back(
    served: Served, visit: Any, attributes: str, language: Language, side: str, colour: str
) -> None:
    page = visit(f"{served.allowed}/es-MX?{attributes}")
    expect(opener(page)).to_have_text(WORDS[language].button)
    expect(opener(page)).to_have_css("background-color", colour)
    box = opener(page).bounding_box()
    assert box is not None
    assert (box["x"] < 640) == (side == "left")


def test_a_site_in_another_language_gets_french_and_one_in_arabic_the_other_side(served: Served, visit: Any) -> None:
    page = visit(f"{served.allowed}/de")
    expect(opener(page)).to_have_text(WORDS[Language.FR].button)
    page.goto(f"{served.allowed}/ar")
    expect(opener(page)).to_have_text(WORDS[Language.AR].button)
    box = opener(page).bounding_box()
    assert box is not None and box["x"] < 640


@pytest.mark.parametrize("what", [*Pause])
def test_a_pause_works_at_once_on_the_site_and_in_an_open_chat(served: Served, visit: Any, what: Pause) -> None:
    page = visit(f"{served.allowed}/fr")
    frame = opened_by_keyboard(page)
    wait_until(frame, "document.hasFocus()")
    command = [sys.executable, "-c", "import sys; from app import main; main()", "pause", what]
    root = Path(__file__).parents[2]
    subprocess.run(command, cwd=root, check=True, env={"MITHAQ_HOME": str(served.home), "PATH": ""})  # noqa: S603
    try:
        field = frame.locator("#mq-question textarea")
        field.fill("Quelles primes ?")
        field.press("Enter")
        expect(frame.locator("#mq-current .mq-badge")).to_have_text(WORDS[Language.FR].paused_title)
        expect(field).to_have_value("Quelles primes ?")
        page.reload()
        page.wait_for_load_state("networkidle")
        expect(page.locator("mithaq-chat")).to_have_count(0)
    finally:
        PauseFile(served.home).change(what, paused=False)
    field_page = visit(f"{served.allowed}/fr")
    expect(opener(field_page)).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_shows_it_on_an_ordinary_site(served: Served, visit: Any, language: Language) -> None:
    page = visit(f"{served.mithaq}/embed/example?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", str(language))
    frame = opened_by_keyboard(page)
    expect(frame.locator(".mq-welcome")).to_be_visible()
    expect(frame.locator(".mq-tabs")).to_be_hidden()
    assert frame.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--mq-blue')") == "#0b5a48"
