"""A page while it is read: its blocks, its links, and how one element becomes a link."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile
from urllib.parse import unquote, urlsplit

from bs4.element import Tag

from core.models.snapshot import ASKS, TOO_LONG, Block, BlockKind, Link, Zone
from core.urls import is_document, is_image
from documents.html.embeds import frame_targets, in_scripts, in_settings, is_hollow, loaded_addresses
from documents.html.fields import SKIPPED, is_box, text_of
from documents.html.forms import LEADS, OPENED, STATE, STATE_FRAGMENT, form_choices, needs_click
from documents.html.hidden import Visibility
from documents.html.links import (
    choices,
    documents_shown_at,
    is_long,
    is_lost,
    resolve,
    script_targets,
    targets,
    unfollowed,
)
from documents.html.panes import Panes
from documents.html.script_detection import asks_for_more
from documents.html.tree import PageTree, has_named, walk

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "img",
        "button",
    ]
)
_DRAWN = ("svg",)
"""What holds no markup of a page."""
_NO_BLOCKS = (INLINE | SKIPPED | {"br"}) - {"object"}
CONTEXT = 300
_LONGEST_REFRESH = 2000
_REFRESH = re.compile(
    r"""\s*+(?:\d++(?:\.\d*+)?+\s*+[;,]|\d++(?:\.\d*+)?+\s++|(?=url))\s*+(?:url\s*+=\s*+)?+['"]?+([^'"]++)""", re.I
)
"""Seconds and an address, as browsers read them: with a comma, without `url=`."""
_SCRIPTS = 60
_SHOWN = 3
"""Documents in scripts up to which a page is taken for their viewer; more are a list that a script writes."""
_LITTLE_TEXT = 400
"""Characters of a page's own text below which its pictures may be what it is there for."""
_MOST_PICTURES = 60
_STYLE = 2000
_TYPED = re.compile(r"(?:https?|s?ftp|file)://[^\s<>\"'\u0e01-\u0e5b]{4,500}")
_MOST_TYPED = 20
_IN_LABEL = 150
"""Letters of an address by which it is found in a label, which may be cut off behind them."""
_CLOSING = ".,;:!?)]}"
_PAINTED = re.compile(r"""background(?:-image)?\s{0,9}:[^;]{0,200}?url\(\s{0,9}['"]?([^'")]{1,500})""", re.I)
_SMALL = 200
"""Pixels; a page of a document is drawn larger."""
_CUT = ("...", "…", "..")
_FILLED = "iframe"
"""How a place of the page shows what a script puts there."""
_SPLASH_TEXT = 600
"""Characters; a page with less may be an entrance that its script sends visitors on from."""


