"""The chat on other sites: the script, the framed page and the example, as a browser fetches them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.pause import Pause
from bot.web.embed import EXAMPLE_FOLDER, EXAMPLE_LANGUAGES, framed_html, script_text
from bot.web.embed_texts import load_embed_texts
from corpus import Language

SITES = ["https://www.ccisrms.ma", "http://localhost:8000"]


def ancestors(client: TestClient, path: str) -> str:
    policy = client.get(path).headers["content-security-policy"]
    return next(rule for rule in policy.split("; ") if rule.startswith("frame-ancestors"))


def test_the_script_is_small_and_asked_anew_every_time(client: TestClient) -> None:
    response = client.get("/embed.js")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["cache-control"] == "no-cache"
    assert len(response.content) < 5 * 1024
    again = client.get("/embed.js", headers={"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cross-origin-resource-policy"] == "cross-origin"


def test_the_script_speaks_five_languages_and_touches_no_store() -> None:
    script = script_text(load_embed_texts())
    words = json.loads(re.search(r"^const words = (\{.*\});$", script, re.MULTILINE).group(1))  # type: ignore[union-attr]
    assert list(words) == [str(language) for language in Language]
    assert all(len(named) == len(set(named)) == 3 and all(named) for named in words.values())
    for forbidden in ("localStorage", "sessionStorage", "cookie", "indexedDB", "innerHTML", "eval(", ".cssText"):
        assert forbidden not in script
    assert 'setAttribute("style"' not in script
    assert '"*"' not in script, "no message goes to just any origin"


def test_the_framed_page_may_be_shown_by_the_listed_sites_only(build_client: Any) -> None:
    client = build_client(embed_sites=SITES)
    assert ancestors(client, "/embed?lang=fr") == f"frame-ancestors 'self' {' '.join(SITES)}"
    for other in ("/", "/estimate", "/embed.js", "/embed/", "/api/ask", "/docs", "/mithaq/chat.js"):
        assert ancestors(client, other) == "frame-ancestors 'self'"
    assert client.get("/embed").headers["cross-origin-resource-policy"] == "cross-origin"


def test_without_a_list_no_other_site_may_show_it(client: TestClient) -> None:
    assert ancestors(client, "/embed") == "frame-ancestors 'self'"


def test_the_framed_page_is_the_chat_in_its_language(build_client: Any) -> None:
    client = build_client(embed_sites=SITES)
    response = client.get("/embed", params={"lang": "ar", "accent": "#0b5a48"}, headers={"accept-encoding": "br, gzip"})
    html = response.text
    assert re.search(r'<html data-sites="https://www.ccisrms.ma http://localhost:8000"\s+lang="ar" dir="rtl"', html)
    assert html.count("/mithaq/embed-frame.js?v=") == html.count("/mithaq/embed.css?v=") == 1
    assert "--mq-blue:#0b5a48;" in html
    assert '<base target="_blank">' in html
    assert int(response.headers["content-length"]) == len(response.content)
    assert response.headers["content-language"] == "ar"
    assert "set-cookie" not in response.headers
    for address in re.findall(r'"(/mithaq/embed[^"]+)"', html):
        assert client.get(address).status_code == 200
    assert "/mithaq/embed" not in client.get("/").text


def test_a_head_request_gets_no_body(client: TestClient) -> None:
    response = client.head("/embed")
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 1000
    assert client.post("/embed").status_code in {404, 405}


@pytest.mark.parametrize(
    "accent", ["red", "#0b5a4", "#0b5a48;}body{display:none", "</style><script>alert(1)</script>", ""]
)
def test_what_is_no_colour_leaves_no_trace(client: TestClient, accent: str) -> None:
    html = client.get("/embed", params={"lang": "fr", "accent": accent}).text
    assert html == client.get("/embed", params={"lang": "fr"}).text


def test_sites_are_escaped() -> None:
    assert framed_html("<html>", '"><script>', None).startswith('<html data-sites="&quot;&gt;&lt;script&gt;">')


@pytest.mark.parametrize("what", list(Pause))
def test_a_paused_widget_shows_no_button_and_a_friendly_frame(build_client: Any, what: Pause) -> None:
    paused: set[Pause] = set()
    client = build_client(is_paused=lambda asked: asked in paused or Pause.CHAT in paused, embed_sites=SITES)
    whole = client.get("/embed.js")
    paused.add(what)
    halted = client.get("/embed.js", headers={"if-none-match": whole.headers["etag"]})
    assert (halted.status_code, halted.text) == (200, "/* Mithaq is paused. */\n")
    assert "etag" not in halted.headers
    frame = client.get("/embed?lang=es")
    assert (frame.status_code, frame.headers["retry-after"]) == (503, "300")
    assert load_embed_texts()[Language.ES].paused_title in frame.text
    assert "/mithaq/embed-frame.js" in frame.text, "Escape works there too"
    assert SITES[0] in ancestors(client, "/embed")
    assert client.get("/").status_code == (503 if what is Pause.CHAT else 200)
    paused.clear()
    assert client.get("/embed.js").text == whole.text
    assert client.get("/embed").status_code == 200


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", EXAMPLE_LANGUAGES)
def test_the_example_keeps_to_the_policy_that_we_ask_of_sites(client: TestClient, language: Language) -> None:
    response = client.get("/embed/example", params={"lang": language})
    policy = response.headers["content-security-policy"]
    assert "script-src 'self'; frame-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    tags = Tags(response.text).found
    assert ("html", {"lang": str(language), "dir": "rtl" if language is Language.AR else "ltr"}) in tags
    assert not [
        tag for tag, given in tags if tag == "style" or "style" in given or any(n.startswith("on") for n in given)
    ]
    scripts = [given for tag, given in tags if tag == "script"]
    assert [script["src"] for script in scripts] == ["/embed.js"]
    for given in (one["href"] for tag, one in tags if tag == "link"):
        assert client.get(str(given)).status_code == 200


def test_the_example_is_french_where_it_is_not_arabic(client: TestClient) -> None:
    assert client.get("/embed/example?lang=zh").headers["content-language"] == "fr"
    assert client.get("/embed/example", headers={"accept-language": "ar"}).headers["content-language"] == "ar"
    assert {path.stem for path in EXAMPLE_FOLDER.glob("*.html")} == {str(language) for language in EXAMPLE_LANGUAGES}
