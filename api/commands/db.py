"""``onrecord db``: the database, local or one's own."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console

from api import database
from api.commands.common import answering, counted
from api.settings import load
from graph import schema as graph_schema
from graph.driver import Connection, Graph
from graph.errors import GraphError, LocalDatabaseError
from graph.local import LocalNeo4j

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="The database: the local Neo4j, or the server that NEO4J_URI names.",
)

API = "http://127.0.0.1:8000"
"""Where `onrecord serve` answers unless it is told otherwise."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def up(
    release: Annotated[
        str | None, typer.Option(help="Which Neo4j makes the data of a new home, as in 2026.08.", metavar="NAME")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Start the local Neo4j, or join it where it runs; it keeps running."""
    with answering():
        settings = load()
        named = database.external(settings)
        if named is not None:
            if release is not None:
                raise LocalDatabaseError("NEO4J_URI names a server, and --release is for the local Neo4j: unset one")
            with Graph.connect(named, wait_s=settings.database_wait) as graph:
                _print({"state": "external", "uri": named.address, "version": graph.ping()}, as_json)
            _say("NEO4J_URI names a server, so there is no local one to start.")
            return
        server = database.local(settings, release=release)
        with database.reporting() as report:
            server.up(report)
        _print(_local_facts(server), as_json)
        if not as_json:
            _say("`onrecord db browser` opens it, `onrecord db down` stops it.")


@app.command()
def down() -> None:
    """Stop the local Neo4j and wait until it has ended."""
    with answering():
        settings = load()
        server = database.local(settings)
        with Console(stderr=True).status("stopping Neo4j (it takes some ten seconds)"):
            stopped = server.down()
        typer.echo("The local Neo4j was stopped." if stopped else "The local Neo4j was not running.")
        if settings.neo4j_uri is not None:
            _say("The server that NEO4J_URI names was left alone.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """Say which database is used and how it is. Exit status 0 when it answers, 1 when it does not."""
    with answering():
        settings = load()
        named = database.external(settings)
        facts = _local_facts(database.local(settings)) if named is None else _external_facts(named)
        _print(facts, as_json)
        raise typer.Exit(0 if facts["state"] in ("running", "external") else 1)


@app.command()
def schema(
    adopt: Annotated[bool, typer.Option(help="Go ahead in a database that already holds other data.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the database to the schema of this release, and say which that is."""
    with answering():
        with database.opened(load(), adopt=adopt) as graph:
            steps = [{"name": step.name, "does": step.answers} for step in graph_schema.steps()]
            facts = {"uri": graph.connection.address, "version": graph_schema.version(graph), "steps": steps}
        if as_json:
            typer.echo(json.dumps(facts))
            return
        for step in steps:
            typer.echo(f"{step['name'].rpartition('/')[2]}: {step['does']}")
        typer.echo(f"The graph at {facts['uri']} has schema {facts['version']}.")


@app.command("export")
def export_(
    file: Annotated[Path, typer.Argument(help="Where to write the backup, as in graph.jsonl.gz.")],
    as_json: AsJson = False,
) -> None:
    """Write the whole graph, reviews included, into a file, as it is at one moment."""
    from api.app import release
    from graph.backup.export import export

    with answering(), database.opened(load()) as graph:
        with database.reporting(in_bytes=False) as report:
            written = export(graph, file, release=release(), progress=report)
        size = file.stat().st_size
        if as_json:
            typer.echo(json.dumps({"file": str(file), "bytes": size, **asdict(written)}))
        else:
            what = f"{counted(written.nodes, 'node')} and {counted(written.relationships, 'relationship')}"
            typer.echo(f"{file}: {what}, {size / 1e6:,.1f} MB")
        for labels, number in sorted(written.left_out.items()):
            _say(f"{counted(number, 'node')} with {labels} left out: not OnRecord's own")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A backup that `onrecord db export` has written.")],
    as_json: AsJson = False,
) -> None:
    """Read a backup into the database. What is there already stays as it is, and nothing is there twice."""
    from graph.backup.restore import restore

    with answering(), database.opened(load()) as graph:
        with database.reporting(in_bytes=False) as report:
            done = restore(graph, file, progress=report)
        if as_json:
            typer.echo(json.dumps({"file": str(file), **asdict(done)}))
            return
        typer.echo(
            f"{file}: {counted(done.of_nodes, 'node')} ({done.nodes:,} new) and "
            f"{counted(done.of_relationships, 'relationship')} ({done.relationships:,} new)"
        )
        if done.other:
            _say(f"{counted(done.other, 'node')} differed from the backup and stayed as in the database")
        if done.retired:
            _say(f"{counted(done.retired, 'version')} not current any more: the backup has a newer one of the page")
        if done.forgotten:
            _say(f"{done.forgotten:,} left out: forgotten, and to stay out")