@dataclass(slots=True)
class PageDraft:
    """The blocks and links of one page under way."""

    base: str
    limit: int
    own: str
    """The page's own address."""
    panes: Panes
    visibility: Visibility
    encoding: str = "utf-8"
    ran: bool = False
    """Whether its scripts ran: what the browser clicked is marked then."""
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    """Blocks of pictures that are neither small nor lead somewhere."""
    tables: int = 0
    has_lost_links: bool = False
    """Whether an address of the site was too long to be kept: what is behind it nobody reads."""

    def resolve(self, target: str) -> str | None:
        """The absolute address of a target of this page."""
        url = resolve(self.base, target, self.encoding)
        self.has_lost_links = self.has_lost_links or (url is None and is_lost(self.base, target))
        return url

    def address_of(self, target: str) -> str | None:
        """The absolute address of a target that may be one that no crawl can follow: a person is told of it."""
        if url := self.resolve(target):
            return url
        # In a browser a script has made what such an address shows.
        is_made = self.ran and target.strip()[:5].lower() == "blob:"
        return None if is_made else unfollowed(self.base, target) or None

    def add_link(self, tag: Tag, block: int, zone: Zone, context: str) -> None:
        """Add where an element leads to, if anywhere."""
        found = self._targets(tag)
        if not found:
            return
        label = _label(tag)
        context = context[:CONTEXT].replace("\n", " ")
        for url, target, via in found:
            fragment = target.partition("#")[2]
            if via != _FILLED:
                self.links.append(Link(url, label[:CONTEXT], context, unquote(fragment)[:100], block, zone, via))
                continue
            if block < 0:
                self.blocks.append(Block(BlockKind.IFRAME, url, zone=zone, src=url))
            self.links.append(Link(url, "", block=block if block >= 0 else len(self.blocks) - 1, zone=zone, via=via))

    def add_typed(self, text: str, block: int, zone: Zone) -> None:
        """Add the addresses that are written in a text and are no links: a reader copies them. Those in the label of a
        link that leads elsewhere only call it."""
        # Those of the block itself, which were added just before.
        own = list(takewhile(lambda link: link.block == block, reversed(self.links)))
        known = {link.url for link in own}
        labels = [link.label for link in own if link.url.startswith("http") and link.url != self.own]
        for found in islice(_TYPED.finditer(text), _MOST_TYPED):
            url = self.address_of(found.group().rstrip(_CLOSING))
            is_label = any(found.group()[:_IN_LABEL] in label for label in labels)
            if url is not None and url not in known and not is_label:
                known.add(url)
                context = _TYPED.sub(" ", text[: 2 * CONTEXT].replace("\n", " "))
                self.links.append(Link(url, "", " ".join(context.split())[:CONTEXT], block=block, zone=zone))

    def _targets(self, tag: Tag) -> list[tuple[str, str, str]]:
        """Address, the address as it is written, and how."""
        panes = () if asks_for_more(tag) else self.panes.targets_of(tag)
        found = [(self.own, f"#{name}", "pane") for name in panes]
        for target, via in targets(tag):
            if panes and target.startswith("#"):
                continue
            if (url := self.address_of(target)) is not None:
                found.append((url, target, via))
                found += [(shown, "", "embed") for shown in documents_shown_at(self.base, target)]
            elif is_long(self.base, target):
                found.append((self.own, "", TOO_LONG))
        for target in in_settings(tag):
            if (url := self.resolve(target)) is not None:
                found.append((url, "", "embed"))
        if self.ran and tag.has_attr(LEADS) and (url := resolve(self.base, str(tag[LEADS]))) is not None:
            found.append((url, "", "script"))
        if self.ran and tag.has_attr(STATE):
            found.append((self.own, f"#{STATE_FRAGMENT}{tag[STATE]}", "script"))
        if not any(url != self.own for url, _, _ in found):
            found += self._loaded(tag)
        if not found and (via := needs_click(tag, ran=self.ran)):
            found.append((self.own, "", via))
        return found

    def _loaded(self, tag: Tag) -> list[tuple[str, str, str]]:
        """What an element loads from the own site: a place that is still to be filled is a frame. Nothing for what was
        clicked in the browser; what a POST gives has no address."""
        if self.ran and tag.has_attr(OPENED):
            return []
        via = _FILLED if is_hollow(tag) else "script"
        found: list[tuple[str, str, str]] = []
        for target, sends in loaded_addresses(tag):
            url = self.resolve(target)
            parts, own = urlsplit(url or ""), urlsplit(self.own)
            if url and parts.netloc == own.netloc and url != self.own and (parts.query or parts.path != "/"):
                found.append((self.own, "", "form-post") if sends else (url, target, via))
        return found

    def add_frame(self, tag: Tag, zone: Zone) -> None:
        """Add what a frame shows: the page in it, and the document that this page is known to show."""
        written = frame_targets(tag)
        title = squeeze(str(tag.get("title") or ""))
        found: dict[str, str] = {}
        for target in written:
            url = self.address_of(target)
            if url is None and is_long(self.base, target):
                self.links.append(Link(self.own, title, block=len(self.blocks) - 1, zone=zone, via=TOO_LONG))
            for one in ([url] if url else []) + documents_shown_at(self.base, target, framed=True):
                found.setdefault(one, tag.name)
        for url, via in found.items():
            self.blocks.append(Block(BlockKind.IFRAME, title or url, zone=zone, src=url))
            self.links.append(Link(url, title, block=len(self.blocks) - 1, zone=zone, via=via))

    def add_choices(self, form: Tag, zone: Zone, context: str) -> None:
        """Add what the lists of a form lead to."""
        for choice in form_choices(form):
            url = self.address_of(choice.target) if choice.target else self.own
            if url is not None:
                self.links.append(Link(url, choice.label[:CONTEXT], context[:CONTEXT], zone=zone, via=choice.via))

    def add_search(self, form: Tag, fields: str, zone: Zone) -> None:
        """Add a form that looks for what is written into its `fields`, if it has some. In the row of something else it
        belongs to that row."""
        if not fields:
            return
        said = squeeze(form.get_text(" ")).replace("\n", " ")
        hints = (
            str(field.get("placeholder") or field.get("value") or "") for field in form.find_all("input", limit=20)
        )
        label = " ".join((said, *(hint for hint in hints if hint)))
        above = self.blocks[-1].text if self.blocks else ""
        row = form.find_parent(["li", "tr", "dd"])
        in_row = row is not None and len(squeeze(row.get_text(" "))) > len(squeeze(form.get_text(" ")))
        at = len(self.blocks) - 1 if in_row else -1
        self.links.append(Link(self.own, label[:CONTEXT], above[:CONTEXT], fields, block=at, zone=zone, via=ASKS))

    def add_select(self, select: Tag, zone: Zone, block: int) -> None:
        """Add what a list of addresses leads to, as of a block."""
        for target, label in choices(select):
            url = self.address_of(target)
            if url is not None or is_long(self.base, target):
                via = "script" if url is not None else TOO_LONG
                self.links.append(Link(url or self.own, label[:CONTEXT], block=block, zone=zone, via=via))

    def add_shown_by_scripts(self, tree: PageTree) -> None:
        """Add what tables without rows load, and the documents that inline scripts name. Few of these on a page that
        links to no document are what a viewer on it shows."""
        self._add_loaded_rows(tree)
        known = {link.url for link in self.links}
        alone = not any(is_document(url) for url in known)
        inline = (tag for tag in tree.tags_named("script") if not tag.has_attr("src"))
        scripts = (tag.get_text() for tag in islice(inline, _SCRIPTS))
        found = [url for target in in_scripts(scripts) if (url := self.resolve(target)) and url not in known]
        for url in found:
            if alone and len(found) <= _SHOWN:
                self.blocks.append(Block(BlockKind.IFRAME, url, src=url))
                self.links.append(Link(url, "", block=len(self.blocks) - 1, via="embed"))
            else:
                self.links.append(Link(url, "", via="script"))

    def _add_loaded_rows(self, tree: PageTree) -> None:
        """Add where tables without rows load them from."""
        for tag in (*tree.tags_named("table"), *tree.tags_named("tbody")):
            if not has_named(tag, ("td",)):
                self.links += [Link(url, "", via=via) for url, _, via in self._loaded(tag)]

    def add_pictures(self) -> None:
        """Add the pictures of a page that says next to nothing itself: they may be what it is there for."""
        content = [b for b in self.blocks if b.zone is Zone.CONTENT]
        if sum(len(b.text) for b in content if b.kind is not BlockKind.IMAGE) >= _LITTLE_TEXT:
            return
        known = {link.url for link in self.links}
        for at in self.pictures[:_MOST_PICTURES]:
            src = self.blocks[at].src
            if src and src not in known:
                known.add(src)
                self.links.append(Link(src, self.blocks[at].text[:CONTEXT], block=at, via="img"))

    def add_head_links(self, tree: PageTree) -> None:
        """Add what the page as a whole leads to: its name for itself, redirects by script or meta, frames of a set."""
        for tag in [each for each in tree.tags_named("link") if "canonical" in (each.get("rel") or ())][:1]:
            self._add_unlabelled(str(tag.get("href") or ""), "canonical")
        if sum(len(b.text) for b in self.blocks) < _SPLASH_TEXT:
            scripts = [str(tag.string or "") for tag in islice(tree.tags_named("script"), 20)]
            scripts += [str(tag.get("onload") or tag.get("onclick") or "") for tag in tree.tags_named("body")]
            for target in script_targets("\n".join(scripts)[:200_000]):
                self._add_unlabelled(target, "script")
        for meta in tree.tags_named("meta"):
            is_refresh = str(meta.get("http-equiv") or "").lower() == "refresh"
            if is_refresh and (target := refresh_target(str(meta.get("content") or ""))):
                self._add_unlabelled(target, "meta")
        known = {link.url for link in self.links}
        for frame in tree.tags_named("frame"):
            url = self.resolve(str(frame.get("src") or ""))
            if url and url not in known:
                known.add(url)
                self.links.append(Link(url, str(frame.get("name") or ""), via="frame"))

    def _add_unlabelled(self, target: str, via: str) -> None:
        if url := self.address_of(target):
            self.links.append(Link(url, "", via=via))
        elif is_long(self.base, target):
            self.links.append(Link(self.own, "", via=TOO_LONG))


