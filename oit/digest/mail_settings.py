"""How mails and the webhook go out: addresses of servers, checked before anything is sent."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from core.errors import InputError

_EMAIL = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PORTS = {"smtp": 587, "smtps": 465, "smtp-plain": 25}
_FORM = "smtp://USER@HOST:587, smtps://USER@HOST or smtp-plain://HOST (a relay without encryption)"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server. `security` is `smtp` (STARTTLS, or nothing is sent; on this machine none is asked for), `smtps`
    or `smtp-plain`."""

    security: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True, slots=True)
class Delivery:
    """By which ways a digest goes out; None and empty for those that are not set."""

    smtp: SmtpServer | None = None
    sender: str = ""
    webhook: str = ""


def read_delivery(smtp: str, sender: str, webhook: str, password: str = "") -> Delivery:
    """Return the ways of a digest. Raises InputError with a line per fault."""
    faults: list[str] = []
    server = _server(smtp, password, faults) if smtp else None
    if sender and not is_address(sender):
        faults.append(f"the sender {sender!r} is no e-mail address (--mail-from, OIT_MAIL_FROM)")
    if server is not None and not sender:
        faults.append("no sender for the mails (--mail-from, OIT_MAIL_FROM)")
    if webhook and not _is_web(webhook):
        faults.append(f"the webhook {webhook[:100]!r} is no http or https address (--webhook, OIT_WEBHOOK)")
    if faults:
        raise InputError(faults)
    return Delivery(server, sender, webhook)


def is_address(text: str) -> bool:
    """Whether a text is one plain e-mail address, without anything that could add a header or a second one."""
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text))


def _server(url: str, password: str, faults: list[str]) -> SmtpServer | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = None, None
    if parts is None or parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
        faults.append(f"the mail server must be written as {_FORM} (--smtp, OIT_SMTP)")
        return None
    if parts.password:
        faults.append("the password of the mail server belongs into OIT_SMTP_PASSWORD, not into its address")
        return None
    user = unquote(parts.username or "")
    if user and not password:
        faults.append(f"no password for {user} on the mail server (OIT_SMTP_PASSWORD)")
    if password and parts.scheme == "smtp-plain":
        faults.append("a password is never sent without encryption: smtp:// or smtps://")
    return SmtpServer(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], user, password)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
