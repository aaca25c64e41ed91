import gzip
import hashlib
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.archive import Archive, ArchiveError


@given(body=st.binary(max_size=2000))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_comes_back(tmp_path, body):
    archive = Archive(tmp_path / "pages")
    sha256 = archive.keep(body)
    assert sha256 == hashlib.sha256(body).hexdigest()
    assert archive.load(sha256) == body
    assert sha256 in archive


def test_the_same_page_gives_the_same_file_once(tmp_path):
    first, second = Archive(tmp_path / "a"), Archive(tmp_path / "b")
    sha256 = first.keep(b"page" * 1000)
    assert first.keep(b"page" * 1000) == second.keep(b"page" * 1000) == sha256
    (one,) = [path for path in first.folder.rglob("*") if path.is_file()]
    (other,) = [path for path in second.folder.rglob("*") if path.is_file()]
    assert one.read_bytes() == other.read_bytes()
    assert len(one.read_bytes()) < 1000


def test_a_page_that_is_not_there(tmp_path):
    with pytest.raises(ArchiveError, match="no page of this checksum"):
        Archive(tmp_path).load("0" * 64)


def test_a_page_is_deleted_once_and_can_be_kept_again(tmp_path):
    archive = Archive(tmp_path / "pages")
    assert not archive.drop("0" * 64)
    sha256, other = archive.keep(b"page"), archive.keep(b"other")
    assert archive.drop(sha256)
    assert not archive.drop(sha256)
    assert sha256 not in archive
    assert archive.load(other) == b"other"
    assert archive.load(archive.keep(b"page")) == b"page"
    with pytest.raises(ValueError, match="not a SHA-256"):
        archive.drop("../../etc/passwd")


def test_a_page_that_cannot_be_deleted(tmp_path):
    archive = Archive(tmp_path)
    (tmp_path / "00" / f"{'0' * 64}.gz").mkdir(parents=True)
    with pytest.raises(ArchiveError, match="could not be deleted"):
        archive.drop("0" * 64)


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_what_is_no_checksum_is_no_path(tmp_path, sha256):
    with pytest.raises(ValueError, match="not a SHA-256"):
        Archive(tmp_path).load(sha256)


@pytest.mark.parametrize(
    "damage", [b"", b"not gzip", gzip.compress(b"another page", mtime=0), gzip.compress(b"page", mtime=0)[:-3]]
)
def test_damage_is_found_and_mended_by_keeping_again(tmp_path, damage):
    archive = Archive(tmp_path)
    sha256 = archive.keep(b"page")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(damage)
    with pytest.raises(ArchiveError, match="damaged"):
        archive.load(sha256)
    archive.keep(b"page")
    assert archive.load(sha256) == b"page"


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="could not be kept"):
        Archive(tmp_path / "file" / "pages").keep(b"page")


def test_many_writers_of_one_page(tmp_path):
    archive, failures = Archive(tmp_path), []

    def keep() -> None:
        try:
            assert archive.load(archive.keep(b"page" * 10_000)) == b"page" * 10_000
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".gz"]