def refresh_target(content: str) -> str:
    """The address, as it is written, to which a refresh in a page's head, or in its server's answer, sends the visitor;
    empty for one that only loads the page again."""
    match = _REFRESH.match(content[:_LONGEST_REFRESH])
    return match.group(1).strip() if match else ""


def picture_source(image: Tag) -> str:
    """The address, as it is written, of a picture: of one that is loaded late, not that of its stand-in."""
    for name in ("data-src", "data-lazy-src", "data-original", "data-lazy", "src"):
        value = str(image.get(name) or "").strip()
        if value and not value.startswith(("data:", "blob:", "about:")):
            return value
    return str(image.get("data-srcset") or image.get("srcset") or "").strip().split(" ")[0]


def painted_picture(tag: Tag) -> str:
    """The address, as it is written, of a picture that an element without words is painted with, now or when a script
    comes to it; empty if there is none."""
    style = str(tag.get("style") or "")[:_STYLE]
    found = _PAINTED.search(style) if "url" in style else None
    late = (v.strip() for k, v in tag.attrs.items() if k.startswith("data-") and isinstance(v, str) and "." in v)
    written = found[1].strip() if found is not None else next((value for value in late if is_image(value)), "")
    return written if is_image(written) and not any(True for _ in tag.stripped_strings) else ""


