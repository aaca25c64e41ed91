from __future__ import annotations

from pathlib import Path

import pytest

from ingest.train import config as settings
from ingest.train.config import ConfigError


def test_the_settings_that_ship_are_complete_and_can_be_changed() -> None:
    config = settings.load(seed=9)
    assert config.seed == 9
    assert config.window + 2 <= 512
    assert set(config.shares) == {"attribution", "names", "sentences"}


def test_a_setting_that_is_unknown_or_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(settings.DEFAULT.read_text().replace("dropout =", "drop_out ="))
    with pytest.raises(ConfigError, match="drop_out, dropout"):
        settings.load(path)
    with pytest.raises(ConfigError, match="no such setting: colour"):
        settings.load(colour="red")
    path.write_text("not toml")
    with pytest.raises(ConfigError, match="TOML"):
        settings.load(path)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("epochs = 5", 'epochs = "five"', "epochs is 'five', which is no int"),
        ("clip = 1.0", "clip = true", "clip is True, which is no float"),
        ("names = 1.0", 'names = "much"', "weights is .*'much'.*, which is no dict"),
    ],
)
def test_a_setting_of_another_type_is_named(tmp_path: Path, right: str, wrong: str, reason: str) -> None:
    path = tmp_path / "config.toml"
    written = settings.DEFAULT.read_text()
    assert right in written
    path.write_text(written.replace(right, wrong, 1))
    with pytest.raises(ConfigError, match=reason):
        settings.load(path)


def test_a_whole_number_may_stand_for_a_fraction(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(settings.DEFAULT.read_text().replace("clip = 1.0", "clip = 2"))
    assert settings.load(path).clip == 2
