"""What a page turned out to be: content, login, challenge, "not found" served with 200, one that needs scripts."""

from __future__ import annotations

import re

from core.models.snapshot import Block, BlockKind, ReadNote
from documents.html.page import PageDraft
from documents.html.script_detection import needs_scripts
from documents.html.tree import PageTree

_LOGIN = re.compile(r"เข้าสู่ระบบ|ลงชื่อเข้า|log\s?in|sign\s?in", re.I)
_NOTHING = re.compile(
    r"(?<![\d.,/])404(?![\d/]|[.,]\d)|not\s+found|ไม่พบหน้า|ไม่พบข้อมูล|ไม่พบไฟล์|ยังไม่มีไฟล์"
    r"|page you (?:are looking for|requested)|ขออภัย",
    re.I,
)
_CHALLENGE = re.compile(
    r"cf-challenge|cf_chl_|challenge-platform|just a moment\.\.\.|checking your browser|g-recaptcha|h-captcha"
    r"|turnstile|attention required! \| cloudflare|ddos protection by|_incapsula_|sucuri website firewall",
    re.I,
)


def page_note(tree: PageTree, text: str, title: str, page: PageDraft, content: list[Block]) -> ReadNote:
    """Tell what a page is from its draft, whose blocks of the zone `content` are given."""
    letters = sum(len(b.text) for b in content)
    if _CHALLENGE.search(text[:8192]) and letters < 1500:
        return ReadNote.CHALLENGE_PAGE
    if letters < 600 and _asks_password(tree) and _LOGIN.search(text):
        return ReadNote.LOGIN_PAGE
    scripts = needs_scripts(tree, text, page.links, content, ran=page.ran)
    if scripts is ReadNote.SCRIPT_ONLY:
        return scripts
    heads = " ".join([title, *(b.text for b in content if b.kind is BlockKind.HEADING)][:4])
    # A frame without a name is called by the address of what it shows.
    said = heads or " ".join(b.text for b in content if b.text != b.src)[:200]
    if letters < 600 and _NOTHING.search(said):
        return ReadNote.NOT_FOUND_PAGE
    if scripts:
        return scripts
    return ReadNote.EMPTY if not letters and not any(b.kind is BlockKind.IMAGE for b in content) else ReadNote.NONE


def _asks_password(tree: PageTree) -> bool:
    return any(each.get("type") == "password" for each in tree.tags_named("input"))
