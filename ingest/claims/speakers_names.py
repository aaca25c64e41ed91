"""Which names of a page mean the same: family names and fuller names, spellings, short names, initials, acronyms.

The names of a page are looked at together, its comments too. What a name by itself leaves open is told, in this order,
by the title before it ("Mr.", "Secretary"), by a fuller name in the same paragraph, by who is named in full much more
often than all others or as the first of all and no less often, and by the fuller name that stands nearest before it.
What is still open then stays the name that it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.claims.outlets import OutletSpan
from ingest.claims.speakers_data import HONORIFICS, Gender, fold, genders, roles, short_for, wordset
from ingest.claims.speakers_phrases import institution_called
from ingest.model import BODY, Annotations, Container, Document, EntityKind, Name

_OUTNUMBERS: Final = 3
"""How much more often somebody must be named in full than anybody else for a part of the name to mean them."""
_LOOK_BACK: Final = 8
"""Fuller names before a short one that are looked at: more are not told apart by what stands near."""
_NEAR: Final = 3
"""Paragraphs that the nearest fuller name may be away where several people share the short one."""

_FEWEST_WITH_TITLE: Final = 2
"""Words of a name of which the first, where there are more, is a title: "Dean Heller" is all name."""

_ALSO_NAMES: Final = wordset(
    """
    dean king prince princess queen pope bishop major judge justice cardinal general marshal driver farmer pilot
    painter head chase singer host sister brother independent monarch chef ally lieutenant head coach fisher speaker
    man lady
    """
)

_SUFFIXES: Final = wordset(
    """
    jr sr ii iii iv esq phd md
    """
)
_TITLE: Final = re.compile(
    r"(?:^|[\s(“\"'‘])(?P<title>[^\W\d_][\w.'’-]*)(?:\s+of\s+(?:State|Defen[cs]e|the\s+Treasury))?\s+$"
)
_POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])$")
_OF_BODIES: Final = frozenset(("campaign", "camp", "administration"))
_BODIES: Final = wordset(
    """
    organization group
    """
)
_NAMED_KINDS: Final = wordset(
    """
    person organization place group
    """
)


@dataclass(frozen=True, slots=True)
class Called:
    """Whom or what a name on the page means, and the rule that tells it."""

    kind: EntityKind
    name: str
    method: str


def without_namesakes(found: Annotations, outlets: Sequence[OutletSpan]) -> list[OutletSpan]:
    """The outlets that a text names, without those that are only a part of a person's name: "Emily Post"."""
    people = sorted((name.end, name.start) for name in found.names if name.kind == "person")
    ends = [end for end, _ in people]

    def is_part(outlet: OutletSpan) -> bool:
        at = bisect_left(ends, outlet.end)
        return at < len(people) and ends[at] == outlet.end and people[at][1] < outlet.start and not outlet.credit

    return [outlet for outlet in outlets if not is_part(outlet)]


@dataclass(slots=True)
class _Seen:
    """A name where it stands; ``parts`` are its words folded, ``order`` and ``paragraph`` count over the whole page."""

    name: Name
    kind: EntityKind
    shown: str
    parts: tuple[str, ...]
    title: str
    order: int
    paragraph: int
    comment: int | None = None


@dataclass(slots=True)
class _Person:
    """Somebody named in full."""

    spellings: Counter[str] = field(default_factory=Counter)
    gender: Gender | None = None
    times: int = 0

    def name(self) -> str:
        """The spelling used most, of several the one without initials and not in capitals."""
        return min(
            self.spellings,
            key=lambda one: (one.isupper(), -self.spellings[one], sum(len(fold(part)) == 1 for part in one.split())),
        )


def calls(
    document: Document,
    annotations: Mapping[Container, Annotations],
    outlets: Mapping[Container, Sequence[OutletSpan]],
) -> dict[Container, list[tuple[Name, Called]]]:
    """The names of each container, in order, each with what it means; those that are outlets are left out."""
    seen = {
        container: list(_seen(document.text_of(container), annotations.get(container), outlets.get(container, ())))
        for container, _ in document.containers()
    }
    for container, each in seen.items():
        for one in each:
            one.comment = None if container == BODY else container
    everywhere = [one for each in seen.values() for one in each]
    _count_on(seen.values())
    _settle_kinds(everywhere)
    people = _People(everywhere)
    bodies = _Bodies(everywhere)
    return {
        container: [(one.name, people.called(one) or bodies.called(one) or _as_it_stands(one)) for one in each]
        for container, each in seen.items()
    }


