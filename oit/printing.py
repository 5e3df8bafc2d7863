"""Reports as PDF: our own pages, printed by the browser that is on this machine, without a network or a script."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from core.atomic import write_atomic
from core.errors import first_line, is_of_one_file
from crawler.rendering.browser import find_browser

_log = logging.getLogger(__name__)
AGENCY_PDFS: Mapping[str, str] = {"report.pdf": "report.html", "measures.pdf": "measures.html"}
"""PDF in an agency's folder -> the page that is printed."""
PROVINCE_PDFS: Mapping[str, str] = {"overview.pdf": "index.html", "measures.pdf": "measures.html"}
"""PDF in an edition's folder -> the page that is printed."""
_ORIGIN = "http://reports.invalid/"
_KINDS = {".html": "text/html; charset=utf-8", ".png": "image/png"}
_BESIDE = re.compile(rb' href="(?!https?:|#|")[^"]*"')
"""Links to files beside the page."""
_SECONDS = 60
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-extensions",
)


class PrintError(Exception):
    """No page can be printed on this machine; the message is one line."""


class PagePrinter:
    """Prints pages of one folder; made by `open_printer`. The browser is told that they come from a site that is none:
    it opens no file itself, and a link to a file beside the page, which a PDF cannot follow, tells nobody our paths."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser = browser
        self._folder = folder.resolve()

    def print_page(self, page: Path) -> bytes:
        """Return a page of the folder as PDF, on the paper that its style sheet names. Raises PrintError."""
        try:
            context = self._browser.new_context(java_script_enabled=False, locale="th-TH")
            try:
                context.route("**/*", self._answer)
                tab = context.new_page()
                tab.set_default_timeout(_SECONDS * 1000)
                place = page.resolve().relative_to(self._folder).as_posix()
                tab.goto(f"{_ORIGIN}{quote(place)}", wait_until="load")
                return bytes(tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True))
            finally:
                context.close()
        except Exception as error:  # whatever a page does to the browser, only its own PDF is lost
            raise PrintError(f"{page.name}: {first_line(error)}") from error

    def _answer(self, route: Any) -> None:
        """Answer for pages and pictures of the folder; there is nothing else."""
        url = str(route.request.url)
        path = (self._folder / unquote(url.removeprefix(_ORIGIN).partition("#")[0])).resolve()
        kind = _KINDS.get(path.suffix)
        if not url.startswith(_ORIGIN) or kind is None or not path.is_relative_to(self._folder) or not path.is_file():
            route.abort()
            return
        body = path.read_bytes()
        if path.suffix == ".html":
            body = _BESIDE.sub(b"", body)
        route.fulfill(body=body, content_type=kind)


@contextmanager
def open_printer(folder: Path, executable: str | None = None) -> Iterator[PagePrinter]:
    """A browser for the pages of a folder. Raises PrintError if there is none, or it does
    not start."""
    path = find_browser() if executable is None else executable
    if not path:
        raise PrintError("no browser on this machine (oit doctor)")
    from playwright.sync_api import sync_playwright

    driver: Any = None
    try:
        try:
            driver = sync_playwright().start()
            # The office's own user runs it; as root, as in a container, Chromium has no sandbox.
            browser: Any = driver.chromium.launch(
                executable_path=path, args=list(_ARGUMENTS), chromium_sandbox=os.geteuid() != 0, timeout=30_000
            )
        except Exception as error:
            raise PrintError(f"the browser does not start ({first_line(error)})") from error
        try:
            yield PagePrinter(browser, folder)
        finally:
            with suppress(Exception):
                browser.close()
    finally:
        if driver is not None:
            with suppress(Exception):
                driver.stop()


def drop_pdfs(folder: Path, agencies: Sequence[str], *, province: bool = True) -> None:
    """Remove the PDFs of an edition's folder: one of an earlier night must not stay beside a newer page. One that is
    kept from us is logged. Raises OSError."""
    for pdf in _pages(folder, agencies, province=province):
        try:
            pdf.unlink(missing_ok=True)
        except OSError as error:
            if not is_of_one_file(error):
                raise
            _log.error("%s: an older PDF stays beside a newer page (%s)", pdf, error.strerror)


def print_reports(folder: Path, agencies: Sequence[str], *, province: bool = True) -> tuple[str, ...]:
    """Print the province's and these agencies' pages in an edition's folder; return what could not be printed, in a
    line each. Raises OSError."""
    faults = []
    drop_pdfs(folder, agencies, province=province)
    try:
        with open_printer(folder) as printer:
            for pdf, page in _pages(folder, agencies, province=province).items():
                if not page.is_file():
                    continue
                try:
                    write_atomic(pdf, printer.print_page(page))
                except PrintError as error:
                    faults.append(f"{pdf.relative_to(folder)}: {error}")
                except OSError as error:
                    if not is_of_one_file(error):
                        raise
                    faults.append(f"{pdf.relative_to(folder)}: {error.strerror}")
    except PrintError as error:
        faults.append(f"no PDF was written: {error}")
    for fault in faults:
        _log.warning("%s", fault)
    return tuple(faults)


def _pages(folder: Path, agencies: Sequence[str], *, province: bool) -> dict[Path, Path]:
    """PDF -> its page."""
    pages = {folder / pdf: folder / page for pdf, page in PROVINCE_PDFS.items() if province}
    return pages | {folder / a / pdf: folder / a / page for a in agencies for pdf, page in AGENCY_PDFS.items()}
