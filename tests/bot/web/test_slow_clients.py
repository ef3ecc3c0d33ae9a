"""A client that sends slowly is let go, one that sends too much is refused, and others are served meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.web.security import BodyLimit
from bot.web.slow_clients import LARGEST_HEAD, PatientProtocol, server_limits

HEAD = b"POST /x HTTP/1.1\r\nHost: here\r\n"


class Hasty(PatientProtocol):
    head_within = 0.3


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await PlainTextResponse((await receive())["body"] or b"nothing")(scope, receive, send)


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """A real server that waits 0.3 seconds for a head and for a body."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        options = {**server_limits(), "http": Hasty, "lifespan": "off", "log_level": "critical"}
        server = uvicorn.Server(uvicorn.Config(BodyLimit(app, within=0.3), **options))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()
        server.should_exit = True
        thread.join(30)


def connect(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, timeout=30)


def everything(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    received = b""
    while part := connection.recv(65_536):
        received += part
    return received


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHo", HEAD], ids=["nothing", "half a line", "half a head"])
def test_who_does_not_finish_the_head_is_let_go(address: Any, said: bytes) -> None:
    with connect(address) as slow:
        slow.sendall(said)
        assert everything(slow) == b""


def test_a_byte_now_and_then_does_not_help(address: Any) -> None:
    with connect(address) as slow:
        slow.sendall(HEAD)
        with pytest.raises(OSError):  # reset or broken pipe: the other side has closed
            for _ in range(600):
                slow.sendall(b"x")
                time.sleep(0.05)


def test_a_connection_that_was_served_has_no_more_time_for_the_next_head(address: Any) -> None:
    with connect(address) as slow:
        slow.sendall(HEAD + b"Content-Length: 2\r\n\r\nhi" + HEAD)
        assert everything(slow).endswith(b"hi")


def test_a_body_that_does_not_come_is_a_problem(address: Any) -> None:
    with connect(address) as slow:
        slow.sendall(HEAD + b"Content-Length: 10\r\n\r\nhi")
        answer = slow.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in answer


def test_others_are_served_while_many_are_slow(address: Any) -> None:
    slow = [connect(address) for _ in range(50)]
    for one in slow:
        one.sendall(HEAD)
    with connect(address) as quick:
        quick.sendall(HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nhi")
        assert everything(quick).endswith(b"hi")
    for one in slow:
        one.close()


@pytest.mark.parametrize("header", [b"Cookie: ", b"X-Long: "])
def test_a_huge_head_is_refused(address: Any, header: bytes) -> None:
    with connect(address) as loud:
        loud.sendall(HEAD + header + b"x" * LARGEST_HEAD)
        assert everything(loud).startswith(b"HTTP/1.1 400")


def test_connections_are_bounded_below_the_open_files_of_a_process() -> None:
    assert 0 < server_limits()["limit_concurrency"] < 1_024
