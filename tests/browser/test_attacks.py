"""Attacks in a real browser: nothing runs, nothing is fetched from elsewhere, and the page stays as it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIELD = "#mq-question textarea"
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)><img src=https://evil.example/x.png>",
    "quotes": '" autofocus onfocus="alert(1)" \' onmouseover=\'alert(1)',
    "end of the card": "</p></div></details><iframe src=//evil.example></iframe><style>body{display:none}</style>",
    "markdown": "[a](javascript:alert(1)) ![x](https://evil.example/x.png) <javascript:alert(1)> **b** `c` # d",
    "block": "x</div>\n\n<b onclick=alert(1)>b</b>\n\n```\n<i>\n```",
    "formula": r"$$\href{javascript:alert(1)}{x}$$ \(x\) $x$",
    "entities": "&lt;img src=x onerror=alert(1)&gt; &#60;b&#62;",
    "turned": "30% \u202eforced\u2066 \u200bhidden\ufeff",
    "template": "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
}
# Elements that no answer has, and attributes that run something, in the conversation.
STRANGE = """() => [...document.querySelectorAll("#mq-main *, #mq-header *")].filter((one) =>
  one.matches("script, img, iframe, style, b[onclick], i:not(.mq-working i), strong, em, code, pre, math, .katex, [autofocus]")
  || [...one.attributes].some((attribute) => attribute.name.startsWith("on"))
  || /^(javascript|data|file):/i.test(one.getAttribute("href") || "")).map((one) => one.outerHTML.slice(0, 120))"""


def send(page: Page, question: str) -> Any:
    turns = page.locator(".mq-turn").count()
    page.locator(FIELD).fill(question)
    page.locator("#mq-send").click()
    expect(page.locator(".mq-turn")).to_have_count(turns + 1)
    answer = page.locator("#mq-current [data-done='1']")
    expect(answer).to_be_visible()
    return answer


def words(text: str) -> str:
    """As a reader sees it: white space joined, without what turns the direction."""
    return " ".join("".join(letter for letter in text if letter not in "\u202e\u2066").split())


def test_questions_and_documents_are_text(open_page: Any) -> None:
    page = open_page("en")
    for name, attack in ATTACKS.items():
        send(page, attack)
        assert page.evaluate(STRANGE) == [], name
        assert words(page.locator("#mq-current .mq-question p").inner_text()) == words(attack), name
        answer = send(page, f"poisoned {attack}")
        answer.locator(".mq-cite").first.click()
        expect(answer.locator(".mq-source[open]")).to_be_visible()
        assert page.evaluate(STRANGE) == [], name
        expect(answer.locator("a.mq-open")).to_have_count(0)
    page.locator("a[data-language=ar]").click()  # everything is written anew
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert page.evaluate(STRANGE) == []
    expect(page.locator(".mq-turn")).to_have_count(2 * len(ATTACKS))


def test_the_check_finds_what_is_strange(open_page: Any) -> None:
    page = open_page("en")
    page.locator("#mq-main").evaluate("one => { one.append(document.createElement('iframe')); }")
    assert len(page.evaluate(STRANGE)) == 1


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_an_address_fills_the_field_and_nothing_else(open_page: Any, attack: str) -> None:
    # The first page of all: one that is left logs the requests that it breaks off.
    page = open_page(f"{quote('en' + attack)}&ask={quote(attack)}&{quote(attack)}=1#{quote(attack)}")
    expect(page.locator(FIELD)).to_have_value(attack)
    expect(page.locator(".mq-turn")).to_have_count(0)
    assert page.evaluate(STRANGE) == []
    assert "ask=" not in page.url


def test_another_site_can_neither_ask_nor_read(open_page: Any, server_url: str) -> None:
    """The same server under another name is another origin to the browser."""
    page = open_page("en")
    other = server_url.replace("127.0.0.1", "localhost")
    outcome = page.evaluate(
        """async (other) => {
          const send = async (path, type, body) => {
            try { return (await fetch(other + path, { method: "POST", headers: { "content-type": type }, body })).status; }
            catch { return "refused"; }
          };
          return [await send("/api/ask", "application/json", "{}"), await send("/gradio_api/queue/join", "text/plain", "{}")];
        }""",
        other,
    )
    assert outcome == ["refused", "refused"]
    open_page.troubles.clear()  # the browser logs what it refused


def test_the_policy_lets_nothing_in(open_page: Any) -> None:
    page = open_page("en")
    outcome = page.evaluate(
        """async () => {
          const blocked = []; addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
          const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
          add("script", { src: "https://evil.example/x.js" }); add("img", { src: "https://evil.example/x.png" });
          add("iframe", { src: "https://evil.example/" }); add("object", { data: "https://evil.example/" });
          // Later: what the debugger itself calls may evaluate.
          add("script", { textContent: "setTimeout(() => { try { eval('1'); } catch { window.noEval = true; } }, 0)" });
          try { await fetch("https://evil.example/"); } catch { /* counted by its event */ }
          await new Promise((done) => setTimeout(done, 300));
          return [...new Set(blocked), ...(window.noEval ? ["eval"] : [])];
        }"""
    )
    assert {"connect-src", "eval", "frame-src", "img-src", "object-src", "script-src-elem"} <= set(outcome)
    open_page.troubles.clear()
