"""One agency's site as files: pages, documents, pictures, robots.txt, and how its server behaves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sample.author import Desk
from sample.cases import Case, Defect
from sample.content import basics, write
from sample.content.complaints import NO_COMPLAINT
from sample.content.odd_sections import BOXES
from sample.content.reports import REPORTS
from sample.content.section_form import section_lines
from sample.editions import EARLIER, OWN_WORDS, YEARS, Entry, entries
from sample.index_layouts import SHAPES, Row, index, tabs
from sample.manner import Manner
from sample.offices import PROVINCE, Office
from sample.paper import Paper
from sample.pictures import pictures
from sample.render.docx import docx
from sample.render.html import Style, body, page, paper_page
from sample.render.pdf import pdf
from sample.render.scan import coarse_page, scan
from sample.structures.doors import DOORS
from sample.structures.lists import LISTS
from sample.structures.papers import write_planted
from sample.structures.posts import POSTS, Document
from sample.structures.scripted import SCRIPTED
from sample.structures.shelf import Listing, Shelf
from sample.structures.ways import WAYS, Way
from sample.structures.word import MADE
from sample.voice import Voice, half_year

_ITA = ("การเปิดเผยข้อมูลสาธารณะ (OIT)", "การประเมินคุณธรรมและความโปร่งใส (ITA)", "ITA / OIT", "ข้อมูล ITA ประจำปี")
_PAGES = ("structure", "executives", "contact", "questions", "e_service")
"""Topics that are web pages even where a planted lack leaves nothing in them that only a page can show."""


@dataclass(frozen=True, slots=True)
class Site:
    """The files of one site by path, and its server's manner."""

    files: Mapping[str, bytes]
    manner: Manner


_CHARSETS = {
    "utf-8": ("utf-8", "utf-8", "text/html; charset=utf-8"),
    "declared": ("windows-874", "cp874", "text/html"),
    "undeclared": ("", "cp874", "text/html"),
    "lying": ("windows-874", "cp874", "text/html; charset=utf-8"),
}
"""Declared in the page, really used, declared by the server."""


