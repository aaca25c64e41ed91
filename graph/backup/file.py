"""The file of a backup: written whole or not at all, and believed only once all of it has been read."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.backup.lines import FORMAT, MAGIC, End, Header, Line, Node, Relationship, end_line, header_line, parse
from graph.errors import BackupError, DamagedBackupError, NewerBackupError

LEVEL = 4
"""Of gzip: a third of the time of its default for a file that is a tenth larger."""

GZIP = 31
"""How zlib calls the form of gzip."""

PIECE_BYTES = 1 << 18
LINE_BYTES = 1 << 28
"""No line of a backup is longer; a file that goes on without an end is not read into memory."""

ReadSoFar = Callable[[int], None]
"""Told how many bytes of a file have been read."""


class Writer:
    """Writes the lines of a backup and keeps count; made by ``writing``."""

    def __init__(self, file: IO[bytes], header: Header) -> None:
        self._file = file
        self._packer = zlib.compressobj(LEVEL, wbits=GZIP)
        self._digest = hashlib.sha256()
        self._pending: list[bytes] = []
        self._size = 0
        self.nodes = 0
        self.relationships = 0
        self._put(header_line(header))

    def node(self, line: str) -> None:
        """One more node."""
        self.nodes += 1
        self._put(line)

    def relationship(self, line: str) -> None:
        """One more relationship."""
        self.relationships += 1
        self._put(line)

    def _put(self, line: str) -> None:
        data = line.encode() + b"\n"
        self._pending.append(data)
        self._size += len(data)
        if self._size >= PIECE_BYTES:
            self._flush()

    def _flush(self) -> None:
        piece = b"".join(self._pending)
        self._digest.update(piece)
        self._file.write(self._packer.compress(piece))
        self._pending, self._size = [], 0

    def finish(self) -> None:
        """The last line; nothing can be written after it."""
        self._flush()
        end = End(self.nodes, self.relationships, self._digest.hexdigest())
        self._file.write(self._packer.compress(end_line(end).encode() + b"\n"))
        self._file.write(self._packer.flush())


@contextmanager
def writing(path: Path, header: Header) -> Iterator[Writer]:
    """Writes a backup under another name and gives it its own, readable by its owner only, when it is whole.

    Raises:
        BackupError: the folder cannot be written, its disk is full, or there is a file of that name which is no
            backup. What was there before is as it was.
    """
    replaceable(path)
    with _told(path, "the backup cannot be written"):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".part", dir=path.absolute().parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with _told(path, "the backup cannot be written"):
                writer = Writer(file, header)
            yield writer
            with _told(path, "the backup cannot be written"):
                writer.finish()
                file.flush()
                os.fsync(file.fileno())
        with _told(path, "the backup cannot be written"):
            part.replace(path)
    except OSError as error:
        raise _error(path, "the backup cannot be written", error) from error
    finally:
        part.unlink(missing_ok=True)


def replaceable(path: Path) -> None:
    """Whether a backup may be written under that name.

    Raises:
        BackupError: something is there that is no backup.
    """
    if path.is_dir():
        raise BackupError(f"{path}: is a folder; name a file")
    if not path.exists():
        return
    try:
        reader = Reader(path)
        reader.header()
    except NewerBackupError:
        return
    except BackupError as error:
        raise BackupError(f"{path}: there is a file that is no backup; name another, or remove it") from error


class Reader:
    """Reads a backup, from its beginning each time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def size(self) -> int:
        """Of the file, in bytes.

        Raises:
            BackupError: there is no such file.
        """
        with _told(self.path, "the backup cannot be read"):
            return self.path.stat().st_size

    def header(self) -> Header:
        """What made the backup.

        Raises:
            NewerBackupError: it is of a form that this release does not know.
            BackupError: it is no backup at all, or cannot be read.
        """
        for _, line in self._raw(lambda _: None):
            if MAGIC.encode() not in line[:100]:
                break
            said = self._parsed(line, 1)
            if not isinstance(said, Header):
                break
            if said.format > FORMAT:
                raise NewerBackupError(
                    f"{self.path}: the backup was made by a newer OnRecord ({said.release}): upgrade to use it"
                )
            return said
        raise BackupError(f"{self.path}: is no backup of OnRecord")

    def verify(self, progress: ReadSoFar = lambda _: None) -> End:
        """Reads all of it and changes nothing.

        Raises:
            DamagedBackupError: it is truncated, or was altered.
            BackupError: as for ``header``.
        """
        self.header()
        end: End | None = None
        for line in self.lines(progress):
            if isinstance(line, End):
                end = line
        assert end is not None
        return end

    def lines(self, progress: ReadSoFar = lambda _: None) -> Iterator[Node | Relationship | End]:
        """Every node, then every relationship, then the end, if it is right.

        Raises:
            DamagedBackupError: at the line where it shows.
        """
        digest = hashlib.sha256()
        nodes = relationships = 0
        end: End | None = None
        for number, raw in self._raw(progress):
            if end is not None:
                raise self._damaged("something stands after its end")
            line = self._parsed(raw, number)
            if isinstance(line, End):
                if (line.nodes, line.relationships) != (nodes, relationships) or line.sha256 != digest.hexdigest():
                    raise self._damaged("its content is not what its checksum says")
                end = line
                continue
            digest.update(raw)
            if isinstance(line, Node):
                if relationships:
                    raise self._damaged(f"a node in line {number} after relationships")
                nodes += 1
                yield line
            elif isinstance(line, Relationship):
                relationships += 1
                yield line
            elif number > 1:
                raise self._damaged(f"a second header in line {number}")
        if end is None:
            raise self._damaged("it ends too early")
        yield end

    def _raw(self, progress: ReadSoFar) -> Iterator[tuple[int, bytes]]:
        with _told(self.path, "the backup cannot be read"), self.path.open("rb") as file:
            number = 0
            try:
                with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
                    while line := unpacked.readline(LINE_BYTES):
                        number += 1
                        if not line.endswith(b"\n"):
                            raise self._damaged(f"line {number} has no end")
                        if not number % 1000:
                            progress(file.tell())
                        yield number, line
            except (EOFError, zlib.error) as error:
                raise self._damaged("it ends too early" if isinstance(error, EOFError) else "it was altered") from error
            except gzip.BadGzipFile as error:
                if number:
                    raise self._damaged("it was altered") from error
                raise BackupError(f"{self.path}: is no backup of OnRecord") from error

    def _parsed(self, raw: bytes, number: int) -> Line:
        try:
            return parse(raw)
        except ValueError as error:
            raise self._damaged(f"line {number} is none of a backup") from error

    def _damaged(self, how: str) -> DamagedBackupError:
        return DamagedBackupError(f"{self.path}: the backup is damaged ({how}); nothing of it can be trusted")


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _error(path, what, error) from error


def _error(path: Path, what: str, error: OSError) -> BackupError:
    return BackupError(f"{path}: {what} ({(error.strerror or str(error)).lower()})")
