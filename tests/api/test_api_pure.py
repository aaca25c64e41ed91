"""The pure parts of the interface: cursors, citations, settings, the words around an assertion."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import cursors, views
from api.citation import cite
from api.queries import ClaimFilters
from api.settings import SettingsError, load

TIMES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
KEYS = st.tuples(
    TIMES | st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
)


@given(KEYS)
def test_a_cursor_gives_its_keys_back(keys: tuple[Any, str]) -> None:
    encoded = cursors.encode("list", keys)
    assert encoded.isascii()
    assert cursors.decode(encoded, "list", [type(key) for key in keys]) == keys


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_whatever_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(cursors.CursorError):
        cursors.decode(text, "list", [str, str])


@pytest.mark.parametrize(
    ("body", "types"),
    [
        (["list", ["a"]], [str, str]),
        (["list", ["a", 1]], [str, str]),
        (["list", [True, "a"]], [int, str]),
        (["list", [{"t": "2024-01-01"}, "a"]], [datetime, str]),
        (["list", [{"t": "2024-01-01T00:00:00Z", "u": 1}, ["a"]]], [datetime, str]),
        (["list", ["\ud800", "a"]], [str, str]),
        (["list", [float("nan"), "a"]], [float, str]),
        (["list", [2**63, "a"]], [int, str]),
        (["other", ["a", "b"]], [str, str]),
        ({"list": 1}, [str, str]),
        ("list", [str]),
    ],
)
def test_a_cursor_of_another_shape_or_list_is_refused(body: Any, types: list[type]) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
    with pytest.raises(cursors.CursorError):
        cursors.decode(cursor, "list", types)


def test_a_fingerprint_tells_lists_and_filters_apart() -> None:
    same = [
        cursors.fingerprint("claims", {"q": "a", "since": datetime(2024, 1, 1, tzinfo=UTC)}),
        cursors.fingerprint(
            "claims", {"since": datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))), "q": "a", "kind": None}
        ),
    ]
    others = [
        cursors.fingerprint("claims", {"q": "a"}),
        cursors.fingerprint("assertions", {"q": "a"}),
        cursors.fingerprint("claims", {"q": "b"}),
        cursors.fingerprint("claims", {"outlet": "a"}),
    ]
    assert same[0] == same[1]
    assert len({*same, *others}) == 1 + len(others)


BASE: dict[str, Any] = {
    "speaker": "Ada Brandt",
    "words": "the mill\nwas sold",
    "directness": "direct",
    "polarity": "affirmed",
    "title": "Mill news",
    "outlet": "Courier",
    "url": "https://courier.example/1",
    "published_at": datetime(2026, 2, 28, 23, 30, tzinfo=UTC),
    "version": "ver-1",
    "fetched_at": datetime(2026, 3, 1, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
    "sha256": "ab" * 32,
}


def test_a_citation_says_who_what_where_when_and_which_bytes() -> None:
    assert cite(**BASE, via=["TASS", "BBC"]) == (
        "Ada Brandt: “the mill was sold”, via TASS, via BBC, “Mill news”, Courier, <https://courier.example/1>, "
        f"published 2026-02-28, version ver-1, read 2026-03-01T12:00:00Z, SHA-256 {'ab' * 32}"
    )


@pytest.mark.parametrize(
    ("changed", "start"),
    [
        ({"directness": "indirect"}, "Ada Brandt, in the page’s words: “"),
        ({"directness": "mixed"}, "Ada Brandt, partly in the page’s words: “"),
        ({"polarity": "denied"}, "Ada Brandt denies: “"),
        ({"polarity": "questioned", "directness": "indirect"}, "Ada Brandt, in the page’s words, questions: “"),
        ({"speaker": None}, "Unnamed source: “"),
    ],
)
def test_a_citation_claims_no_more_than_is_known(changed: dict[str, Any], start: str) -> None:
    assert cite(**{**BASE, **changed}).startswith(start)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("“It was sold,” […] “twice”", "“It was sold,” […] “twice”"),
        ('"must be well thought out"', '"must be well thought out"'),
        ("it was sold “twice”", "‘it was sold “twice”’"),
    ],
)
def test_words_are_not_put_between_the_same_marks_twice(words: str, printed: str) -> None:
    assert cite(**{**BASE, "words": words}).startswith(f"Ada Brandt: {printed}, “Mill news”")


def test_a_citation_without_what_is_not_known() -> None:
    line = cite(
        **{**BASE, "title": None, "outlet": None, "url": None, "published_at": None, "posted_at": BASE["published_at"]},
        commenter=True,
    )
    assert line == (
        "Ada Brandt: “the mill was sold”, comment on page without a title, posted 2026-02-28, "
        f"version ver-1, read 2026-03-01T12:00:00Z, SHA-256 {'ab' * 32}"
    )


@given(st.text(max_size=300), st.data())
def test_the_context_stays_true_to_its_offsets(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    start = data.draw(st.integers(0, low))
    end = data.draw(st.integers(high, len(text)))
    context = views.trimmed(text[start:end], start, low, high)
    assert text[context["start"] : context["end"]] == context["text"]
    assert context["start"] <= low
    assert high <= context["end"]


@given(st.lists(st.integers(0, 1000), max_size=12).filter(lambda flat: len(flat) % 2 == 0))
def test_spans_are_pairs_or_nothing(flat: list[int]) -> None:
    pairs = views.spans(flat)
    assert (pairs is None) == (not flat)
    assert [offset for pair in pairs or () for offset in pair] == flat


@pytest.mark.parametrize(
    ("given_", "since", "until"),
    [
        ("2024-05-31", datetime(2024, 5, 31, tzinfo=UTC), datetime(2024, 5, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2024-05-31T12:00:00Z", datetime(2024, 5, 31, 12, tzinfo=UTC), datetime(2024, 5, 31, 12, tzinfo=UTC)),
        ("2024-05-31T12:00:00+02:00", datetime(2024, 5, 31, 10, tzinfo=UTC), datetime(2024, 5, 31, 10, tzinfo=UTC)),
    ],
)
def test_a_day_is_all_of_it(given_: str, since: datetime, until: datetime) -> None:
    query = ClaimFilters.model_validate({"since": given_, "until": given_})
    assert (query.since, query.until) == (since, until)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEO4J_URI", "http://localhost"),
        ("ONRECORD_FETCH_TIMEOUT", "soon"),
        ("ONRECORD_FETCH_MAX_BYTES", "-1"),
        ("ONRECORD_ALLOW_PRIVATE_ADDRESSES", "perhaps"),
        ("ONRECORD_NEO4J_HEAP", "much"),
        ("ONRECORD_ANNOTATOR_THREADS", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("own", "openmp", "threads"),
    [("", "", 1), ("2", "", 2), ("", "4", 4), ("2", "4", 2), ("", "3,1", 3), ("", "0", 1), ("", "all", 1)],
)
def test_an_annotator_reads_on_as_many_cores_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own: str, openmp: str, threads: int
) -> None:
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path))
    monkeypatch.setenv("ONRECORD_ANNOTATOR_THREADS", own)
    monkeypatch.setenv("OMP_NUM_THREADS", openmp)
    assert load().threads == threads


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("NEO4J_USER", "somebody")
    (tmp_path / "settings.env").write_text(
        "NEO4J_URI=bolt://db:7687\nNEO4J_USER=file\nNEO4J_PASSWORD=secret\nOTHER=1\n"
    )
    settings = load()
    assert (settings.neo4j_uri, settings.neo4j_user, settings.home) == ("bolt://db:7687", "somebody", tmp_path)
    assert settings.neo4j_password.get_secret_value() == "secret"
    assert "secret" not in repr(settings)
