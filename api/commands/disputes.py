"""``onrecord disputes``."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def disputes(
    kind: Annotated[str | None, typer.Option(help="denial, contradiction, rebuttal, doubt or fact_check.")] = None,
    status: Annotated[str | None, typer.Option(help="candidate, confirmed or rejected.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Who raised it.", metavar="ID")] = None,
    against: Annotated[str | None, typer.Option(help="Whose assertion it is against.", metavar="ID")] = None,
    outlet: Annotated[
        str | None, typer.Option(help="The outlet on whose page either side stands.", metavar="ID")
    ] = None,
    entity: Annotated[str | None, typer.Option(help="Who or what either side names.", metavar="ID")] = None,
    document: common.DocumentId = None,
    claim: Annotated[str | None, typer.Option(help="The claim that is disputed.", metavar="ID")] = None,
    since: Annotated[str | None, typer.Option(help="Stated on this day or later.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Stated on this day or earlier.", metavar="DATE")] = None,
    min_confidence: Annotated[float | None, typer.Option(help="From 0 to 1.", metavar="SHARE")] = None,
    q: common.Words = None,
    limit: common.Limit = 20,
    cursor: common.Cursor = None,
    as_json: common.AsJson = False,
) -> None:
    """List who disputes what, the newest first, with the words of both sides under each other."""
    from api import asking, render_disputes
    from api.queries import DisputeFilters

    query = common.query_of(
        DisputeFilters,
        kind=kind,
        status=status,
        speaker=speaker,
        against=against,
        outlet=outlet,
        entity=entity,
        document=document,
        claim=claim,
        since=since,
        until=until,
        min_confidence=min_confidence,
        q=q,
        limit=limit,
        cursor=cursor,
    )
    with common.opened_graph() as graph:
        common.answer(asking.disputes(graph, query), render_disputes.disputes, as_json=as_json)
