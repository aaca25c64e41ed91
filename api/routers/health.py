"""Whether the service runs, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.deps import Database
from api.errors import problem, responses
from api.schemas import Health
from graph.errors import GraphError

router = APIRouter(tags=["health"], responses=responses(500))


@router.get("/healthz")
def healthz() -> Health:
    """The process answers. Says nothing of the database."""
    return Health(status="ok")


@router.get("/readyz", response_model=Health, responses=responses(503))
def readyz(request: Request) -> Health | JSONResponse:
    """The database answers and this release can use it; otherwise 503 with the reason."""
    database: Database = request.app.state.database
    try:
        database.check()
    except GraphError as error:
        return problem(request, 503, str(error), headers={"Retry-After": "5"})
    return Health(status="ok")
