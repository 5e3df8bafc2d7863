"""Structures of planted sites: what they lead to is there, some behind a click, and the truth is theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from sample.cases import Case, dead, forbidden, made, pictured, taken
from sample.content.odd_sections import ODD, ODD_TRUTH
from sample.defect_sites import plant_defects
from sample.editions import entries
from sample.manner import Manner
from sample.offices import OFFICES
from sample.site import Site, build_site
from sample.structures.doors import DOORS
from sample.structures.lists import LISTS, TWO_YEARS
from sample.structures.posts import NEEDS, POSTS
from sample.structures.scripted import SCRIPTED
from sample.structures.twists import TWISTS
from sample.structures.ways import WAYS
from sample.structures.word import MADE
from sample.truth import site_truth

_HOST = "http://a/"
_ADDRESSES = (
    re.compile(r"""(?:href|src|value|data-[a-z-]+)=(?:"([^"]+)"|'([^']+)')"""),
    re.compile(r"""(?:location(?:\.href)?=|window\.open\(|getDocument\()["']([^"'+]+)["']"""),
    re.compile(r"""(?:"(?:source|pdfUrl|href)": ?|(?:fetch|load)\()["']([^"']+)["']"""),
)
_FEW = tuple(
    entry for entry in entries(2566) if entry.topic in ("duties", "contact", "plan", "work_manual", "hr_report", "risk")
)


def _built(case: Case) -> Site:
    return build_site(case, OFFICES[0], 2566, 5, _FEW)


