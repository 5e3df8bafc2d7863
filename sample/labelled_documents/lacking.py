"""Cases in which nothing is there: the heading with nothing under it, or only words that look like the section."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from sample.labelled_documents.case import ABSENT, BLANK, Maker, Truth
from sample.labelled_documents.wordings import SHORT_ADVICE, advice, problem
from sample.paper import Block, Bullets, Heading, Paper, Table, Text

Made = tuple[tuple[Block, ...], Truth]
_DOTS = "." * 70


def _blank(first: str, answer: str, second: str = "4. ข้อเสนอแนะ") -> Maker:
    def make(dice: Random) -> Made:
        under = (Text(answer),) if answer else ()
        return (Heading(first), *under, Heading(second), *under), BLANK

    return make


def _instruction(dice: Random) -> Made:
    """The form's own instruction says ไม่มี before any answer does."""
    return (
        Heading("3. ปัญหา อุปสรรค (หากไม่มี ระบุว่าไม่มี)"),
        Text(_DOTS),
        Heading("4. ข้อเสนอแนะ (หากไม่มี ระบุว่าไม่มี)"),
        Text(_DOTS),
    ), BLANK


def _fields(dice: Random) -> Made:
    return (Text(f"ปัญหา/อุปสรรค {_DOTS}"), Text(f"ข้อเสนอแนะ {_DOTS}")), BLANK


def _fields_dash(dice: Random) -> Made:
    return (Text("ปัญหา/อุปสรรค : -"), Text("ข้อเสนอแนะ : -")), BLANK


