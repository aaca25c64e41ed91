"""Disputes: who objects to what, and those that people file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import asking, filing, schemas, views
from api.deps import GraphOf
from api.errors import responses
from api.queries import DisputeFilters
from graph import read_disputes

router = APIRouter(tags=["disputes"], responses=responses(422, 500, 503))


@router.get("/disputes")
def list_disputes(graph: GraphOf, query: Annotated[DisputeFilters, Query()]) -> schemas.Listed[schemas.Dispute]:
    """Disputes that stand on pages today, the newest first, each with the words of both sides."""
    return asking.disputes(graph, query)


@router.get("/disputes/{id}", responses=responses(404))
def get_dispute(graph: GraphOf, id: str) -> schemas.Dispute:
    """One dispute; also one of an older version of a page."""
    return views.dispute(read_disputes.dispute(graph, id))


@router.post("/disputes", status_code=201, responses=responses(404))
def file_dispute(graph: GraphOf, filed: schemas.FiledDispute) -> schemas.Dispute:
    """Files a dispute that was not found, against an assertion or against words at offsets.

    It comes with a review that confirms it, by whoever files it. What is there already is confirmed.
    """
    return views.dispute(read_disputes.dispute(graph, filing.file(graph, filed)))
