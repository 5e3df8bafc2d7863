"""Read rich text (RTF): lines, tables, form fields, boxes, pictures; without what is hidden or deleted."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.models.snapshot import Block, BlockKind, Reading
from documents.base import ReadLimits
from documents.line_blocks import line_block, note_line, written_line
from documents.office.pictures import Picture, reading_with_pictures
from documents.office.symbols import box, is_symbol_font, shown, untouched
from documents.table_headers import mark_headers

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<value>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-f]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)|[\r\n]+|.",
    re.I | re.S,
)
_SKIPPED = frozenset({
    "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
    "footerf", "nonshppict", "object", "objdata", "generator", "listtable", "listoverridetable", "rsidtbl", "themedata",
    "revtbl", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "sp", "annotation", "atnid", "atnauthor",
    "template", "filetbl", "shprslt", "bkmkstart", "bkmkend", "tc", "xe", "private", "mmathpr", "wgrffmtfilter",
    "ffdeftext", "ffname", "ffhelptext", "ffstattext", "ffformat", "ffentrymcr", "ffexitmcr",
})  # fmt: skip
_SHOWN = frozenset({"shppict", "shpinst", "shpgrp"})
"""Destinations that programs may skip and that hold what a reader sees."""
_PLACES = frozenset({"fonttbl", "pict", "fldinst", "formfield", "shptxt", "footnote"})
_GATHERED = frozenset({"pict", "fonttbl", "fldinst", "formfield"})
"""Places whose text is not the document's."""
_BREAKS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "'", "rquote": "'",
    "ldblquote": '"', "rdblquote": '"', "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CHARSETS = {222: "cp874", 204: "cp1251", 128: "cp932", 134: "gbk", 136: "big5"}
_THAI = "cp874"
_TICK, _CHOICE, _UNSET = 1, 2, 25
_TWIPS = 1440
_TINY = 2
"""Half points; nobody reads letters of one point."""
_COLOURS = re.compile(r"\\colortbl\b([^{}]{0,20000})")
_COLOUR = re.compile(r"\\(red|green|blue)(\d{1,3})")
_PALE = 243
_MAX_DEPTH = 2_000
_MAX_PICTURES = 400


def read_rtf(body: bytes, limits: ReadLimits, cache: Path | None = None) -> Reading:
    """Read rich text; Thai text in it is windows-874 unless it says otherwise."""
    reader = _Rtf(limits)
    reader.read(body.decode("latin-1"))
    images = reader.images
    pictures = [
        Picture(at, str(number), lambda name: images[int(name)], inches)
        for number, (at, inches) in enumerate(reader.places)
    ]
    return reading_with_pictures(mark_headers(reader.blocks), pictures, limits, cache)


