"""Settings: everything that the environment may say, read in one place and passed on from here.

``NEO4J_URI``, ``NEO4J_USER``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` carry the names that Neo4j's own tools use; all
others begin with ``ONRECORD_``. A file named ``settings.env`` in the folder of ``ONRECORD_HOME`` may hold the same
lines; what the environment says comes first.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.annotate import DEFAULT
from ingest.errors import OnRecordError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
MEMORY = r"^[1-9][0-9]*[kmgKMG]$"
"""How Java and Neo4j write an amount of memory, as in ``384m``."""


class SettingsError(OnRecordError):
    """A setting that cannot be used; names the variable and the reason."""


def default_home() -> Path:
    """The folder for the local database, fetched pages and settings where ``ONRECORD_HOME`` is not set."""
    return user_data_path("onrecord", appauthor=False)


class Settings(BaseSettings):
    """What the environment and ``settings.env`` say, checked.

    Times are in seconds, sizes in bytes. ``neo4j_uri`` is ``None`` where the local Neo4j is to be used; memory of that
    is as Java writes it, a port is chosen for 0, ``cache`` keeps its files (``None``: the user's cache folder), and
    ``neo4j_release`` names a lock file of ``graph/locks`` (``None``: the one that the home was made with).
    ``browser_origins`` are the origins that a Neo4j Browser of one's own is opened at, with commas between them.
    ``annotator`` is a name that ``ingest.annotate.load`` knows; ``matching`` says whether assertions are compared.
    """

    model_config = SettingsConfigDict(
        # Without the prefix a field's own name counts as a variable too, and HOME is everybody's.
        env_prefix="ONRECORD_",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        populate_by_name=True,
    )

    neo4j_uri: str | None = Field(default=None, validation_alias="NEO4J_URI")
    neo4j_user: str = Field(default="neo4j", validation_alias="NEO4J_USER", min_length=1)
    neo4j_password: SecretStr = Field(default=SecretStr(""), validation_alias="NEO4J_PASSWORD")
    neo4j_database: str = Field(default="neo4j", validation_alias="NEO4J_DATABASE", min_length=1)

    home: Path = Field(default_factory=default_home, validation_alias="ONRECORD_HOME")
    cache: Path | None = Field(default=None, validation_alias="ONRECORD_CACHE")
    neo4j_release: str | None = Field(default=None, validation_alias="ONRECORD_NEO4J_RELEASE")
    neo4j_heap: str = Field(default="384m", validation_alias="ONRECORD_NEO4J_HEAP", pattern=MEMORY)
    neo4j_page_cache: str = Field(default="128m", validation_alias="ONRECORD_NEO4J_PAGE_CACHE", pattern=MEMORY)
    neo4j_bolt_port: int = Field(default=0, validation_alias="ONRECORD_NEO4J_BOLT_PORT", ge=0, le=65535)
    neo4j_http_port: int = Field(default=0, validation_alias="ONRECORD_NEO4J_HTTP_PORT", ge=0, le=65535)

    annotator: str = Field(default=DEFAULT, validation_alias="ONRECORD_ANNOTATOR", min_length=1)
    annotator_threads: int | None = Field(default=None, validation_alias="ONRECORD_ANNOTATOR_THREADS", ge=1, le=256)
    omp_num_threads: str = Field(default="", validation_alias="OMP_NUM_THREADS")
    matching: Literal["model", "off"] = Field(default="model", validation_alias="ONRECORD_MATCHING")
    allow_private_addresses: bool = Field(default=False, validation_alias="ONRECORD_ALLOW_PRIVATE_ADDRESSES")
    fetch_timeout: float = Field(default=30.0, validation_alias="ONRECORD_FETCH_TIMEOUT", gt=0, le=3600)
    fetch_max_bytes: int = Field(default=20_000_000, validation_alias="ONRECORD_FETCH_MAX_BYTES", ge=1)
    fetch_max_redirects: int = Field(default=10, validation_alias="ONRECORD_FETCH_MAX_REDIRECTS", ge=0, le=100)
    browser_origins: str = Field(
        default="http://127.0.0.1:7474,http://localhost:7474", validation_alias="ONRECORD_BROWSER_ORIGINS"
    )
    database_wait: float = Field(default=30.0, validation_alias="ONRECORD_DATABASE_WAIT", ge=0, le=3600)

    @property
    def threads(self) -> int:
        """How many processor cores the annotator may read a text on: what is set, else what OpenMP is told, else 1."""
        stated = self.omp_num_threads.split(",")[0].strip()  # it may list one number for each level of nesting
        return self.annotator_threads or (int(stated) if stated.isdecimal() else 0) or 1

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins of Neo4j Browsers beside the local one's that may read the tour and the style sheet."""
        return tuple(origin for one in self.browser_origins.split(",") if (origin := one.strip().rstrip("/")))

    @field_validator("neo4j_uri")
    @classmethod
    def _known_scheme(cls, value: str | None) -> str | None:
        if value is not None and value.partition("://")[0] not in SCHEMES:
            raise ValueError(f"must begin with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
        return value

    @field_validator("home", "cache")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().absolute()


def load() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable holds what it cannot; names the first one, never its value (it may be a secret).
    """
    home = Path(os.environ.get("ONRECORD_HOME") or default_home()).expanduser()
    try:
        return Settings(_env_file=home / "settings.env")  # type: ignore[call-arg]  # the plug-in knows, mypy does not
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{home / 'settings.env'}: cannot be read ({error})") from None
