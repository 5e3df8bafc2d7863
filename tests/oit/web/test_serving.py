"""The pages behind their web server: for this machine, and for others only with accounts."""

from __future__ import annotations

import http.client
import socket
import threading
from datetime import UTC, datetime

import pytest

from core.errors import InputError
from core.models.account import Role
from core.storage.store import Store
from oit.cli.serve import _hosts
from oit.run.options import Settings
from oit.web.serving import Listening, WebServer, check_exposure
from oit.web.site import WebOptions


def test_pages_are_answered_on_this_machine(settings: Settings) -> None:
    server = WebServer(WebOptions(settings, hosts=_hosts("127.0.0.1", "")), Listening(port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        for host, status in (("127.0.0.1", 200), ("evil.example", 403)):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            connection.request("GET", "/", headers={"Host": host})
            answer = connection.getresponse()
            assert (answer.status, answer.headers.get("Server")) == (status, None)
            answer.read()
            connection.close()
    finally:
        server.close()
        thread.join(timeout=10)
    assert not thread.is_alive()


def test_idle_connections_keep_nobody_waiting(settings: Settings) -> None:
    server = WebServer(WebOptions(settings), Listening(port=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(300)]
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        for each in idle:
            each.close()
        server.close()
        thread.join(timeout=10)


@pytest.mark.parametrize(
    ("options", "host"),
    [
        ({}, "0.0.0.0"),
        ({}, "::"),
        ({}, "192.0.2.1"),
        ({"header": "X-User", "proxy": "127.0.0.1"}, "127.0.0.1"),
        ({"secure": True}, "127.0.0.1"),
        ({"login_to_read": True}, "127.0.0.1"),
    ],
)
def test_others_are_answered_only_with_accounts(settings: Settings, options: dict[str, object], host: str) -> None:
    wanted = WebOptions(settings, **options)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="there are no accounts"):
        check_exposure(wanted, Listening(host))
    store = Store(settings.data)
    store.accounts.add("x", Role.AGENCY, "", datetime.now(UTC), "land")
    store.close()
    check_exposure(wanted, Listening(host))


def test_names_that_a_browser_may_use() -> None:
    assert "oit.example.go.th" in _hosts("127.0.0.1", "https://oit.example.go.th/x")
    assert _hosts("0.0.0.0", "") == frozenset()
    assert "evil.example" not in _hosts("localhost", "")
    with pytest.raises(InputError, match="--site"):
        _hosts("127.0.0.1", "oit.example.go.th")
