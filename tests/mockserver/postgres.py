"""A PostgreSQL server of a test's own: on a socket in a temporary folder, with no password and no network."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.processes import end_with_parent, make_scratch

_SECONDS = 60


def find_binaries() -> Path | None:
    """Return the folder of the server's programs; Debian keeps them out of PATH."""
    folders = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@dataclass(slots=True)
class PostgresServer:
    """A server below `folder`, which is its socket's too. `database` makes an empty database and returns its URL."""

    folder: Path
    binaries: Path
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["-F", "-k", str(self.folder), "-c", "listen_addresses=", "-c", "max_connections=60"]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [self.binaries / "postgres", "-D", self.folder / "data", *options],
            stdout=log, stderr=log, user=self.user, cwd=self.folder, preexec_fn=partial(end_with_parent, os.getpid()),
        )  # fmt: skip
        log.close()
        until = time.monotonic() + _SECONDS
        while self._ask("SELECT 1", check=False).returncode:
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text("utf-8", "replace")[-2000:])
            time.sleep(0.1)

    def kill(self) -> None:
        """End it at once, as a power cut would; `start` recovers what was committed."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        # Its children end by themselves when they see that it is gone; a new one waits for them.
        time.sleep(0.3)

    def stop(self) -> None:
        """End it; nothing of it is needed any more."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"oit_{uuid.uuid4().hex[:12]}"
        self._ask(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return f"postgresql+psycopg://oit@/{name}?host={self.folder}"

    def _ask(self, statement: str, *, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        command = [self.binaries / "psql", "-h", self.folder, "-U", "oit", "-d", "postgres", "-qAtc", statement]
        return subprocess.run(command, capture_output=True, check=check, env={**os.environ, "PGCONNECT_TIMEOUT": "5"})


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server. Raises RuntimeError if there is no program or it does not start."""
    binaries = find_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL is not installed (apt-get install postgresql)")
    user = _other_user() if os.geteuid() == 0 else None
    # Below /tmp: the path of a socket has 107 characters at most. What tests that were killed left is removed.
    scratch = make_scratch(Path("/tmp"))
    try:
        scratch.chmod(0o755)
        folder = scratch / "pg"
        folder.mkdir(0o755)
        if user is not None:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        command = [binaries / "initdb", "-D", folder / "data", "-U", "oit", "-A", "trust", "-N", "-E", "UTF8"]
        done = subprocess.run([*command, "--locale=C.UTF-8"], capture_output=True, check=False, user=user, cwd=folder)
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace")[-1000:])
        server = PostgresServer(folder, binaries, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _other_user() -> str:
    """Somebody who is not root: the server refuses to run as root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)
