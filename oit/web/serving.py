"""The pages behind a web server, for this machine or for others."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from flask import Flask
from waitress.server import create_server

from core.errors import InputError
from core.processes import raise_file_limit
from core.storage.store import Store
from oit.check_file import MAX_BYTES
from oit.web.app import is_loopback, make_app
from oit.web.site import Site, WebOptions

_log = logging.getLogger(__name__)
_THREADS = 8
_PATIENCE = 60
"""Seconds for a slow client's next bytes."""
_MOST_CONNECTIONS = 2000
"""Connections at once; of the usual 100, idle ones kept everybody else waiting for that minute."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen. Port 0 takes any free one."""

    host: str = "127.0.0.1"
    port: int = 8000


class WebServer:
    """Listens at once; `run` answers until it is closed. Raises OSError if the port is taken."""

    def __init__(self, options: WebOptions, listening: Listening) -> None:
        check_exposure(options, listening)
        self.app: Flask = make_app(options)
        state = self.app.extensions["oit"]
        self._site: Site = state
        self._server = create_server(
            self.app,
            host=listening.host,
            port=listening.port,
            threads=_THREADS,
            max_request_body_size=MAX_BYTES + (1 << 20),
            channel_timeout=_PATIENCE,
            connection_limit=min(_MOST_CONNECTIONS, raise_file_limit() // 2),
            asyncore_use_poll=True,  # select() knows no more than 1,024 files
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
        self._closed = threading.Event()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.effective_port)

    def run(self) -> None:
        """Answer until it is closed."""
        threading.Thread(target=self._warm_up, daemon=True).start()
        try:
            self._server.run()
        except OSError:
            # Closed by another thread while it waited for requests.
            if not self._closed.is_set():
                raise

    def close(self) -> None:
        """Stop listening, end the readers, close the store."""
        self._closed.set()
        self._server.close()
        self._site.close()

    def _warm_up(self) -> None:
        """Make the rows of a long list before somebody waits for them."""
        try:
            index = self._site.load()[1]
            index.rows()
            while index.behind and not self._closed.wait(0.2):
                index.rows()
        except Exception:
            if not self._closed.is_set():
                _log.exception("the rows of the list could not be made ahead")


def check_exposure(options: WebOptions, listening: Listening) -> None:
    """Refuse to answer other machines, or a proxy for them, while nobody could log in. Raises InputError."""
    local = is_loopback(listening.host)
    if local and not options.header and not options.secure and not options.login_to_read:
        return
    store = Store(options.settings.data)
    try:
        known = any(account.disabled is None for account in store.accounts.all())
    finally:
        store.close()
    if not known:
        raise InputError("there are no accounts: make one first, with oit accounts add NAME --role administrator")
