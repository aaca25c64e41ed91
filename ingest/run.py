"""From fetched bytes to all that a page asserts: the stages of ingest, one after the other."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest import claims
from ingest.annotate import Annotator
from ingest.annotate.plain import annotate_plainly
from ingest.claims.matching import Judges
from ingest.errors import IngestError, ReadError
from ingest.model import BODY, Annotations, Container, Document, Extraction, Fetched
from ingest.read import read
from ingest.read.language import surely

_log = logging.getLogger(__name__)


def extract(fetched: Fetched, annotator: Annotator, judges: Judges | None = None) -> Extraction:
    """Reads one page and finds what it asserts and disputes; what only ``judges`` can tell is told with them.

    Raises:
        IngestError: the bytes are no page that can be read.
    """
    document = read(fetched)
    languages = _languages(document)
    document = replace(document, language=languages[BODY])
    searched = [container for container, _ in document.containers() if _is_searched(languages[container])]
    found = annotator.annotate(document.text_of(container) for container in searched)
    from ingest.annotate.nested import with_nested  # brings spaCy, which takes long to import

    annotations: dict[Container, Annotations] = {
        container: with_nested(document.text_of(container), each)
        for container, each in zip(searched, found, strict=True)
    }
    for container, text in document.containers():
        if container not in annotations:
            annotations[container] = annotate_plainly(text)
    notes = (*document.notes, *_notes(languages, annotator.name))
    unread = [container for container, _ in document.containers() if not _is_searched(languages[container])]
    return replace(claims.find(document, annotations, judges, unread), notes=notes)


def _languages(document: Document) -> Mapping[Container, str | None]:
    """The language of each container: its own where that is beyond doubt, else the page's.

    What a page states of itself counts only where its text leaves a doubt: templates say ``en`` of anything. Most
    comments are too short to tell, and are in the language of their page.
    """
    body = surely(document.text) or document.language
    languages: dict[Container, str | None] = {BODY: body}
    for comment in document.comments:
        languages[comment.index] = surely(comment.text) or body
    return languages


def _is_searched(language: str | None) -> bool:
    """Whether annotators read texts in ``language``: they know English, and what nobody can tell may be that."""
    return language in (None, "en")


def _notes(languages: Mapping[Container, str | None], annotator: str) -> Iterator[str]:
    """What a reader must know of texts that were not searched."""
    rest = f"the {annotator} did not search for attributions, only words in quotation marks were taken"
    if not _is_searched(languages[BODY]):
        yield f"text in another language than English ({languages[BODY]}): {rest}"
    others = Counter(
        str(language) for container, language in languages.items() if container != BODY and not _is_searched(language)
    )
    if others:
        count = others.total()
        names = ", ".join(sorted(others))
        yield f"{count} comment{'s' if count > 1 else ''} in another language than English ({names}): {rest}"


def extract_all(
    items: Iterable[Fetched | IngestError], annotator: Annotator, judges: Judges | None = None
) -> Iterator[Extraction | IngestError]:
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
            yield extract(item, annotator, judges)
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
