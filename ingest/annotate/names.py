"""Names of people, organisations, places and groups, by capital letters and plain evidence around them.

Each name's ``method`` tells the evidence, each evidence has one fixed confidence:

================== ===== ==============================================================================
rule:title          0.8  a title stands before it: "Senator Graham"
rule:known-name     0.8  it is in a list: a country, a capital, a well-known body
rule:head-word      0.75 a word in it tells what it is: "Foreign Ministry", "Acme Inc.", "Hudson River"
rule:first-name     0.7  its first word is a first name known from a list
rule:demonym        0.7  a people's name in the plural: "Russians", "Republicans"
rule:alias          0.7  the same text gives the fuller name of a person
rule:speaks         0.6  it is what a reporting verb belongs to: "Peskov said"
rule:acronym        0.55 it is written in capitals: "NATO"
rule:capitals       0.5  two to four capitalised words in a row, and nothing against a person
================== ===== ==============================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.annotate import lexicon
from ingest.annotate.words import Words
from ingest.model import EntityKind

CONFIDENCE = {
    "rule:title": 0.8,
    "rule:known-name": 0.8,
    "rule:head-word": 0.75,
    "rule:first-name": 0.7,
    "rule:demonym": 0.7,
    "rule:alias": 0.7,
    "rule:speaks": 0.6,
    "rule:acronym": 0.55,
    "rule:capitals": 0.5,
}
_LONGEST = 12
_INNER_MARKS = str.maketrans("", "", "-.'’")
_FUNCTION_LISTS = (
    "determiners",
    "pronouns",
    "auxiliaries",
    "negations",
    "adverbs",
    "prepositions",
    "conjunctions",
    "leading",
    "clause_starts",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a range of words."""

    start: int
    end: int
    kind: EntityKind
    method: str


def find_names(words: Words, sentences: Sequence[tuple[int, int]]) -> list[Named]:
    """The names in ``words``; ``sentences`` are ranges of words. In order, never overlapping."""
    sequences: list[tuple[int, int, bool]] = []
    names: list[Named] = []
    for start, end in sentences:
        found = _sequences(words, start, end)
        if _is_headline(words, start, end):
            # Where all words are capitalised only a title in front of a short name can be relied on.
            certain = (_by_evidence(words, first, last) for first, last, _ in found)
            names += [
                name for name in certain if name and name.method == "rule:title" and 2 <= name.end - name.start <= 3
            ]
        else:
            sequences += found
    common = {word for word in words.text if word.islower()}
    inside = {words.text[at] for start, end, opens in sequences for at in range(start + opens, end)}
    unsure: list[tuple[int, int, bool]] = []
    for start, end, opens in sequences:
        name = _by_evidence(words, start, end)
        if name is None:
            unsure.append((start, end, opens))
        else:
            names.append(name)
    names += [name for start, end, opens in unsure if (name := _by_guess(words, start, end, opens, inside, common))]
    full_names = [name for name in names if name.kind == "person" and name.end - name.start > 1]
    family = {word for name in full_names if not (word := words.text[name.end - 1]).isupper()} - lexicon.words(
        "regions"
    )
    taken = {name.start for name in names}
    names += [
        Named(start, end, "person", "rule:alias")
        for start, end, _ in unsure
        if start not in taken and end - start == 1 and words.text[start] in family
    ]
    return sorted(names, key=lambda name: name.start)


def _function_words() -> frozenset[str]:
    return frozenset().union(*(lexicon.words(section) for section in _FUNCTION_LISTS))


def _sequences(words: Words, start: int, end: int) -> Iterable[tuple[int, int, bool]]:
    """Runs of capitalised words as ``(start, end, whether it opens the sentence)``."""
    functional = _function_words()
    not_names = lexicon.words("not_names")
    at = start
    while at < end:
        if not _is_capital(words.text[at]) or words.text[at] in not_names:
            at += 1
            continue
        first = at
        at += 1
        while at < end and at - first < _LONGEST:
            if _is_capital(words.text[at]) and words.text[at] not in not_names:
                at += 1
            elif at + 1 < end and _joins(words, first, at):
                at += 2
            else:
                break
        while first < at and words.lower[first] in functional and not words.text[first].isupper():
            first += 1
        if first < at:
            yield (
                first,
                at,
                first == start
                or (not words.text[first - 1][0].isalnum() and words.text[first - 1] not in {",", "-", "("}),
            )


