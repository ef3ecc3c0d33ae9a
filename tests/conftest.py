"""For every test: no network beyond this machine, and no MITHAQ_ setting of whoever runs them."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# Whole corpora live through many tests: looking all of it through for garbage again and again takes a tenth of the time.
gc.set_threshold(200_000, 20, 20)

# The hub reads it when its library is first imported, before any fixture runs.
os.environ["HF_HUB_OFFLINE"] = "1"

# No deadline, because the machines are shared; the same examples each time, because a test that fails must fail again.
settings.register_profile("mithaq", deadline=None, derandomize=True, database=None)
settings.load_profile("mithaq")

_connect = socket.socket.connect
_getaddrinfo = socket.getaddrinfo


def is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def connect_here(self: socket.socket, address: Any) -> None:
    if self.family in {socket.AF_INET, socket.AF_INET6} and not is_here(address[0]):
        raise OSError(f"A test tried to reach {address[0]}; no test may use the network.")
    _connect(self, address)


def resolve_here(host: Any, *args: Any, **kwargs: Any) -> Any:
    if not is_here(host):
        raise socket.gaierror(f"A test tried to look up {host!r}; no test may use the network.")
    return _getaddrinfo(host, *args, **kwargs)


@pytest.fixture(scope="session", autouse=True)
def _no_network_and_no_settings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        patch.setattr(socket, "getaddrinfo", resolve_here)
        forget_settings(patch)
        yield


@pytest.fixture(autouse=True)
def _no_settings_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_settings(monkeypatch)


def forget_settings(patch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("MITHAQ_")]:
        patch.delenv(name)
