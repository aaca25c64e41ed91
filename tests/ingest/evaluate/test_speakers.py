"""Labels of speakers, when an answer is right, and figures computed by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.evaluate.gold import Article, GoldError, Triple, read_polnear
from ingest.evaluate.speakers import (
    Answer,
    Judged,
    Label,
    SpeakerReport,
    draw,
    fits,
    nearest,
    read_labels,
    same_name,
    verdict,
)

ROOT = Path(__file__).parents[3]
LABELS = ROOT / "tests/eval/speakers.jsonl"
DEV = ROOT / "../shared/data/polnear/dev"


def triple(start: int) -> Triple:
    return Triple(((start, start + 2),), ((start + 3, start + 7),), ((start + 8, start + 20),))


def label(kinds: str, *names: str, article: str = "a", at: int = 0) -> Label:
    return Label(article, triple(at), tuple(kinds.split()), names)


def named(name: str, kind: str = "person", method: str = "rule:name") -> Answer:
    return Answer("resolved", name, kind, method)


def described(name: str) -> Answer:
    return Answer("unnamed", name, "unnamed", "rule:description")


ADA = label("person", "Ada Brandt", "Ada K. Brandt")
OFFICIALS = label("unnamed group", "officials")
NOBODY = label("none")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Brandt", "ADA  BRANDT"),
        ("The Trump campaign", "Trump campaign"),
        ("Sen. Ada Brandt", "Ada Brandt"),
        ("Brandt’s", "Brandt"),
        ("U.S. Supreme Court", "u.s. supreme court"),
        ("an ally of Brandt", "ally of Brandt"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Brandt", "Ada Brandt"), ("Trump", "Trump campaign"), ("", "Ada Brandt"), ("Clinton supporters", "Clinton")],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_description_fits_where_it_holds_the_words_as_a_run() -> None:
    assert fits("two officials familiar with the talks", "officials")
    assert fits("About 73 percent of those asked", "73 percent")
    assert not fits("unofficials", "officials")
    assert not fits("officials who knew the talks", "officials familiar")
    assert not fits("they", "officials")


@pytest.mark.parametrize(
    ("wanted", "answer", "expected"),
    [
        (ADA, named("Ada Brandt"), "right"),
        (ADA, named("Ada K. Brandt"), "right"),
        (ADA, named("Brandt"), "wrong"),
        (ADA, described("the mayor"), "unresolved"),
        (ADA, Answer("none"), "unresolved"),
        (ADA, Answer("unresolved"), "unresolved"),
        (ADA, None, "unresolved"),
        (OFFICIALS, described("two officials"), "right"),
        (OFFICIALS, described("they"), "wrong"),
        (OFFICIALS, named("Officials", "group"), "right"),
        (OFFICIALS, named("Justice Department officials", "group"), "right"),
        (OFFICIALS, named("Ada Brandt"), "wrong"),
        (OFFICIALS, named("Justice Department officials", "person"), "wrong"),
        (NOBODY, Answer("none"), "right"),
        (NOBODY, Answer("unresolved"), "unresolved"),
        (NOBODY, None, "unresolved"),
        (NOBODY, described("it"), "wrong"),
    ],
)
def test_verdicts(wanted: Label, answer: Answer | None, expected: str) -> None:
    assert verdict(wanted, answer) == expected


def test_what_is_open_is_not_judged() -> None:
    with pytest.raises(ValueError, match="open"):
        verdict(label("open"), None)


def test_figures_computed_by_hand() -> None:
    judged = [
        Judged(label("person", "Ada Brandt", at=0), named("Ada Brandt"), "Brandt"),
        Judged(label("person", "Ada Brandt", at=30), named("Bo Carr", method="rule:nearest-name"), "She"),
        Judged(label("person", "Ada Brandt", at=60), Answer("unresolved"), "they"),
        Judged(label("unnamed", "officials", at=90), described("two officials"), "two officials"),
        Judged(label("none", at=120), Answer("none"), ""),
        Judged(label("open", at=150), named("Bo Carr"), "he"),
        Judged(label("organization", "Tass", article="b"), named("Tass", "outlet"), "Tass"),
        Judged(label("unnamed", "critics", article="b", at=30), None, "critics"),
        Judged(label("none", article="b", at=60), described("it"), "it"),
    ]
    answer = SpeakerReport("gold", tuple(judged)).as_json(rounds=50)
    assert {name: (one["count"], one["of"]) for name, one in answer["figures"].items()} == {
        "resolved": (4, 6),
        "right": (3, 4),
        "found": (3, 6),
        "unnamed": (1, 2),
        "none": (1, 2),
        "kind": (2, 3),
    }
    assert answer["figures"]["right"]["share"] == 0.75
    assert answer["figures"]["right"]["low"] == pytest.approx(2 / 3)
    assert answer["figures"]["right"]["high"] == 1
    assert (answer["labels"], answer["open"], answer["texts"]) == (9, 1, 2)
    assert answer["methods"] == [
        {"method": "rule:name", "answers": 2, "right": 2, "precision": 1},
        {"method": "rule:nearest-name", "answers": 1, "right": 0, "precision": 0},
        {"method": "rule:description", "answers": 1, "right": 1, "precision": 1},
    ]
    assert [row["article"] for row in answer["worst"]] == ["a", "b"]
    assert answer["worst"][0] == {"article": "a", "right": 2, "of": 4}
    assert [(row["words"], row["answer"]["name"]) for row in answer["wrong"]] == [("She", "Bo Carr"), ("it", "it")]
    assert [row["words"] for row in answer["unresolved"]] == ["they", "critics"]


def test_a_figure_of_nothing_has_no_share() -> None:
    report = SpeakerReport("gold", (Judged(label("person", "Ada Brandt"), None, "Brandt"),)).as_json(rounds=10)
    assert report["figures"]["none"]["share"] is None
    assert report["figures"]["resolved"]["share"] == 0


def test_the_nearest_attribution_is_the_equal_one_or_shares_cue_and_content() -> None:
    wanted = Triple(((0, 2),), ((3, 7),), ((8, 20),))
    longer = Triple(((0, 2),), ((3, 7),), ((8, 30),))
    elsewhere = Triple(((40, 42),), ((43, 47),), ((8, 20),))
    assert nearest(wanted, [longer, wanted]) == 1
    assert nearest(wanted, [elsewhere, longer]) == 1
    assert nearest(wanted, [elsewhere]) is None
    assert nearest(wanted, []) is None


def test_without_a_cue_the_nearest_shares_half_of_the_content() -> None:
    wanted = Triple(((0, 5),), (), ((6, 16),))
    assert nearest(wanted, [Triple(((0, 5),), (), ((6, 26),))]) == 0
    assert nearest(wanted, [Triple(((0, 5),), (), ((6, 27),))]) is None


def test_a_sentence_of_a_turn_is_the_turn_where_the_source_is_the_same() -> None:
    wanted = Triple(((0, 6),), ((5, 6),), ((7, 107),))
    sentence = Triple(((0, 5),), (), ((7, 30),))
    assert nearest(wanted, [sentence]) == 0
    assert nearest(wanted, [Triple(((200, 205),), (), ((7, 30),))]) is None
    assert nearest(wanted, [Triple(((0, 5),), (), ((90, 130),))]) is None


# --- drawing and reading ---------------------------------------------------------------------------------------

ARTICLES = [Article("a", "x" * 500, tuple(map(triple, range(0, 400, 40)))), Article("b", "x" * 90, (triple(0),) * 2)]


def test_a_draw_is_the_same_whatever_the_order_and_differs_by_seed() -> None:
    first = draw(ARTICLES, 5, 1)
    assert len(first) == 5
    assert draw(ARTICLES[::-1], 5, 1) == first
    assert draw(ARTICLES, 5, 2) != first
    assert set(draw(ARTICLES, 4, 1)) < set(first)


def test_an_attribution_that_is_marked_twice_is_drawn_once() -> None:
    assert len(draw(ARTICLES, 100, 1)) == 11


GOOD = {"article": "a", "source": [[0, 2]], "cue": [], "content": [[3, 5]], "kinds": ["person"], "names": ["Ada"]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kinds": ["people"]}, "kinds are"),
        ({"kinds": []}, "kinds are"),
        ({"kinds": ["none", "person"]}, "kinds are"),
        ({"kinds": ["none"]}, "names stand"),
        ({"names": []}, "names stand"),
        ({"content": [3, 5]}, "not a label"),
    ],
)
def test_a_line_that_is_no_label_is_named(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps(GOOD | {"article": "b"}) + "\n" + json.dumps(GOOD | change) + "\n")
    with pytest.raises(GoldError, match=rf"labels\.jsonl: line 2: .*{reason}"):
        read_labels(file)


def test_files_without_labels_and_with_one_twice_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text("\n")
    with pytest.raises(GoldError, match="no labels"):
        read_labels(file)
    file.write_text(f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n")
    with pytest.raises(GoldError, match="labelled twice"):
        read_labels(file)


def test_the_labels_that_come_with_the_project_can_be_read() -> None:
    labels = read_labels(LABELS)
    assert len(labels) == 200
    assert sum(one.has_speaker for one in labels) > 180


@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/data/polnear is absent")
def test_the_labels_are_those_of_the_draw() -> None:
    drawn = {(article.name, one) for article, one in draw(read_polnear(DEV), 200, 5)}
    assert {(one.article, one.triple) for one in read_labels(LABELS)} == drawn
