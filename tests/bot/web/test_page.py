"""The document around the chat."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from bot.web.page_html import page_language
from corpus import Language


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("ar", "en", Language.AR),
        ("ZH-Hans", None, Language.ZH),
        ("de", "es-MX,es;q=0.9", Language.ES),
        (None, "de;q=0.9, zh-CN;q=0.5, en;q=0.7", Language.EN),
        (None, "fr;q=0, en;q=x, ar", Language.AR),
        (None, None, Language.FR),
        ("", "*", Language.FR),
        (None, "de", Language.FR),
    ],
)
def test_the_address_then_the_browser_choose_the_language(
    asked: str | None, accepted: str | None, language: Language
) -> None:
    assert page_language(asked, accepted) is language


def test_the_document_has_its_language_and_none_of_gradios_tags(client: TestClient) -> None:
    response = client.get("/", params={"lang": "ar"}, headers={"accept-encoding": "br, gzip"})
    html = response.text
    assert re.search(r'<html\s+lang="ar" dir="rtl"', html)
    assert response.headers["content-language"] == "ar"
    head = html.partition("<body")[0]
    visible = re.sub(r"<script.*?</script>", "", head, flags=re.DOTALL)
    assert "gradio" not in visible.lower()
    assert "ميثاق" in visible
    assert "githubusercontent" not in html


def test_our_files_are_served_from_addresses_that_change_with_them(client: TestClient) -> None:
    html = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/mithaq/[^"]+)"', html)
    assert {address.partition("?")[0] for address in addresses} == {
        "/mithaq/page.css", "/mithaq/chat.css", "/mithaq/chat.js", "/mithaq/icon.svg",
    }  # fmt: skip
    assert all(client.get(address).status_code == 200 and "?v=" in address for address in addresses)


def test_head_requests_get_no_body(client: TestClient) -> None:
    response = client.head("/")
    assert response.status_code == 200
    assert response.content == b""
