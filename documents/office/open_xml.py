"""Parts of an Office Open XML container: read one by one within limits, Strict files as Transitional ones."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any

from defusedxml.ElementTree import fromstring

from core.models.snapshot import ReadNote
from documents.base import ReadError, ReadLimits
from documents.office.zip_limits import check_members

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_HEAD = 4096
"""Bytes of a part in which its namespaces are declared."""


class Package:
    """The parts of one open container. A part that unfolds to too much costs itself, not its file: `cut` says so."""

    def __init__(self, archive: zipfile.ZipFile, size: int, limits: ReadLimits, *, taken_in: bool = False) -> None:
        """`taken_in` says that the container is a part of another one."""
        check_members(archive)
        self._archive = archive
        self._left = min(limits.expanded, max(size, 1 << 16) * limits.ratio)
        self._relations: dict[str, dict[str, str]] = {}
        self.names = frozenset(archive.namelist())
        self.cut = False
        self.taken_in = taken_in

    def read(self, name: str) -> bytes:
        """Return a part's bytes, those of a Strict file as a Transitional one has them.

        Raises ReadError for a part that is too large, KeyError for one that is not there."""
        self.reserve(name)
        body = self._archive.read(name)
        is_text = name.endswith((".xml", ".rels"))
        return _STRICT.sub(_TRANSITIONAL, body) if is_text and b"purl.oclc.org" in body[:_HEAD] else body

    def reserve(self, name: str) -> None:
        """Count a part that somebody else reads. Raises ReadError for one that is too large."""
        size = self._archive.getinfo(name).file_size
        if size > self._left:
            self.cut = True
            raise ReadError(ReadNote.TOO_LARGE, name)
        self._left -= size

    def xml(self, name: str) -> Any | None:
        """Return the root of a part, None for one that is absent, too large or broken."""
        if name not in self.names:
            return None
        try:
            return fromstring(self.read(name))
        except (ReadError, SyntaxError, ValueError):
            self.cut = True
            return None

    def relations(self, name: str) -> dict[str, str]:
        """Return the parts that a part refers to, by the id of the reference."""
        known = self._relations.get(name)
        if known is None:
            folder, _, leaf = name.rpartition("/")
            rels = f"{folder}/_rels/{leaf}.rels".lstrip("/")
            root = self.xml(rels)
            known = self._relations[name] = {
                mark.get("Id") or "": posixpath.normpath(posixpath.join(folder, mark.get("Target") or "")).lstrip("/")
                if not (mark.get("Target") or "").startswith("/")
                else (mark.get("Target") or "").lstrip("/")
                for mark in (root.iter(_REL) if root is not None else ())
                if mark.get("TargetMode") != "External"
            }
        return known

    def addresses(self, name: str) -> dict[str, str]:
        """Return the addresses outside the container that a part links to, by the id of the reference."""
        folder, _, leaf = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{leaf}.rels".lstrip("/"))
        return {
            mark.get("Id") or "": mark.get("Target") or ""
            for mark in (root.iter(_REL) if root is not None else ())
            if mark.get("TargetMode") == "External" and (mark.get("Type") or "").endswith("/hyperlink")
        }

    def as_transitional(self, body: bytes) -> bytes:
        """Return the container for a library that knows no Strict files and reads every part: `body` itself where
        nothing is to be changed, else a copy in which parts that are too large are empty."""
        infos = self._archive.infolist()
        is_strict = any(
            b"purl.oclc.org" in self._archive.open(i).read(_HEAD) for i in infos if i.filename.endswith(".xml")
        )
        if not is_strict and sum(info.file_size for info in infos) <= self._left:
            return body
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for info in infos:
                try:
                    content = self.read(info.filename)
                except ReadError:
                    if info.filename.endswith((".xml", ".rels")):
                        raise
                    content = b""
                copy.writestr(info.filename, content)
        return out.getvalue()

    def main(self, fallback: str) -> str:
        """Return the name of the container's main part; some programs number it (`word/document2.xml`)."""
        root = self.xml("_rels/.rels")
        for mark in root.iter(_REL) if root is not None else ():
            target = (mark.get("Target") or "").lstrip("/")
            if (mark.get("Type") or "").endswith("/officeDocument") and target in self.names:
                return target
        return fallback


def diagram_lines(root: Any | None) -> list[str]:
    """Return the texts of a SmartArt's data part, each point followed by those below it."""
    if root is None:
        return []
    dgm = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
    texts: dict[str, list[str]] = {}
    for point in root.iter(f"{dgm}pt"):
        if point.get("type") not in ("pres", "parTrans", "sibTrans"):
            texts[point.get("modelId") or ""] = shape_lines(point)
    below: dict[str, list[tuple[int, str]]] = {}
    for link in root.iter(f"{dgm}cxn"):
        if link.get("type") in (None, "parOf"):
            order = link.get("srcOrd") or "0"
            place = int(order) if order.isascii() and order.isdigit() else 0
            below.setdefault(link.get("srcId") or "", []).append((place, link.get("destId") or ""))
    found: list[str] = []
    taken: set[str] = set()
    # Points that nothing leads to come first in the file's order, each with its own; a circle ends at what was taken.
    inner = {target for links in below.values() for _, target in links}
    stack = [*reversed(texts), *(each for each in reversed(texts) if each not in inner)]
    while stack:
        point = stack.pop()
        if point in taken or point not in texts:
            continue
        taken.add(point)
        found += texts[point]
        stack += [target for _, target in sorted(below.get(point, ()), reverse=True)]
    return found


def shape_lines(element: Any) -> list[str]:
    """Return the lines of all DrawingML paragraphs in an element."""
    found = []
    for paragraph in element.iter(f"{A}p"):
        pieces = []
        for piece in paragraph.iter():
            if piece.tag == f"{A}t":
                pieces.append(piece.text or "")
            elif piece.tag == f"{A}br":
                pieces.append("\n")
        found += [line for line in (" ".join(part.split()) for part in "".join(pieces).split("\n")) if line]
    return found
