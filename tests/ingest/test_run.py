"""The stages of ingest, one after the other."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.annotate import load
from ingest.errors import EmptySourceError, IngestError, ReadError, SourceMissingError
from ingest.jsonl import as_json
from ingest.model import Annotations, Extraction, Fetched
from ingest.run import extract, extract_all

SEED = Path(__file__).parents[2] / "../shared/data/seed"
ANNOTATOR = load("rules")


def fetched(body: bytes, *, source: str = "page.txt", media_type: str | None = "text/plain") -> Fetched:
    return Fetched(source, body, None, media_type, None, datetime(2026, 1, 2, tzinfo=UTC))


def test_from_bytes_to_assertions() -> None:
    found = extract(fetched("“It is late,” Dmitry Peskov said.".encode()), ANNOTATOR)
    (assertion,) = found.assertions
    assert assertion.speaker is not None
    assert (assertion.speaker.name, assertion.text) == ("Dmitry Peskov", "“It is late,”")
    assert found.sentences["body"][0].of(found.document.text) == found.document.text


def test_the_same_bytes_give_the_same_answer() -> None:
    page = fetched("“It is late,” Dmitry Peskov said. He left. France said that it was early.".encode())
    assert extract(page, ANNOTATOR) == extract(page, load("rules"))


def test_html() -> None:
    body = (
        b"<html><body><article><p>Dmitry Peskov said that the talks went on for two hours.</p></article></body></html>"
    )
    (assertion,) = extract(fetched(body, media_type="text/html"), ANNOTATOR).assertions
    assert assertion.text == "that the talks went on for two hours"


GERMAN = (
    "Der Minister trat am Montag vor die Presse. „Wir nehmen dieses Ergebnis nicht hin“, sagte er und ging. "
    "Die Opposition kritisierte ihn scharf, und am Abend berieten die Fraktionen über das weitere Vorgehen."
)
ENGLISH = "The minister met the press on Monday. Dmitry Peskov said that it was late, and nobody had asked him."


class Watched:
    """Annotates nothing, and tells which texts it was given."""

    name = "watched"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        for text in texts:
            self.texts.append(text)
            yield Annotations()


def thread(body: str, *comments: str) -> bytes:
    said = "".join(
        f'<li class="comment" id="c{number}"><cite class="author">Reader {number}</cite><p>{words}</p></li>'
        for number, words in enumerate(comments)
    )
    page = f"<article><h1>News</h1><p>{body}</p></article><ol class='comments'>{said}</ol>"
    return f"<html><body>{page}</body></html>".encode()


def test_a_text_in_another_language_is_not_searched_and_says_so() -> None:
    watched = Watched()
    found = extract(fetched(GERMAN.encode()), watched)
    assert watched.texts == []
    assert found.document.language == "de"
    (assertion,) = found.assertions
    assert assertion.text == "„Wir nehmen dieses Ergebnis nicht hin“"
    assert (assertion.speaker, assertion.method) == (None, "rule:quotation")
    assert assertion.confidence < 0.5
    (note,) = found.notes
    assert note.startswith("text in another language than English (de): the watched did not search")
    assert len(found.sentences["body"]) == 3


@pytest.mark.parametrize(
    ("body", "stated", "language"),
    [(GERMAN, "en", "de"), (ENGLISH, "de", "en"), ("12345 !!", "de", "de"), ("Ja, ja", "en", "en")],
)
def test_a_page_is_in_the_language_of_its_text_whatever_its_template_says(
    body: str, stated: str, language: str
) -> None:
    page = f'<html lang="{stated}"><body><article><p>{body}</p></article></body></html>'.encode()
    found = extract(fetched(page, media_type="text/html"), Watched())
    assert found.document.language == language
    assert bool(found.notes) == (language != "en")


def test_a_comment_is_in_its_pages_language_unless_it_is_surely_in_another() -> None:
    watched = Watched()
    comments = ("Genau!", "Schadenfreude, mon ami.", GERMAN, ENGLISH)
    found = extract(fetched(thread(ENGLISH, *comments), media_type="text/html"), watched)
    assert len(found.document.comments) == 4
    assert [GERMAN in text for text in watched.texts] == [False] * 4
    (note,) = found.notes
    assert note.startswith("1 comment in another language than English (de)")
    watched = Watched()
    found = extract(fetched(thread(GERMAN, *comments), media_type="text/html"), watched)
    assert watched.texts == [ENGLISH]
    assert len(found.notes) == 2
    assert found.notes[1].startswith("3 comments")


def test_errors_take_their_place_and_stop_nothing() -> None:
    missing = SourceMissingError("gone.txt", "no such file")
    items = [fetched(b"He said that it was late."), missing, fetched(b" "), fetched(b"She said that it was late.")]
    found = list(extract_all(items, ANNOTATOR))
    assert [type(each) for each in found] == [Extraction, SourceMissingError, EmptySourceError, Extraction]
    assert found[1] is missing


class Faulty:
    """An annotator with a fault in it, as ours may have."""

    name = "faulty"

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        for text in texts:
            if "poison" in text:
                raise ZeroDivisionError("one\ntwo")
            yield Annotations()


def test_a_fault_names_its_source_and_costs_no_other_page(caplog: pytest.LogCaptureFixture) -> None:
    items = [fetched(b"Fine."), fetched(b"A poison pill.", source="bad.txt"), fetched(b"Fine again.")]
    with caplog.at_level(logging.ERROR):
        first, second, third = extract_all(items, Faulty())
    assert isinstance(first, Extraction)
    assert isinstance(third, Extraction)
    assert isinstance(second, ReadError)
    assert second.source == "bad.txt"
    assert "ZeroDivisionError: one" in str(second)
    assert len(str(second).splitlines()) == 1
    assert isinstance(second.__cause__, ZeroDivisionError)
    assert "Traceback" in caplog.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html", None]))
def test_any_bytes_give_an_extraction_or_an_ingest_error(body: bytes, media_type: str | None) -> None:
    (found,) = extract_all([fetched(body, media_type=media_type)], ANNOTATOR)
    if isinstance(found, IngestError):
        assert len(str(found).splitlines()) == 1
        assert "a fault of OnRecord itself" not in str(found)
    else:
        json.dumps(as_json(found), allow_nan=False).encode("utf-8")


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/data/seed is absent")
def test_the_seed_page() -> None:
    """What a reader sees at once on a real page with block quotations, a transcript and a thread."""
    (path,) = SEED.glob("*.txt")
    found = extract(fetched(path.read_bytes(), source=path.name), ANNOTATOR)
    by_speaker: dict[str, set[str]] = {}
    for assertion in found.assertions:
        if assertion.speaker is not None:
            by_speaker.setdefault(assertion.speaker.name, set()).add(" ".join(assertion.text.split()))
    assert "“Everything will be in stages,”" in by_speaker["Dmitry Peskov"]
    assert any(text.startswith("Ukrainian President Volodymyr Zelensky will meet") for text in by_speaker["BBC"])
    assert "The conversation lasted almost two and a half hours." in by_speaker["Yury Ushakov"]
    assert any("rushing to resume dialogue" in text for text in by_speaker["Volodymyr Zelensky"])
    told = next(each for each in found.assertions if each.text.startswith("Preparations for a meeting") and each.cue)
    assert [(cite.name, cite.role) for cite in told.cites] == [("TASS", "via")]
    assert told.reported_in in {each.id for each in found.assertions if each.speaker and each.speaker.name == "TASS"}
    assert {outlet.outlet.name for outlet in found.outlets} >= {"BBC", "TASS"}
    assert len(found.replies) == len(found.document.comments)
