"""bytes -> Document: which reader reads what."""

from __future__ import annotations

from dataclasses import replace

from ingest.errors import BinarySourceError, EmptySourceError, SourceError, TooLargeError
from ingest.model import Document, Fetched
from ingest.read.encoding import looks_like_markup
from ingest.read.limits import ReadLimits
from ingest.urls import canonical

__all__ = ["DEFAULT_LIMITS", "ReadLimits", "read"]

DEFAULT_LIMITS = ReadLimits()

_MARKUP = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
# What servers and file systems say when they do not know.
_UNKNOWN = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/x-unknown", "unknown/unknown"}
)


def read(fetched: Fetched, *, limits: ReadLimits = DEFAULT_LIMITS) -> Document:
    """Reads a page: its text, layout, links and thread.

    The stated media type decides between HTML and plain text; where there is none, or where a page of HTML is stated
    to be plain text, its first characters do.

    Raises:
        ReadError: empty, too large, not text, or text that cannot be decoded.
        SourceError: ``fetched.url`` is no address of a page.
    """
    if len(fetched.body) > limits.max_bytes:
        raise TooLargeError(
            fetched.source, f"{len(fetched.body):,} bytes, and at most {limits.max_bytes:,} are read of one page"
        )
    if not fetched.body.strip():
        raise EmptySourceError(fetched.source, "it is empty")
    fetched = _canonical(fetched)
    stated = (fetched.media_type or "").split(";")[0].strip().lower()
    if stated not in _MARKUP and stated not in _UNKNOWN and not stated.startswith("text/"):
        raise BinarySourceError(fetched.source, f"it is {stated}, and only pages of text or HTML can be read")
    if stated in _MARKUP or (stated != "text/markdown" and looks_like_markup(fetched.body)):
        from ingest.read import html  # trafilatura and lxml are slow to import

        return html.read(fetched, limits)
    from ingest.read import text

    return text.read(fetched, limits)


def _canonical(fetched: Fetched) -> Fetched:
    """The page with its address as ids are made of it, whoever stated it."""
    if fetched.url is None:
        return fetched
    try:
        return replace(fetched, url=canonical(fetched.url))
    except ValueError as error:
        raise SourceError(fetched.source, str(error)) from error
