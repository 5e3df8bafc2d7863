"""Word documents made by hand, as strict or as odd as a test asks for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_DECLARED = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items())
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(*content: str, props: str = "") -> str:
    """A paragraph of runs; plain text becomes one."""
    runs = (each if each.startswith("<") else run(each) for each in content)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{''.join(runs)}</w:p>"


def run(text: str, props: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def control(content: str, props: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def word(
    *content: str,
    parts: Mapping[str, str | bytes] | None = None,
    targets: Mapping[str, str] | None = None,
    strict: bool = False,
    name: str = "word/document.xml",
) -> bytes:
    """A document of these paragraphs. `targets` are ids of relations and what they point to, beside the document."""
    document = f"<w:document {_DECLARED}><w:body>{''.join(content)}</w:body></w:document>"
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/x" Target="{target}"/>' for key, target in (targets or {}).items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _RELS.format(f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="/{name}"/>'),
        name: document,
        f"word/_rels/{name.rpartition('/')[2]}.rels": _RELS.format(relations),
        **{part: _part(text) for part, text in (parts or {}).items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in files.items():
            if strict and isinstance(text, str):
                text = text.replace("http://schemas.openxmlformats.org/package/", "PACKAGE")
                text = text.replace("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
                text = text.replace("/2006/", "/").replace("PACKAGErelationships", "PACKAGE2006/relationships")
                text = text.replace("PACKAGE", "http://schemas.openxmlformats.org/package/")
            archive.writestr(part, text)
    return out.getvalue()


def _part(text: str | bytes) -> str | bytes:
    return text.replace(" DECLARED", f" {_DECLARED}") if isinstance(text, str) else text
