"""Whole labelled sites, crawled over loopback and judged.

The sample province: every status and section as in the truth. The planted sites, of many structures and with a defect
in most items: no worse than the baseline, which `python -m benchmarks.accuracy --set planted --sites 20 --keep` writes
anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from benchmarks.accuracy import BASELINE, run
from core.models.agency import Agency
from core.models.assessment import Assessment, ElementStatus, Level
from crawler.process.supervisor import Progress
from oit.demo import audit_demo, build_demo
from oit.run.options import Settings
from reports.ordering import GAPS
from sample.editions import AS_OF

LACKS = (ElementStatus.MISSING, ElementStatus.EMPTY)


def faults_of_text(out: Path, assessment: Assessment) -> list[str]:
    """What a reader of an agency's report alone could not tell of a gap: what to change, where, by when."""
    path = out / str(assessment.edition) / assessment.agency.id / "report.html"
    page = BeautifulSoup(path.read_text("utf-8"), "lxml")
    assert page.find(["script", "link", "iframe"]) is None, "the report is one file"
    assert all(str(image["src"]).startswith("data:") for image in page.find_all("img")), "with its pictures in it"
    unclear = []
    for verdict in (v for v in assessment.verdicts if v.status in GAPS):
        article = page.find(id=verdict.item)
        box = article.select_one(".do") if article is not None else None
        if article is None or box is None:
            unclear.append(f"{assessment.agency.id} {verdict.item}: no article")
            continue
        lacks = [f for f in verdict.findings if f.level is Level.REQUIRED and f.status in LACKS]
        text = box.get_text(" ", strip=True)
        named = {"problems": "ปัญหา อุปสรรค", "suggestions": "ข้อเสนอแนะ", "months": "เดือน", "period": "ปี 25"}
        for finding in lacks:
            if named.get(finding.element, finding.text) not in text:
                unclear.append(f"{assessment.agency.id} {verdict.item}: {finding.element} is not named: {text}")
        if not lacks and verdict.title not in text and "แก้ลิงก์" not in text:
            unclear.append(f"{assessment.agency.id} {verdict.item}: nobody says what to do: {text}")
        places = {str(a["href"]) for a in box.find_all("a")}
        evidence = {e.url for e in verdict.evidence} | {u for e in verdict.evidence for u in e.found_via[-1:]}
        if not places or (verdict.evidence and not places & evidence):
            unclear.append(f"{assessment.agency.id} {verdict.item}: nobody says where: {text}")
        if not re.search(r"ภายใน \d+ [ก-๙.]+ 25\d\d", text):
            unclear.append(f"{assessment.agency.id} {verdict.item}: nobody says by when: {text}")
    return unclear


def _quiet(agencies: tuple[Agency, ...]) -> Callable[[Progress], None]:
    return lambda progress: None


@pytest.mark.timeout(600)
@pytest.mark.parametrize("edition", [2565, 2566])
def test_every_verdict_agrees_with_the_truth(tmp_path: Path, edition: int) -> None:
    province = build_demo(tmp_path, edition)
    result = audit_demo(province, tmp_path, Settings(as_of=date.fromisoformat(AS_OF[edition])), _quiet)
    assert result is not None
    assert [str(d) for d in result.comparison.differences] == []
    assert sum(result.comparison.expected.values()) == 31 * 43
    gaps = [fault for assessment, _ in result.cases for fault in faults_of_text(tmp_path / "reports", assessment)]
    assert gaps == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("edition", [2565, 2566])
def test_accuracy_on_planted_defects_does_not_fall(tmp_path: Path, edition: int) -> None:
    known = json.loads(BASELINE.read_text("utf-8"))[str(edition)]
    found = run("planted", edition, known["sites"], known["seed"], tmp_path)
    wrong = {f"{d.agency} {d.item} {d.element}".strip(): str(d) for d in found.wrong}
    assert [text for key, text in wrong.items() if key not in known["wrong"]] == []
    assert found.items == known["items"]
    assert found.right >= known["right"]
    assert found.false_complete <= known["false_complete"]
    assert found.false_missing <= known["false_missing"]
