"""No gifts, risks, plans against corruption, culture, ethics, measures from the last ITA result."""

from __future__ import annotations

from sample.author import Desk
from sample.paper import Block, Bullets, Heading, Paper, Picture, Table, Text
from sample.voice import day, half_year, month_year

_RISKS = (
    ("การใช้รถราชการเพื่อประโยชน์ส่วนตน", "ปานกลาง", "จัดทำทะเบียนคุมการใช้รถและตรวจสอบทุกเดือน"),
    ("การเรียกรับผลประโยชน์จากผู้ขอรับบริการ", "สูง", "ปิดประกาศขั้นตอนและค่าธรรมเนียม และใช้ระบบคิวออนไลน์"),
    ("การกำหนดคุณลักษณะพัสดุเอื้อผู้เสนอราคา", "ปานกลาง", "แต่งตั้งคณะกรรมการกำหนดคุณลักษณะจากหลายกลุ่มงาน"),
)


def no_gift(desk: Desk) -> Paper:
    """The announcement, signed by the executive."""
    blocks: list[Block] = [
        Text(
            f"ข้าพเจ้า {desk.person(0)} ตำแหน่ง {desk.office.head} ผู้บริหารสูงสุดของ{desk.office.name} ขอประกาศว่า ข้าพเจ้าและเจ้าหน้าที่ของรัฐ"
            "ทุกคนในหน่วยงาน จะไม่รับของขวัญและของกำนัลทุกชนิด ทั้งก่อน ขณะ และหลังปฏิบัติหน้าที่ ที่จะส่งผลให้เกิดการทุจริตและประพฤติมิชอบ "
            "ทั้งในปัจจุบันและอนาคต (No Gift Policy)"
        ),
        Bullets(("ผู้บริหาร เจ้าหน้าที่และบุคลากรทุกคนต้องไม่รับของขวัญ", "ใช้การอวยพรผ่านบัตรหรือสื่อออนไลน์แทนการให้ของขวัญ")),
        Text(f"ประกาศ ณ วันที่ {day(desk.number('d', 4, 20), 3, desk.edition)}"),
    ]
    if desk.has("signature"):
        blocks.append(Text("(ลงนาม)"))
        blocks.append(Text(f"({desk.person(0)})"))
        blocks.append(Text(desk.office.head))
    word = desk.pick("นโยบายไม่รับของขวัญ (No Gift Policy)", "ประกาศเจตนารมณ์นโยบาย No Gift Policy (งดรับของขวัญ)")
    if "เจตนารมณ์" in desk.title:
        word = desk.pick(desk.title, "ประกาศเจตนารมณ์ No Gift Policy จากการปฏิบัติหน้าที่")
    return Paper(f"ประกาศ{desk.office.name} เรื่อง {word} {desk.year}", tuple(blocks))


def no_gift_culture(desk: Desk) -> Paper:
    """A meeting that builds the culture of refusing gifts."""
    return Paper(
        f"{desk.pick('การสร้างวัฒนธรรม No Gift Policy', 'กิจกรรมสร้างวัฒนธรรม No Gift Policy')} {desk.year}",
        (
            Text(
                f"วันที่ {day(11, 4, desk.edition)} {desk.person(0)} {desk.office.head} เป็นประธานการประชุมมอบนโยบายและเสริมสร้างความรู้ความเข้าใจ "
                "เพื่อปลุกจิตสำนึกและสร้างวัฒนธรรมให้เจ้าหน้าที่ปฏิเสธการรับของขวัญและของกำนัลทุกชนิดจากการปฏิบัติหน้าที่ "
                f"มีเจ้าหน้าที่เข้าร่วม {desk.number('n', 12, 40)} คน ณ ห้องประชุมของหน่วยงาน"
            ),
            Picture("activity0.png", "ภาพการประชุมมอบนโยบาย No Gift Policy"),
        ),
    )


def no_gift_report(desk: Desk) -> Paper:
    """The report on gifts received: none."""
    return Paper(
        f"{desk.pick('รายงานผลตามนโยบาย No Gift Policy', 'รายงานการรับของขวัญและของกำนัลตามนโยบาย No Gift Policy')} {desk.year}",
        (
            Text(
                f"{desk.office.name}รายงานการรับของขวัญและของกำนัลตามนโยบาย No Gift Policy จากการปฏิบัติหน้าที่ {half_year(desk.edition)} {desk.year}"
            ),
            Table(
                ("รายการ", "จำนวน (ครั้ง)"),
                (("การรับของขวัญจากหน่วยงานภาครัฐ", "0"), ("การรับของขวัญจากภาคเอกชนหรือประชาชน", "0")),
            ),
            Text("สรุป ไม่มีเจ้าหน้าที่รับของขวัญและของกำนัล"),
        ),
    )


