"""The one fetcher, and the only sockets of ``ingest``.

Every address is checked after its name was resolved, again at each redirect, and the connection goes to the very
address that was checked: the name is not resolved a second time, so a name server that changes its answer in between
gains nothing. Proxies from the environment are not used, because a proxy resolves names out of reach of that check.
"""

from __future__ import annotations

import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpcore
import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception

from ingest.errors import (
    AddressRefusedError,
    BinarySourceError,
    FetchError,
    FetchTimeoutError,
    HttpStatusError,
    IngestError,
    RedirectError,
    TooLargeError,
)
from ingest.model import Fetched
from ingest.urls import canonical

_REDIRECTS: Final = frozenset({300, 301, 302, 303, 307, 308})
_TRY_AGAIN: Final = frozenset({429, 502, 503, 504})
_TEXT_TYPES: Final = frozenset(
    {"", "application/xhtml+xml", "application/xml", "application/octet-stream", "binary/octet-stream"}
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
_TUNNELS: Final = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))

Allowed = Callable[[IPv4Address | IPv6Address], bool]


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a fetch may take.

    ``timeout_s`` is for everything together: names, redirects, retries, the last byte. ``connect_s`` is for one
    connection and ``idle_s`` for the wait between two pieces of an answer. ``max_bytes`` counts after decompression.
    """

    timeout_s: float = 30.0
    connect_s: float = 10.0
    idle_s: float = 15.0
    max_bytes: int = 20_000_000
    max_redirects: int = 10
    attempts: int = 3
    allow_private: bool = False


class Fetcher:
    """Fetches pages within limits. Safe to share between threads; used as a context manager.

    Each fetch starts without cookies and leaves none behind. ``allowed`` says which addresses may be connected to,
    where ``limits.allow_private`` does not allow them all.
    """

    def __init__(self, limits: FetchLimits | None = None, *, allowed: Allowed | None = None) -> None:
        self.limits = limits or FetchLimits()
        self._allowed = (lambda _: True) if self.limits.allow_private else (allowed or is_public)
        self._tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing stays open between fetches; here so that callers need not know."""
        self._tls = None

    def fetch(self, url: str) -> Fetched:
        """A page, after redirects. ``url`` of the result is the canonical spelling of the last address.

        Raises:
            FetchError: refused, dead, too slow, redirected in a circle, or an error status.
            BinarySourceError: the server says that it is not text.
            TooLargeError: more than ``max_bytes``.
        """
        deadline = time.monotonic() + self.limits.timeout_s
        try:
            with (
                _Transport(_GuardedNetwork(self.limits, deadline, self._allowed), self._trusted) as transport,
                httpx.Client(
                    transport=transport,
                    trust_env=False,
                    follow_redirects=False,
                    timeout=httpx.Timeout(self.limits.idle_s, connect=self.limits.connect_s),
                    headers={
                        "User-Agent": _user_agent(),
                        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
                        # What can be unpacked here piece by piece, without trusting the sender about its size.
                        "Accept-Encoding": "gzip, deflate",
                    },
                ) as client,
            ):
                return self._follow(client, url, deadline)
        except IngestError:
            raise
        except _RefusedError as error:
            raise AddressRefusedError(url, str(error)) from error
        except (_OutOfTimeError, httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise FetchTimeoutError(url, f"no complete answer within {self.limits.timeout_s:g} s") from error
        except _UnknownHostError as error:
            raise FetchError(url, str(error)) from error
        except (httpcore.ConnectError, httpcore.NetworkError) as error:
            raise FetchError(url, f"no connection: {_one_line(error)}") from error
        except (httpcore.ProtocolError, httpx.DecodingError, zlib.error) as error:
            raise FetchError(url, f"the server's answer is broken: {_one_line(error)}") from error
        except httpx.InvalidURL as error:
            raise AddressRefusedError(url, f"not a URL: {_one_line(error)}") from error
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise FetchError(url, f"it could not be fetched: {_one_line(error)}") from error

    def _trusted(self) -> ssl.SSLContext:
        """Whose certificates are trusted; read once, and only where a page comes by https."""
        if self._tls is None:
            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls

    def _follow(self, client: httpx.Client, url: str, deadline: float) -> Fetched:
        source, seen = url, set[tuple[str, str]]()
        for _ in range(self.limits.max_redirects + 1):
            _check_address(url, source)
            # Some sites redirect to the same address once, to see whether a cookie comes back.
            state = (url, repr(sorted((cookie.name, cookie.value) for cookie in client.cookies.jar)))
            if state in seen:
                raise RedirectError(source, f"its redirects run in a circle, back to {url}")
            seen.add(state)
            answer = self._ask(client, url, source, deadline)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise RedirectError(source, f"more than {self.limits.max_redirects} redirects")

    def _ask(self, client: httpx.Client, url: str, source: str, deadline: float) -> Fetched | str:
        """One address, tried again where that may help: the page, or where it redirects to."""

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.wait_s if isinstance(error, _TryAgainError) else 0.0
            return max(asked, 0.25 * 2.0**state.attempt_number)

        def stop(state: RetryCallState) -> bool:
            return state.attempt_number >= self.limits.attempts or time.monotonic() + wait(state) >= deadline

        retrying = Retrying(retry=retry_if_exception(_may_pass), stop=stop, wait=wait, reraise=True)
        return retrying(self._once, client, url, source)

    def _once(self, client: httpx.Client, url: str, source: str) -> Fetched | str:
        with client.stream("GET", url) as response:
            status = response.status_code
            if status in _REDIRECTS:
                return _target(response, url, source)
            if status in _TRY_AGAIN:
                raise _TryAgainError(source, _status(response), _retry_after(response))
            if not response.is_success:
                raise HttpStatusError(source, _status(response))
            media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
            if not media_type.startswith("text/") and media_type not in _TEXT_TYPES:
                raise BinarySourceError(source, f"the server sends {media_type}, not a page of text or HTML")
            return Fetched(
                source=source,
                body=self._body(response, source),
                url=canonical(url),
                media_type=media_type or None,
                charset=response.charset_encoding,
                fetched_at=datetime.now(UTC),
            )

    def _body(self, response: httpx.Response, source: str) -> bytes:
        too_large = TooLargeError(source, f"more than {self.limits.max_bytes:,} bytes")
        stated = response.headers.get("content-length", "")
        if stated.isascii() and stated.isdigit() and int(stated[:20]) > self.limits.max_bytes:
            raise too_large
        body = bytearray()
        for piece in _unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), source):
            body += piece
            if len(body) > self.limits.max_bytes:
                raise too_large
        return bytes(body)


