"""``onrecord evaluate`` and ``onrecord train`` as they are typed."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ONRECORD = Path(sys.executable).with_name("onrecord")
TEXT = "Ada Brandt said that the mill was sold.\n"
ANNOTATED = """\
T1\tSource 0 10\tAda Brandt
T2\tCue 11 15\tsaid
T3\tContent 16 38\tthat the mill was sold
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
"""


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


@pytest.mark.parametrize("task", ["attribution", "ner", "sentences", "passages"])
def test_data_that_is_not_there_is_named_on_one_line(task: str, tmp_path: Path) -> None:
    done = onrecord("evaluate", task, "--data", tmp_path / "nowhere", "--annotator", "rules")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / "nowhere") in line
    assert "no such" in line.lower()


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
    for words in ((), ("--export", tmp_path / "model")):
        done = onrecord("train", "--data", tmp_path, "--out", tmp_path / "run", *words)
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.endswith("which is not installed: pip install 'onrecord[train]'")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("fold", ["0/5", "6/5", "1/1", "one", "1/"])
def test_a_fold_that_is_none_is_refused(fold: str, tmp_path: Path) -> None:
    done = onrecord("train", "--data", tmp_path, "--out", tmp_path / "run", "--fold", fold)
    assert done.returncode == 2
    assert f"'{fold}' is no part of several, such as 1/5" in " ".join(done.stderr.replace("│", " ").split())