def is_small(image: Tag) -> bool:
    """Whether a picture is drawn too small to be read."""
    sizes = [re.match(r"\s*(\d{1,5})(?:px)?\s*$", str(image.get(name) or "")) for name in ("width", "height")]
    return any(size is not None and int(size.group(1)) < _SMALL for size in sizes)


def _label(tag: Tag) -> str:
    label = squeeze(tag.get_text(" ") if holds_blocks(tag) else text_of(tag)).replace("\n", " ")
    if label:
        return _whole(label, tag) if label.endswith(_CUT) else label
    image = next((each for each in walk(tag) if each.name == "img"), None)
    names = [tag.get("aria-label"), tag.get("alt"), tag.get("title")]
    if tag.name == "input":
        names.append(tag.get("value"))
    if image is not None:
        names += [image.get("alt"), image.get("title")]
    return next((squeeze(str(n)) for n in names if n and str(n).strip()), "")


def _whole(label: str, tag: Tag) -> str:
    """A label that was cut off, as its title has it in full."""
    begun = label.rstrip(".…").rstrip()
    given = (squeeze(str(tag.get(name) or "")).replace("\n", " ") for name in ("title", "aria-label"))
    return next((text for text in given if begun and text.startswith(begun) and len(text) > len(begun)), label)


def holds_blocks(tag: Tag) -> bool:
    """Whether an element holds more than running text."""
    return any(each.name not in _NO_BLOCKS and not is_box(each) for each in walk(tag, closed=_DRAWN))


def is_inline(tag: Tag) -> bool:
    """Whether an element stands in running text: a box to tick belongs to the words beside it."""
    return tag.name in INLINE or is_box(tag)


def squeeze(text: str) -> str:
    """A text with single spaces, its lines kept."""
    lines = (" ".join(line.split()) for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line) if "\n" in text.strip() else " ".join(text.split())