# --- what an answer says -----------------------------------------------------------------------------------------


def _target(response: httpx.Response, url: str, source: str) -> str:
    location = response.headers.get("location", "").strip()
    if not location:
        raise RedirectError(source, f"{url} redirects to nowhere (status {response.status_code})")
    try:
        # Some servers send raw UTF-8 in this header, which is read as Latin-1.
        spelled = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        spelled = location
    try:
        target = httpx.URL(url).join(spelled).copy_with(fragment=None)
        if target.scheme in ("http", "https"):
            canonical(str(target.copy_with(userinfo=b"")))
    except (httpx.InvalidURL, ValueError) as error:
        raise RedirectError(source, f"{url} redirects to what is no address: {location[:200]!r}") from error
    return str(target)


def _status(response: httpx.Response) -> str:
    return f"the server answers {response.status_code} {response.reason_phrase}".rstrip()


def _retry_after(response: httpx.Response) -> float:
    stated = response.headers.get("retry-after", "")
    return float(stated) if stated.isascii() and stated.isdigit() and len(stated) < 6 else 0.0


def _may_pass(error: BaseException) -> bool:
    """Whether a failure is one that another attempt may not meet again."""
    if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
        return False
    return isinstance(error, (_TryAgainError, httpcore.NetworkError, httpcore.RemoteProtocolError))


def _unpacked(pieces: Iterable[bytes], encoding: str, source: str) -> Iterator[bytes]:
    """The bytes of an answer, never more than a little at a time, however much they were compressed."""
    codings = [coding for coding in (word.strip().lower() for word in encoding.split(",")) if coding]
    codings = [coding for coding in codings if coding != "identity"]
    if not codings:
        yield from pieces
        return
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(source, f"the server packs the page in a way that was not asked for ({encoding[:80]})")
    yield from _inflated(pieces, source)


def _inflated(pieces: Iterable[bytes], source: str) -> Iterator[bytes]:
    unpack = None
    for piece in pieces:
        rest = piece
        while rest:
            if unpack is None:
                # gzip and zlib tell themselves; some servers send deflate without either header.
                headed = rest[:1] in (b"\x1f", b"\x78")
                unpack = zlib.decompressobj(zlib.MAX_WBITS | 32 if headed else -zlib.MAX_WBITS)
            try:
                yield unpack.decompress(rest, 65_536)
            except zlib.error as error:
                raise FetchError(source, f"the server's answer cannot be unpacked: {error}") from error
            if unpack.eof:
                rest, unpack = unpack.unused_data.lstrip(b"\x00"), None
            else:
                rest = unpack.unconsumed_tail
    if unpack is not None and not unpack.eof:
        raise FetchError(source, "the server's answer ends in the middle of its compressed data")


