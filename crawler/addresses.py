"""Which addresses may be fetched: the one place that decides."""

from __future__ import annotations

import ipaddress
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.exceptions import IgnoreRequest
from twisted.internet.error import DNSLookupError

from core.urls import netloc

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SHARED = ipaddress.ip_network("100.64.0.0/10")


class UnsafeAddressError(IgnoreRequest):
    """The address leads to where a public site has no business to be."""


class UnsafeNameError(DNSLookupError):
    """A name stands for such an address."""


class LocalPairs(frozenset[str]):
    """The host:port pairs opened on purpose. Every crawl of a process has the same object, also in its copy of the
    settings: 8,303 pairs copied for each of sixty sites were 200 MB."""

    @classmethod
    def of(cls, settings: BaseSettings) -> LocalPairs:
        """The pairs that the settings name, in whatever form."""
        value = settings["OIT_LOCAL"]
        return value if isinstance(value, cls) else cls(settings.getlist("OIT_LOCAL"))

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Their hosts, without ports."""
        return frozenset(pair.rsplit(":", 1)[0] for pair in self)

    def __copy__(self) -> LocalPairs:
        """Nothing of it changes."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> LocalPairs:
        """Nothing of it changes."""
        return self


def is_public(address: str) -> bool:
    """Whether an IP address (text, IPv4 or IPv6) is one of the public internet."""
    try:
        ip = ipaddress.ip_address(address.strip("[]").split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and (ip in _NAT64 or int(ip) >> 32 == 0):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    elif ip in _SHARED:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def is_allowed(url: str, local: frozenset[str]) -> bool:
    """Whether an address may be asked at all; `local` are the host:port pairs opened on purpose.

    Names are let through here; the resolver judges what they stand for."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    try:
        where = netloc(url)
    except ValueError:
        return False
    if where in local:
        return True
    host = parts.hostname.lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return False
    if _is_literal(host):
        return is_public(host)
    return True


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        # 127.1, 0x7f000001 and 2130706433 are addresses to some resolvers.
        return (
            all(c in "0123456789.xabcdef" for c in host)
            and any(c.isdigit() for c in host)
            and "." not in host.strip("0123456789.")
        )
    return True


def proxy_hosts() -> frozenset[str]:
    """Hosts of the proxies for http and https that the environment names."""
    found = (urlsplit(url if "://" in url else f"//{url}") for kind, url in getproxies().items() if kind != "no")
    return frozenset(parts.hostname.lower() for parts in found if parts.hostname)
