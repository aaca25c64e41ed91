"""Ingest from the sources that a user names to the graph: what the command line runs, and whatever else ingests."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from api.ahead import ahead
from api.settings import Settings
from graph.errors import StatementError
from graph.store import Forgot, Store, Stored
from ingest.annotate import Annotator
from ingest.archive import Archive, ArchiveError
from ingest.claims.matching import Judges
from ingest.errors import IngestError, SourceError
from ingest.fetch import Fetcher, FetchLimits
from ingest.model import Extraction, Fetched, Id
from ingest.run import extract_all
from ingest.sources import STDIN, open_sources

ARCHIVE = "pages"
"""The folder below ``ONRECORD_HOME`` that keeps pages as they were fetched."""

AHEAD = 8
"""Pages that are read while earlier ones are being compared and stored."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A source that is in the graph now, or has to stay out (``stored.outcome`` is ``forgotten``).

    ``comments``, ``assertions`` and ``speakers`` are all that the page has today; ``stored`` counts what is new.
    ``notes`` are lines for people: what was not looked at, and why.
    """

    source: str
    url: str | None
    title: str | None
    stored: Stored
    comments: int
    assertions: int
    speakers: frozenset[Id]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that did not get there, and why."""

    source: str
    reason: str


def load_judges(settings: Settings) -> Judges:
    """What compares assertions, and replies with what they answer, as the settings say; nothing where matching is off.

    Raises:
        ModelError: the model cannot be loaded.
    """
    if settings.matching == "off":
        return Judges()
    from ingest.annotate.pairs import OnnxPairJudge

    judge = OnnxPairJudge(threads=settings.threads)
    judge.load()
    return Judges(pairs=judge, stance=judge)


def limits(settings: Settings) -> FetchLimits:
    """What a fetch may take, as the settings say."""
    return FetchLimits(
        timeout_s=settings.fetch_timeout,
        max_bytes=settings.fetch_max_bytes,
        max_redirects=settings.fetch_max_redirects,
        allow_private=settings.allow_private_addresses,
    )


def extractions(
    sources: Sequence[str],
    *,
    settings: Settings,
    annotator: Annotator,
    stated_url: str | None,
    stdin: BinaryIO,
    judges: Judges | None = None,
) -> Iterator[tuple[str, Extraction | IngestError]]:
    """What each page asserts, with the source it came from, in the order of the sources; nothing is stored.

    Raises:
        ValueError: ``stated_url`` cannot be used.
    """
    fetcher = Fetcher(limits(settings))
    pages = open_sources(sources, stated_url=stated_url, fetcher=fetcher, stdin=stdin)
    return _named(pages, annotator, judges, keeper=None)


def ingest(
    sources: Sequence[str],
    *,
    settings: Settings,
    store: Store,
    annotator: Annotator,
    stated_url: str | None,
    stdin: BinaryIO,
    judges: Judges | None = None,
) -> Iterator[Ingested | Failed]:
    """Reads sources and stores what they assert; one result for each page, failures too, roughly in order.

    Pages are kept as they came below the settings' home before anything is read from them, and deleted again where
    the graph has no use for them as proof.

    Raises:
        ValueError: ``stated_url`` cannot be used.
        GraphError: the database is gone; what was yielded before is kept.
    """
    fetcher = Fetcher(limits(settings))
    pages = open_sources(sources, stated_url=stated_url, fetcher=fetcher, stdin=stdin)
    keeper = _Keeper(Archive(settings.home / ARCHIVE), store)
    # What was stored while nothing compared assertions is compared first, so that all that comes finds it.
    store.link_waiting()
    named = _named(pages, annotator, judges, keeper=keeper)
    # A thread that waits for a terminal could not be ended.
    return _stored(named if STDIN in sources else ahead(named, AHEAD), store, keeper)


def forget(identity: str, *, settings: Settings, store: Store) -> tuple[Forgot, int]:
    """Takes a document or an account out of the graph, and a document's pages out of the settings' home.

    Returns:
        What went from the graph, and how many kept pages were deleted.

    Raises:
        NotFoundError: there is no such document or account.
        GraphError: nothing was forgotten.
        ArchiveError: it is forgotten, but pages of it could not be deleted; their files are named.
    """
    forgot = store.forget(identity)
    archive = Archive(settings.home / ARCHIVE)
    deleted = 0
    failures = []
    for sha256 in forgot.unproving:
        try:
            deleted += archive.drop(sha256)
        except ArchiveError as error:
            failures.append(str(error))
    if failures:
        raise ArchiveError(f"{identity} is forgotten, but delete by hand: {'; '.join(failures)}")
    return forgot, deleted


def _named(
    pages: Iterable[Fetched | IngestError], annotator: Annotator, judges: Judges | None, *, keeper: _Keeper | None
) -> Generator[tuple[str, Extraction | IngestError], None, None]:
    """Each extraction with the name of its source, which an extraction itself does not carry."""
    names: deque[str] = deque()

    def kept() -> Iterator[Fetched | IngestError]:
        for page in pages:
            names.append(page.source)
            yield page if keeper is None or isinstance(page, IngestError) else keeper.keep(page)

    for result in extract_all(kept(), annotator, judges):
        yield names.popleft(), result


class _Keeper:
    """Keeps pages as they came, and deletes those again that this run brought and that prove nothing.

    Pages are kept before others of the same bytes have been stored, so the last one of them decides. One thread may
    keep them while another settles.
    """

    def __init__(self, archive: Archive, store: Store) -> None:
        self._archive = archive
        self._store = store
        self._new: set[str] = set()
        self._pending: Counter[str] = Counter()
        self._turn = threading.Lock()

    def keep(self, page: Fetched) -> Fetched | IngestError:
        """The page, once it is kept; what went wrong where it cannot be."""
        sha256 = hashlib.sha256(page.body).hexdigest()
        with self._turn:
            new = sha256 not in self._archive
            try:
                self._archive.keep(page.body)
            except ArchiveError as error:
                return SourceError(page.source, str(error))
            if new:
                self._new.add(sha256)
            self._pending[sha256] += 1
        return page

    def settle(self, sha256: str, stored: Stored) -> None:
        """Decides about the bytes of a page that was stored, or had to stay out.

        Raises:
            ArchiveError: they cannot be deleted.
        """
        with self._turn:
            self._pending[sha256] -= 1
            last = self._pending[sha256] <= 0
            if last:
                del self._pending[sha256]
            if sha256 not in self._new:
                return
            if self._needed(sha256, stored):
                self._new.remove(sha256)
            elif last:
                self._new.remove(sha256)
                self._archive.drop(sha256)

    def _needed(self, sha256: str, stored: Stored) -> bool:
        if stored.outcome == "forgotten":
            return False
        if stored.outcome == "created" or stored.new_version or stored.comments:
            return True
        proofs = self._store.proofs(stored.document)
        # Where the recorded bytes are lost, or on another machine, the same text in others is better than none.
        return sha256 in proofs or not any(
            stored.version in versions and proof in self._archive for proof, versions in proofs.items()
        )


def _stored(
    named: Generator[tuple[str, Extraction | IngestError], None, None], store: Store, keeper: _Keeper
) -> Iterator[Ingested | Failed]:
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

    with closing(named):
        for stored in store.put_many(readable()):
            while failed:
                yield failed.popleft()
            source, extraction = pending.popleft()
            if isinstance(stored, Stored):
                try:
                    keeper.settle(extraction.document.sha256, stored)
                except ArchiveError as error:
                    yield Failed(source, str(error))
                    continue
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
        notes=extraction.notes,
    )
