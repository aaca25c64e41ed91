"""What the groups of one run share: a folder of their own, and a local Neo4j in it."""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from graph.driver import Connection, Graph
    from graph.local import LocalNeo4j

# Indexes and constraints stay, and so does the record of the schema that made them.
_EMPTY = "MATCH (n) WHERE NOT n:OnRecordSchema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"


class Bench:
    """A run: where it works, how large it is, and the server that it measures.

    Args:
        folder: holds ``ONRECORD_HOME`` and everything else that the run writes; the caller removes it.
        assertions: how many synthetic assertions the lists are asked over.
        console: where progress is told.
        release: of Neo4j; the default unless given.
    """

    def __init__(self, folder: Path, *, assertions: int, console: Console, release: str | None = None) -> None:
        self.home = folder / "home"
        self.scratch = folder / "scratch"
        self.assertions = assertions
        self.release = release
        self._console = console
        self._closing = ExitStack()
        self.start_seconds: float | None = None
        self.home.mkdir()
        self.scratch.mkdir()

    def say(self, line: str) -> None:
        """Tells what is going on, on standard error."""
        self._console.print(f"[dim]{line}[/]", highlight=False)

    @cached_property
    def server(self) -> LocalNeo4j:
        """The local Neo4j of this run, not started by asking for it."""
        from graph.local import LocalNeo4j

        server = LocalNeo4j(self.home, release=self.release)
        self._closing.callback(server.down)
        return server

    @cached_property
    def other(self) -> Bench:
        """The same with an empty database of the other release of Neo4j, in a folder of its own."""
        from graph.jars import releases

        [name] = [name for name in releases() if name != self.server.release]
        folder = self.scratch / "other"
        folder.mkdir()
        other = Bench(folder, assertions=self.assertions, console=self._console, release=name)
        self._closing.callback(other.close)
        return other

    @cached_property
    def connection(self) -> Connection:
        """The started server; ``start_seconds`` tells how long that took."""
        self.say("starting a local Neo4j ...")
        before = time.perf_counter()
        connection = self.server.up()
        self.start_seconds = time.perf_counter() - before
        return connection

    @cached_property
    def graph(self) -> Graph:
        """The database with its schema."""
        from graph import schema
        from graph.driver import Graph

        graph = self._closing.enter_context(Graph.connect(self.connection, wait_s=60))
        schema.apply(graph)
        return graph

    def empty(self) -> None:
        """Takes everything out of the database but its schema."""
        self.graph.execute(_EMPTY)

    def close(self) -> None:
        """Ends the server, if this run started one."""
        self._closing.close()
