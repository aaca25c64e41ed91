"""``onrecord ingest``: pages in, and what they assert in the graph."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.common import Sources, StatedUrl, answering, counted

if TYPE_CHECKING:
    from api.service import Failed, Ingested

app = typer.Typer(add_completion=False)


@app.command()
def ingest(
    sources: Sources,
    stated_url: StatedUrl = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each page.")] = False,
) -> None:
    """Read pages, find who asserts what, and store it in the graph.

    Pages that cannot be read are named on standard error, and all others are kept.
    """
    from api import database, service
    from api.settings import load
    from graph.store import Store
    from ingest.annotate import load as annotator
    from ingest.errors import one_line

    summary = Summary()
    with answering():
        settings = load()
        model = annotator(settings.annotator, threads=settings.threads)
        judges = service.load_judges(settings)
        with database.opened(settings) as graph, _Progress() as progress:
            try:
                results = service.ingest(
                    sources,
                    settings=settings,
                    store=Store(graph, judges.pairs),
                    annotator=model,
                    stated_url=stated_url,
                    stdin=sys.stdin.buffer,
                    judges=judges,
                )
            except ValueError as error:
                raise typer.BadParameter(str(error), param_hint="--as") from None
            for result in results:
                summary.add(result)
                progress.show(summary)
                if isinstance(result, service.Failed):
                    progress.say(f"onrecord: {one_line(f'{result.source}: {result.reason}')}")
                else:
                    for note in result.notes:
                        progress.say(f"onrecord: {one_line(f'{result.source}: {note}')}")
                if as_json:
                    typer.echo(json.dumps(as_object(result), ensure_ascii=False))
        if not as_json:
            for line in summary.lines():
                typer.echo(line)
            if settings.neo4j_uri is None:
                server = database.local(settings).status().server
                where = f" (Neo4j Browser: {server.browser})" if server else ""
                typer.echo(f"Look into the graph with `onrecord db browser`{where}; stop it with `onrecord db down`.")
    raise typer.Exit(1 if summary.failed else 0)


@dataclass(slots=True)
class Summary:
    """What an ingest did, all pages together."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    documents: set[str] = field(default_factory=set)
    speakers: set[str] = field(default_factory=set)
    versions: int = 0
    comments: int = 0
    assertions: int = 0
    new_comments: int = 0
    new_assertions: int = 0
    dropped: int = 0

    def add(self, result: Ingested | Failed) -> None:
        """Counts one page."""
        from api.service import Failed

        if isinstance(result, Failed):
            self.failed += 1
            return
        stored = result.stored
        self.outcomes[stored.outcome] += 1
        if stored.outcome == "forgotten":
            return
        self.documents.add(stored.document)
        self.speakers |= result.speakers
        self.versions += stored.new_version
        self.comments += result.comments
        self.assertions += result.assertions
        self.new_comments += stored.comments
        self.new_assertions += stored.assertions
        self.dropped += stored.dropped

    def lines(self) -> list[str]:
        """For people: what is there now, and what of it is new."""
        states = ", ".join(
            f"{self.outcomes[outcome]} {said}"
            for outcome, said in (("created", "new"), ("updated", "changed"), ("unchanged", "unchanged"))
            if self.outcomes[outcome]
        )
        lines = [
            f"{counted(len(self.documents), 'document')}" + (f": {states}" if states else ""),
            f"{counted(self.versions, 'new version')}, "
            f"{counted(self.comments, 'comment')} ({self.new_comments} new), "
            f"{counted(self.assertions, 'assertion')} ({self.new_assertions} new"
            + (f", {self.dropped} no longer found" if self.dropped else "")
            + f") by {counted(len(self.speakers), 'speaker')}",
        ]
        if self.outcomes["forgotten"]:
            lines.append(f"{counted(self.outcomes['forgotten'], 'document')} left out: forgotten, and to stay out")
        if self.failed:
            lines.append(f"{counted(self.failed, 'source')} failed, as said above")
        return lines


def as_object(result: Ingested | Failed) -> dict[str, Any]:
    """One page's result for machines."""
    from api.service import Failed

    if isinstance(result, Failed):
        return {"source": result.source, "outcome": "failed", "reason": result.reason}
    stored = result.stored
    return {
        "source": result.source,
        "outcome": stored.outcome,
        "id": stored.document,
        "version": stored.version,
        "url": result.url,
        "title": result.title,
        "new_version": stored.new_version,
        "comments": result.comments,
        "new_comments": stored.comments,
        "assertions": result.assertions,
        "new_assertions": stored.assertions,
        "dropped_assertions": stored.dropped,
        "notes": list(result.notes),
    }


class _Progress:
    """How far it is, on standard error, where that is a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True, highlight=False, soft_wrap=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task("reading", total=None)

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, summary: Summary) -> None:
        """Says what was done until now."""
        done = sum(summary.outcomes.values()) + summary.failed
        what = f"{counted(done, 'page')} read, {counted(summary.assertions, 'assertion')} found"
        self._bar.update(self._task, description=what)

    def say(self, line: str) -> None:
        """A line above the bar, as it stands."""
        self._bar.console.print(line, markup=False, emoji=False)
