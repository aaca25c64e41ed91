"""The pairs model that ships: what it must keep to whatever was learned, and that it is refused when not whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.annotate.pairs import OnnxPairJudge
from ingest.annotate.pairs.runtime import FILES, FOLDER, RELATE
from ingest.annotate.runtime import META
from ingest.errors import ModelError

pytestmark = pytest.mark.skipif(
    not (FOLDER / META).exists(), reason="the model that compares claims is not in this tree; training makes it"
)

ODD = ["", " ", "\ud800", "\x00\x00", "¿?", "🙂" * 50, "a" * 20_000, "word " * 5_000, "नमस्ते दुनिया", "[SEP] [CLS]"]


@cache
def judge() -> OnnxPairJudge:
    """Loaded once for all tests."""
    return OnnxPairJudge()


def test_embeddings_have_length_one_and_liken_what_is_about_the_same() -> None:
    rows = judge().embed(["The mayor resigned.", "The mayor stepped down.", "Bees like clover.", *ODD])
    assert rows.shape == (3 + len(ODD), judge().dimensions)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.3
    assert judge().embed([]).shape == (0, judge().dimensions)


def test_a_text_has_the_same_embedding_wherever_it_stands() -> None:
    alone = judge().embed(["The mayor resigned."])[0]
    np.testing.assert_array_equal(judge().embed(["Bees like clover.", "The mayor resigned."])[1], alone)
    np.testing.assert_array_equal(OnnxPairJudge().embed(["The mayor resigned."])[0], alone)


@pytest.mark.parametrize("a", ODD)
def test_any_two_strings_are_compared(a: str) -> None:
    pairs = [(a, "The mayor resigned."), (a, a), ("The mayor resigned.", a)]
    for relation in judge().relate(pairs):
        assert 0 <= relation.same <= 1
        assert 0 <= relation.contradicts <= 1
        assert relation.same + relation.contradicts <= 1 + 1e-9
        assert relation.method.startswith(("model:", "rule:"))
    for stances in judge().stances(pairs):
        assert stances.agree + stances.disagree + stances.neutral == pytest.approx(1)
    assert all(0 <= share <= 1 for share in judge().weakens(pairs))


def test_a_pair_is_related_alike_in_both_orders() -> None:
    a, b = "India agreed to stop importing oil from Russia.", "New Delhi will go on buying Russian oil."
    one, other = judge().relate([(a, b), (b, a)])
    assert one == other
    assert judge().relate([]) == []


@pytest.mark.parametrize(
    ("a", "b", "method"),
    [
        ("The fire killed 12 people.", "The fire killed 21 people.", "rule:numbers"),
        ("The talks resume on Monday.", "The talks resume on Friday.", "rule:dates"),
        ("India agreed.", "India did not agree.", "rule:negation"),
        ("The bank will close.", "The bank may close.", "rule:modality"),
    ],
)
def test_what_rules_tell_apart_is_not_the_same_and_names_the_rule(a: str, b: str, method: str) -> None:
    relation = judge().relate([(a, b)])[0]
    assert relation.method == method
    assert relation.same < 0.05
    if method != "rule:modality":
        assert relation.contradicts > 0.5


def test_importing_it_brings_no_runtime() -> None:
    code = "import sys, ingest.annotate.pairs; print(sorted({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the model whose description may be changed; its files are links."""
    folder = tmp_path / "model"
    folder.mkdir()
    shutil.copy(FOLDER / META, folder)
    for name in FILES:
        (folder / name).symlink_to(FOLDER / name)
    return folder


def describe(folder: Path, **changed: Any) -> None:
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    (folder / META).write_text(json.dumps({**meta, **changed}), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        OnnxPairJudge(folder).relate([("a", "b")])
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def test_a_model_without_description_is_refused_at_the_first_question(tmp_path: Path) -> None:
    OnnxPairJudge(tmp_path)
    assert refusal(tmp_path).startswith(f"{tmp_path / META}: is missing")


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_or_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert refusal(copied).startswith(f"{copied / name}: is missing")
    (copied / name).write_bytes(b"damaged")
    assert refusal(copied).startswith(f"{copied / name}: has another checksum")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"format": 99}, "is not of format"),
        ({"sha256": {}}, "names no checksum"),
        ({"temperatures": {}}, "does not describe the model"),
        ({"temperatures": {"relation": 0, "stance": 1, "weakens": 1}}, "does not describe the model"),
        ({"longest": "many"}, "does not describe the model"),
    ],
)
def test_a_description_that_cannot_be_used_is_named(copied: Path, changed: dict[str, Any], reason: str) -> None:
    describe(copied, **changed)
    assert reason in refusal(copied)


def test_a_network_that_is_none_is_named(copied: Path) -> None:
    (copied / RELATE).unlink()
    (copied / RELATE).write_bytes(b"no network")
    sums = json.loads((copied / META).read_text(encoding="utf-8"))["sha256"]
    describe(copied, sha256={**sums, RELATE: hashlib.sha256(b"no network").hexdigest()})
    assert refusal(copied).startswith(f"{copied / RELATE}: cannot be run")
