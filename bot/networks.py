"""Addresses and networks, as a setting lists them and as a connection names them."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def read_networks(text: str) -> tuple[Network, ...]:
    """The networks of a list parted by commas; none in an empty text.

    Raises:
        ValueError: one is no address and no network; says which and how to write it.
    """
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(written: str) -> Network:
    try:
        return ip_network(written)
    except ValueError as error:
        raise ValueError(
            f"{written} is no address and no network ({error}). Write 10.0.0.5, 10.0.0.0/8 or fd00::/8, parted by commas"
        ) from error


def read_address(written: str) -> Address | None:
    """The address, with or without a port; an IPv4 address in IPv6 clothes is the IPv4 address. `None` if it is none."""
    written = written.strip()
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        address = ip_address(written)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def is_among(address: Address | None, networks: Sequence[Network]) -> bool:
    """Whether the address belongs to one of the networks."""
    return address is not None and any(address in network for network in networks)
