"""Reports as PDF: our own pages, printed by the browser that is on this machine, without a network or a script."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from core.atomic import write_atomic
from core.errors import first_line
from crawler.rendering.browser import find_browser

_log = logging.getLogger(__name__)
AGENCY_PDFS: Mapping[str, str] = {"report.pdf": "report.html", "measures.pdf": "measures.html"}
"""PDF in an agency's folder -> the page that is printed."""
PROVINCE_PDFS: Mapping[str, str] = {"overview.pdf": "index.html", "measures.pdf": "measures.html"}
"""PDF in an edition's folder -> the page that is printed."""
_SECONDS = 60
_ARGUMENTS = ("--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions")


class PrintError(Exception):
    """No page can be printed on this machine; the message is one line."""


class PagePrinter:
    """Prints pages of one folder; made by `open_printer`."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser = browser
        self._inside = f"{folder.resolve().as_uri()}/"

    def print_page(self, page: Path) -> bytes:
        """Return a page of the folder as PDF, on the paper that its style sheet names. Raises PrintError."""
        try:
            context = self._browser.new_context(java_script_enabled=False, offline=True, locale="th-TH")
            try:
                context.route("**/*", self._answer)
                tab = context.new_page()
                tab.set_default_timeout(_SECONDS * 1000)
                tab.goto(page.resolve().as_uri(), wait_until="load")
                return bytes(tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True))
            finally:
                context.close()
        except Exception as error:  # whatever a page does to the browser, only its own PDF is lost
            raise PrintError(f"{page.name}: {first_line(error)}") from error

    def _answer(self, route: Any) -> None:
        """Pages and pictures of the folder only."""
        if str(route.request.url).startswith((self._inside, "data:")):
            route.continue_()
        else:
            route.abort()


@contextmanager
def open_printer(folder: Path, executable: str | None = None) -> Iterator[PagePrinter]:
    """A browser for the pages of a folder (file names only are opened). Raises PrintError if there is none, or it does
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


def print_reports(folder: Path, agencies: Sequence[str], *, province: bool = True) -> tuple[str, ...]:
    """Print the province's and these agencies' pages in an edition's folder; return what could not be printed, in a
    line each. A PDF of an earlier night never stays beside a newer page. Raises OSError."""
    whole = PROVINCE_PDFS if province else ()
    wanted = [folder / name for name in whole], [folder / a / name for a in agencies for name in AGENCY_PDFS]
    pages = {pdf: pdf.with_name(PROVINCE_PDFS[pdf.name]) for pdf in wanted[0]}
    pages |= {pdf: pdf.with_name(AGENCY_PDFS[pdf.name]) for pdf in wanted[1]}
    faults = []
    for pdf in pages:
        pdf.unlink(missing_ok=True)
    try:
        with open_printer(folder) as printer:
            for pdf, page in pages.items():
                if not page.is_file():
                    continue
                try:
                    write_atomic(pdf, printer.print_page(page))
                except PrintError as error:
                    faults.append(f"{pdf.relative_to(folder)}: {error}")
    except PrintError as error:
        faults.append(f"no PDF was written: {error}")
    for fault in faults:
        _log.warning("%s", fault)
    return tuple(faults)
