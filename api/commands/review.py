"""``onrecord review``."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands import common

app = typer.Typer(add_completion=False)


@app.command()
def review(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="Of a dispute (dsp-...), an assertion (ast-...) or an entity (ent-...).")
    ],
    decision: Annotated[
        str,
        typer.Option(
            help="Dispute: confirm, reject, reopen. Assertion: right, wrong, speaker, same_claim, different_claim. "
            "Entity: same, different, move."
        ),
    ],
    by: Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME")],
    other: Annotated[
        str | None,
        typer.Option("--with", help="The right speaker, or the other assertion, claim, entity or page.", metavar="ID"),
    ] = None,
    note: Annotated[str | None, typer.Option(help="Why.", metavar="TEXT")] = None,
    as_json: common.AsJson = False,
) -> None:
    """Decide about a dispute, an assertion or an entity. Nothing is overwritten: undo a review by another one."""
    from api import asking, render
    from api.queries import ReviewBody

    given = {"decision": decision, "with": other, "note": note, "reviewer": by}
    body = common.query_of(ReviewBody, **given)
    with common.opened_graph() as graph:
        common.answer(asking.judge(graph, id, body), render.review_card, as_json=as_json)
