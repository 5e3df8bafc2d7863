"""A change is told once, to whom it concerns; what is unknown is no change; a failure is told again, and only that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from core.errors import InputError
from core.models.assessment import IfDue, ItemStatus
from core.storage.store import Store
from oit.digest.mail_settings import read_delivery
from oit.digest.sending import write_previews
from tests.factories import make_crawl
from tests.oit.digest.conftest import Office, Post, fine, gap

LABOUR, LAND, SECRETARY = "web@labour.example", "web@land.example", "secretary@province.example"


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_gaps_are_told_once(office: Office, post: Post) -> None:
    office.judge("labour", gap("O2", "report"), fine("O1"))
    office.judge("land", fine("O1"), fine("O2"))
    assert set(office.send().mails) == {LABOUR, SECRETARY}
    mails = post.collect()
    assert set(mails) == {LABOUR, SECRETARY}
    assert mails[LABOUR]["Subject"] == "[OIT 2565] สำนักงานแรงงาน: ผลการตรวจเว็บไซต์ ต้องแก้ไข 1 ข้อ"
    text = _text(mails[LABOUR])
    assert "- O2 ชื่อ O2: ไม่ครบถ้วน" in text
    assert "ยังขาด: หัวข้อ report" in text
    assert "30 เม.ย. 2565" in text
    assert "OIT ปีงบประมาณ พ.ศ. 2565" in text
    assert mails[LABOUR]["Reply-To"] == SECRETARY
    report = next(iter(mails[LABOUR].iter_attachments()))
    assert report.get_filename() == "OIT-2565-labour.html"
    assert "สำนักงานแรงงาน" in report.get_content()
    assert "สำนักงานแรงงาน: แจ้งครั้งแรก ต้องแก้ไข 1 ข้อ" in _text(mails[SECRETARY])
    assert "สำนักงานที่ดิน" not in _text(mails[SECRETARY])
    assert office.plan().is_empty
    assert office.send().mails == ()
    assert post.collect() == {}


def test_a_change_names_what_is_new_fixed_and_other(office: Office, post: Post) -> None:
    office.judge("labour", gap("O1"), gap("O2", "report", "chart"), fine("O3"))
    office.send()
    post.collect()
    office.judge("labour", fine("O1"), gap("O2", "chart"), gap("O3", status=ItemStatus.MISSING))
    office.send()
    mails = post.collect()
    assert mails[LABOUR]["Subject"] == "[OIT 2565] สำนักงานแรงงาน: แก้ไขแล้ว 1 ข้อ พบใหม่ 1 ข้อ เหลือ 2 ข้อ"
    text = _text(mails[LABOUR])
    assert "แก้ไขแล้ว: O1" in text
    assert text.index("พบใหม่ 1 ข้อ\n- O3") < text.index("ผลเปลี่ยนไป 1 ข้อ\n- O2")
    assert "แก้ไขแล้ว 1 พบใหม่ 1 ผลเปลี่ยนไป 1 เหลือ 2 ข้อ" in _text(mails[SECRETARY])
    office.judge("labour", fine("O1"), fine("O2"), fine("O3"))
    office.send()
    assert "ไม่มีประเด็นที่ต้องแก้ไขในขณะนี้" in _text(post.collect()[LABOUR])


@pytest.mark.parametrize("status", [ItemStatus.UNCHECKED, ItemStatus.REVIEW])
def test_what_nobody_could_judge_is_neither_new_nor_fixed(office: Office, post: Post, status: ItemStatus) -> None:
    office.judge("labour", gap("O1", "chart"), fine("O2"))
    office.send()
    post.collect()
    office.judge("labour", fine("O1", status), fine("O2", status), fine("O3"))
    assert office.plan().is_empty
    office.judge("labour", gap("O1", "chart"), fine("O2"), fine("O3"))
    assert office.plan().is_empty


def test_a_gap_that_is_not_due_yet_is_told_when_it_falls_due(office: Office, post: Post) -> None:
    coming = replace(gap("O1", status=ItemStatus.NOT_DUE), due=date(2022, 4, 5), if_due=IfDue(ItemStatus.MISSING))
    office.judge("labour", coming, fine("O2"))
    assert office.plan().is_empty
    office.judge("labour", gap("O1", status=ItemStatus.MISSING), fine("O2"), as_of=date(2022, 4, 5))
    office.send()
    assert set(post.collect()) == {LABOUR, SECRETARY}


def test_a_site_that_stays_away_is_told_once_and_its_return_too(office: Office, post: Post) -> None:
    office.judge("labour", gap("O1"))
    office.send()
    post.collect()
    away = {"stale": True, "stale_cause": "dns"}
    office.judge("labour", gap("O1"), crawl=make_crawl(age_days=1, **away))
    assert office.plan().is_empty
    office.judge("labour", gap("O1"), crawl=make_crawl(age_days=3, **away))
    office.send()
    text = _text(post.collect()[LABOUR])
    assert "อ่านเว็บไซต์ไม่ได้" in text
    assert "DNS" in text
    assert "แก้ไขแล้ว" not in text
    office.judge("labour", gap("O1"), crawl=make_crawl(age_days=4, **away))
    assert office.plan().is_empty
    office.judge("labour", gap("O1"))
    office.send()
    assert "อ่านเว็บไซต์ได้อีกครั้งแล้ว" in _text(post.collect()[LABOUR])


def test_what_is_not_known_is_never_called_faultless(office: Office, post: Post) -> None:
    office.judge("labour", fine("O1", ItemStatus.UNCHECKED), fine("O2", ItemStatus.UNCHECKED))
    office.judge("land", gap("O1"), fine("O2", ItemStatus.REVIEW))
    office.send()
    mails = post.collect()
    assert mails[LABOUR]["Subject"] == "[OIT 2565] สำนักงานแรงงาน: ระบบอ่านเว็บไซต์ไม่ได้"
    assert "รอเจ้าหน้าที่พิจารณา 2 ข้อ" in _text(mails[LABOUR])
    assert "สำนักงานแรงงาน: อ่านเว็บไซต์ไม่ได้" in _text(mails[SECRETARY])
    office.judge("land", fine("O1"), fine("O2", ItemStatus.REVIEW))
    office.send()
    after = post.collect()[LAND]
    assert "แก้ไขแล้ว: O1" in _text(after)
    assert "รอเจ้าหน้าที่พิจารณา 1 ข้อ" in _text(after)
    office.judge("land", fine("O1"), fine("O2"))
    assert office.plan().is_empty
    for message in (*mails.values(), after):
        assert "ไม่มีประเด็นที่ต้องแก้ไข" not in _text(message)


def test_a_reminder_comes_weekly_in_the_last_weeks_only(office: Office, post: Post) -> None:
    office.judge("labour", gap("O1"))
    office.on(date(2022, 3, 1))
    office.send()
    post.collect()
    told = []
    for day in (
        date(2022, 3, 20),
        date(2022, 4, 4),
        date(2022, 4, 5),
        date(2022, 4, 11),
        date(2022, 4, 30),
        date(2022, 5, 9),
    ):
        office.on(day)
        office.send()
        mails = post.collect()
        if mails:
            told.append(day.isoformat())
            assert set(mails) == {LABOUR, SECRETARY}
            assert "ยังเหลือ 1 ข้อที่ต้องแก้ไข" in mails[LABOUR]["Subject"]
    assert told == ["2022-04-04", "2022-04-11", "2022-04-30"]


def test_one_refused_recipient_stops_nobody_and_is_told_next_time(office: Office, post: Post) -> None:
    post.refused = {LABOUR}
    office.judge("labour", gap("O1"))
    office.judge("land", gap("O2"))
    sent = office.send()
    assert set(sent.mails) == {LAND, SECRETARY}
    assert [line.split(":")[0] for line in sent.failed] == ["labour"]
    assert "web@labour.example" in _text(post.collect()[SECRETARY])
    post.refused = set()
    office.send()
    assert LABOUR in post.collect()
    assert office.plan().is_empty


def test_a_server_that_is_away_tells_nothing_as_told(office: Office, post: Post) -> None:
    office.judge("labour", gap("O1"))
    gone = read_delivery("smtp://127.0.0.1:9", "oit@province.example", "").smtp
    sent = office.send(smtp=gone)
    assert sent.mails == ()
    assert all(line.startswith("no mail could be sent: 127.0.0.1:9") for line in sent.failed)
    assert set(office.send().mails) == {LABOUR, SECRETARY}


def test_an_agency_without_an_address_is_the_secretarys_to_tell(office: Office, post: Post) -> None:
    office.judge("mute", gap("O1"))
    office.send()
    mails = post.collect()
    assert set(mails) == {SECRETARY}
    assert "mute: no e-mail address" in _text(mails[SECRETARY])
    office.send()
    assert post.collect() == {}


def test_an_agency_that_was_never_crawled_is_no_news(office: Office) -> None:
    office.judge("labour", fine("O1", ItemStatus.UNCHECKED), crawl=make_crawl(finished=None))
    assert office.plan().is_empty


def test_a_preview_is_files_and_tells_nobody(office: Office, post: Post, tmp_path: Path) -> None:
    office.judge("labour", gap("O1"))
    written = write_previews(office.plan(webhook=True), tmp_path / "mails", "")
    assert {path.name for path in written} == {"labour.eml", "secretary.eml", "webhook.json"}
    assert post.collect() == {}
    assert not office.plan().is_empty


@pytest.fixture
def hook() -> Iterator[tuple[str, list[Any], list[int]]]:
    """A web server that keeps what it is posted; its answers are taken from a list."""
    taken: list[Any] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", taken, answers
    server.shutdown()
    server.server_close()


def test_a_webhook_is_told_by_itself_and_once(office: Office, hook: tuple[str, list[Any], list[int]]) -> None:
    url, taken, answers = hook
    answers.append(503)
    office.judge("labour", gap("O1", "chart"))
    assert not office.send(smtp=None, webhook=url).hooked
    assert office.send(smtp=None, webhook=url).hooked
    assert not office.send(smtp=None, webhook=url).hooked
    assert len(taken) == 2
    assert taken[1]["schema"] == "oit-digest/1"
    assert [(a["id"], a["gaps"], a["new"]) for a in taken[1]["agencies"]] == [("labour", ["O1", "O1-chart"], ["O1"])]
    assert not office.plan().is_empty  # the mails are still to go out


def test_the_edition_is_named_where_an_older_one_was_taken(office: Office, post: Post) -> None:
    office.judge("labour", gap("O1"), as_of=date(2024, 1, 10))
    office.send()
    mails = post.collect()
    for message in mails.values():
        assert "เกณฑ์ที่ใช้เป็นของปี 2565 แต่วันที่ตรวจอยู่ในปีงบประมาณ 2567" in _text(message)


def test_what_was_told_survives_a_process_that_dies_after_the_first_mail(
    office: Office, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.judge("labour", gap("O1"))
    office.judge("land", gap("O2"))
    from core.storage.notices import NoticeRows

    add = NoticeRows.add

    def dies(self: NoticeRows, notice: Any) -> None:
        add(self, notice)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(NoticeRows, "add", dies)
        with pytest.raises(KeyboardInterrupt):
            office.send()
    office.send()
    assert [to for to, _ in post.taken] == [LABOUR, LAND, SECRETARY]


def test_no_report_is_a_fault_and_not_an_empty_mail(office: Office) -> None:
    office.judge("labour", gap("O1"))
    office.plan()
    (office.job.settings.out / "2565" / "labour" / "report.html").unlink()
    from oit.digest.planning import plan_digest

    store = Store(office.job.settings.data)
    with pytest.raises(InputError, match="no report yet"):
        plan_digest(office.job, list(office.judged.values()), store)
    store.close()


@pytest.mark.parametrize(
    ("smtp", "sender", "webhook", "password"),
    [
        ("mail.example.go.th", "a@b.example", "", ""),
        ("http://mail.example", "a@b.example", "", ""),
        ("smtp://u:p@mail.example", "a@b.example", "", ""),
        ("smtp://u@mail.example", "a@b.example", "", ""),
        ("smtp-plain://u@mail.example", "a@b.example", "", "secret"),
        ("smtp://mail.example", "", "", ""),
        ("smtp://mail.example", "a@b.example\r\nBcc: x@y.example", "", ""),
        ("smtp://mail.example:x", "a@b.example", "", ""),
        ("", "", "file:///etc/passwd", ""),
        ("", "", "https://a b/", ""),
    ],
)
def test_faults_of_the_settings_are_told_before_anything_is_sent(
    smtp: str, sender: str, webhook: str, password: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_delivery(smtp, sender, webhook, password)
    assert all("\n" not in line.strip() for line in caught.value.lines)
    assert "secret" not in str(caught.value)


def test_an_unencrypted_way_is_only_taken_when_it_is_asked_for() -> None:
    assert read_delivery("smtps://mail.example", "a@b.example", "").smtp.port == 465  # type: ignore[union-attr]
    assert read_delivery("smtp://mail.example", "a@b.example", "").smtp.security == "smtp"  # type: ignore[union-attr]
    plain = read_delivery("smtp-plain://relay", "a@b.example", "").smtp
    assert plain is not None
    assert (plain.port, plain.user) == (25, "")