@dataclass(slots=True)
class _Builder:
    case: Case
    office: Office
    edition: int
    voice: Voice
    style: Style
    entries: tuple[Entry, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    manner: Manner = field(default_factory=lambda: Manner(paths={}, posts={}))
    way: Way = field(default_factory=Way)
    shared: dict[str, list[Paper]] = field(default_factory=dict)

    @property
    def shelf(self) -> Shelf:
        """Where structures put their pages."""
        return Shelf(self.style, self.voice, self.edition, self.files, self.manner)

    def of(self, topic: str, *kinds: str) -> Defect | None:
        """The topic's first defect of one of these kinds."""
        return next((d for d in self.case.defects if d.topic == topic and d.kind in kinds), None)

    def desk(self, entry: Entry, edition: int | None = None) -> Desk:
        """The desk for an item with its planted defects; for another year's edition, without them."""
        desk = Desk(self.office, edition or self.edition, self.voice, entry.topic, entry.title)
        if edition is not None:
            return desk
        form = self.of(entry.topic, "section", "quoted")
        lack = frozenset(d.detail for d in self.case.defects if d.topic == entry.topic and d.kind == "lacks")
        late = self.of(entry.topic, "old", "claims", "old_signed")
        shift = int(late.detail or 1) if late else 0
        return replace(desk, edition=self.edition - shift, lacks=lack, section=form.detail if form else "")

    def name(self, entry: Entry, folder: str = "") -> str:
        """File name without ending: by number on some sites, meaningless on others."""
        if self.case.shape in ("table", "oit", "zero", "buttons") and not folder:
            return entry.id.lower()
        return hashlib.sha256(f"{self.voice.seed}/{folder}{entry.topic}".encode()).hexdigest()[:12]

    def medium(self, entry: Entry, paper: Paper) -> str:
        """html, pdf, docx or landing."""
        boxes = self.of(entry.topic, "section")
        if self.of(entry.topic, "docx") or (boxes and boxes.detail in BOXES):
            return "docx"
        if paper.web_only or entry.topic in _PAGES:
            return "html"
        if self.case.papers == "mixed":
            return self.voice.pick(f"medium/{entry.topic}", ("html", "pdf", "landing"))
        return self.case.papers

    def put(self, entry: Entry, paper: Paper) -> str:
        """Write an item's evidence; its path from the top of the site."""
        name = self.name(entry)
        medium = self.medium(entry, paper)
        if medium == "html":
            path = f"page/{name}.html"
            self.files[path] = paper_page(self.style, paper, "../")
        elif medium == "docx":
            path = f"files/{name}.docx"
            self.files[path] = docx(paper)
        else:
            path = f"files/{name}.pdf"
            self.files[path] = pdf(paper, shaped=self.case.shaped)
        if medium == "landing":
            inner = f'<p>{entry.title}</p>\n<p><a href="../{path}">ดาวน์โหลดเอกสาร : {paper.title}</a></p>'
            path = f"page/{name}.html"
            self.files[path] = page(self.style, paper.title, inner, "../")
        return path

    def row(self, entry: Entry) -> Row | None:
        """The index row of an item, its evidence written; None if the item is absent."""
        topic = entry.topic
        if self.of(topic, "absent"):
            return None
        quoted = self.of(topic, "quoted") is not None
        if self.of(topic, "unlinked"):
            return Row(entry, "#", quoted=quoted)
        if self.of(topic, "on_index"):
            return Row(entry, "", text=self.line(entry))
        if self.of(topic, "drive"):
            token = hashlib.sha256(f"{self.voice.seed}/{topic}".encode()).hexdigest()[:33]
            return Row(entry, f"https://drive.google.com/file/d/{token}/view?usp=sharing", quoted=quoted)
        paper = write_planted(self.desk(entry), self.case.defects)
        together = self.of(topic, "shared")
        if together:
            self.shared.setdefault(together.detail, []).append(paper)
            return Row(entry, f"../page/{together.detail}.html", quoted=quoted)
        path = self.evidence(entry, paper)
        if self.of(topic, "forbidden"):
            self.manner["paths"][f"/{path}"] = {"status": 403}
        older = None if self.of(topic, "dead", "forbidden") else self.older(entry)
        web = paper.web_only or topic in _PAGES
        document = Document(path, paper.title, entry.title, int(entry.id.lstrip("MOIT")), web, older)
        return Row(self.claimed(entry), f"../{POSTS[self.case.post](self.shelf, document)}", quoted=quoted)

    def evidence(self, entry: Entry, paper: Paper) -> str:
        """Write an item's evidence as its defect wants it; its path from the top of the site."""
        topic, name = entry.topic, self.name(entry)
        made = self.of(topic, "made")
        web = paper.web_only or topic in _PAGES
        if self.of(topic, "dead"):
            return f"page/{name}-final.html" if web else f"files/{name}-final.pdf"
        if self.of(topic, "scanned"):
            self.files[f"files/{name}.pdf"] = scan(paper)
            return f"files/{name}.pdf"
        if self.of(topic, "pictured"):
            self.files[f"pictures/{name}.jpg"] = coarse_page(paper)
            inner = f'<p><img src="../pictures/{name}.jpg" width="900"></p>'
            self.files[f"page/{name}.html"] = page(self.style, "เอกสารเผยแพร่", inner, "../")
            return f"page/{name}.html"
        if made:
            kind = MADE[made.detail]
            self.files[f"files/{name}.{kind.ending}"] = kind.build(paper, section_lines(self.desk(entry)))
            return f"files/{name}.{kind.ending}"
        return self.put(entry, paper)

    def older(self, entry: Entry) -> Callable[[], tuple[str, str]] | None:
        """How the same item's document of the year before is written, where a site keeps such."""
        if entry.topic not in EARLIER or entry.topic == "strategy":
            return None  # last year's plan of five years is this year's as well

        def write_older() -> tuple[str, str]:
            desk = self.desk(entry)
            paper = write(replace(desk, edition=desk.edition - 1, lacks=frozenset(), section=""))
            path = f"page/{self.name(entry, 'before')}.html"
            self.files[path] = paper_page(self.style, paper, "../")
            return path, paper.title

        return write_older

    def claimed(self, entry: Entry) -> Entry:
        """The entry with a year in its label, where that is planted: the one asked for, or the one before."""
        told = self.edition - 1 if entry.topic in REPORTS else self.edition
        if self.of(entry.topic, "claims"):
            return replace(entry, title=f"{entry.title} ประจำปีงบประมาณ พ.ศ. {told}")
        if self.of(entry.topic, "mislabelled"):
            return replace(entry, title=f"{entry.title} ประจำปีงบประมาณ พ.ศ. {told - 1}")
        return entry

    def line(self, entry: Entry) -> str:
        """Evidence in one line on the index itself."""
        if entry.topic == "complaint_statistics":
            return self.voice.change(
                f"{half_year(self.edition)} {self.voice.fiscal(self.edition)} {NO_COMPLAINT}การทุจริตและประพฤติมิชอบ "
                "(เรื่องร้องเรียนทั้งหมด 0 เรื่อง ดำเนินการแล้วเสร็จ 0 เรื่อง อยู่ระหว่างดำเนินการ 0 เรื่อง)"
            )
        paper = write(self.desk(entry))
        return " ".join(text for block in paper.blocks for text in _texts(block))


def _texts(block: object) -> tuple[str, ...]:
    text = getattr(block, "text", None)
    return (text,) if isinstance(text, str) else tuple(getattr(block, "items", ()))


def _style(case: Case, office: Office) -> Style:
    charset, codec, _ = _CHARSETS[case.charset]
    semantic = case.shape not in ("oit", "buttons", "tabs", "zero")
    return Style(office.name, charset, codec, semantic, footer=f"© {office.name} ศาลากลาง{PROVINCE}")


def _menu(builder: _Builder, links: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    rows = [("หน้าแรก", "home.html" if builder.case.home == "splash" else "index.html")]
    for topic, label in (
        ("news", "ข่าวประชาสัมพันธ์"),
        ("questions", "ถาม-ตอบ"),
        ("e_service", "บริการออนไลน์"),
        ("contact", "ติดต่อเรา"),
    ):
        if topic in links:
            rows.append((label, links[topic]))
    if builder.case.shape == "deep":
        return (*rows, ("ข้อมูลหน่วยงาน", "about.html"))
    return (*rows, *builder.way.menu)


def _way(builder: _Builder) -> Way:
    ita = builder.voice.pick("ita", _ITA)
    return WAYS[builder.case.way](f"{ita} {builder.edition}" if "ปี" in ita else ita, "oit/index.html", builder.edition)


def _index(builder: _Builder, rows: list[Row]) -> None:
    style, shape, edition = builder.style, builder.case.shape, builder.edition
    title = f"การเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. {edition}"
    inner = index(shape, rows) if shape in SHAPES else ""
    if shape in LISTS or shape in SCRIPTED:
        build = LISTS.get(shape) or SCRIPTED[shape]
        inner = build(Listing(rows, builder.shelf, title, lambda: _old_rows(builder)))
    elif shape == "tabs":
        inner = tabs(((f"ITA {edition}", inner), (f"ITA {edition - 1}", index(shape, _old_rows(builder)))))
        title = "การประเมินคุณธรรมและความโปร่งใส (ITA)"
    elif shape == "groups":
        names = list(dict.fromkeys(row.entry.group for row in rows))
        for i, group in enumerate(names):
            members = [row for row in rows if row.entry.group == group]
            builder.files[f"oit/group{i}.html"] = page(style, f"{group} ปี {edition}", index(shape, members), "../")
        inner = (
            "<ul>"
            + "".join(f'<li><a href="group{i}.html">ตัวชี้วัดย่อย {g}</a></li>' for i, g in enumerate(names))
            + "</ul>"
        )
    builder.files["oit/index.html"] = page(style, title, inner, "../")


def _old_rows(builder: _Builder) -> list[Row]:
    year = builder.edition - 1
    rows = []
    for entry in entries(year if year in YEARS else builder.edition):
        if entry.topic in EARLIER:
            path = f"old/{builder.name(entry, 'old')}.html"
            builder.files[path] = paper_page(builder.style, write(builder.desk(entry, year)), "../")
            rows.append(Row(entry, f"../{path}"))
    return rows


def _way_in(builder: _Builder, home: str) -> None:
    """The pages between the home page and the index: three clicks on a deep site, a picture on a splash page."""
    style = builder.style
    for path, (title, inner) in builder.way.pages.items():
        builder.shelf.put(path, title, inner)
    for path, text in builder.way.scripts.items():
        builder.shelf.raw(path, text)
    for address, answer in builder.way.answers.items():
        builder.shelf.answer(address, answer)
    if builder.case.shape == "deep":
        about = '<p><a href="about/openness.html">ความโปร่งใส</a></p><p>วิสัยทัศน์และประวัติของหน่วยงาน</p>'
        builder.files["about.html"] = page(style, "ข้อมูลหน่วยงาน", about)
        inner = f'<p><a href="../oit/index.html">การประเมิน ITA ปี {builder.edition}</a></p>'
        builder.files["about/openness.html"] = page(style, "ความโปร่งใส", inner, "../")
    if builder.case.home == "splash":
        enter = '<p><a href="home.html"><img src="pictures/chart.png" alt="เข้าสู่เว็บไซต์"></a></p>'
        builder.files["index.html"] = page(style, builder.office.name, enter, bare=True)
        builder.files["home.html"] = page(style, builder.office.name, home)
    else:
        builder.files["index.html"] = page(style, builder.office.name, home)


def _home(builder: _Builder, links: Mapping[str, str]) -> str:
    desk = Desk(builder.office, builder.edition, builder.voice, "home", "")
    stories = "".join(f'<li><a href="news{i}.html">{basics.news_story(desk, i).title}</a></li>' for i in range(3))
    media = body(basics.social(replace(desk, topic="social")).blocks)
    buttons = "".join(f'<li><a href="{links[t]}">{label}</a></li>' for t, label in _BUTTONS if t in links)
    return f"<p>ยินดีต้อนรับสู่{builder.office.name}</p>\n<h2>ข่าวล่าสุด</h2>\n<ul>{stories}</ul>\n<ul>{buttons}</ul>\n{builder.way.home}<div>{media}</div>"


_BUTTONS = (("complaint_channel", "แจ้งเรื่องร้องเรียนการทุจริต"), ("opinions", "รับฟังความคิดเห็น"))


def _details(builder: _Builder) -> None:
    """What stands behind the links of the items: news stories, texts of laws."""
    for i in range(5):
        desk = Desk(builder.office, builder.edition, builder.voice, "news", "")
        builder.files[f"news{i}.html"] = paper_page(builder.style, basics.news_story(desk, i))
    for i in range(len(basics.LAWS) + 1):
        desk = Desk(builder.office, builder.edition, builder.voice, "laws", "")
        builder.files[f"files/law{i}.pdf"] = pdf(basics.law_excerpt(desk, i))
    for name, data in pictures().items():
        builder.files[f"pictures/{name}"] = data


def build_site(case: Case, office: Office, edition: int, seed: int, listed: tuple[Entry, ...] = ()) -> Site:
    """The site of one agency in one edition; the same arguments give the same bytes. `listed` is a sector's list."""
    own = listed or entries(edition)
    seed_text = f"{seed}/{edition}/{office.id}"
    year_form = Voice(case.digits, 0, seed_text).dice("year").randint(0, 99)
    builder = _Builder(case, office, edition, Voice(case.digits, year_form, seed_text), _style(case, office), own)
    links = {e.topic: _link_of(builder, e) for e in own if not builder.of(e.topic, "absent", "unlinked")}
    builder.way = _way(builder)
    builder.style = replace(builder.style, menu=_menu(builder, links))
    rows = [_labelled(builder, row) for entry in own if (row := builder.row(entry)) is not None]
    for name, papers in builder.shared.items():
        inner = "\n".join(f"<h2>{paper.title}</h2>\n{body(paper.blocks, '../')}" for paper in papers)
        builder.files[f"page/{name}.html"] = page(builder.style, papers[0].title, inner, "../")
    _details(builder)
    _index(builder, rows)
    _way_in(builder, _home(builder, links))
    everything = "Disallow: /" if case.serve == "robots" else "Disallow: /admin/"
    builder.files["robots.txt"] = f"User-agent: *\n{everything}\n".encode("ascii")
    if case.door:
        DOORS[case.door].build(builder.shelf)
    return Site(builder.files, _manner(builder))


def _labelled(builder: _Builder, row: Row) -> Row:
    """The row with its title in the agency's own words, if it uses such."""
    words = OWN_WORDS.get(row.entry.topic, ())
    if not builder.case.loose or not words:
        return row
    return replace(row, entry=replace(row.entry, title=builder.voice.pick(f"label/{row.entry.topic}", words)))


def _link_of(builder: _Builder, entry: Entry) -> str:
    together = builder.of(entry.topic, "shared")
    return f"page/{together.detail if together else builder.name(entry)}.html"


def _manner(builder: _Builder) -> Manner:
    manner: Manner = {"html_type": _CHARSETS[builder.case.charset][2], **builder.manner}
    if builder.case.serve == "503":
        manner["status"] = 503
    if builder.case.serve == "slow":
        manner["delay"] = 0.15
    return manner
