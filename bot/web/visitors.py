"""Who asks: the address of the client, behind trusted proxies too, and the hash by which a visitor is counted."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from hashlib import blake2b
from ipaddress import IPv6Address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.networks import Address, Network, is_among, read_address

# In the scope of a request:
ADDRESS = "mithaq.address"  # whom we answer; `None` where nobody knows
VISITOR = "mithaq.visitor"  # the hash of it
TRUSTED = "mithaq.trusted"  # whether the request came by a trusted proxy
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
NOBODY = b""

logger = logging.getLogger(__name__)


class Visitors:
    """Notes in the scope who asks. What a proxy says of its visitor counts only where the proxy is trusted.

    An address is nowhere written down: it is counted by a hash under a key that only this process has, and lives as long as its
    request.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[Network] = ()) -> None:
        self._app = app
        self._trusted = tuple(trusted)
        self._key = secrets.token_bytes(32)
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            peer = read_address(scope["client"][0]) if scope.get("client") else None
            trusted = is_among(peer, self._trusted)
            address = client_address(peer, headers.getlist("x-forwarded-for"), self._trusted) if trusted else peer
            scope = {**scope, ADDRESS: address, VISITOR: visitor_hash(address, self._key), TRUSTED: trusted}
            scheme = headers.get("x-forwarded-proto", "")
            if trusted and scheme in {"http", "https"}:
                scope["scheme"] = scheme
            if not trusted and "x-forwarded-for" in headers:
                self._warn()
        await self._app(scope, receive, send)

    def _warn(self) -> None:
        if not self._warned:
            self._warned = True
            logger.warning(
                "A request says X-Forwarded-For and did not come from one of MITHAQ_SERVER__TRUSTED_PROXIES, so the header is "
                "ignored. Behind a proxy, name its address there; otherwise all its visitors count as one."
            )


def client_address(peer: Address | None, forwarded: Sequence[str], trusted: Sequence[Network]) -> Address | None:
    """The rightmost address that is no trusted proxy: what stands left of it may be made up.

    Args:
        peer: Who is connected to us, a trusted proxy.
        forwarded: The values of `X-Forwarded-For`, in the order of the headers.
        trusted: The proxies whose word counts.
    """
    address = peer
    for written in reversed([part for value in forwarded for part in value.split(",")]):
        said = read_address(written)
        if said is None:
            return address
        address = said
        if not is_among(address, trusted):
            return address
    return address


def visitor_hash(address: Address | None, key: bytes) -> bytes:
    """What a visitor is counted by: the keyed hash of the address, of an IPv6 address without its last 64 bits."""
    if address is None:
        return NOBODY
    packed = address.packed[:8] if isinstance(address, IPv6Address) else address.packed
    return blake2b(packed, key=key, digest_size=16).digest()


def was_forwarded(scope: Scope) -> bool:
    """Whether somebody between the visitor and us left a header."""
    headers = Headers(scope=scope)
    return any(name in headers for name in FORWARDED)
