"""What the routers are given: the graph."""

from __future__ import annotations

import threading
from typing import Annotated

from fastapi import Depends, Request

from graph import schema
from graph.driver import Connection, Graph, open_driver
from graph.errors import SchemaTooNewError

PATIENCE_S = 2.0
"""How long a request waits for a database that does not answer."""


class Database:
    """The graph behind the service: connects when it is first needed, and again after the server was away."""

    def __init__(self, connection: Connection) -> None:
        self._graph = Graph(open_driver(connection, patience_s=PATIENCE_S), connection)
        self._lock = threading.Lock()
        self._prepared = False

    def graph(self) -> Graph:
        """The graph, with this release's schema.

        Raises:
            GraphError: the database is not there, or cannot be used by this release.
        """
        if not self._prepared:
            with self._lock:
                if not self._prepared:
                    schema.apply(self._graph)
                    self._prepared = True
        return self._graph

    def check(self) -> None:
        """Asks the server whether it can be used now.

        Raises:
            GraphError: why it cannot.
        """
        recorded = schema.version(self.graph())
        if recorded is None or recorded < len(schema.steps()):
            # Another database than the one that was prepared: it was emptied or replaced while we ran.
            schema.apply(self._graph)
        elif recorded > len(schema.steps()):
            raise SchemaTooNewError(f"the graph was made by a newer OnRecord (its schema is {recorded})")

    def close(self) -> None:
        """Gives the connections back."""
        self._graph.close()


def _graph(request: Request) -> Graph:
    database: Database = request.app.state.database
    return database.graph()


GraphOf = Annotated[Graph, Depends(_graph)]
