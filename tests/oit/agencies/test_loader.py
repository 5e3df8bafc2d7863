"""The agency list: every form gives the same list; every fault has its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.models.agency import Agency, AgencyList
from oit.agencies.loader import choose, load_agencies, write_agencies_yaml
from oit.agencies.tables import read_csv, read_yaml

GOOD = """\
province: จังหวัดตัวอย่าง
agencies:
  - id: provincial-office
    name: สำนักงานจังหวัดตัวอย่าง
    url: https://www.example.go.th
    kind: provincial
    also: [https://files.example.go.th/]
    declared:
      O12: https://www.example.go.th/oit/o12.pdf
  - {id: no, name: สำนักงาน ข, url: "http://127.0.0.1:8001/", email: a@b.go.th, ignore_robots: true}
"""


def faults(path: Path, text: str, kinds: tuple[str, ...] = ()) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_agencies(path, kinds)
    return [line.removeprefix(f"{path}:") for line in caught.value.lines]


def test_good_list(tmp_path: Path) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(GOOD, encoding="utf-8")
    found = load_agencies(path, ("provincial",))
    assert found.province == "จังหวัดตัวอย่าง"
    first, second = found.agencies
    assert first.url == "https://www.example.go.th/"
    assert first.also == ("https://files.example.go.th/",)
    assert first.declared == {"O12": "https://www.example.go.th/oit/o12.pdf"}
    assert second.id == "no"
    assert second.ignore_robots is True
    assert second.kind == "provincial"


def test_written_list_reads_back(tmp_path: Path) -> None:
    source, target = tmp_path / "agencies.yaml", tmp_path / "again.yaml"
    source.write_text(GOOD, encoding="utf-8")
    found = load_agencies(source)
    write_agencies_yaml(target, found)
    assert load_agencies(target) == found


def test_all_faults_at_once_with_places(tmp_path: Path) -> None:
    text = """\
province: x
agences: []
agencies:
  - id: Bad_Id
    name: a
    url: ftp://example.go.th/
  - id: ok
    nmae: b
    url: https://example.go.th/
    kind: provincal
  - id: ok
    name: c
    url: https://example.go.th/
    declared: {12: https://example.go.th/x}
"""
    found = faults(tmp_path / "a.yaml", text, ("provincial", "local"))
    assert [line.split(": ")[0] for line in found] == [
        "2:1",
        "4:9",
        "6:10",
        "7:5",
        "8:5",
        "10:11",
        "11:9",
        "14:20",
    ]
    assert "did you mean 'agencies'?" in found[0]
    assert "name is missing" in found[3]
    assert "did you mean 'name'?" in found[4]
    assert "did you mean 'provincial'?" in found[5]
    assert "already used in line 7" in found[6]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "keys province and agencies"),
        ("agencies: {}", "must be a list"),
        ("agencies: []", "no agency in the list"),
        ("agencies: [", "not YAML"),
        ("agencies:\n  - &a {id: a}\n  - *a", "anchors"),
        ("agencies:\n  - id: a\n    id: b\n    name: n\n    url: http://e.th/", "'id' stands twice"),
        ("agencies:\n  - {id: a, name: [x], url: 'http://e.th/'}", "not a list"),
        ("agencies:\n  - {id: a, name: n, url: 'http://user:pw@e.th/'}", "http or https"),
        ("agencies:\n  - {id: a, name: n, url: 'http://e.th:99999/'}", "http or https"),
        ('agencies:\n  - {id: a, name: n, url: "http://\\u202ee.th/"}', "http or https"),
        ('agencies:\n  - {id: a, name: n, url: "http://e.th/\\0"}', "http or https"),
        (f"agencies:\n  - {{id: a, name: n, url: 'http://{'e' * 254}.th/'}}", "http or https"),
        (
            f"agencies:\n  - {{id: a, name: n, url: 'http://e.th/', also: ['http://e.th/{'x' * 3000}']}}",
            "http or https",
        ),
        ("agencies:\n  - {id: a, name: n, url: 'http://e.th/', email: nobody}", "email must be"),
        ('agencies:\n  - {id: a, name: "\\ud800", url: "http://e.th/"}', "not YAML: found invalid Unicode"),
        ('agencies:\n  - {id: a, name: n, url: "http://e.th/", "\\udfff": n}', "not YAML: found invalid Unicode"),
        ("agencies:\n  - {id: ../x, name: n, url: 'http://e.th/'}", "small letters"),
        ("agencies:\n  - {id: a, name: n, url: 'http://e.th/', ignore_robots: perhaps}", "true or false"),
    ],
)
def test_each_fault(tmp_path: Path, text: str, message: str) -> None:
    assert message in "\n".join(faults(tmp_path / "a.yaml", text))


def test_nesting_without_end_is_told_soon(tmp_path: Path) -> None:
    text = "province: " + "[" * 50_000
    (line,) = faults(tmp_path / "a.yaml", text)
    assert "nested deeper" in line


def test_of_very_many_faults_the_first_are_told(tmp_path: Path) -> None:
    lines = faults(tmp_path / "a.yaml", "agencies:\n" + "  - id: A\n" * 300)
    assert len(lines) == 201
    assert lines[-1].endswith("700 more faults")


def test_csv_and_xlsx_hold_the_same_columns(tmp_path: Path) -> None:
    rows = [
        ["province", "id", "name", "url", "also", "O12"],
        [
            "จังหวัด ก",
            "a",
            "สำนักงาน ก",
            "https://a.go.th/",
            "https://f.a.go.th/ https://g.a.go.th/",
            "https://a.go.th/12",
        ],
        ["", "b", "สำนักงาน ข", "https://b.go.th/", "", ""],
    ]
    table = tmp_path / "a.csv"
    table.write_bytes("\r\n".join(",".join(row) for row in rows).encode("cp874"))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = load_agencies(table)
    assert found == load_agencies(tmp_path / "a.xlsx")
    assert found.province == "จังหวัด ก"
    assert found.agencies[0].also == ("https://f.a.go.th/", "https://g.a.go.th/")
    assert found.agencies[0].declared == {"O12": "https://a.go.th/12"}


def test_fault_in_a_table_names_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;name;url\na;x;https://a.go.th/\nb;y;nowhere\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_agencies(path)
    assert caught.value.lines == (f"{path}:3:3: url must be an http or https address; got 'nowhere'",)


def test_unreadable_files_are_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"no workbook")
    for path in (broken, tmp_path / "absent.yaml", tmp_path / "a.doc"):
        with pytest.raises(InputError) as caught:
            load_agencies(path)
        assert len(caught.value.lines) == 1


def test_choose_names_the_nearest() -> None:
    agencies = AgencyList("p", (Agency("labour", "n", "http://a/"), Agency("land", "n", "https://b:8443/x")))
    assert [a.id for a in choose(agencies, ["land"])] == ["land"]
    assert len(choose(agencies, [])) == 2
    with pytest.raises(InputError, match="did you mean 'labour'"):
        choose(agencies, ["labor"])


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_faults(body: bytes) -> None:
    for reader in (read_yaml, read_csv):
        reader("f", body)


@given(st.text(alphabet="agencis:-{}[]&* \n\"'#|>!%\t", max_size=120))
def test_any_text_gives_rows_or_faults(text: str) -> None:
    read_yaml("f", text.encode())


def test_an_agency_names_its_list_in_every_form(tmp_path: Path) -> None:
    rows = {
        ".yaml": "agencies:\n  - {id: college, name: วิทยาลัย, url: https://c.ac.th/, scheme: ovec}\n",
        ".csv": "id,name,url,scheme\ncollege,วิทยาลัย,https://c.ac.th/,ovec\n",
    }
    for ending, text in rows.items():
        path = tmp_path / f"list{ending}"
        path.write_text(text, encoding="utf-8")
        (agency,) = load_agencies(path, (), ("ovec", "moit")).agencies
        assert agency.scheme == "ovec"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("id", "name", "url", "scheme"), ("college", "วิทยาลัย", "https://c.ac.th/", "ovec")):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    found = load_agencies(tmp_path / "list.xlsx", (), ("ovec", "moit"))
    assert found.agencies[0].scheme == "ovec"
    write_agencies_yaml(tmp_path / "again.yaml", found)
    assert load_agencies(tmp_path / "again.yaml") == found


def test_an_unknown_list_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("agencies:\n  - {id: a, name: ก, url: https://c.ac.th/, scheme: ovce}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_agencies(path, (), ("ovec", "moit"))
    assert caught.value.lines == (f"{path}:2:53: unknown scheme 'ovce', did you mean 'ovec'? (known: moit, ovec)",)
