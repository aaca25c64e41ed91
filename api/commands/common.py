"""What the commands share: options, errors as one line, and the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from ingest.errors import OnRecordError, one_line

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType

    from graph.driver import Graph

QueryT = TypeVar("QueryT", bound="BaseModel")
AnswerT = TypeVar("AnswerT", bound="BaseModel")

Sources = Annotated[list[str], typer.Argument(help="URLs, files, folders, or - for standard input.", metavar="SOURCE")]
StatedUrl = Annotated[str | None, typer.Option("--as", help="Where the one page was published.", metavar="URL")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: what REST would answer.")]
Limit = Annotated[int, typer.Option(help="How many at most, up to 200.", metavar="N")]
Cursor = Annotated[str | None, typer.Option(help="Where the page before ended, as it said.")]
Words = Annotated[str | None, typer.Option("--q", "-q", help='Words that must all be there; "in quotes", a phrase.')]
SpeakerId = Annotated[str | None, typer.Option(help="Who asserted it.", metavar="ID")]
OutletId = Annotated[
    str | None, typer.Option(help="The outlet that published it or that it came through.", metavar="ID")
]
EntityId = Annotated[str | None, typer.Option(help="Who or what the words name.", metavar="ID")]
DocumentId = Annotated[str | None, typer.Option(help="The page it stands on.", metavar="ID")]


def counted(number: int, noun: str) -> str:
    """``1 document``, ``2 documents``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def fail(message: str, status: int = 1) -> NoReturn:
    """One line on standard error, and the end."""
    typer.echo(f"onrecord: {one_line(message)}", err=True)
    raise typer.Exit(status)


@contextmanager
def answering() -> Iterator[None]:
    """Turns what OnRecord raises into one line on standard error and exit status 1."""
    try:
        yield
    except OnRecordError as error:
        for line in getattr(error, "tail", ()):
            typer.echo(f"  {line}", err=True)
        fail(str(error))


@contextmanager
def opened_graph() -> Iterator[Graph]:
    """The graph of the settings, started where it has to be."""
    from api import database
    from api.queries import InvalidQueryError
    from api.settings import load
    from graph.errors import ReviewError

    with answering(), database.opened(load()) as graph:
        try:
            yield graph
        except InvalidQueryError as error:
            raise typer.BadParameter(error.reason, param_hint=f"--{error.name}") from None
        except ReviewError as error:
            hint = "ID" if error.name == "id" else f"--{error.name}"
            raise typer.BadParameter(error.reason, param_hint=hint) from None


def query_of(model: type[QueryT], **options: Any) -> QueryT:
    """The filters that options give. Ends the command with status 2 where one cannot be used."""
    from pydantic import ValidationError

    try:
        return model.model_validate({name: value for name, value in options.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = _OPTIONS.get(str(first["loc"][0]), str(first["loc"][0])).replace("_", "-")
        raise typer.BadParameter(first["msg"].removeprefix("Value error, "), param_hint=f"--{name}") from None


_OPTIONS = {"reviewer": "by"}
"""What an option is called on the command line where REST calls it otherwise."""


def answer(answer: AnswerT, card: Callable[[AnswerT], RenderableType], *, as_json: bool) -> None:
    """Prints an answer: as REST would give it, or as people read it."""
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
        return
    from api import render

    # Lines that are meant to be copied (a citation, a cursor) are longer than a terminal is wide.
    render.console().print(card(answer), crop=False)
