"""Whom a description means whose role was introduced with a name: "the mayor", "the Florida senator".

A role is introduced by a title ("Kremlin spokesman Dmitry Peskov", "Sen. Tim Kaine"), in apposition ("Odette Quill, the
mayor of Sines,", "His running mate, Mike Pence,"), by a copula ("Odette Quill is the mayor") or in parentheses
("(R-Fla.)"). A later description means whoever was introduced with a word for the same, where what else it says fits:
"the former president" is no president, and "the Republican nominee" not the one of another party. Of several the one
who was named last is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.claims.speakers_data import Gender, Role, roles, wordset
from ingest.model import Id

_TOKEN: Final = re.compile(r"[^\W_][\w.’'&-]*")
_BEFORE: Final = 100
_LOOK_BACK: Final = 12
"""Introductions with one word that are looked at; print does not reach further back without a name."""
_LOOK_AHEAD: Final = 2

_DETERMINERS: Final = wordset(
    """
    the this that his her their its our my
    """
)
_INDEFINITE: Final = wordset(
    """
    a an one some any another other each every no many several few most both
    """
)
_PREPOSITIONS: Final = wordset(
    """
    of for at in on from with to under by about against who which that whose where when and or but as near since
    after before during into over than like via
    """
)
_VERBS: Final = wordset(
    """
    said says say told tells wrote writes added adds is was were are be been has had have did does do will would can
    could may might must shall should called calls asked asks noted notes argued argues claimed claims according
    including not also then because if while though although so there here
    """
)
# What makes of an office another one.
_QUALIFIERS: Final = wordset(
    """
    vice deputy lt lieutenant assistant associate under former ex acting one-time onetime
    """
)
_OWNERS: Final = ("’s", "'s", "s’", "s'")
_OPENING: Final = _DETERMINERS | _INDEFINITE
_PAST: Final = wordset(
    """
    former ex one-time onetime then
    """
)
_AFTER: Final = re.compile(r"\s*,\s+(?:(?:aged?\s+)?\d{1,3}\s*,\s+)?(?P<phrase>[^,;:()“”\"\n—–]{2,120})")
_AHEAD: Final = re.compile(
    r"(?:^|(?<=[\s“\"'‘(—–]))(?P<phrase>(?:the|his|her|their|its|our|my|[^\W\d_][\w.-]*[’']s?)\s+[^,;:.()“”\"\n—–]{2,70}),\s+$",
    re.IGNORECASE,
)
_COPULA: Final = re.compile(
    r"\s*,?\s+(?:who\s+)?(?:is|was|became|remains|serves\s+as|served\s+as|works\s+as|worked\s+as)\s+"
    r"(?:now\s+|currently\s+|also\s+|once\s+)?(?P<phrase>(?:the|a|an|his|her|their|its|our|my)\s+[^,;:()“”\"\n—–]{2,100})",
    re.IGNORECASE,
)
_PARTY: Final = re.compile(r"\s*\((?P<party>[RDI])[-–.\s]+(?P<state>[A-Z][\w.]*)", re.UNICODE)
_PARTIES: Final = {"R": "republican", "D": "democrat", "I": "independent"}
_PARTY_WORDS: Final = wordset(
    """
    republican democrat libertarian green conservative labour tory
    """
)
_SAME_WORD: Final = {"democratic": "democrat", "gop": "republican"}


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody where they are named: the place, who, and their gender as far as it is known."""

    start: int
    end: int
    who: Id
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says of whom it means."""

    role: Role
    words: frozenset[str]
    names: frozenset[str]
    owners: frozenset[str]
    definite: bool
    indefinite: bool = False

    @property
    def qualifiers(self) -> frozenset[str]:
        """Those of its words that make of an office another one."""
        return self.words & _QUALIFIERS


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a description means; ``alone`` tells that nobody else could be meant."""

    who: Id
    alone: bool


@dataclass(frozen=True, slots=True)
class _Introduced:
    place: int
    who: Id
    gender: Gender | None
    said: Description