def _columns(value: str) -> Maker:
    def make(dice: Random) -> Made:
        rows = tuple((f"กิจกรรมที่ {i}", "ดำเนินการแล้ว", value, value) for i in (1, 2, 3))
        return (Table(("กิจกรรม", "ผล", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ"), rows),), BLANK

    return make


def _rows(dice: Random) -> Made:
    rows = (("ผู้รับผิดชอบ", "สำนักปลัด"), ("ปัญหา/อุปสรรค", ""), ("ข้อเสนอแนะ", ""))
    return (Table(("รายการ", "รายละเอียด"), rows),), BLANK


def _joint_then_signature(dice: Random) -> Made:
    return (Heading("3. ปัญหา อุปสรรค และข้อเสนอแนะ"), Text("ลงชื่อ ผู้รายงาน"), Text("ตำแหน่ง นักจัดการงานทั่วไป")), BLANK


def _cut(dice: Random) -> Made:
    return (Heading("3. การเผยแพร่ผลการดำเนินงาน"), Text("เผยแพร่ทางเว็บไซต์และป้ายประกาศของหน่วยงาน")), ABSENT


def _projects(dice: Random) -> Made:
    names = (
        "โครงการรณรงค์ป้องกันและแก้ไขปัญหายาเสพติดในชุมชน",
        "โครงการแก้ไขปัญหาน้ำท่วมขังหมู่ที่ 4",
        "ข้อเสนอโครงการพัฒนาอาชีพ",
        "ตัวชี้วัดการแก้ไขปัญหาการทุจริต",
        "โครงการแก้ปัญหาขยะมูลฝอย",
    )
    return (
        Heading("3. โครงการสำคัญ"),
        Bullets(names),
        Heading("4. ข้อเสนอโครงการปีถัดไป"),
        Text("โครงการปรับปรุงศาลากลางบ้าน"),
        Table(("ลำดับ", "ชื่อโครงการ", "ผล"), tuple((str(i), name, "แล้วเสร็จ") for i, name in enumerate(names, 1))),
    ), ABSENT


def _prose(dice: Random) -> Made:
    return (
        Heading("3. การติดตามผล"),
        Text(
            "หน่วยงานได้จัดประชุมติดตามงานทุกเดือนเพื่อรับทราบปัญหา อุปสรรค และข้อเสนอแนะจากผู้เกี่ยวข้อง "
            "และนำมาปรับปรุงการทำงานให้ดียิ่งขึ้น ทั้งนี้ ผู้บริหารได้รับฟังข้อเสนอแนะของประชาชนอย่างสม่ำเสมอ"
        ),
        Text("ปัญหาและอุปสรรคที่เกิดขึ้นระหว่างปีได้รับการแก้ไขโดยเร็วจากทุกฝ่ายที่เกี่ยวข้องและไม่มีผลต่อเป้าหมายของงาน"),
    ), ABSENT


def _contents(dice: Random) -> Made:
    lines = ("1. ผลการดำเนินงาน", "2. งบประมาณ", "3. ปัญหา อุปสรรค และข้อเสนอแนะ", "4. ข้อเสนอแนะ", "ภาคผนวก")
    listed = tuple(Text(f"{line} {'.' * 40} {i}") for i, line in enumerate(lines, 1))
    return (Heading("สารบัญ"), *listed, Heading("ภาคผนวก"), Text("ภาพกิจกรรมของหน่วยงาน")), ABSENT


def _swot(dice: Random) -> Made:
    return (
        Heading("3. การวิเคราะห์สภาพแวดล้อม (SWOT Analysis)"),
        Table(
            ("ด้าน", "รายละเอียด"),
            (
                ("จุดแข็ง (S)", "บุคลากรมีความรู้"),
                ("จุดอ่อน (W)", "พื้นที่รับผิดชอบกว้าง"),
                ("โอกาส (O)", "มีนโยบายสนับสนุน"),
                ("อุปสรรค (T)", "ภัยธรรมชาติ"),
            ),
        ),
    ), ABSENT


def _swot_lines(dice: Random) -> Made:
    return (
        Heading("3. การวิเคราะห์องค์กร"),
        Heading("จุดแข็ง", 3),
        Text("บุคลากรมีความรู้"),
        Heading("จุดอ่อน", 3),
        Text("พื้นที่รับผิดชอบกว้าง"),
        Heading("โอกาส", 3),
        Text("มีนโยบายสนับสนุน"),
        Heading("อุปสรรค", 3),
        Text("ภัยธรรมชาติ"),
    ), ABSENT


def _complaints(dice: Random) -> Made:
    return (
        Heading("3. ช่องทางติดต่อ"),
        Bullets(("กล่องรับเรื่องร้องเรียน/ข้อเสนอแนะ หน้าอาคารสำนักงาน", "โทรศัพท์ 0 0000 0000", "สายตรงผู้บริหาร")),
        Table(
            ("ประเภทเรื่อง", "จำนวน (เรื่อง)"),
            (("ร้องเรียนการให้บริการ", "0"), ("ข้อเสนอแนะ/ข้อคิดเห็น/คำชมเชย", "12"), ("ขอข้อมูลข่าวสาร", "7")),
        ),
    ), ABSENT


def _law_quoted(dice: Random) -> Made:
    return (
        Heading("3. กฎหมายที่เกี่ยวข้อง"),
        Text(
            "มาตรา 99 ให้คณะกรรมการตัวอย่างมีหน้าที่จัดทำรายงานเกี่ยวกับปัญหาและอุปสรรคพร้อมทั้งข้อเสนอแนะ"
            "ในการปฏิบัติตามกฎหมายนี้เสนอต่อรัฐมนตรีอย่างน้อยปีละหนึ่งครั้ง"
        ),
        Text("(6) รวบรวมปัญหาและอุปสรรค"),
        Text("(7) จัดทำข้อเสนอแนะต่อคณะกรรมการ"),
    ), ABSENT


def _other_year(dice: Random) -> Made:
    return (
        Heading("3. สรุปรายงานของปีก่อน"),
        Text("เพื่อการเปรียบเทียบ จึงคัดรายงานของปีงบประมาณ พ.ศ. 2561 มาไว้ดังนี้"),
        Heading("ปัญหาและอุปสรรค ปีงบประมาณ พ.ศ. 2561", 3),
        Text(problem(dice)),
        Heading("ข้อเสนอแนะ ปีงบประมาณ พ.ศ. 2561", 3),
        Text(advice(dice)),
    ), ABSENT


def _questionnaire(dice: Random) -> Made:
    return (
        Heading("ภาคผนวก แบบสอบถามความพึงพอใจของผู้รับบริการ"),
        Text("คำชี้แจง โปรดทำเครื่องหมายลงในช่องที่ตรงกับความคิดเห็นของท่าน"),
        Text("ตอนที่ 1 ข้อมูลทั่วไปของผู้ตอบ"),
        Text("ตอนที่ 2 ปัญหา ข้อเสนอแนะในการใช้บริการ"),
        Text(_DOTS),
        Text(_DOTS),
    ), ABSENT


def _criterion(dice: Random) -> Made:
    """A report whose preface repeats what the manual asks for, and which never does it."""
    return (
        Heading("3. องค์ประกอบตามเกณฑ์การประเมิน"),
        Bullets(
            (
                "แสดงผลการดำเนินงานตามแผน",
                "แสดงผลการใช้จ่ายงบประมาณ",
                "แสดงปัญหา อุปสรรค และข้อเสนอแนะ (หากไม่มี ระบุว่า “ไม่มี”)",
                "ใช้รายงานผลของปีที่ผ่านมา",
            )
        ),
    ), ABSENT


def _guidance(dice: Random) -> Made:
    return (
        Heading("คำแนะนำในการกรอกแบบรายงาน"),
        Text("ข้อ 7 ปัญหา อุปสรรค ให้ระบุปัญหาที่เกิดขึ้นระหว่างดำเนินงาน หากไม่มีให้ระบุว่าไม่มี"),
        Text("ข้อ 8 ข้อเสนอแนะ ให้ระบุแนวทางที่เห็นว่าเหมาะสม หากไม่มีให้ระบุว่าไม่มี"),
    ), ABSENT


def _memo(dice: Random) -> Made:
    return (
        Heading("1. เรื่องเดิม"),
        Text("หน่วยงานได้รับแจ้งให้รายงานผล"),
        Heading("2. ข้อเท็จจริง"),
        Text("ดำเนินการแล้วตามแผน"),
        Heading("3. ข้อเสนอแนะ"),
        Text("จึงเรียนมาเพื่อโปรดพิจารณาลงนาม"),
    ), ABSENT


def _wrapped_cell(dice: Random) -> Made:
    rows = (
        ("ประชุมรับฟังความคิดเห็นและ\nข้อเสนอแนะ", "1 ครั้ง", "แล้วเสร็จ"),
        ("จัดทำแผนป้องกันและแก้ไข\nปัญหา", "1 แผน", "แล้วเสร็จ"),
    )
    return (Table(("กิจกรรม", "เป้าหมาย", "ผล"), rows),), ABSENT


def _plan(dice: Random) -> Made:
    return (
        Heading("3. สภาพทั่วไปของพื้นที่"),
        Heading("๑. ปัญหาด้านโครงสร้างพื้นฐาน", 3),
        Text("ถนนบางสายชำรุดจากน้ำหลาก"),
        Heading("๒. ปัญหาด้านเศรษฐกิจ", 3),
        Text("ราคาผลผลิตตกต่ำ"),
    ), ABSENT


def _minutes(dice: Random) -> Made:
    return (
        Heading("3. รายงานการประชุม"),
        Text("ประธานถามว่ามีผู้ใดจะแก้ไขรายงานหรือไม่"),
        Text("ที่ประชุม ไม่มี"),
        Text("ระเบียบวาระที่ 5 เรื่องอื่น ๆ"),
        Text("ไม่มี"),
    ), ABSENT


def _mandate(dice: Random) -> Made:
    return (
        Heading("3. อำนาจหน้าที่"),
        Bullets(
            ("รายงานปัญหาอุปสรรคและเสนอแนวทางการแก้ไขปัญหาต่อผู้ว่าราชการจังหวัด", "รับข้อเสนอแนะจากประชาชน", "ประสานงานส่วนราชการ")
        ),
    ), ABSENT


def _flow(dice: Random) -> Made:
    rows = (("1", "ประชุมทีมงาน", "5 วัน"), ("2", "สรุปข้อเสนอแนะ ปัญหา และอุปสรรค", "3 วัน"), ("3", "เสนอผู้บริหาร", "1 วัน"))
    return (Heading("3. ขั้นตอนการปฏิบัติงาน"), Table(("ลำดับ", "ขั้นตอน", "ระยะเวลา"), rows)), ABSENT


def _proposals(dice: Random) -> Made:
    return (
        Heading("3. ข้อเสนอโครงการ"),
        Bullets(SHORT_ADVICE[:3]),
        Heading("4. การป้องกันและแก้ไขปัญหาความเดือดร้อน"),
        Text("ดำเนินการ 3 ครั้ง"),
    ), ABSENT


LACKING: Mapping[str, Maker] = {
    "empty": _blank("3. ปัญหา อุปสรรค", ""),
    "dash": _blank("3. ปัญหา/อุปสรรค", "-"),
    "dots": _blank("3. ปัญหาและอุปสรรค", _DOTS),
    "thai_dots": _blank("๓. ปัญหาและอุปสรรค", "…………………………………………", "๔. ข้อเสนอแนะ"),
    "instruction": _instruction,
    "blank_fields": _fields,
    "dash_fields": _fields_dash,
    "empty_columns": _columns(""),
    "dash_columns": _columns("-"),
    "empty_rows": _rows,
    "signature_under": _joint_then_signature,
    "cut": _cut,
    "projects": _projects,
    "prose": _prose,
    "contents": _contents,
    "swot": _swot,
    "swot_lines": _swot_lines,
    "complaints": _complaints,
    "law_quoted": _law_quoted,
    "other_year": _other_year,
    "questionnaire": _questionnaire,
    "criterion": _criterion,
    "guidance": _guidance,
    "memo": _memo,
    "wrapped_cell": _wrapped_cell,
    "plan": _plan,
    "minutes": _minutes,
    "mandate": _mandate,
    "flow": _flow,
    "proposals": _proposals,
}

LAW = Paper(
    "พระราชบัญญัติการรายงานตัวอย่าง พ.ศ. 2565",
    (
        Text("มาตรา 1 พระราชบัญญัตินี้เรียกว่า พระราชบัญญัติการรายงานตัวอย่าง พ.ศ. 2565"),
        Text("มาตรา 24 ให้คณะกรรมการมีอำนาจหน้าที่ ดังต่อไปนี้"),
        Text("(5) เสนอแนะแนวทางต่อรัฐมนตรี"),
        Text("(6) จัดทำรายงานเกี่ยวกับปัญหาและอุปสรรค และข้อเสนอแนะในการดำเนินการตามพระราชบัญญัตินี้"),
        Text("มาตรา 25 ในกรณีที่ไม่มีประธาน ให้กรรมการเลือกกันเอง"),
    ),
)
TEMPLATE = Paper(
    "แบบรายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2565",
    (
        Text(f"ชื่อโครงการ {_DOTS}"),
        Text(f"ผู้รับผิดชอบ {_DOTS}"),
        Heading("๘. ผลที่ได้รับ", bold_only=True),
        Text(_DOTS),
        Heading("๙. ปัญหาและอุปสรรคในการอบรม / ประชุม / สัมมนา", bold_only=True),
        Text(_DOTS),
        Text(_DOTS),
        Heading("๑๐. ข้อเสนอแนะ", bold_only=True),
        Text(_DOTS),
    ),
)
"""A form that nobody has filled in: the headings are there, and nothing else."""
