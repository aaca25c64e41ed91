"""``onrecord outlets``."""

from __future__ import annotations

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def outlets(
    document: common.DocumentId = None,
    q: common.Words = None,
    limit: common.Limit = 50,
    cursor: common.Cursor = None,
    as_json: common.AsJson = False,
) -> None:
    """List outlets that published pages or that words came through, by name."""
    from api import asking, render
    from api.queries import OutletFilters

    query = common.query_of(OutletFilters, document=document, q=q, limit=limit, cursor=cursor)
    with common.opened_graph() as graph:
        common.answer(asking.outlets(graph, query), render.outlets, as_json=as_json)
