"""What one Word paragraph shows: its text with fields, boxes and symbols, and the drawings anchored in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from documents.line_blocks import written_line
from documents.office.open_xml import A, R
from documents.office.symbols import box, is_symbol_font, shown, untouched
from documents.office.word.styles import Styles, W, WordStyle, first_switch, is_on, is_unseen, value

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V = "{urn:schemas-microsoft-com:vml}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}sdtPr"})
"""What was deleted or moved away, and what holds no text."""
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_UNMERGED = re.compile(r"«[^«»]*»")
_MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture or diagram in a paragraph: the id of its part and its size in EMU (0: not said)."""

    reference: str
    diagram: bool = False
    wide: int = 0
    tall: int = 0


@dataclass(slots=True)
class ParagraphText:
    """A paragraph's lines, whether all of it is bold, and what is anchored in it, in order."""

    lines: list[str]
    bold: bool
    boxes: list[Any]
    drawn: list[Drawn]
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind and number of the notes that it refers to."""


def is_placeholder(control: Any) -> bool:
    """Whether a content control shows the words that ask for its content: those of a list are the entry that stands for
    no value."""
    if is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
        return True
    lists = [each for kind in ("dropDownList", "comboBox") if (each := control.find(f"{W}sdtPr/{W}{kind}")) is not None]
    asks = {
        " ".join((entry.get(f"{W}displayText") or "").split())
        for each in lists
        for entry in each.findall(f"{W}listItem")
        if not entry.get(f"{W}value")
    }
    if not asks:
        return False
    shown_text = "".join(piece.text or "" for piece in control.iter(f"{W}t"))
    return " ".join(shown_text.split()) in asks


def read_paragraph(paragraph: Any, style: WordStyle, styles: Styles, *, on_page: bool = True) -> ParagraphText:
    """Read what a person sees of a paragraph. `on_page`: it stands on the page itself, whose ground is white."""
    shaded = paragraph.find(f"{W}pPr/{W}shd") is not None
    collector = _Collector(style, styles, on_white=on_page and not shaded)
    collector.walk(paragraph)
    lines = map(written_line, "".join(collector.pieces).split("\n"))
    weights = collector.bold
    bold = bool(weights) and all(weights)
    return ParagraphText([line for line in lines if line], bold, collector.boxes, collector.drawn, collector.notes)


@dataclass(slots=True)
class _Field:
    """A form field that is open: what it says itself, and where its shown text begins."""

    data: Any | None
    shown_from: int = -1
    code: str = ""
    """What a field of another kind is told to show."""


@dataclass(slots=True)
class _Collector:
    style: WordStyle
    styles: Styles
    on_white: bool = False
    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag in _GONE or tag.endswith("}Fallback"):
                continue
            if tag == f"{W}r":
                self._run(child)
            elif tag == f"{W}sdt":
                self._control(child)
            elif tag == f"{W}fldSimple":
                before = len(self.pieces)
                self.walk(child)
                self._drop_unmerged(child.get(f"{W}instr") or "", before)
            elif tag == _MATH_TEXT:
                self.pieces.append(child.text or "")
            else:
                self.walk(child)

    def _control(self, control: Any) -> None:
        tick = control.find(f"{W}sdtPr/{_W14}checkbox")
        if tick is not None:
            self.pieces.append(box(ticked=_is_ticked(tick.find(f"{_W14}checked"))))
        elif not is_placeholder(control):
            self.walk(control)

    def _run(self, run: Any) -> None:
        properties = run.find(f"{W}rPr")
        named = properties.find(f"{W}rStyle") if properties is not None else None
        character = self.styles.of(value(named)) if named is not None else WordStyle()
        if (
            first_switch([properties], "vanish")
            if _says(properties, "vanish")
            else (character.hidden or self.style.hidden)
        ):
            return
        if self._is_struck(properties, character):
            # Taken back by its author, whatever a reader can still make out.
            return
        if self.on_white and self._is_unseen(properties, character):
            return
        font = properties.find(f"{W}rFonts") if properties is not None else None
        symbols = font is not None and is_symbol_font(font.get(f"{W}ascii") or "")
        before = len(self.pieces)
        for child in run:
            self._piece(child, (font.get(f"{W}ascii") or "") if font is not None and symbols else "")
        if "".join(self.pieces[before:]).strip():
            own = _says(properties, "b", "bCs")
            self.bold.append(first_switch([properties], "b", "bCs") if own else character.bold or self.style.bold)

    def _is_struck(self, properties: Any, character: WordStyle) -> bool:
        if _says(properties, "strike", "dstrike"):
            return first_switch([properties], "strike") or first_switch([properties], "dstrike")
        return character.struck or self.style.struck

    def _is_unseen(self, properties: Any, character: WordStyle) -> bool:
        if _says(properties, "color", "sz", "shd", "highlight"):
            return is_unseen([properties], shaded=False)
        return character.unseen or self.style.unseen

    def _piece(self, child: Any, font: str) -> None:
        tag = child.tag
        if tag == f"{W}t":
            text = (child.text or "").replace("\t", " ")
            # Letters of a symbol font are pictures; what Word could not map into it stays a letter.
            self.pieces.append("".join(shown(font, ord(c)) if ord(c) < 0x100 or 0xF000 <= ord(c) < 0xF100 else c
                                       for c in text) if font and text.strip() else text)  # fmt: skip
        elif tag == f"{W}sym":
            code = child.get(f"{W}char") or ""
            if code and all(c in "0123456789abcdefABCDEF" for c in code):
                self.pieces.append(shown(child.get(f"{W}font") or "", int(code[-4:], 16)))
        elif tag == f"{W}fldChar":
            self._field_mark(child)
        elif tag == f"{W}instrText" and self.fields:
            self.fields[-1].code += child.text or ""
        elif tag in _NOTES:
            self.notes.append((_NOTES[tag], child.get(f"{W}id") or ""))
        elif tag in _MARKS:
            self.pieces.append(_MARKS[tag])
        elif tag.endswith("}AlternateContent"):
            for choice in child:
                if not choice.tag.endswith("}Fallback"):
                    self._drawing(choice)
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(child)
        elif tag == f"{W}r":
            self._run(child)
        elif tag == f"{W}ruby":
            for base in child.findall(f"{W}rubyBase"):
                self.walk(base)

    def _field_mark(self, mark: Any) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            data = mark.find(f"{W}ffData")
            self.fields.append(_Field(data))
            tick = data.find(f"{W}checkBox") if data is not None else None
            if tick is not None:
                checked = tick.find(f"{W}checked")
                state = checked if checked is not None else tick.find(f"{W}default")
                self.pieces.append(box(ticked=is_on(state)))
            listed = data.find(f"{W}ddList") if data is not None else None
            if listed is not None:
                self.pieces.append(_chosen(listed))
        elif kind == "separate" and self.fields:
            self.fields[-1].shown_from = len(self.pieces)
        elif kind == "end" and self.fields:
            done = self.fields.pop()
            default = value(done.data.find(f"{W}textInput/{W}default")).strip() if done.data is not None else ""
            if default and done.shown_from >= 0 and "".join(self.pieces[done.shown_from :]).strip() == default:
                # Nobody has written over what the form itself put there.
                del self.pieces[done.shown_from :]
            elif done.shown_from >= 0:
                self._drop_unmerged(done.code, done.shown_from)

    def _drop_unmerged(self, code: str, start: int) -> None:
        """Drop the shown text of a field of a letter that was not merged: it is the field's own name."""
        if code.split()[:1] == ["MERGEFIELD"] and _UNMERGED.fullmatch("".join(self.pieces[start:]).strip()):
            del self.pieces[start:]

    def _drawing(self, element: Any) -> None:
        wide, tall = _extent(element)
        for child in element:
            tag = child.tag
            if tag.endswith("}Fallback"):
                continue
            if tag == f"{W}txbxContent":
                self.boxes.append(child)
                continue
            if tag == f"{_V}textpath":
                self.pieces.append(f" {child.get('string') or ''} ")
            elif tag == f"{A}t":
                self.pieces.append(child.text or "")
            elif tag == f"{A}blip" and child.get(f"{R}embed"):
                self.drawn.append(Drawn(child.get(f"{R}embed"), wide=wide, tall=tall))
            elif tag == f"{_V}imagedata" and child.get(f"{R}id"):
                self.drawn.append(Drawn(child.get(f"{R}id")))
            elif tag == f"{_DGM}relIds" and child.get(f"{R}dm"):
                self.drawn.append(Drawn(child.get(f"{R}dm"), diagram=True))
            self._drawing_of(child, wide, tall)

    def _drawing_of(self, element: Any, wide: int, tall: int) -> None:
        before = len(self.drawn)
        self._drawing(element)
        for at in range(before, len(self.drawn)):
            each = self.drawn[at]
            if not each.wide and not each.diagram:
                self.drawn[at] = Drawn(each.reference, wide=wide, tall=tall)


def _says(properties: Any, *names: str) -> bool:
    return properties is not None and any(properties.find(f"{W}{name}") is not None for name in names)


def _is_ticked(mark: Any) -> bool:
    return mark is not None and mark.get(f"{_W14}val") not in ("0", "false", "off")


def _chosen(listed: Any) -> str:
    """The entry of a drop-down field that is shown: where none was chosen, the one that it begins with."""
    entries = [value(entry) for entry in listed.findall(f"{W}listEntry")]
    result = value(listed.find(f"{W}result"))
    place = result or value(listed.find(f"{W}default"))
    at = int(place) if place.isascii() and place.isdigit() else 0
    if at >= len(entries):
        return ""
    return f" {entries[at]} " if result else untouched(entries[at])


def _extent(element: Any) -> tuple[int, int]:
    mark = element.find(f"{_WP}inline/{_WP}extent")
    if mark is None:
        mark = element.find(f"{_WP}anchor/{_WP}extent")
    sizes = [(mark.get(name) or "") if mark is not None else "" for name in ("cx", "cy")]
    wide, tall = (int(size) if size.isascii() and size.isdigit() else 0 for size in sizes)
    return wide, tall
