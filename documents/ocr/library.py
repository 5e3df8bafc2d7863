"""Tesseract as a library in processes that stay: its data is loaded once, not for each image, and its code is built for
newer processors. A third less work than the command; where the library (tesserocr) is absent, the command is used."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from documents.ocr.page_image import Grey
from documents.ocr.worker import HEAD, LENGTH, READY, TIME, Word

_WORKER = Path(__file__).with_name("worker.py")
_MOST_IMAGES = 200
"""Images that one process recognises; then another takes its place."""
_START = 20.0
"""Seconds until the data is loaded, at most."""
_PIECE = 1 << 18
_MOST_ANSWER = 64 << 20


class LibraryError(Exception):
    """The library said no or died."""


class LibraryTimeoutError(LibraryError):
    """The image took too long."""


class Library:
    """Processes that recognise, each one image at a time; as many as threads ask at once. `command` starts one;
    `choices` are the languages that it was told."""

    def __init__(self, command: Sequence[str], choices: Sequence[str]) -> None:
        self._command = list(command)
        self._choices = list(choices)
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._fails = False

    @property
    def works(self) -> bool:
        """Whether it could be started so far; False for good after the first time that it could not."""
        return not self._fails

    def recognise(self, image: Grey, dpi: int, mode: int, languages: str, seconds: float) -> list[list[Word]]:
        """The lines of one image, each the list of its words. Raises LibraryError."""
        worker = self._take()
        try:
            answer = worker.ask(image, dpi, mode, self._choices.index(languages), seconds)
        except (OSError, ValueError) as error:
            worker.stop()
            raise LibraryError(str(error)) from error
        except LibraryTimeoutError:
            worker.stop()
            raise
        if worker.asked < _MOST_IMAGES:
            with self._lock:
                self._idle.append(worker)
        else:
            worker.stop()
        if "lines" not in answer:
            raise LibraryTimeoutError if answer.get("error") == TIME else LibraryError(answer.get("error", ""))
        found: list[list[Word]] = answer["lines"]
        return found

    def close(self) -> None:
        """End the processes that have nothing to do."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.stop()

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.lives:
                    return worker
                worker.stop()
        try:
            return _Worker(self._command)
        except (OSError, ValueError, LibraryTimeoutError) as error:
            self._fails = True
            raise LibraryError(str(error)) from error


class _Worker:
    def __init__(self, command: list[str]) -> None:
        # One thread a process: unset, the same page takes ten times as long.
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, bufsize=0
        )
        self.asked = 0
        try:
            # A process that hangs must not hold this one.
            os.set_blocking(self._process.stdin.fileno(), False)  # type: ignore[union-attr]
            if self._read(len(READY), time.monotonic() + _START) != READY:
                raise ValueError("not ready")
        except BaseException:
            self.stop()
            raise

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, image: Grey, dpi: int, mode: int, choice: int, seconds: float) -> dict[str, Any]:
        self.asked += 1
        end = time.monotonic() + seconds
        height, width = image.shape
        assert self._process.stdin is not None
        head = HEAD.pack(width, height, dpi, mode, choice, max(1, round(seconds)))
        for piece in (head, np.ascontiguousarray(image).data):
            self._write(memoryview(piece).cast("B"), end)
        length = LENGTH.unpack(self._read(LENGTH.size, end))[0]
        if length > _MOST_ANSWER:
            raise ValueError("an answer too long")
        answer: dict[str, Any] = json.loads(self._read(length, end))
        return answer

    def stop(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.kill()
        self._process.wait()

    def _write(self, piece: memoryview, end: float) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        while piece:
            if not select.select([], [pipe], [], max(0.0, end - time.monotonic()))[1]:
                raise LibraryTimeoutError
            piece = piece[os.write(pipe.fileno(), piece[:_PIECE]) :]

    def _read(self, size: int, end: float) -> bytes:
        pipe = self._process.stdout
        assert pipe is not None
        found = bytearray()
        while len(found) < size:
            if not select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
                raise LibraryTimeoutError
            piece = os.read(pipe.fileno(), size - len(found))
            if not piece:
                raise ValueError("ended")
            found += piece
        return bytes(found)


@lru_cache(maxsize=1)
def library(data: str, choices: tuple[str, ...], settings: tuple[str, ...]) -> Library | None:
    """The library with the data of a folder and Tesseract's variables as name=value; None if it is not installed."""
    if not data or find_spec("tesserocr") is None:
        return None
    return Library([sys.executable, "-P", str(_WORKER), data, ",".join(choices), *settings], choices)
