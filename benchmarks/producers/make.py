"""Makes the PDFs of the repair benchmark: one report, several producers, several fonts.

Run: python -m benchmarks.producers.make OUT
Needs Chromium (command chromium), LibreOffice Writer (soffice) and the TLWG fonts (fonts-thai-tlwg).
"""

from __future__ import annotations

import argparse
import io
import subprocess
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from pythainlp.tokenize import word_tokenize
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from benchmarks.producers import FONTS, Report, load_report

_TLWG = Path("/usr/share/fonts/truetype/tlwg")


def main() -> None:
    """Make every file anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    report = load_report()
    for font in FONTS:
        (out / f"chromium-{font}.pdf").write_bytes(chromium(report, font))
        (out / f"libreoffice-{font}.pdf").write_bytes(libreoffice(html(report, font).encode(), "html"))
        (out / f"word-docx-{font}.pdf").write_bytes(libreoffice(word(report, font), "docx"))
        (out / f"reportlab-plain-{font}.pdf").write_bytes(reportlab(report, font, shaped=False))
        (out / f"reportlab-shaped-{font}.pdf").write_bytes(reportlab(report, font, shaped=True))
    for made in sorted(out.glob("*.pdf")):
        print(f"{made.stat().st_size:8} {made.name}")


def html(report: Report, font: str) -> str:
    """The report as a web page."""
    first, second = report.subheadings

    def paragraphs(texts: tuple[str, ...]) -> str:
        return "".join(f"<p>{escape(text)}</p>" for text in texts)

    def row(cells: tuple[str, ...], tag: str) -> str:
        widths = (f' width="{round(100 * width)}%"' for width in report.widths)
        return "<tr>" + "".join(f"<{tag}{w}>{escape(c)}</{tag}>" for c, w in zip(cells, widths, strict=True)) + "</tr>"

    return (
        '<!doctype html><html lang="th"><meta charset="utf-8"><style>'
        f"body {{ font-family: {font}; font-size: 14pt; }} h1 {{ font-size: 18pt; }} h2 {{ font-size: 15pt; }}"
        "table { border-collapse: collapse; width: 100%; font-size: 11pt; } "
        "th, td { border: 1px solid black; padding: 3px; }"
        f"</style><body><h1>{escape(report.heading)}</h1><h2>{escape(first)}</h2>{paragraphs(report.paragraphs)}<ul>"
        + "".join(f"<li>{escape(text)}</li>" for text in report.bullets)
        + '</ul><table border="1" cellspacing="0">'
        + row(report.head, "th")
        + "".join(row(cells, "td") for cells in report.rows)
        + f"</table><h2>{escape(second)}</h2>{paragraphs(report.closing)}</body></html>"
    )


def chromium(report: Report, font: str) -> bytes:
    """What printing from the browser gives."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(html(report, font), "utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={made}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return made.read_bytes()


def libreoffice(body: bytes, suffix: str) -> bytes:
    """What LibreOffice Writer makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"report.{suffix}")
        source.write_bytes(body)
        asked = ["--infilter=HTML (StarWriter)"] if suffix == "html" else []
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                *asked,
                "--convert-to",
                "pdf:writer_pdf_Export",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return Path(folder, "report.pdf").read_bytes()


def word(report: Report, font: str) -> bytes:
    """The report as Word writes it for Thai: complex-script fonts and sizes, lines spread out, a ruled table."""
    document = docx.Document()

    def write(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.font.bold = font, Pt(size), bold
        properties = run._element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:cs"), font)
        for tag, value in (("w:szCs", str(int(2 * size))), ("w:bCs", "1" if bold else "0"), ("w:cs", "1")):
            mark = properties.makeelement(qn(tag), {qn("w:val"): value})
            properties.append(mark)

    def paragraphs(texts: tuple[str, ...], style: str = "Normal") -> None:
        for text in texts:
            paragraph = document.add_paragraph(style=style)
            if style == "Normal":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
                paragraph.paragraph_format.first_line_indent = Cm(2.5)
            write(paragraph, text, 15)

    write(document.add_heading(level=1), report.heading, 18, bold=True)
    write(document.add_heading(level=2), report.subheadings[0], 16, bold=True)
    paragraphs(report.paragraphs)
    paragraphs(report.bullets, "List Bullet")
    table = document.add_table(0, len(report.head), style="Table Grid")
    for number, cells in enumerate((report.head, *report.rows)):
        row = table.add_row()
        for cell, text, width in zip(row.cells, cells, report.widths, strict=True):
            cell.width = Cm(15.5 * width)
            write(cell.paragraphs[0], text, 12, bold=not number)
    write(document.add_heading(level=2), report.subheadings[1], 16, bold=True)
    paragraphs(report.closing)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def reportlab(report: Report, font: str, *, shaped: bool) -> bytes:
    """What a short script makes: lines of words by drawString, plain or as a shaper places the glyphs."""
    for name, file in ((font, f"{font}.ttf"), (f"{font}-Bold", f"{font}-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(_TLWG / file), shapable=True))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    margin, y = 60.0, A4[1] - 60.0

    def write(text: str, x: float, at: float, name: str, size: float) -> None:
        line = canvas.beginText(x, at)
        line.setFont(name, size)
        line.textOut(shapeStr(text, name, size) if shaped else text)
        canvas.drawText(line)

    def lines(text: str, name: str, size: float, indent: float = 0) -> None:
        nonlocal y
        for line in _wrapped(text, name, size, A4[0] - 2 * margin - indent):
            if y < 80:
                canvas.showPage()
                y = A4[1] - 60.0
            write(line, margin + indent, y, name, size)
            y -= 1.7 * size

    lines(report.heading, f"{font}-Bold", 17)
    lines(report.subheadings[0], f"{font}-Bold", 14)
    for text in report.paragraphs:
        lines(text, font, 13)
    for text in report.bullets:
        lines(text, font, 13, indent=20)
    y += 8
    for number, cells in enumerate((report.head, *report.rows)):
        name = font if number else f"{font}-Bold"
        widths = [width * (A4[0] - 2 * margin) for width in report.widths]
        wrapped = [list(_wrapped(text, name, 10, width - 6)) for text, width in zip(cells, widths, strict=True)]
        height = 16.0 * max(map(len, wrapped)) + 6
        if y - height < 60:
            canvas.showPage()
            y = A4[1] - 60.0
        x = margin
        for cell, width in zip(wrapped, widths, strict=True):
            canvas.rect(x, y - height, width, height)
            for at, line in enumerate(cell):
                write(line, x + 3, y - 14 - 16 * at, name, 10)
            x += width
        y -= height
    y -= 24
    lines(report.subheadings[1], f"{font}-Bold", 14)
    for text in report.closing:
        lines(text, font, 13)
    canvas.save()
    return out.getvalue()


def _wrapped(text: str, font: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for word in word_tokenize(text, engine="newmm"):
        if line and pdfmetrics.stringWidth(line + word, font, size) > width:
            yield line.rstrip()
            line = ""
        line += word if line else word.lstrip()
    yield line.rstrip()


if __name__ == "__main__":
    main()
