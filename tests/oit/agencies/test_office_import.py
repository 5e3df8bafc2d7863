"""The list that an office has becomes agencies.yaml: the head is found, links behind cells too, ids are proposed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from oit.agencies.loader import COLUMNS, example_list, load_agencies, write_agencies_yaml
from oit.agencies.office_import import OfficeImport, find_head, import_sheets, propose_id
from oit.agencies.office_sheet import OfficeSheet, read_sheets
from oit.agencies.settings import KEYS
from oit.cli.main import main

LISTS = Path(__file__).with_name("lists")
KINDS = {"provincial": "จังหวัด (ราชการส่วนภูมิภาค)", "local": "องค์กรปกครองส่วนท้องถิ่น"}
THAI = "ลำดับ;ชื่อหน่วยงาน;เว็บไซต์\r\n1;สำนักงานแรงงาน;www.labour.go.th\r\n2;สำนักงานคลัง;cgd.go.th/phuket\r\n"


def sheet(*rows: tuple[str, ...], links: dict[tuple[int, int], str] | None = None) -> OfficeSheet:
    """A sheet with these rows."""
    return OfficeSheet("รายชื่อ", rows, links or {})


def imported(*rows: tuple[str, ...], links: dict[tuple[int, int], str] | None = None) -> OfficeImport:
    """What such a sheet gives."""
    return import_sheets("list.xlsx", [sheet(*rows, links=links)], KINDS)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_workbook_with_titles_other_columns_and_links_behind_cells(ending: str) -> None:
    found = import_sheets("x", read_sheets(LISTS / f"office.{ending}"), KINDS)
    assert found.agencies.province == "จังหวัดภูเก็ต"
    assert str(found.head).startswith("the head was found in sheet 'รายชื่อ', row 4 (name: B, kind: C, url: D")
    assert found.head.unused == ("ลำดับที่", "โทรศัพท์")
    agencies = {agency.id: agency for agency in found.agencies.agencies}
    assert agencies["phuket"].url == "http://www.phuket.go.th/"
    assert (agencies["phuket"].responsible, agencies["phuket"].email) == ("นางสมศรี ใจดี", "oit@phuket.go.th")
    assert agencies["phuket-mol"].url == "https://phuket.mol.go.th/"
    assert agencies["cgd-phuket"].url == "http://cgd.go.th/phuket"
    # A formula of an old workbook is stored as its value: what it leads to cannot be seen.
    assert ("moc-phuket" in agencies) is (ending != "xls")
    assert "rows 5, 9 (phuket, phuket-2)" in found.warnings[0]
    assert any("facebook.com/wichit is no web site" in line for line in found.left_out)
    assert any(line.startswith("row 7: ส่วนราชการอิสระ") for line in found.left_out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_that_excel_writes(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(THAI.replace(";", delimiter).encode(encoding))
    found = import_sheets(str(path), read_sheets(path), KINDS)
    assert [(a.id, a.name, a.url) for a in found.agencies.agencies] == [
        ("labour", "สำนักงานแรงงาน", "http://www.labour.go.th/"),
        ("cgd-phuket", "สำนักงานคลัง", "http://cgd.go.th/phuket"),
    ]


def test_a_head_in_two_rows_is_one() -> None:
    found = imported(
        ("บัญชีรายชื่อ",),
        ("ที่", "ข้อมูลหน่วยงาน", "", "ผู้ประสานงาน"),
        ("", "ชื่อหน่วยงาน", "เว็บไซต์", "อีเมล"),
        ("1", "สำนักงานแรงงาน", "labour.go.th", "a@labour.go.th"),
    )
    assert found.head.last_row == 2
    (agency,) = found.agencies.agencies
    assert (agency.name, agency.url, agency.email) == ("สำนักงานแรงงาน", "http://labour.go.th/", "a@labour.go.th")


def test_names_that_are_links_need_no_column_of_addresses() -> None:
    found = imported(("ที่", "หน่วยงาน"), ("1", "สำนักงานแรงงาน"), links={(1, 1): "https://labour.go.th/home"})
    assert found.agencies.agencies[0].url == "https://labour.go.th/home"


def test_a_title_that_sounds_like_a_head_is_none() -> None:
    found = imported(
        ("หน่วยงานที่รับการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ",),
        ("ชื่อหน่วยงาน", "เว็บไซต์"),
        ("สำนักงานแรงงาน", "labour.go.th"),
    )
    assert found.head.row == 1


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("www.a.go.th", "http://www.a.go.th/"),
        ("HTTPS://WWW.A.GO.TH", "https://www.a.go.th/"),
        ("http:// www.a.go.th/index.php", "http://www.a.go.th/index.php"),
        ("http//www.a.go.th", ""),
        ("เว็บไซต์: a.go.th (ชั่วคราว)", "http://a.go.th/"),
        ("facebook.com/a , www.a.go.th", "http://www.a.go.th/"),
        ("www.a.go.th/หน้าแรก", "http://www.a.go.th/หน้าแรก"),
        ("a@mail.go.th", ""),
        ("http://a.go.th:99999/", ""),
        ("ไม่มี", ""),
        ("-", ""),
    ],
)
def test_addresses_are_mended_and_never_invented(cell: str, url: str) -> None:
    rows = (("ชื่อหน่วยงาน", "เว็บไซต์"), ("สำนักงานคลัง", "cgd.go.th"), ("สำนักงานแรงงาน", cell))
    found = {agency.name: agency.url for agency in imported(*rows).agencies.agencies}
    if cell == "http//www.a.go.th":
        assert found["สำนักงานแรงงาน"].endswith("www.a.go.th/")
    else:
        assert found.get("สำนักงานแรงงาน", "") == url


def test_ids_that_the_list_has_are_kept_and_others_proposed() -> None:
    found = imported(
        ("id", "ชื่อหน่วยงาน", "เว็บไซต์"),
        ("labour", "ก", "a.go.th"),
        ("แรงงาน", "ข", "b.go.th"),
        ("labour", "ค", "c.go.th"),
    )
    assert [agency.id for agency in found.agencies.agencies] == ["labour", "b", "c"]


@pytest.mark.parametrize(
    ("url", "proposed"),
    [
        ("https://www.phuket.go.th/", "phuket"),
        ("http://phuket.labour.go.th/", "phuket-labour"),
        ("https://www.opsmoac.go.th/phuket/home", "opsmoac-phuket"),
        ("https://www.a.go.th/index.php", "a"),
        ("https://www.a.go.th/หน้าแรก", "a"),
    ],
)
def test_an_id_is_made_of_the_address(url: str, proposed: str) -> None:
    assert propose_id(url) == proposed


def test_kinds_are_known_by_their_titles_and_others_are_told() -> None:
    found = imported(
        ("ชื่อหน่วยงาน", "ประเภทหน่วยงาน", "เว็บไซต์"),
        ("ก", "องค์กรปกครองส่วนท้องถิ่น", "a.go.th"),
        ("ข", "สมาคม", "b.go.th"),
        ("ค", "สมาคม", "c.go.th"),
    )
    assert [agency.kind for agency in found.agencies.agencies] == ["local", "provincial", "provincial"]
    assert [line for line in found.warnings if "สมาคม" in line] == ["kind 'สมาคม' is not known; provincial is taken"]


@pytest.mark.parametrize("rows", [(), (("ลำดับ", "ชื่อ-สกุล"), ("1", "นางสมศรี")), (("ชื่อหน่วยงาน", "โทร"), ("ก", "02"))])
def test_without_a_head_it_is_said_what_is_needed(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(InputError, match="ชื่อหน่วยงาน"):
        imported(*rows)


CELLS = st.sampled_from(["", "ชื่อหน่วยงาน", "เว็บไซต์", "www.a.go.th", "http://b.go.th/x y", "ก", "id", "O1", "a@b.co"])
ROWS = st.lists(st.lists(st.one_of(CELLS, st.text(max_size=20)), max_size=5).map(tuple), max_size=8)


@given(ROWS)
def test_whatever_a_sheet_holds_the_list_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    try:
        found = imported(*rows)
    except InputError:
        return
    path = tmp_path_factory.mktemp("list") / "agencies.yaml"
    write_agencies_yaml(path, found.agencies)
    again = load_agencies(path, KINDS)
    assert [agency.id for agency in again.agencies] == [agency.id for agency in found.agencies.agencies]


def test_a_head_is_found_quickly_in_a_wide_sheet() -> None:
    wide = tuple("a.1." * 500 for _ in range(200))
    assert find_head(sheet(*([wide] * 25))) is None


def test_the_command_shows_the_list_and_writes_it(
    tmp_path: Path, rules_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "agencies.yaml"
    command = ["agencies", "--rules", str(rules_file), "import", str(LISTS / "office.xlsx"), "--agencies", str(target)]
    assert main([*command, "--preview"]) == 0
    shown = capsys.readouterr()
    assert "the head was found in sheet 'รายชื่อ', row 4" in shown.out
    assert "phuket-mol" in shown.out
    assert "one site twice" in shown.err
    assert not target.exists()
    assert main(command) == 0
    assert [agency.id for agency in load_agencies(target).agencies][:2] == ["phuket", "phuket-mol"]
    assert main(command) == 2
    assert main([*command, "--force", "--kind", "nonsense"]) == 2


def test_the_example_has_a_comment_on_every_key_and_no_fault(
    tmp_path: Path, rules_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "agencies.yaml"
    command = ["agencies", "--rules", str(rules_file), "--agencies", str(target)]
    assert main([*command, "init"]) == 0
    assert main(command) == 0
    assert main([*command, "init"]) == 2
    text = example_list()
    assert [
        key for key in (*COLUMNS, *KEYS) if not re.search(rf"^ *(?:- |# )*{key}: .*#|^ *# +{key}: *.*#", text, re.M)
    ] == []
    every = re.sub(r"^( *)# (\w+: |  O12)", r"\1\2", text, flags=re.M)
    target.write_text(every, "utf-8")
    found = load_agencies(target)
    assert found.settings.english
    assert found.agencies[0].declared == {"O12": "https://www.example.go.th/oit/o12.pdf"}


def test_oit_alone_says_what_to_do_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    assert "oit demo" in capsys.readouterr().out
    (tmp_path / "agencies.yaml").write_text("agencies:\n- {id: A, name: ก}\n", "utf-8")
    assert main([]) == 0
    assert "has faults (2)" in capsys.readouterr().out
    (tmp_path / "agencies.yaml").write_text(example_list(), "utf-8")
    assert main([]) == 0
    assert "Nothing was checked yet" in capsys.readouterr().out
    page = tmp_path / "var" / "reports" / "2568" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("x")
    (tmp_path / "var" / "oit.sqlite").write_bytes(b"")
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert "Reports of today" in shown
    assert "oit serve" in shown
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["oit.sqlite", "reports"]
