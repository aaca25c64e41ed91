"""Makes ``ingest/annotate/data/senses.txt.gz`` of WordNet: the senses of each word, and those that they are tied to.

    python -m ingest.train.senses /usr/share/wordnet ingest/annotate/data/senses.txt.gz

The folder holds the files of WordNet 3.0 as published (``data.noun``, ``noun.exc`` and so on; Debian's package
``wordnet-base`` has them). The same folder gives the same lines.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.errors import OnRecordError

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
TIES = frozenset("@~&^+$*>")
"""The pointers that tie two senses: broader, narrower, similar, see also, derived, verb group, entails, causes."""

OPPOSITE = "!"
OPPOSED_PARTS = frozenset("var")
"""Of nouns WordNet gives as antonyms what may both be there: man and woman, north and south."""

Sense = tuple[str, str]


class WordNetError(OnRecordError):
    """The folder doesn't hold WordNet's files."""


class Lexicon(NamedTuple):
    """The senses of each single word, the senses that each sense is tied to, and each word's antonyms."""

    senses: dict[str, set[Sense]]
    ties: dict[Sense, set[Sense]]
    antonyms: dict[str, set[str]]


def read_data(folder: Path) -> Lexicon:
    """WordNet's words. Raises ``WordNetError``."""
    found = Lexicon(defaultdict(set), defaultdict(set), defaultdict(set))
    words: dict[Sense, list[str]] = {}
    opposites: list[tuple[Sense, int, Sense, int]] = []
    for name, part in PARTS.items():
        for number, line in enumerate(_lines(folder / f"data.{name}"), 1):
            if line.startswith("  "):
                continue
            try:
                _synset(part, line.split(" | ")[0].split(), found, words, opposites)
            except (ValueError, IndexError) as error:
                raise WordNetError(f"{folder / f'data.{name}'}:{number}: no synset of WordNet: {error}") from error
    for sense, at, other, its in opposites:
        if other not in words:
            raise WordNetError(f"{folder}: {words[sense][0]!r} is tied to sense {other[1]}, which is not there")
        one, two = words[sense][at - 1], words[other][its - 1]
        if _plain(one) and _plain(two):
            found.antonyms[one].add(two)
    return found


def _synset(
    part: str,
    fields: Sequence[str],
    found: Lexicon,
    words: dict[Sense, list[str]],
    opposites: list[tuple[Sense, int, Sense, int]],
) -> None:
    own = (part, fields[0])
    count = int(fields[3], 16)
    words[own] = [word.split("(")[0] for word in fields[4 : 4 + 2 * count : 2]]
    for word in words[own]:
        if _plain(word):
            found.senses[word].add(own)
    at = 4 + 2 * count
    for start in range(at + 1, at + 1 + 4 * int(fields[at]), 4):
        pointer, offset, its_part, which = fields[start : start + 4]
        other = ("a" if its_part == "s" else its_part, offset)
        if pointer in TIES:
            found.ties[own].add(other)
        elif pointer == OPPOSITE and part in OPPOSED_PARTS:
            opposites.append((own, int(which[:2], 16), other, int(which[2:], 16)))


def _plain(word: str) -> bool:
    """Names and terms of several words are left to other rules."""
    return word.isalpha() and word.islower()


def read_exceptions(folder: Path) -> dict[str, set[str]]:
    """The base forms of irregular ones. Raises ``WordNetError``."""
    bases: dict[str, set[str]] = defaultdict(set)
    for name in PARTS:
        for line in _lines(folder / f"{name}.exc"):
            form, *found = line.split()
            bases[form].update(base for base in found if base != form)
    return bases


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="latin-1").splitlines()
    except OSError as error:
        raise WordNetError(f"{path}: cannot be read: {error.strerror or error}") from error


def table(found: Lexicon, bases: Mapping[str, set[str]]) -> Iterator[str]:
    """Lines in order: ``word``, its senses, what these are tied to, its base forms, its antonyms.

    Fields stand between tabs. Senses are numbers; those that only one word leads to can tell nothing of two words, and
    are left out.
    """
    senses = found.senses
    near = {word: {other for sense in own for other in found.ties.get(sense, ())} for word, own in senses.items()}
    held = Counter(sense for word, own in senses.items() for sense in own | near[word])
    telling = sorted(sense for sense, count in held.items() if count > 1)
    numbers = {sense: format(at, "x") for at, sense in enumerate(telling)}
    known = {form: {base for base in own if base in senses} for form, own in bases.items() if form.isalpha()}
    for word in sorted({*senses, *(form for form, own in known.items() if own)}):
        own = senses.get(word, set())
        yield "\t".join(
            (
                word,
                " ".join(sorted(numbers[sense] for sense in own if sense in numbers)),
                " ".join(sorted(numbers[sense] for sense in near.get(word, set()) - own if sense in numbers)),
                " ".join(sorted(known.get(word, ()))),
                " ".join(sorted(found.antonyms.get(word, ()))),
            )
        )


def main(arguments: Sequence[str]) -> None:
    """``arguments``: WordNet's folder and the file to write."""
    folder, out = map(Path, arguments)
    lines = table(read_data(folder), read_exceptions(folder))
    out.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1:])
