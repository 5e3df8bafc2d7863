"""The sample province on disk: a folder per agency with its site, its server's manner and its truth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from sample.cases import CASES, Case
from sample.editions import AS_OF, YEARS
from sample.offices import OFFICES, PROVINCE
from sample.sectors import CASES as SECTOR_CASES
from sample.sectors import OFFICES as SECTOR_OFFICES
from sample.sectors import sector_entries
from sample.site import Site, build_site
from sample.truth import SiteTruth, site_truth


@dataclass(frozen=True, slots=True)
class Province:
    """A built sample. `root` holds sites/<id>/www, sites/<id>/server.json and sites/<id>/truth.json."""

    root: Path
    edition: int
    as_of: str
    agencies: tuple[str, ...]
    scheme: str = ""
    """The sector's list that these agencies follow."""

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
    _write_site(root, case.agency, build_site(case, office, edition, seed), site_truth(case, edition))


def _write_site(root: Path, agency: str, site: Site, truth: SiteTruth) -> None:
    folder = root / "sites" / agency
    for path, data in site.files.items():
        _write(folder / "www" / path, data)
    _write(folder / "server.json", _json(site.manner))
    _write(folder / "truth.json", _json(truth))


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


def build_sector(out: Path, name: str, seed: int = 1, *, told: bool = True) -> Province:
    """Write the sites of a sector's list (`2568-ovec`) below `out`; same seed, same bytes.

    Without `told` agencies.yaml does not say that they follow it. Raises ValueError for a list without a sample."""
    listed = sector_entries(name)
    year, _, scheme = name.partition("-")
    edition, as_of = int(year), f"{int(year) - 543}-04-30"
    office = SECTOR_OFFICES[scheme]
    agencies = []
    for number, case in enumerate(SECTOR_CASES[name], 1):
        one = replace(office, id=f"{office.id}-{number}")
        site = build_site(case, one, edition, seed, listed)
        _write_site(out, one.id, site, site_truth(replace(case, agency=one.id), edition, listed, as_of))
        agencies.append(one.id)
    province = Province(out, edition, as_of, tuple(agencies), scheme if told else "")
    write_agencies(out / "agencies.yaml", {a: f"https://{a}.example.go.th/" for a in agencies}, province.scheme)
    return province


def load(root: Path) -> Province:
    """A province built before; ValueError if there is none."""
    try:
        data = json.loads((root / "province.json").read_text("utf-8"))
        return Province(root, data["edition"], data["as_of"], tuple(data["agencies"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"no sample province in {root}: {error}") from error


def write_agencies(path: Path, urls: Mapping[str, str], scheme: str = "") -> None:
    """Write agencies.yaml with these addresses (agency id -> URL). `scheme` is the sector's list they follow."""
    names = {office.id: office.name for office in OFFICES}
    for sector in SECTOR_OFFICES.values():
        names |= {f"{sector.id}-{number}": f"{sector.name} {number}" for number in range(1, 10)}
    rows = [
        {
            "id": agency,
            "name": names[agency],
            "url": url,
            "kind": "provincial",
            "responsible": "ฝ่ายบริหารทั่วไป",
            "email": f"webmaster@{agency}.example.go.th",
            **({"scheme": scheme} if scheme else {}),
        }
        for agency, url in urls.items()
    ]
    text = yaml.safe_dump({"province": PROVINCE, "agencies": rows}, allow_unicode=True, sort_keys=False, width=200)
    _write(path, text.encode())
