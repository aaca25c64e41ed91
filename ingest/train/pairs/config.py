"""The settings of the pair trainer, from one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ingest.train.config import ConfigError

STAGES = ("relation", "stance", "weakens")
DEFAULT = Path(__file__).with_name("config.toml")


@dataclass(frozen=True, slots=True)
class Stage:
    """How the networks of one question learn, and how many of them."""

    members: int
    epochs: int
    rate: float
    head_rate: float


@dataclass(frozen=True, slots=True)
class PairConfig:
    """What a run is made of; ``config.toml`` says what each means."""

    seed: int
    threads: int
    longest: int
    batch_pieces: int
    dropout: float
    weight_decay: float
    warmup: float
    clip: float
    average: float
    relation: Stage
    stance: Stage
    weakens: Stage
    weights: dict[str, float]
    sizes: dict[str, int]


def load(path: Path = DEFAULT, **changes: Any) -> PairConfig:
    """The settings of a file, with ``changes`` over them.

    Raises ``ConfigError`` for a file that cannot be read, and for names or types in it that are wrong.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    known = {item.name for item in fields(PairConfig)}
    if wrong := sorted(set(values) ^ known):
        raise ConfigError(f"{path}: settings that are missing or unknown: {', '.join(wrong)}")
    for name in STAGES:
        values[name] = _stage(path, name, values[name])
    for name, value in values.items():
        fine = {"weights": dict, "sizes": dict, **dict.fromkeys(STAGES, Stage)}.get(name, (int, float))
        if not isinstance(value, fine) or isinstance(value, bool):
            raise ConfigError(f"{path}: {name} is {value!r}, which it cannot be")
        if isinstance(value, dict) and any(type(one) not in (int, float) for one in value.values()):
            raise ConfigError(f"{path}: {name} has a value that is no number")
    return replace(PairConfig(**values), **changes)


def _stage(path: Path, name: str, values: object) -> Stage:
    known = {item.name for item in fields(Stage)}
    if not isinstance(values, dict) or set(values) != known:
        raise ConfigError(f"{path}: {name} is a table of {', '.join(sorted(known))}")
    if any(type(one) not in (int, float) for one in values.values()):
        raise ConfigError(f"{path}: {name} has a value that is no number")
    return Stage(**values)


def from_values(values: dict[str, Any]) -> PairConfig:
    """The settings as a checkpoint keeps them."""
    stages = {name: Stage(**values[name]) for name in STAGES}
    return PairConfig(**{**values, **stages})