def leaders(desk: Desk) -> Paper:
    """The highest executive takes part in an event for integrity."""
    return Paper(
        f"{desk.pick('การมีส่วนร่วมของผู้บริหาร', 'กิจกรรมการมีส่วนร่วมของผู้บริหารสูงสุด')} {desk.year}",
        (
            Text(
                f"วันที่ {day(9, 2, desk.edition)} {desk.person(0)} {desk.office.head} ผู้บริหารสูงสุด นำเจ้าหน้าที่ร่วมกิจกรรมวันต่อต้านคอร์รัปชันสากล "
                "และประชุมมอบแนวทางการปรับปรุง พัฒนา และส่งเสริมหน่วยงานด้านคุณธรรมและความโปร่งใส"
            ),
            Picture("activity2.png", "ภาพผู้บริหารร่วมกิจกรรม"),
        ),
    )


def risk(desk: Desk) -> Paper:
    """The risk register: events, levels, measures."""
    measures = desk.pick(
        "มาตรการบริหารจัดการความเสี่ยง",
        "มาตรการและการดำเนินการในการบริหารจัดการความเสี่ยง",
        "มาตรการจัดการความเสี่ยง",
    )
    columns = (
        ("", "ที่"),
        ("", desk.pick("เหตุการณ์ความเสี่ยง", "เหตุการณ์ความเสี่ยงการทุจริต")),
        ("levels", desk.pick("ระดับความเสี่ยง", "ระดับของความเสี่ยง")),
        ("measures", measures),
    )
    rows = [(str(i + 1), *risk) for i, risk in enumerate(_RISKS)]
    word = desk.pick("การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ", "รายงานผลการประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ")
    return Paper(
        f"{word} {desk.year}",
        (
            Text(f"{desk.office.name}ประเมินความเสี่ยงของการปฏิบัติหน้าที่ที่อาจก่อให้เกิดการทุจริตและประพฤติมิชอบ {desk.year}"),
            desk.table(columns, rows),
        ),
    )


def risk_action(desk: Desk) -> Paper:
    """What was done about the risks."""
    rows = tuple(
        (event, measure, f"ดำเนินการแล้วเมื่อ{month_year(i + 2, desk.edition)}")
        for i, (event, _, measure) in enumerate(_RISKS)
    )
    word = desk.pick(
        "การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ", "ผลการดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ"
    )
    return Paper(
        f"{word} {desk.year}",
        (
            Text(f"{desk.office.name}ดำเนินกิจกรรมเพื่อจัดการความเสี่ยงการทุจริตตามมาตรการที่กำหนดไว้ใน{desk.year}"),
            Table(("ความเสี่ยง", "มาตรการ", "การดำเนินการหรือกิจกรรม"), rows),
            Picture("activity0.png", "ภาพกิจกรรมจัดการความเสี่ยง"),
        ),
    )


def culture(desk: Desk) -> Paper:
    """An event for an honest culture of work."""
    return Paper(
        f"{desk.pick('การเสริมสร้างวัฒนธรรมองค์กร', 'กิจกรรมการเสริมสร้างวัฒนธรรมองค์กร')} {desk.year}",
        (
            Text(
                f"วันที่ {day(17, 3, desk.edition)} {desk.office.name}จัดกิจกรรมเสริมสร้างวัฒนธรรมองค์กร ให้เจ้าหน้าที่มีทัศนคติและค่านิยม"
                "ในการปฏิบัติงานอย่างซื่อสัตย์สุจริต ตามมาตรฐานทางจริยธรรม"
            ),
            Picture("activity1.png", "ภาพกิจกรรมเสริมสร้างวัฒนธรรมองค์กร"),
        ),
    )


_WORKS = (
    "กิจกรรมประกาศเจตนารมณ์ต่อต้านการทุจริต",
    "โครงการอบรมคุณธรรม จริยธรรม และความโปร่งใส",
    "กิจกรรมตรวจสอบการใช้ทรัพย์สินของราชการ",
)


