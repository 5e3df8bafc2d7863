"""robots.txt of any size costs little, and forbids what it forbids."""

from __future__ import annotations

import pytest
from scrapy.utils.test import get_crawler

from crawler.links.robots_rules import MAX_BYTES, BoundedRobotParser
from tests.effort import effort

AGENT = "oit/0.1 (Thai public disclosure checker; +a@b.go.th)"


def parsed(text: str) -> BoundedRobotParser:
    return BoundedRobotParser.from_crawler(get_crawler(settings_dict={"USER_AGENT": AGENT}), text.encode())


def allowed(text: str, path: str = "/x/y") -> bool:
    return parsed(text).allowed(f"https://a.go.th{path}", AGENT)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("User-agent: *\nDisallow: /x", False),
        ("User-agent: *\nDisallow: /z", True),
        ("User-agent: other\nDisallow: /x", True),
        ("User-agent: oit\nDisallow: /x\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow:\nUser-agent: other\nDisallow: /", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /x", False),
        ("User-agent: *\nUser-agent: other\nDisallow: /x", False),
        ("Useragent OIT # us\nDisallow: /x", False),
        ("User-agent: *\nDisallow: /x\nAllow: /x/y", True),
    ],
)
def test_groups_stay_as_they_were(text: str, right: bool) -> None:
    assert allowed(text) is right


def test_starred_rules_cost_little_for_each_request() -> None:
    rules = parsed("User-agent: *\n" + "".join(f"Disallow: /*a*b*{n}*z$\n" for n in range(15_000)) + "Disallow: /x")
    rules.allowed("https://a.go.th/", AGENT)

    def ask() -> None:
        for number in range(100):
            rules.allowed(f"https://a.go.th/a/b/{'a' * 1000}{number}", AGENT)

    assert effort(ask, 30) < 30
    assert not rules.allowed("https://a.go.th/x/y", AGENT)
    assert not rules.allowed("https://a.go.th/1a2b7zz", AGENT)


def test_starred_rules_for_other_robots_take_none_of_ours_away() -> None:
    others = "".join(f"User-agent: other{n}\n" + "Disallow: /*a\n" * 200 for n in range(20))
    assert not allowed(others + "\nUser-agent: other\nUser-agent: *\nDisallow: /*y$")


def test_the_first_half_megabyte_counts_and_no_half_line() -> None:
    filling = "User-agent: *\n" + "#\n" * (MAX_BYTES // 2 - 100)
    assert not allowed(filling + "Disallow: /x\n" + "#\n" * 1000)
    assert allowed(filling + "#\n" * 1000 + "Disallow: /x\n")
    start = "User-agent: *\n" + "#" * (MAX_BYTES - 26) + "\nDisallow: /"
    assert len(start) == MAX_BYTES
    assert allowed(start + "private/")


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 500_000,
        "User-agent: *\n" + "".join(f"Disallow: /*a*b*{n}*z$\n" for n in range(400_000)),
        "".join(f"User-agent: a{n}\n" for n in range(20_000)) + "".join(f"Disallow: /{n}\n" for n in range(15_000)),
        "".join(f"User-agent: {AGENT[n:m]}\n" for n in range(50) for m in range(n + 1, 50))
        + "".join(f"Disallow: /{n}\n" for n in range(20_000)),
    ],
)
def test_hostile_rules_take_no_time(text: str) -> None:
    assert parsed(text).allowed("https://a.go.th/x/" + "ab" * 900, AGENT)
    assert effort(lambda: parsed(text).allowed("https://a.go.th/x/" + "ab" * 900, AGENT), 60) < 60
