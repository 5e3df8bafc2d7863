"""What all spiders of a process share: store, readers, download slots, room for bodies and browser."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.storage.claims import Claim
from core.storage.store import Store
from crawler.addresses import LocalPairs
from crawler.downloader.quiet_hours import QuietHours
from crawler.downloader.room import BodyRoom
from crawler.downloader.slots import SharedSlots
from crawler.rendering.browser import Renderer, find_browser
from documents.pool import ReaderPool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Services:
    """Opened once per process. `held` are locks and files to let go of at the end."""

    store: Store
    pool: ReaderPool
    slots: SharedSlots
    renderer: Renderer
    room: BodyRoom = field(default_factory=BodyRoom)
    held: ExitStack = field(default_factory=ExitStack)

    async def close(self) -> None:
        """End the browser, then the readers, then close the store."""
        await self.renderer.close()
        self.pool.close()
        self.held.close()
        self.store.close()


def open_services(
    settings: BaseSettings,
    data: Path,
    servers: Mapping[str, str] | None = None,
    readers: int = 0,
    claim: Mapping[str, int] | None = None,
) -> Services:
    """Open what spiders with these settings need. `servers` says which hosts are one server; without a number of
    `readers` there is one per core. Raises StoreError, and ValueError for quiet hours that are none."""
    local = LocalPairs.of(settings)
    wanted: Any = settings["OIT_BROWSER"]
    browser = find_browser() if wanted == "auto" else str(wanted or "")
    quiet = QuietHours(settings.get("OIT_QUIET_HOURS") or "")
    return Services(
        Store(data, Claim(**claim) if claim else None),
        ReaderPool(readers or os.cpu_count() or 1),
        SharedSlots(servers, local, quiet),
        Renderer(browser, settings.getfloat("OIT_RENDER_TIMEOUT"), settings["USER_AGENT"]),
        BodyRoom(settings.getint("OIT_BODIES_MB") << 20),
    )