def corruption_plan(desk: Desk) -> Paper:
    """The plan against corruption: projects, budget, time."""
    rows = tuple(
        (
            str(i + 1),
            work,
            "ไม่ใช้งบประมาณ" if i != 1 else f"{desk.budget(0):,}",
            f"{month_year(i, desk.edition)} – {month_year(i + 6, desk.edition)}",
        )
        for i, work in enumerate(_WORKS)
    )
    return Paper(
        f"{desk.pick('แผนปฏิบัติการป้องกันการทุจริต', 'แผนปฏิบัติการป้องกันและปราบปรามการทุจริต')} {desk.year}",
        (
            Text(f"แผนนี้จัดทำเพื่อป้องกันการทุจริตและพัฒนาด้านคุณธรรมและความโปร่งใสของ{desk.office.name} ใช้บังคับใน{desk.year}"),
            desk.table(
                (
                    ("", "ที่"),
                    ("", "โครงการ/กิจกรรม"),
                    ("budget", "งบประมาณ (บาท)"),
                    ("when", desk.pick("ช่วงเวลาดำเนินการ", "ระยะเวลาดำเนินการ")),
                ),
                rows,
            ),
        ),
    )


def corruption_half(desk: Desk) -> Paper:
    """Progress of that plan, October to March."""
    spent = ("ไม่ใช้งบประมาณ", f"{desk.budget(0) * 3 // 10:,}", "ไม่ใช้งบประมาณ")
    states = ("ดำเนินการแล้วเสร็จ", "อยู่ระหว่างดำเนินการ คืบหน้าร้อยละ 30", "ดำเนินการแล้ว 2 ไตรมาส")
    rows = tuple((str(i + 1), work, states[i], spent[i]) for i, work in enumerate(_WORKS))
    return Paper(
        f"{desk.pick(desk.title, 'รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริต รอบ 6 เดือน')} {desk.year}",
        (
            Text(
                f"ความก้าวหน้าในการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต {half_year(desk.edition)} {desk.year} ของ{desk.office.name}"
            ),
            desk.table(
                (
                    ("", "ที่"),
                    ("", "โครงการ/กิจกรรม"),
                    ("", "ความก้าวหน้าการดำเนินการ"),
                    ("budget", "งบประมาณที่ใช้ดำเนินงาน (บาท)"),
                ),
                rows,
            ),
        ),
    )


def measures(desk: Desk) -> Paper:
    """Analysis of last year's ITA result and measures drawn from it."""
    year = desk.edition - 1
    better = (Heading("ประเด็นที่จะต้องพัฒนาให้ดีขึ้น", 3), Text("การปรับปรุงระบบการให้บริการออนไลน์"))
    return Paper(
        f"{desk.pick(desk.title, 'มาตรการส่งเสริมคุณธรรมและความโปร่งใส')} {desk.year}",
        (
            Heading(f"การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ปี พ.ศ. {year}"),
            Text(f"จากผลการประเมิน ITA ปี พ.ศ. {year} หน่วยงานวิเคราะห์ผลได้ดังนี้"),
            Heading("ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน", 3),
            Text("การเผยแพร่ข้อมูลการใช้จ่ายงบประมาณยังไม่ครบถ้วน"),
            *(better if desk.has("improve") else ()),
            Heading("แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติของหน่วยงาน"),
            desk.table(
                (
                    ("", "มาตรการ"),
                    ("steps", "ขั้นตอน/วิธีการปฏิบัติ"),
                    ("who", "ผู้รับผิดชอบ"),
                    ("follow_up", "การกำกับติดตามและการรายงานผล"),
                ),
                (
                    (
                        "เผยแพร่ข้อมูลให้ครบถ้วน",
                        "แต่งตั้งผู้ดูแลเว็บไซต์และตรวจข้อมูลทุกเดือน",
                        "ฝ่ายบริหารทั่วไป",
                        "รายงานผลต่อผู้บริหารทุกไตรมาส",
                    ),
                    (
                        "พัฒนาบริการออนไลน์",
                        "จัดทำแบบคำขออิเล็กทรอนิกส์",
                        f"กลุ่มงาน{desk.office.work}",
                        "รายงานผลรอบ 6 เดือน",
                    ),
                ),
            ),
        ),
    )


def measures_done(desk: Desk) -> Paper:
    """What was done under the measures."""
    return Paper(
        f"{desk.pick(desk.title, 'ผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน')} {desk.year}",
        (
            Text(f"{desk.office.name}ได้นำมาตรการส่งเสริมคุณธรรมและความโปร่งใสไปสู่การปฏิบัติใน{desk.year} ดังนี้"),
            Table(
                ("มาตรการ", "ผลการดำเนินการ", "วันที่ดำเนินการ"),
                (
                    ("เผยแพร่ข้อมูลให้ครบถ้วน", "ตรวจสอบและปรับปรุงข้อมูลบนเว็บไซต์ครบทุกหมวด", day(20, 3, desk.edition)),
                    ("พัฒนาบริการออนไลน์", "เปิดใช้แบบคำขออิเล็กทรอนิกส์แล้ว", day(14, 4, desk.edition)),
                ),
            ),
        ),
    )


