"""The small notation of examples: what each sign becomes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checklist.examples.notation import DIRECTIVES, HOME, read_example
from core.models.snapshot import BlockKind, FetchOutcome, ResourceKind, Zone


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(b.kind, b.text) for b in read_example(text, "ชื่อข้อ").resource.blocks]


def test_lines_headings_and_lists() -> None:
    text = "# หัวข้อ\nข้อความ\n- รายการ\n**หนา**\n\n[title]"
    assert kinds(text) == [
        (BlockKind.HEADING, "หัวข้อ"),
        (BlockKind.PARAGRAPH, "ข้อความ"),
        (BlockKind.LIST_ITEM, "รายการ"),
        (BlockKind.PARAGRAPH, "หนา"),
        (BlockKind.HEADING, "ชื่อข้อ"),
    ]
    assert [b.bold for b in read_example(text, "").resource.blocks][3]


def test_rows_that_follow_each_other_are_one_table() -> None:
    blocks = read_example("|ก|ข|\n|1||\nคั่น\n|ค|", "").resource.blocks
    cells = [(b.table, b.row, b.col, b.header, b.text) for b in blocks if b.kind is BlockKind.CELL]
    assert cells == [
        (0, 0, 0, True, "ก"),
        (0, 0, 1, True, "ข"),
        (0, 1, 0, False, "1"),
        (0, 1, 1, False, ""),
        (1, 0, 0, True, "ค"),
    ]


def test_links_and_pictures_stand_in_their_line() -> None:
    page = read_example("[web]\nดู [แผน](plan.pdf) และ [ผล](https://b.go.th/) ![ภาพ](a.jpg)", "").resource
    assert page.kind is ResourceKind.PAGE
    assert [(li.label, li.url) for li in page.links] == [("แผน", HOME + "plan.pdf"), ("ผล", "https://b.go.th/")]
    assert [page.blocks[li.block].text for li in page.links] == ["ดู แผน และ ผล"] * 2
    assert [(b.text, b.src) for b in page.blocks if b.kind is BlockKind.IMAGE] == [("ภาพ", HOME + "a.jpg")]


def test_where_things_stand() -> None:
    text = "[menu] เมนู\nเนื้อหา\n[footer]\n[ท้าย](x)\n[content]\nต่อ\n[page 3]\nหน้า"
    page = read_example(text, "").resource
    assert [(b.text, b.zone, b.page) for b in page.blocks] == [
        ("เมนู", Zone.MENU, 1),
        ("เนื้อหา", Zone.CONTENT, 1),
        ("ท้าย", Zone.FOOTER, 1),
        ("ต่อ", Zone.CONTENT, 1),
        ("หน้า", Zone.CONTENT, 3),
    ]
    assert page.links[0].zone is Zone.FOOTER


def test_what_leads_here_and_what_lies_around() -> None:
    example = read_example("[label] O12 รายงาน\n[file] o12.pdf\n[home] [f](https://f.com/a)\n[opens] a\n[dead] b", "")
    assert (example.resource.label, example.resource.url) == ("O12 รายงาน", HOME + "o12.pdf")
    assert [li.url for li in example.home.links] == ["https://f.com/a"]
    assert [(r.url, r.outcome) for r in example.others] == [
        (HOME + "a", FetchOutcome.OK),
        (HOME + "b", FetchOutcome.NOT_FOUND),
    ]
    assert example.resource.found_via == (HOME,)
    assert read_example("[unlinked]\nก", "").resource.found_via == ()


def test_a_link_to_nowhere_is_none() -> None:
    assert read_example("[ที่นี่](#)", "").resource.links == ()


@given(
    st.lists(
        st.sampled_from(["|", "#", "[", "](", ")", "!", "**", "ก", " ", "\n", "- ", *(f"[{d}]" for d in DIRECTIVES)])
    )
)
def test_any_text_is_an_example(parts: list[str]) -> None:
    example = read_example("".join(parts), "ชื่อ")
    assert all(-1 <= link.block < len(example.resource.blocks) for link in example.resource.links)
