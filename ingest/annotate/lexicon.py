"""The words that the rules lean on, read once from the package's data files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb.

    ``frames`` names what may follow it, as the sections of ``reporting_verbs.txt`` do.
    """

    lemma: str
    participle: bool
    base: bool
    past: bool
    frames: frozenset[str]


def sections(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a data file, each with the section it stands in."""
    section = ""
    for raw in (files("ingest.annotate") / "data" / name).read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line


def _inflect(lemma: str) -> tuple[str, str, str, str]:
    """Lemma, third person, past and present participle of a regular verb."""
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return lemma, third, lemma + "ed", lemma + "ing"


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every reporting verb, in lower case."""
    frames: dict[str, set[str]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    for section, line in sections("reporting_verbs.txt"):
        lemma, *rest = line.split()
        frames.setdefault(lemma, set()).add(section)
        if rest or lemma not in forms:
            forms[lemma] = (lemma, *rest) if rest else _inflect(lemma)
    found: dict[str, Verb] = {}
    for lemma, spelled in forms.items():
        for place, form in enumerate(spelled):
            known = found.get(form)
            found[form] = Verb(
                lemma=lemma if known is None else known.lemma,
                participle=place == 3,
                base=place == 0 or (known is not None and known.base),
                past=place == 2 or (known is not None and known.past),
                frames=frozenset(frames[lemma]) | (known.frames if known else frozenset()),
            )
    return found


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for section, line in sections("words.txt"):
        lists.setdefault(section, set()).update(line.split())
    return {section: frozenset(words) for section, words in lists.items()}


def words(section: str) -> frozenset[str]:
    """The words of a section of ``words.txt``."""
    return _word_lists()[section]


@cache
def _facts(name: str) -> dict[str, frozenset[str]]:
    text = (files("ingest.annotate") / "data" / name).read_text(encoding="utf-8")
    return {key: frozenset(values) for key, values in json.loads(text).items()}


def places() -> frozenset[str]:
    """Countries, by common and official name, and their capitals."""
    return _facts("countries.json")["places"]


@cache
def countries() -> frozenset[str]:
    """Those of ``places`` that are no towns."""
    return places() - _facts("countries.json")["capitals"]


def demonyms() -> frozenset[str]:
    """Adjectives of nationality: ``Russian``."""
    return _facts("countries.json")["demonyms"]


def given_names() -> frozenset[str]:
    """First names that are evidence of a person."""
    return _facts("us_politicians.json")["given_names"]


def family_names() -> frozenset[str]:
    """Family names that are evidence of a person even when they stand alone."""
    return _facts("us_politicians.json")["family_names"]
