"""The language model as ONNX Runtime runs it: its files, checked before use, and its networks.

A model is a folder: ``model.json`` describes it and names every other file with its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.coreference import Options, Resolver, Tables, tables
from ingest.annotate.neural.decode import Floats, bio_tags
from ingest.annotate.neural.links import LINK_KINDS, PLACE_SIZES
from ingest.annotate.neural.mentions import PAIR_SIZES
from ingest.annotate.neural.pieces import FEATURE_SIZES, Pieces, Tokenizer
from ingest.annotate.neural.predict import LOWER, Settings
from ingest.errors import ModelError, one_line
from ingest.model import EntityKind

ENCODER, LINKER, META, VOCABULARY = "encoder.onnx", "linker.onnx", "model.json", "tokenizer.json"
COREFERENCE, ANTECEDENTS = "coreference.onnx", "antecedents.onnx"
"""What finds mentions, and what compares them; a model may come without the two."""
FILES = (ENCODER, LINKER, VOCABULARY)
"""What ``model.json`` must name at least."""
NAME_CONFIDENCE = 0.7
"""Of names of a kind that ``model.json`` has no confidence for."""
FOLDER = Path(__file__).parent / "model"
"""The model that comes with the package."""


class OnnxNetwork:
    """A model's networks as ``predict`` wants them, with what else its folder says. Safe to share between threads.

    ``settings``: how texts are cut and what is kept; ``name_kinds``: what the tags of the head ``names`` mean;
    ``tokenizer``: cuts texts into the pieces that the networks read; ``name_confidence``: how sure a name of each kind
    is.

    Raises:
        ModelError: a file is missing, damaged, or not what this release can run.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        meta = _description(folder)
        self.heads: tuple[str, ...] = tuple(meta["heads"])
        self.name_kinds = _name_kinds(folder, meta)
        self.settings = _settings(folder, meta)
        self.transitions: Floats = _transitions(folder, meta)
        self.name_confidence: Mapping[EntityKind, float] = _name_confidence(folder, meta, self.name_kinds)
        self.encoder = onnx_session(folder / ENCODER, threads)
        self.linker = onnx_session(folder / LINKER, threads)
        _check_shapes(folder / ENCODER, self.encoder, _encoder_shapes(self.heads, self.name_kinds))
        _check_shapes(folder / LINKER, self.linker, _LINKER_SHAPES)
        self.tokenizer: Tokenizer = vocabulary(folder / VOCABULARY)
        self.coreference = _coreference(folder, meta, threads)
        lower = self.coreference is not None and self.coreference.lower
        self._outputs = ("states", *self.heads, *((LOWER,) if lower else ()))
        if lower:
            _check_shapes(folder / ENCODER, self.encoder, {LOWER: None})

    def resolver(self, text: str, pieces: Pieces) -> Resolver | None:
        """What finds coreference in a text while it is read, if the model can."""
        if self.coreference is None:
            return None
        return Resolver(text, pieces, self.coreference, self.coreference.options)

    def encode(self, ids: NDArray[Any], features: NDArray[Any], mask: NDArray[Any]) -> tuple[Any, dict[str, Any]]:
        """See ``predict.Network``. Scores of padding are 0. With them are the states of the layer that is read too.

        Each window is read alone, without its padding: a batch outgrows the processor's cache and is slower, and what
        is found in a window then cannot depend on what stands beside it.
        """
        outputs = self._outputs
        rows = []
        for row, size in enumerate(mask.sum(axis=1).tolist()):
            own = {"ids": ids, "features": features, "mask": mask}
            rows.append(self.encoder.run(outputs, {name: part[row : row + 1, :size] for name, part in own.items()}))
        columns = dict(zip(outputs, zip(*rows, strict=True), strict=True))
        states = _together(columns.pop("states"), ids.shape[1])
        return states, {head: _together(parts, ids.shape[1]) for head, parts in columns.items()}

    def link(
        self, states: NDArray[Any], features: NDArray[Any], places: NDArray[Any], mask: NDArray[Any]
    ) -> tuple[Any, Any]:
        """See ``predict.Network``."""
        inputs = {"states": states, "features": features, "places": places, "mask": mask}
        tags, valid = self.linker.run(["tags", "valid"], inputs)
        return tags, valid


