import io
import os
import stat
from pathlib import Path

import pytest

from ingest.errors import EmptySourceError, IngestError, SourceError, SourceMissingError, TooLargeError
from ingest.fetch import Fetcher, FetchLimits
from ingest.model import Fetched
from ingest.sources import open_sources


def opened(*sources, stated_url=None, stdin=b"", limits=None):
    with Fetcher(limits) as fetcher:
        return list(open_sources(map(str, sources), stated_url=stated_url, fetcher=fetcher, stdin=io.BytesIO(stdin)))


def test_files_come_in_the_order_they_are_named(tmp_path):
    (tmp_path / "b.txt").write_bytes(b"b")
    (tmp_path / "a.html").write_bytes(b"<p>a")
    pages = opened(tmp_path / "b.txt", tmp_path / "a.html")
    assert [(page.body, page.media_type, page.url) for page in pages] == [
        (b"b", "text/plain", None),
        (b"<p>a", "text/html", None),
    ]


def test_a_file_of_any_name_is_read_when_it_is_named(tmp_path):
    path = tmp_path / "page.dat"
    path.write_bytes(b"words")
    (page,) = opened(path)
    assert (page.body, page.media_type) == (b"words", None)


def test_a_folder_gives_its_pages_sorted_and_below(tmp_path):
    for name in ("z.txt", "a/b.HTML", "a/c.md", "a/d.jpg", ".hidden.txt", ".git/x.txt", "m.xhtml", "no-suffix"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    names = [Path(page.source).relative_to(tmp_path).as_posix() for page in opened(tmp_path)]
    assert names == ["a/b.HTML", "a/c.md", "m.xhtml", "z.txt"]


def test_standard_input():
    (page,) = opened("-", stdin=b"words", stated_url="HTTPS://Example.org/a#b")
    assert (page.source, page.body, page.url, page.media_type) == ("-", b"words", "https://example.org/a", None)


def test_failures_stand_in_their_place_and_the_others_go_on(tmp_path):
    (tmp_path / "good.txt").write_bytes(b"good")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    results = opened(tmp_path / "missing.txt", tmp_path / "empty.txt", tmp_path / "folder", "", tmp_path / "good.txt")
    assert [type(result) for result in results] == [
        SourceMissingError,
        EmptySourceError,
        SourceMissingError,
        SourceMissingError,
        Fetched,
    ]
    assert str(results[0]) == f"{tmp_path}/missing.txt: no such file or folder"
    assert "folder without pages" in str(results[2])


def test_pipes_devices_and_sockets_are_refused_and_nothing_hangs(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    pipe, device = opened(tmp_path / "pipe.txt", "/dev/zero")
    assert (type(pipe), pipe.reason) == (SourceError, "it is a pipe, not a file")
    assert (type(device), device.reason) == (SourceError, "it is a device, not a file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_bytes(b"x")
    path.chmod(0)
    (error,) = opened(path)
    assert isinstance(error, SourceMissingError)
    assert "permission denied" in error.reason


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "a/" * 3000])
def test_names_that_no_file_has(name):
    (error,) = opened(name)
    assert isinstance(error, SourceMissingError)
    assert str(error).isprintable()


def test_odd_names_make_one_line(tmp_path):
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/li\nne\xff.txt")
    with open(odd, "wb") as file:  # noqa: PTH123 - the name is no text
        file.write(b"words")
    (page,) = opened(odd)
    assert page.body == b"words"
    (error,) = opened(odd + "x")
    assert str(error).isprintable()


def test_links_in_a_circle_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.txt").write_bytes(b"x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert [Path(page.source).name for page in opened(tmp_path)] == ["page.txt"]


def test_a_dangling_link_is_named(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (error,) = opened(tmp_path)
    assert (type(error), error.source) == (SourceMissingError, f"{tmp_path}/gone.txt")


def test_a_deep_folder_does_not_recurse(tmp_path):
    deep = tmp_path / "/".join("d" * 900)
    deep.mkdir(parents=True)
    (deep / "page.txt").write_bytes(b"x")
    assert [page.body for page in opened(tmp_path)] == [b"x"]


def test_size_limits(tmp_path):
    (tmp_path / "page.txt").write_bytes(b"x" * 101)
    results = opened(tmp_path / "page.txt", "-", stdin=b"y" * 101, limits=FetchLimits(max_bytes=100))
    assert [type(result) for result in results] == [TooLargeError, TooLargeError]


def test_pages_are_opened_one_at_a_time(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")
    with Fetcher() as fetcher:
        pages = open_sources(
            [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], stated_url=None, fetcher=fetcher, stdin=io.BytesIO()
        )
        assert next(pages).body == b"a"
        (tmp_path / "b.txt").write_bytes(b"b")
        assert next(pages).body == b"b"


@pytest.mark.parametrize("sources", [["a.txt", "b.txt"], ["."], []])
def test_a_stated_url_is_for_one_page(sources):
    with pytest.raises(ValueError, match="--as"):
        opened(*sources, stated_url="https://example.org/")


def test_a_stated_url_has_to_be_one():
    with pytest.raises(ValueError, match="http"):
        opened("-", stated_url="example.org")


def test_other_schemes_are_no_files():
    (error,) = opened("file:///etc/passwd")
    assert isinstance(error, IngestError)
    assert "only http and https" in str(error)


def test_permissions_of_the_test_are_those_of_a_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    assert stat.S_ISREG(path.stat().st_mode)
    assert opened(path)[0].fetched_at.tzinfo is not None