def _as_it_stands(seen: _Seen) -> Called:
    return Called(seen.kind, seen.shown, "rule:name")


# --- where names stand -----------------------------------------------------------------------------------------------


def _seen(text: str, found: Annotations | None, taken: Sequence[OutletSpan]) -> Iterator[_Seen]:
    if found is None:
        return
    starts = [span.start for span in taken]
    paragraph, reached = 0, 0
    for name in sorted(found.names, key=lambda name: name.start):
        at = bisect_left(starts, name.end) - 1
        if at >= 0 and taken[at].end > name.start:
            continue
        paragraph += text.count("\n", reached, name.start)
        reached = name.start
        shown = _POSSESSIVE.sub("", " ".join(text[name.start : name.end].split())) or text[name.start : name.end]
        title = _TITLE.search(text, max(0, name.start - 40), name.start)
        called = fold(title["title"]) if title is not None else ""
        if name.kind == "person":
            called, shown = _untitled(called, shown)
        yield _Seen(name, name.kind, shown, tuple(map(fold, shown.split())), called, 0, paragraph)


def _untitled(title: str, shown: str) -> tuple[str, str]:
    """A person's name without a title that was taken for a part of it."""
    words = shown.split()
    while len(words) > 1 and (
        fold(words[0]) in HONORIFICS
        or (
            words[0].lower() in roles()
            and (words[0].endswith(".") or len(words) > _FEWEST_WITH_TITLE or fold(words[0]) not in _ALSO_NAMES)
        )
    ):
        title = fold(words.pop(0))
    return title, " ".join(words)


def _count_on(containers: Iterable[Sequence[_Seen]]) -> None:
    order = paragraphs = 0
    for each in containers:
        last = 0
        for one in each:
            last = one.paragraph
            one.order, one.paragraph = order, one.paragraph + paragraphs
            order += 1
        paragraphs += last + 2 * _NEAR  # what is near ends with the text


def _settle_kinds(seen: Iterable[_Seen]) -> None:
    """The same words are of the kind that they are taken for most often."""
    votes: dict[tuple[str, ...], Counter[EntityKind]] = defaultdict(Counter)
    families: set[str] = set()
    every = list(seen)
    for one in every:
        if one.kind == "person" and len(one.parts) > 1 and one.parts[-1] in _OF_BODIES:
            one.kind = "organization"
        if one.kind in _NAMED_KINDS:
            votes[one.parts][one.kind] += 2 if one.name.method.startswith("structure:") else 1
            if one.kind == "person" and len(one.parts) > 1:
                families.add(one.parts[-1])
    for one in every:
        kinds = votes.get(one.parts)
        if kinds is None or one.kind not in _NAMED_KINDS:
            continue
        if len(one.parts) == 1 and one.parts[0] in families and 2 * kinds["person"] >= kinds.total():
            one.kind = "person"
        elif len(kinds) > 1:
            one.kind = kinds.most_common(1)[0][0]


# --- people ----------------------------------------------------------------------------------------------------------


