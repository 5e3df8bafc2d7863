"""Sending: each mail on its own, kept as told as soon as it went out."""

from __future__ import annotations

import json
import logging
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from core.atomic import write_atomic
from core.errors import first_line
from core.sanitize import sanitize_text
from core.storage.store import Store
from oit.digest.mail_settings import Delivery, SmtpServer, is_address
from oit.digest.planning import Digest, PlannedMail, attach_reports, plan_summary

_log = logging.getLogger(__name__)
_SECONDS = 30
_NAME = 120


class MailServerError(Exception):
    """The mail server cannot be used at all; the message is one line."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out: recipients, and whether the webhook was told. `failed` is a line per recipient that was not
    reached; the next digest tells these again."""

    mails: tuple[str, ...] = ()
    hooked: bool = False
    failed: tuple[str, ...] = ()


def make_message(mail: PlannedMail, sender: str, reply_to: str = "") -> EmailMessage:
    """Return the mail as it goes out. Raises ValueError for an address that is none."""
    message = EmailMessage(policy=SMTP)
    if not is_address(mail.to):
        raise ValueError(f"{mail.to[:100]!r} is no e-mail address")
    # Names and subjects come from lists and sites: one line each, so that none of them can add a header.
    message["Subject"] = sanitize_text(mail.letter.subject, 200)
    message["From"] = Address("oit", addr_spec=sender)
    message["To"] = Address(sanitize_text(mail.to_name, _NAME), addr_spec=mail.to)
    if reply_to and is_address(reply_to):
        message["Reply-To"] = Address(addr_spec=reply_to)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.letter.text, charset="utf-8", cte="base64")
    if mail.attachment is not None:
        main, _, sub = mail.attachment.kind.partition("/")
        more = {"charset": "utf-8"} if main == "text" else {}
        message.add_attachment(
            mail.attachment.body, maintype=main, subtype=sub, filename=mail.attachment.name, params=more
        )
    return message


def write_previews(digest: Digest, folder: Path, sender: str) -> tuple[Path, ...]:
    """Write every mail as an .eml file, which a mail program opens, and what the webhook would get. Nothing is sent
    and nothing is kept as told. Raises OSError."""
    sender = sender or "oit@localhost.localdomain"
    reply_to = digest.job.agencies.settings.secretary_email
    summary = plan_summary(digest, ())
    written = []
    for mail in (*attach_reports(digest), *((summary,) if summary else ())):
        path = folder / f"{mail.notice.agency or 'secretary'}.eml"
        write_atomic(path, make_message(mail, sender, reply_to).as_bytes())
        written.append(path)
    if digest.hook is not None:
        path = folder / "webhook.json"
        write_atomic(path, json.dumps(digest.hook, ensure_ascii=False, indent=1) + "\n")
        written.append(path)
    return tuple(written)


def send_digest(digest: Digest, delivery: Delivery, store: Store) -> Sent:
    """Send all mails and tell the webhook. A recipient that fails stops no other."""
    reached: list[str] = []
    failed: list[str] = []
    if delivery.smtp is not None:
        _send_all(attach_reports(digest), digest, delivery, store, reached, failed)
        summary = plan_summary(digest, failed)
        if summary is not None:
            before = len(reached)
            _send_all((summary,), digest, delivery, store, reached, failed)
            for notice in digest.unaddressed if len(reached) > before else ():
                store.notices.add(replace(notice, at=datetime.now(UTC)))
    hooked = False
    if delivery.webhook and digest.hook is not None:
        problem = _tell_webhook(delivery.webhook, digest.hook)
        hooked = not problem
        if problem:
            failed.append(problem)
        else:
            for notice in digest.hook_notices:
                store.notices.add(replace(notice, at=datetime.now(UTC)))
    for line in failed:
        _log.warning("%s", line)
    return Sent(tuple(reached), hooked, tuple(failed))


def _send_all(
    mails: Iterable[PlannedMail],
    digest: Digest,
    delivery: Delivery,
    store: Store,
    reached: list[str],
    failed: list[str],
) -> None:
    assert delivery.smtp is not None
    reply_to = digest.job.agencies.settings.secretary_email
    for mail in mails:
        name = mail.notice.agency or "secretary"
        try:
            message = make_message(mail, delivery.sender, reply_to)
            # A connection each: some servers close one after a refusal, and a digest is a few mails.
            with _connected(delivery.smtp) as server:
                server.send_message(message, delivery.sender, [mail.to])
        except MailServerError as error:
            failed.append(f"no mail could be sent: {error}")
            return
        except (smtplib.SMTPException, OSError, ValueError) as error:
            failed.append(f"{name}: not sent to {sanitize_text(mail.to, 100)} ({_short(error)})")
            continue
        store.notices.add(replace(mail.notice, at=datetime.now(UTC)))
        reached.append(mail.to)
        _log.info("%s: told by mail", name)


@contextmanager
def _connected(server: SmtpServer) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and logged in as the settings say. Raises MailServerError."""
    try:
        context = ssl.create_default_context()
        if server.security == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    except (OSError, smtplib.SMTPException) as error:
        raise MailServerError(f"{server.host}:{server.port}: {_short(error)}") from error
    try:
        try:
            if server.security == "smtp" and not (server.is_local and not server.user):
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(f"{server.host}:{server.port}: {_short(error)}") from error
        yield connection
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()


def _tell_webhook(url: str, data: Any) -> str:
    """Post the data; a line if that failed."""
    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    request = urllib.request.Request(  # noqa: S310  (read_delivery lets http and https through, nothing else)
        url, body, {"Content-Type": "application/json; charset=utf-8", "User-Agent": "oit"}, method="POST"
    )
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            answer.read(1024)
    except (OSError, urllib.error.URLError, ValueError) as error:
        return f"the webhook was not told ({_short(error)})"
    return ""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET that tells nothing."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _short(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return sanitize_text(f"{code} {said.decode('utf-8', 'replace')}", 200)
    return sanitize_text(first_line(error), 200)
