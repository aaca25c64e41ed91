"""From fetched bytes to all that a page asserts: the stages of ingest, one after the other."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from ingest import claims
from ingest.annotate import Annotator
from ingest.errors import IngestError, ReadError
from ingest.model import Extraction, Fetched
from ingest.read import read

_log = logging.getLogger(__name__)


def extract(fetched: Fetched, annotator: Annotator) -> Extraction:
    """Reads one page and finds what it asserts.

    Raises:
        IngestError: the bytes are no page that can be read.
    """
    document = read(fetched)
    containers = list(document.containers())
    found = annotator.annotate(text for _, text in containers)
    annotations = {container: each for (container, _), each in zip(containers, found, strict=True)}
    return claims.find(document, annotations)


def extract_all(items: Iterable[Fetched | IngestError], annotator: Annotator) -> Iterator[Extraction | IngestError]:
    """``extract`` for each page in turn; errors take their place in the order and stop nothing.

    An exception that nobody foresaw is a fault of OnRecord. It must neither pass in silence nor cost the other pages:
    it becomes a ``ReadError`` that names the source and the exception, with the exception as its cause, and its
    traceback goes to the log.
    """
    for item in items:
        if isinstance(item, IngestError):
            yield item
            continue
        try:
            yield extract(item, annotator)
        except IngestError as error:
            yield error
        except Exception as error:
            _log.exception("a fault of OnRecord itself while reading %s", item.source)
            reason = f"a fault of OnRecord itself ({type(error).__name__}: {_first_line(error)}); please report it"
            failed = ReadError(item.source, reason)
            failed.__cause__ = error
            yield failed


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]
