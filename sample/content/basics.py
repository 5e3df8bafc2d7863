"""Who the agency is and how to reach it: structure, executives, duties, strategy, contact, laws, news, talk."""

from __future__ import annotations

from sample.author import Desk
from sample.offices import PROVINCE
from sample.paper import Anchor, Block, Bullets, Form, Frame, Heading, Paper, Picture, Table, Text
from sample.voice import day

_GROUPS = ("ฝ่ายบริหารทั่วไป", "กลุ่มงานยุทธศาสตร์และแผนงาน", "กลุ่มงานอำนวยการ", "กลุ่มงานวิชาการ")
_DEEDS = (
    "จัดประชุมชี้แจงแนวทาง",
    "ลงพื้นที่ติดตาม",
    "เปิดโครงการอบรม",
    "มอบใบประกาศผู้ผ่านการอบรม",
    "ออกหน่วยบริการประชาชนด้าน",
)


def structure(desk: Desk) -> Paper:
    """The organisation chart: divisions and the important positions."""
    word = desk.pick("แผนผังโครงสร้างการแบ่งส่วนราชการ", "แผนผังแสดงโครงสร้างการแบ่งส่วนราชการ", "แผนภูมิโครงสร้างการแบ่งส่วนราชการ")
    head = desk.office.head
    chart = (Heading(f"{word}ของ{desk.office.name}"), Picture("chart.png", f"{word} {desk.office.name}"))
    return Paper(
        f"โครงสร้าง{desk.office.name}",
        (
            *(chart if desk.has("chart") else ()),
            Heading("ตำแหน่งที่สำคัญและการแบ่งส่วนงานภายใน"),
            Bullets(
                (
                    head,
                    *(f"{group} : หัวหน้า{group} ตำแหน่งชำนาญการพิเศษ" for group in _GROUPS),
                    f"กลุ่มงาน{desk.office.work} : หัวหน้ากลุ่มงาน{desk.office.work}",
                )
            ),
        ),
    )


def executives(desk: Desk) -> Paper:
    """The executives with name, position, photograph and contact."""
    head = desk.office.head
    ranks = (f"{head} (ผู้บริหารสูงสุด)", f"รอง{head}", "หัวหน้าฝ่ายบริหารทั่วไป", "หัวหน้ากลุ่มงานยุทธศาสตร์และแผนงาน")
    blocks: list[Block] = []
    for place, rank in enumerate(ranks):
        name = desk.person(place)
        blocks.append(Heading(name, 3))
        if desk.has("photos"):
            blocks.append(Picture(f"person{place}.png", f"รูปถ่าย {name}"))
        blocks.append(Text(f"ชื่อ-นามสกุล {name}"))
        blocks.append(Text(f"ตำแหน่ง {rank}"))
        if desk.has("contacts"):
            blocks.append(Text(f"โทรศัพท์ {desk.phone} ต่อ {place + 11} อีเมล head{place}@{desk.office.id}.example.go.th"))
    return Paper(desk.pick("ข้อมูลผู้บริหาร", "คณะผู้บริหาร", "ทำเนียบผู้บริหาร"), tuple(blocks), raw=True)


def duties(desk: Desk) -> Paper:
    """Duties and powers under the law."""
    word = desk.pick("หน้าที่และอำนาจ", "อำนาจหน้าที่")
    return Paper(
        f"{word}ของ{desk.office.name}",
        (
            Text(
                f"{desk.office.name} มี{word}ตามที่กฎหมายกำหนด โดยอาศัย{desk.office.law} และกฎกระทรวงแบ่งส่วนราชการ ดังต่อไปนี้"
            ),
            Bullets(
                (
                    f"(1) ศึกษา วิเคราะห์ และจัดทำข้อมูลด้าน{desk.office.work}ในพื้นที่{PROVINCE}",
                    f"(2) กำกับ ดูแล และดำเนินการให้เป็นไปตาม{desk.office.law}และกฎหมายอื่นที่เกี่ยวข้อง",
                    f"(3) ให้บริการประชาชนเรื่อง{desk.office.service}",
                    "(4) ปฏิบัติงานร่วมกับหรือสนับสนุนการปฏิบัติงานของหน่วยงานอื่นที่เกี่ยวข้องหรือที่ได้รับมอบหมาย",
                )
            ),
        ),
    )


