"""The small notation in which rules.yaml writes its examples: a few lines that become a piece of evidence.

A line is a block of text. `# x` is a heading, `**x**` a bold line, `|a|b|` a table's row (the first is its header),
`- x` a list item; `[label](address)` is a link and `![text](address)` a picture anywhere in a line. A line that
begins with a word of `DIRECTIVES` in brackets says where things stand; docs/rules.md has the whole list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from core.models.snapshot import Block, BlockKind, FetchOutcome, Link, ReadState, Resource, ResourceKind, Zone

HOME = "https://www.example.go.th/"
ADDRESS = "https://www.example.go.th/example"
DIRECTIVES = (
    "web", "menu", "footer", "content", "home", "page", "title", "label", "file", "form", "iframe", "unlinked", "opens",
    "dead",
)  # fmt: skip
_DIRECTIVE = re.compile(rf"\[({'|'.join(DIRECTIVES)})(?:\s+(\d+))?\](?!\()\s*(.*)")
_INLINE = re.compile(r"(?P<picture>!)?\[(?P<text>[^\[\]]*)\]\((?P<address>[^()\s]*)\)")


@dataclass(frozen=True, slots=True)
class Example:
    """An example as evidence: the resource itself, the home page that leads to it, and other addresses."""

    resource: Resource
    home: Resource
    others: tuple[Resource, ...]


@dataclass(slots=True)
class _Draft:
    title: str
    address: str = ADDRESS
    label: str = ""
    kind: ResourceKind = ResourceKind.DOCUMENT
    zone: Zone = Zone.CONTENT
    page: int = 1
    linked: bool = True
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    home: list[Link] = field(default_factory=list)
    others: dict[str, FetchOutcome] = field(default_factory=dict)
    table: int = -1
    row: int = -1


def read_example(text: str, title: str) -> Example:
    """What an example shows, for an item of this title (`[title]` stands for it)."""
    draft = _Draft(title)
    for line in text.splitlines():
        _line(draft, line.strip())
    resource = Resource(
        draft.address,
        FetchOutcome.OK,
        final_url=draft.address,
        kind=draft.kind,
        label=draft.label,
        blocks=tuple(draft.blocks),
        links=tuple(draft.links),
        read_state=ReadState.READ,
        found_via=(HOME,) if draft.linked else (),
    )
    home = Resource(HOME, FetchOutcome.OK, final_url=HOME, kind=ResourceKind.PAGE, links=tuple(draft.home))
    others = tuple(Resource(url, outcome, final_url=url) for url, outcome in draft.others.items())
    return Example(resource, home, others)


def _line(draft: _Draft, line: str) -> None:
    directive = _DIRECTIVE.match(line)
    row = line.startswith("|") and line.endswith("|") and len(line) > 1
    if not row:
        draft.row = -1
    if directive is not None:
        _directive(draft, directive[1], directive[2] or directive[3])
    elif row:
        _row(draft, line)
    elif line:
        _text(draft, line)


def _directive(draft: _Draft, name: str, rest: str) -> None:
    match name:
        case "web":
            draft.kind = ResourceKind.PAGE
        case "menu" | "footer" | "content":
            draft.kind, draft.zone = ResourceKind.PAGE, Zone(name)
            if rest:
                _text(draft, rest)
                draft.zone = Zone.CONTENT
        case "home":
            draft.home += [link for link in _links(rest, -1, Zone.CONTENT)]
        case "page":
            draft.page = int(rest) if rest.isdigit() else draft.page + 1
        case "title":
            _add(draft, BlockKind.HEADING, draft.title, level=1)
        case "label":
            draft.label = rest or draft.title
        case "file":
            draft.address = urljoin(HOME, rest)
        case "form":
            _add(draft, BlockKind.FORM, rest)
        case "iframe":
            _add(draft, BlockKind.IFRAME, "", src=urljoin(ADDRESS, rest))
        case "unlinked":
            draft.linked = False
        case _:
            outcome = FetchOutcome.OK if name == "opens" else FetchOutcome.NOT_FOUND
            draft.others[urljoin(ADDRESS, rest)] = outcome


def _row(draft: _Draft, line: str) -> None:
    if draft.row < 0:
        draft.table += 1
    draft.row += 1
    for col, cell in enumerate(line[1:-1].split("|")):
        start = len(draft.blocks)
        _text(draft, cell.strip(), BlockKind.CELL)
        for index in range(start, len(draft.blocks)):
            draft.blocks[index] = replace(
                draft.blocks[index], table=draft.table, row=draft.row, col=col, header=draft.row == 0
            )


def _text(draft: _Draft, line: str, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
    level, bold = 0, False
    if kind is BlockKind.PARAGRAPH and line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        kind, line = BlockKind.HEADING, line.lstrip("# ")
    elif kind is BlockKind.PARAGRAPH and line.startswith("- "):
        kind, line = BlockKind.LIST_ITEM, line[2:]
    if line.startswith("**") and line.endswith("**") and len(line) > 4:
        bold, line = True, line[2:-2]
    for picture in (m for m in _INLINE.finditer(line) if m["picture"]):
        _add(draft, BlockKind.IMAGE, picture["text"], src=urljoin(ADDRESS, picture["address"]))
    plain = _INLINE.sub(lambda m: "" if m["picture"] else m["text"], line).strip()
    if plain or (kind is BlockKind.CELL and not _INLINE.search(line)):
        draft.links += _links(line, len(draft.blocks), draft.zone)
        _add(draft, kind, plain, level=level, bold=bold)


def _links(line: str, block: int, zone: Zone) -> list[Link]:
    plain = _INLINE.sub(lambda m: m["text"], line).strip()
    return [
        Link(urljoin(ADDRESS, m["address"]), m["text"], plain, block=block, zone=zone)
        for m in _INLINE.finditer(line)
        if not m["picture"] and m["address"] and not m["address"].startswith("#")
    ]


def _add(draft: _Draft, kind: BlockKind, text: str, *, level: int = 0, bold: bool = False, src: str = "") -> None:
    draft.blocks.append(
        Block(kind, text, level=level, bold=bold, page=draft.page, line=len(draft.blocks) + 1, zone=draft.zone, src=src)
    )
