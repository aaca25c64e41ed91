"""The REST interface: one FastAPI app over one database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api import errors, schemas
from api.deps import Database
from api.routers import claims, documents, health, names
from graph.driver import Connection

DESCRIPTION = """\
Who asserts what, through which outlet, and on which page it stands.

* Every assertion carries its **evidence**: the page, the version of its text, the offsets of source, cue and content in
  Unicode code points, some words around them, and `cite`, a line that can be printed.
* Lists answer `items` and `next_cursor`; ask again with `cursor` and the **same filters** for the next page. `limit`
  is 50 unless given, 200 at most. A parameter that a list does not know is refused.
* Times are RFC 3339. Errors are problem details (RFC 9457).
"""


def release() -> str:
    """The version of OnRecord that is installed."""
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "0"


def create(connection: Connection) -> FastAPI:
    """The app over the database at ``connection``, which need not be there yet."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.database = Database(connection)
        yield
        app.state.database.close()

    app = FastAPIOffline(
        title="OnRecord", version=release(), description=DESCRIPTION, redoc_url=None, lifespan=lifespan
    )
    errors.install(app)
    for router in (claims.router, names.router, documents.router, health.router):
        app.include_router(router)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """Puts the schema of problem details, which no path returns by itself, into the OpenAPI description."""
    described = app.openapi

    def openapi() -> dict[str, object]:
        description = described()
        parts = description["components"]["schemas"]
        if "Problem" not in parts:
            problem = schemas.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            parts.update(problem.pop("$defs", {}))
            parts["Problem"] = problem
            for unused in ("HTTPValidationError", "ValidationError"):
                parts.pop(unused, None)
        return description

    app.openapi = openapi  # type: ignore[method-assign]
