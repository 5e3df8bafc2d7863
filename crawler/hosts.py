"""Which hosts belong to an agency's site."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.models.agency import Agency


def site_hosts(agency: Agency) -> frozenset[str]:
    """host[:port] names that belong to an agency's site; www. and bare name are one site."""
    hosts: set[str] = set()
    for url in (agency.url, *agency.also):
        host = urlsplit(url).netloc.lower()
        hosts.add(host)
        name = host.split(":")[0]
        if not name.replace(".", "").isdigit():
            hosts.add(host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")
    return frozenset(hosts)
