"""The trainer's settings, from one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ingest.errors import OnRecordError

DEFAULT = Path(__file__).with_name("config.toml")


class ConfigError(OnRecordError):
    """A training configuration that cannot be used."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a run is made of; ``config.toml`` says what each means and why it has its value."""

    seed: int
    threads: int
    epochs: int
    batch_pieces: int
    window: int
    context: int
    reach: int
    link_width: int
    link_layers: int
    dropout: float
    encoder_rate: float
    layer_decay: float
    head_rate: float
    link_rate: float
    weight_decay: float
    warmup: float
    clip: float
    average: float
    train_embeddings: bool
    negative_cues: float
    weights: dict[str, float]
    shares: dict[str, float]


def load(path: Path = DEFAULT, **changes: Any) -> Config:
    """The settings of a file, with ``changes`` over them. Raises ``ConfigError`` for names or types that are wrong."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    known = {item.name for item in fields(Config)}
    if wrong := sorted(set(values) ^ known):
        raise ConfigError(f"{path}: settings that are missing or unknown: {', '.join(wrong)}")
    if unknown := sorted(set(changes) - known):
        raise ConfigError(f"no such setting: {', '.join(unknown)}")
    return replace(Config(**values), **changes)
