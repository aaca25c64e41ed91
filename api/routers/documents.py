"""Documents and their versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import asking, schemas, views
from api.deps import GraphOf
from api.errors import responses
from api.queries import DocumentFilters, Paging, SearchFilters
from graph import read

router = APIRouter(responses=responses(422, 500, 503))


@router.get("/documents", tags=["documents"])
def list_documents(graph: GraphOf, query: Annotated[DocumentFilters, Query()]) -> schemas.Listed[schemas.Document]:
    """Pages as they are today, the last read first."""
    return asking.documents(graph, query)


@router.get("/documents/{id}", tags=["documents"], responses=responses(404))
def get_document(graph: GraphOf, id: str) -> schemas.DocumentDetail:
    """One page with the text of its newest version, into which offsets point, and its thread of comments."""
    return views.document(read.document(graph, id))


@router.get("/documents/{id}/versions", tags=["documents"], responses=responses(404))
def list_versions(graph: GraphOf, id: str, query: Annotated[Paging, Query()]) -> schemas.Listed[schemas.VersionDetail]:
    """The texts that a page has had, the newest first."""
    return asking.versions(graph, id, query)


@router.get("/search", tags=["search"])
def search(graph: GraphOf, query: Annotated[SearchFilters, Query()]) -> schemas.Listed[schemas.Found]:
    """Claims, entities, outlets, accounts and documents that hold certain words, the best match first.

    Looks at the 1,000 best matches of each kind. Assertions are searched where `kind=assertion` asks for them.
    """
    return asking.search(graph, query)
