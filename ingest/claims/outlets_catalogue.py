"""The catalogue of outlets that ships with the package: its format, its loader, and what may not be in it.

``data/outlets.jsonl`` has one JSON object to a line, sorted by ``name``:

=============== =====================================================================================================
``name``        how the outlet is shown; names of its own in brackets part namesakes, "Daily Star (Lebanon)"
``names``       other names that mean this outlet wherever they stand
``short``       what it is called after an article once it is clear who is meant: "Post", for "the Post"; shared
``words``       names that are words or abbreviations of something else too: "Time", "The Hill", "ABC"; shared
``surnames``    names that are a person's too: "Bloomberg"
``programmes``  programmes that it publishes: naming one names the outlet
``domains``     the domains that it registered; the first one makes its id
``hosts``       hosts under a domain that is another's, or nobody's: "news.google.com"
``country``     where it is published from, ISO 3166-1 alpha-2 (and XK, as all use it), where known
``medium``      one of ``MEDIA``
``state``       true where a state owns it, or pays for it and holds it
=============== =====================================================================================================

A name that stands in ``short``, ``words`` or ``surnames`` is recognised by its context only, ``name`` itself included.
An article at the beginning of a name ("The Guardian") has to stand before it in a text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from ingest.model import Outlet, outlet_id
from ingest.urls import registered_domain

Kind = Literal["clear", "programme", "short", "word", "surname"]

MEDIA: Final = frozenset(
    (
        *("agency", "newspaper", "broadcaster", "magazine", "journal", "website", "blog", "fact-checker", "platform"),
        *("encyclopedia", "government"),
    )
)
COUNTRIES: Final = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
    UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905
)


class CatalogueError(ValueError):
    """The catalogue cannot be read, or contradicts itself; the message names the line or the outlet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One outlet of the catalogue, as its line states it."""

    name: str
    medium: str
    country: str | None = None
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    state: bool = False

    @property
    def outlet(self) -> Outlet:
        """The outlet as the model has it."""
        domain = self.domains[0] if self.domains else None
        return Outlet(outlet_id(domain=domain, name=self.name), self.name, domain, self.country, self.medium)

    def forms(self) -> Iterator[tuple[str, Kind]]:
        """Each name with how it is to be recognised."""
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("clear", self.names),
            ("programme", self.programmes),
            ("short", self.short),
            ("word", self.words),
            ("surname", self.surnames),
        )
        unclear = {without_article(name) for name in (*self.short, *self.words, *self.surnames)}
        if "(" not in self.name and without_article(self.name) not in unclear:
            yield self.name, "clear"
        for kind, names in kinds:
            for name in names:
                yield name, kind


def read(lines: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of a catalogue.

    Raises:
        CatalogueError: a line is no JSON object of the fields above, in a wrong type, or with an unknown country
            or medium.
    """
    entries = []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise CatalogueError(f"line {number} of the catalogue of outlets: {error}") from error
    return tuple(entries)


_FIELDS: Final = {field.name for field in fields(Entry)}
_SINGLE: Final = frozenset(("name", "country", "medium"))


def _entry(found: Mapping[str, object]) -> Entry:
    if unknown := found.keys() - _FIELDS:
        raise ValueError(f"there is no field {sorted(unknown)[0]!r}")
    given: dict[str, object] = {}
    for key, value in found.items():
        right = bool if key == "state" else str if key in _SINGLE else list
        if not isinstance(value, right) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
            raise TypeError(f"{key!r} is not what belongs there: {value!r}")
        given[key] = tuple(value) if isinstance(value, list) else value
    entry = Entry(**given)  # type: ignore[arg-type]
    if entry.country is not None and entry.country not in COUNTRIES:
        raise ValueError(f"{entry.country!r} is the code of no country")
    if entry.medium not in MEDIA:
        raise ValueError(f"{entry.medium!r} is none of {', '.join(sorted(MEDIA))}")
    return entry


def contradictions(entries: Iterable[Entry]) -> Iterator[str]:
    """What cannot be true of a catalogue, each as one line of text."""
    names: dict[str, str] = {}
    shown: dict[str, str] = {}
    hosts: dict[str, str] = {}
    before = ""
    for entry in entries:
        if sort_key(entry.name) < before:
            yield f"{entry.name} is not where its name sorts"
        before = sort_key(entry.name)
        if (other := shown.setdefault(alike(entry.name), entry.name)) and other is not entry.name:
            yield f"{entry.name} and {other} are shown alike"
        own: dict[str, str] = {}
        for name, kind in entry.forms():
            if not re.match(r"\W?\w", name) or name != " ".join(name.split()) or "(" in name:
                yield f"{name!r} of {entry.name} is no name as it stands in a text"
            if (twice := own.setdefault(name, kind)) is not kind or list(entry.forms()).count((name, kind)) > 1:
                yield f"{name!r} of {entry.name} is there twice, as {twice} and as {kind}"
            if kind in ("clear", "programme"):
                other = names.setdefault(alike(without_article(name)), entry.name)
                if other != entry.name:
                    yield f"{name!r} means both {entry.name} and {other}"
        for domain in entry.domains:
            if domain != domain.lower() or registered_domain(domain) != domain:
                yield f"{domain!r} of {entry.name} is not a registered domain"
        for host in (*entry.domains, *entry.hosts):
            other = hosts.setdefault(host, entry.name)
            if other is not entry.name:
                yield f"{host!r} is both of {entry.name} and of {other}"
        for host in entry.hosts:
            if registered_domain(host) == host:
                yield f"{host!r} of {entry.name} is a registered domain: it belongs among the domains"


