"""The lists that speakers are told by: given names, short names, roles, places that stand for governments."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Gender = Literal["female", "male"]


def wordset(text: str) -> frozenset[str]:
    """The words of a running text."""
    return frozenset(text.split())


HONORIFICS: Final[Mapping[str, Gender]] = {
    **dict.fromkeys(("mr", "sir", "lord", "monsieur", "señor", "herr"), "male"),
    **dict.fromkeys(("mrs", "ms", "miss", "madam", "lady", "dame", "madame", "señora", "frau"), "female"),
}
"""Words before a name that tell its bearer's gender and nothing else, folded."""

_SAME_MARK: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})


def fold(word: str) -> str:
    """A word of a name as spellings of it are compared: without case, accents and full stops, marks of one kind."""
    if word.isascii():
        return word.casefold().replace(".", "")
    apart = unicodedata.normalize("NFKD", word.translate(_SAME_MARK))
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold().replace(".", "")


def _loaded(name: str) -> Any:
    return json.loads((files("ingest.claims") / "data" / name).read_text(encoding="utf-8"))


@cache
def genders() -> Mapping[str, Gender]:
    """Given names, folded, that are evidence of a gender."""
    found: dict[str, Gender] = {}
    for name in ("common_names.json", "given_names.json"):
        lists = _loaded(name)
        found.update({fold(one): "female" for one in lists["female"]})
        found.update({fold(one): "male" for one in lists["male"]})
    return found


@cache
def short_for() -> Mapping[str, tuple[str, ...]]:
    """For each short given name those that it is short for, all folded."""
    return {fold(short): tuple(map(fold, full)) for short, full in _loaded("common_names.json")["short"].items()}


# --- roles -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is called by: ``kin`` is shared by words that may mean the same person."""

    kin: str
    gender: Gender | None


@cache
def roles() -> Mapping[str, Role]:
    """Words for what people do or are to others, in lower case."""
    found: dict[str, Role] = {}
    for line in (files("ingest.claims") / "data" / "roles.txt").read_text(encoding="utf-8").splitlines():
        words = line.split() if not line.startswith("#") else []
        for word in words:
            bare, _, mark = word.partition("/")
            gender: Gender | None = "female" if mark == "f" else "male" if mark == "m" else None
            found.setdefault(bare, Role(words[0].partition("/")[0], gender))
    return found


# --- places and buildings --------------------------------------------------------------------------------------------

_WITH_ARTICLE: Final = frozenset(
    (
        *("United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates", "Bahamas"),
        *("Dominican Republic", "Central African Republic", "Maldives", "Gambia", "Seychelles", "Solomon Islands"),
        *("Marshall Islands", "Comoros", "DR Congo", "Republic of the Congo"),
    )
)


def government_of(country: str) -> str:
    """What OnRecord calls the government of a country."""
    return f"Government of {'the ' if country in _WITH_ARTICLE else ''}{country}"


@cache
def metonyms() -> Mapping[str, str]:
    """By place or building, folded, the institution that is meant where it speaks."""
    found = {
        fold(capital): government_of(country)
        for country, facts in _loaded("countries.json").items()
        for capital in facts["capital"]
    }
    found.update({fold(place): institution for place, institution in _loaded("metonyms.json").items()})
    return found


@cache
def demonyms() -> Mapping[str, str]:
    """By what a people is called, folded ("russian", "russians"), their country; what fits several is left out."""
    found: dict[str, set[str]] = {}
    for country, facts in _loaded("countries.json").items():
        for demonym in facts["demonym"]:
            for word in (demonym, _plural(demonym)):
                found.setdefault(fold(word), set()).add(country)
    return {word: next(iter(countries)) for word, countries in found.items() if len(countries) == 1}


def _plural(demonym: str) -> str:
    return demonym if demonym.endswith(("ese", "sh", "ch", "ss", "s", "ois")) else f"{demonym}s"
