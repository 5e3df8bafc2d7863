"""Hostile text and addresses are made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sanitize import error_line, escape_text, safe_link, sanitize_lines, sanitize_text, shown_url


@given(st.text(), st.integers(1, 400))
def test_clean_text_is_one_printable_line_within_its_length(text: str, length: int) -> None:
    cleaned = sanitize_text(text, length)
    assert len(cleaned) <= length
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in cleaned)
    assert sanitize_text(cleaned, length) == cleaned


def test_direction_and_control_characters_go_and_thai_stays() -> None:
    assert sanitize_text("ก\u202eข\x00ค\u2066 ง\r\n\tจ") == "กขค ง จ"
    assert sanitize_text("ปัญหา อุปสรรค และข้อเสนอแนะ") == "ปัญหา อุปสรรค และข้อเสนอแนะ"


def test_long_text_is_cut_and_says_so() -> None:
    assert sanitize_text("ก" * 301) == "ก" * 299 + "…"
    assert sanitize_text("ก" * 300) == "ก" * 300


def test_lines_stay_lines() -> None:
    assert sanitize_lines("ปัญหา\x07\n  ไม่มี ") == "ปัญหา\nไม่มี"
    assert len(sanitize_lines("ก\n" * 3000)) <= 2000


@pytest.mark.parametrize("url", ["https://www.example.go.th/ก.pdf?x=1#a", "http://127.0.0.1:8000/"])
def test_web_addresses_may_be_links(url: str) -> None:
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:x,y",
        "vbscript:x", "file:///etc/passwd", "ftp://example.com/", "//example.com/", "/relative", "", "http:///x",
        "https://exa mple.com/", "https://example.com/\u202ecod.exe", "http://[::1", "https://a/" + "x" * 2000,
        "https://a/\x00", "https://a/\ud800",
    ],
)  # fmt: skip
def test_everything_else_may_not(url: str) -> None:
    assert safe_link(url) == ""


@given(st.text())
def test_a_safe_address_is_always_of_the_web(url: str) -> None:
    assert safe_link(url) == "" or url.lower().startswith(("http://", "https://"))


def test_addresses_are_shown_readable() -> None:
    assert shown_url("https://a.go.th/%E0%B9%84%E0%B8%9F%E0%B8%A5%E0%B9%8C.pdf") == "https://a.go.th/ไฟล์.pdf"
    assert shown_url("https://a/%00%0A%E2%80%AEx%FF") == "https://a/ x\ufffd"


@given(st.text())
def test_an_error_s_line_is_one_line_that_a_terminal_shows(text: str) -> None:
    line = error_line(text)
    assert len(line) <= 1200
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in line)


def test_an_error_s_line_tells_what_was_given_escaped_and_keeps_its_end() -> None:
    assert error_line("a.yaml:3:5: id 'x\x1b[31m\u202e'") == "a.yaml:3:5: id 'x\\x1b[31m\\u202e'"
    line = error_line(f"{'x' * 9000}.yaml:3:5: unknown kind '{'y' * 9000}' (known: a)")
    assert line.startswith("xxx")
    assert "xxx.yaml:3:5: unknown kind 'yyy" in line
    assert line.endswith("yyy' (known: a)")
    assert len(line) < 600
    assert len(error_line("ก " * 5000)) == 1200


def test_a_path_of_bytes_that_are_no_text_can_be_shown() -> None:
    assert escape_text("var/\udc85 ก") == "var/\\udc85 ก"
