"""Scrapy's settings for this project. Where Scrapy's default is unsafe on hostile sites, ours is not.

Also read by Scrapy's own command line through scrapy.cfg.
"""

from __future__ import annotations

import os

from core.version import __version__

BOT_NAME = "oit"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

# Whom to write to; the administrator sets it, and nothing is requested without it except on this machine.
OIT_CONTACT = os.environ.get("OIT_CONTACT", "")
NO_CONTACT = "this machine only"
USER_AGENT_FORM = f"oit/{__version__} (Thai public disclosure checker; +{{contact}})"
USER_AGENT = USER_AGENT_FORM.format(contact=OIT_CONTACT or NO_CONTACT)

ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "crawler.links.robots_rules.BoundedRobotParser"
# One request at a time to a host: provincial sites run on shared hosting, and two in parallel already meet firewalls.
CONCURRENT_REQUESTS_PER_DOMAIN = 2
OIT_WINDOW = 60  # agencies that a process crawls at once; at one request a second each they need 38% of a core
# For all agencies of a process together.
CONCURRENT_REQUESTS = 64
CONCURRENT_ITEMS = 1  # of one answer; each is stored before its links are followed
DOWNLOAD_DELAY = 0.5  # seconds; AutoThrottle raises it where a site is slow
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 20.0  # a site slower than this is left to the time budget
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

DOWNLOAD_TIMEOUT = 45  # seconds; the slowest honest answers measured take 30
OIT_RETRY_AFTER_MAX = 900.0  # seconds; a server that wants a longer rest gets it on another night
OIT_CRAWL_DELAY_MAX = 60.0  # seconds between requests that robots.txt may ask for; more would leave no page a night
OIT_SECOND_TIMEOUT = 90.0  # seconds, in the second pass
OIT_RETRY_REST = 4.0  # seconds before the third try of a night, three times as long before each further one
DNS_TIMEOUT = 15
OIT_WARC = ""  # folder for the night's archives; empty for none
OIT_WARC_MB = 1024  # of one file, about
OIT_OFFSITE_TABLE = ""  # another table of stores outside the sites than crawler/offsite/stores.yaml
OIT_OFFSITE_FILES = 150  # fetched from such stores per agency and night
OIT_OFFSITE_MB = 600
OIT_BROWSER = "auto"  # for pages that exist only after their scripts ran: a path, or empty for none
OIT_RENDER_TIMEOUT = 45.0  # seconds for one page, its scripts' requests at the site's pace included
OIT_SECOND_LOOKS = 6  # pages that list disclosures, and as many others, rendered to see whether scripts write
OIT_RENDER_PAGES = 150  # per agency and night
OIT_RENDER_SECONDS = 1500.0  # of all an agency's rendered pages together
DOWNLOAD_MAXSIZE = 48 << 20  # bytes; the largest honest report scans are about 40 MB
DOWNLOAD_WARNSIZE = 0
OIT_BODIES_MB = 512  # of bodies over 1 MB that a process holds at once, of all agencies: ten of the largest
DOWNLOAD_FAIL_ON_DATALOSS = False  # many old servers announce a wrong length and send the whole page
REDIRECT_MAX_TIMES = 8
RETRY_TIMES = 1  # once at once; what is still down gets its second chance at the end of the night
RETRY_HTTP_CODES = [502, 504, 408]
METAREFRESH_ENABLED = False  # followed as a link, so that the way there is kept

COOKIES_ENABLED = True  # cookie walls and language choices need them
# Both listen on the machine that they run on and do there what they are told.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
SCHEDULER = "crawler.scheduler.FrontierScheduler"
ITEM_PIPELINES = {"crawler.pipelines.StorePipeline": 100}
# Scrapy's own without those two: it loads the module of an extension that is switched off too, here a web server's.
EXTENSIONS_BASE = {
    f"scrapy.extensions.{name}": 0
    for name in (
        "corestats.CoreStats", "logcount.LogCount", "memusage.MemoryUsage", "memdebug.MemoryDebugger",
        "closespider.CloseSpider", "feedexport.FeedExporter", "logstats.LogStats", "spiderstate.SpiderState",
        "throttle.AutoThrottle",
    )
}  # fmt: skip
EXTENSIONS = {
    # In this order they hear of the end of a crawl.
    "crawler.extensions.budget.BudgetExtension": 10,
    "crawler.extensions.retry_after.RetryAfterExtension": 15,
    "crawler.extensions.second_pass.SecondPassExtension": 20,
    "crawler.extensions.snapshot.SnapshotExtension": 30,
    "crawler.extensions.progress.ProgressExtension": 40,
}
SPIDER_MIDDLEWARES = {
    "crawler.middlewares.offsite.OffsiteLinksMiddleware": 500,
    # It marks what a spider begins with, which nobody asks here, and looks at everything that a page gives.
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    # Every status is recorded; depth and length of an address are the frontier's business.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    # The scheduler names the page that holds the link; what is not in the frontier needs no Referer.
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
}
DOWNLOAD_HANDLERS = {
    "file": None, "ftp": None, "s3": None, "data": None,
    "http": "crawler.downloader.handlers.BoundedHandler", "https": "crawler.downloader.handlers.BoundedHandler",
}  # fmt: skip
TWISTED_DNS_RESOLVER = "crawler.downloader.resolver.PublicAddressResolver"
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.address_guard.AddressGuardMiddleware": 10,
    "crawler.middlewares.offsite.OffsiteDownloadsMiddleware": 50,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.conditional.ConditionalRequestMiddleware": 200,
    "crawler.middlewares.refusals.DecompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.refusals.RedirectLoopMiddleware": 600,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.cookies.CookieLimits": 750,
    "crawler.middlewares.warc.ArchiveMiddleware": 990,
}
DOWNLOADER = "crawler.downloader.shared.SharedDownloader"  # limits per server over all agencies
# Certificates are looked at apart (and reported); a broken one must not hide the site's content.
DOWNLOAD_VERIFY_CERTIFICATES = False

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
FEED_EXPORT_ENCODING = "utf-8"  # Thai as Thai
MEMUSAGE_ENABLED = True
MEMUSAGE_LIMIT_MB = 3072  # a leak ends this process, not the machine
OIT_FIRST_COME = False  # ask in the order of discovery; for measuring the frontier against it
OIT_QUIET_HOURS = ""  # 08:30-16:30, Thai time: nothing is asked then
OIT_LOCAL: list[str] = []  # host:port pairs of private addresses opened on purpose
OIT_DATA = "var"  # folder of the store, where no command line names another
OIT_AGENCY_LOADER = "oit.agencies.loader.load_agencies"  # reads the list of `scrapy crawl agency -a agency=ID`
OIT_HINTS_LOADER = "oit.run.hints.shipped_hints"  # which links are followed first, where no command says so
OIT_PROGRESS = False  # one JSON line per event on standard output, for the supervising process