def _user_agent() -> str:
    try:
        return f"OnRecord/{version('onrecord')}"
    except PackageNotFoundError:
        return "OnRecord"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


# --- which addresses ---------------------------------------------------------------------------------------------


def _check_address(url: str, source: str) -> None:
    """What can be told from the spelling alone; the address itself is checked where the connection is made."""
    try:
        parts = urlsplit(url)
        userinfo = parts.username is not None or parts.password is not None
    except ValueError as error:
        raise AddressRefusedError(source, f"not a URL: {_one_line(error)}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise AddressRefusedError(source, f"only http and https are fetched, not {parts.scheme[:20] or 'this'!r}")
    if userinfo:
        source = re.sub(r"//[^/?#]*@", "//***@", source)  # messages end up in logs
        raise AddressRefusedError(source, "a URL with a user name or password is not fetched")
    try:
        canonical(url)
    except ValueError as error:
        raise AddressRefusedError(source, _one_line(error)) from error


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the open internet: not this machine, not its network, not a cloud's metadata.

    IPv4 addresses within IPv6 ones are judged themselves; tunnels that hide one (6to4, Teredo) are not public.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or any(address in tunnel for tunnel in _TUNNELS):
            return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def resolve(host: str, port: int, *, timeout_s: float, allowed: Allowed = is_public) -> list[str]:
    """The addresses of a host, all of them checked: one that is not allowed refuses the host altogether.

    Spellings that a resolver takes for numbers (``2130706433``, ``0177.0.0.1``) are judged by what they resolve to.
    """
    found = _look_up(host, port, timeout_s)
    for text in found:
        if not allowed(ip_address(text)):
            raise _RefusedError(
                f"{host} is at {text}, which is not a public address; "
                "set ONRECORD_ALLOW_PRIVATE_ADDRESSES=true to fetch from there"
            )
    return found


def _look_up(host: str, port: int, timeout_s: float) -> list[str]:
    """Name resolution with a time limit, which the system's resolver has none of."""
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # A daemon, so that a resolver that hangs cannot keep the process from ending.
    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=max(timeout_s, 0.001))
    except queue.Empty:
        raise _OutOfTimeError(f"{host} was not resolved in time") from None
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
        raise _UnresolvedError(f"the host {host} cannot be resolved just now") from answer
    if isinstance(answer, Exception):
        raise _UnknownHostError(f"the host {host} does not exist or cannot be resolved") from answer
    texts = [str(entry[4][0]).split("%")[0] for entry in answer if entry[0] in (socket.AF_INET, socket.AF_INET6)]
    if not texts:
        raise _UnknownHostError(f"the host {host} has no address")
    return list(dict.fromkeys(texts))


# --- the network -------------------------------------------------------------------------------------------------


class _RefusedError(Exception):
    """An address that may not be fetched from."""


class _OutOfTimeError(Exception):
    """The total time of a fetch is over."""


class _UnknownHostError(Exception):
    """No such name."""


class _UnresolvedError(httpcore.ConnectError):
    """A name server that does not answer just now."""


class _TryAgainError(HttpStatusError):
    """A status that asks to come back later, with the seconds the server names."""

    def __init__(self, source: str, reason: str, wait_s: float) -> None:
        super().__init__(source, reason)
        self.wait_s = wait_s


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connections to checked addresses only, none of which outlives the deadline of its fetch."""

    def __init__(self, limits: FetchLimits, deadline: float, allowed: Allowed) -> None:
        self._limits = limits
        self._deadline = deadline
        self._allowed = allowed
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(
            host.strip("[]"), port, timeout_s=_left(self._deadline, self._limits.connect_s), allowed=self._allowed
        )
        last: Exception | None = None
        for address in addresses:
            try:
                left = _left(self._deadline, timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            return _TimedStream(stream, self._deadline)
        raise last or httpcore.ConnectError(f"no address of {host} answers")


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline: a server that sends a byte now and then gains no time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _OutOfTimeError
    return left if timeout is None else min(left, timeout)


class _Transport(httpx.BaseTransport):
    """httpx on a network of our own. No connection is used twice: pages come from many hosts, one from each."""

    def __init__(self, network: httpcore.NetworkBackend, trusted: Callable[[], ssl.SSLContext]) -> None:
        self._network = network
        self._trusted = trusted
        self._pools: dict[str, httpcore.ConnectionPool] = {}

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        if scheme not in self._pools:
            self._pools[scheme] = httpcore.ConnectionPool(
                ssl_context=self._trusted() if scheme == "https" else None,
                network_backend=self._network,
                max_keepalive_connections=0,
            )
        return self._pools[scheme]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool(request.url.scheme).handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Answer(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()


class _Answer(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
