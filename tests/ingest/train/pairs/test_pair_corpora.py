"""Which pairs are made of corpora, on small files in their formats."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.evaluate.gold import GoldError
from ingest.train.pairs import corpora
from ingest.train.pairs.examples import CONTRADICTS, DIFFERENT, NOT_SAME, SAME


def test_written_groups_are_read_by_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "claims.txt"
    path.write_text("# a note\n= One.\n= 1.\nx Two.\n\n= A.\n= B.\n~ C.\n")
    assert corpora.read_written(path) == [
        {"=": ["One.", "1."], "x": ["Two."], "~": []},
        {"=": ["A.", "B."], "x": [], "~": ["C."]},
    ]
    path.write_text("= One.\n= 1.\n? Two.\n")
    with pytest.raises(GoldError, match="begins with none of"):
        corpora.read_written(path)
    path.write_text("= One.\nx Two.\n")
    with pytest.raises(GoldError, match="fewer than two wordings"):
        corpora.read_written(path)


def test_the_groups_that_ship_can_be_read() -> None:
    groups = corpora.read_written(corpora.WRITTEN)
    assert len(groups) > 100
    assert all(group["x"] or group["~"] for group in groups)


def test_similar_sentences_are_the_same_only_where_people_were_nearly_sure(tmp_path: Path) -> None:
    rows = [("5.000", SAME), ("4.200", None), ("3.000", NOT_SAME), ("0.400", DIFFERENT)]
    path = tmp_path / "sts.csv"
    path.write_text("".join(f"news\tx\t2012\t{n}\t{score}\tA {n}.\tB {n}.\n" for n, (score, _) in enumerate(rows)))
    examples = corpora.similarity(path)
    assert [one.value for one in examples if one.task == "similarity"] == pytest.approx([1.0, 0.84, 0.6, 0.08])
    labels = {one.a: one.labels for one in examples if one.task == "relation"}
    assert labels == {f"A {n}.": wanted for n, (_, wanted) in enumerate(rows) if wanted is not None}


def test_headlines_that_disagree_contradict_those_that_agree(tmp_path: Path) -> None:
    path = tmp_path / "stances.csv"
    rows = ["Crab is real,1,agree", "Giant crab exists,1,agree", "Crab is a hoax,1,disagree", "Sun is hot,1,unrelated"]
    path.write_text("Headline,Body ID,Stance\n" + "\n".join(rows) + "\n")
    examples = [one for one in corpora.headlines(path, np.random.default_rng(0)) if one.task == "relation"]
    labels = {frozenset((one.a, one.b)): one.labels for one in examples}
    assert labels[frozenset(("Crab is real", "Giant crab exists"))] == SAME
    assert labels[frozenset(("Crab is real", "Crab is a hoax"))] == CONTRADICTS
    assert {DIFFERENT} == {value for key, value in labels.items() if "Sun is hot" in key}


def test_perspectives_of_the_test_part_are_not_learned_from(tmp_path: Path) -> None:
    claims = [
        {"cId": number, "text": f"Claim {number}", "perspectives": [
            {"pids": [2 * number, 2 * number + 1], "stance_label_3": "SUPPORT"}]}
        for number in range(2)
    ]  # fmt: skip
    held = [{"pId": number, "text": f"Perspective {number}"} for number in range(4)]
    (tmp_path / "perspectrum_claims.json").write_text(json.dumps(claims))
    (tmp_path / "perspectrum_perspectives.json").write_text(json.dumps(held))
    (tmp_path / "perspectrum_split.json").write_text(json.dumps({"0": "train", "1": "test"}))
    examples = corpora.perspectives(tmp_path, np.random.default_rng(0))
    assert not any("Claim 1" in (one.a, one.b) for one in examples)
    same = [one for one in examples if one.task == "relation"]
    assert [(frozenset((one.a, one.b)), one.labels) for one in same] == [
        (frozenset(("Perspective 0", "Perspective 1")), SAME)
    ]
    (tmp_path / "perspectrum_split.json").write_text("{}")
    with pytest.raises(GoldError, match="not as published"):
        corpora.perspectives(tmp_path, np.random.default_rng(0))


def test_what_an_epoch_shows_is_at_most_what_the_settings_say() -> None:
    parts = {"one": corpora.weakening([]), "two": corpora.replies([])}
    assert corpora.drawn(parts, {"one": 3, "two": 3}, np.random.default_rng(0)) == []
    with pytest.raises(GoldError, match="two"):
        corpora.drawn(parts, {"one": 3}, np.random.default_rng(0))