def _answered(site: Site, url: str) -> str | None:
    """The file that an address is answered from, None if none is."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    special = site.manner["paths"].get(f"{path}?{parts.query}" if parts.query else path, {})
    file = special.get("file", special.get("location", path)).lstrip("/") or "index.html"
    if special.get("status", 200) in (401, 403, 500):
        return None
    return file if file in site.files else None


def _chosen(site: Site) -> set[str]:
    """The files that forms give."""
    files = {form["file"] for forms in site.manner["posts"].values() for form in forms}
    files |= {answer.get("file", "") for address, answer in site.manner["paths"].items() if "?year=" in address}
    return {file.lstrip("/") for file in files} - {""}


def _reached(site: Site) -> set[str]:
    """Files that can be reached from the home page by whatever address stands in a page, script or form."""
    found, left = {"index.html"}, [(_HOST, "index.html")]
    while left:
        base, file = left.pop()
        if not file.endswith((".html", ".js", ".json")):
            continue
        text = unescape(site.files[file].decode("utf-8", "replace")).replace("\\/", "/").replace('\\"', '"')
        base = base if file.endswith(".html") else urljoin(base, "index.html")
        for address in (next(filter(None, hit.groups())) for each in _ADDRESSES for hit in each.finditer(text)):
            fragment = urlsplit(address).fragment
            viewed = re.findall(r"file=([^&]+)", address)
            for each in (address, *((fragment,) if "/" in fragment else ()), *map(unquote, viewed)):
                url = urljoin(base, each)
                there = _answered(site, url) if url.startswith(_HOST) else None
                if there is not None and there not in found:
                    found.add(there)
                    left.append((url, there))
        for file in _chosen(site) - found if "<form" in text else ():
            found.add(file)
            left.append((urljoin(_HOST, file), file))
    return found


_EVIDENCE = re.compile(r"(?:page|files)/[0-9a-f]{12}\.(?:html|pdf|docx)")


@pytest.mark.parametrize("shape", [*LISTS, *SCRIPTED])
def test_every_index_leads_to_every_document(shape: str) -> None:
    site = _built(Case("provincial-office", shape))
    evidence = {path for path in site.files if _EVIDENCE.fullmatch(path)}
    assert len(evidence) == len(_FEW)
    assert evidence <= _reached(site)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shape", ["nested", "loaded", "postbacks", "year_form"])
def test_every_way_leads_to_every_index(way: str, shape: str) -> None:
    site = _built(Case("provincial-office", shape, "html", way=way))
    assert {path for path in site.files if _EVIDENCE.fullmatch(path)} <= _reached(site)


@pytest.mark.parametrize("post", POSTS)
def test_every_post_leads_to_its_document(post: str) -> None:
    site = _built(Case("provincial-office", "list", NEEDS.get(post, "pdf"), post=post))
    named = {path for path in site.files if _EVIDENCE.fullmatch(path) or "\u200b" in path}
    twins = {path for path in named if "\u200b" not in path and post == "thai_name"}
    assert named - twins <= _reached(site)
    if post:
        assert site != _built(Case("provincial-office", "list", NEEDS.get(post, "pdf")))


@pytest.mark.parametrize("post", POSTS)
def test_what_is_dead_or_forbidden_stays_so_behind_every_post(post: str) -> None:
    defects = (dead("plan"), forbidden("work_manual"))
    site = _built(Case("provincial-office", "list", NEEDS.get(post, "pdf"), post=post, defects=defects))
    whole = _built(Case("provincial-office", "list", NEEDS.get(post, "pdf"), post=post))
    lost = {path for path in whole.files if _EVIDENCE.fullmatch(path)} - _reached(site)
    assert len(lost) >= (1 if post == "thai_name" else 2)


@pytest.mark.parametrize("door", DOORS)
def test_no_document_is_reached_behind_a_door(door: str) -> None:
    case = Case("provincial-office", "plain_labels", "pdf", door=door)
    reached = {path for path in _reached(_built(case)) if path.startswith("files/") and _EVIDENCE.fullmatch(path)}
    assert not reached or door == "index_robots"
    statuses = {item["status"] for item in site_truth(case, 2566)["items"].values()}
    assert statuses == ({"unchecked", "complete"} if DOORS[door].reached else {"unchecked"})


@pytest.mark.parametrize("name", TWISTS)
def test_a_twist_changes_the_paper_and_not_the_truth(name: str) -> None:
    for case in plant_defects(2566, 60, 3):
        for defect in case.defects:
            if defect.detail == name and defect.kind == "twist":
                items = {entry.topic: entry.id for entry in entries(2566)}
                assert site_truth(case, 2566)["items"][items[defect.topic]]["status"] == "complete"
                return
    raise AssertionError("never planted")


def test_the_truth_of_forms_and_files_is_data() -> None:
    assert set(ODD) == set(ODD_TRUTH)
    planted = (
        made("annual_report", "white"),
        made("hr_report", "pictured"),
        pictured("plan"),
        taken("corruption_report"),
    )
    items = site_truth(Case("provincial-office", "list", defects=planted), 2566)["items"]
    assert items["O13"]["elements"] == {"problems": "missing", "suggestions": "missing"}
    assert (items["O26"]["status"], items["O11"]["status"]) == ("review", "review")
    assert (items["O38"]["status"], "complete" in items["O38"]["accept"]) == ("incomplete", False)
    assert all(one.truth in ("", "present", "missing", "empty") for one in MADE.values())


@pytest.mark.parametrize("edition", [2565, 2566])
def test_a_seed_draws_many_structures_and_another_seed_others(edition: int) -> None:
    drawn: Mapping[int, set[tuple[str, str, str, str]]] = {
        seed: {(c.shape, c.way, c.post, c.door) for c in plant_defects(edition, 20, seed)} for seed in (1, 2)
    }
    assert drawn[1] != drawn[2]
    for cases in drawn.values():
        assert len({shape for shape, *_ in cases}) >= 18
        assert len({way for _, way, *_ in cases if way}) >= 6
        assert len({post for _, _, post, _ in cases if post}) >= 9
    assert all(
        not any(d.kind in ("absent", "unlinked") for d in c.defects)
        for c in plant_defects(edition, 60)
        if c.shape in TWO_YEARS
    )


def test_the_same_seed_builds_the_same_site() -> None:
    case = plant_defects(2566, 4, 4)[3]
    assert _built(case).files == _built(case).files


def test_a_manner_without_structures_is_short() -> None:
    manner: Manner = _built(Case("provincial-office", "list")).manner
    assert (manner["paths"], manner["posts"]) == ({}, {})
