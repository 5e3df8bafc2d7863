"""Entries of a list and items of the manual as one assignment: order tells what words do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checklist.candidates.alignment import Choice, align, gaps
from checklist.candidates.entries import read_index
from checklist.candidates.labels import ItemNames
from checklist.rules.model import Rules
from tests.checklist.sites import page

_ITEMS = 5
_CHOICE = st.builds(Choice, st.integers(0, _ITEMS - 1), st.sampled_from([0.3, 0.5, 0.9]))
_SLOTS = st.lists(st.lists(_CHOICE, max_size=3), max_size=6)


def best_sum(slots: list[list[Choice]], at: int = 0, last: int = 0) -> float:
    """The highest sum of any chain, by trying all of them."""
    if at == len(slots):
        return 0.0
    found = best_sum(slots, at + 1, last)
    for choice in slots[at]:
        if choice.position >= last:
            found = max(found, choice.score + best_sum(slots, at + 1, choice.position))
    return found


@given(_SLOTS)
def test_the_chain_never_goes_back_and_none_is_better(slots: list[list[Choice]]) -> None:
    placed = align(slots, _ITEMS)
    chain = [position for position in placed if position is not None]
    assert chain == sorted(chain)
    total = sum(
        max(c.score for c in choices if c.position == position)
        for choices, position in zip(slots, placed, strict=True)
        if position is not None
    )
    assert abs(total - best_sum(slots)) < 1e-9


def test_a_list_that_is_too_long_is_not_aligned() -> None:
    assert set(align([[Choice(0, 1.0)]] * 5000, 3)) == {None}


def test_neighbours_are_the_nearest_placed_ones() -> None:
    assert gaps((0, None, 3, None), 5) == ((-1, 3), (0, 3), (0, 5), (3, 5))


def entries(rules: Rules, html: str, edition: int = 2566, title: str = "") -> dict[str, list[str]]:
    names = ItemNames(rules.edition(edition).naming, rules.lexicon)
    found: dict[str, list[str]] = {}
    for entry in read_index(page("oit.html", html, title=title), names, menus=True).entries:
        found.setdefault(entry.item, []).extend(link.url.rsplit("/", 1)[-1] for link in entry.links)
    return found


def listed(*rows: tuple[str, str]) -> str:
    return "<ul>" + "".join(f"<li><a href='{href}'>{label}</a></li>" for label, href in rows) + "</ul>"


_NEIGHBOURS = (
    ("การประเมินความเสี่ยงการทุจริตประจำปี", "34"),
    ("แผนปฏิบัติการป้องกันการทุจริต", "36"),
    ("รายงานผลการดำเนินการป้องกันการทุจริตประจำปี", "38"),
    ("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "42"),
)


def test_an_entry_between_its_neighbours_is_found_without_the_words_of_its_title(shipped: Rules) -> None:
    rows = [*_NEIGHBOURS[:2], ("ผลการดำเนินการตามแผนป้องกันการทุจริต 6 เดือนแรก", "37"), *_NEIGHBOURS[2:]]
    found = entries(shipped, listed(*rows))
    assert found["O37"] == ["37"]
    assert found["O36"] == ["36"]


def test_a_plan_is_never_taken_for_its_report(shipped: Rules) -> None:
    found = entries(shipped, listed(("O38 แผนปฏิบัติการป้องกันการทุจริต", "plan"), ("O36 รายงานผลการป้องกันการทุจริต", "report")))
    assert "plan" not in found.get("O38", [])
    assert "report" not in found.get("O36", [])


def test_a_rows_own_words_beat_its_link_label(shipped: Rules) -> None:
    rows = "".join(
        f"<tr><td>{number}</td><td>{title}</td><td><a href='{number}'>{label}</a></td></tr>"
        for number, title, label in (
            (13, "รายงานผลการดำเนินงานประจำปี", "เปิด"),
            (21, "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน", "ข่าวจัดซื้อจัดจ้าง"),
            (36, "แผนปฏิบัติการป้องกันการทุจริต", "เปิด"),
        )
    )
    assert entries(shipped, f"<table>{rows}</table>")["O21"] == ["21"]


def test_bare_numbers_count_where_they_agree_with_the_titles_beside_them(shipped: Rules) -> None:
    def table(rows: tuple[tuple[int, str], ...]) -> str:
        cells = (f"<tr><td>{n}</td><td>{title}</td><td><a href='{n}'>เปิด</a></td></tr>" for n, title in rows)
        return f"<table>{''.join(cells)}</table>"

    own = ((8, "Q&amp;A"), (13, "รายงานผลการดำเนินงานประจำปี"), (30, "รับฟัง"), (36, "แผนปฏิบัติการป้องกันการทุจริต"))
    found = entries(shipped, table(own))
    assert (found["O8"], found["O30"]) == (["8"], ["30"])
    other = ((5, "รายงานผลการดำเนินงานประจำปี"), (7, "เอกสาร"), (9, "แผนปฏิบัติการป้องกันการทุจริต"))
    assert "O7" not in entries(shipped, table(other))


def test_numbers_of_another_years_list_say_nothing(shipped: Rules) -> None:
    rows = listed(("O14 เอกสารเผยแพร่ของงานบุคคล", "x"), ("O15 ประมวลจริยธรรม", "y"))
    old = entries(shipped, rows, 2569, title="การเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. 2568")
    assert "O14" not in old
    assert "O14" in entries(shipped, rows, 2569, title="การเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. 2569")


def test_what_no_item_claims_is_told_with_its_neighbours(shipped: Rules) -> None:
    names = ItemNames(shipped.edition(2566).naming, shipped.lexicon)
    rows = [*_NEIGHBOURS[:2], ("เอกสารเผยแพร่ลำดับถัดไป", "left"), *_NEIGHBOURS[2:], ("โครงสร้าง", "1")]
    (left,) = read_index(page("oit.html", listed(*rows)), names, menus=True).unclaimed
    assert left.links[0].url.endswith("left")
    assert (left.before, left.after) == (names.order["O36"], names.order["O38"])


def test_a_label_means_an_item_if_it_shares_its_rare_words_and_no_other_has_them(shipped: Rules) -> None:
    assert entries(shipped, listed(("ประกาศนโยบาย no gift ไม่รับของขวัญ", "gift")), 2567)["O26"] == ["gift"]
    assert entries(shipped, listed(("ข่าวกีฬาประจำตำบล", "x")), 2567) == {}


def test_a_label_that_opens_a_pane_owns_what_stands_in_it(shipped: Rules) -> None:
    pills = "".join(
        f"<a data-toggle='pill' href='#v{at}'>{label}</a>"
        for at, label in enumerate(("O11 แผนดำเนินงานและการใช้งบประมาณประจำปี", "O13 รายงานผลการดำเนินงานประจำปี"))
    )
    panes = "".join(f"<div class='tab-pane' id='v{at}'><p>ข้อมูล</p><a href='ev{at}'>คลิก</a></div>" for at in (0, 1))
    found = entries(shipped, f"<div>{pills}</div><div class='tab-content'>{panes}</div>")
    assert (found["O11"], found["O13"]) == (["ev0"], ["ev1"])


def test_a_badge_is_a_number_and_nothing_else(shipped: Rules) -> None:
    found = entries(shipped, "<ul><li>O8 Q&amp;A</li><li><a href='9'>O9 Social Network</a></li></ul>")
    assert found["O9"] == ["9"]
    assert "9" not in found.get("O8", [])
