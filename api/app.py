"""The REST interface: one FastAPI app over one database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from api import errors, schemas
from api.deps import Database
from api.routers import claims, disputes, documents, health, kit, names, reviews
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


def create(connection: Connection, browser_origins: Collection[str] = ()) -> FastAPI:
    """The app over the database at ``connection``, which need not be there yet.

    ``browser_origins`` are the origins of the Neo4j Browsers that may read the tour and the style sheet.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.database = Database(connection)
        yield
        app.state.database.close()

    app = FastAPIOffline(
        title="OnRecord", version=release(), description=DESCRIPTION, redoc_url=None, lifespan=lifespan
    )
    app.state.browser_origins = frozenset(browser_origins)
    errors.install(app)
    routers = (claims, disputes, names, documents, reviews, kit, health)
    for router in (module.router for module in routers):
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
