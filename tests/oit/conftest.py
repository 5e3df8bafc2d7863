"""A small manual and a small list, enough for the tests of the roof."""

from __future__ import annotations

from pathlib import Path

import pytest

RULES = """\
schema: oit-rules/1
agency_kinds:
  provincial: ราชการส่วนภูมิภาค
  local: องค์กรปกครองส่วนท้องถิ่น
editions:
  2565:
    title: ปี 2565
    answers_from: '2022-03-01'
    answers_until: '2022-04-30'
    indicators:
      '9':
        title: การเปิดเผยข้อมูล
        sub_indicators: {'9.1': ข้อมูลพื้นฐาน, '9.2': การบริหารงาน}
      '10':
        title: การป้องกันการทุจริต
        sub_indicators: {'10.1': การดำเนินการ}
    items:
      O1:
        title: โครงสร้าง
        sub_indicator: '9.1'
        elements:
          chart: {text: แผนผังโครงสร้าง, match: {evidence: {}}}
      O2:
        title: รายงานผลการดำเนินงานประจำปี
        sub_indicator: '9.2'
        elements:
          report: {text: ผลการดำเนินงาน, match: {phrase: {any: [ผลการดำเนินงาน]}}}
          advised: {text: งบประมาณ, level: advised, match: {phrase: {any: [งบประมาณ]}}}
      O3:
        title: มาตรการป้องกันการทุจริต
        sub_indicator: '10.1'
        elements:
          measure: {text: มาตรการ, match: {evidence: {}}}
    bands:
      - {rating: AA, at_least: 95}
      - {rating: A, at_least: 85}
      - {rating: F, at_least: 0}
"""

AGENCIES = """\
province: จังหวัดทดสอบ
agencies:
  - {id: labour, name: สำนักงานแรงงาน, url: 'http://127.0.0.1:9/'}
  - {id: land, name: สำนักงานที่ดิน, url: 'https://land.example.go.th/'}
"""


@pytest.fixture
def rules_file(tmp_path: Path) -> Path:
    """The small manual as a file."""
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def agencies_file(tmp_path: Path) -> Path:
    """The small list as a file."""
    path = tmp_path / "agencies.yaml"
    path.write_text(AGENCIES, encoding="utf-8")
    return path
