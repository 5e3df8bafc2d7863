"""Quiet hours: times of the day in which no site is asked for anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

THAI_TIME = ZoneInfo("Asia/Bangkok")


class QuietHours:
    """Times of the day, Thai time, in which nothing is asked: `08:30-16:30`, several with commas between."""

    def __init__(self, text: str) -> None:
        """Raises ValueError, in words for the user, for what is no time of the day."""
        self._spans = tuple(_span(part) for part in text.split(",") if part.strip())

    def seconds_left(self, now: datetime) -> float:
        """Seconds until something may be asked; 0 outside of the quiet hours."""
        local = now.astimezone(THAI_TIME)
        waits = [0.0]
        for start, end in self._spans:
            for day in (-1, 0):
                midnight = datetime(local.year, local.month, local.day, tzinfo=THAI_TIME) + timedelta(days=day)
                begins = midnight + timedelta(seconds=start)
                ends = midnight + timedelta(seconds=end if end > start else end + 86_400)
                if begins <= local < ends:
                    waits.append((ends - local).total_seconds())
        return max(waits)


def _span(text: str) -> tuple[int, int]:
    first, dash, last = text.strip().partition("-")
    if not dash:
        raise ValueError(f"quiet hours are written 08:30-16:30; got {text.strip()[:40]!r}")
    start, end = _seconds(first), _seconds(last)
    if start == end:
        raise ValueError(f"quiet hours must have an end; got {text.strip()[:40]!r}")
    return start, end


def _seconds(text: str) -> int:
    parts = text.strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isdecimal() and len(part) <= 2 for part in parts):
        raise ValueError(f"a time of day is written 08:30; got {text.strip()[:40]!r}")
    hours, minutes, seconds = (*(int(part) for part in parts), 0)[:3]
    if hours > 24 or minutes > 59 or seconds > 59 or (hours == 24 and minutes + seconds):
        raise ValueError(f"no such time of day: {text.strip()[:40]!r}")
    return hours * 3600 + minutes * 60 + seconds
