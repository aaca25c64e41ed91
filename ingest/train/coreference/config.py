"""The settings of a run that teaches coreference, from one TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.train.config import read

DEFAULT = Path(__file__).with_name("config.toml")


@dataclass(frozen=True, slots=True)
class CoreferenceConfig:
    """What a run is made of; ``config.toml`` says what each means and why it has its value."""

    seed: int
    threads: int
    epochs: int
    layers: list[int]
    width: int
    own_layers: int
    inner: int
    vector: int
    coarse: int
    span: int
    hidden: int
    dropout: float
    rate: float
    table_rate: float
    weight_decay: float
    warmup: float
    clip: float
    average: float
    threshold: float
    keep: int
    pronouns: float
    together: int
    weights: dict[str, float]


def load(path: Path = DEFAULT, **changes: Any) -> CoreferenceConfig:
    """The settings of a file, with ``changes`` over them. Raises ``ConfigError`` as ``ingest.train.config.load``."""
    return read(CoreferenceConfig, path, changes)
