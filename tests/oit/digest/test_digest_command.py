"""`oit digest`: looking first, sending only when told to, and after a night."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.models.assessment import SubScore
from core.storage.store import Store
from oit.cli.main import main
from oit.run.assessment_cache import CachedAssessment, save_assessment
from tests.factories import make_assessment
from tests.oit.digest.conftest import Office, Post, gap


@pytest.fixture
def given(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options of a province with one judged agency and its reports."""
    from oit.run import pipeline

    settings = office.job.settings
    agency = office.job.agencies.agencies[0]
    one = make_assessment(gap("O1"), agency=agency, score=SubScore("oit", 50.0, 75.0))
    office.judged["labour"] = one
    office.plan()
    save_assessment(settings.data, CachedAssessment(one))
    # No crawl stands behind the judgement: what is stored is what is told.
    monkeypatch.setattr(pipeline.Store, "newest_times", lambda self, agency: (one.crawl.started, one.crawl.finished))
    monkeypatch.setattr("oit.run.staleness.Store.nights", lambda self, agency: iter(()), raising=False)
    return [
        "--agencies", str(settings.agencies), "--rules", str(settings.rules), "--edition", "2565",
        "--data", str(settings.data), "--out", str(settings.out),
    ]  # fmt: skip


def test_without_send_nothing_is_sent(
    given: list[str], post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    smtp = ["--smtp", f"smtp://127.0.0.1:{post.port}", "--mail-from", "oit@province.example"]
    assert main(["digest", *given, *smtp]) == 0
    said = capsys.readouterr()
    assert "web@labour.example: [OIT 2565] สำนักงานแรงงาน" in said.out
    assert "--send sends it" in said.out
    assert main(["digest", *given, *smtp, "--preview", str(tmp_path / "mails")]) == 0
    assert (tmp_path / "mails" / "labour.eml").is_file()
    assert post.collect() == {}
    assert main(["digest", *given, *smtp, "--send"]) == 0
    assert "web@labour.example" in post.collect()
    capsys.readouterr()
    assert main(["digest", *given, *smtp, "--send"]) == 0
    assert capsys.readouterr().out.strip() == "nothing to tell"
    assert post.collect() == {}


def test_a_recipient_that_fails_is_status_1(given: list[str], post: Post) -> None:
    post.refused = {"web@labour.example"}
    smtp = ["--smtp", f"smtp://127.0.0.1:{post.port}", "--mail-from", "oit@province.example"]
    assert main(["digest", *given, *smtp, "--send"]) == 1


def test_two_digests_at_once_tell_nothing_twice(
    given: list[str], office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    smtp = ["--smtp", f"smtp://127.0.0.1:{post.port}", "--mail-from", "oit@province.example"]
    store = Store(office.job.settings.data)
    with store.lock():
        assert main(["digest", *given, *smtp, "--send"]) == 3
    store.close()
    assert "another run is using" in capsys.readouterr().err
    assert post.collect() == {}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--send"], "nothing to send with"),
        (["--send", "--dry-run"], "exclude each other"),
        (["--smtp", "mail.example"], "must be written as"),
    ],
)
def test_wrong_use_is_told_in_a_line(
    given: list[str], more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["digest", *given, *more]) == 2
    assert said in capsys.readouterr().err


def test_a_night_checks_its_ways_before_it_begins(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nightly", *given, "--digest"]) == 2
    assert "nothing to send with" in capsys.readouterr().err
