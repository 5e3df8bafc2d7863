"""Whether scripts can, or surely do, show a citizen more of a page than its markup holds.

Whether they do is seen in the browser (crawler/rendering/second_look.py): on the home page, on pages that list
disclosures, and on pages of the disclosure part that say next to nothing. What is told here of any page is only that
its markup itself waits for them: an application's empty shell, a list that says "loading", a table or list without
rows that a script with an address to load from writes into, a request to switch JavaScript on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from bs4.element import Tag

from core.models.snapshot import Block, Link, ReadNote
from documents.html.tree import PageTree

_LITTLE_TEXT = 120
"""Characters; a page with less content and an application's shell only exists after its scripts ran."""
_SHELLS = re.compile(r"^(?:root|app|__next|__nuxt|q-app|___gatsby|svelte|main-app|app-root)$", re.I)
_SHELL_MARKS = re.compile(
    r"ng-app\b|data-reactroot|<app-root\b|id\s*=\s*[\"']?(?:root|app|__next|__nuxt|q-app|___gatsby|svelte|main-app|app-root)\b",
    re.I,
)
_ASKS = re.compile(r"java\s?script|จาวาสคริปต์", re.I)
_WAITING = re.compile(
    r"[\s.…]*(?:กำลัง(?:โหลด|ดาวน์โหลด|ดึง|ประมวลผล)[^.…]{0,30}"
    r"|(?:โปรด|กรุณา)รอ(?:สักครู่)?|loading(?: data)?|please wait)[\s.…]*",
    re.I,
)
_CURTAIN = re.compile(r"pre-?load|loader|loading|spinner|splash|overlay", re.I)
_LOADS = re.compile(
    r"\bfetch\s*\(|\.ajax\s*\(|\$\.(?:get|post|getJSON)\s*\(|XMLHttpRequest|axios\b|DataTable\s*\(|google\.script\.run"
    r"|import\s*\(|d3\.(?:csv|json)\s*\(|Papa\.parse\s*\("
)
_FILLS = re.compile(
    r"""(?:getElementById\s*\(\s*|querySelector\s*\(\s*|\$\(\s*|jQuery\(\s*)["'`]#?([\w-]{1,80})(?:\s+t?body)?["'`]"""
)
_FEW_LINKS = 3
_HOLLOW = frozenset({"div", "ul", "ol", "tbody", "table", "section", "main", "nav", "article", "dl"})
_SCRIPT_LIMIT = 400_000
_OWN_ELEMENTS = 20
_CURTAIN_DEPTH = 3
_OWN_NAME = re.compile(r"^[a-z]+-[a-z-]*(?:menu|manu|nav|header|list|table|content)$")
_OWN_TAG = re.compile(r"<[a-z]+-[a-z-]*(?:menu|manu|nav|header|list|table|content)[\s>]", re.I)


def needs_scripts(
    tree: PageTree, text: str, links: Sequence[Link], content: Sequence[Block], *, ran: bool = False
) -> ReadNote:
    """`script-only` for a page that is nothing without its scripts, `script-filled` for one whose list or menu they
    write, empty for all others. `ran` for a page whose scripts ran already: then only what still waits counts."""
    letters = sum(len(b.text) for b in content)
    if ran:
        if not letters:
            return ReadNote.SCRIPT_ONLY
        return (
            ReadNote.SCRIPT_FILLED
            if _waits(tree, content) or _empty_shell(tree, text) or _own_elements(tree, text)
            else ReadNote.NONE
        )
    running = [script for script in tree.tags_named("script") if _runs(script)]
    if not running:
        return ReadNote.NONE
    asks = any(_ASKS.search(each.get_text(" ")) for each in tree.tags_named("noscript"))
    if letters < _LITTLE_TEXT and (_SHELL_MARKS.search(text) or (asks and len(links) < _FEW_LINKS)):
        return ReadNote.SCRIPT_ONLY
    if _waits(tree, content) or _empty_shell(tree, text) or _own_elements(tree, text):
        return ReadNote.SCRIPT_FILLED
    inline = "\n".join(s.get_text() for s in running)[:_SCRIPT_LIMIT]
    if asks and len(links) < _FEW_LINKS:
        return ReadNote.SCRIPT_FILLED
    return ReadNote.SCRIPT_FILLED if _LOADS.search(inline) and _hollow(tree, inline) else ReadNote.NONE


def may_write(tree: PageTree, links: Iterable[Link], own: str) -> bool:
    """Whether scripts could change what a page shows. A page without any that runs, and without handlers that lead
    to no address, is what its markup says."""
    if any(link.url == own and link.via in ("script", "form-post") for link in links):
        return True
    if any(
        _runs(script) and (script.get("src") or script.get_text(strip=True)) for script in tree.tags_named("script")
    ):
        return True
    body = tree.first("body")
    return body is not None and bool(body.get("onload"))


def asks_for_more(tag: Tag) -> bool:
    """Whether an element's own handler asks for something: what it names on the page is where that is written, and no
    pane that is shown or hidden."""
    return any(name.startswith("on") and _LOADS.search(str(value)[:1000]) for name, value in tag.attrs.items())


def is_waiting(text: str) -> bool:
    """Whether a text says that something is still being loaded, and nothing else."""
    return _WAITING.fullmatch(text.strip()) is not None


def _runs(script: Tag) -> bool:
    kind = str(script.get("type") or "").lower()
    return not kind or "javascript" in kind or kind in ("module", "text/babel")


def _waits(tree: PageTree, content: Sequence[Block]) -> bool:
    """A place in the content that says "loading". The curtain before the whole page that many static sites have does
    not count."""
    wanted = {b.text.strip() for b in content if is_waiting(b.text)}
    for node in tree.root.find_all(string=lambda s: s is not None and s.strip() in wanted) if wanted else ():
        above = [p for p in node.parents if p.name not in ("body", "html", "[document]")]
        marks = " ".join(f"{p.get('id') or ''} {' '.join(p.get('class') or [])}" for p in above)
        if len(above) > _CURTAIN_DEPTH or not _CURTAIN.search(marks):
            return True
    return False


def _empty_shell(tree: PageTree, text: str) -> bool:
    if not _SHELL_MARKS.search(text):
        return False
    shells = (tag for tag in tree.elements if _SHELLS.search(str(tag.get("id") or "")))
    return any(not tag.get_text(strip=True) for tag in islice(shells, 5))


def _own_elements(tree: PageTree, text: str) -> bool:
    """An element of the site's own making, without content: its menu or footer comes with a script."""
    if not _OWN_TAG.search(text):
        return False
    found = (tag for tag in tree.elements if _OWN_NAME.search(tag.name))
    return any(not tag.get_text(strip=True) and not tag.find(True) for tag in islice(found, _OWN_ELEMENTS))


def _hollow(tree: PageTree, inline: str) -> bool:
    """Whether a script that loads data also writes into a list or table that is empty until then."""
    for name in dict.fromkeys(_FILLS.findall(inline)):
        tag = tree.by_id.get(name)
        if tag is not None and tag.name in _HOLLOW and _bare(tag) and _lists(inline):
            return True
    return False


def _bare(tag: Tag) -> bool:
    if tag.name == "table":
        return not any(r.find("td") for r in tag.find_all("tr"))
    return not tag.get_text(strip=True) and not tag.find(["a", "img", "input", "iframe", "video"])


def _lists(inline: str) -> bool:
    """Clocks and counters are written too; what makes rows or links is a list."""
    return bool(re.search(r"<tr|<li|<a\s|href|createElement\(\s*[\"'](?:a|li|tr|div)[\"']|DataTable", inline))
