"""A DNS resolver that gives public addresses only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingThreadedResolver

from crawler.addresses import LocalPairs, UnsafeNameError, is_public, proxy_hosts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred


NO_PAIRS = LocalPairs()


class PublicAddressResolver(CachingThreadedResolver):
    """Answers names only with public addresses, except names that were opened on purpose and this machine's proxy."""

    def __init__(self, reactor: Any, cache_size: int, timeout: float, local: LocalPairs = NO_PAIRS) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._local = local.hosts | proxy_hosts()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicAddressResolver:
        """Made by Scrapy."""
        return cls(
            reactor,
            crawler.settings.getint("DNSCACHE_SIZE"),
            crawler.settings.getfloat("DNS_TIMEOUT"),
            LocalPairs.of(crawler.settings),
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """Resolve a name; UnsafeNameError if it stands for an unsafe address."""
        found = super().getHostByName(name, timeout)
        found.addCallback(self._judge, name)
        return found

    def _judge(self, address: str, name: str) -> str:
        if is_public(address) or name.lower() in self._local:
            return address
        raise UnsafeNameError(f"unsafe address behind {name[:100]}")
