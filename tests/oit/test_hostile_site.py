"""One hostile site through everything that is written, sent, served and said: all of it is only text.

The site is served, crawled, judged and reported once; each test looks at one kind of output."""

from __future__ import annotations

import csv
import html
import io
import json
import logging
import re
import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx import Document

from oit.cli.main import main
from oit.log_format import PlainFormatter
from oit.run.options import Settings
from oit.web.app import make_app
from oit.web.site import WebOptions
from tests.mockserver.http import Answer, serve
from tests.oit.conftest import RULES
from tests.schemas import faults

TAGS = "<script>alert(1)</script><img src=x onerror=alert(2)>"
EVIL = (
    f"{TAGS} \x1b[31m\x07 \u202egpj.exe\u2066 {{{{7*7}}}} ${{7*7}} {{0.__class__}} %s ]]> --> </w:t></w:p> & &lt; "
    "\r\nBcc: thief@evil.example\r\n\r\n"
)
FORMULA = "=cmd|'/c calc'!A1"
LONG = "ย" * 20_000


def _page(title: str, body: str) -> Answer:
    return Answer(
        f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title><body>{body}".encode(),
        headers={"Server": "evil {{7*7}}", "X-Powered-By": f"{TAGS} {FORMULA}"},
    )


def _link(path: str, label: str) -> str:
    return f'<li><a href="{html.escape(path)}">{html.escape(label)}</a></li>'


def _site() -> dict[str, Answer]:
    evil, formula = html.escape(EVIL), html.escape(FORMULA)
    report = f"<h1>รายงานผลการดำเนินงาน {evil}</h1><h2>{formula}</h2><p>{evil}{LONG}</p>"
    links = [
        _link("/o1.html", f"O1 โครงสร้าง {EVIL}"),
        _link("/o2.html?a=<script>&b={{7*7}}&c=%0d%0aBcc:x", f"O2 รายงานผลการดำเนินงานประจำปี {EVIL}"),
        _link("/gone.pdf", f"O3 มาตรการป้องกันการทุจริต {FORMULA} {EVIL}"),
        _link("javascript:alert(3)", f"O3 มาตรการ {EVIL}"),
        _link(f"/{LONG[:1500]}.html", f"{FORMULA}{LONG}"),
    ]
    home = f"<h1>สำนักงาน {html.escape(EVIL)}</h1><p>หน่วยงานราชการ เปิดเผยข้อมูลสาธารณะ</p><ul>{''.join(links)}</ul>"
    return {
        "/": _page(f"หน้าแรก {EVIL}", home),
        "/o1.html": _page(f"{FORMULA} โครงสร้าง {EVIL}", f"<h1>โครงสร้าง</h1><p>ปี 2565 {html.escape(EVIL)}</p>"),
        "/o2.html": _page(f"รายงาน {EVIL}", report),
        "/o2.html?a=%3Cscript%3E&b=%7B%7B7*7%7D%7D&c=%0d%0aBcc:x": _page(f"รายงาน {EVIL}", report),
    }


