"""The addresses of other sites, as a setting lists them: checked here, so that a browser's rule never holds a slip."""

from __future__ import annotations

import re

_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?")
_NEAR = ("localhost", "127.0.0.1")
_SHAPE = "Write https://host or https://host:port, without a path, parted by commas"


def read_origins(text: str) -> tuple[str, ...]:
    """The origins of a list parted by commas, each once and in its order; none in an empty text.

    Raises:
        ValueError: one is no origin; says which, what is wrong with it and how to write it.
    """
    origins = [_checked(part.strip().lower()) for part in text.split(",") if part.strip()]
    return tuple(dict.fromkeys(origins))


def _checked(origin: str) -> str:
    match = _ORIGIN.fullmatch(origin)
    if match is None or ".." in origin:
        why = "; a name in other letters is written as its xn-- form" if not origin.isascii() else ""
        raise ValueError(f"{origin} is not the address of a site. {_SHAPE}{why}")
    scheme, host, port = match.groups()
    if port is not None and not 1 <= int(port) <= 65535:
        raise ValueError(f"{origin} has no possible port. {_SHAPE}")
    if scheme == "http" and host not in _NEAR:
        raise ValueError(f"{origin} is not encrypted; http is for {' and '.join(_NEAR)} only. {_SHAPE}")
    return origin
