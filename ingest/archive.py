"""Pages as they were fetched, kept compressed by checksum: the proof behind a quotation once the page is gone."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
import zlib
from pathlib import Path

from ingest.errors import OnRecordError


class ArchiveError(OnRecordError):
    """A page could not be kept or deleted, is not there, or is not what was kept."""


class Archive:
    """A folder of pages. Safe to use from several processes at once: a page is there whole or not at all.

    Args:
        folder: made at the first ``keep``, readable by its owner alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, body: bytes) -> str:
        """Keeps a page and returns its SHA-256 as 64 hexadecimal digits. A page that is kept already is left alone.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        try:
            if _intact(path, sha256):
                return sha256
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Without name and time in its header, the same page always gives the same file.
            _replace(path, gzip.compress(body, mtime=0))
        except OSError as error:
            raise ArchiveError(f"{path}: the page could not be kept: {error.strerror or error}") from error
        return sha256

    def load(self, sha256: str) -> bytes:
        """The page of a checksum, checked against it.

        Raises:
            ArchiveError: no such page, or the file was damaged.
            ValueError: not a SHA-256.
        """
        path = self._path(sha256)
        try:
            body = gzip.decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise ArchiveError(f"{sha256}: no page of this checksum is kept in {self.folder}") from error
        except (zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise ArchiveError(f"{path}: the file is damaged ({error}); fetch the page again") from error
        except OSError as error:
            raise ArchiveError(f"{path}: the page could not be read: {error.strerror or error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ArchiveError(f"{path}: the file is damaged (its checksum is another one); fetch the page again")
        return body

    def drop(self, sha256: str) -> bool:
        """Deletes a page; whether it was there.

        Raises:
            ArchiveError: the file cannot be deleted.
            ValueError: not a SHA-256.
        """
        path = self._path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise ArchiveError(f"{path}: the page could not be deleted: {error.strerror or error}") from error
        return True

    def __contains__(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / f"{sha256}.gz"


def _intact(path: Path, sha256: str) -> bool:
    """Whether the page is kept already. A damaged file is none: keeping the page again mends it."""
    try:
        return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest() == sha256
    except (FileNotFoundError, zlib.error, EOFError, gzip.BadGzipFile):
        return False


def _replace(path: Path, content: bytes) -> None:
    """Writes beside the goal and renames: a crash leaves the old file or the new one, never a half."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