@dataclass
class Night:
    """What a night over the hostile site left, and what was said meanwhile."""

    folder: Path
    options: list[str]
    said: str
    logged: str

    @property
    def out(self) -> Path:
        """The edition's folder of reports."""
        return self.folder / "out" / "2565"

    def say(self, *arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
        """What a command says."""
        assert main([*arguments, *self.options]) in (0, 1)
        captured = capsys.readouterr()
        return captured.out + captured.err


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """One audit of the hostile site, whose agency is named as badly as its pages."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    name = json.dumps(f"{FORMULA} สำนักงาน {EVIL}")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with serve(_site(), Answer(b"gone", 404)) as site, pytest.MonkeyPatch.context() as patched:
        listed = (
            f"province: {name}\nsettings: {{secretary: {name}, secretary_email: s@province.example}}\n"
            f"agencies:\n  - {{id: evil, name: {name}, url: '{site.url}', responsible: {name}, "
            "email: w@evil.example}\n"
        )
        (folder / "agencies.yaml").write_text(listed, "utf-8")
        options = [
            "--agencies", str(folder / "agencies.yaml"), "--rules", str(folder / "rules.yaml"), "--edition", "2565",
            "--as-of", "2022-04-30", "--data", str(folder / "data"), "--out", str(folder / "out"),
        ]  # fmt: skip
        out, err = io.StringIO(), io.StringIO()
        patched.setattr("sys.stdout", out)
        patched.setattr("sys.stderr", err)
        fast = ["-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "OIT_BROWSER="]
        status = main(["audit", *options, "--allow-local", "-v", *fast, "--log-file", str(folder / "log.txt")])
        assert status == 0, err.getvalue()
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    return Night(folder, options, out.getvalue() + err.getvalue(), (folder / "log.txt").read_text("utf-8"))


def _assert_inert(text: str) -> None:
    """No character of it moves a cursor, changes a colour or turns the direction of reading."""
    odd = {c for c in text if c not in "\n\r\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co")}
    assert odd <= {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}, sorted(map(hex, map(ord, odd)))
    assert not odd & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def _assert_page(text: str) -> None:
    _assert_inert(text)
    soup = BeautifulSoup(text, "lxml")
    for script in soup.find_all("script"):
        assert (script.attrs, script.string) == ({"defer": "", "src": "/grid.js"}, None), "only our own file"
    assert soup.find(["iframe", "object", "embed", "base", "svg"]) is None
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or (name == "style" and tag.name != "col")]
        for name in ("href", "src", "action", "formaction"):
            if name in tag.attrs:
                value = str(tag[name])
                assert urlsplit(value).scheme in ("", "http", "https") or value.startswith("data:image/png"), value
    assert "ย" * 4001 not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["evil/report.html", "evil/measures.html", "index.html", "measures.html"])
def test_pages(night: Night, name: str) -> None:
    text = (night.out / name).read_text("utf-8")
    _assert_page(text)
    shown = BeautifulSoup(text, "lxml").get_text(" ")
    assert "{{7*7}}" in shown
    assert "<script>alert(1)</script>" in shown
    assert "$49" not in shown


@pytest.mark.slow
@pytest.mark.parametrize("name", ["evil/report.xlsx", "overview.xlsx"])
def test_workbooks(night: Night, name: str) -> None:
    body = (night.out / name).read_bytes()
    found = []
    for sheet in openpyxl.load_workbook(io.BytesIO(body)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str):
                    found.append(cell.value)
                    _assert_inert(cell.value)
                    assert len(cell.value) <= 2000
                if cell.hyperlink is not None:
                    assert re.match("https?://", cell.hyperlink.target)
    assert any("{{7*7}}" in text for text in found)
    assert any(text.startswith("=cmd|") for text in found)
    _assert_package(body)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["evil/measures.docx", "measures.docx"])
def test_documents(night: Night, name: str) -> None:
    body = (night.out / name).read_bytes()
    document = Document(io.BytesIO(body))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    _assert_inert(text)
    assert "{{7*7}}" in text
    xml = document.element.xml
    assert "w:instrText" not in xml
    assert re.findall(r'w:instr="([^"]*)"', xml) == []
    _assert_package(body)


def _assert_package(body: bytes) -> None:
    """The parts of an office file are XML, and none leads outside but for web addresses."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(package.read(name))
                for part in root.iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"):
                    if part.get("TargetMode") == "External":
                        assert re.match("https?://", part.get("Target") or "")
            assert "vbaProject" not in name
            assert "externalLink" not in name


@pytest.mark.slow
def test_data(night: Night) -> None:
    for name in ("evil/report.json", "overview.json"):
        text = (night.out / name).read_text("utf-8")
        assert faults(json.loads(text)) == []
        _assert_inert(text)
    assert "ย" * 4001 not in (night.out / "evil" / "report.json").read_text("utf-8")


@pytest.mark.slow
def test_the_feed(night: Night) -> None:
    body = (night.out / "evil" / "feed.xml").read_bytes()
    _assert_inert(body.decode("utf-8"))
    root = ElementTree.fromstring(body)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "feed", "id", "title", "updated", "author", "name", "link", "entry", "content",
    }  # fmt: skip
    assert "{{7*7}}" in "".join(root.itertext())