def _is_capital(word: str) -> bool:
    return word[0].isupper() and len(word) > 1


def _joins(words: Words, first: int, at: int) -> bool:
    """Whether the lower-case word or mark at ``at`` goes on with the name that began at ``first``."""
    word, following = words.lower[at], words.text[at + 1]
    if not _is_capital(following):
        return False
    if word == "-":
        return words.ends[at - 1] == words.starts[at] and words.ends[at] == words.starts[at + 1]
    if word == "&" or word in lexicon.words("person_particles"):
        return True
    if word in {"of", "for"}:
        return any(
            part in lexicon.words("organization_heads")
            or part in lexicon.words("titles")
            or part in {"Republic", "Kingdom", "States"}
            for part in words.text[first:at]
        )
    return False


def _is_headline(words: Words, start: int, end: int) -> bool:
    """Whether most words are capitalised, so that capitals tell nothing."""
    long_words = [word for word in words.text[start:end] if len(word) > 3 and word.isalpha()]
    return len(long_words) > 3 and sum(word[0].isupper() for word in long_words) > 0.75 * len(long_words)


def _by_evidence(words: Words, start: int, end: int) -> Named | None:
    titles = lexicon.words("titles")
    last_title = max((at for at in range(start, end) if words.text[at] in titles), default=None)
    if last_title is not None:
        after = last_title + 1
        if after < end and words.lower[after] in {"of", "for"}:
            after += 2
        if after < end:
            return Named(after, end, "person", "rule:title")
        if last_title == start or words.lower[last_title - 1] == "of":
            return None
    text = " ".join(words.text[start:end])
    last, parts = words.text[end - 1], words.text[start:end]
    if text in lexicon.places() or text.replace(" ", "_") in lexicon.words("regions"):
        return Named(start, end, "place", "rule:known-name")
    if text.replace(" ", "_") in lexicon.words("organizations"):
        return Named(start, end, "organization", "rule:known-name")
    if last in lexicon.words("groups") or (last.endswith("s") and last[:-1] in lexicon.demonyms()):
        return Named(start, end, "group", "rule:demonym")
    if end - start > 1:
        if last in lexicon.words("organization_suffixes") or any(
            part in lexicon.words("organization_heads") for part in parts
        ):
            return Named(start, end, "organization", "rule:head-word")
        if last in lexicon.words("place_heads") or parts[0] in {
            "Mount",
            "Lake",
            "Gulf",
            "North",
            "South",
            "East",
            "West",
        }:
            return Named(start, end, "place", "rule:head-word")
        if parts[0] in lexicon.given_names() and words.text[start + 1][0].isupper():
            return Named(start, end, "person", "rule:first-name")
    elif text in lexicon.family_names() and start > 0:
        return Named(start, end, "person", "rule:known-name")
    return None


def _by_guess(words: Words, start: int, end: int, opens: bool, inside: set[str], common: set[str]) -> Named | None:
    """What a run of capitals may be that no list tells of.

    ``inside`` holds words that the text capitalises within sentences, ``common`` those that it writes in lower case.
    """
    parts = words.text[start:end]
    last = parts[-1]
    speaks = _speaks(words, end)
    if any(part in lexicon.demonyms() or part in lexicon.words("peoples") for part in parts):
        return None
    if end - start == 1:
        if not last.isalpha() or last.lower() in common:
            return None
        if last.isupper() and 2 <= len(last) <= 6 and last not in lexicon.words("not_acronyms"):
            return Named(start, end, "organization", "rule:acronym")
        if speaks and (last in inside or not opens):
            return Named(start, end, "group" if speaks.base and last.endswith("s") else "person", "rule:speaks")
        return None
    plain = all(part.translate(_INNER_MARKS).isalpha() and part.lower() not in common for part in parts)
    if not plain or end - start > 4 or parts[0] in lexicon.places():
        return None
    if opens and parts[0] not in inside and not speaks and parts[0].lower() in lexicon.verbs():
        return None
    return Named(start, end, "person", "rule:speaks" if speaks else "rule:capitals")


def _speaks(words: Words, end: int) -> lexicon.Verb | None:
    """The reporting verb right after a name."""
    if end >= len(words):
        return None
    verb = lexicon.verbs().get(words.lower[end])
    if verb is None or verb.participle or not verb.frames & {"clause", "that", "addressee"}:
        return None
    return verb
