"""``onrecord claims``."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def claims(
    speaker: common.SpeakerId = None,
    outlet: common.OutletId = None,
    entity: common.EntityId = None,
    document: common.DocumentId = None,
    directness: Annotated[str | None, typer.Option(help="direct, indirect, mixed, or own: what writers say.")] = None,
    disputed: Annotated[bool | None, typer.Option(help="Only claims that count as disputed, or that do not.")] = None,
    since: Annotated[str | None, typer.Option(help="Asserted on this day or later.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Asserted on this day or earlier.", metavar="DATE")] = None,
    min_confidence: Annotated[float | None, typer.Option(help="From 0 to 1.", metavar="SHARE")] = None,
    q: common.Words = None,
    limit: common.Limit = 20,
    cursor: common.Cursor = None,
    as_json: common.AsJson = False,
) -> None:
    """List claims, each with who asserts it, the newest first.

    What only comment writers themselves assert is left out, unless --directness own asks for it.
    """
    from api import asking, render
    from api.queries import ClaimFilters

    query = common.query_of(
        ClaimFilters,
        speaker=speaker,
        outlet=outlet,
        entity=entity,
        document=document,
        directness=directness,
        disputed=disputed,
        since=since,
        until=until,
        min_confidence=min_confidence,
        q=q,
        limit=limit,
        cursor=cursor,
    )
    with common.opened_graph() as graph:
        common.answer(asking.claims(graph, query), render.claims, as_json=as_json)
