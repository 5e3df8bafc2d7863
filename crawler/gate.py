"""The one place that decides whether an address may be fetched.

Only http and https; no loopback, private, link-local, multicast, reserved or shared (carrier-grade) addresses, nor
IPv6 forms that hide one. Names are judged by the address that the connection will really use: the resolver below
answers only with allowed ones. Each request passes the middleware again after a redirect.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

from crawler.urls import netloc

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SHARED = ipaddress.ip_network("100.64.0.0/10")


class UnsafeAddressError(IgnoreRequest):
    """The address leads to where a public site has no business to be."""


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


def allowed(url: str, local: frozenset[str]) -> bool:
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


class GateMiddleware:
    """Stops requests to unsafe addresses, on every hop."""

    def __init__(
        self, local: frozenset[str], proxies: frozenset[str], resolve: Callable[[str], Awaitable[str]]
    ) -> None:
        """`proxies` are the hosts of the proxies that this machine's environment names; `resolve` gives the address
        that a connection to a name will use."""
        self._local = local
        self._names = {pair.rsplit(":", 1)[0] for pair in local}
        self._proxies = proxies
        self._resolve = resolve

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GateMiddleware:
        """Made by Scrapy."""
        return cls(frozenset(crawler.settings.getlist("OIT_LOCAL")), proxy_hosts(), _resolved)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Raise UnsafeAddressError for what may not be asked, at once or after its name was looked up."""
        url = request.url
        if not allowed(url, self._local):
            raise UnsafeAddressError(f"unsafe address: {urlsplit(url).netloc[:100]}")
        if netloc(url) in self._local:
            # What stands on this machine or beside it is no proxy's business.
            request.meta["proxy"] = None
            return None
        if request.meta.get("proxy", url) is None:
            # Led here from there.
            del request.meta["proxy"]
        host = (urlsplit(url).hostname or "").lower()
        if host in self._proxies:
            raise UnsafeAddressError(f"unsafe address: {host[:100]} is the proxy")
        # The resolver knows names without ports, and a proxy resolves by itself: then the name is judged here.
        return self._judge(host) if self._proxies or host in self._names else None

    async def _judge(self, host: str) -> None:
        if not is_public(await self._resolve(host)):
            raise UnsafeAddressError(f"unsafe address behind {host[:100]}")


def proxy_hosts() -> frozenset[str]:
    """Hosts of the proxies for http and https that the environment names."""
    found = (urlsplit(url if "://" in url else f"//{url}") for kind, url in getproxies().items() if kind != "no")
    return frozenset(parts.hostname.lower() for parts in found if parts.hostname)


async def _resolved(host: str) -> str:
    from twisted.internet import reactor

    running: Any = reactor  # its own declaration takes a name for a list of numbers
    return str(await maybe_deferred_to_future(running.resolve(host)))


class GuardedResolver(CachingThreadedResolver):
    """Answers names only with public addresses, except names that were opened on purpose and this machine's proxy."""

    def __init__(self, reactor: Any, cache_size: int, timeout: float, local: frozenset[str] = frozenset()) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._local = {pair.rsplit(":", 1)[0] for pair in local} | proxy_hosts()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        """Made by Scrapy."""
        return cls(
            reactor,
            crawler.settings.getint("DNSCACHE_SIZE"),
            crawler.settings.getfloat("DNS_TIMEOUT"),
            frozenset(crawler.settings.getlist("OIT_LOCAL")),
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """Resolve a name; DNSLookupError if it stands for an unsafe address."""
        found = super().getHostByName(name, timeout)
        found.addCallback(self._judge, name)
        return found

    def _judge(self, address: str, name: str) -> str:
        if is_public(address) or name.lower() in self._local:
            return address
        raise DNSLookupError(f"unsafe address behind {name[:100]}")