class _Bearers:
    """Those who share a part of a name, and where they are named in full."""

    def __init__(self) -> None:
        self.times: Counter[int] = Counter()
        self._places: list[tuple[int, int, int]] = []
        self._in_comments: dict[int, set[int]] = defaultdict(set)
        self._most: list[tuple[int, int]] | None = None

    def add(self, person: int, seen: _Seen) -> None:
        self.times[person] += 1
        self._places.append((seen.order, seen.paragraph, person))
        if seen.comment is not None:
            self._in_comments[seen.comment].add(person)

    def meant(self, seen: _Seen) -> int | None:
        """Whom the part means where it stands, as far as these rules tell."""
        if len(self.times) == 1:
            return next(iter(self.times))
        at = bisect_left(self._places, (seen.order, 0, 0))
        before = self._places[max(0, at - _LOOK_BACK) : at]
        here = {person for _, paragraph, person in before if paragraph == seen.paragraph}
        if len(here) == 1:
            return here.pop()
        if seen.comment is not None and len(own := self._in_comments.get(seen.comment, set())) == 1:
            return next(iter(own))  # whom the same comment names in full
        (most, times), (_, others) = self._two_most()
        if times >= _OUTNUMBERS * others:
            return most
        if here:
            return None
        # Print gives the bare name to the one whom the page is about, and names the others in full.
        if self._first_apart(most):
            return most
        if not before or seen.paragraph - before[-1][1] > _NEAR:
            return None
        nearest = {person for _, paragraph, person in before if paragraph == before[-1][1]}
        return nearest.pop() if len(nearest) == 1 else None

    def _first_apart(self, person: int) -> bool:
        """Whether somebody is the first who is named in full, before any other in a paragraph of its own."""
        first = self._places[0]
        return first[2] == person and all(one[2] == person or one[1] != first[1] for one in self._places[1:_LOOK_BACK])

    def _two_most(self) -> list[tuple[int, int]]:
        if self._most is None:
            self._most = self.times.most_common(2)
        return self._most


_Key = tuple[tuple[str, ...], str]


class _People:
    """The people of a page, each by all that is said of them in full, and who shares which part of a name."""

    def __init__(self, seen: Sequence[_Seen]) -> None:
        persons = [one for one in seen if one.kind == "person"]
        tails = {one.parts[at:] for one in persons for at in range(1, len(_core(one.parts)) - 1)}
        full = [one for one in persons if len(_core(one.parts)) > 1 and one.parts not in tails]
        number = _same_people({one.parts for one in full}, Counter(one.parts for one in full))
        self._people: dict[int, _Person] = defaultdict(_Person)
        self._number = number
        for one in full:
            person = self._people[number[one.parts]]
            person.spellings[one.shown] += 1
            person.times += 1
            person.gender = person.gender or HONORIFICS.get(one.title) or genders().get(one.parts[0])
        self._names = {at: person.name() for at, person in self._people.items()}
        self._by_tail: dict[_Key, _Bearers] = defaultdict(_Bearers)
        self._by_first: dict[_Key, _Bearers] = defaultdict(_Bearers)
        self._by_core: dict[_Key, _Bearers] = defaultdict(_Bearers)
        for one in full:
            at = number[one.parts]
            for key in self._keys(one, self._people[at].gender):
                for start in range(1, len(_core(one.parts))):
                    self._by_tail[one.parts[start:], key].add(at, one)
                self._by_first[one.parts[:1], key].add(at, one)
                if one.parts[-1] in _SUFFIXES:  # "Mr. Verdery", where only a Verdery Jr. is named
                    self._by_core[(_core(one.parts)[-1],), key].add(at, one)

    @staticmethod
    def _keys(one: _Seen, gender: Gender | None) -> Iterator[str]:
        yield ""
        if gender is not None:
            yield gender
        else:
            yield from ("female", "male")
        if one.title and one.title not in HONORIFICS:
            yield f"title {one.title}"

    def called(self, seen: _Seen) -> Called | None:
        """Whom a name means; ``None`` for what is no person."""
        if seen.kind != "person":
            return None
        if (at := self._number.get(seen.parts)) is not None:
            return Called("person", self._names[at], "rule:name")
        for bearers, method in (
            (self._by_tail, "rule:surname"),
            (self._by_core, "rule:surname"),
            (self._by_first, "rule:first-name"),
        ):
            if (seen.parts, "") not in bearers:
                continue
            at = self._meant(bearers, seen)
            if at is not None:
                return Called("person", self._names[at], method)
            break
        return None

    @staticmethod
    def _meant(bearers: Mapping[_Key, _Bearers], seen: _Seen) -> int | None:
        gender = HONORIFICS.get(seen.title)
        keys = [gender] if gender is not None else [f"title {seen.title}", ""] if seen.title else [""]
        for key in keys:
            sharing = bearers.get((seen.parts, key))
            if sharing is not None and (at := sharing.meant(seen)) is not None:
                return at
        return None


def _core(parts: Sequence[str]) -> Sequence[str]:
    """A name's words without "Jr." and the like."""
    return [part for part in parts if part not in _SUFFIXES]