def _white_colours(source: str) -> frozenset[int]:
    """The numbers of colours that cannot be told from paper."""
    table = _COLOURS.search(source)
    entries = table[1].split(";")[:256] if table else []
    parts = [[int(value) for _, value in _COLOUR.findall(entry)] for entry in entries]
    return frozenset(at for at, each in enumerate(parts) if len(each) == 3 and min(each) >= _PALE)


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it."""

    skipped: bool = False
    hidden: bool = False
    struck: bool = False
    bold: bool = False
    font: int = -1
    colour: int = 0
    size: int = 24
    shaded: bool = False
    """Something colours the ground of its letters."""
    fallback: int = 1
    """Letters that follow a Unicode one for programs that do not know it."""
    place: str = ""
    """The destination that text goes to; empty for the document."""


@dataclass(slots=True)
class _FormField:
    kind: int = -1
    result: int = _UNSET
    default: int = 0
    entries: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _CellEdge:
    """How one cell of the row that is drawn is merged with its neighbours."""

    right: bool = False
    down: bool = False


class _Rtf:
    def __init__(self, limits: ReadLimits) -> None:
        self.blocks: list[Block] = []
        self.images: list[bytes] = []
        self.places: list[tuple[int, tuple[float, float]]] = []
        self._limits = limits
        self._fonts: dict[int, tuple[str, int]] = {}
        self._code_page = _THAI
        self._state = _State()
        self._stack: list[_State] = []
        self._line: list[str] = []
        self._weights: list[bool] = []
        self._cells: list[str] = []
        self._edges: list[_CellEdge] = []
        self._edge = _CellEdge()
        self._in_table = False
        self._table, self._row = -1, 0
        self._above: dict[int, int] = {}
        self._form = _FormField()
        self._notes: list[str] = []
        self._noted = 0
        self._held: tuple[list[str], list[bool], bool] = ([], [], False)
        self._picture: list[str] = []
        self._goal = [0, 0]
        self._skip = 0
        self._starred = False
        self._white: frozenset[int] = frozenset()

    def read(self, source: str) -> None:
        """Read a whole file, its bytes as letters of the same number."""
        self._white = _white_colours(source)
        for token in _TOKEN.finditer(source):
            if len(self.blocks) >= self._limits.blocks:
                return
            if token["brace"]:
                self._brace(token["brace"])
            elif token["word"]:
                self._word(token["word"].lower(), int(token["value"]) if token["value"] else None)
            elif token["byte"]:
                self._letter(int(token["byte"], 16))
            elif token["sign"]:
                self._sign(token["sign"])
            elif token["text"]:
                self._plain(token["text"])
        self._paragraph()

    def _brace(self, brace: str) -> None:
        self._starred = False
        if brace == "{":
            if len(self._stack) < _MAX_DEPTH:
                self._stack.append(replace(self._state))
            return
        left = self._state
        if self._stack:
            self._state = self._stack.pop()
        if left.place != self._state.place:
            self._leave(left.place)

    def _leave(self, place: str) -> None:
        """End a destination that gathers something."""
        if place == "pict":
            self._end_picture()
        elif place == "formfield":
            form, self._form = self._form, _FormField()
            chosen = form.default if form.result == _UNSET else form.result
            if form.kind == _TICK:
                self._line.append(box(ticked=chosen == 1))
            elif form.kind == _CHOICE and 0 <= chosen < len(form.entries):
                entry = form.entries[chosen]
                self._line.append(untouched(entry) if form.result == _UNSET else f" {entry} ")
        elif place == "footnote":
            self._notes.append("".join(self._line))
            self._line, self._weights, self._in_table = self._held
        elif place == "shptxt":
            self._paragraph()

    def _word(self, word: str, value: int | None) -> None:
        starred, self._starred = self._starred, False
        state = self._state
        if word in _PLACES:
            if word == "footnote" == state.place:
                return
            state.place = word
            if word == "pict":
                self._picture, self._goal = [], [0, 0]
            elif word == "footnote":
                self._held = (self._line, self._weights, self._in_table)
                self._line, self._weights, self._in_table = [], [], False
            elif word == "shptxt":
                self._paragraph()
        elif word == "ffl":
            state.place = "ffl"
            self._form.entries.append("")
        elif word in _SKIPPED or (starred and word not in _SHOWN):
            state.skipped = True
        elif not state.skipped:
            self._format(word, value)

    def _format(self, word: str, value: int | None) -> None:
        state = self._state
        is_on = value != 0
        match word:
            case "v" | "deleted":
                state.hidden = is_on
            case "strike" | "striked":
                state.struck = is_on
            case "b":
                state.bold = is_on
            case "plain":
                state.hidden = state.struck = state.bold = state.shaded = False
                state.colour, state.size = 0, 24
            case "cf":
                state.colour = value or 0
            case "fs":
                state.size = value if value is not None else 24
            case "highlight" | "cb" | "chcbpat" | "chshdng" | "cbpat" | "shading":
                state.shaded = bool(value)
            case "f":
                state.font = value or 0
                if state.place == "fonttbl":
                    self._fonts.setdefault(state.font, ("", 0))
            case "fcharset" if state.place == "fonttbl":
                self._fonts[state.font] = (self._fonts.get(state.font, ("", 0))[0], value or 0)
            case "ansicpg":
                # Files of Thai offices that call themselves Western are Thai: no Western program writes them.
                self._code_page = {874: _THAI, 65001: "utf-8"}.get(value or 0, _THAI)
            case "uc":
                state.fallback = min(value if value is not None else 1, 8)
            case "u":
                self._unicode((value or 0) & 0xFFFF)
            case "fftype":
                self._form.kind = value or 0
            case "ffres":
                self._form.result = value if value is not None else _UNSET
            case "ffdefres":
                self._form.default = value or 0
            case "picwgoal" | "pichgoal":
                self._goal[word == "pichgoal"] = max(0, value or 0)
            case "par" | "sect" | "page":
                self._end_line()
            case _:
                self._lay_out(word)

    def _lay_out(self, word: str) -> None:
        match word:
            case "pard":
                self._in_table = False
            case "intbl":
                self._in_table = True
            case "trowd":
                self._edges, self._edge = [], _CellEdge()
            case "clmrg":
                self._edge.right = True
            case "clvmrg":
                self._edge.down = True
            case "cellx":
                self._edges.append(self._edge)
                self._edge = _CellEdge()
            case "cell":
                self._cells.append("".join(self._line))
                self._line, self._weights = [], []
            case "nestcell" | "nestrow":
                self._write("\n")
            case "row":
                self._end_row()
            case _ if word in _BREAKS:
                self._write(_BREAKS[word])

    def _end_line(self) -> None:
        if (self._in_table and not self._state.place) or self._state.place == "footnote":
            self._write("\n")
        else:
            self._paragraph()

    def _paragraph(self) -> None:
        """End a paragraph outside tables."""
        if self._cells:
            self._end_row()
        text, weights = "".join(self._line), self._weights
        self._line, self._weights = [], []
        for line in map(written_line, text.split("\n")):
            if line:
                self._row = 0
                self._above = {}
                self.blocks.append(line_block(line, line=len(self.blocks) + 1, bold=bool(weights) and all(weights)))
        self._end_notes()

    def _end_notes(self) -> None:
        """Write the notes of the paragraph or row that ended."""
        notes, self._notes = self._notes, []
        for note in notes:
            lines = [line for line in map(written_line, note.split("\n")) if line]
            self._noted += 1
            for at, line in enumerate(lines):
                text = line if at else note_line(self._noted, line)
                self.blocks.append(line_block(text, line=len(self.blocks) + 1))

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._row == 0:
            self._table += 1
        for col, cell in enumerate(self._cells):
            edge = self._edges[col] if col < len(self._edges) else _CellEdge()
            if edge.right and col:
                last = self.blocks[-1]
                self.blocks[-1] = replace(last, span_cols=last.span_cols + 1)
            elif edge.down and col in self._above:
                start = self.blocks[self._above[col]]
                self.blocks[self._above[col]] = replace(start, span_rows=start.span_rows + 1)
            else:
                lines = map(written_line, cell.split("\n"))
                text = "\n".join(line for line in lines if line)
                self._above[col] = len(self.blocks)
                self.blocks.append(Block(BlockKind.CELL, text, table=self._table, row=self._row, col=col))
        self._cells = []
        self._row += 1

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign == "~":
            self._write(" ")
        elif sign == "_":
            self._write("-")
        elif sign in "\\{}":
            self._plain(sign)
        elif sign in "\r\n":
            self._end_line()

    def _letter(self, code: int) -> None:
        if self._skip:
            self._skip -= 1
            return
        name, charset = self._fonts.get(self._state.font, ("", 0))
        if charset == 2 or is_symbol_font(name):
            self._write(shown(name or "wingdings", code))
            return
        self._write(bytes([code]).decode(_CHARSETS.get(charset, self._code_page), "replace"))

    def _unicode(self, code: int) -> None:
        self._skip = self._state.fallback
        name, charset = self._fonts.get(self._state.font, ("", 0))
        if 0xF000 <= code < 0xF100 and (charset == 2 or is_symbol_font(name)):
            self._write(shown(name or "wingdings", code))
        else:
            self._write(chr(code) if not 0xD800 <= code < 0xE000 else " ")

    def _plain(self, text: str) -> None:
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        if self._state.skipped or not text:
            return
        place = self._state.place
        if place == "pict":
            self._picture.append(text)
        elif place == "fonttbl":
            name, charset = self._fonts.get(self._state.font, ("", 0))
            self._fonts[self._state.font] = ((name + text).strip("; "), charset)
        elif place == "ffl":
            self._form.entries[-1] += text
        else:
            self._write(
                text if text.isascii() else text.encode("latin-1", "replace").decode(self._code_page, "replace")
            )

    def _write(self, text: str) -> None:
        state = self._state
        if state.skipped or state.hidden or state.struck or state.place in _GATHERED or self._is_unseen():
            return
        if self._state.place == "ffl":
            self._form.entries[-1] += text
            return
        self._line.append(text)
        if text.strip():
            self._weights.append(self._state.bold)

    def _is_unseen(self) -> bool:
        """Whether letters are too small to be seen, or white on paper; what stands in a box has its ground."""
        state = self._state
        if state.size <= _TINY:
            return True
        return state.colour in self._white and not (state.shaded or self._in_table or state.place)

    def _end_picture(self) -> None:
        digits = "".join("".join(self._picture).split())
        self._picture = []
        try:
            image = binascii.unhexlify(digits[: len(digits) // 2 * 2])
        except (ValueError, binascii.Error):
            return
        if image and len(self.images) < _MAX_PICTURES and not self._state.skipped and not self._state.hidden:
            self.images.append(image)
            # What stands before it in its own paragraph comes first.
            at = len(self.blocks) + bool("".join(self._line).strip())
            self.places.append((at, (self._goal[0] / _TWIPS, self._goal[1] / _TWIPS)))