def ethics_code(desk: Desk) -> Paper:
    """The code of ethics."""
    return Paper(
        desk.pick("ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ", "ประมวลจริยธรรมข้าราชการพลเรือน"),
        (
            Text(
                f"ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ ซึ่งเจ้าหน้าที่ของ{desk.office.name}ต้องยึดถือปฏิบัติ ตามพระราชบัญญัติมาตรฐานทางจริยธรรม พ.ศ. 2562"
            ),
            Bullets(
                (
                    "ยึดมั่นในสถาบันหลักของประเทศ",
                    "ซื่อสัตย์สุจริต",
                    "กล้าตัดสินใจและกระทำในสิ่งที่ถูกต้องชอบธรรม",
                    "คิดถึงประโยชน์ส่วนรวม",
                    "มุ่งผลสัมฤทธิ์ของงาน",
                )
            ),
            Heading("ข้อกำหนดจริยธรรม"),
            Text("เจ้าหน้าที่ต้องไม่ใช้ตำแหน่งหน้าที่แสวงหาประโยชน์ และต้องให้บริการด้วยความเสมอภาค"),
        ),
    )


def ethics_drive(desk: Desk) -> Paper:
    """Ethics team, dos and don'ts, training."""
    team = (
        Heading("การจัดตั้งคณะทำงานขับเคลื่อนเรื่องจริยธรรม"),
        Text(
            f"คำสั่ง{desk.office.name} ลงวันที่ {day(6, 1, desk.edition)} แต่งตั้งทีมให้คำปรึกษาตอบคำถามทางจริยธรรมและคณะทำงานขับเคลื่อนเรื่องจริยธรรม"
        ),
    )
    dos = (
        Heading("แนวปฏิบัติ Dos & Don'ts"),
        Bullets(("Dos ควรใช้เวลาราชการให้เต็มที่", "Don'ts ไม่ควรนำทรัพย์สินราชการไปใช้ส่วนตัว")),
        Text("แนวปฏิบัตินี้ช่วยลดความสับสนเกี่ยวกับพฤติกรรมสีเทาและเป็นแนวทางในการประพฤติตนทางจริยธรรม"),
    )
    training = (
        Heading("การฝึกอบรมที่สอดแทรกสาระด้านจริยธรรม"),
        Text(f"จัดฝึกอบรมด้านจริยธรรมของเจ้าหน้าที่ของรัฐ เมื่อวันที่ {day(24, 3, desk.edition)}"),
    )
    return Paper(
        f"{desk.pick('การขับเคลื่อนจริยธรรม', 'รายงานการขับเคลื่อนจริยธรรม')} {desk.year}",
        (
            *(team if desk.has("team") else ()),
            *(dos if desk.has("dos_donts") else ()),
            *(training if desk.has("training") else ()),
        ),
    )


def ethics_review(desk: Desk) -> Paper:
    """Ethical behaviour reviewed and used in personnel management."""
    return Paper(
        f"{desk.pick('การประเมินจริยธรรมเจ้าหน้าที่ของรัฐ', 'รายงานการประเมินจริยธรรมเจ้าหน้าที่ของรัฐ')} {desk.year}",
        (
            Text(f"รายงานผลการประเมินพฤติกรรมทางจริยธรรมของเจ้าหน้าที่ {desk.office.name} รอบที่ 1 {desk.year}"),
            Table(
                ("ประเด็นพฤติกรรมทางจริยธรรม", "ผ่าน (ร้อยละ)"),
                (("ซื่อสัตย์สุจริต", "100"), ("คิดถึงประโยชน์ส่วนรวม", "100")),
            ),
            Text("นำผลการประเมินไปใช้ในกระบวนการบริหารทรัพยากรบุคคล ประกอบการเลื่อนเงินเดือนและการพัฒนารายบุคคล"),
        ),
    )


AUTHORS = {
    "no_gift": no_gift,
    "no_gift_culture": no_gift_culture,
    "no_gift_report": no_gift_report,
    "leaders": leaders,
    "risk": risk,
    "risk_action": risk_action,
    "culture": culture,
    "corruption_plan": corruption_plan,
    "corruption_half": corruption_half,
    "measures": measures,
    "measures_done": measures_done,
    "ethics_code": ethics_code,
    "ethics_drive": ethics_drive,
    "ethics_review": ethics_review,
}