@app.command()
def browser(
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open it where there is a display.")] = True,
    api: Annotated[str, typer.Option(help="Where `onrecord serve` answers, which brings the tour.")] = API,
) -> None:
    """Start the local Neo4j where it does not run, and say how to sign in to Neo4j Browser."""
    with answering():
        settings = load()
        named = database.external(settings)
        if named is not None:
            host = urlsplit(named.uri).hostname or "localhost"
            address, secret = f"http://{host}:7474/browser/?dbms={named.address}", "the one in NEO4J_PASSWORD"
            user = named.user
            _say("The server is one of your own: its Browser is at this address unless it was set up otherwise.")
        else:
            server = database.local(settings)
            with database.reporting() as report:
                user = server.up(report).user
            running = server.status().server
            if running is None:
                raise GraphError(f"{server.folder}: the local Neo4j was stopped meanwhile")
            address, secret = running.browser, f"in the file {server.password_file}"
        typer.echo(f"Neo4j Browser: {address}\nUser name:     {user}\nPassword:      {secret}")
        typer.echo(kit_lines(api))
        if open_it and has_display():
            webbrowser.open(address)


def kit_lines(api: str) -> str:
    """How to load the tour, the style and the saved queries, once signed in."""
    base = f"{api.rstrip('/')}/browser"
    return (
        f"Once signed in (`onrecord serve` must run at {api}), type these into the editor, each with Ctrl+Enter:\n"
        f"  :style {base}/onrecord.grass\n"
        f"  :play {base}/guide.html\n"
        f"Saved queries: fetch {base}/onrecord.zip and drop it on the list that the star on the left opens."
    )


def has_display() -> bool:
    """Whether a window can be opened for the person who typed the command."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _local_facts(server: LocalNeo4j) -> dict[str, Any]:
    found = server.status()
    facts: dict[str, Any] = {"state": found.state, "folder": str(found.folder), "release": found.release}
    if found.server is not None:
        facts |= {
            "pid": found.server.pid,
            "version": found.server.version,
            "uri": found.server.uri,
            "browser": found.server.browser,
            "memory_bytes": found.memory_bytes,
        }
    return facts | {"store_bytes": found.store_bytes}


def _external_facts(connection: Connection) -> dict[str, Any]:
    facts: dict[str, Any] = {"state": "unreachable", "uri": connection.address, "database": connection.database}
    try:
        with Graph.connect(connection) as graph:
            return facts | {"state": "external", "version": graph.ping()}
    except GraphError as error:
        return facts | {"reason": str(error)}


NAMES = {
    "state": "State",
    "folder": "Folder",
    "release": "Release",
    "pid": "Process",
    "version": "Neo4j",
    "uri": "Bolt address",
    "browser": "Browser",
    "database": "Database",
    "memory_bytes": "Memory",
    "store_bytes": "Data",
    "reason": "Reason",
}
STATES = {
    "running": "running (the local Neo4j)",
    "starting": "starting (its process is there and does not answer yet)",
    "stopped": "not started; `onrecord db up` starts it",
    "stale": "not running, it ended without being stopped; `onrecord db up` starts it again",
    "external": "running (the server that NEO4J_URI names)",
    "unreachable": "no answer (the server that NEO4J_URI names)",
}


def _print(facts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(facts))
        return
    for key, value in facts.items():
        if value is not None:
            typer.echo(f"{NAMES[key]:<13} {_readable(key, value)}")


def _readable(key: str, value: Any) -> str:
    if key == "state":
        return STATES[value]
    if key.endswith("_bytes"):
        return f"{value / 1e6:.0f} MB"
    return str(value)


def _say(line: str) -> None:
    typer.echo(line, err=True)
