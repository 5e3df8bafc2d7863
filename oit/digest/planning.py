"""What a digest would tell, and to whom: made from the judged agencies and from what was told before."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from checklist.rules.model import Edition
from core.errors import InputError
from core.models.agency import Agency
from core.models.assessment import Assessment
from core.models.notice import Channel, Notice, NoticeKind
from core.storage.store import Store
from oit.digest.mail_settings import is_address
from oit.printing import PagePrinter, PrintError, open_printer
from oit.run.job import RunPlan, edition_of
from reports.digest.findings import AgencyNews, find_news
from reports.digest.letters import Letter, Sender, agency_letter, secretary_letter, webhook_data
from reports.messages import thai

_PICTURE = re.compile(r'src="(pictures/[0-9a-zA-Z.-]+\.png)"')
_ATTACHED = 20 << 20
"""Bytes: most servers refuse mails above 25 MB, and base64 adds a third."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter; the name is made of ids only."""

    name: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """One mail, and what is kept once it went out."""

    to: str
    to_name: str
    letter: Letter
    attachment: Attachment | None
    notice: Notice


@dataclass(frozen=True, slots=True)
class Digest:
    """All that is to be told. `hook` is what the webhook is sent, with the notices that are kept for it; `unaddressed`
    are kept once the secretary knows: these agencies have no address; `problems` are lines about who cannot be told."""

    job: RunPlan
    assessments: tuple[Assessment, ...]
    news: tuple[AgencyNews, ...]
    mails: tuple[PlannedMail, ...]
    hook: Mapping[str, object] | None
    hook_notices: tuple[Notice, ...]
    told_secretary: Notice | None
    unaddressed: tuple[Notice, ...]
    problems: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be told to anybody."""
        return not self.news and self.hook is None


def plan_digest(job: RunPlan, assessments: Sequence[Assessment], store: Store, *, with_webhook: bool = False) -> Digest:
    """Find out what has changed since it was told last. Raises InputError if no reports were written yet."""
    told = store.notices.newest(Channel.MAIL, job.edition.year)
    hooked = store.notices.newest(Channel.WEBHOOK, job.edition.year)
    news, hook_news = [], []
    for one in assessments:
        if one.crawl.finished is None:
            continue  # not crawled yet: that is no news of the site
        until = date.fromisoformat(_edition(job, one.agency).answers_until)
        key = (one.agency.id, one.scheme)
        if (found := find_news(one, told.get(key), until)) is not None:
            news.append(found)
        found = find_news(one, hooked.get(key), until) if with_webhook else None
        if found is not None and found.kind is not NoticeKind.REMINDER:
            hook_news.append(found)
    mails, problems = _agency_mails(job, news)
    unaddressed = tuple(_notice(Channel.MAIL, n) for n in news if not is_address(n.assessment.agency.email))
    hook = webhook_data(hook_news, job.edition, job.agencies.province, _schemes(job)) if hook_news else None
    hook_notices = tuple(_notice(Channel.WEBHOOK, each) for each in hook_news)
    return Digest(
        job,
        tuple(assessments),
        tuple(news),
        tuple(mails),
        hook,
        hook_notices,
        told.get(("", "")),
        unaddressed,
        tuple(problems),
    )


def plan_summary(digest: Digest, problems: Sequence[str]) -> PlannedMail | None:
    """Return the secretary's mail, with those that could not be told; None if there is nothing new in it, or nobody to
    send it to."""
    province = digest.job.agencies.settings
    last = digest.told_secretary
    as_of = max((a.as_of for a in digest.assessments), default=None)
    state = json.dumps([_mark(each) for each in digest.news])
    if not province.secretary_email or not digest.news or as_of is None:
        return None
    if last is not None and last.state == state:
        return None  # the same news again: some agencies cannot be told
    edition = digest.job.edition
    letter = secretary_letter(
        digest.news, digest.assessments, edition, _sender(digest.job), thai(), (*digest.problems, *problems)
    )
    book = digest.job.settings.out / str(edition.year) / "overview.xlsx"
    kind = NoticeKind.CHANGE if last is not None else NoticeKind.FIRST
    notice = Notice(Channel.MAIL, "", edition.year, "", kind, state, as_of, datetime.now(UTC))
    return PlannedMail(
        province.secretary_email, province.secretary, letter, _file(book, f"OIT-{edition.name}.xlsx"), notice
    )


def attach_reports(digest: Digest) -> Iterator[PlannedMail]:
    """Give the agencies' mails, one by one, with their reports: as PDF where there is a browser, else as one page with
    its pictures in it."""
    folder = digest.job.settings.out / str(digest.job.edition.year)
    if not digest.mails:
        return
    with ExitStack() as stack:
        printer: PagePrinter | None = None
        with suppress(PrintError):
            printer = stack.enter_context(open_printer(folder))
        for mail in digest.mails:
            yield replace(mail, attachment=_report(printer, folder, mail))


def _mark(news: AgencyNews) -> list[str]:
    """What the secretary is told of an agency; a reminder is news of its day."""
    day = news.assessment.as_of.isoformat() if news.kind is NoticeKind.REMINDER else ""
    return [news.assessment.agency.id, news.kind.value, news.findings.as_text(), day]


def _agency_mails(job: RunPlan, news: Sequence[AgencyNews]) -> tuple[list[PlannedMail], list[str]]:
    mails, problems = [], []
    sender = _sender(job)
    for each in news:
        agency = each.assessment.agency
        letter = agency_letter(each, _edition(job, agency), sender, thai())
        report = job.settings.out / str(job.edition.year) / agency.id / "report.html"
        if not agency.email:
            problems.append(f"{agency.id}: no e-mail address in the list")
        elif not is_address(agency.email):
            problems.append(f"{agency.id}: cannot send to {agency.email[:100]!r}")
        elif not report.is_file():
            raise InputError(f"{report}: there is no report yet; write it first (oit report)")
        else:
            mails.append(PlannedMail(agency.email, agency.name, letter, None, _notice(Channel.MAIL, each)))
    return mails, problems


def _notice(channel: Channel, news: AgencyNews) -> Notice:
    one = news.assessment
    state = news.findings.as_text()
    return Notice(channel, one.agency.id, one.edition, one.scheme, news.kind, state, one.as_of, datetime.now(UTC))


def _edition(job: RunPlan, agency: Agency) -> Edition:
    return edition_of(agency, job.edition, job.rules.editions)


def _schemes(job: RunPlan) -> dict[str, Edition]:
    return {agency.scheme: _edition(job, agency) for agency in job.agencies.agencies}


def _sender(job: RunPlan) -> Sender:
    settings = job.agencies.settings
    return Sender(job.agencies.province, settings.secretary, settings.secretary_email)


def _report(printer: PagePrinter | None, folder: Path, mail: PlannedMail) -> Attachment | None:
    if printer is not None:
        with suppress(PrintError):
            body = printer.print_page(folder / mail.notice.agency / "report.html")
            return Attachment(f"OIT-{mail.notice.edition}-{mail.notice.agency}.pdf", "application/pdf", body)
    return _page(folder, mail)


def _page(folder: Path, mail: PlannedMail) -> Attachment | None:
    place = folder / mail.notice.agency

    def inline(found: re.Match[str]) -> str:
        picture = place / found[1]
        if not picture.is_file():
            return found[0]
        return f'src="data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"'

    text = _PICTURE.sub(inline, (place / "report.html").read_text("utf-8"))
    name = f"OIT-{mail.notice.edition}-{mail.notice.agency}.html"
    return _bounded(Attachment(name, "text/html", text.encode()))


def _file(path: Path, name: str) -> Attachment | None:
    if not path.is_file():
        return None
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _bounded(Attachment(name, kind, path.read_bytes()))


def _bounded(attachment: Attachment) -> Attachment | None:
    return attachment if len(attachment.body) <= _ATTACHED else None
