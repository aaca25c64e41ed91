"""The errors of the database.

::

    GraphError                        anything that goes wrong between OnRecord and its database
    ├── DatabaseUnavailableError          no server answers at the address, or it stopped answering
    ├── AuthenticationError               the server refuses the user or the password
    │   └── TooManyAttemptsError              it refuses for some seconds, whatever the password
    ├── StatementError                    the server refuses a statement
    │   └── ReadOnlyError                     a statement that writes was run as one that reads
    ├── SchemaTooNewError                 the graph was made by a newer OnRecord
    ├── ForeignDataError                  the database holds data that is not OnRecord's
    ├── NotFoundError                     nothing in the graph has that id
    ├── ReviewError                       a decision that cannot be made of that
    ├── BackupError                       a backup cannot be written, or cannot be used
    │   ├── DamagedBackupError                it is truncated or altered
    │   ├── NewerBackupError                  a newer OnRecord made it
    │   └── DisturbedError                    somebody kept changing the database past OnRecord while it was written
    └── LocalDatabaseError                the local Neo4j
        ├── LocalExtraMissingError            the extra `local` is not installed
        ├── JarsError                         the server's files could not be had
        │   └── ChecksumError                     a file is not what the lock file says
        ├── FolderError                       a folder cannot be written, or its disk is full
        ├── ReleaseMismatchError              a home's data was made by another release of Neo4j
        ├── PortTakenError                    another program listens on a port that was asked for
        ├── StartError                        the server did not start; carries the end of its log
        └── StopError                         the server did not stop

Every error's text is one line that names what it was about and, where there is one, the way out. No
text holds a password.
"""

from __future__ import annotations

from pathlib import Path

from ingest.errors import OnRecordError


class GraphError(OnRecordError):
    """Anything that goes wrong between OnRecord and its database."""


class DatabaseUnavailableError(GraphError):
    """No server answers at the address, or it stopped answering."""


class AuthenticationError(GraphError):
    """The server refuses the user or the password."""


class TooManyAttemptsError(AuthenticationError):
    """After several wrong passwords the server refuses for some seconds, whatever the password."""


class StatementError(GraphError):
    """The server refuses a statement: a constraint, a type, or the Cypher itself."""


class ReadOnlyError(StatementError):
    """A statement that writes was run as one that reads."""


class SchemaTooNewError(GraphError):
    """The graph was made by a newer OnRecord."""


class ForeignDataError(GraphError):
    """The database holds data that is not OnRecord's."""


class NotFoundError(GraphError):
    """Nothing in the graph has that id."""


class ReviewError(GraphError):
    """A decision that cannot be made of what it is to judge.

    Args:
        name: the part of the review at fault: ``id``, ``decision`` or ``with``.
        reason: one line.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason


class BackupError(GraphError):
    """A backup cannot be written, or a file cannot be used as one."""


class DamagedBackupError(BackupError):
    """A backup is truncated or altered."""


class NewerBackupError(BackupError):
    """A backup was made by a newer OnRecord."""


class DisturbedError(BackupError):
    """While a backup was written somebody kept changing the database past OnRecord, as in Neo4j Browser."""


class LocalDatabaseError(GraphError):
    """The local Neo4j."""


class LocalExtraMissingError(LocalDatabaseError):
    """The extra ``local``, which brings Java, is not installed."""


class JarsError(LocalDatabaseError):
    """The server's files could not be fetched or kept."""


class ChecksumError(JarsError):
    """A file of the server is not what the lock file says, even when fetched anew."""


class FolderError(LocalDatabaseError):
    """A folder cannot be written, or its disk is full."""


class ReleaseMismatchError(LocalDatabaseError):
    """A home's data was made by another release of Neo4j than the one that was asked for."""


class PortTakenError(LocalDatabaseError):
    """Another program listens on a port that was asked for by number."""


class StartError(LocalDatabaseError):
    """The server did not start.

    Args:
        message: one line with the reason.
        log: the file that the server writes to.
        tail: the last lines of it, oldest first.
    """

    def __init__(self, message: str, *, log: Path, tail: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.log = log
        self.tail = tail


class StopError(LocalDatabaseError):
    """The server did not stop."""
