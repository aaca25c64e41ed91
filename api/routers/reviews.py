"""What people decide about disputes, assertions and entities."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query

from api import asking, schemas
from api.deps import GraphOf
from api.errors import responses
from api.queries import ReviewBody, ReviewFilters
from graph.errors import NotFoundError

router = APIRouter(tags=["reviews"], responses=responses(422, 500, 503))
Decided = Annotated[ReviewBody, Body()]
MADE: dict[str, Any] = {"status_code": 201, "responses": responses(404)}


@router.get("/reviews")
def list_reviews(graph: GraphOf, query: Annotated[ReviewFilters, Query()]) -> schemas.Listed[schemas.Review]:
    """What people decided, the newest first."""
    return asking.reviews(graph, query)


@router.post("/disputes/{id}/reviews", **MADE)
def review_dispute(graph: GraphOf, id: str, body: Decided) -> schemas.Review:
    """Decides about a dispute: `confirm`, `reject` or `reopen`. The last review by time decides."""
    return asking.judge(graph, _of(id, "dsp", "dispute"), body)


@router.post("/assertions/{id}/reviews", **MADE)
def review_assertion(graph: GraphOf, id: str, body: Decided) -> schemas.Review:
    """Decides about an assertion.

    `right` or `wrong`; `speaker` with the id of the right one; `same_claim` or `different_claim` with another
    assertion, or with a claim, which stands for its first assertion.
    """
    return asking.judge(graph, _of(id, "ast", "assertion"), body)


@router.post("/entities/{id}/reviews", **MADE)
def review_entity(graph: GraphOf, id: str, body: Decided) -> schemas.Review:
    """Decides about an entity.

    `same` or `different` with another entity or an account; `move` with a document parts a namesake: what that page
    says of the entity is said of an entity of the page's own from then on. `same` with that one undoes it.
    """
    return asking.judge(graph, _of(id, "ent", "entity"), body)


def _of(id: str, prefix: str, name: str) -> str:
    if not id.startswith(f"{prefix}-"):
        raise NotFoundError(f"{id}: is no {name}")
    return id