class OnnxCoreference:
    """The two networks of coreference, as ``neural.coreference`` wants them; ``options`` are the model's."""

    def __init__(self, folder: Path, meta: Mapping[str, Any], threads: int) -> None:
        self.options, self.tables = _coreference_settings(folder, meta)
        self.lower = meta["coreference"].get("lower") is not None
        self._reader = onnx_session(folder / COREFERENCE, threads)
        self._judge = onnx_session(folder / ANTECEDENTS, threads)
        _check_shapes(folder / COREFERENCE, self._reader, _reader_shapes(self.options))
        _check_shapes(folder / ANTECEDENTS, self._judge, {**_JUDGE_SHAPES, "mentions": self.options.vector})

    def read(self, states: Floats, features: NDArray[Any]) -> tuple[Any, Any, Any]:
        """See ``neural.coreference.CoreferenceNetwork``."""
        inputs = {"states": states[None], "features": features[None]}
        scores, parts, shares = self._reader.run(["scores", "parts", "shares"], inputs)
        return scores[0], parts[0], shares[0]

    def judge(self, mentions: Floats, own: NDArray[Any], others: NDArray[Any], pairs: NDArray[Any]) -> Any:
        """See ``neural.coreference.CoreferenceNetwork``."""
        inputs = {"mentions": mentions, "own": own, "others": others, "pairs": pairs}
        return self._judge.run(["odds"], inputs)[0]


def _together(parts: Sequence[NDArray[Any]], length: int) -> NDArray[Any]:
    """Arrays ``[1, t, k]`` as one ``[b, length, k]``, filled up with zeros."""
    if len(parts) == 1 and parts[0].shape[1] == length:
        return parts[0]
    whole = np.zeros((len(parts), length, parts[0].shape[2]), dtype=parts[0].dtype)
    for row, part in enumerate(parts):
        whole[row, : part.shape[1]] = part[0]
    return whole


def load_model(folder: Path | None = None, *, threads: int = 1) -> OnnxNetwork:
    """The model in ``folder``, or the one that comes with the package, once every file has its checksum.

    ``threads`` is how many processor cores one text is read on.

    Raises:
        ModelError: names the file and what is wrong with it.
    """
    folder = FOLDER if folder is None else folder
    described = _description(folder)
    sums = described["sha256"]
    for name in (*FILES, *((COREFERENCE, ANTECEDENTS) if "coreference" in described else ())):
        if name not in sums:
            raise wrong(folder / META, f"names no checksum of {name}")
    for name, wanted in sums.items():
        if digest(folder / name) != wanted:
            raise wrong(folder / name, "has another checksum than model.json says; install onrecord again")
    return OnnxNetwork(folder, threads=threads)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise wrong(path, "is missing; install onrecord again") from None
    except OSError as error:
        raise wrong(path, f"cannot be read ({error.strerror or error})") from None


def wrong(path: Path, reason: str) -> ModelError:
    """That a file of a model cannot be used."""
    return ModelError(one_line(f"{path}: {reason}"))


_MEMBERS: Mapping[str, type] = {
    "heads": list,
    "name_kinds": list,
    "features": dict,
    "settings": dict,
    "transitions": list,
    "sha256": dict,
}


def _description(folder: Path) -> dict[str, Any]:
    path = folder / META
    try:
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise wrong(path, "is missing; install onrecord again") from None
    except OSError as error:
        raise wrong(path, f"cannot be read ({error.strerror or error})") from None
    except ValueError as error:
        raise wrong(path, f"is no JSON ({error})") from None
    for member, kind in _MEMBERS.items():
        if not isinstance(meta, dict) or not isinstance(meta.get(member), kind):
            raise wrong(path, f"has no {member!r} that is a {kind.__name__}")
    if meta["features"] != FEATURE_SIZES:
        raise wrong(path, f"is of a model with features {meta['features']}; this release computes {FEATURE_SIZES}")
    return meta


def _settings(folder: Path, meta: Mapping[str, Any]) -> Settings:
    try:
        settings = Settings(**meta["settings"])
        settings = replace(settings, acceptance=tuple(map(float, settings.acceptance)))
        if settings.context < 0 or settings.window <= 2 * settings.context or settings.reach < 1:
            raise ValueError(f"{settings} leaves no room to read")
    except (TypeError, ValueError) as error:
        raise wrong(folder / META, f"has settings that this release cannot use ({error})") from None
    return settings


def _name_kinds(folder: Path, meta: Mapping[str, Any]) -> tuple[EntityKind, ...]:
    for kind in meta["name_kinds"]:
        if kind not in get_args(EntityKind):
            raise wrong(folder / META, f"knows names of a kind that this release does not ({kind!r})")
    return tuple(meta["name_kinds"])


