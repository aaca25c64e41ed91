"""Files of labelled pairs: what is read from them, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.evaluate.gold import GoldError
from ingest.evaluate.pairs import Pair, default_matching, read_claims, read_matching, read_replies

HEADER = '"quote_text","response_text","relation"\n'


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_replies_are_read_in_windows_1252_and_in_utf_8(tmp_path: Path) -> None:
    row = HEADER + '"It’s ""safe"".","No,\nit isn’t.",0\n'
    wanted = [Pair('It’s "safe".', "No,\nit isn’t.", "0", 'It’s "safe".')]
    for number, encoding in enumerate(("cp1252", "utf-8", "utf-8-sig")):
        assert read_replies(written(tmp_path / f"{number}.csv", row.encode(encoding))) == wanted


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", "no column quote_text"),
        (HEADER, "no pairs"),
        (HEADER + "a,b,3\n", "labels '3'"),
        (HEADER + "a,b\n", "row 2 has fewer columns"),
        ("", "no column"),
    ],
)
def test_replies_that_cannot_be_used_are_named(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(GoldError, match=reason):
        read_replies(written(tmp_path / "replies.csv", content))
    with pytest.raises(GoldError, match="cannot be read"):
        read_replies(tmp_path / "nowhere.csv")


def test_claims_are_read_with_their_topics(tmp_path: Path) -> None:
    item = {"claim_a": "A.", "claim_b": "B.", "relation": 1, "topic": "T", "date": "2020-01-01"}
    for content in ({"data": [item]}, [item]):
        assert read_claims(written(tmp_path / "c.json", json.dumps(content))) == [Pair("A.", "B.", "1", "T")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is no JSON"),
        ("{}", "no list of pairs"),
        ('{"data": []}', "no list of pairs"),
        ('[{"claim_a": "A."}]', "pair 1 lacks"),
        ('["A"]', "pair 1 lacks"),
        ('[{"claim_a": "A", "claim_b": "B", "relation": 2, "topic": "T"}]', "labels '2'"),
    ],
)
def test_claims_that_cannot_be_used_are_named(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(GoldError, match=reason):
        read_claims(written(tmp_path / "claims.json", content))


def test_half_of_the_projects_own_pairs_are_the_same_claim_and_none_was_learned_from() -> None:
    pairs = read_matching(default_matching())
    assert sum(pair.label == "same" for pair in pairs) == 75
    assert len(pairs) == 150
    learned = (Path(__file__).parents[3] / "ingest" / "train" / "written" / "claims.txt").read_text(encoding="utf-8")
    texts = {text for pair in pairs for text in (pair.a, pair.b)}
    assert len(texts) > 250
    assert not texts & {line[2:].strip() for line in learned.splitlines()}


def test_pairs_of_another_label_are_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="labels 'alike'"):
        read_matching(written(tmp_path / "p.tsv", "# x\nlabel\tkind\ta\tb\nalike\tk\tA\tB\n"))
