"""The fetcher against real servers on this machine; nothing leaves it."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from ingest.errors import (
    AddressRefusedError,
    BinarySourceError,
    FetchError,
    FetchTimeoutError,
    HttpStatusError,
    RedirectError,
    TooLargeError,
)
from ingest.fetch import Fetcher, FetchLimits, is_public, resolve


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        try:
            getattr(self, "on_" + self.path.strip("/").split("?")[0].split("/")[0].replace("-", "_"))()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *args: object) -> None:
        pass

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_length": str(len(body)), "content_type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def on_page(self) -> None:
        self.answer(b"<p>caf\xe9", content_type="text/html; charset=ISO-8859-1")

    def on_gzip(self) -> None:
        self.answer(gzip.compress(b"<p>pa") + gzip.compress(b"cked"), content_encoding="gzip")

    def on_deflate(self) -> None:
        packer = zlib.compressobj(wbits=-15)
        self.answer(packer.compress(b"<p>packed") + packer.flush(), content_encoding="deflate")

    def on_cut_gzip(self) -> None:
        self.answer(gzip.compress(b"<p>packed" * 50)[:-12], content_encoding="gzip")

    def on_no_gzip(self) -> None:
        self.answer(b"<p>plain", content_encoding="gzip")

    def on_brotli(self) -> None:
        self.answer(b"....", content_encoding="br")

    def on_bomb(self) -> None:
        packer = zlib.compressobj(9, wbits=31)
        zeros = bytes(1 << 20)
        self.answer(b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush(), content_encoding="gzip")

    def on_large(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        for _ in range(50):
            self.wfile.write(b"x" * 1_000_000)
            self.server.sent += 1_000_000

    def on_stated_large(self) -> None:
        self.answer(b"", content_length="50000000")

    def on_image(self) -> None:
        self.answer(b"\x89PNG", content_type="image/png")

    def on_untyped(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "4")
        self.end_headers()
        self.wfile.write(b"page")

    def on_status(self) -> None:
        self.answer(b"no", status=int(self.path.rsplit("/", 1)[1]))

    def on_busy(self) -> None:
        busy = sum(path == self.path for path, _ in self.server.seen) < 3
        self.answer(b"later" if busy else b"now", status=503 if busy else 200)

    def on_wait_long(self) -> None:
        self.answer(b"later", status=429, retry_after="86400")

    def on_cut(self) -> None:
        if sum(path == self.path for path, _ in self.server.seen) < 2:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.answer(b"whole")

    def on_to(self) -> None:
        self.answer(status=302, location=self.path.removeprefix("/to/"))

    def on_nowhere(self) -> None:
        self.answer(status=302)

    def on_circle(self) -> None:
        self.answer(status=302, location="/circle2" if self.path == "/circle" else "/circle")

    on_circle2 = on_circle

    def on_endless(self) -> None:
        self.answer(status=302, location=f"/endless/{int(self.path.rsplit('/', 1)[1]) + 1}")

    def on_cookie(self) -> None:
        if "seen=1" in self.headers.get("cookie", ""):
            self.answer(b"welcome")
        else:
            self.answer(status=302, location="/cookie", set_cookie="seen=1; Path=/")

    def on_silent(self) -> None:
        self.server.released.wait(20)

    def on_drip(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", "1000")
        self.end_headers()
        while not self.server.released.wait(0.05):
            self.wfile.write(b"x")

    def on_drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.released.wait(0.05):
            self.wfile.write(b"x: y\r\n")

    def on_garbage(self) -> None:
        self.wfile.write(b"\x00\x01 what is this\r\n\r\n")
        self.close_connection = True


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    server.seen, server.sent, server.released = [], 0, threading.Event()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with serving() as running:
        yield running


def url(server: ThreadingHTTPServer, path: str, host: str = "127.0.0.1") -> str:
    return f"http://{host}:{server.server_address[1]}/{path}"


def fetch(address: str, **limits):
    with Fetcher(FetchLimits(**{"allow_private": True, "timeout_s": 10.0, **limits})) as fetcher:
        return fetcher.fetch(address)


def test_a_page(server):
    page = fetch(url(server, "page?utm_source=x&b=1#part"))
    assert page.body == b"<p>caf\xe9"
    assert (page.media_type, page.charset.lower()) == ("text/html", "iso-8859-1")
    assert page.url == url(server, "page?b=1")
    assert page.source == url(server, "page?utm_source=x&b=1#part")
    assert page.fetched_at.utcoffset().total_seconds() == 0
    asked = server.seen[-1][1]
    assert asked["User-Agent"].startswith("OnRecord")
    assert server.seen[-1][0] == "/page?utm_source=x&b=1"


@pytest.mark.parametrize("path", ["gzip", "deflate"])
def test_packed_pages(server, path):
    assert fetch(url(server, path)).body == b"<p>packed"


@pytest.mark.parametrize("path", ["cut-gzip", "no-gzip", "brotli"])
def test_pages_that_cannot_be_unpacked(server, path):
    with pytest.raises(FetchError):
        fetch(url(server, path))


def test_a_page_without_a_type(server):
    assert fetch(url(server, "untyped")).media_type is None


def test_a_bomb_is_put_down_before_it_is_unpacked(server):
    with pytest.raises(TooLargeError, match="1,000,000"):
        fetch(url(server, "bomb"), max_bytes=1_000_000)


def test_a_large_page_is_not_fetched_to_its_end(server):
    with pytest.raises(TooLargeError):
        fetch(url(server, "large"), max_bytes=2_000_000)
    assert server.sent < 30_000_000


def test_a_page_that_says_it_is_large_is_not_fetched_at_all(server):
    with pytest.raises(TooLargeError):
        fetch(url(server, "stated-large"))


def test_what_is_no_text(server):
    with pytest.raises(BinarySourceError, match="image/png"):
        fetch(url(server, "image"))


@pytest.mark.parametrize("status", [404, 403, 410, 500, 304])
def test_error_statuses(server, status):
    before = len(server.seen)
    with pytest.raises(HttpStatusError, match=str(status)):
        fetch(url(server, f"status/{status}"))
    assert len(server.seen) == before + 1


def test_a_busy_server_is_asked_again(server):
    assert fetch(url(server, "busy/a")).body == b"now"
    with pytest.raises(HttpStatusError, match="503"):
        fetch(url(server, "busy/b"), attempts=2)


def test_nobody_waits_longer_than_the_limit(server):
    started = time.monotonic()
    with pytest.raises(HttpStatusError, match="429"):
        fetch(url(server, "wait-long"))
    assert time.monotonic() - started < 5


def test_a_connection_that_breaks_is_made_again(server):
    assert fetch(url(server, "cut/a")).body == b"whole"


def test_redirects(server):
    page = fetch(url(server, "to/" + url(server, "page#x")))
    assert page.url == url(server, "page")
    assert page.source == url(server, "to/" + url(server, "page#x"))
    assert fetch(url(server, "cookie")).body == b"welcome"


@pytest.mark.parametrize(
    ("path", "why"),
    [("circle", "circle"), ("endless/0", "more than 10"), ("nowhere", "nowhere"), ("to/http://[", "no address")],
)
def test_broken_redirects(server, path, why):
    with pytest.raises(RedirectError, match=why):
        fetch(url(server, path))


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/", "file:///etc/passwd", "http://u:p@127.0.0.1/"])
def test_redirects_to_what_is_not_fetched(server, target):
    with pytest.raises(AddressRefusedError):
        fetch(url(server, f"to/{target}"))


@pytest.mark.parametrize("path", ["silent", "drip", "drip-headers"])
def test_slow_servers_have_one_time_limit_for_all(server, path):
    started = time.monotonic()
    with pytest.raises(FetchTimeoutError, match="1 s"):
        fetch(url(server, path), timeout_s=1.0)
    assert time.monotonic() - started < 5


def test_a_server_that_never_accepts():
    with closing(socket.socket()) as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        with pytest.raises(FetchTimeoutError):
            fetch(f"http://127.0.0.1:{full.getsockname()[1]}/", timeout_s=1.0)
        for one in waiting:
            one.close()


def test_garbage(server):
    with pytest.raises(FetchError, match="broken"):
        fetch(url(server, "garbage"), attempts=1)


def test_a_dead_link():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        with pytest.raises(FetchError, match="no connection"):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/", attempts=1)


def test_a_server_without_tls(server):
    with pytest.raises(FetchError):
        fetch(url(server, "page").replace("http:", "https:"))


def test_a_host_that_does_not_exist():
    with pytest.raises(FetchError, match=r"nobody\.invalid"):
        fetch("http://nobody.invalid/", attempts=1)


# --- addresses ---


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.255.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *(
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "fec0::1",
        ),
        *(
            "ff02::1",
            "2001:db8::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:0:1::",
        ),
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_that_are_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"]
)
def test_this_machine_is_refused_however_it_is_spelled(server, host):
    before = len(server.seen)
    with pytest.raises(FetchError) as refused:
        fetch(url(server, "page", host), allow_private=False)
    assert isinstance(refused.value, AddressRefusedError) or "cannot be resolved" in str(refused.value)
    assert len(server.seen) == before


def test_the_way_out_is_named(server):
    with pytest.raises(AddressRefusedError, match="ONRECORD_ALLOW_PRIVATE_ADDRESSES"):
        fetch(url(server, "page"), allow_private=False)


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "gopher://x/", "http://u:p@127.0.0.1/", "http://", "http://[::1", ""]
)
def test_what_is_not_fetched_at_all(address):
    with pytest.raises(AddressRefusedError):
        fetch(address)


def test_passwords_are_not_repeated():
    with pytest.raises(AddressRefusedError) as refused:
        fetch("http://ann:secret@example.org/")
    assert "secret" not in str(refused.value)


def test_each_redirect_is_checked_again():
    """127.0.0.1 stands for the public network here, and 127.0.0.2 for the private one."""
    with serving("127.0.0.1") as public, serving("127.0.0.2") as private:
        secret = url(private, "page", "127.0.0.2")
        with Fetcher(allowed=lambda address: str(address) == "127.0.0.1") as fetcher:
            assert fetcher.fetch(url(public, "page")).body
            with pytest.raises(AddressRefusedError, match=r"127\.0\.0\.2"):
                fetcher.fetch(url(public, f"to/{secret}"))
        assert private.seen == []


def test_one_forbidden_address_refuses_a_host_altogether():
    found = resolve("localhost", 80, timeout_s=5, allowed=lambda _: True)
    assert found
    checked = []

    def last_is_forbidden(address) -> bool:
        checked.append(str(address))
        return len(checked) < len(found)

    with pytest.raises(Exception, match="not a public address"):
        resolve("localhost", 80, timeout_s=5, allowed=last_is_forbidden)
    assert checked == found


def test_the_connection_goes_to_the_address_that_was_checked(server):
    """A name is resolved once: a second answer, as rebinding gives, is never asked for."""
    asked = []

    def allowed(address) -> bool:
        asked.append(str(address))
        return True

    with Fetcher(FetchLimits(attempts=1), allowed=allowed) as fetcher:
        fetcher.fetch(url(server, "page", "localhost"))
    assert len(asked) == len(set(asked))
    assert server.seen[-1][1]["Host"] == f"localhost:{server.server_address[1]}"


def test_proxies_of_the_environment_are_not_used(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert fetch(url(server, "page")).body


def test_the_name_and_not_the_address_is_asked_for_in_tls():
    """Certificates are of names: the handshake has to name the host though the connection goes to an address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with (
        Fetcher(FetchLimits(allow_private=True)) as fetcher,
        closing(socket.create_server(("127.0.0.1", 0))) as listening,
    ):
        names = []
        context.set_servername_callback(lambda sock, name, ctx: names.append(name))

        def accept() -> None:
            connection, _ = listening.accept()
            with closing(connection), suppress(ssl.SSLError, OSError):
                context.wrap_socket(connection, server_side=True)

        threading.Thread(target=accept, daemon=True).start()
        with pytest.raises(FetchError):
            fetcher.fetch(f"https://localhost:{listening.getsockname()[1]}/")
        assert names == ["localhost"]
