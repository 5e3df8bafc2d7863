"""One agency's site as a stored snapshot, made without a crawl: the sample's files, and made-up news around them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from core.models.agency import Agency
from core.models.snapshot import FetchOutcome, Link, Reading, Resource, StopReason
from core.storage.store import Store, with_reading
from documents import read_document
from documents.base import ReadLimits
from sample.paper import Block, Heading, Paper, Table, Text
from sample.province import build
from sample.render.html import Style, body, page
from sample.render.pdf import pdf

SITE = "https://www.example.go.th/"
_WHEN = datetime(2023, 4, 1, tzinfo=UTC)
_WORDS = tuple(
    word
    for line in (
        "การประชุม คณะกรรมการ จังหวัด ส่งเสริม พัฒนา ประชาชน โครงการ กิจกรรม งบประมาณ ติดตาม ผล ดำเนินงาน อำเภอ ตำบล เกษตรกร",
        "นักเรียน สุขภาพ สิ่งแวดล้อม ถนน น้ำ ป้องกัน ปัญหา ยาเสพติด ท่องเที่ยว ตลาด สินค้า ชุมชน อบรม ผู้ว่าราชการ ลงพื้นที่ เยี่ยม มอบ รางวัล",
        "ตรวจ ราชการ รายงาน ประจำปี แผน นโยบาย ข้อเสนอ แนวทาง แก้ไข อุปสรรค ความก้าวหน้า",
    )
    for word in line.split()
)


def fill(folder: Path, edition: int, resources: int, agency: str = "labour", seed: int = 1) -> tuple[Store, Agency]:
    """A store below `folder` with one finished snapshot of that many resources: the sample agency's own, the rest
    news pages (30 paragraphs each) and 12-page reports (one in six). Returns the store and the agency."""
    build(folder / "site", edition, seed, only=(agency,))
    known = Agency(agency, agency, SITE)
    store = Store(folder / "store")
    run = store.begin_run((agency,))
    snapshot = store.begin_snapshot(run, known, frozenset({"www.example.go.th"}))
    found = {resource.url: (resource, reading) for resource, reading in _site(folder / "site" / "sites" / agency)}
    rng = random.Random(seed)
    for number in range(resources - len(found)):
        resource, reading = _report(rng, number) if number % 6 == 0 else _news(rng, number)
        found[resource.url] = (resource, reading)
    for url, (resource, reading) in found.items():
        label, context, via = _way(url, found)
        store.add_resource(snapshot, replace(resource, label=label, context=context, found_via=via), reading)
    store.finish_snapshot(
        snapshot, complete=True, stopped_by=StopReason.NONE, home_ok=True, hosts=frozenset({"www.example.go.th"})
    )
    store.finish_run(run)
    return store, known


def _site(folder: Path) -> Iterator[tuple[Resource, Reading]]:
    www = folder / "www"
    for path in sorted(p for p in www.rglob("*") if p.is_file()):
        name = path.relative_to(www).as_posix()
        yield _stored(SITE + quote("" if name == "index.html" else name.removesuffix("index.html")), path.read_bytes())


def _stored(url: str, data: bytes) -> tuple[Resource, Reading]:
    reading = read_document(data, url, "", url.rsplit("/", 1)[-1], ReadLimits(ocr_pages=0))
    base = Resource(
        url,
        FetchOutcome.OK,
        final_url=url,
        http_status=200,
        fetched=_WHEN,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return with_reading(base, reading), reading


def _news(rng: random.Random, number: int) -> tuple[Resource, Reading]:
    style = Style("สำนักงานตัวอย่าง", menu=(("หน้าแรก", ""), ("ข่าวประชาสัมพันธ์", "news/")))
    title = _sentence(rng, 8)
    blocks: list[Block] = [Heading(title, 1)]
    blocks += [Text(_sentence(rng, 40)) for _ in range(30)]
    return _stored(f"{SITE}news/{number}.html", page(style, title, body(blocks, "../"), "../"))


def _report(rng: random.Random, number: int) -> tuple[Resource, Reading]:
    blocks: list[Block] = [Heading(_sentence(rng, 8), 1)]
    for chapter in range(12):
        blocks.append(Heading(f"{chapter + 1}. {_sentence(rng, 5)}", 2))
        blocks += [Text(_sentence(rng, 60)) for _ in range(6)]
        blocks.append(
            Table(("ที่", "โครงการ", "งบประมาณ"), tuple((str(i), _sentence(rng, 6), "100,000") for i in range(8)))
        )
    return _stored(f"{SITE}files/{number}.pdf", pdf(Paper(_sentence(rng, 6), tuple(blocks))))


def _sentence(rng: random.Random, words: int) -> str:
    return "".join(rng.choice(_WORDS) + (" " if rng.random() < 0.12 else "") for _ in range(words)).strip()


def _way(url: str, found: dict[str, tuple[Resource, Reading]]) -> tuple[str, str, tuple[str, ...]]:
    for page_url, (resource, _) in found.items():
        link: Link | None = next((li for li in resource.links if li.url == url), None)
        if link is not None and page_url != url:
            return link.label, link.context, (SITE,) if page_url == SITE else (SITE, page_url)
    return "", "", (SITE,)
