"""What a user names (a file, a folder, ``-``, a URL) -> pages as they came, one at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from ingest.errors import EmptySourceError, IngestError, SourceError, SourceMissingError, TooLargeError
from ingest.fetch import Fetcher
from ingest.model import Fetched
from ingest.urls import canonical

STDIN: Final = "-"

MEDIA_TYPES: Final = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
}
"""What is read from a folder, by the end of its name."""


def open_sources(
    sources: Iterable[str], *, stated_url: str | None, fetcher: Fetcher, stdin: BinaryIO
) -> Iterator[Fetched | IngestError]:
    """Pages in the order of their sources, those of a folder sorted by path; one is held at a time.

    Whatever fails is yielded as an error in its place, and the others go on. A file named by itself is read whatever
    its name; from a folder, only what ``MEDIA_TYPES`` lists, without hidden files.

    Args:
        sources: paths, URLs, or ``-`` for standard input.
        stated_url: where the one source was published (``--as URL``).
        fetcher: fetches URLs; its ``max_bytes`` bounds files and standard input too.
        stdin: what ``-`` reads.

    Raises:
        ValueError: ``stated_url`` is no URL, or is stated for anything but one page.
    """
    named = list(sources)
    url = None if stated_url is None else canonical(stated_url)
    if url is not None and len(named) != 1:
        raise ValueError(f"--as states the address of one page, and {len(named)} sources are named")
    if url is not None and _is_folder(named[0]):
        raise ValueError(f"--as states the address of one page, and {named[0]} is a folder")
    return _pages(named, url, fetcher, stdin)


def _pages(sources: list[str], url: str | None, fetcher: Fetcher, stdin: BinaryIO) -> Iterator[Fetched | IngestError]:
    for source in sources:
        try:
            if source == STDIN:
                yield _standard_input(stdin, url, fetcher.limits.max_bytes)
            elif is_url(source):
                page = fetcher.fetch(source)
                yield page if url is None else _stated(page, url)
            elif _is_folder(source):
                yield from _folder(source, fetcher.limits.max_bytes)
            else:
                yield _file(source, source, url, fetcher.limits.max_bytes)
        except IngestError as error:
            yield error


def is_url(source: str) -> bool:
    """Whether a source is a URL and not a path; one of another scheme is for the fetcher to refuse."""
    scheme, colon, rest = source.partition("://")
    return bool(colon and rest) and scheme.isascii() and scheme.replace("+", "").replace("-", "").isalnum()


def _stated(page: Fetched, url: str) -> Fetched:
    return Fetched(page.source, page.body, url, page.media_type, page.charset, page.fetched_at)


def _standard_input(stdin: BinaryIO, url: str | None, max_bytes: int) -> Fetched:
    try:
        body = stdin.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise SourceError(STDIN, f"standard input cannot be read: {_why(error)}") from error
    if len(body) > max_bytes:
        raise TooLargeError(STDIN, f"more than {max_bytes:,} bytes")
    return Fetched(STDIN, body, url, None, None, datetime.now(UTC))


def _is_folder(source: str) -> bool:
    try:
        return bool(source) and Path(source).is_dir()
    except (OSError, ValueError):
        return False  # reading it as a file says why


def _file(source: str, path: str, url: str | None, max_bytes: int) -> Fetched:
    """``source`` is the name for messages; ``path`` is what is opened."""
    try:
        # Not to hang on a pipe that nobody writes into, which a plain open would.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise SourceMissingError(source, "no such file or folder") from error
    except (OSError, ValueError) as error:
        raise SourceMissingError(source, f"it cannot be opened: {_why(error)}") from error
    with os.fdopen(handle, "rb", buffering=0) as file:
        try:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise SourceError(source, f"it is {_kind(status.st_mode)}, not a file")
            if status.st_size > max_bytes:
                raise TooLargeError(source, f"{status.st_size:,} bytes, and at most {max_bytes:,} are read of one page")
            body = _read(file.fileno(), max_bytes)
        except OSError as error:
            raise SourceError(source, f"it cannot be read: {_why(error)}") from error
    if len(body) > max_bytes:
        raise TooLargeError(source, f"more than {max_bytes:,} bytes")
    if not body:
        raise EmptySourceError(source, "it is empty")
    media_type = MEDIA_TYPES.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - names that Path refuses too
    return Fetched(source, body, url, media_type, None, datetime.now(UTC))


def _read(handle: int, max_bytes: int) -> bytes:
    """All of a file, or a little more than the limit where it grew past it."""
    body = bytearray()
    while len(body) <= max_bytes and (piece := os.read(handle, 1 << 20)):
        body += piece
    return bytes(body)


def _folder(source: str, max_bytes: int) -> Iterator[Fetched | IngestError]:
    found = False
    for entry in _walk(source):
        found = True
        if isinstance(entry, IngestError):
            yield entry
            continue
        try:
            yield _file(entry, entry, None, max_bytes)
        except IngestError as error:
            yield error
    if not found:
        yield SourceMissingError(source, f"a folder without pages to read ({', '.join(sorted(MEDIA_TYPES))})")


def _walk(folder: str) -> Iterator[str | IngestError]:
    """Paths of pages in a folder and those below it, sorted by name within each.

    Each folder is visited once, however many links lead to it, so that none leads in a circle.
    """
    visited: set[tuple[int, int]] = set()
    waiting: list[tuple[str, bool]] = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            status = Path(path).stat()
            if (status.st_dev, status.st_ino) in visited:
                continue
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                listed = sorted((entry.name, _is_folder(entry.path), entry.path) for entry in entries)
        except OSError as error:
            yield SourceMissingError(path, f"the folder cannot be read: {_why(error)}")
            continue
        waiting += [
            (below, is_below)
            for name, is_below, below in reversed(listed)
            if not name.startswith(".") and (is_below or os.path.splitext(name)[1].lower() in MEDIA_TYPES)  # noqa: PTH122
        ]


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "a device"


def _why(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason[:1].lower() + reason[1:]
