"""``onrecord forget``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from api.commands import common

app = typer.Typer()


@app.command()
def forget(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a document (doc-...) or an account (acc-...).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take a document or an account out of the graph, and remember that it must stay out."""
    from dataclasses import asdict

    from api.commands.ingest import counted
    from graph.store import Store

    with common.opened_graph() as graph:
        gone = Store(graph).forget(id)
    if as_json:
        typer.echo(json.dumps(asdict(gone)))
    elif gone.already:
        typer.echo(f"{id} was forgotten before, and stays out.")
    else:
        what = f"{counted(gone.texts, 'text')} and {counted(gone.assertions, 'assertion')}"
        typer.echo(f"{id} is forgotten, with {what}; a later ingest will not bring it back.")
