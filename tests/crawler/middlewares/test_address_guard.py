"""No way into the machine's own network: every address is judged by where it leads."""

from __future__ import annotations

import asyncio
from copy import deepcopy

import pytest
from scrapy import Request
from scrapy.settings import Settings

from core.urls import netloc
from crawler.addresses import LocalPairs, UnsafeAddressError, is_allowed, is_public, proxy_hosts
from crawler.middlewares.address_guard import AddressGuardMiddleware

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not-an-address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.150.1.1", "2001:4860:4860::8888"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f000001/", "http://127.1/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "ftp://a.go.th/", "file:///etc/passwd", "http://printer.local/",
    ],
)  # fmt: skip
def test_the_gate_stays_shut(url: str) -> None:
    assert not is_allowed(url, frozenset())


class Names:
    """A name server of two names; `asked` are those that were looked up."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def resolve(self, name: str) -> str:
        self.asked.append(name)
        return {"intranet.go.th": "10.0.0.5", "www.go.th": "203.150.1.1"}[name]


def passes(gate: AddressGuardMiddleware, request: Request) -> bool:
    async def ask() -> None:
        answer = gate.process_request(request)
        if answer is not None:
            await answer

    try:
        asyncio.run(ask())
    except UnsafeAddressError:
        return False
    return True


def test_a_name_that_was_opened_with_one_port_opens_no_other() -> None:
    gate = AddressGuardMiddleware(LocalPairs({"intranet.go.th:8001", "www.go.th:80"}), frozenset(), Names().resolve)
    assert passes(gate, Request("http://intranet.go.th:8001/"))
    assert not passes(gate, Request("http://intranet.go.th:22/"))
    assert not passes(gate, Request("https://intranet.go.th/"))
    assert passes(gate, Request("https://www.go.th/"))


def test_without_a_proxy_names_are_left_to_the_resolver() -> None:
    names = Names()
    assert passes(AddressGuardMiddleware(LocalPairs(), frozenset(), names.resolve), Request("http://www.go.th/"))
    assert not names.asked


def test_a_proxy_opens_nothing() -> None:
    gate = AddressGuardMiddleware(LocalPairs(), frozenset({"proxy.go.th"}), Names().resolve)
    assert passes(gate, Request("http://www.go.th/"))
    assert not passes(gate, Request("http://intranet.go.th/"))
    assert not passes(gate, Request("http://127.0.0.1/"))
    assert not passes(gate, Request("http://proxy.go.th:3128/"))


def test_opened_addresses_are_asked_without_the_proxy_and_only_they() -> None:
    gate = AddressGuardMiddleware(LocalPairs({"127.0.0.1:8001"}), frozenset({"proxy.go.th"}), Names().resolve)
    request = Request("http://127.0.0.1:8001/")
    assert passes(gate, request)
    assert request.meta["proxy"] is None
    led_on = request.replace(url="http://www.go.th/")
    assert passes(gate, led_on)
    assert "proxy" not in led_on.meta


def test_proxies_of_the_environment_are_known_by_host(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert proxy_hosts() == frozenset()
    monkeypatch.setenv("http_proxy", "http://user:word@Proxy.go.th:3128/")
    monkeypatch.setenv("https_proxy", "10.0.0.7:8080")
    monkeypatch.setenv("no_proxy", "a.go.th")
    assert proxy_hosts() == {"proxy.go.th", "10.0.0.7"}


def test_only_the_named_pair_is_opened() -> None:
    local = frozenset({"127.0.0.1:8001"})
    assert is_allowed("http://127.0.0.1:8001/x", local)
    assert not is_allowed("http://127.0.0.1:8002/x", local)
    assert not is_allowed("https://127.0.0.1/x", local)
    assert is_allowed("https://www.example.go.th/", local)
    assert netloc("https://A.go.th/x") == "a.go.th:443"


def test_every_crawl_of_a_process_has_the_same_pairs() -> None:
    """A country's list copied for each site under way took 200 MB."""
    settings = Settings()
    settings.set("OIT_LOCAL", LocalPairs(f"10.0.{n // 250}.{n % 250}:80" for n in range(8303)), priority="cmdline")
    first = LocalPairs.of(settings)
    assert LocalPairs.of(settings.copy()) is LocalPairs.of(deepcopy(settings)) is first
    assert len(first.hosts) == len(first)
    settings.set("OIT_LOCAL", "a:1,b:2", priority="cmdline")
    assert LocalPairs.of(settings) == {"a:1", "b:2"}
