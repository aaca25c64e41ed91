"""The kit for Neo4j Browser: the only paths that a page of another origin, Browser's own, may read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from api import kit
from api.deps import GraphOf
from api.errors import responses
from graph import read

router = APIRouter(prefix="/browser", tags=["Neo4j Browser"], responses=responses(500, 503))

Origin = Annotated[str | None, Header(include_in_schema=False)]

# Browser sends these with a guide, so that it is never an old one.
_ALLOWED_HEADERS = "pragma, cache-control, content-type"


@router.get("/guide.html", response_class=HTMLResponse)
def guide(graph: GraphOf, request: Request, origin: Origin = None) -> Response:
    """The guided tour, for `:play` in Neo4j Browser: live queries on the data that is there."""
    base = str(request.url_for("guide")).rpartition("/")[0]
    return _answer(request, origin, kit.guide(base, read.counts(graph)), "text/html; charset=utf-8")


@router.get("/onrecord.grass", response_class=PlainTextResponse)
def style(request: Request, origin: Origin = None) -> Response:
    """The style sheet, for `:style` in Neo4j Browser."""
    return _answer(request, origin, kit.style(), "text/plain; charset=utf-8")


@router.get("/onrecord.zip", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
def archive() -> Response:
    """All saved queries, to drop on Neo4j Browser's list of them."""
    name = 'attachment; filename="onrecord.zip"'
    return Response(kit.archive(), media_type="application/zip", headers={"Content-Disposition": name})


@router.options("/guide.html", include_in_schema=False)
@router.options("/onrecord.grass", include_in_schema=False)
def preflight(request: Request, origin: Origin = None) -> Response:
    """What a browser asks before it lets Neo4j Browser fetch the guide or the style."""
    headers = _shared(request, origin)
    if headers:
        headers |= {"Access-Control-Allow-Methods": "GET", "Access-Control-Allow-Headers": _ALLOWED_HEADERS}
    return Response(status_code=204, headers={**headers, "Vary": "Origin"})


def _answer(request: Request, origin: str | None, content: str, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={**_shared(request, origin), "Vary": "Origin"})


def _shared(request: Request, origin: str | None) -> dict[str, str]:
    """The header that lets the page of ``origin`` read an answer, where that is a Neo4j Browser of ours."""
    return {"Access-Control-Allow-Origin": origin} if origin and origin in request.app.state.browser_origins else {}
