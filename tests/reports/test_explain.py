"""An explanation tells all, and obeys nothing that a site wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checklist.rules.model import Rules
from reports.explain import clean, explain_lines
from reports.messages import thai
from tests.factories import make_empty_section


def test_explanation_tells_all_and_obeys_nothing(shipped: Rules) -> None:
    found = make_empty_section()
    text = "\n".join(explain_lines(found, found.verdicts[0], shipped.edition(2565), thai()))
    for part in (
        "incomplete",
        "1.25",
        "* 0.93",
        "/ก.pdf",
        "หน้า 14",
        "มีแต่ขีด",
        "หัวข้อที่เอกสารมี: สรุปผล",
    ):
        assert part in text
    steps = [line[:2] for line in text.splitlines() if line[:1].isdigit()]
    assert steps == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "\x1b" not in text
    assert "\u202e" not in text


@given(st.text(max_size=400))
def test_cleaned_text_is_one_harmless_line(text: str) -> None:
    found = clean(text)
    assert len(found) <= 300
    assert found.splitlines() in ([found], [])
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in found)
