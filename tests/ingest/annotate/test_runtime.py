"""A model that is not what it should be is refused, with the file and the reason on one line."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.annotate.neural.predict import LOWER
from ingest.annotate.runtime import (
    ANTECEDENTS,
    COREFERENCE,
    ENCODER,
    FOLDER,
    LINKER,
    META,
    VOCABULARY,
    OnnxNetwork,
    digest,
    load_model,
)
from ingest.errors import ModelError
from tests.ingest.annotate.shipped import needs_model

FILES = (ENCODER, LINKER, VOCABULARY, COREFERENCE, ANTECEDENTS)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped model whose description may be changed; its large files are links."""
    folder = tmp_path / "model"
    folder.mkdir()
    shutil.copy(FOLDER / META, folder)
    for name in FILES:
        (folder / name).symlink_to(FOLDER / name)
    return folder


def describe(folder: Path, **changed: Any) -> None:
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    (folder / META).write_text(json.dumps({**meta, **changed}), encoding="utf-8")


def put(folder: Path, name: str, content: bytes) -> None:
    """Replaces a file of the model and states its checksum, as a careless release would."""
    (folder / name).unlink()
    (folder / name).write_bytes(content)
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    describe(folder, sha256={**meta["sha256"], name: hashlib.sha256(content).hexdigest()})


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def test_a_missing_description(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith(f"{tmp_path / META}: is missing")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no JSON"),
        (b'{"heads": ["names"], "name_ki', "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[]", "has no 'heads'"),
        (b"{}", "has no 'heads'"),
        (b'{"heads": "names"}', "has no 'heads'"),
    ],
)
def test_a_description_that_is_none(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / META).write_bytes(content)
    assert reason in refusal(tmp_path)


def test_a_checksum_is_that_of_the_whole_file(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 1_000_000)
    assert digest(tmp_path / "large") == hashlib.sha256(b"x" * 1_000_000).hexdigest()
    with pytest.raises(ModelError, match="cannot be read"):
        digest(tmp_path)


@needs_model
@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert refusal(copied).startswith(f"{copied / name}: is missing")


@needs_model
@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte(copied: Path, name: str) -> None:
    content = bytearray((FOLDER / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).unlink()
    (copied / name).write_bytes(content)
    assert refusal(copied).startswith(f"{copied / name}: has another checksum")


@needs_model
@pytest.mark.parametrize("name", FILES)
def test_a_file_without_a_checksum(copied: Path, name: str) -> None:
    sums = json.loads((copied / META).read_text(encoding="utf-8"))["sha256"]
    describe(copied, sha256={key: value for key, value in sums.items() if key != name})
    assert f"names no checksum of {name}" in refusal(copied)


@needs_model
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name_kinds": ["person"]}, "'names'"),
        ({"name_kinds": ["person", "planet"]}, "'planet'"),
        ({"heads": ["sentences", "stance"]}, "has no 'stance'"),
        ({"features": {"shape": 10}}, "features"),
        ({"transitions": [[0.0]]}, "transitions"),
        ({"transitions": ["a"]}, "transitions"),
        ({"settings": {"windows": 3}}, "settings"),
        ({"settings": {"window": 60, "context": 32}}, "settings"),
        ({"settings": {"acceptance": [1.0]}}, "settings"),
        ({"settings": {"acceptance": ["a"] * 11}}, "settings"),
        ({"name_confidence": 3}, "name_confidence"),
        ({"coreference": {}}, "'coreference'"),
        ({"coreference": []}, "'coreference'"),
    ],
)
def test_a_description_that_does_not_fit(copied: Path, changed: dict[str, Any], reason: str) -> None:
    describe(copied, **changed)
    assert reason in refusal(copied)


@needs_model
@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("options", {"vector": 3, "coarse": 1}),
        ("options", {"vector": 192}),
        ("options", {"depth": 1}),
        ("pairs", {"distance": 3}),
        ("tables", {"match": [[0.0]], "distance": [[0.0]], "mention": [0.0]}),
        ("tables", {}),
    ],
)
def test_a_description_of_coreference_that_does_not_fit(copied: Path, part: str, values: dict[str, Any]) -> None:
    described = json.loads((copied / META).read_text(encoding="utf-8"))["coreference"]
    describe(copied, coreference={**described, part: values})
    message = refusal(copied)
    assert message.startswith(str(copied))
    assert "'coreference'" in message or "'parts'" in message


@needs_model
@pytest.mark.parametrize("name", [ENCODER, LINKER, COREFERENCE, ANTECEDENTS])
def test_a_network_that_was_cut_short(copied: Path, name: str) -> None:
    put(copied, name, (FOLDER / name).read_bytes()[:10_000])
    assert refusal(copied).startswith(f"{copied / name}: cannot be run")


@needs_model
def test_a_vocabulary_that_is_none(copied: Path) -> None:
    put(copied, VOCABULARY, b"{}")
    assert refusal(copied).startswith(f"{copied / VOCABULARY}: is no vocabulary")


@needs_model
def test_the_other_network_in_a_networks_place(copied: Path) -> None:
    put(copied, ENCODER, (FOLDER / LINKER).read_bytes())
    assert refusal(copied).startswith(f"{copied / ENCODER}: has no ")


@needs_model
@pytest.mark.parametrize("threads", [1, 2])
def test_a_network_answers_with_its_heads(threads: int) -> None:
    network: OnnxNetwork = load_model(threads=threads)
    ids = np.array([[101, 2002, 2056, 102]], dtype=np.int64)
    features = np.zeros((1, 4, 3), dtype=np.int64)
    states, scores = network.encode(ids, features, np.ones((1, 4), dtype=np.bool_))
    assert states.shape[:2] == (1, 4)
    assert set(scores) == {*network.heads, LOWER}, "and the states of the layer that coreference reads too"
    assert {score.shape[:2] for score in scores.values()} == {(1, 4)}


@needs_model
def test_texts_are_not_cut_short_by_the_vocabularys_own_settings() -> None:
    encoding = load_model().tokenizer.encode("word " * 2_000, add_special_tokens=False)
    assert len(encoding.ids) == 2_000
