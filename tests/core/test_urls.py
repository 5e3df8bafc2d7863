"""Addresses: one form each, whatever a page writes."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.urls import canonical, extension, is_document, is_unopenable, lost_address


@pytest.mark.parametrize(
    ("given_url", "wanted"),
    [
        ("HTTP://Www.Example.go.th:80/a/../b/./c?x=1#y", "http://www.example.go.th/b/c?x=1"),
        ("https://a.go.th", "https://a.go.th/"),
        (
            "https://a.go.th/รายงาน 65.pdf",
            "https://a.go.th/%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99%2065.pdf",
        ),
        ("https://a.go.th/p;jsessionid=9F0A3B5C7D1E2F4A?id=3&PHPSESSID=x", "https://a.go.th/p?id=3"),
        ("https://a.go.th/p;jsessionid=5F0C?no=13", "https://a.go.th/p;jsessionid=5F0C?no=13"),
        ("https://a.go.th/(S(q3k5zz45))/34.aspx", "https://a.go.th/(S(q3k5zz45))/34.aspx"),
        ("https://a.go.th/(S(lit3py55t21z5v55vlm25s55))/34.aspx", "https://a.go.th/34.aspx"),
        ("https://a.go.th/%E0%B8%81", "https://a.go.th/%E0%B8%81"),
    ],
)
def test_canonical(given_url: str, wanted: str) -> None:
    assert canonical(given_url) == wanted
    assert canonical(wanted) == wanted


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:a@b.c", "file:///etc/passwd", "http://", "data:text/html,x"]
)
def test_other_schemes_are_no_addresses(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        canonical(url)


@given(st.text(max_size=80))
def test_any_text_gives_an_address_or_a_value_error(text: str) -> None:
    try:
        once = canonical("http://a.go.th/" + text)
    except ValueError:
        return
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("file:///C:/Users/admin/Desktop/11.pdf", "file:///C:/Users/admin/Desktop/11.pdf"),
        (" D:\\งาน ita\\11.pdf", "file:///D:/งาน ita/11.pdf"),
        ("file:///C:/a\x1b[31m\u202efdp.11", "file:///C:/a%1B[31m%E2%80%AEfdp.11"),
        ("content://media/external/12", "content://media/external/12"),
        ("blob:https://a.go.th/9f", "blob:https://a.go.th/9f"),
        ("https://a.go.th/c:/11.pdf", ""),
        ("files/11.pdf", ""),
        ("contents/11.pdf", ""),
        ("mailto:a@a.go.th", ""),
        ("file:///C:/Temp/msohtmlclip1/01/clip.htm#_ftn1", ""),
        ("ftp://ftp.a.go.th/11.pdf", "ftp://ftp.a.go.th/11.pdf"),
        ("http://a.go.th:99999/11.pdf", "http://a.go.th:99999/11.pdf"),
        ("http://a.go.th:80a/11.pdf", "http://a.go.th:80a/11.pdf"),
        ("http://a.go.th:0/11.pdf", "http://a.go.th:0/11.pdf"),
        ("HTTP://[::1/11.pdf", "http://%5B::1/11.pdf"),
        ("http://[ita]/11.pdf", "http://%5Bita%5D/11.pdf"),
        ("htps://a.go.th/11.pdf", "htps://a.go.th/11.pdf"),
        ("hhttps://a.go.th/11.pdf", "hhttps://a.go.th/11.pdf"),
        ("https://", "https://"),
        ("chrome-extension://abc/https://a.go.th/11.pdf", "chrome-extension://abc/https://a.go.th/11.pdf"),
        ("http://[::1]:8080/11.pdf", ""),
        ("http://a.go.th:8080/11.pdf", ""),
        ("javascript:void(0)", ""),
        ("tel:021234567", ""),
        ("about:blank", ""),
        ("data:text/html,x", ""),
        ("https://a.go.th/" + "x" * 3000, ""),
    ],
)
def test_addresses_that_no_visitor_can_open(target: str, address: str) -> None:
    assert lost_address(target) == address
    assert is_unopenable(address) is bool(address)


@pytest.mark.parametrize("target", ["line://ti/p/@a", "ipfs://Qm/11.pdf", "ms-word:ofe|u|https://a.go.th/11.docx"])
def test_an_address_that_some_program_may_open_is_kept_for_a_person(target: str) -> None:
    assert lost_address(target) == target
    assert not is_unopenable(target)


@given(st.text() | st.from_regex(r"(?:https?|ftp|file|line):/{0,3}[\[\]@:%a-z0-9./?#]*", fullmatch=True))
def test_an_address_that_nobody_can_follow_is_taken_apart_by_everybody(text: str) -> None:
    lost = lost_address(text)
    assert lost.isprintable()
    if lost.startswith("http"):
        assert isinstance(urlsplit(lost).netloc, str)
    assert not is_unopenable(canonical("http://a.go.th/" + "x" * len(text[:100])))


def test_kinds_by_name() -> None:
    assert extension("https://a.go.th/x/%E0%B8%81.PDF?v=1") == "pdf"
    assert is_document("https://a.go.th/a.xlsx")
    assert not is_document("https://a.go.th/a.html")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.go.th/m?name=News&sid=123", "https://a.go.th/m?name=News&sid=123"),
        ("https://a.go.th/m?sid=0f3a9bb1c2d34e5f60718293a4b5c6d7&t=5", "https://a.go.th/m?t=5"),
        ("https://a.go.th/m?PHPSESSID=abc&id=%C3%D2%C2", "https://a.go.th/m?id=%C3%D2%C2"),
    ],
)
def test_only_real_session_ids_are_cut_and_the_rest_keeps_its_bytes(url: str, expected: str) -> None:
    assert canonical(url) == expected
