"""Inputs of the document cases that only a program can make: the same bytes each time, wording of its own.

Run: python -m sample.case_documents tests/cases/documents [NAME...]
Writes NAME's file into its folder below the one given; all of them if none is named. What a case's right answer is
stands in its case.yaml, which this does not touch.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sample.labelled_documents import office, plain, raster
from sample.labelled_documents.open_document import odt
from sample.paper import Block, Heading, Paper, Table, Text
from sample.render.docx import docx
from sample.render.pdf import pdf

Maker = Callable[[], bytes]

_TITLE = "รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2564"
_OFFICE = "ที่ทำการปกครองอำเภอเมืองสมมุติ"
_PROBLEM = "เครื่องสูบน้ำชำรุดสองเครื่องในช่วงน้ำหลาก งานระบายน้ำจึงเสร็จช้าไปสามสัปดาห์"
_ADVICE = "ควรตั้งงบซ่อมบำรุงไว้ล่วงหน้าและจัดหาเครื่องสำรองก่อนเดือนกรกฎาคม"


def _report(*end: Block, title: str = _TITLE, start: tuple[Block, ...] = ()) -> Paper:
    """An annual report with everything that O12 of 2565 asks for but the section, then `end`."""
    body: tuple[Block, ...] = (
        Text(_OFFICE),
        *start,
        Heading("1. ผลการดำเนินโครงการและกิจกรรม"),
        Text("โครงการขุดลอกทางระบายน้ำ แล้วเสร็จตามแผน ประชาชนได้รับประโยชน์ 620 ครัวเรือน"),
        Text("กิจกรรมอบรมอาสาสมัครเตือนภัย มีผู้ผ่านการอบรม 58 คน"),
        Heading("2. ผลการใช้จ่ายงบประมาณ"),
        Text("ได้รับจัดสรร 1,240,000 บาท เบิกจ่าย 1,198,450 บาท คิดเป็นร้อยละ 96.65"),
    )
    return Paper(title, (*body, *end))


def _section(problem: str, advice: str) -> tuple[Block, ...]:
    return Heading("3. ปัญหา อุปสรรค"), Text(problem), Heading("4. ข้อเสนอแนะ"), Text(advice)


def _projects(*rows: tuple[str, str]) -> Table:
    works = ("ขุดลอกทางระบายน้ำ", "อบรมอาสาสมัครเตือนภัย", "ติดตั้งป้ายบอกทางหนีภัย")
    spent = ("812,300", "96,150", "290,000")
    head = ("ที่", "โครงการ/กิจกรรม", "ผลการดำเนินงาน", "งบประมาณที่ใช้ (บาท)", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ")
    lines = zip(works, spent, rows, strict=True)
    return Table(head, tuple((str(n), work, "แล้วเสร็จ", money, *row) for n, (work, money, row) in enumerate(lines, 1)))


_FULL = _report(*_section(_PROBLEM, _ADVICE))
_UNTICKED = "☐ ไม่มี     ☐ มี โปรดระบุ .................."
_TICKED = "☑ ไม่มี     ☐ มี โปรดระบุ .................."
_DOTS = "." * 70
_LINES = ("3. ปัญหา อุปสรรค", _PROBLEM, "4. ข้อเสนอแนะ", _ADVICE)

DOCUMENTS: dict[str, tuple[str, Maker]] = {
    "section_filled_pdf": ("report.pdf", partial(pdf, _FULL)),
    "section_filled_word": ("report.docx", partial(docx, _FULL)),
    "section_filled_slides": ("report.pptx", partial(office.pptx, _FULL)),
    "section_filled_open_document": ("report.odt", partial(odt, _FULL)),
    "section_says_none": ("report.pdf", partial(pdf, _report(*_section("ไม่มี", "ไม่มี")))),
    "section_left_out": (
        "report.pdf",
        partial(pdf, _report(Heading("3. แผนงานในปีถัดไป"), Text("ขยายผลไปยังตำบลใกล้เคียง"))),
    ),
    "section_dotted_lines": ("report.docx", partial(docx, _report(*_section(_DOTS, _DOTS)))),
    "section_bare_dash": ("report.pdf", partial(pdf, _report(*_section("-", "-")))),
    "section_next_heading_is_no_answer": (
        "report.docx",
        partial(
            docx,
            _report(Heading("3. ปัญหา อุปสรรค และข้อเสนอแนะ"), Heading("4. ภาคผนวก"), Text("ภาพกิจกรรมและรายชื่อผู้เข้าร่วม")),
        ),
    ),
    "section_only_problems": (
        "report.pdf",
        partial(pdf, _report(Heading("3. ปัญหา อุปสรรค"), Text(_PROBLEM), Heading("4. ภาคผนวก"), Text("ภาพกิจกรรม"))),
    ),
    "boxes_none_ticked": ("report.docx", partial(docx, _report(*_section(_UNTICKED, _UNTICKED)))),
    "boxes_ticked": ("report.docx", partial(docx, _report(*_section(_TICKED, _TICKED)))),
    "columns_filled": (
        "report.xlsx",
        partial(
            office.xlsx,
            _report(_projects(("น้ำหลากเร็วกว่าปกติ", "เริ่มงานก่อนฤดูฝน"), ("ผู้เข้าอบรมน้อย", "แจ้งล่วงหน้า"), ("ไม่มี", "ไม่มี"))),
        ),
    ),
    "columns_empty": ("report.xlsx", partial(office.xlsx, _report(_projects(("", ""), ("", ""), ("", ""))))),
    "columns_empty_on_a_page": ("report.pdf", partial(pdf, _report(_projects(("", ""), ("", ""), ("", ""))))),
    "columns_filled_on_a_page": (
        "report.pdf",
        partial(
            pdf,
            _report(_projects(("น้ำหลากเร็ว", "เริ่มงานก่อนฝน"), ("ผู้อบรมน้อย", "แจ้งล่วงหน้า"), ("ไม่มี", "ไม่มี"))),
        ),
    ),
    "columns_of_merged_names": (
        "report.docx",
        partial(office.merged_docx, "รายงานผลการดำเนินงานประจำปี พ.ศ. 2564", ("ขาดอะไหล่", "จัดซื้อสำรอง")),
    ),
    "section_in_text_box": (
        "report.docx",
        partial(
            office.boxed_docx,
            "รายงานผลการดำเนินงานประจำปี พ.ศ. 2564",
            _LINES,
        ),
    ),
    "running_line_is_no_answer": (
        "report.docx",
        partial(
            office.running_docx,
            _TITLE,
            ("3. ปัญหา อุปสรรค", "4. ข้อเสนอแนะ"),
            "ที่ทำการปกครองอำเภอเมืองสมมุติ รายงานประจำปี",
        ),
    ),
    "section_in_white_letters": ("report.docx", partial(office.unseen_docx, _report(), _LINES)),
    "section_in_cells_that_show_nothing": ("report.xlsx", partial(office.unseen_xlsx, _report(), _LINES)),
    "title_of_the_year_before": (
        "report.pdf",
        partial(pdf, _report(*_section(_PROBLEM, _ADVICE), title="รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2562")),
    ),
    "title_of_an_older_year_signed_later": (
        "report.pdf",
        partial(
            pdf,
            _report(
                *_section(_PROBLEM, _ADVICE),
                title="รายงานผลการดำเนินงานประจำปีงบประมาณ พ.ศ. 2563",
                start=(Text("เสนอที่ประชุมหัวหน้าส่วนราชการ เมื่อวันที่ 22 มกราคม 2564"),),
            ),
        ),
    ),
    "contents_name_the_section": (
        "report.pdf",
        partial(
            pdf,
            _report(
                Heading("3. ภาคผนวก"),
                Text("ภาพกิจกรรมและรายชื่อผู้เข้าร่วม"),
                start=(
                    Heading("สารบัญ"),
                    Text("ผลการดำเนินโครงการ ........................ 1"),
                    Text("ปัญหา อุปสรรค และข้อเสนอแนะ ........................ 9"),
                ),
            ),
        ),
    ),
    "complaints_are_no_suggestions": (
        "report.docx",
        partial(
            docx,
            _report(
                Heading("3. ข้อร้องเรียนและข้อเสนอแนะของประชาชน"),
                Text("ประชาชนเสนอแนะให้เพิ่มไฟส่องสว่างในซอย 4 จำนวน 12 ราย"),
            ),
        ),
    ),
    "chapter_title_over_results_only": (
        "report.docx",
        partial(
            docx,
            _report(
                Heading("ส่วนที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ"),
                Heading("3.1 สรุปผลการดำเนินงานในภาพรวม", 3),
                Text("ทุกโครงการแล้วเสร็จตามเป้าหมายที่กำหนดไว้ในแผน"),
            ),
        ),
    ),
    "star_before_heading": (
        "report.docx",
        partial(docx, _report(Text("★ ปัญหา อุปสรรค"), Text(_PROBLEM), Text("★ ข้อเสนอแนะ"), Text(_ADVICE))),
    ),
    "circled_number_before_heading": (
        "report.docx",
        partial(docx, _report(Text("③ ปัญหา อุปสรรค"), Text(_PROBLEM), Text("④ ข้อเสนอแนะ"), Text(_ADVICE))),
    ),
    "answer_that_says_specify": (
        "report.pdf",
        partial(pdf, _report(*_section("ผู้นำชุมชนระบุว่าท่อระบายน้ำตื้นเขิน", "ผู้นำชุมชนระบุว่าควรลอกท่อปีละสองครั้ง"))),
    ),
    "archive_with_the_report": (
        "report.zip",
        lambda: plain.packed({"letter.txt": "ส่งรายงานประจำปีมาพร้อมนี้".encode(), "report.pdf": pdf(_FULL)}),
    ),
    "broken_file": ("report.pdf", lambda: pdf(_FULL)[:900]),
    "page_too_poor_to_recognise": ("report.pdf", lambda: raster.scan(_FULL, raster.QUALITIES["poor"], 7)),
    "page_scanned_cleanly": ("report.pdf", lambda: raster.scan(_FULL, raster.QUALITIES["clean"], 7)),
}
"""Case -> its input's name and how it is made."""


def main() -> None:
    """Write the inputs of the named cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="cases (default: all)")
    options = parser.parse_args()
    for name in options.names or DOCUMENTS:
        file, make = DOCUMENTS[name]
        (options.folder / name).mkdir(parents=True, exist_ok=True)
        (options.folder / name / file).write_bytes(make())


if __name__ == "__main__":
    main()