def described(phrase: str) -> Description | None:
    """What a noun phrase says of a person; ``None`` where its head is no role."""
    tokens = [match[0] for match in _TOKEN.finditer(phrase)]
    if not tokens:
        return None
    head: Role | None = None
    head_at = kept = owner = 0
    for at, token in enumerate(tokens):
        lower = token.lower()
        if lower not in roles():
            lower = lower.rstrip(".")
        if lower in _PREPOSITIONS and at:
            break
        if lower in _VERBS:
            return None
        kept = at + 1
        if token.endswith(_OWNERS):
            owner, head = kept, None
        elif (joined := f"{lower}-{tokens[at + 1].lower()}" if at + 1 < len(tokens) else "") in roles():
            head, head_at = roles()[joined], at + 1
        elif lower in roles():
            head, head_at = roles()[lower], at
        elif head is not None and head_at != at:
            head = None  # "the senator's office", "the president elect": something else is the head
    if head is None:
        return None
    first = tokens[0].lower()
    return Description(
        role=head,
        words=frozenset(map(_plain, tokens[:kept])),
        names=_names(tokens[owner:head_at], opens=not owner),
        owners=_names(tokens[:owner], opens=True),
        definite=bool(owner) or first in _DETERMINERS,
        indefinite=first in _INDEFINITE,
    )


def _names(tokens: Sequence[str], *, opens: bool) -> frozenset[str]:
    """Words with a capital, which tell of a body, a country or a party; the first of a sentence may be any word."""
    counted = tokens[1:] if opens and tokens and tokens[0].lower() in _OPENING else tokens
    named = [one for one in counted if one[0].isupper()]
    return frozenset(map(_plain, named)) - _QUALIFIERS


def _plain(token: str) -> str:
    lower = token.lower().strip(".’'")
    for end in ("’s", "'s"):
        lower = lower.removesuffix(end)
    return _SAME_WORD.get(lower, lower)


class Roles:
    """The roles that one text introduces its people with.

    Args:
        text: what all offsets point into.
        people: where it names people, in order.
    """

    def __init__(self, text: str, people: Sequence[Bearer]) -> None:
        self._by_kin: dict[str, list[_Introduced]] = defaultdict(list)
        self._named: dict[Id, list[int]] = defaultdict(list)
        known: dict[tuple[Id, str], _Introduced] = {}
        for at, bearer in enumerate(people):
            self._named[bearer.who].append(bearer.start)
            floor = people[at - 1].end if at else 0
            for said in _said(text, bearer, floor):
                introduced = _Introduced(bearer.start, bearer.who, bearer.gender or said.role.gender, said)
                before = known.get((bearer.who, said.role.kin))
                if before is None or not said.words <= before.said.words:
                    known[bearer.who, said.role.kin] = introduced
                    self._by_kin[said.role.kin].append(introduced)

    def genders(self) -> Iterator[tuple[Id, Gender]]:
        """Whose role tells their gender."""
        for several in self._by_kin.values():
            for one in several:
                if one.said.role.gender is not None:
                    yield one.who, one.said.role.gender

    def meant(self, said: Description, place: int) -> Meant | None:
        """Whom a description at ``place`` means; ``None`` where nobody fits."""
        introduced = self._by_kin.get(said.role.kin)
        if introduced is None:
            return self._more_narrowly(said, place)
        at = bisect_right(introduced, place, key=lambda one: one.place)
        near = introduced[max(0, at - _LOOK_BACK) : at + _LOOK_AHEAD]
        alone = len({one.who for one in near}) == 1
        fitting = [one for one in near[: at - max(0, at - _LOOK_BACK)] if _fits(said, one, alone=alone)]
        if not fitting:
            fitting = [one for one in introduced[at : at + _LOOK_AHEAD] if _fits(said, one, alone=alone)]
        if not fitting:
            return None
        best = max(fitting, key=lambda one: (len(said.words & one.said.words), self._last_named(one.who, place)))
        return Meant(best.who, len({one.who for one in fitting}) == 1)

    def _more_narrowly(self, said: Description, place: int) -> Meant | None:
        """Whom a wide word such as "official" means: the only one whose office is such a one, where the rest fits."""
        near = [
            one
            for kin in _WIDER.get(said.role.kin, ())
            for one in self._by_kin.get(kin, ())[-_LOOK_BACK:]
            if one.place < place and said.names <= one.said.words and not said.owners - one.said.words
        ]
        who = {one.who for one in near}
        return Meant(who.pop(), alone=True) if len(who) == 1 else None

    def _last_named(self, who: Id, place: int) -> int:
        named = self._named[who]
        at = bisect_left(named, place)
        return named[at - 1] if at else -named[0]


