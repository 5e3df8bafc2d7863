"""What crawler/downloader takes from inside Scrapy and Twisted: each name is there, and nobody else takes any."""

from __future__ import annotations

import ast
import inspect
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from scrapy.core.downloader import Downloader, Slot
from scrapy.core.downloader.handlers import http11
from twisted.web import _newclient

from tests.paths import PROJECT


def test_the_installed_scrapy_is_in_the_pinned_range() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = next(r for text in project["dependencies"] if (r := Requirement(text)).name == "scrapy")
    assert {spec.operator for spec in pinned.specifier} == {">=", "<"}
    assert pinned.specifier.contains(version("scrapy")), "look at crawler/downloader before moving the range"


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (Downloader, "_get_slot", ["self", "request", "spider"]),
        (Downloader, "_enqueue_request", ["self", "request"]),
        (Downloader, "_process_queue", ["self", "slot"]),
        (Downloader, "_wait_for_download", ["self", "slot", "request", "queue_dfd"]),
        (Downloader, "_latercall", ["self", "slot"]),
        (Downloader, "_start_slot_gc", ["self"]),
        (Downloader, "_stop_slot_gc", ["self"]),
        (Slot, "__init__", ["self", "concurrency", "delay", "jitter", "randomize_delay"]),
        (http11._LenientHTTP11ClientProtocol, "dataReceived", ["self", "bytes"]),
        (http11._LenientHTTP11ClientFactory, "buildProtocol", ["self", "addr"]),
        (http11._ScrapyAgent, "_cb_bodyready", ["self", "txresponse", "request"]),
        (http11._ScrapyAgent, "download_request", ["self", "request"]),
    ],
)
def test_private_names_that_are_overridden_are_as_they_were(owner: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters, f"{owner.__name__}.{name} changed"


def test_the_parser_of_headers_has_the_states_that_the_limit_needs() -> None:
    assert {_newclient.BODY, _newclient.DONE} == {"BODY", "DONE"}


def test_only_the_downloader_folder_takes_private_names() -> None:
    found = []
    for path in sorted((PROJECT / "crawler").rglob("*.py")):
        if path.parent.name == "downloader":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("scrapy", "twisted"):
                names = [*node.module.split("."), *(alias.name for alias in node.names)]
                found += [f"{path.name}: {node.module}" for name in names if name.startswith("_")]
    assert found == []
