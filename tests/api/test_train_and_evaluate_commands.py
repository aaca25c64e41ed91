"""``onrecord evaluate`` and ``onrecord train`` as they are typed."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.annotate.pairs.runtime import FOLDER
from ingest.annotate.runtime import META

ONRECORD = Path(sys.executable).with_name("onrecord")
TEXT = "Ada Brandt said that the mill was sold.\n"
ANNOTATED = """\
T1\tSource 0 10\tAda Brandt
T2\tCue 11 15\tsaid
T3\tContent 16 38\tthat the mill was sold
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
"""

COMPARES = (FOLDER / META).exists()


def onrecord(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ONRECORD, *words], capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two articles; the second wants what nobody finds."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, marked in (("easy", ANNOTATED), ("hard", ANNOTATED.replace("Content 16 38", "Content 21 38"))):
        (folder / f"{name}.txt").write_text(TEXT)
        (folder / f"{name}.ann").write_text(marked)
    return folder


def test_attributions_are_scored_for_machines_and_for_people(articles: Path) -> None:
    done = onrecord("evaluate", "attribution", "--data", articles, "--annotator", "rules", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["annotator"], answer["texts"]) == ("rules", 2)
    assert answer["figures"]["source"]["f1"] == 1
    assert (answer["figures"]["triple"]["right"], answer["figures"]["triple"]["wanted"]) == (1, 2)
    assert [one["article"] for one in answer["worst"]] == ["hard", "easy"]
    assert answer["confidence"]["bins"][0]["right"] == 0.5
    read = onrecord("evaluate", "attribution", "--data", articles, "--annotator", "rules").stdout
    assert "attribution: 2 texts, annotator rules" in read
    assert re.search(r"triple +50\.0 +0\.0 to 100\.0 ", read)
    assert read.index("hard") < read.index("easy")


def test_speakers_are_scored_for_machines_and_for_people(articles: Path, tmp_path: Path) -> None:
    labels = tmp_path / "speakers.jsonl"
    spans = {"source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 38]]}
    rows = [
        {"article": "easy", **spans, "kinds": ["person"], "names": ["Ada Brandt"]},
        {"article": "hard", **spans, "content": [[21, 38]], "kinds": ["person"], "names": ["Bo Carr"]},
    ]
    labels.write_text("\n".join(map(json.dumps, rows)))
    command = ("evaluate", "speakers", "--data", articles, "--labels", labels, "--annotator", "rules")
    done = onrecord(*command, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["task"], answer["annotator"], answer["attributions"]) == ("speakers", "rules", "gold")
    assert (answer["figures"]["resolved"]["share"], answer["figures"]["right"]["share"]) == (1, 0.5)
    assert [row["article"] for row in answer["wrong"]] == ["hard"]
    read = onrecord(*command, "--found").stdout
    assert "speakers: 2 labels (0 open) in 2 texts, attributions found, annotator rules" in read
    assert re.search(r"right +50\.0 +0\.0 to 100\.0 +1 +2", read)
    assert re.search(r"hard at 21: Ada Brandt: Ada Brandt \(person, rule:\S+\), but it is Bo\s+Carr", read)
    missing = onrecord("evaluate", "speakers", "--data", articles, "--labels", tmp_path / "none.jsonl")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "none.jsonl: cannot be read" in missing.stderr


def test_names_and_sentences_are_scored(tmp_path: Path) -> None:
    names = tmp_path / "names.conll"
    names.write_text("Angela\tB-PER\nMerkel\tI-PER\nleft\tO\n.\tO\n")
    answer = json.loads(onrecord("evaluate", "ner", "--data", names, "--annotator", "rules", "--json").stdout)
    assert answer["figures"]["person"]["f1"] == 1
    tree = tmp_path / "tree.conllu"
    rows = "1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n"
    tree.write_text("".join(f"# text = {word}.\n{rows.replace('Go', word)}\n" for word in ("Go", "Run")))
    answer = json.loads(onrecord("evaluate", "sentences", "--data", tree, "--annotator", "rules", "--json").stdout)
    assert answer["texts"] == 1, "without paragraphs sentences are joined in tens"
    assert answer["figures"]["all"]["wanted"] == 2


@pytest.mark.parametrize("task", ["attribution", "ner", "sentences", "passages", "coreference"])
def test_data_that_is_not_there_is_named_on_one_line(task: str, tmp_path: Path) -> None:
    done = onrecord("evaluate", task, "--data", tmp_path / "nowhere", "--annotator", "rules")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / "nowhere") in line
    assert "no such" in line.lower()


def test_coreference_is_scored_for_machines_and_for_people(tmp_path: Path) -> None:
    """The rules resolve nothing, so that all is missed."""
    marked = tmp_path / "marked.txt"
    marked.write_text("=== one news\n[1 Ada] left. [1 She] ran.\n\n=== two blog\nLeo saw [2 Mia]. [2 She] ran.\n")
    done = onrecord("evaluate", "coreference", "--data", marked, "--annotator", "rules", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["task"], answer["texts"]) == ("coreference", 2)
    assert answer["figures"]["conll"]["f1"] == 0
    assert (answer["figures"]["antecedents"]["found"], answer["figures"]["antecedents"]["wanted"]) == (0, 2)
    read = onrecord("evaluate", "coreference", "--data", marked, "--annotator", "rules").stdout
    assert "coreference: 2 texts, annotator rules" in read
    assert re.search(r"conll +0\.0 +0\.0 to 0\.0 *\n", read)
    assert "one news" in read


def test_an_annotator_that_is_not_there_is_named_with_those_that_are(articles: Path) -> None:
    done = onrecord("evaluate", "attribution", "--data", articles, "--annotator", "oracle")
    assert done.returncode == 1
    assert "'oracle'" in done.stderr
    assert "rules" in done.stderr


def test_folds_are_summed_up(tmp_path: Path) -> None:
    for name, triple in (("one", 50.0), ("two", 54.0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "figures.jsonl").write_text(json.dumps({"epoch": 1, "goal": 1.0, "triple": triple}) + "\n")
    runs = (tmp_path / "one", tmp_path / "two")
    answer = json.loads(onrecord("evaluate", "folds", *runs, "--json").stdout)
    assert (answer["triple"]["mean"], answer["triple"]["low"], answer["triple"]["high"]) == (52.0, 50.0, 54.0)
    assert "2 runs" in onrecord("evaluate", "folds", *runs).stdout
    done = onrecord("evaluate", "folds", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"onrecord: {tmp_path / 'figures.jsonl'}: cannot be read")


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="the extra is installed")
def test_training_without_its_extra_says_what_to_install(tmp_path: Path) -> None:
    for words in ((), ("--export", tmp_path / "model"), ("--head", "coreference")):
        done = onrecord("train", "--data", tmp_path, "--out", tmp_path / "run", *words)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.endswith("which is not installed: pip install 'onrecord[train]'")
    assert not (tmp_path / "run").exists()


def test_a_head_that_is_not_trained_alone_is_refused(tmp_path: Path) -> None:
    done = onrecord("train", "--head", "names", "--data", tmp_path, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert "nothing is trained alone that is called 'names'" in " ".join(done.stderr.replace("│", " ").split())
    done = onrecord("train", "--head", "coreference", "--fold", "1/5", "--data", tmp_path, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("fold", ["0/5", "6/5", "1/1", "one", "1/"])
def test_a_fold_that_is_none_is_refused(fold: str, tmp_path: Path) -> None:
    done = onrecord("train", "--data", tmp_path, "--out", tmp_path / "run", "--fold", fold)
    assert done.returncode == 2
    assert f"'{fold}' is no part of several, such as 1/5" in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.skipif(not COMPARES, reason="the model that compares claims is not in this tree; training makes it")
def test_matching_is_scored_on_the_projects_own_pairs(tmp_path: Path) -> None:
    answer = json.loads(onrecord("evaluate", "matching", "--json").stdout)
    assert (answer["task"], answer["pairs"], answer["judge"]) == ("matching", 150, "shipped")
    precision = answer["figures"]["precision_at_recall_70"]
    assert precision["low"] <= precision["value"] <= precision["high"]
    data = tmp_path / "pairs.tsv"
    data.write_text("label\tkind\ta\tb\nsame\tx\tIt rained.\tIt rained.\ncontradicts\tx\tIt cost $2.\tIt cost $9.\n")
    read = onrecord("evaluate", "matching", "--data", data)
    assert (read.returncode, read.stderr) == (0, "")
    assert "matching: 2 pairs in 2 groups, judged by shipped" in read.stdout
    assert re.search(r"precision at recall 70 +100\.0 ", read.stdout)


@pytest.mark.skipif(not COMPARES, reason="the model that compares claims is not in this tree; training makes it")
def test_stance_and_weakened_claims_are_scored(tmp_path: Path) -> None:
    replies = tmp_path / "replies.csv"
    replies.write_bytes(
        '"quote_text","response_text","relation"\n"It’s safe.","No.",0\n"Hm.","Yes!",2\n'.encode("cp1252")
    )
    answer = json.loads(onrecord("evaluate", "stance", "--data", replies, "--json").stdout)
    assert (answer["pairs"], answer["folds"]) == (2, 0)
    assert set(answer["figures"]) == {"macro_f1", "disagree_f1", "neutral_f1", "agree_f1", "accuracy"}
    claims = tmp_path / "claims.json"
    claims.write_text(json.dumps([{"claim_a": "A.", "claim_b": "B.", "relation": 1, "topic": "T"}]))
    answer = json.loads(onrecord("evaluate", "pairs", "--data", claims, "--json").stdout)
    assert set(answer["figures"]) == {"weakens_f1", "precision", "recall", "average_precision"}


@pytest.mark.parametrize("task", ["stance", "pairs", "matching"])
def test_pairs_that_are_not_there_are_named_on_one_line(task: str, tmp_path: Path) -> None:
    done = onrecord("evaluate", task, "--data", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / "nowhere") in line