def _coreference(folder: Path, meta: Mapping[str, Any], threads: int) -> OnnxCoreference | None:
    return OnnxCoreference(folder, meta, threads) if "coreference" in meta else None


def _coreference_settings(folder: Path, meta: Mapping[str, Any]) -> tuple[Options, Tables]:
    try:
        described = meta["coreference"]
        if described["pairs"] != PAIR_SIZES:
            raise ValueError(f"it compares {described['pairs']}; this release computes {PAIR_SIZES}")
        return Options(**described["options"]), tables(described["tables"])
    except (TypeError, ValueError, KeyError) as error:
        raise wrong(folder / META, f"has a 'coreference' that this release cannot use ({error})") from None


def _transitions(folder: Path, meta: Mapping[str, Any]) -> Floats:
    tags = len(bio_tags(LINK_KINDS))
    try:
        values: Floats = np.array(meta["transitions"], dtype=np.float32)
    except (TypeError, ValueError):
        values = np.empty(0, dtype=np.float32)
    if values.shape != (tags, tags):
        raise wrong(folder / META, f"has transitions that are not a table of {tags} by {tags} numbers")
    return values


def _name_confidence(folder: Path, meta: Mapping[str, Any], kinds: tuple[EntityKind, ...]) -> dict[EntityKind, float]:
    values = meta.get("name_confidence", {})
    try:
        return {kind: float(values.get(kind, NAME_CONFIDENCE)) for kind in kinds}
    except (AttributeError, TypeError, ValueError):
        raise wrong(folder / META, "has a 'name_confidence' that is no number for each kind of name") from None


def onnx_session(path: Path, threads: int) -> Any:
    """A network of the model. Memory that a text needed is given back: an arena keeps the most that ever was."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3  # what is wrong is told by the exception; warnings are of no use to who reads
    # Threads that wait for work by spinning take the time of whoever else runs on this machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            str(path),
            options,
            ["CPUExecutionProvider"],
            # On processors its kernel is slower than the sum and the norm that it replaces: a quarter of the linker.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
    except Exception as error:  # its errors have no root of their own but Exception
        raise wrong(path, f"cannot be run ({type(error).__name__})") from error


def vocabulary(path: Path) -> Tokenizer:
    """Cuts texts of any length: the encoder's own settings would end each at its 128th piece."""
    from tokenizers import Tokenizer as Vocabulary

    try:
        pieces = Vocabulary.from_file(str(path))
        pieces.no_truncation()
        pieces.no_padding()
    except Exception as error:  # its errors are bare Exceptions
        raise wrong(path, f"is no vocabulary ({type(error).__name__})") from error
    tokenizer: Tokenizer = pieces
    return tokenizer


_LINKER_SHAPES: Mapping[str, int | None] = {
    "states": None,
    "features": len(FEATURE_SIZES),
    "places": len(PLACE_SIZES),
    "mask": None,
    "tags": len(bio_tags(LINK_KINDS)),
    "valid": None,
}
"""The last axis of each input and output, where it is fixed here."""

_JUDGE_SHAPES: Mapping[str, int | None] = {"own": None, "others": None, "pairs": len(PAIR_SIZES), "odds": None}


def _reader_shapes(options: Options) -> Mapping[str, int | None]:
    size = 3 * (options.vector + 2 * options.coarse)
    return {"states": None, "features": len(FEATURE_SIZES), "scores": None, "parts": size, "shares": 1}


_HEAD_SIZES = {"sentences": 2, "cue": 3}


def _encoder_shapes(heads: tuple[str, ...], name_kinds: tuple[EntityKind, ...]) -> Mapping[str, int | None]:
    sizes = {**_HEAD_SIZES, "names": len(bio_tags(name_kinds))}
    return {
        "ids": None,
        "features": len(FEATURE_SIZES),
        "mask": None,
        "states": None,
        **{head: sizes.get(head) for head in heads},
    }


def _check_shapes(path: Path, session: Any, wanted: Mapping[str, int | None]) -> None:
    there = {one.name: one.shape for one in (*session.get_inputs(), *session.get_outputs())}
    for name, size in wanted.items():
        if name not in there:
            raise wrong(path, f"has no {name!r}")
        last = there[name][-1] if there[name] else None
        if size is not None and isinstance(last, int) and last != size:
            raise wrong(path, f"has {last} values in {name!r}, not {size}")