def _fits(said: Description, introduced: _Introduced, *, alone: bool) -> bool:
    """Whether a description can mean somebody; ``alone`` tells that nobody else has the role."""
    if said.role.gender is not None and introduced.gender not in (None, said.role.gender):
        return False
    had = introduced.said
    missing = said.names - had.words
    if missing and not (alone and not had.names and not missing & _PARTY_WORDS):
        return False
    if said.owners and (had.names or had.owners) and not said.owners & had.words:
        return False
    if said.qualifiers - _PAST != had.qualifiers - _PAST:
        return False
    past, was = bool(said.words & _PAST), bool(had.words & _PAST)
    return past == was or (was and said.role.kin != "president")


def _said(text: str, bearer: Bearer, floor: int) -> Iterator[Description]:
    """What a text says, where it names somebody, of who they are."""
    before = text[max(floor, bearer.start - _BEFORE) : bearer.start]
    title = _title(before)
    if title is not None:
        yield title
    after = _PARTY.match(text, bearer.end)
    end = bearer.end
    if after is not None:
        party = _PARTIES[after["party"]]
        if party in roles():
            words = frozenset((party, after["state"].lower().strip(".")))
            yield Description(roles()[party], words, frozenset(), frozenset(), definite=True)
        close = text.find(")", after.end())
        end = close + 1 if 0 <= close - after.end() < _BEFORE else after.end()
    for pattern in (_AFTER, _COPULA):
        match = pattern.match(text, end)
        if match is not None and (said := described(match["phrase"].strip())) is not None:
            yield said
    ahead = _AHEAD.search(text, max(0, bearer.start - _BEFORE), bearer.start)
    if ahead is not None and text[bearer.end : bearer.end + 1] in {",", ".", ";", ")", "”"}:
        said = described(ahead["phrase"])
        if said is not None:
            yield said


def _title(before: str) -> Description | None:
    """The words right before a name, as far as they are a title or a noun before it."""
    if not before[-1:].isspace():
        return None
    words: list[str] = []
    for token in reversed(before.split()):
        bare = token.lower()
        if token[-1] in ',;:!?)”"—–' or (token[-1] == "." and bare not in roles() and len(token) > 3):
            break
        if bare in _VERBS or (bare in _PREPOSITIONS and not (bare == "of" and words and words[-1] in _OFFICES)):
            break
        words.append(token.lstrip("(“\"‘'—"))
        if bare in _DETERMINERS or bare in _INDEFINITE:
            break
    words.reverse()
    while words and words[-1] in _OFFICES:  # "Secretary of State"
        words.pop()
    if words and words[-1].lower() == "of":
        words.pop()
    return described(" ".join(words)) if words else None


_WIDER: Final = {
    "official": (
        *("spokesman", "secretary", "minister", "deputy", "aide", "adviser", "director", "chief", "commissioner"),
        *("ambassador", "head", "chairman", "prosecutor", "coordinator", "superintendent", "inspector", "treasurer"),
    ),
    "lawmaker": ("senator", "representative", "assemblyman", "councilman", "delegate"),
    "politician": ("senator", "representative", "governor", "mayor", "minister", "premier", "chancellor", "lawmaker"),
}
"""Words for people of several kinds, each with those kinds."""
_OFFICES: Final = wordset(
    """
    State Defense Defence Treasury Commerce Labor Education Energy House
    """
)
