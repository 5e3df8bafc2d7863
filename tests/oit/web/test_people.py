"""Who may read, decide and object; and what a stranger cannot do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from core.models.account import Account, Role
from oit.web.accounts import LoginDesk, hash_password, token_digest, verify_password
from oit.web.app import COOKIE
from tests.oit.web.conftest import HASH, PASSWORD, Browser, Province


def test_who_logs_in_is_known_until_the_log_out(browser: Browser) -> None:
    assert "สมศรี" not in browser.get("/")
    browser.log_in("สมศรี")
    assert "สมศรี" in browser.get("/")
    assert browser.post("/", "/logout").status_code == 303
    assert "สมศรี" not in browser.get("/")


def test_the_cookie_is_out_of_reach(open_browser: Callable[..., Browser]) -> None:
    browser = open_browser(secure=True)
    answer = browser.client.get("/login", base_url="https://oit.example.go.th")
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in open_browser().client.get("/login").headers["Set-Cookie"]


def test_no_cookie_is_set_for_who_only_reads(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.client.get("/").headers


def test_the_store_holds_no_token_and_no_password(small: Province, secretary: Browser) -> None:
    cookie = secretary.client.get_cookie(COOKIE)
    assert cookie is not None
    small_bytes = b"".join(path.read_bytes() for path in small.settings.data.glob("oit.sqlite*"))
    assert cookie.value.encode() not in small_bytes
    assert PASSWORD.encode() not in small_bytes
    with small.store() as store:
        assert store.accounts.session_account(token_digest(cookie.value), datetime.now(UTC)) is not None
        late = datetime.now(UTC) + timedelta(days=1)
        assert store.accounts.session_account(token_digest(cookie.value), late) is None


def test_a_login_gives_another_token_than_the_one_before(browser: Browser) -> None:
    browser.get("/login")
    before = browser.client.get_cookie(COOKIE)
    browser.log_in("สมศรี")
    after = browser.client.get_cookie(COOKIE)
    assert before is not None
    assert after is not None
    assert before.value != after.value


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/agency/land?x=1", "/agency/land?x=1"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/a\nb", "/"),
        ("", "/"),
    ],
)
def test_a_login_leads_to_a_page_of_ours(browser: Browser, target: str, goes: str) -> None:
    answer = browser.post("/login", "/login", name="สมศรี", password=PASSWORD, next=target)
    assert answer.headers["Location"] == goes


def test_a_form_of_another_page_is_refused(small: Province, secretary: Browser, browser: Browser) -> None:
    fields = {"answer": "accept", "why": "x", "element": "", "evidence": "a" * 64}
    path = "/agency/land/O2/decide"
    assert secretary.client.post(path, data=fields).status_code == 400
    assert secretary.client.post(path, data={**fields, "csrf": "0" * 64}).status_code == 400
    other = re.search(r'name="csrf" value="(\w+)"', browser.get("/login"))
    assert other is not None
    assert secretary.client.post(path, data={**fields, "csrf": other[1]}).status_code == 400
    page = secretary.get("/agency/land/O2")
    own = re.search(r'name="csrf" value="(\w+)"', page)
    assert own is not None
    evil = {"Origin": "https://evil.example"}
    assert secretary.client.post(path, data={**fields, "csrf": own[1]}, headers=evil).status_code == 403
    with small.store() as store:
        assert store.decisions.all_standing() == ()


def test_guessing_is_slowed_down_by_account(small: Province, browser: Browser) -> None:
    for _ in range(5):
        assert browser.post("/login", "/login", name="สมศรี", password="wrong").status_code == 403
    answer = browser.post("/login", "/login", name="สมศรี", password=PASSWORD)
    assert answer.status_code == 429
    assert "กรุณารอ" in answer.text
    with small.store() as store:
        desk = LoginDesk(store.accounts)
        later = datetime.now(UTC) + timedelta(minutes=16)
        assert desk.log_in("สมศรี", PASSWORD, "10.0.0.1", later).account is not None
        assert [entry.action for entry in store.accounts.audit_entries()].count("login_refused") == 6
        found = store.accounts.find("สมศรี")
        assert found is not None
        assert found[0].failures == 0


def test_guessing_is_slowed_down_by_address(small: Province) -> None:
    with small.store() as store:
        desk = LoginDesk(store.accounts)
        waits = [desk.log_in(f"nobody{number}", "x", "10.0.0.1").wait for number in range(41)]
        assert waits[:40] == [0] * 40
        assert waits[40] > 0
        assert desk.log_in("สมศรี", PASSWORD, "10.0.0.2").account is not None


def test_a_hash_is_argon2id_and_an_empty_one_has_no_password() -> None:
    assert PasswordHasher().hash("x" * 10).startswith("$argon2id$v=19$m=65536,")
    assert hash_password("x" * 10).startswith("$argon2id$")
    assert verify_password(HASH, PASSWORD)
    assert not verify_password(HASH, PASSWORD + " ")
    assert not verify_password("", "")
    assert not verify_password("", PASSWORD)


def test_a_disabled_account_is_out_at_once(small: Province, secretary: Browser) -> None:
    with small.store() as store:
        assert store.accounts.disable("สมศรี", datetime.now(UTC))
        assert not store.accounts.disable("สมศรี", datetime.now(UTC))
    assert "สมศรี" not in secretary.get("/")
    assert secretary.post("/login", "/login", name="สมศรี", password=PASSWORD).status_code == 403


def test_reading_may_need_a_login(open_browser: Callable[..., Browser]) -> None:
    browser = open_browser(login_to_read=True)
    for path in ("/", "/agency/land", "/rows", "/reports/2565/index.html", "/check"):
        answer = browser.client.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/login?next=%2F")
    assert browser.client.get("/api/agencies").status_code == 401
    assert browser.get("/style.css")
    browser.log_in("สมศรี")
    assert browser.get("/agency/land")
    assert browser.client.get("/").headers["Cache-Control"] == "no-store"


def test_an_agency_sees_its_own_where_reading_needs_a_login(
    small: Province, open_browser: Callable[..., Browser]
) -> None:
    small.add_account("งานแรงงาน", Role.AGENCY, "labour")
    browser = open_browser(login_to_read=True)
    browser.log_in("งานแรงงาน")
    assert browser.client.get("/").headers["Location"] == "/agency/labour"
    assert browser.get("/agency/labour")
    assert browser.get("/check")
    for path in ("/agency/land", "/agency/land/O2", "/rows", "/item/O2", "/changes", "/due", "/runs", "/downloads",
                 "/reports/2565/index.html", "/reports/2565/land/report.html", "/review", "/log",
                 "/api/agencies/land", "/api/items/O2"):  # fmt: skip
        assert browser.client.get(path).status_code in (403, 404), path
    assert browser.client.get("/api/agencies").json["count"] == 1  # type: ignore[index]
    (small.settings.out / "2565" / "land").mkdir(parents=True)
    (small.settings.out / "2565" / "land" / "report.html").write_text("x")
    assert browser.client.get("/reports/2565/land/report.html").status_code == 403


def test_only_who_decides_has_the_queue_and_only_administrators_the_log(small: Province, browser: Browser) -> None:
    assert browser.client.get("/review").status_code == 401
    assert browser.client.get("/log").status_code == 403
    browser.log_in("สมศรี")
    assert browser.get("/review")
    assert browser.client.get("/log").status_code == 403
    small.add_account("ผู้ดูแล", Role.ADMINISTRATOR)
    browser.log_in("ผู้ดูแล")
    assert "เข้าสู่ระบบ" in browser.get("/log")


def test_a_proxy_may_vouch_for_people(small: Province, open_browser: Callable[..., Browser]) -> None:
    browser = open_browser(header="X-User", proxy="127.0.0.1")
    name = {"X-User": "somsri"}
    with small.store() as store:
        store.accounts.add("somsri", Role.SECRETARY, "", datetime.now(UTC))
    assert "somsri" in browser.get("/", headers=name)
    assert "somsri" not in browser.get("/", headers={"X-User": "nobody"})
    assert "somsri" not in browser.get("/", headers=name, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert "somsri" not in open_browser().get("/", headers=name)


def test_an_agency_speaks_for_itself_alone() -> None:
    assert Account(1, "a", Role.AGENCY, "land").speaks_for("land")
    assert not Account(1, "a", Role.AGENCY, "land").speaks_for("labour")
    assert not Account(1, "a", Role.AGENCY, "land").decides
    assert Account(1, "a", Role.SECRETARY).speaks_for("labour")
