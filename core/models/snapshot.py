"""What one crawl saw of one agency's site: resources with their blocks and links.

All values are frozen. `fetched` is UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.models.agency import Agency


class Outcome(StrEnum):
    """How the fetch of one address ended. Every value but OK is a cause, told in Thai in reports."""

    OK = "ok"
    """A body was received and it is the thing asked for."""
    DNS = "dns"
    """No such host."""
    REFUSED = "refused"
    """The connection was refused."""
    RESET = "reset"
    """The connection broke while it was in use."""
    TIMEOUT = "timeout"
    """No answer within the time allowed."""
    TLS = "tls"
    """The certificate or the protocol could not be agreed on, even without verification."""
    FORBIDDEN = "forbidden"
    """401 or 403."""
    LOGIN = "login"
    """Answered with a page that asks to log in."""
    NOT_FOUND = "not_found"
    """404 or 410."""
    SOFT_404 = "soft_404"
    """Answered 200 with a page that says there is nothing."""
    RATE_LIMITED = "rate_limited"
    """429, or 503 with Retry-After."""
    SERVER_ERROR = "server_error"
    """Any other 5xx."""
    CHALLENGE = "challenge"
    """A page that tells robots from people."""
    ROBOTS = "robots"
    """robots.txt forbids it."""
    TOO_LARGE = "too_large"
    """Larger than the budget for one body."""
    BUDGET = "budget"
    """Not fetched: a budget of the agency was used up."""
    REDIRECT_LOOP = "redirect_loop"
    """Too many redirects."""
    OFF_SITE = "off_site"
    """Outside the agency's hosts; recorded, not fetched."""
    UNSAFE_ADDRESS = "unsafe_address"
    """Leads to a loopback, private or otherwise reserved address."""
    SCRIPT_ONLY = "script_only"
    """The page only exists after scripts ran and no browser was there."""
    OTHER = "other"
    """Anything else; `detail` says what."""


class ResourceKind(StrEnum):
    """What a body is, decided by its content."""

    PAGE = "page"
    DOCUMENT = "document"
    IMAGE = "image"
    OTHER = "other"


class ReadState(StrEnum):
    """How far the content of a fetched body could be read."""

    READ = "read"
    """Blocks hold all of its text."""
    PARTIAL = "partial"
    """Some pages could not be read (`read_note` says why): absence of a phrase proves nothing."""
    UNREAD = "unread"
    """Nothing could be read; `read_note` says why."""
    NONE = "none"
    """Nothing was fetched, so there was nothing to read."""


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CELL = "cell"
    IMAGE = "image"
    """`text` is the alt text; may be empty."""
    FORM = "form"
    """`text` holds the labels and button texts of the form."""
    IFRAME = "iframe"
    """`text` is the title or the address of what is framed."""


class Zone(StrEnum):
    """Where on a web page a block or link stands."""

    CONTENT = "content"
    MENU = "menu"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table cell ... of a resource, in reading order.

    `page` counts from 1 (documents only). `table`, `row`, `col` count from 0 within the resource
    (a table that goes on over a page break keeps its number); `header` marks header cells.
    `span_rows`/`span_cols` are those of merged cells. `bbox` is left, top, right, bottom as
    fractions of the page (0-1, top-left origin). `confidence` (0-1) is set for recognised text only.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    span_rows: int = 1
    span_cols: int = 1
    header: bool = False
    bold: bool = False
    zone: Zone = Zone.CONTENT
    ocr: bool = False
    confidence: float | None = None
    sheet: str = ""
    src: str = ""
    """Absolute address of the image, frame or form action."""
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a page. `url` is absolute, canonical and without fragment.

    `label` is the link's own text (or its image's alt, title or aria-label); `context` the text of
    the row, list item or paragraph around it, at most 300 characters; `block` the index in
    `Resource.blocks` of the block that it stands in, -1 if in none. `via` is the element it came from:
    a, area, iframe, frame, form, meta, script, embed, sitemap.
    """

    url: str
    label: str
    context: str = ""
    fragment: str = ""
    block: int = -1
    zone: Zone = Zone.CONTENT
    via: str = "a"


_PASSING = frozenset({"ocr-queued", "needs-tool", "script-only", "script-filled"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of one body. `note` is a code, empty when all is well:
    no-text-layer, poor-text, encrypted, broken, crashed, timeout, too-many-pages, too-large,
    unsupported-kind, image-without-text, script-only, script-filled, off-site, login-page, not-found-page,
    challenge-page, empty, ocr-queued, needs-tool."""

    kind: ResourceKind
    state: ReadState
    content_type: str = ""
    title: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    note: str = ""
    page_count: int | None = None
    encoding: str = ""
    unread_pages: tuple[int, ...] = ()
    recognised: int = 0
    """Pages that this reading had to recognise anew; counted against the night's budget, not kept."""

    @property
    def final(self) -> bool:
        """Whether the same body would give the same again: not while pages are queued, a program is missing or its
        scripts have not run."""
        return self.note not in _PASSING


@dataclass(frozen=True, slots=True)
class Resource:
    """One address of a site as one crawl saw it, fetched or not.

    `found_via` are the addresses from the home page to the page that links here (the resource itself
    is not in it); `label` and `context` are those of the link that led here. `fetched` is UTC.
    """

    url: str
    outcome: Outcome
    final_url: str = ""
    kind: ResourceKind = ResourceKind.OTHER
    content_type: str = ""
    http_status: int | None = None
    detail: str = ""
    fetched: datetime | None = None
    sha256: str = ""
    size: int = 0
    etag: str = ""
    last_modified: str = ""
    found_via: tuple[str, ...] = ()
    label: str = ""
    context: str = ""
    depth: int = 0
    title: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    read_state: ReadState = ReadState.NONE
    read_note: str = ""
    page_count: int | None = None
    tls_problem: str = ""
    """Set when the body was read although the certificate is broken: expired, self-signed, ..."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One agency's site as one crawl saw it.

    `complete` is true only if the home page was read and no budget, failure or interruption kept
    pages of the site unread: only then may an item be called missing. `stopped_by` is empty or one of
    pages, documents, bytes, depth, time, interrupted, home, errors, scripts.
    """

    agency: Agency
    started: datetime
    finished: datetime | None
    complete: bool
    stopped_by: str
    resources: tuple[Resource, ...]
    hosts: frozenset[str] = frozenset()
    """host or host:port names that belong to the site."""
    stale: bool = False
    """Tonight's crawl failed; this is an earlier night's snapshot."""
