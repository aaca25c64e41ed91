"""The errors of OnRecord.

::

    OnRecordError                     anything that OnRecord itself raises
    ├── IngestError                   a source could not become a document; names the source and the reason
    │   ├── SourceError               the source could not be opened at all
    │   │   ├── SourceMissingError        no such file or folder, or it cannot be read
    │   │   └── FetchError                a URL did not answer with a page
    │   │       ├── AddressRefusedError       scheme or address that is not allowed
    │   │       ├── FetchTimeoutError         no answer in time
    │   │       ├── RedirectError             too many redirects, a loop, or a broken one
    │   │       └── HttpStatusError           an answer with an error status
    │   └── ReadError                 the bytes are no page that OnRecord can read
    │       ├── EmptySourceError          nothing in it
    │       ├── BinarySourceError         not text
    │       ├── EncodingError             text in an encoding that could not be found out
    │       ├── TooLargeError             over a limit of size or depth
    │       └── NoTextError               a page without any text of its own
    ├── ModelError                    an annotator or its weights could not be loaded
    └── (graph.errors.GraphError)     the database; its own tree stands in graph/errors.py

Every error's text is one line, meant for the person who typed the command.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Root of all errors that OnRecord raises on purpose."""


def one_line(text: str) -> str:
    """Names of files and addresses may hold line breaks and half characters; an error's text does not."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)


class IngestError(OnRecordError):
    """A source that could not become a document.

    Args:
        source: what the user named: a path, a URL, or ``-``.
        reason: why it failed, as a clause without a full stop.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(one_line(f"{source}: {reason}"))
        self.source = source
        self.reason = reason


class SourceError(IngestError):
    """The source could not be opened."""


class SourceMissingError(SourceError):
    """No such file or folder, or it cannot be read."""


class FetchError(SourceError):
    """A URL that did not answer with a page."""


class AddressRefusedError(FetchError):
    """A scheme or a network address that the settings do not allow."""


class FetchTimeoutError(FetchError):
    """No complete answer within the time limit."""


class RedirectError(FetchError):
    """Too many redirects, a redirect loop, or a redirect that leads nowhere."""


class HttpStatusError(FetchError):
    """An answer with an error status."""


class ReadError(IngestError):
    """The bytes are no page that OnRecord can read."""


class EmptySourceError(ReadError):
    """Nothing, or only white space."""


class BinarySourceError(ReadError):
    """Not text: an image, an archive, an executable."""


class EncodingError(ReadError):
    """Text in an encoding that is not stated and could not be found out."""


class TooLargeError(ReadError):
    """Over a limit of size or of nesting."""


class NoTextError(ReadError):
    """A page that holds no text of its own."""


class ModelError(OnRecordError):
    """An annotator or its weights could not be loaded."""
