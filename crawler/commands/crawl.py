"""`scrapy crawl`: arguments that name no site are told in one line, before anything is started.

Scrapy makes the spider when its reactor runs already; what is raised there is shown as a traceback, and what ends a
spider there ends with status 0.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from core.errors import InputError
from crawler.spiders.agency import AgencySpider
from crawler.standalone import agency_from_arguments

if TYPE_CHECKING:
    import argparse


class Command(crawl.Command):
    """Scrapy's command, with the arguments of this project's spider looked at first."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl. Raises UsageError, which ends the program with status 2, for arguments that name no site."""
        if args == [AgencySpider.name] and self.settings is not None:
            try:
                agency = agency_from_arguments(self.settings, opts.spargs)
                if not agency.url:
                    raise ValueError("name a site: -a url=ADDRESS, or -a agency=ID of the agency list")
            except (InputError, ValueError) as error:
                sys.stderr.write(f"scrapy crawl {AgencySpider.name}: {error}\n")
                raise UsageError(print_help=False) from error
        super().run(args, opts)
