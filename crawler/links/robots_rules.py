"""The rules of a robots.txt within limits: what a hostile one takes in memory and time is taken from all agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.python import to_unicode

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_BYTES = 500 << 10
"""RFC 9309 (2.5) asks for at least this much; what stands behind it is not read."""
_MAX_NAMES = 4
"""Names of robots that may mean us. Each takes a copy of the rules of its group."""
MAX_STARRED = 1_000
"""Rules with a star or an end that are looked at for each request, two microseconds each; honest files have dozens."""
_SOMEBODY_ELSE = "User-agent: somebody-else"
"""Stands for all other robots, so that groups end where they ended. No name of a robot that exists."""
_AGENT_FIELDS = ("user-agent", "useragent", "user agent")


class BoundedRobotParser(ProtegoRobotParser):
    """Scrapy's parser on the first part of a robots.txt, with few robots told apart."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> BoundedRobotParser:
        """Made by Scrapy."""
        agent = to_unicode(crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"])
        return cls(own_part(robotstxt_body, agent).encode(), crawler.spider)


def own_part(body: bytes, agent: str) -> str:
    """The first part of a robots.txt for the robot of this name; the names of all others stand as one.

    Lines and groups keep their order; a line that the limit cuts is left out, half a path would forbid too much. Of
    more starred rules than any honest file has the first count."""
    lines = body[:MAX_BYTES].decode("utf-8-sig", "ignore").splitlines()
    kept: list[str] = []
    names: set[str] = set()
    starred, is_ours, names_robots = 0, False, False
    for line in lines if len(body) <= MAX_BYTES else lines[:-1]:
        plain = line.partition("#")[0].strip()
        name = _robot_named(plain)
        if name is None:
            names_robots = names_robots and not plain
            starred += is_ours and _is_starred(plain)
            if not (is_ours and starred > MAX_STARRED and _is_starred(plain)):
                kept.append(line)
            continue
        # Names in a row are of one group.
        is_ours = (is_ours and names_robots) or _may_mean(name, agent.lower())
        names_robots = True
        if name in names or (len(names) < _MAX_NAMES and _may_mean(name, agent.lower())):
            names.add(name)
            kept.append(line)
        else:
            kept.append(_SOMEBODY_ELSE)
    return "\n".join(kept)


def _is_starred(line: str) -> bool:
    return "*" in line or "$" in line


def _robot_named(line: str) -> str | None:
    """The name in a line that names a robot, in each of the forms that the parser takes; else None."""
    field, _, name = line.partition(":")
    if field.strip().lower() in _AGENT_FIELDS:
        return name.strip().lower()
    words = line[:200].split()
    for count in (1, 2):
        if " ".join(words[:count]).lower() in _AGENT_FIELDS:
            return " ".join(words[count:]).lower()
    return None


def _may_mean(name: str, agent: str) -> bool:
    plain = name.replace("*", "")
    return not plain or plain in agent
