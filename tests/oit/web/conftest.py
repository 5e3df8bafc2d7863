"""A small province with a judged agency, and browsers that ask for its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.models.account import Role
from core.models.agency import Agency
from core.models.assessment import (
    Assessment,
    ElementStatus,
    EvidenceRef,
    Finding,
    ItemStatus,
    Level,
    Method,
    Quote,
    Reason,
    SubScore,
    Verdict,
)
from core.models.reasons import ReasonCode
from core.storage.store import Store
from oit.agencies.loader import load_agencies
from oit.run.assessment_cache import CachedAssessment, save_assessment
from oit.run.options import Settings
from oit.web.app import make_app
from oit.web.site import WebOptions
from tests.factories import NIGHT, make_assessment

PASSWORD = "a long password"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASH = QUICK.hash(PASSWORD)
REPORT = "https://land.example.go.th/report65.pdf"


def make_verdict(item: str, status: ItemStatus, **more: Any) -> Verdict:
    """An item's verdict with evidence and one element in that state."""
    element = {ItemStatus.REVIEW: ElementStatus.REVIEW, ItemStatus.COMPLETE: ElementStatus.PRESENT}
    quote = Quote(REPORT, "ผลการดำเนินงาน ปี 2565", Method.HEADING, page=3)
    finding = Finding(
        {"O1": "chart", "O2": "report", "O3": "measure"}[item],
        "ผลการดำเนินงาน",
        Level.REQUIRED,
        element.get(status, ElementStatus.MISSING),
        quotes=(quote,),
    )
    values: dict[str, Any] = {
        "evidence": (EvidenceRef(REPORT, (), f"{item} รายงาน", "application/pdf", "a" * 64, NIGHT, 200),),
        "findings": (finding,),
        "reasons": (Reason(ReasonCode.POOR_SCAN, {"url": REPORT}),),
    }
    return Verdict(item, f"ชื่อ {item}", "9.2", status, 12.5, **(values | more))


@dataclass
class Province:
    """The folders of a small province, and what may be put into them."""

    settings: Settings
    agencies: dict[str, Agency]

    def judge(self, name: str, *verdicts: Verdict, **more: Any) -> Assessment:
        """Keep an assessment of an agency."""
        values: dict[str, Any] = {"agency": self.agencies[name], "score": SubScore("oit", 50.0, 75.0)}
        one = make_assessment(*verdicts, **(values | more))
        save_assessment(self.settings.data, CachedAssessment(one))
        return one

    def add_account(self, name: str, role: Role, agency: str = "") -> None:
        """Make an account with PASSWORD."""
        with self.store() as store:
            assert store.accounts.add(name, role, HASH, datetime.now(UTC), agency)

    def store(self) -> Any:
        """The store, open for a block."""
        return _Opened(self.settings.data)

    def app(self, **more: Any) -> Flask:
        """The application."""
        return make_app(WebOptions(**{"settings": self.settings, "fixed_date": True, **more}))


class _Opened:
    def __init__(self, data: Path) -> None:
        self._store = Store(data)

    def __enter__(self) -> Store:
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()


class Browser:
    """Asks for pages and sends their forms."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **more: Any) -> str:
        """The text of a page."""
        answer = self.client.get(path, **more)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def post(self, page: str, path: str, **fields: Any) -> TestResponse:
        """Send a form that stands on `page`."""
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.get(page))
        assert found is not None, page
        return self.client.post(path, data={"csrf": found[1], **fields})

    def log_in(self, name: str) -> None:
        """Log in with PASSWORD."""
        answer = self.post("/login", "/login", name=name, password=PASSWORD)
        assert answer.status_code == 303, answer.text


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing; a real one takes 64 MB and a tenth of a second."""
    monkeypatch.setattr("oit.web.accounts._HASHER", QUICK)
    monkeypatch.setattr("oit.web.accounts._NOBODY", QUICK.hash("nobody"))


@pytest.fixture
def settings(tmp_path: Path, rules_file: Path, agencies_file: Path) -> Settings:
    """Options of the small province."""
    return Settings(date(2022, 4, 1), agencies_file, rules_file, 2565, tmp_path / "data", tmp_path / "out")


@pytest.fixture
def small(settings: Settings) -> Province:
    """The small province: the office `land` with an item in each state, `labour` never judged."""
    agencies = {agency.id: agency for agency in load_agencies(settings.agencies).agencies}
    made = Province(settings, agencies)
    made.judge(
        "land",
        make_verdict("O1", ItemStatus.COMPLETE),
        make_verdict("O2", ItemStatus.REVIEW),
        make_verdict("O3", ItemStatus.MISSING, evidence=(), findings=(), reasons=(Reason(ReasonCode.NO_EVIDENCE),)),
    )
    made.add_account("สมศรี", Role.SECRETARY)
    return made


@pytest.fixture
def open_browser(small: Province) -> Iterator[Callable[..., Browser]]:
    """What makes a browser before an application with options."""
    apps: list[Flask] = []

    def opened(**more: Any) -> Browser:
        app = small.app(**more)
        apps.append(app)
        return Browser(app.test_client())

    yield opened
    for app in apps:
        app.extensions["oit"].close()


@pytest.fixture
def browser(open_browser: Callable[..., Browser]) -> Browser:
    """A browser of somebody who has not logged in."""
    return open_browser()


@pytest.fixture
def secretary(open_browser: Callable[..., Browser]) -> Browser:
    """A browser of the secretary."""
    found = open_browser()
    found.log_in("สมศรี")
    return found
