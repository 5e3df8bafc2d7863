"""Symbol fonts and boxes to tick: what a glyph without a letter of its own shows."""

from __future__ import annotations

EMPTY_BOX = "\N{BALLOT BOX}"
TICKED_BOX = "\N{BALLOT BOX WITH CHECK}"
_CROSSED_BOX = "\N{BALLOT BOX WITH X}"
_TICK, _CROSS = "\N{CHECK MARK}", "\N{BALLOT X}"
_PRIVATE = 0xF000
_SHOWN = {
    "wingdings": {
        0xA8: EMPTY_BOX, 0x6F: EMPTY_BOX, 0x71: EMPTY_BOX, 0x72: EMPTY_BOX, 0xFE: TICKED_BOX, 0xFD: _CROSSED_BOX,
        0x78: _CROSSED_BOX, 0xFC: _TICK, 0xFB: _CROSS, 0xA1: "\N{WHITE CIRCLE}", 0x6D: "\N{WHITE CIRCLE}",
        0xA4: "\N{FISHEYE}", 0x6C: "\N{BLACK CIRCLE}", 0x6E: "\N{BLACK SQUARE}",
    },
    "wingdings 2": {
        0xA3: EMPTY_BOX, 0x2A: EMPTY_BOX, 0x30: EMPTY_BOX, 0x52: TICKED_BOX, 0x53: _CROSSED_BOX, 0x54: _CROSSED_BOX,
        0x50: _TICK, 0x4F: _CROSS, 0x51: _CROSS,
    },
    "webdings": {0x63: EMPTY_BOX, 0x61: _TICK, 0x72: _CROSS, 0x67: "\N{BLACK SQUARE}"},
}  # fmt: skip
_SYMBOL_FONTS = frozenset({*_SHOWN, "wingdings 3", "symbol", "marlett"})


def is_symbol_font(font: str) -> bool:
    """Whether a font shows pictures where others have letters."""
    return font.strip().lower() in _SYMBOL_FONTS


def shown(font: str, code: int) -> str:
    """Return what a symbol font shows at a code: a box, a tick, else its private-use letter."""
    code &= 0xFF
    return _SHOWN.get(font.strip().lower(), {}).get(code) or chr(_PRIVATE | code)


def untouched(text: str) -> str:
    """Return what a control of a form shows before anybody chose: its prompt, or its first entry. The brackets tell it
    from what somebody wrote."""
    return f" ⟦{' '.join(text.split())}⟧ "


def box(*, ticked: bool) -> str:
    """Return a box as text, apart from what stands beside it."""
    return f" {TICKED_BOX if ticked else EMPTY_BOX} "
