"""A paper as the inside of a web page, and the frame of an agency's site around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sample.paper import Anchor, Block, Bullets, Form, Frame, Heading, Paper, Picture, Table, Text


@dataclass(frozen=True, slots=True)
class Style:
    """How one site writes its pages. `charset` is declared if not empty; `codec` is what the bytes are in;
    `semantic` uses main/nav/footer, else divs."""

    site: str
    charset: str = "utf-8"
    codec: str = "utf-8"
    semantic: bool = True
    menu: tuple[tuple[str, str], ...] = ()
    footer: str = ""


def body(blocks: Sequence[Block], root: str = "") -> str:
    """The blocks as HTML. `root` leads from the page to the site's top, e.g. `../`."""
    return "\n".join(_block(block, root) for block in blocks)


def _block(block: Block, root: str) -> str:
    match block:
        case Heading(text, level, bold_only):
            return f"<p><b>{escape(text)}</b></p>" if bold_only else f"<h{level}>{escape(text)}</h{level}>"
        case Text(text):
            return f"<p>{escape(text)}</p>"
        case Bullets(items):
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case Table(head, rows):
            lines = ["<table border='1'>", "<tr>" + "".join(f"<th>{escape(c)}</th>" for c in head) + "</tr>"]
            lines += ["<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows]
            return "\n".join([*lines, "</table>"])
        case Picture(name, alt):
            return f'<p><img src="{root}pictures/{escape(name)}" alt="{escape(alt)}"></p>'
        case Anchor(label, href):
            target = href if "://" in href else root + href
            return f'<p><a href="{escape(target)}">{escape(label)}</a></p>'
        case Frame(src, title):
            return f'<iframe src="{escape(src)}" title="{escape(title)}" width="600" height="400"></iframe>'
        case Form(title, fields, button, action):
            inner = "".join(
                f'<p><label for="f{i}">{escape(name)}</label> <input id="f{i}" name="f{i}"></p>'
                for i, name in enumerate(fields)
            )
            return (
                f'<h3>{escape(title)}</h3><form method="post" action="{root}{escape(action)}">{inner}'
                f'<p><button type="submit">{escape(button)}</button></p></form>'
            )


def page(style: Style, title: str, inner: str, root: str = "", *, bare: bool = False) -> bytes:
    """A whole page of the site as bytes in the site's encoding. `bare` leaves out menu and footer."""
    meta = f'<meta charset="{style.charset}">' if style.charset else ""
    nav = " | ".join(f'<a href="{root}{escape(href)}">{escape(label)}</a>' for label, href in style.menu)
    if bare:
        content = inner
    elif style.semantic:
        content = (
            f"<header><p>{escape(style.site)}</p><nav>{nav}</nav></header>\n<main>\n<h1>{escape(title)}</h1>\n{inner}\n</main>\n"
            f"<footer><p>{escape(style.footer)}</p></footer>"
        )
    else:
        content = (
            f'<div id="header"><b>{escape(style.site)}</b></div><div id="menu" class="menu">{nav}</div>\n'
            f'<div id="content"><h1>{escape(title)}</h1>\n{inner}\n</div>\n<div id="footer" class="footer">{escape(style.footer)}</div>'
        )
    head = f"<head>{meta}<title>{escape(title)} | {escape(style.site)}</title></head>"
    text = f'<!DOCTYPE html>\n<html lang="th">\n{head}\n<body>\n{content}\n</body>\n</html>\n'
    return text.encode(style.codec, "xmlcharrefreplace")


def paper_page(style: Style, paper: Paper, root: str = "", extra: str = "") -> bytes:
    """A paper as a page of the site; `extra` is HTML after it."""
    return page(style, paper.title, body(paper.blocks, root) + extra, root)
