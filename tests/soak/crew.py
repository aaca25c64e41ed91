"""Starts, watches and kills real ``onrecord ingest`` processes and their Neo4j."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graph import schema
from graph.driver import Graph
from graph.errors import GraphError
from graph.local import LocalNeo4j
from tests.bench.processes import ONRECORD, environment
from tests.conftest import RELEASE

RUN_S = 300
"""How long one ingest of the folder may take at most before the test gives up on it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How an ingest ended: its status (negative: the signal that killed it) and what it said."""

    status: int
    said: str


class Ingest:
    """One ``onrecord ingest FOLDER`` that goes on in the background; its streams are kept in a file."""

    def __init__(self, folder: Path, home: Path, log: Path, *, matching: bool) -> None:
        self._log = log
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [str(ONRECORD), "ingest", str(folder)],
                env=environment(
                    home,
                    ONRECORD_ANNOTATOR="rules",
                    ONRECORD_MATCHING="model" if matching else "off",
                    ONRECORD_NEO4J_RELEASE=RELEASE or "",
                ),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """``kill -9``, of this process alone."""
        self.process.send_signal(signal.SIGKILL)

    def end(self, timeout_s: float = RUN_S) -> Ended:
        """Waits for its end.

        Raises:
            subprocess.TimeoutExpired: it goes on longer than ``timeout_s``; it was killed.
        """
        try:
            status = self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return Ended(status, self._log.read_text(encoding="utf-8", errors="replace"))


class Home:
    """An ``ONRECORD_HOME`` with its local Neo4j, and a folder of pages to ingest into it.

    Claims are compared only with ``matching``: made pages all say much the same, and that would take most of the time.
    """

    def __init__(self, home: Path, pages: Path, *, matching: bool = False) -> None:
        self.home = home
        self.pages = pages
        self._matching = matching
        self.server = LocalNeo4j(home, release=RELEASE)
        self._runs = 0
        home.mkdir(parents=True, exist_ok=True)

    def ingest(self) -> Ingest:
        """Starts an ingest of all pages."""
        self._runs += 1
        return Ingest(self.pages, self.home, self.home / f"ingest-{self._runs}.log", matching=self._matching)

    def ingest_all(self) -> None:
        """Ingests all pages.

        Raises:
            AssertionError: it did not end with status 0; says what it said.
        """
        ended = self.ingest().end()
        assert ended.status == 0, ended.said[-2_000:]

    @contextmanager
    def graph(self) -> Iterator[Graph]:
        """The graph of this home, its server started where it does not run."""
        with Graph.connect(self.server.up(), wait_s=60) as graph:
            schema.apply(graph)
            yield graph

    def kill_server(self) -> None:
        """``kill -9`` of the Neo4j server, and waits until its process is gone."""
        server = self.server.status().server
        assert server is not None, "there is no server to kill"
        os.kill(server.pid, signal.SIGKILL)
        until = time.monotonic() + 20
        while self.server.status().server is not None:
            assert time.monotonic() < until, "the server is still there"
            time.sleep(0.05)

    def down(self) -> None:
        """Stops the server."""
        self.server.down()


def wait_for_documents(graph: Graph, ingest: Ingest, wanted: int) -> bool:
    """Waits until ``wanted`` documents are stored; false where the ingest ended before that."""
    while ingest.running:
        with suppress(GraphError):
            if graph.execute("MATCH (d:Document) RETURN count(d) AS n", mode="read")[0]["n"] >= wanted:
                return True
        time.sleep(0.01)
    return False
