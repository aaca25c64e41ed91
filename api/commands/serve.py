"""``onrecord serve``: the REST interface."""

from __future__ import annotations

import errno
import socket
from typing import Annotated, Any

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 for any free one.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the graph over REST. Anybody who can reach the address can read all of it."""
    listening = _bound(host, port)
    with listening, common.answering():
        import uvicorn

        from api import database
        from api.app import create
        from api.settings import load

        settings = load()
        application = create(database.ensure(settings), database.browser_origins(settings))
        address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
        typer.echo(f"OnRecord answers at {address}; its page is {address}/docs. Ctrl-C ends it.", err=True)
        server = uvicorn.Server(uvicorn.Config(application, log_config=LOGGING, server_header=False))
        server.run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    """A socket of that address, taken before anything else is started."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # With the protocol named, asyncio sends answers at once; without it each waits 40 ms for the client's kernel.
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            common.fail(f"{host}:{port}: another program listens there; choose another with --port, or 0 for any")
        if error.errno == errno.EACCES:
            common.fail(f"{host}:{port}: only an administrator may listen there; choose a --port from 1024 on")
        common.fail(f"{host}:{port}: cannot listen there ({error.strerror or error})")
    return listening


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
    "loggers": {
        "uvicorn": {"level": "INFO"},
        "uvicorn.access": {"level": "INFO"},
        "onrecord": {"level": "INFO"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
