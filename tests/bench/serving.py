"""A real ``onrecord serve`` process on a free port of the loopback interface."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from tests.bench.processes import ONRECORD

HOST = "127.0.0.1"


@dataclass(slots=True)
class Client:
    """One connection that is kept open, and no more work around a request than need be."""

    port: int
    timeout_s: float = 120
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(HOST, self.port, timeout=self.timeout_s)

    def get(self, path: str, query: Mapping[str, object] | None = None) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        self._connection.request("GET", path + (f"?{urlencode(query)}" if query else ""))
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def items(self, path: str, query: Mapping[str, object] | None = None) -> dict[str, Any]:
        """A list's answer.

        Raises:
            RuntimeError: the status is not 200.
        """
        status, body = self.get(path, query)
        if status != 200:
            raise RuntimeError(f"GET {path} {dict(query or {})}: {status} {body[:300].decode(errors='replace')}")
        answer: dict[str, Any] = json.loads(body)
        return answer

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def served(env: Mapping[str, str], logs: Path) -> Iterator[tuple[int, int]]:
    """Serves the graph that ``env`` names; gives the process id and the port once ``/readyz`` says yes."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / "serve").open("wb") as log:
        process = subprocess.Popen(
            [str(ONRECORD), "serve", "--host", HOST, "--port", str(port)],
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        _wait(process, port, logs / "serve")
        yield process.pid, port
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with Client(port, timeout_s=5) as client:
                if client.get("/readyz")[0] == 200:
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"`onrecord serve` did not become ready: {log.read_text(errors='replace')[-1_000:]}")
