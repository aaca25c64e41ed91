"""``onrecord show``: anything, by its id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import common

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType

    from api import schemas
    from graph.driver import Graph

    Shown = tuple[BaseModel, RenderableType]

app = typer.Typer(add_completion=False)

SAID = 10
"""How many of somebody's assertions are shown with them."""

REVIEWED = ("ast", "ent", "acc", "dsp", "doc")
DECIDED = 20
"""How many reviews are shown with what they are about."""


@app.command()
def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="As lists print it: clm-..., ast-..., dsp-..., fck-..., ent-..., acc-..., doc-..., rev-... and so on",
        ),
    ],
    as_json: common.AsJson = False,
) -> None:
    """Show anything by its id, with its evidence and a line to cite it by."""
    prefix = id.partition("-")[0]
    shows = SHOWS.get(prefix)
    if shows is None or "-" not in id:
        known = ", ".join(f"{name}-..." for name in SHOWS)
        common.fail(f"{id}: is no id of anything that can be shown ({known})", 2)
    with common.opened_graph() as graph:
        shown, card = shows(graph, id)
        common.answer(shown, lambda _: _with_reviews(graph, id, card), as_json=as_json)


def _with_reviews(graph: Graph, id: str, card: RenderableType) -> RenderableType:
    """A card, and below it what people decided about the thing."""
    from rich.console import Group

    from api import asking, render
    from api.queries import ReviewFilters

    if id.partition("-")[0] not in REVIEWED:
        return card
    decided = asking.reviews(graph, ReviewFilters(of=id, limit=DECIDED)).items
    return Group(card, *render.reviews(decided))


def _claim(graph: Graph, id: str) -> Shown:
    from api import asking, render

    claim = asking.claim(graph, id)
    return claim, render.claim_card(claim)


def _assertion(graph: Graph, id: str) -> Shown:
    from api import render, views
    from graph import read

    assertion = views.assertion_detail(read.assertion(graph, id), read.reached(graph, id))
    return assertion, render.assertion_card(assertion)


def _dispute(graph: Graph, id: str) -> Shown:
    from api import render_disputes, views
    from graph import read_disputes

    dispute = views.dispute(read_disputes.dispute(graph, id))
    return dispute, render_disputes.dispute_card(dispute)


def _fact_check(graph: Graph, id: str) -> Shown:
    from api import render_disputes, views
    from graph import read_disputes

    check = views.fact_check(read_disputes.fact_check(graph, id))
    return check, render_disputes.fact_check_card(check)


def _entity(graph: Graph, id: str) -> Shown:
    from api import render, schemas, views
    from graph import read

    row = read.one_named(graph, id, "Entity")
    if "Outlet" in row["labels"]:
        outlet = views.picked(schemas.OutletDetail, row)
        return outlet, render.named_card(outlet, "outlet", _said_by(graph, id))
    entity = views.picked(schemas.EntityDetail, row)
    return entity, render.named_card(entity, entity.kind, _said_by(graph, id))


def _account(graph: Graph, id: str) -> Shown:
    from api import render, schemas, views
    from graph import read

    one = views.picked(schemas.SpeakerOne, read.one_named(graph, id, "Account"))
    return one, render.named_card(one, "account", _said_by(graph, id))


def _said_by(graph: Graph, id: str) -> list[schemas.Assertion]:
    from api import views
    from graph import read

    page = read.assertions(graph, read.Matching(speaker=id), limit=SAID)
    return [views.assertion(row) for row in page.rows]


def _document(graph: Graph, id: str) -> Shown:
    from api import render, views
    from graph import read

    one = views.document(read.document(graph, id))
    said = [views.assertion(row) for row in read.found_in(graph, one.version)]
    return one, render.document_card(one, said)


def _version(graph: Graph, id: str) -> Shown:
    from api import render, views
    from graph import read

    one = views.version(read.version(graph, id))
    return one, render.version_card(one, [views.assertion(row) for row in read.found_in(graph, id)])


def _comment(graph: Graph, id: str) -> Shown:
    from api import render, views
    from graph import read

    one = views.comment(read.comment(graph, id))
    return one, render.comment_card(one, [views.assertion(row) for row in read.found_in(graph, id)])


def _review(graph: Graph, id: str) -> Shown:
    from api import render, views
    from graph import read

    one = views.review(read.review(graph, id))
    return one, render.review_card(one)


SHOWS: dict[str, Callable[[Graph, str], Shown]] = {
    "clm": _claim,
    "ast": _assertion,
    "dsp": _dispute,
    "fck": _fact_check,
    "ent": _entity,
    "acc": _account,
    "doc": _document,
    "ver": _version,
    "com": _comment,
    "rev": _review,
}
"""What is shown for each prefix of ids: the answer, and its card."""