@pytest.mark.slow
def test_open_data(night: Night, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = [o for o in night.options if o != "--out" and not o.endswith("/out")]
    assert main(["export", str(tmp_path), *options]) == 0
    for path in tmp_path.glob("*.csv"):
        text = path.read_text("utf-8-sig")
        _assert_inert(text)
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell != "-" for cell in row), row
    _assert_inert((tmp_path / "earl.jsonld").read_text("utf-8"))
    with closing(sqlite3.connect(tmp_path / "oit-data.sqlite")) as db:
        for (statement,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
            assert "script" not in statement
        _assert_inert("".join(map(str, db.execute("SELECT * FROM agencies").fetchall())).replace("\\", ""))
    _assert_inert(capsys.readouterr().out)


@pytest.mark.slow
def test_mails(
    night: Night, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oit.printing.find_browser", lambda: "")
    _assert_inert(night.say("digest", "--preview", str(tmp_path), "--webhook", "https://hook.example/", capsys=capsys))
    assert {path.name for path in tmp_path.iterdir()} == {"evil.eml", "secretary.eml", "webhook.json"}
    for path in tmp_path.glob("*.eml"):
        body = path.read_bytes()
        message = message_from_bytes(body, policy=policy.default)
        assert sorted({name.lower() for name in message}) == [
            "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to",
        ]  # fmt: skip
        assert len(message.keys()) == 9
        assert [a.addr_spec for a in message["To"].addresses] in (["w@evil.example"], ["s@province.example"])
        _assert_inert(str(message["Subject"]))
        text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        _assert_inert(text)
        assert "{{7*7}}" in text
        for attached in message.iter_attachments():
            assert re.fullmatch(r"OIT-2565(-evil\.html|\.xlsx)", str(attached.get_filename()))
            if attached.get_content_type() == "text/html":
                _assert_page(attached.get_content())
    hook = json.loads((tmp_path / "webhook.json").read_text("utf-8"))
    assert faults(hook) == []


@pytest.mark.slow
def test_the_pages_and_the_interface_that_are_served(night: Night) -> None:
    settings = Settings(
        date(2022, 4, 30), night.folder / "agencies.yaml", night.folder / "rules.yaml", 2565,
        night.folder / "data", night.folder / "out",
    )  # fmt: skip
    app = make_app(WebOptions(settings=settings, fixed_date=True))
    try:
        client = app.test_client()
        pages = ["/", "/rows", "/changes", "/runs", "/downloads", "/item/O2", "/agency/evil"]
        pages += [f"/agency/evil/{item}" for item in ("O1", "O2", "O3")]
        for path in pages:
            answer = client.get(path)
            assert answer.status_code == 200, path
            _assert_page(answer.text)
        for path in ("/api/agencies", "/api/agencies/evil", "/api/items/O2"):
            answer = client.get(path)
            assert answer.mimetype == "application/json"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "<script" not in answer.text or path.startswith("/api")
            assert faults(answer.json) == []
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", answer.text)
    finally:
        app.extensions["oit"].close()


@pytest.mark.slow
def test_the_terminal_and_the_log(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    _assert_inert(night.said)
    _assert_inert(night.logged)
    lines = night.logged.splitlines()
    assert lines
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ |    ", line) for line in lines)
    options = [o for o in night.options if o != "--out" and not o.endswith("/out")]
    for item in ("O1", "O2", "O3"):
        assert main(["explain", "evil", item, *options]) == 0
        _assert_inert(capsys.readouterr().out)
    _assert_inert(night.say("report", "-v", capsys=capsys))
    assert main(["check", "--json", *options]) == 0
    _assert_inert(capsys.readouterr().out)


@pytest.mark.slow
def test_a_hostile_document_that_is_handed_in(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    path = night.folder / "รายงาน\x1b[31m{{7*7}}.html"
    path.write_bytes(_site()["/o2.html"].body)
    options = ["--item", "O2", "--edition", "2565", "--rules", str(night.folder / "rules.yaml")]
    for more in ([], ["--json"]):
        assert main(["check-file", str(path), *options, *more]) in (0, 1)
        _assert_inert(capsys.readouterr().out)


def test_a_log_line_cannot_be_forged() -> None:
    form = PlainFormatter("%(levelname)s %(message)s")
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "site said %s", (f"x\nERROR forged {EVIL}",), None)
    text = form.format(record)
    assert "\n" not in text
    _assert_inert(text)
    try:
        raise ValueError(f"bad\nERROR forged {EVIL}")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    first, *rest = form.format(record).split("\n")
    assert first.startswith("WARNING site said x ERROR forged")
    assert rest
    assert all(line.startswith("    ") for line in rest)
    broken = logging.LogRecord("x", logging.INFO, "f", 1, "%d %s", ("a",), None)
    assert form.format(broken) == "INFO %d %s"


@pytest.mark.slow
@pytest.mark.browser
def test_printed_reports(night: Night) -> None:
    from oit.printing import print_reports

    assert print_reports(night.out, ["evil"]) == ()
    for path in night.out.rglob("*.pdf"):
        body = path.read_bytes()
        for name in (b"/JavaScript", b"/JS ", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
            assert name not in body, (path, name)
        document = pypdfium2.PdfDocument(body)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        assert "7*7" in text
        assert "\x1b" not in text
        for address in re.findall(rb"/URI \((.*?)\)", body):
            assert re.match(rb"https?://", address)
            assert b"reports.invalid" not in address
