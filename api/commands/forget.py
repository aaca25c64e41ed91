"""``onrecord forget``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def forget(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a document (doc-...) or an account (acc-...).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take a document or an account out of the graph, and remember that it must stay out.

    With a document go the pages that it was read from, as they were kept on this machine. Those that hold comments of
    an account stay, because they prove what others said.
    """
    from dataclasses import asdict

    from api import service
    from api.commands.common import counted
    from api.settings import load
    from graph.store import Store

    with common.opened_graph() as graph:
        gone, pages = service.forget(id, settings=load(), store=Store(graph))
    if as_json:
        typer.echo(json.dumps({**asdict(gone), "deleted_pages": pages}))
    elif gone.already:
        typer.echo(f"{id} was forgotten before, and stays out.")
    else:
        what = f"{counted(gone.texts, 'text')} and {counted(gone.assertions, 'assertion')}"
        typer.echo(f"{id} is forgotten, with {what}; a later ingest will not bring it back.")
        if id.startswith("acc-"):
            typer.echo("Kept pages that hold its comments stay: they prove what others said.")
        else:
            typer.echo(f"{counted(pages, 'kept page')} deleted.")
