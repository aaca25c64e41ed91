"""The database that the settings name: a server of the user's own, or the local Neo4j, started where it does not run.

What long work says on the way goes to standard error: a progress bar where that is a terminal, nothing where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    Task,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from api.settings import Settings
from graph.driver import Connection, Graph
from graph.jars import Report
from graph.local import LocalNeo4j
from graph.schema import apply


def local(settings: Settings, *, release: str | None = None) -> LocalNeo4j:
    """The local Neo4j of the settings' home, whether it runs or not; ``release`` comes before that of the settings."""
    return LocalNeo4j(
        settings.home,
        cache=settings.cache,
        release=release or settings.neo4j_release,
        heap=settings.neo4j_heap,
        page_cache=settings.neo4j_page_cache,
        bolt_port=settings.neo4j_bolt_port,
        http_port=settings.neo4j_http_port,
    )


def external(settings: Settings) -> Connection | None:
    """How to connect to the server that ``NEO4J_URI`` names; ``None`` where it names none."""
    if settings.neo4j_uri is None:
        return None
    password = settings.neo4j_password.get_secret_value()
    return Connection(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)


def browser_origins(settings: Settings) -> tuple[str, ...]:
    """The origins of the Neo4j Browsers that belong to the database: the settings' own, and the local one's."""
    server = None if settings.neo4j_uri is not None else local(settings).status().server
    if server is None:
        return settings.origins
    return (*settings.origins, *(f"http://{host}:{server.http_port}" for host in ("127.0.0.1", "localhost")))


def ensure(settings: Settings) -> Connection:
    """How to connect to the database; the local Neo4j is fetched and started where it has to be.

    A server that was started here keeps running, and a line on standard error says how to look into it and how to
    stop it.

    Raises:
        LocalDatabaseError: the local Neo4j cannot be fetched or started.
    """
    connection = external(settings)
    if connection is not None:
        return connection
    server = local(settings)
    with reporting() as report:
        connection = server.up(report)
    if server.started:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            "Neo4j was started and keeps running: `onrecord db browser` shows the graph, `onrecord db down` stops it."
        )
    return connection


@contextmanager
def opened(settings: Settings, *, adopt: bool = False) -> Iterator[Graph]:
    """The graph, connected and brought to this release's schema.

    Raises:
        GraphError: no server, no password, a newer schema, or somebody else's data; see ``graph.errors``.
    """
    with Graph.connect(ensure(settings), wait_s=settings.database_wait) as graph:
        apply(graph, adopt=adopt)
        yield graph


class _Bytes(DownloadColumn):
    """Bytes done and to do, of steps that are counted in bytes."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total else Text()


@contextmanager
def reporting(*, in_bytes: bool = True) -> Iterator[Report]:
    """A progress bar on standard error for what reports steps and how far they are; silent where that is no terminal.

    ``in_bytes`` tells whether steps are counted in bytes; otherwise their share is shown.
    """
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        _Bytes() if in_bytes else TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task: TaskID | None = None
        current = ""

        def report(what: str, done: int, total: int) -> None:
            nonlocal task, current
            if task is None or what != current:
                if task is not None:
                    bar.remove_task(task)
                task, current = bar.add_task(what, total=total or None), what
            bar.update(task, completed=done, total=total or None)

        yield report
