"""``onrecord speakers``."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def speakers(
    kind: Annotated[str | None, typer.Option(help="person, organization, account and so on.")] = None,
    document: common.DocumentId = None,
    q: common.Words = None,
    limit: common.Limit = 50,
    cursor: common.Cursor = None,
    as_json: common.AsJson = False,
) -> None:
    """List who has asserted something, by name."""
    from api import asking, render
    from api.queries import SpeakerFilters

    query = common.query_of(SpeakerFilters, kind=kind, document=document, q=q, limit=limit, cursor=cursor)
    with common.opened_graph() as graph:
        common.answer(asking.speakers(graph, query), render.speakers, as_json=as_json)
