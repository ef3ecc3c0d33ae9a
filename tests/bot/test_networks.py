"""Networks as a setting lists them, and addresses as connections and proxies write them."""

from __future__ import annotations

import pytest

from bot.networks import is_among, read_address, read_networks


def test_a_list_of_addresses_and_networks_is_read() -> None:
    assert [str(one) for one in read_networks(" 10.0.0.5 ,fd00::/8,, ")] == ["10.0.0.5/32", "fd00::/8"]
    assert read_networks("") == ()


@pytest.mark.parametrize("wrong", ["*", "proxy.example", "10.0.0.5/8", "10.0.0.0/33", "300.1.1.1"])
def test_what_is_no_network_is_named_with_its_repair(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"is no address and no network .*Write 10\.0\.0\.5"):
        read_networks(f"10.0.0.1,{wrong}")


@pytest.mark.parametrize(
    ("written", "address"),
    [("192.0.2.1", "192.0.2.1"), (" 192.0.2.1:4711 ", "192.0.2.1"), ("[2001:db8::1]:80", "2001:db8::1"),
     ("2001:db8::1", "2001:db8::1"), ("::ffff:192.0.2.1", "192.0.2.1")],
)  # fmt: skip
def test_an_address_is_read_with_or_without_its_port(written: str, address: str) -> None:
    assert str(read_address(written)) == address


@pytest.mark.parametrize("written", ["", "unknown", "_hidden", "testclient", "1.2.3", "'; --", "[::1"[:1]])
def test_what_is_no_address_is_none(written: str) -> None:
    assert read_address(written) is None


def test_an_address_belongs_to_a_network_of_its_own_kind() -> None:
    networks = read_networks("10.0.0.0/8, fd00::/8")
    assert is_among(read_address("10.1.2.3"), networks)
    assert is_among(read_address("fd00::1"), networks)
    assert not is_among(read_address("::1"), networks)
    assert not is_among(None, networks)
