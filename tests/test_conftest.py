"""What holds for every test."""

from __future__ import annotations

import os
import socket

import pytest


def test_the_network_cannot_be_reached_but_this_machine_can() -> None:
    with socket.socket() as server, socket.socket() as client, socket.socket() as outside:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        with pytest.raises(OSError, match="no test may use the network"):
            outside.connect(("192.0.2.1", 443))
    with pytest.raises(OSError, match="no test may use the network"):
        socket.create_connection(("example.org", 443))
    assert socket.getaddrinfo("localhost", 80)


def test_no_setting_of_the_caller_is_seen() -> None:
    assert [name for name in os.environ if name.upper().startswith("MITHAQ_")] == []
