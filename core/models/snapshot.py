"""What one crawl saw of one agency's site: resources with their blocks and links.

All values are frozen. `fetched` is UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.models.agency import Agency


class FetchOutcome(StrEnum):
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
    NOT_FOLLOWED = "not_followed"
    """A link that a person could follow and the crawl did not: it needs a click, a form or a script, or a filter
    dropped it. `detail` says which."""
    MACHINE = "machine"
    """A fault of this machine (no descriptors, no memory, disk full), never of the site."""
    BAD_ADDRESS = "bad_address"
    """A link or redirect leads to what no visitor's browser opens: FTP, a disk, a port or host that cannot be."""
    OTHER = "other"
    """Anything else; `detail` says what."""

    @property
    def is_transient(self) -> bool:
        """Whether the cause may heal within the night: such addresses are requested once more at its end."""
        return self in _TRANSIENT

    @property
    def leaves_unread(self) -> bool:
        """Whether something that the public may see was not read. True for whatever is not known to be read: a new
        cause leaves its page unread until somebody proves otherwise."""
        return self not in _LEAVES_NOTHING


_TRANSIENT = frozenset(
    {
        FetchOutcome.TIMEOUT,
        FetchOutcome.RESET,
        FetchOutcome.REFUSED,
        FetchOutcome.SERVER_ERROR,
        FetchOutcome.RATE_LIMITED,
        FetchOutcome.MACHINE,
        FetchOutcome.OTHER,
    }
)
_LEAVES_NOTHING = frozenset(
    {
        FetchOutcome.OK,
        FetchOutcome.NOT_FOUND,
        FetchOutcome.SOFT_404,
        FetchOutcome.OFF_SITE,
        FetchOutcome.UNSAFE_ADDRESS,
        FetchOutcome.BAD_ADDRESS,
    }
)


class StopReason(StrEnum):
    """Why a crawl is not complete. NONE: it came to its natural end."""

    NONE = ""
    PAGES = "pages"
    """The page budget was used up."""
    DOCUMENTS = "documents"
    """The document budget was used up."""
    BYTES = "bytes"
    """The budget of transferred bytes was used up."""
    DEPTH = "depth"
    """Links deeper than the limit were left."""
    TIME = "time"
    """The time budget was used up."""
    INTERRUPTED = "interrupted"
    """Somebody stopped the run."""
    HOME = "home"
    """The home page could not be read, or is not the agency's site."""
    ERRORS = "errors"
    """Pages of the site stayed unread for a cause of their own."""
    SCRIPTS = "scripts"
    """Pages need scripts and could not be rendered."""
    NOT_FOLLOWED = "not_followed"
    """Links of the disclosure part were not followed."""
    MACHINE = "machine"
    """A fault of this machine kept something from being fetched or stored."""


class ReadNote(StrEnum):
    """Why a body was read in part or not at all, or what a page turned out to be. NONE: all is well."""

    NONE = ""
    NO_TEXT_LAYER = "no-text-layer"
    """A scan without text that was not recognised."""
    ENCRYPTED = "encrypted"
    """A password is needed."""
    BROKEN = "broken"
    """The file is damaged."""
    CRASHED = "crashed"
    """The reader process died over it."""
    TIMEOUT = "timeout"
    """Reading took longer than allowed."""
    TOO_MANY_PAGES = "too-many-pages"
    """Pages beyond the limit were left."""
    TOO_LARGE = "too-large"
    """It unfolds to more than allowed."""
    UNSUPPORTED_KIND = "unsupported-kind"
    """No reader for this format."""
    IMAGE_WITHOUT_TEXT = "image-without-text"
    """A picture in which nothing could be recognised."""
    SCRIPT_ONLY = "script-only"
    """The page exists only after its scripts ran."""
    SCRIPT_FILLED = "script-filled"
    """Parts of the page come by script."""
    OFF_SITE = "off-site"
    """A page outside the site: read alone, none of its links followed."""
    LOGIN_PAGE = "login-page"
    """A page that asks to log in."""
    NOT_FOUND_PAGE = "not-found-page"
    """A page that says there is nothing."""
    CHALLENGE_PAGE = "challenge-page"
    """A page that tells robots from people."""
    EMPTY = "empty"
    """Nothing to read in it."""
    CUT_OFF = "cut-off"
    """The answer broke off before its end."""
    OCR_QUEUED = "ocr-queued"
    """Pages wait for recognition on a later night."""
    NEEDS_TOOL = "needs-tool"
    """A program that reads it is not on this machine."""
    PARTIAL = "partial"
    """Members of an archive could not be read."""
    UNREAD = "unread"
    """No member of an archive could be read."""


class OffsiteReason(StrEnum):
    """Why evidence outside the site was not read, where the place itself is the reason. `detail` of such a resource is
    one of these, or the outcome or note that kept it from being read."""

    FOLDER = "folder"
    """A folder of files."""
    VIEWER = "viewer"
    """It is shown in a viewer and cannot be had as a file."""
    SOCIAL = "social"
    """A page or post of a social medium."""
    VIDEO = "video"
    """A video."""
    SYSTEM = "system"
    """A system of another office."""
    FORM = "form"
    """A form to be filled in."""
    PAGE = "page"
    """A page was sent in place of the file."""
    UNKNOWN = "unknown"
    """A short address led to a place that is not in the table of stores."""

    @property
    def may_hold_document(self) -> bool:
        """Whether a document may lie there. True for whatever is not known to hold none."""
        return self not in _HOLDS_NO_DOCUMENT


