"""Ingest from the sources that a user names to the graph: what the command line runs, and whatever else ingests."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from api.settings import Settings
from graph.errors import StatementError
from graph.store import Store, Stored
from ingest.annotate import Annotator
from ingest.archive import Archive, ArchiveError
from ingest.errors import IngestError, SourceError
from ingest.fetch import Fetcher, FetchLimits
from ingest.model import Extraction, Fetched, Id
from ingest.run import extract_all
from ingest.sources import open_sources

ARCHIVE = "pages"
"""The folder below ``ONRECORD_HOME`` that keeps pages as they were fetched."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A source that is in the graph now, or has to stay out (``stored.outcome`` is ``forgotten``).

    ``comments``, ``assertions`` and ``speakers`` are all that the page has today; ``stored`` counts what is new.
    """

    source: str
    url: str | None
    title: str | None
    stored: Stored
    comments: int
    assertions: int
    speakers: frozenset[Id]


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that did not get there, and why."""

    source: str
    reason: str


def limits(settings: Settings) -> FetchLimits:
    """What a fetch may take, as the settings say."""
    return FetchLimits(
        timeout_s=settings.fetch_timeout,
        max_bytes=settings.fetch_max_bytes,
        max_redirects=settings.fetch_max_redirects,
        allow_private=settings.allow_private_addresses,
    )


def extractions(
    sources: Sequence[str], *, settings: Settings, annotator: Annotator, stated_url: str | None, stdin: BinaryIO
) -> Iterator[tuple[str, Extraction | IngestError]]:
    """What each page asserts, with the source it came from, in the order of the sources; nothing is stored.

    Raises:
        ValueError: ``stated_url`` cannot be used.
    """
    fetcher = Fetcher(limits(settings))
    pages = open_sources(sources, stated_url=stated_url, fetcher=fetcher, stdin=stdin)
    return _named(pages, annotator, archive=None)


def ingest(
    sources: Sequence[str],
    *,
    settings: Settings,
    store: Store,
    annotator: Annotator,
    stated_url: str | None,
    stdin: BinaryIO,
) -> Iterator[Ingested | Failed]:
    """Reads sources and stores what they assert; one result for each page, failures too, roughly in order.

    Pages are kept as they came below the settings' home before anything is read from them.

    Raises:
        ValueError: ``stated_url`` cannot be used.
        GraphError: the database is gone; what was yielded before is kept.
    """
    fetcher = Fetcher(limits(settings))
    pages = open_sources(sources, stated_url=stated_url, fetcher=fetcher, stdin=stdin)
    named = _named(pages, annotator, archive=Archive(settings.home / ARCHIVE))
    return _stored(named, store)


def _named(
    pages: Iterable[Fetched | IngestError], annotator: Annotator, *, archive: Archive | None
) -> Iterator[tuple[str, Extraction | IngestError]]:
    """Each extraction with the name of its source, which an extraction itself does not carry."""
    names: deque[str] = deque()

    def kept() -> Iterator[Fetched | IngestError]:
        for page in pages:
            names.append(page.source)
            yield page if archive is None or isinstance(page, IngestError) else _keep(page, archive)

    for result in extract_all(kept(), annotator):
        yield names.popleft(), result


def _keep(page: Fetched, archive: Archive) -> Fetched | IngestError:
    try:
        archive.keep(page.body)
    except ArchiveError as error:
        return SourceError(page.source, str(error))
    return page


def _stored(named: Iterable[tuple[str, Extraction | IngestError]], store: Store) -> Iterator[Ingested | Failed]:
    """Stores what was found. The store takes several pages together, so failures may come before earlier pages."""
    failed: deque[Failed] = deque()
    pending: deque[tuple[str, Extraction]] = deque()

    def readable() -> Iterator[Extraction]:
        for source, result in named:
            if isinstance(result, IngestError):
                failed.append(Failed(source, result.reason))
            else:
                pending.append((source, result))
                yield result

    for stored in store.put_many(readable()):
        while failed:
            yield failed.popleft()
        source, extraction = pending.popleft()
        yield _result(source, extraction, stored)
    yield from failed


def _result(source: str, extraction: Extraction, stored: Stored | StatementError) -> Ingested | Failed:
    if isinstance(stored, StatementError):
        return Failed(source, str(stored))
    document = extraction.document
    return Ingested(
        source=source,
        url=document.url,
        title=document.title,
        stored=stored,
        comments=len(document.comments),
        assertions=len(extraction.assertions),
        speakers=frozenset(one.speaker.id for one in extraction.assertions if one.speaker is not None),
    )
