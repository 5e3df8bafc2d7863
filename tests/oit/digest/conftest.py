"""A small judged province with reports, and a mail server on this machine that keeps what it is given."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from core.models.assessment import Assessment, ElementStatus, Finding, ItemStatus, Level, SubScore, Verdict
from core.storage.store import Store
from oit.digest.mail_settings import Delivery, read_delivery
from oit.digest.planning import Digest, plan_digest
from oit.digest.sending import Sent, send_digest
from oit.run.job import RunPlan, prepare_run
from oit.run.options import Settings
from tests.factories import make_assessment
from tests.reports.writing import write_reports

LIST = """\
province: จังหวัดทดสอบ
settings: {edition: 2565, secretary: งานธรรมาภิบาล, secretary_email: secretary@province.example}
agencies:
  - {id: labour, name: สำนักงานแรงงาน, url: 'https://labour.example.go.th/', email: web@labour.example}
  - {id: land, name: สำนักงานที่ดิน, url: 'https://land.example.go.th/', email: web@land.example}
  - {id: mute, name: สำนักงานไม่มีอีเมล, url: 'https://mute.example.go.th/'}
"""


@dataclass
class Post:
    """What a server took, and whom it refuses."""

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer to a recipient."""
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a mail."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append((envelope.rcpt_tos[0], message))
        return "250 OK"

    def collect(self) -> dict[str, EmailMessage]:
        """The mails since the last time, by recipient."""
        found = dict(self.taken)
        assert len(found) == len(self.taken)
        self.taken.clear()
        return found


class _Server(Controller):  # type: ignore[misc]
    """Takes a free port: the one that it got is known only once it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class Office:
    """A province whose agencies are judged by hand."""

    job: RunPlan
    delivery: Delivery
    judged: dict[str, Assessment] = field(default_factory=dict)

    def judge(self, name: str, *verdicts: Verdict, **more: Any) -> None:
        """Give an agency its verdicts."""
        agency = next(a for a in self.job.agencies.agencies if a.id == name)
        values: dict[str, Any] = {"agency": agency, "score": SubScore("oit", 50.0, 75.0), "as_of": date(2022, 4, 1)}
        self.judged[name] = make_assessment(*verdicts, **{**values, **more})

    def on(self, day: date) -> None:
        """Judge the same on another day."""
        self.judged = {name: replace(one, as_of=day) for name, one in self.judged.items()}

    def plan(self, *, webhook: bool = False) -> Digest:
        """What would be told now, with the reports written."""
        whole = [self.judged[a.id] for a in self.job.agencies.agencies if a.id in self.judged]
        folder = self.job.settings.out / "2565"
        if not all((folder / one.agency.id / "report.html").is_file() for one in whole):
            # What the reports say is tested elsewhere; here they only have to be there.
            write_reports(self.job.settings.out, whole, self.job.edition, self.job.agencies.province)
        store = Store(self.job.settings.data)
        try:
            return plan_digest(self.job, whole, store, with_webhook=webhook)
        finally:
            store.close()

    def send(self, **more: Any) -> Sent:
        """Tell it."""
        plan = self.plan(webhook=bool(more.get("webhook")))
        store = Store(self.job.settings.data)
        try:
            return send_digest(plan, replace(self.delivery, **more), store)
        finally:
            store.close()


def gap(item: str, *elements: str, status: ItemStatus = ItemStatus.INCOMPLETE) -> Verdict:
    """A gap that lacks elements."""
    lacking = tuple(Finding(e, f"หัวข้อ {e}", Level.REQUIRED, ElementStatus.MISSING) for e in elements)
    return Verdict(item, f"ชื่อ {item}", "9.2", status, 12.5, findings=lacking)


def fine(item: str, status: ItemStatus = ItemStatus.COMPLETE) -> Verdict:
    """An item without a gap."""
    return Verdict(item, f"ชื่อ {item}", "9.2", status, 12.5)


@pytest.fixture
def post() -> Iterator[Post]:
    """The mail server."""
    kept = Post()
    controller = _Server(kept, hostname="127.0.0.1", port=0)
    controller.start()
    kept.port = controller.port
    try:
        yield kept
    finally:
        controller.stop()


@pytest.fixture
def office(tmp_path: Path, rules_file: Path, post: Post, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The province; its reports are attached as pages, since a browser takes seconds."""
    monkeypatch.setattr("oit.printing.find_browser", lambda: "")
    listed = tmp_path / "agencies.yaml"
    listed.write_text(LIST, "utf-8")
    settings = Settings(date(2022, 4, 1), listed, rules_file, 2565, tmp_path / "data", tmp_path / "out")
    return Office(prepare_run(settings), read_delivery(f"smtp://127.0.0.1:{post.port}", "oit@province.example", ""))
