"""Claims and assertions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import asking, schemas, views
from api.deps import GraphOf
from api.errors import responses
from api.queries import AssertionFilters, ClaimFilters
from graph import read

router = APIRouter(responses=responses(422, 500, 503))


@router.get("/claims", tags=["claims"])
def list_claims(graph: GraphOf, query: Annotated[ClaimFilters, Query()]) -> schemas.Listed[schemas.Claim]:
    """Claims, each with the newest assertions that match; those of the newest such assertions first.

    Claims that only comment writers themselves assert are left out, unless `directness=own` asks for them.
    """
    return asking.claims(graph, query)


@router.get("/claims/{id}", tags=["claims"], responses=responses(404))
def get_claim(graph: GraphOf, id: str) -> schemas.ClaimDetail:
    """One claim with its sources, both its sides in the order of time, and its 50 newest assertions.

    Also by an id that it had before it was joined with others; `/assertions?claim=` lists all its assertions.
    """
    return asking.claim(graph, id)


@router.get("/assertions", tags=["assertions"])
def list_assertions(graph: GraphOf, query: Annotated[AssertionFilters, Query()]) -> schemas.Listed[schemas.Assertion]:
    """Assertions that stand on pages today, the newest first, each with its evidence and a line to cite it by."""
    return asking.assertions(graph, query)


@router.get("/assertions/{id}", tags=["assertions"], responses=responses(404))
def get_assertion(graph: GraphOf, id: str) -> schemas.AssertionDetail:
    """One assertion, through whom it reached us, and how many sources it really has; also one of an older version."""
    return views.assertion_detail(read.assertion(graph, id), read.reached(graph, id))
