"""``onrecord extract``: pages in, JSON Lines out, no graph."""

from __future__ import annotations

import json
import sys

import typer

from api.commands.common import Sources, StatedUrl, answering

app = typer.Typer(add_completion=False)


@app.command()
def extract(
    sources: Sources,
    stated_url: StatedUrl = None,
) -> None:
    """Read pages and print what they assert, one JSON object a line, in the order of the sources."""
    from api import service
    from api.settings import load
    from ingest.annotate import load as annotator
    from ingest.errors import IngestError, one_line
    from ingest.jsonl import as_json

    failures = 0
    with answering():
        settings = load()
        try:
            results = service.extractions(
                sources,
                settings=settings,
                annotator=annotator(settings.annotator, threads=settings.threads),
                stated_url=stated_url,
                stdin=sys.stdin.buffer,
                judges=service.load_judges(settings),
            )
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--as") from None
        for source, result in results:
            if isinstance(result, IngestError):
                failures += 1
                typer.echo(f"onrecord: {one_line(f'{source}: {result.reason}')}", err=True)
            else:
                for note in result.notes:
                    typer.echo(f"onrecord: {one_line(f'{source}: {note}')}", err=True)
                typer.echo(json.dumps(as_json(result), ensure_ascii=False))
    raise typer.Exit(1 if failures else 0)
