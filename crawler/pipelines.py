"""Items into the store, each committed as it comes: a killed crawl goes on where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import NotConfigured

from core.storage.patience import try_again_later
from crawler.items import ResourceItem
from crawler.site_crawl import SiteCrawl, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class StorePipeline:
    """Stores each resource with its reading in the snapshot under way; without one (`scrapy parse`) nothing."""

    def __init__(self, site: SiteCrawl) -> None:
        self._site = site

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of a crawl; not for spiders of other projects."""
        site = site_of(crawler)
        if site is None:
            raise NotConfigured
        return cls(site)

    async def process_item(self, item: Any) -> Any:
        """Store one item, again after a rest where a passing fault of the machine kept it from being stored. What
        fails all the same reaches the extension that closes the snapshot."""
        snapshot_id = self._site.snapshot_id
        if isinstance(item, ResourceItem) and snapshot_id is not None:
            store = self._site.services.store
            await try_again_later(lambda: store.add_resource(snapshot_id, item.resource, item.reading))
        return item
