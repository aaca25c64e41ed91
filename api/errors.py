"""Errors as RFC 9457 problem details (``application/problem+json``), for every status that REST answers with."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.queries import InvalidQueryError
from api.schemas import Problem, Reason
from graph.errors import GraphError, NotFoundError, ReviewError, StatementError

log = logging.getLogger("onrecord.api")

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How a path's errors are described in the OpenAPI page."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Lets the app answer every error with problem details."""

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        detail = error.detail
        if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
            detail = f"there is no {request.url.path}; /docs lists all that there is"
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            detail = f"{request.method} is not possible at {request.url.path}"
        return problem(request, error.status_code, detail, headers=dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        reasons = [
            Reason(name=str(one["loc"][-1]) if len(one["loc"]) > 1 else str(one["loc"][0]), reason=_reason(one))
            for one in error.errors()
        ]
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, _told(reasons), reasons=reasons)

    @app.exception_handler(InvalidQueryError)
    def _query(request: Request, error: InvalidQueryError) -> JSONResponse:
        reasons = [Reason(name=error.name, reason=error.reason)]
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, _told(reasons), reasons=reasons)

    @app.exception_handler(NotFoundError)
    def _missing(request: Request, error: NotFoundError) -> JSONResponse:
        return problem(request, HTTPStatus.NOT_FOUND, str(error))

    @app.exception_handler(ReviewError)
    def _review(request: Request, error: ReviewError) -> JSONResponse:
        reasons = [Reason(name=error.name, reason=error.reason)]
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, _told(reasons), reasons=reasons)

    @app.exception_handler(StatementError)
    def _statement(request: Request, error: StatementError) -> JSONResponse:
        log.error("%s %s: %s", request.method, request.url.path, error)
        return _internal(request)

    @app.exception_handler(GraphError)
    def _graph(request: Request, error: GraphError) -> JSONResponse:
        log.warning("%s %s: %s", request.method, request.url.path, error)
        # The reason may name hosts and users: the log has it, and so has /readyz for whoever runs the service.
        detail = "the database cannot be used at the moment; /readyz says why"
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, detail, headers=headers)

    @app.exception_handler(Exception)
    def _unexpected(request: Request, _error: Exception) -> JSONResponse:
        return _internal(request)


def problem(
    request: Request,
    status: int,
    detail: str,
    *,
    reasons: Sequence[Reason] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """An answer with problem details."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        errors=list(reasons),
    )
    return JSONResponse(jsonable_encoder(body), status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _internal(request: Request) -> JSONResponse:
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the log says what")


def _reason(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "is not a parameter of this path"
    return str(error["msg"]).removeprefix("Value error, ")


def _told(reasons: Sequence[Reason]) -> str:
    return "; ".join(f"{one.name}: {one.reason}" for one in reasons)
