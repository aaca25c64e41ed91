"""Speakers, outlets and entities, and what they say, carry or are named in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import asking, schemas, views
from api.deps import GraphOf
from api.errors import responses
from api.queries import (
    EntityClaimFilters,
    EntityFilters,
    OutletClaimFilters,
    OutletFilters,
    SpeakerClaimFilters,
    SpeakerFilters,
)
from graph import read

router = APIRouter(responses=responses(422, 500, 503))
Claims = schemas.Listed[schemas.Claim]


@router.get("/speakers", tags=["speakers"])
def list_speakers(graph: GraphOf, query: Annotated[SpeakerFilters, Query()]) -> schemas.Listed[schemas.SpeakerDetail]:
    """Everybody who has asserted something, by name: people, organisations, outlets, comment writers."""
    return asking.speakers(graph, query)


@router.get("/speakers/{id}", tags=["speakers"], responses=responses(404))
def get_speaker(graph: GraphOf, id: str) -> schemas.SpeakerOne:
    """One speaker, by any of the ids that are taken for the same, with who else may be the same."""
    return views.picked(schemas.SpeakerOne, read.one_named(graph, id, "Speaker"))


@router.get("/speakers/{id}/claims", tags=["speakers"], responses=responses(404))
def list_speaker_claims(graph: GraphOf, id: str, query: Annotated[SpeakerClaimFilters, Query()]) -> Claims:
    """Claims that one speaker asserts, each with these assertions."""
    return asking.claims(graph, query, speaker=read.one_named(graph, id, "Speaker")["id"])


@router.get("/outlets", tags=["outlets"])
def list_outlets(graph: GraphOf, query: Annotated[OutletFilters, Query()]) -> schemas.Listed[schemas.OutletDetail]:
    """Outlets that published a page or that words came through, by name."""
    return asking.outlets(graph, query)


@router.get("/outlets/{id}", tags=["outlets"], responses=responses(404))
def get_outlet(graph: GraphOf, id: str) -> schemas.OutletDetail:
    """One outlet."""
    return views.picked(schemas.OutletDetail, read.one_named(graph, id, "Outlet"))


@router.get("/outlets/{id}/claims", tags=["outlets"], responses=responses(404))
def list_outlet_claims(graph: GraphOf, id: str, query: Annotated[OutletClaimFilters, Query()]) -> Claims:
    """Claims that one outlet published or that came through it, each with these assertions."""
    return asking.claims(graph, query, outlet=read.one_named(graph, id, "Outlet")["id"])


@router.get("/entities", tags=["entities"])
def list_entities(graph: GraphOf, query: Annotated[EntityFilters, Query()]) -> schemas.Listed[schemas.Entity]:
    """Everybody and everything that is named, by name."""
    return asking.entities(graph, query)


@router.get("/entities/{id}", tags=["entities"], responses=responses(404))
def get_entity(graph: GraphOf, id: str) -> schemas.EntityDetail:
    """One entity, by any of the ids that are taken for the same, with who or what else may be the same."""
    return views.picked(schemas.EntityDetail, read.one_named(graph, id, "Entity"))


@router.get("/entities/{id}/claims", tags=["entities"], responses=responses(404))
def list_entity_claims(graph: GraphOf, id: str, query: Annotated[EntityClaimFilters, Query()]) -> Claims:
    """Claims in whose words an entity is named, each with these assertions."""
    return asking.claims(graph, query, entity=read.one_named(graph, id, "Entity")["id"])
