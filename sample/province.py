"""The sample province on disk: a folder per agency with its site, its server's manner and its truth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from sample.cases import CASES, Case
from sample.editions import AS_OF, YEARS
from sample.offices import OFFICES, PROVINCE
from sample.site import build_site
from sample.truth import site_truth


@dataclass(frozen=True, slots=True)
class Province:
    """A built sample. `root` holds sites/<id>/www, sites/<id>/server.json and sites/<id>/truth.json."""

    root: Path
    edition: int
    as_of: str
    agencies: tuple[str, ...]

    def truth(self, agency: str) -> Path:
        """Where the truth about an agency is."""
        return self.root / "sites" / agency / "truth.json"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _build_one(root: Path, case: Case, edition: int, seed: int) -> None:
    office = next(office for office in OFFICES if office.id == case.agency)
    site = build_site(case, office, edition, seed)
    folder = root / "sites" / case.agency
    for path, data in site.files.items():
        _write(folder / "www" / path, data)
    _write(folder / "server.json", _json(site.manner))
    _write(folder / "truth.json", _json(site_truth(case, edition)))


def build(
    out: Path, edition: int, seed: int = 1, only: tuple[str, ...] = (), cases: tuple[Case, ...] = CASES
) -> Province:
    """Write the province below `out` (agencies named by `only`, default all of `cases`); same seed, same bytes.

    agencies.yaml is written too, with the addresses of no server yet (see `write_agencies`).
    Raises ValueError for an edition without a sample or an unknown agency."""
    if edition not in YEARS:
        raise ValueError(f"no sample of edition {edition}; there are {', '.join(map(str, YEARS))}")
    unknown = set(only) - {case.agency for case in cases}
    if unknown:
        raise ValueError(f"no such sample agency: {', '.join(sorted(unknown))}")
    chosen = [case for case in cases if not only or case.agency in only]
    for case in chosen:
        _build_one(out, case, edition, seed)
    agencies = tuple(case.agency for case in chosen)
    province = Province(out, edition, AS_OF[edition], agencies)
    write_agencies(out / "agencies.yaml", {a: f"https://{a}.example.go.th/" for a in agencies})
    _write(
        out / "province.json",
        _json({"edition": edition, "as_of": AS_OF[edition], "seed": seed, "agencies": agencies}),
    )
    return province


def load(root: Path) -> Province:
    """A province built before; ValueError if there is none."""
    try:
        data = json.loads((root / "province.json").read_text("utf-8"))
        return Province(root, data["edition"], data["as_of"], tuple(data["agencies"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"no sample province in {root}: {error}") from error


def write_agencies(path: Path, urls: Mapping[str, str]) -> None:
    """Write agencies.yaml with these addresses (agency id -> URL)."""
    names = {office.id: office.name for office in OFFICES}
    rows = [
        {
            "id": agency,
            "name": names[agency],
            "url": url,
            "kind": "provincial",
            "responsible": "ฝ่ายบริหารทั่วไป",
            "email": f"webmaster@{agency}.example.go.th",
        }
        for agency, url in urls.items()
    ]
    text = yaml.safe_dump({"province": PROVINCE, "agencies": rows}, allow_unicode=True, sort_keys=False, width=200)
    _write(path, text.encode())
