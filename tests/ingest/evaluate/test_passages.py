"""Marked passages: how they are read, and how they are scored, against cases worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest.evaluate.gold import GoldError, Triple
from ingest.evaluate.metrics import Counts
from ingest.evaluate.passages import evaluate_passages, matches, read_passages
from ingest.model import Annotations, Attribution, Name, Span

MARKED = """\
# What this is.

=== split news
1 direct affirmed certain
2 indirect - hedged
---
[x1 “No,”] [s1+2 Mayor {PER Ada Brandt}] [c1 said], [x1 “never.”] |She left {LOC Hull}, and [c2 may have said] [x2 why].

|“Well.”

=== plain blog
---
Nothing was said.
"""


def file(tmp_path: Path, marked: str) -> Path:
    path = tmp_path / "passages.txt"
    path.write_text(marked, encoding="utf-8")
    return path


def test_marks_become_offsets_into_the_text_without_them(tmp_path: Path) -> None:
    passage, plain = read_passages(file(tmp_path, MARKED))
    text = "“No,” Mayor Ada Brandt said, “never.” She left Hull, and may have said why.\n\n“Well.”"
    assert passage.text == text
    first, second = passage.attributions
    source = ((6, 22),)
    assert first.triple == Triple(source, ((23, 27),), ((0, 5), (29, 37)))
    assert second.triple == Triple(source, ((57, 70),), ((71, 74),))
    assert second.manners == {"directness": "indirect", "certainty": "hedged"}
    assert [(text[start:end], kind) for start, end, kind in passage.names] == [
        ("Ada Brandt", "person"),
        ("Hull", "place"),
    ]
    assert passage.starts == (0, 38, 77)
    assert (plain.name, plain.genre, plain.attributions, plain.starts) == ("plain", "blog", (), (0,))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("=== a news\n1 direct affirmed certain\n---\n[s1 She spoke.", "has no end"),
        ("=== a news\n---\nShe spoke].", "without its beginning"),
        ("=== a news\n---\n{PER Ada] spoke.", "without its beginning"),
        ("=== a news\n---\n[s1 She] spoke.", r"attributions \[\] are described, \[1\] are marked"),
        ("=== a news\n1 direct affirmed certain\n---\nShe spoke.", r"attributions \[1\] are described"),
        ("=== a news\n1 loud affirmed certain\n---\n[s1 She] spoke.", "'loud' is no directness"),
        ("=== a news\n1 direct affirmed\n---\n[s1 She] spoke.", "is no line of a number"),
        ("=== a news\n1 direct affirmed certain\n---\n[s1  She] spoke.", "must begin and end with a word"),
        ("=== a news\n---\n{DOG Rex} barked.", "not DOG"),
        ("=== a news\n---\nThe [word] stands.", "without its beginning"),
        ("=== a poem\n---\nRoses.", "begins with"),
        ("=== a news\nRoses.", "has a line '---'"),
        ("=== a news\n---\nOne.\n\n=== a news\n---\nTwo.", "several passages are called a"),
        ("Only words.", "no passages"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, body: str, reason: str) -> None:
    with pytest.raises(GoldError, match=reason):
        read_passages(file(tmp_path, body + "\n"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.txt: cannot be read: No such file"):
        read_passages(tmp_path / "none.txt")


def test_attributions_match_by_the_words_they_cover_and_each_but_once() -> None:
    wanted = [Triple((), ((0, 4),), ((5, 25),)), Triple((), ((30, 34),), ((35, 55),))]
    exact = Triple((), ((0, 4),), ((5, 25),))
    shorter = Triple((), ((0, 4),), ((5, 20),))
    far = Triple((), ((30, 34),), ((90, 190),))
    # The shorter one shares 19 of 24 characters with the first, but that is taken; the far one 4 of 124.
    assert matches([shorter, exact, far], wanted) == [(1, 0)]
    assert matches([shorter], wanted) == [(0, 0)]
    assert matches([], wanted) == []


def test_manners_are_judged_where_an_attribution_was_found_and_its_manner_is_labelled(tmp_path: Path) -> None:
    passages = read_passages(file(tmp_path, MARKED))

    class Fixed:
        def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
            one, two = ((Span(6, 22),), (Span(23, 27),)), ((Span(6, 22),), (Span(57, 70),))
            yield Annotations(
                sentences=(Span(0, 37), Span(38, 76)),
                names=(Name(12, 22, "person", 1.0, "rule:t"), Name(47, 51, "group", 1.0, "rule:t")),
                attributions=(
                    Attribution(*one, (Span(0, 5), Span(29, 37)), "direct", "affirmed", "hedged", 0.9, "rule:t"),
                    Attribution(*two, (Span(71, 74),), "direct", "denied", "hedged", 0.6, "rule:t"),
                ),
            )
            yield Annotations()

    report = evaluate_passages(passages, Fixed())
    (_, counts), (_, nothing) = report.articles
    assert (counts["triple"], counts["source"]) == (Counts(2, 2, 2), Counts(1, 1, 1))
    assert counts["names"] == Counts(1, 1, 2)
    assert (counts["sentences"], counts["sentences_inner"]) == (Counts(2, 2, 3), Counts(1, 1, 2))
    assert (counts["directness"], counts["polarity"], counts["certainty"]) == (
        Counts(1, 2, 2),
        Counts(1, 1, 1),
        Counts(1, 2, 2),
    )
    assert nothing["directness"] == Counts(0, 0, 0)
    assert report.confidences == ((0.9, True), (0.6, True))