def _same_people(names: Iterable[tuple[str, ...]], times: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """A number for each full name; names of one person share it."""
    ordered = sorted(names)
    number = {name: at for at, name in enumerate(ordered)}
    alike: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for name in ordered:
        alike[_outer(name)].append(name)
    for several in alike.values():
        _join_middles(several, number, times)
    initials: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for first, family in alike:
        if len(first) > 1:
            initials[first[0], family].append((first, family))
    for first, family in alike:
        if len(first) == 1:
            fuller = initials.get((first, family), [])
        else:
            fuller = [(full, family) for full in short_for().get(first, ()) if (full, family) in alike]
        if len(fuller) == 1:
            _join(number, alike[first, family][0], alike[fuller[0]][0], alike[first, family])
    return number


def _outer(name: tuple[str, ...]) -> tuple[str, str]:
    """A name without what stands between its first and its last word; "Jr." belongs to the last."""
    core = _core(name)
    return core[0], " ".join((core[-1], *(part for part in name if part in _SUFFIXES)))


def _join_middles(
    names: Sequence[tuple[str, ...]], number: dict[tuple[str, ...], int], times: Counter[tuple[str, ...]]
) -> None:
    """Joins names that differ in their middle alone, unless it tells people apart: "George W." and "George H. W."."""
    by_initials: dict[str, tuple[str, ...]] = {}
    bare: tuple[str, ...] | None = None
    for name in names:
        middle = "".join(part[0] for part in _core(name)[1:-1] if part)
        if not middle:
            bare = name
        elif middle in by_initials:
            number[name] = number[by_initials[middle]]
        else:
            by_initials[middle] = name
    if bare is not None and len(by_initials) == 1:
        joined = next(iter(by_initials.values()))
        for name in names:
            number[name] = number[joined]
    elif bare is not None and by_initials:
        # Of several, the bare name means the one who is named by far most often.
        (first, most), *others = Counter({name: times[name] for name in by_initials.values()}).most_common(2)
        if not others or most >= _OUTNUMBERS * others[0][1]:
            number[bare] = number[first]


def _join(
    number: dict[tuple[str, ...], int], one: tuple[str, ...], other: tuple[str, ...], names: Sequence[tuple[str, ...]]
) -> None:
    before = number[one]
    for name in names:
        if number[name] == before:
            number[name] = number[other]


# --- organizations and groups ----------------------------------------------------------------------------------------

_SMALL: Final = wordset(
    """
    of the and for on in de &
    """
)
_FEWEST_LETTERS: Final = 3


class _Bodies:
    """Organizations by their acronyms and by the words that their names begin with."""

    def __init__(self, seen: Sequence[_Seen]) -> None:
        self._name: dict[tuple[str, ...], str] = {}
        short: dict[tuple[str, ...], set[str]] = defaultdict(set)
        known = {_bare(one.parts) for one in seen if one.kind in _BODIES}
        for one in seen:
            parts = _bare(one.parts)
            if one.kind != "organization" or len(parts) < 2:
                continue
            name = self._name.setdefault(parts, _without_article(one.shown))
            acronym = "".join(part[0] for part in parts if part not in _SMALL and part)
            if len(acronym) >= _FEWEST_LETTERS and (acronym,) in known:
                short[acronym,].add(name)
            for end in range(1, len(parts)):
                if parts[:end] in known and parts[end - 1] not in _SMALL:
                    short[parts[:end]].add(name)
        self._short = {parts: next(iter(names)) for parts, names in short.items() if len(names) == 1}

    def called(self, seen: _Seen) -> Called | None:
        """Which body a name means; ``None`` where it is none, or only itself."""
        if seen.kind not in _BODIES:
            return None
        parts = _bare(seen.parts)
        if seen.kind == "organization" and parts in self._short:
            return Called("organization", self._short[parts], "rule:short-name")
        name = institution_called(seen.shown) or self._name.get(parts, _without_article(seen.shown))
        return Called(seen.kind, name, "rule:name")


def _bare(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[1:] if len(parts) > 1 and parts[0] == "the" else parts


def _without_article(shown: str) -> str:
    words = shown.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0].lower() == "the" else shown
