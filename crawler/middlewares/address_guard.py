"""Refuses requests to addresses that must not be fetched, redirects included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.utils.defer import maybe_deferred_to_future

from core.urls import netloc
from crawler.addresses import LocalPairs, UnsafeAddressError, is_allowed, is_public, proxy_hosts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy import Request
    from scrapy.crawler import Crawler


class AddressGuardMiddleware:
    """Stops requests to unsafe addresses, on every hop."""

    def __init__(self, local: LocalPairs, proxies: frozenset[str], resolve: Callable[[str], Awaitable[str]]) -> None:
        """`proxies` are the hosts of the proxies that this machine's environment names; `resolve` gives the address
        that a connection to a name will use."""
        self._local = local
        self._names = local.hosts
        self._proxies = proxies
        self._resolve = resolve

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuardMiddleware:
        """Made by Scrapy."""
        return cls(LocalPairs.of(crawler.settings), proxy_hosts(), _resolved)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Raise UnsafeAddressError for what may not be asked, at once or after its name was looked up."""
        url = request.url
        if not is_allowed(url, self._local):
            where = urlsplit(url).netloc[:100]
            raise UnsafeAddressError(
                f"not a public address: {where} (opened on purpose with --allow-local, or -s OIT_LOCAL={where})"
            )
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


async def _resolved(host: str) -> str:
    from twisted.internet import reactor

    running: Any = reactor  # its own declaration takes a name for a list of numbers
    return str(await maybe_deferred_to_future(running.resolve(host)))
