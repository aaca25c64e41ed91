"""The trainer's settings, from one TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ingest.errors import OnRecordError

Settings = TypeVar("Settings")
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
    """The settings of a file, with ``changes`` over them.

    Raises ``ConfigError`` for a file that cannot be read, and for names or types in it that are wrong.
    """
    return read(Config, path, changes)


def read(kind: Callable[..., Settings], path: Path, changes: Mapping[str, Any]) -> Settings:
    """As ``load``, of settings of any dataclass."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    types = get_type_hints(kind)
    if wrong := sorted(set(values) ^ set(types)):
        raise ConfigError(f"{path}: settings that are missing or unknown: {', '.join(wrong)}")
    if unknown := sorted(set(changes) - set(types)):
        raise ConfigError(f"no such setting: {', '.join(unknown)}")
    for name, value in values.items():
        if not _is_of(value, types[name]):
            raise ConfigError(
                f"{path}: {name} is {value!r}, which is no {getattr(types[name], '__name__', types[name])}"
            )
    return kind(**{**values, **changes})


def _is_of(value: object, kind: Any) -> bool:
    """As TOML has it: a whole number may stand for a fraction, and a table's values are numbers."""
    if get_origin(kind) is dict:
        return isinstance(value, dict) and all(_is_of(one, float) for one in value.values())
    if get_origin(kind) is list:
        return isinstance(value, list) and all(_is_of(one, get_args(kind)[0]) for one in value)
    if kind is float:
        return type(value) in (int, float)
    return type(value) is kind
