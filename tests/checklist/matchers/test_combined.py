"""Matchers of matchers: `any` takes the best, `all` the worst."""

from __future__ import annotations

from .conftest import Judge


def test_any_takes_the_best_and_all_the_worst(judge: Judge) -> None:
    money, phone = {"money": {}}, {"contact": {"field": "phone"}}
    html = "<p>1,000.00 บาท</p>"
    assert judge.page({"any": [money, phone]}, html) == "present"
    assert judge.page({"all": [money, phone]}, html) == "missing"
