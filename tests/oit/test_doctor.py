"""What of the optional programs is there, and what is lost without them."""

from __future__ import annotations

from oit.doctor import examine


def test_doctor_says_what_is_lost() -> None:
    parts = examine(lambda name: "/bin/antiword" if name == "antiword" else None, lambda _: None)
    assert [p.name for p in parts if p.found] == ["office converter (antiword)"]
    assert all(part.lost and part.install for part in parts)
