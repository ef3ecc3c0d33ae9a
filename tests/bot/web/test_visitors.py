"""Who the visitor is, directly and behind proxies, and that forged headers change nothing."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.networks import read_address, read_networks
from bot.web.visitors import ADDRESS, NOBODY, TRUSTED, VISITOR, Visitors, visitor_hash, was_forwarded

PROXIES = read_networks("10.0.0.0/8, fd00::/8")


def seen(client: str | None, *headers: tuple[str, str], door: Visitors | None = None) -> dict[str, Any]:
    """The scope that the application gets."""
    scopes: list[dict[str, Any]] = []

    async def app(scope: Any, _: Any, __: Any) -> None:
        scopes.append(scope)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    scope = {"type": "http", "client": (client, 1) if client else None, "headers": raw, "scheme": "http", "path": "/"}
    visitors = door or Visitors(app, PROXIES)
    visitors._app = app
    asyncio.run(visitors(scope, None, None))  # type: ignore[arg-type]
    return scopes[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.9", [], "192.0.2.9"),
        ("192.0.2.9", ["198.51.100.1"], "192.0.2.9"),  # forged: the peer is no proxy of ours
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),  # forged by the visitor, left of what our proxy saw
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),  # two proxies, two headers
        ("10.0.0.1", ["1.1.1.1, nonsense, 10.0.0.2"], "10.0.0.2"),  # nothing left of nonsense is believed
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["[2001:db8::5]:4711"], "2001:db8::5"),
        ("::ffff:10.0.0.1", ["198.51.100.1:80"], "198.51.100.1"),
        ("fd00::1", ["198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_rightmost_untrusted_address_is_the_visitor(peer: str, forwarded: list[str], address: str) -> None:
    scope = seen(peer, *(("X-Forwarded-For", value) for value in forwarded))
    assert scope[ADDRESS] == read_address(address)
    assert scope[TRUSTED] == (read_address(peer) in PROXIES[0] or peer.startswith("fd"))


def test_only_a_trusted_proxy_says_how_the_visitor_came() -> None:
    assert seen("10.0.0.1", ("X-Forwarded-Proto", "https"))["scheme"] == "https"
    assert seen("10.0.0.1", ("X-Forwarded-Proto", "gopher"))["scheme"] == "http"
    assert seen("192.0.2.9", ("X-Forwarded-Proto", "https"))["scheme"] == "http"


def test_a_connection_without_an_address_is_nobody() -> None:
    assert seen(None)[VISITOR] == seen("testclient")[VISITOR] == NOBODY


def test_a_visitor_is_a_hash_that_another_process_cannot_make() -> None:
    address = read_address("192.0.2.9")
    one, other = visitor_hash(address, b"a" * 32), visitor_hash(address, b"b" * 32)
    assert one != other
    assert len(one) == 16
    assert seen("192.0.2.9")[VISITOR] != seen("192.0.2.9")[VISITOR]  # two processes


def test_an_ipv6_visitor_is_counted_by_its_network() -> None:
    door = Visitors(None)  # type: ignore[arg-type]
    one = seen("2001:db8:0:1::5", door=door)[VISITOR]
    assert one == seen("2001:db8:0:1:ffff::9", door=door)[VISITOR]
    assert one != seen("2001:db8:0:2::5", door=door)[VISITOR]


def test_a_proxy_that_is_not_trusted_is_told_of_once_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    door = Visitors(None)  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            seen("192.0.2.9", ("X-Forwarded-For", "198.51.100.1"), door=door)
    assert len(caplog.records) == 1
    assert "MITHAQ_SERVER__TRUSTED_PROXIES" in caplog.text
    assert "192.0.2.9" not in caplog.text
    assert "198.51.100.1" not in caplog.text


def test_what_a_proxy_leaves_is_seen() -> None:
    assert was_forwarded({"type": "http", "headers": [(b"via", b"1.1 x")]})
    assert not was_forwarded({"type": "http", "headers": [(b"host", b"x")]})
