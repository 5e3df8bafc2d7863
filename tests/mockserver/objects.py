"""An object store of a test's own: moto's S3 server on loopback, which can go away and come back with what it held."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.storage.objects.base import URL_FILE

BUCKET = "oit"


@dataclass(slots=True)
class ObjectServer:
    """A server whose values outlive its thread, as a disk's do. `place` is an empty place on it."""

    port: int = 0
    thread: Any = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Where it answers, for AWS_ENDPOINT_URL."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Answer, at the same address as before."""
        from moto.server import ThreadedMotoServer

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.thread = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.thread.start()
        self.port = self.thread.get_host_and_port()[1]

    def stop(self) -> None:
        """Refuse every connection."""
        self.thread.stop()

    def place(self) -> str:
        """A URL below which nothing lies."""
        return f"s3://{BUCKET}/{uuid.uuid4().hex[:12]}"

    def environment(self) -> dict[str, str]:
        """What an S3 client needs to reach it."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@contextmanager
def object_server() -> Iterator[ObjectServer]:
    """A server that is running, with an empty bucket."""
    import boto3

    server = ObjectServer()
    server.start()
    try:
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=server.address, **keys).create_bucket(Bucket=BUCKET)
        yield server
    finally:
        server.stop()


def in_objects(folder: Path, url: str) -> Path:
    """A data folder whose bodies and verdicts lie elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / URL_FILE).write_text(f"{url}\n", "utf-8")
    return folder
