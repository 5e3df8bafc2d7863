"""Reports where people read them: whole, under names that nobody guesses, and nothing of yesterday's beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.errors import InputError
from oit.publish import KEY, publish_reports, publishing_key


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two agencies' reports and the province's page."""
    folder = tmp_path / "out" / "2566"
    for name in ("land", "labour"):
        (folder / name / "pictures").mkdir(parents=True)
        (folder / name / "report.json").write_text("{}", "utf-8")
        (folder / name / "report.html").write_text(f"<p>{name}</p>", "utf-8")
        (folder / name / "pictures" / "a.png").write_bytes(b"png")
    links = '<a href="land/report.html#O1">1</a><a href="labour/report.html">2</a><a href="other/x">3</a>'
    (folder / "index.html").write_text(links, "utf-8")
    return folder


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")}


def test_a_copy_has_the_same_files(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    done = publish_reports(source, target)
    assert files(target / "2566") == files(source)
    assert (done.written, done.removed) == (7, 0)
    assert publish_reports(source, target).written == 0


def test_an_address_cannot_be_guessed_and_stays(source: Path, tmp_path: Path) -> None:
    target, key = tmp_path / "www", publishing_key(tmp_path / "var")
    first = publish_reports(source, target, key)
    assert publish_reports(source, target, publishing_key(tmp_path / "var")).folders == first.folders
    assert (tmp_path / "var" / KEY).stat().st_mode & 0o077 == 0
    names = [folder.name for folder in first.folders.values()]
    assert len(set(names)) == 3
    assert all(re.fullmatch(r"[0-9a-f]{26}", name) for name in names)
    assert not any(word in path for path in files(target) for word in ("land", "labour"))
    page = target / first.folders["province"] / "index.html"
    for link in re.findall(r'href="(\.\./[^"#]*)', page.read_text("utf-8")):
        assert (page.parent / link).resolve().exists()
    other = publish_reports(source, tmp_path / "again", publishing_key(tmp_path / "elsewhere"))
    assert not set(names) & {folder.name for folder in other.folders.values()}


def test_what_is_no_report_any_more_goes_and_the_rest_stays(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    publish_reports(source, target)
    (target / "2566" / "land" / "letter.pdf").write_bytes(b"mine")
    (target / "robots.txt").write_text("x", "utf-8")
    for path in sorted((source / "labour").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (source / "labour").rmdir()
    (source / "land" / "report.html").unlink()
    assert publish_reports(source, target).removed == 4
    assert not (target / "2566" / "labour").exists()
    assert (target / "2566" / "land" / "letter.pdf").exists()
    assert (target / "robots.txt").exists()


def test_a_list_that_leads_out_of_the_folder_takes_nothing_away(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    publish_reports(source, target)
    (tmp_path / "precious").write_text("x", "utf-8")
    manifest = target / "2566" / ".oit-published.json"
    manifest.write_text(f'["../precious", "{tmp_path}/precious", 7]', "utf-8")
    publish_reports(source, target)
    assert (tmp_path / "precious").exists()


def test_wrong_folders_are_told(source: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no reports"):
        publish_reports(tmp_path / "nothing", tmp_path / "www")
    for target in (source, source / "www", source.parent):
        with pytest.raises(InputError, match="own folder"):
            publish_reports(source, target)