_HOLDS_NO_DOCUMENT = frozenset({OffsiteReason.SOCIAL, OffsiteReason.VIDEO, OffsiteReason.SYSTEM, OffsiteReason.FORM})


class RenderFailure(StrEnum):
    """Why a page that needs scripts could not be rendered; `detail` of its resource."""

    NO_BROWSER = "no-browser"
    """There is no browser on this machine."""
    NO_START = "no-start"
    """The browser does not start."""
    TIMEOUT = "timeout"
    """The page was not done within the time allowed."""
    CRASHED = "crashed"
    """The browser died over the page."""
    BUDGET = "budget"
    """The agency's budget for rendered pages was used up."""

    @property
    def is_of_machine(self) -> bool:
        """Whether it says nothing of the page: an administrator must mend it, and it costs the agency's budget
        nothing."""
        return self in (RenderFailure.NO_BROWSER, RenderFailure.NO_START)


NEEDS_SCRIPTS = frozenset({ReadNote.SCRIPT_ONLY, ReadNote.SCRIPT_FILLED})
"""Notes of pages that hold less than a citizen sees."""


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


ASKS = "asks"
"""`via` of a form that shows what is found for somebody's words: its `url` is that of its own page, `label` what it
says, `context` the line above it, and `fragment` how it is sent and what its fields are called."""
TOO_LONG = "too-long"
"""`via` of a link whose address is longer than any that is asked for; its `url` is that of its own page."""
HELD_PICTURE = "data:"
"""The address of a picture that a page holds itself, and on which a section of a report may stand."""


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
    """Absolute address of the image, frame or form action; of a photo in an office document, on which nothing is
    written, its name there; of a picture that a page holds itself HELD_PICTURE, if it is large, else nothing."""
    anchor: str = ""
    """Ids of the panes (tabs, pills, modals, folds, sections) that it stands in, nearest first, with spaces between,
    and of places that begin here, to which other pages may lead."""
    hidden: bool = False
    """Stands in a part of a page that nobody sees until a script shows it."""
    bbox: tuple[float, float, float, float] | None = None
    reread: str = ""
    """A recognised text with the years in it that were read again from the shapes of their Thai digits, of which
    recognition knows five only; empty if none was. It may prove of which year something is, never that it is of another
    one."""

    @property
    def year_text(self) -> str:
        """The text in which a proof of a year is looked for."""
        return self.reread or self.text


@dataclass(frozen=True, slots=True)
class Link:
    """A link from a page. `url` is absolute, canonical and without fragment; in the reading of a document, which is
    kept whatever its address, it may still be relative.

    A label that opens a pane of its own page has `via` "pane", the page's address as `url` and the pane's id as
    `fragment`: what it leads to are the blocks whose `anchor` holds that id.

    `label` is the link's own text (or its image's alt, title or aria-label); `context` the text of
    the row, list item or paragraph around it, at most 300 characters; `block` the index in
    `Resource.blocks` of the block that it stands in, -1 if in none. `via` is the element it came from:
    a, area, iframe, frame, form, meta, script, embed, img, pane, form-get, form-post, sitemap, document, too-long,
    asks; "iframe" also of a place that a script fills with what it loads from the address. A link via script or
    form-post to the page's own address is one that needs a click and has no address.
    """

    url: str
    label: str
    context: str = ""
    fragment: str = ""
    block: int = -1
    zone: Zone = Zone.CONTENT
    via: str = "a"


_PASSING = frozenset({ReadNote.OCR_QUEUED, ReadNote.NEEDS_TOOL, ReadNote.SCRIPT_ONLY, ReadNote.SCRIPT_FILLED})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of one body."""

    kind: ResourceKind
    state: ReadState
    content_type: str = ""
    title: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    note: ReadNote = ReadNote.NONE
    page_count: int | None = None
    encoding: str = ""
    unread_pages: tuple[int, ...] = ()
    scripted: bool = False
    """Whether scripts could change what the page shows: only of a page without is it proven that its markup is all."""
    letters: int = 0
    """Characters of a page's own text, menus and footers not counted."""
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
    outcome: FetchOutcome
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
    read_note: ReadNote = ReadNote.NONE
    page_count: int | None = None
    tls_problem: str = ""
    """Set when the body was read although the certificate is broken: expired, self-signed, ..."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One agency's site as one crawl saw it.

    `complete` is true only if the home page was read and no budget, failure or interruption kept
    pages of the site unread: only then may an item be called missing.
    """

    agency: Agency
    started: datetime
    finished: datetime | None
    complete: bool
    stopped_by: StopReason
    resources: tuple[Resource, ...]
    hosts: frozenset[str] = frozenset()
    """host or host:port names that belong to the site."""
    stale: bool = False
    """Tonight's crawl failed; this is an earlier night's snapshot."""
