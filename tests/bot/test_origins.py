"""The addresses of other sites."""

from __future__ import annotations

import pytest

from bot.origins import read_origins


def test_origins_are_read_once_each_and_in_their_order() -> None:
    text = " https://WWW.ccisrms.ma , http://localhost:8000,https://www.ccisrms.ma,http://127.0.0.1,https://a.b:8443,"
    assert read_origins(text) == (
        "https://www.ccisrms.ma", "http://localhost:8000", "http://127.0.0.1", "https://a.b:8443",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", ",", " , "])
def test_an_empty_list_allows_nobody(text: str) -> None:
    assert read_origins(text) == ()


@pytest.mark.parametrize(
    ("origin", "why"),
    [
        ("www.ccisrms.ma", "is not the address of a site"),
        ("https://", "is not the address of a site"),
        ("https://www.ccisrms.ma/", "is not the address of a site"),
        ("https://www.ccisrms.ma/accueil", "is not the address of a site"),
        ("https://*.ccisrms.ma", "is not the address of a site"),
        ("*", "is not the address of a site"),
        ("'self'", "is not the address of a site"),
        ("https://user@ccisrms.ma", "is not the address of a site"),
        ("https://a..b", "is not the address of a site"),
        ("https://a.b; script-src *", "is not the address of a site"),
        ("https://a.b https://c.d", "is not the address of a site"),
        ("https://غرفة.المغرب", "xn-- form"),
        ("ftp://ccisrms.ma", "is not the address of a site"),
        ("https://ccisrms.ma:0", "has no possible port"),
        ("https://ccisrms.ma:65536", "has no possible port"),
        ("http://www.ccisrms.ma", "is not encrypted"),
        ("http://localhost.ccisrms.ma", "is not encrypted"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(origin: str, why: str) -> None:
    with pytest.raises(ValueError, match="Write https://host or https://host:port") as refusal:
        read_origins(f"https://www.ccisrms.ma,{origin}")
    assert why in str(refusal.value)
    assert origin in str(refusal.value)
