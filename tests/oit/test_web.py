"""The pages are for this machine only."""

from __future__ import annotations

import http.client
import threading
from pathlib import Path

from oit.web import server


def test_pages_are_for_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "2565").mkdir()
    (tmp_path / "2565" / "index.html").write_text("hello", encoding="utf-8")
    made = server(tmp_path, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    port = made.server_address[1]

    def ask(path: str, host: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers.get("Content-Security-Policy", "")

    try:
        local = f"127.0.0.1:{port}"
        assert "/2565/index.html" in ask("/", local)[1]
        status, text, policy = ask("/2565/index.html", local)
        assert (status, text) == (200, "hello")
        assert "default-src 'none'" in policy
        assert ask("/2565/index.html", "evil.example")[0] == 403
        (tmp_path / "2566").mkdir()
        assert ask("/2566/", local)[0] == 404
        assert ask("/../../etc/passwd", local)[0] == 404
    finally:
        made.shutdown()
        made.server_close()
        thread.join(timeout=5)
