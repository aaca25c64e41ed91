"""``onrecord search``."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORD", help='Words that must all be there; "in quotes", a phrase.')
    ],
    kind: Annotated[
        str | None, typer.Option(help="Only claim, assertion, entity, outlet, account or document.")
    ] = None,
    limit: common.Limit = 20,
    cursor: common.Cursor = None,
    as_json: common.AsJson = False,
) -> None:
    """Find claims, names and pages by their words, the best match first."""
    from api import asking, render
    from api.queries import SearchFilters

    query = common.query_of(SearchFilters, q=" ".join(words), kind=kind, limit=limit, cursor=cursor)
    with common.opened_graph() as graph:
        common.answer(asking.search(graph, query), render.found, as_json=as_json)
