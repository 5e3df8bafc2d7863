"""The desk at which one publication of one agency is written: who writes, for which year, what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sample.offices import Office
from sample.paper import Table
from sample.voice import Voice

_FIRST = ("สมชาย", "วิไลวรรณ", "ประเสริฐ", "กาญจนา", "ธีรพงษ์", "สุภาพร", "อนุชา", "พรทิพย์", "วีระ", "จันทร์เพ็ญ")
_LAST = ("ใจซื่อ", "รักสุจริต", "ตั้งมั่น", "บุญส่ง", "ศรีสวัสดิ์", "ทองดี", "แก้วมณี", "พูนสุข", "วงศ์ไทย", "มีสัตย์")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a content function needs. `edition` is the fiscal year that the agency believes it is writing for
    (a planted wrong year shifts it); `lacks` names parts to leave out; `section` is the form of the
    problems section."""

    office: Office
    edition: int
    voice: Voice
    topic: str
    title: str
    lacks: frozenset[str] = field(default_factory=frozenset)
    section: str = ""

    @property
    def year(self) -> str:
        """The edition's fiscal year in the agency's own words."""
        return self.voice.fiscal(self.edition)

    @property
    def last_year(self) -> str:
        """The fiscal year before it, in the agency's own words."""
        return self.voice.fiscal(self.edition - 1)

    def pick(self, *choices: str) -> str:
        """One of the wordings, the same in every run."""
        return self.voice.pick(self.topic, choices)

    def number(self, name: str, low: int, high: int) -> int:
        """A made-up number that stays the same in every run."""
        return self.voice.dice(f"{self.topic}/{name}").randint(low, high)

    def has(self, part: str) -> bool:
        """False if this part is to be left out."""
        return part not in self.lacks

    def table(self, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> Table:
        """A table without the columns whose part is to be left out. `columns` are (part, header); part "" stays."""
        kept = [at for at, (part, _) in enumerate(columns) if not part or self.has(part)]
        return Table(tuple(columns[at][1] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))

    def person(self, place: int) -> str:
        """Name of the executive of this rank, 0 is the highest."""
        dice = self.voice.dice(f"person/{place}")
        prefix = "นาย" if place % 2 == 0 else "นางสาว"
        firsts = _FIRST[0::2] if place % 2 == 0 else _FIRST[1::2]
        return f"{prefix}{dice.choice(firsts)} {dice.choice(_LAST)}"

    @property
    def projects(self) -> tuple[str, str, str]:
        """The three projects of the year, the same in plan, half-year report and yearly report."""
        work = self.office.work
        return (
            f"โครงการพัฒนาศักยภาพบุคลากรด้าน{work}",
            f"โครงการขับเคลื่อน{work}ระดับจังหวัด",
            f"กิจกรรมเผยแพร่ความรู้เรื่อง{work}สู่ประชาชน",
        )

    def budget(self, place: int) -> int:
        """Budget of a project in baht, the same wherever it is named."""
        return self.voice.dice(f"budget/{self.edition}/{place}").randint(40, 900) * 500

    @property
    def phone(self) -> str:
        """The agency's telephone number (made up; 0 2000 is not in use)."""
        return f"0 2000 {self.voice.dice('phone').randint(1000, 9899)}"

    @property
    def fax(self) -> str:
        """The agency's fax number, next to its telephone number."""
        return f"0 2000 {self.voice.dice('phone').randint(1000, 9899) + 1}"

    @property
    def email(self) -> str:
        """The agency's e-mail address."""
        return f"saraban@{self.office.id}.example.go.th"
