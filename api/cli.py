"""The ``onrecord`` command. Each command is a module of ``api.commands``, imported when called: help comes at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS: Mapping[str, str] = {
    "ingest": "Read pages, find who asserts what, and store it in the graph.",
    "extract": "Read pages and print what they assert, as JSON Lines, without a graph.",
    "show": "Show anything by its id, with its evidence and a line to cite it by.",
    "claims": "List claims, each with who asserts it, the newest first.",
    "disputes": "List who disputes what, with the words of both sides.",
    "speakers": "List who has asserted something.",
    "outlets": "List outlets that published pages or that words came through.",
    "search": "Find claims, names and pages by their words.",
    "review": "Decide about a dispute, an assertion or an entity.",
    "forget": "Take a document or an account out of the graph, for good.",
    "serve": "Serve the graph over REST.",
    "db": "The database: the local Neo4j, or the server that NEO4J_URI names.",
    "train": "Train the language model that finds sentences, names and attributions.",
    "evaluate": "Score an annotator on annotated texts, with intervals, the worst first.",
}
"""The modules of ``api.commands`` with what the help says of each, in the order of the help."""

INTERRUPTED = 130


class Commands(TyperGroup):
    """Imports a command's module when it is called, and not to list it."""

    _listing = False

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, or while help is written only what help needs."""
        if cmd_name not in COMMANDS:
            return None
        if self._listing:
            return TyperCommand(cmd_name, help=COMMANDS[cmd_name])
        return typer.main.get_command(import_module(f"api.commands.{cmd_name}").app)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help of the whole."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Who asserts what, through which outlet, and where it stands: a knowledge graph of claims and their sources.",
    epilog="ONRECORD_HOME names the folder for the local database, fetched pages and settings.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as installed

        typer.echo(f"onrecord {installed('onrecord')}")
        raise typer.Exit


@app.callback()
def _onrecord(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command that the arguments name, and exits."""
    signal.signal(signal.SIGINT, _interrupted)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not cost the answer.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    # SystemExit, unlike KeyboardInterrupt, passes through typer with its status, and every cleanup still runs.
    raise SystemExit(INTERRUPTED)


if __name__ == "__main__":
    main()