def sort_key(name: str) -> str:
    """By what the lines of the catalogue are sorted."""
    return alike(name)


def alike(name: str) -> str:
    """A name without the differences that make no other name: case, accents, white space, the form of apostrophes."""
    return " ".join(plain(name).casefold().split())


def without_article(name: str) -> str:
    """A name without the article that it begins with."""
    return name.removeprefix("The ")


@cache
def _letters() -> dict[int, str]:
    table = {ord("’"): "'", ord("‘"): "'", ord("\u00a0"): " ", ord("\t"): " "}
    table |= {ord("ø"): "o", ord("Ø"): "O", ord("ł"): "l", ord("Ł"): "L", ord("ı"): "i", ord("đ"): "d", ord("ð"): "d"}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isascii():
            table[code] = base
    return table


def plain(text: str) -> str:
    """``text`` with Latin letters without their accents and with straight apostrophes: character for character, so
    that every offset stays."""
    return text.translate(_letters())


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is looked for in ``plain`` text, and whom it may mean.

    ``article`` says that "the" stands before it; ``loose`` that its case does not matter.
    """

    text: str
    kind: Kind
    outlets: tuple[Outlet, ...]
    article: bool
    loose: bool


# A name of several words that ends in one of these is no other phrase, even in lower case.
_OF_THE_PRESS: Final = frozenset(("times", "post", "journal", "press", "telegraph", "tribune", "herald", "gazette"))
_FIRST: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries, and how they are looked up.

    By a name's first word in lower case; by a registered domain or a host; by the name of an account ("skynews" for
    "@SkyNews"), which is a clear name without its white space; by the name that it is shown by, article apart.
    """

    entries: tuple[Entry, ...]
    by_first_word: Mapping[str, tuple[Form, ...]]
    by_host: Mapping[str, Outlet]
    by_handle: Mapping[str, Outlet]
    by_title: Mapping[str, Outlet]

    def named(self, name: str) -> Outlet | None:
        """The one outlet that calls itself so, be that name clear in a text or not."""
        wanted = _titled(name)
        if (found := self.by_title.get(wanted)) is not None:
            return found
        for form in self.by_first_word.get(first_word(wanted), ()):
            if form.kind == "clear" and form.text.casefold() == wanted:
                return form.outlets[0]
        return None


def _titled(name: str) -> str:
    return alike(name).removeprefix("the ")


def first_word(name: str) -> str:
    """What forms are looked up by."""
    found = _FIRST.search(plain(name))
    return found[0].casefold() if found else ""


def catalogue_of(entries: tuple[Entry, ...]) -> Catalogue:
    """The lookups of a catalogue."""
    outlets: dict[tuple[str, Kind, bool], list[Outlet]] = {}
    by_host: dict[str, Outlet] = {}
    for entry in entries:
        outlet = entry.outlet
        for host in (*entry.domains, *entry.hosts):
            by_host.setdefault(host, outlet)
        for name, kind in entry.forms():
            bare = without_article(name).lstrip("+")
            found = outlets.setdefault((plain(bare), kind, bare != name or kind == "short"), [])
            if outlet not in found:
                found.append(outlet)
    named = {entry.outlet.id: {plain(name) for name, _ in entry.forms()} for entry in entries}
    by_first: dict[str, list[Form]] = {}
    for (text, kind, article), candidates in outlets.items():
        last = text.split()[-1].casefold()
        brand = {outlet.medium for outlet in candidates} == {"platform"}
        several = text.count(" ")
        # "fox news" is Fox in lower case; "defense news" may be any.
        news = text.endswith(" News") and text.removesuffix(" News") in named[candidates[0].id]
        loose = (kind == "clear" and (brand or news or (several > 0 and last in _OF_THE_PRESS))) or (
            kind == "programme" and several > 1
        )
        by_first.setdefault(first_word(text), []).append(Form(text, kind, tuple(candidates), article, loose))
    return Catalogue(
        entries,
        {word: tuple(sorted(forms, key=lambda form: -len(form.text))) for word, forms in by_first.items()},
        by_host,
        {
            "".join(_FIRST.findall(form.text)).casefold(): form.outlets[0]
            for forms in by_first.values()
            for form in forms
            if form.kind == "clear" and len(form.outlets) == 1
        },
        {_titled(entry.name): entry.outlet for entry in entries},
    )


@cache
def shipped() -> Catalogue:
    """The catalogue of the package."""
    text = (files("ingest.claims") / "data" / "outlets.jsonl").read_text(encoding="utf-8")
    return catalogue_of(read(text.splitlines()))