def strategy(desk: Desk) -> Paper:
    """The plan of five years with strategies, goals and indicators."""
    first = (
        desk.edition - desk.number("start", 0, 2) if desk.edition < 2566 else desk.edition - desk.number("start", 0, 3)
    )
    word = desk.pick("แผนยุทธศาสตร์", "แผนพัฒนาหน่วยงาน", "แผนปฏิบัติราชการระยะ 5 ปี")
    span = f"พ.ศ. {first} – {first + 4}"
    rows = (
        (
            f"ยุทธศาสตร์ที่ 1 ยกระดับ{desk.office.work}",
            f"ประชาชนเข้าถึงบริการด้าน{desk.office.work}อย่างทั่วถึง",
            "ร้อยละของผู้รับบริการที่ได้รับบริการตามเวลา",
        ),
        ("ยุทธศาสตร์ที่ 2 พัฒนาองค์กรให้มีสมรรถนะสูง", "บุคลากรมีความรู้และทำงานด้วยความโปร่งใส", "ร้อยละของบุคลากรที่ผ่านการพัฒนา"),
        ("ยุทธศาสตร์ที่ 3 บูรณาการความร่วมมือกับภาคีเครือข่าย", "ภาคีเครือข่ายร่วมดำเนินงานทุกอำเภอ", "จำนวนอำเภอที่มีเครือข่าย"),
    )
    columns = (("", "ประเด็นยุทธศาสตร์"), ("targets", "เป้าหมาย"), ("indicators", "ตัวชี้วัด"))
    named = {"": "ยุทธศาสตร์", "targets": "ยุทธศาสตร์และตัวชี้วัด", "indicators": "ยุทธศาสตร์และเป้าหมาย"}
    lacking = next((part for part in ("targets", "indicators") if not desk.has(part)), None)
    return Paper(
        f"{word} {desk.office.name} ({span})",
        (
            Text(f"{word}ฉบับนี้มีระยะเวลาบังคับใช้ {span} ใช้เป็นกรอบในการดำเนินภารกิจของหน่วยงาน"),
            Heading("วิสัยทัศน์"),
            Text(f"เป็นองค์กรหลักในการขับเคลื่อน{desk.office.work}ของ{PROVINCE}อย่างยั่งยืน"),
            Heading("ยุทธศาสตร์ เป้าหมาย และตัวชี้วัด" if lacking is None else named[lacking]),
            desk.table(columns, rows),
        ),
    )


def contact(desk: Desk) -> Paper:
    """Address, telephone, fax, e-mail and map."""
    blocks: list[Block] = [
        Heading(desk.office.name),
        Text(
            f"ที่อยู่ : ศาลากลาง{PROVINCE} ชั้น {desk.number('floor', 1, 4)} ถนนราชการ ตำบลในเมือง อำเภอเมืองตัวอย่าง {PROVINCE} 10001"
        ),
    ]
    if desk.has("phone"):
        blocks.append(Text(f"{desk.pick('หมายเลขโทรศัพท์', 'โทรศัพท์', 'โทร.')} : {desk.phone}"))
    blocks.append(Text(f"{desk.pick('หมายเลขโทรสาร', 'โทรสาร')} : {desk.fax}"))
    if desk.has("email"):
        blocks.append(Text(f"{desk.pick('ไปรษณีย์อิเล็กทรอนิกส์ (e-mail)', 'อีเมล', 'E-mail')} : {desk.email}"))
    if desk.has("map"):
        blocks.append(Heading(desk.pick("แผนที่ตั้งหน่วยงาน", "แผนที่ตั้ง", "แผนที่")))
        blocks.append(Frame("https://www.google.com/maps/embed?pb=!1m18!2d100.5!3d13.75", f"แผนที่ตั้ง{desk.office.name}"))
    return Paper(desk.pick("ข้อมูลการติดต่อ", "ติดต่อเรา", "ติดต่อหน่วยงาน"), tuple(blocks), raw=True)


LAWS = (
    "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
    "พระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539",
    "พระราชบัญญัติมาตรฐานทางจริยธรรม พ.ศ. 2562",
)


def law_excerpt(desk: Desk, place: int) -> Paper:
    """The text behind one link of the list of laws."""
    name = (desk.office.law, *LAWS)[place]
    return Paper(
        name,
        (
            Text(f"มาตรา 1 กฎหมายนี้เรียกว่า “{name}”"),
            Text("มาตรา 2 ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศในราชกิจจานุเบกษาเป็นต้นไป"),
            Text("มาตรา 3 ให้หัวหน้าส่วนราชการรายงานปัญหาและอุปสรรคในการปฏิบัติตามกฎหมาย พร้อมทั้งข้อเสนอแนะ ต่อคณะกรรมการ"),
        ),
    ).rewritten(desk.voice.change)


def laws(desk: Desk) -> Paper:
    """The laws that the agency works under, each with a link to its text."""
    return Paper(
        desk.pick("กฎหมายที่เกี่ยวข้อง", "กฎหมาย ระเบียบ และข้อบังคับที่เกี่ยวข้อง"),
        (
            Text(f"กฎหมายที่เกี่ยวข้องกับการดำเนินงานหรือการปฏิบัติงานของ{desk.office.name}"),
            *(Anchor(name, f"files/law{i}.pdf") for i, name in enumerate((desk.office.law, *LAWS))),
        ),
    )


def news_story(desk: Desk, place: int) -> Paper:
    """One dated piece of news; `place` counts from 0."""
    deed = _DEEDS[place % len(_DEEDS)]
    date = day(5 + 3 * place, min(place + 1, 6), desk.edition)
    return Paper(
        f"{deed}{desk.office.work}",
        (
            Text(f"วันที่ {date}"),
            Text(
                f"{desk.person(0)} {desk.office.head} {deed}{desk.office.work} ณ ห้องประชุมศาลากลาง{PROVINCE} มีผู้เข้าร่วม {20 + 7 * place} คน"
            ),
            Picture(f"activity{place % 3}.png", f"ภาพข่าว {deed}{desk.office.work}"),
        ),
    ).rewritten(desk.voice.change)


def news(desk: Desk) -> Paper:
    """Dated news of the current fiscal year."""
    blocks: list[Block] = []
    for place in range(5):
        story = news_story(desk, place)
        date = story.blocks[0]
        if isinstance(date, Text):
            blocks.append(Anchor(f"{story.title} ({date.text.removeprefix('วันที่ ')})", f"news{place}.html"))
    return Paper(desk.pick("ข่าวประชาสัมพันธ์", "ข่าวกิจกรรม", "ข่าวสารและกิจกรรม") + f" {desk.year}", tuple(blocks))


def questions(desk: Desk) -> Paper:
    """A board on which the public asks and the agency answers."""
    name = desk.pick("กระดานถาม-ตอบ (Web board)", "ถาม-ตอบ (Q&A)", "กระดานสนทนา ถาม-ตอบ Q&A")
    if not desk.has("form"):
        said = f"ท่านสามารถสอบถามข้อมูลได้ที่หมายเลขโทรศัพท์ {desk.phone} ในวันและเวลาราชการ"
        return Paper(name, (Heading(name), Text(said)))
    return Paper(
        name,
        (
            Text("ท่านสามารถสอบถามข้อมูลได้ที่นี่ เจ้าหน้าที่จะตอบกลับบนหน้านี้ภายใน 1 วันทำการ"),
            Table(
                ("คำถาม", "ผู้ถาม", "คำตอบจากหน่วยงาน"),
                (
                    (
                        f"การ{desk.office.service}ใช้เอกสารอะไรบ้าง",
                        "คุณเอ",
                        "เรียน คุณเอ ใช้บัตรประจำตัวประชาชนและคำขอตามแบบ",
                    ),
                    ("เปิดทำการวันเสาร์หรือไม่", "คุณบี", "เรียน คุณบี เปิดทำการวันจันทร์ถึงวันศุกร์ เวลา 08.30 – 16.30 น."),
                ),
            ),
            Form("ตั้งคำถามใหม่", ("ชื่อผู้ถาม", "หัวข้อ", "คำถาม"), "ส่งคำถาม", "board/post"),
        ),
    )


def social(desk: Desk) -> Paper:
    """Links to the agency's social networks."""
    return Paper(
        desk.pick("Social Network", "เครือข่ายสังคมออนไลน์", "สื่อสังคมออนไลน์"),
        (
            Text(f"ติดตาม{desk.office.name}ทางเครือข่ายสังคมออนไลน์"),
            Anchor("Facebook", f"https://www.facebook.com/{desk.office.id}.example"),
            Anchor("Twitter", f"https://twitter.com/{desk.office.id}_example"),
            Anchor("YouTube", f"https://www.youtube.com/@{desk.office.id}-example"),
        ),
        raw=True,
    )


def privacy(desk: Desk) -> Paper:
    """The policy on personal data."""
    return Paper(
        f"นโยบายคุ้มครองข้อมูลส่วนบุคคล {desk.office.name}",
        (
            Text(
                f"{desk.office.name} จัดทำนโยบายคุ้มครองข้อมูลส่วนบุคคล (Privacy Policy) ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562"
            ),
            Heading("การเก็บรวบรวม ใช้ และเปิดเผยข้อมูลส่วนบุคคล"),
            Text("หน่วยงานเก็บรวบรวมข้อมูลส่วนบุคคลเท่าที่จำเป็นเพื่อให้บริการประชาชน และไม่เปิดเผยแก่บุคคลอื่นโดยไม่ได้รับความยินยอม"),
            Heading("สิทธิของเจ้าของข้อมูลส่วนบุคคล"),
            Text("เจ้าของข้อมูลมีสิทธิขอเข้าถึง แก้ไข หรือลบข้อมูล โดยติดต่อเจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลของหน่วยงาน"),
        ),
    )


AUTHORS = {
    "structure": structure,
    "executives": executives,
    "duties": duties,
    "strategy": strategy,
    "contact": contact,
    "laws": laws,
    "news": news,
    "questions": questions,
    "social": social,
    "privacy": privacy,
}
