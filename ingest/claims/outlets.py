"""Outlets: which ones a page names, links to, or is published by.

========================== ==== ==================================================================================
structure:publisher        1.0  the page's own outlet, by its address or by what it states as the site's name
structure:dateline         0.95 "LONDON (Reuters) -" at the beginning of a paragraph
structure:byline           0.95 "By JANE DOE, Associated Press"
structure:link             0.95 a link leads to it
rule:outlet-domain         0.95 its domain is written out, or its account on a platform: "@SkyNews"
rule:outlet-list           0.85 a name that means one outlet wherever it stands
rule:outlet-programme      0.8  a programme of it is named
rule:outlet-call-sign      0.8  the call sign of a station in the United States that is not listed: "WKOW-TV"
rule:outlet-context        0.7  a name that only its context makes clear (``outlets_context``)
rule:outlet-shape          0.6  a name that is not listed, by its form and its context (``outlets_unlisted``)
========================== ==== ==================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs, urlsplit

from ingest.claims.outlets_catalogue import Form, first_word, plain, shipped
from ingest.claims.outlets_context import Context, Place
from ingest.claims.outlets_unlisted import station, unlisted
from ingest.model import BODY, Container, Document, Mention, Outlet, OutletMention, Span, outlet_id, site_of
from ingest.urls import registered_domain

NAMED: Final = ("rule:outlet-list", 0.85)
"""Method and confidence of an outlet that is recognised by its name in a text."""
PROGRAMME: Final = ("rule:outlet-programme", 0.8)
IN_CONTEXT: Final = ("rule:outlet-context", 0.7)
WRITTEN_OUT: Final = ("rule:outlet-domain", 0.95)
NAMED_SO: Final = ("rule:outlet-shape", 0.6)
CALL_SIGN: Final = ("rule:outlet-call-sign", 0.8)
LINKED: Final = ("structure:link", 0.95)
DATELINE: Final = ("structure:dateline", 0.95)
BYLINE: Final = ("structure:byline", 0.95)
PUBLISHER: Final = ("structure:publisher", 1.0)


@dataclass(frozen=True, slots=True)
class OutletSpan:
    """Where a text names an outlet, or links to one.

    ``credit`` says that the text's own dateline or by-line names it as where the text is from.
    """

    start: int
    end: int
    outlet: Outlet
    method: str = NAMED[0]
    confidence: float = NAMED[1]
    credit: bool = False

    @property
    def span(self) -> Span:
        """The same place as a span."""
        return Span(self.start, self.end)


# --- by address ------------------------------------------------------------------------------------------------


def by_domain(domain: str | None) -> Outlet | None:
    """The listed outlet that publishes under a registered domain."""
    return shipped().by_host.get(domain) if domain else None


# What a short address leads to cannot be told from it.
_SHORTENERS: Final = frozenset(
    (
        *(
            "bit.ly",
            "tinyurl.com",
            "goo.gl",
            "ow.ly",
            "t.co",
            "is.gd",
            "buff.ly",
            "dlvr.it",
            "lnkd.in",
            "amzn.to",
            "j.mp",
        ),
        *("trib.al", "tiny.cc", "cutt.ly", "shorturl.at", "rebrand.ly", "ift.tt", "feedburner.com"),
    )
)
# Copies of other publishers' pages, whose addresses say of which: "web.archive.org/web/2020.../https://...".
_COPY: Final = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:is|ph|today|md|li|vn|fo))/[^/?]+/(https?:.+)", re.I
)
_REDIRECT: Final = re.compile(
    r"https?://(?:www\.)?google\.[a-z.]+/url\?|https?://l\.facebook\.com/l\.php\?", re.IGNORECASE
)


def outlet_of(url: str) -> Outlet | None:
    """Who publishes what a link leads to: a listed outlet, or the registered domain as an outlet of its own.

    ``None`` for what is no web address, has no registered domain, or only passes on to an unknown one.
    """
    if not url[:8].lower().startswith(("http://", "https://")):
        return None
    if _REDIRECT.match(url):
        try:
            asked = parse_qs(urlsplit(url).query)
        except ValueError:
            return None
        target = next(iter(asked.get("url") or asked.get("q") or asked.get("u") or []), "")
        return outlet_of(target) if not _REDIRECT.match(target) else None
    copied = _COPY.match(url)
    host = site_of(copied[1] if copied else url)
    return _of_host(host) if host else None


@lru_cache(maxsize=4096)
def _of_host(host: str) -> Outlet | None:
    by_host = shipped().by_host
    if (listed := by_host.get(host)) is not None:
        return listed
    domain = registered_domain(host)
    if domain is None or domain in _SHORTENERS:
        return None
    return by_host.get(domain) or Outlet(outlet_id(domain=domain, name=domain), domain, domain)


def own_outlet(document: Document) -> Outlet | None:
    """Who published the document, as the catalogue knows it, or else as the page states it.

    Where the page has an address, that decides: a site may call itself what it likes.
    """
    stated = document.outlet
    by_host = shipped().by_host
    if document.url is not None and (host := site_of(document.url)) is not None and host in by_host:
        return by_host[host]
    if stated is None:
        return None
    if stated.domain is not None:
        return by_host.get(stated.domain, stated)
    return shipped().named(stated.name) or stated


def as_known(outlet: Outlet) -> Outlet:
    """The outlet as the catalogue has it, where it knows its domain; else as it is stated."""
    return shipped().by_host.get(outlet.domain, outlet) if outlet.domain is not None else outlet


def linked_from(document: Document, own: Outlet | None = None) -> dict[Container, list[OutletSpan]]:
    """Where each container links to outlets, in the order of the text; ``own`` is the page's own one."""
    found: dict[Container, list[OutletSpan]] = {}
    for link in document.links:
        outlet = outlet_of(link.url)
        if outlet is not None:
            outlet = own if own is not None and own.id == outlet.id else outlet
            found.setdefault(link.container, []).append(OutletSpan(link.start, link.end, outlet, *LINKED))
    for spans in found.values():
        spans.sort(key=lambda span: (span.start, span.end))
    return found


# --- by name ---------------------------------------------------------------------------------------------------


def all_named(document: Document, own: Outlet | None) -> dict[Container, list[OutletSpan]]:
    """``named_in`` for each container of a page; what the body names is known to its comments."""
    found: dict[Container, list[OutletSpan]] = {}
    body: tuple[Outlet, ...] = ()
    for container, text in document.containers():
        found[container] = named_in(text, own, body)
        if container == BODY:
            body = tuple({span.outlet.id: span.outlet for span in found[container]}.values())
    return found


def named_in(text: str, own: Outlet | None, earlier: Sequence[Outlet] = ()) -> list[OutletSpan]:
    """Where ``text`` names outlets: listed ones, and the document's own. In order, never overlapping.

    Args:
        text: any text; the time is linear in its length.
        own: who published the document.
        earlier: outlets that were named before the text begins, the last one last.
    """
    shown = plain(text)
    places = list(_places(shown.translate(_UNBROKEN), own))
    context = Context(shown, own, earlier, places)
    found = [span for place in places if (span := _decided(place, context)) is not None]
    return _credited(text, found)


_UNBROKEN: Final = {ord("\n"): " ", ord("\r"): " "}  # a name goes on over the end of a line
_WORD: Final = re.compile(r"[^\W_]+")
_CHUNK: Final = re.compile(r"\S+")
_SCHEME: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"((?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,18})(/\S*)?[.,;:!?)\]”\"'’]*")
_LONGEST_ADDRESS: Final = 300
_ACCOUNT: Final = re.compile(r"\w+")


def _places(text: str, own: Outlet | None) -> Iterator[Place]:
    """Every place where a name of an outlet stands, the longest first where several do, in order, none overlapping."""
    by_first = shipped().by_first_word
    more = dict(unlisted(text))
    if (own_form := _own_form(own)) is not None:
        key = first_word(own_form.text)
        more[key] = (own_form, *more.get(key, ()))
    addresses = _addresses(text)
    address = next(addresses, None)
    reached = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < reached:
            continue
        while address is not None and address.end <= start:
            address = next(addresses, None)
        within = address if address is not None and address.start <= start else None
        key = word[0].casefold()
        forms: Sequence[Form] = by_first.get(key, ())
        if key in more:
            forms = (*more[key], *forms)
        place = None
        if within is None and text[start - 1 : start] == "@":
            place = _account_at(text, start)
        elif forms or within is not None:
            place = _name_at(text, start, forms, within)
        elif word[0].isupper() and (called := station(text, word)) is not None:
            place = Place(start, called[1], (), called[0], CALL_SIGN)
        if place is not None:
            yield place
        reached = place.end if place is not None else within.end if within is not None else reached


def _name_at(text: str, start: int, forms: Sequence[Form], within: _Address | None) -> Place | None:
    """The longest name that stands at ``start``. Of an address only the whole is a name, and else its owner's."""
    matching = [form for form in forms if _stands(text, start, form)]
    if within is not None:
        matching = [form for form in matching if within.end <= start + len(form.text)]
        if not matching:
            return Place(within.start, within.end, (), within.listed, WRITTEN_OUT) if within.listed else None
    if not matching:
        return None
    longest = max(len(form.text) for form in matching)
    return Place(start, start + longest, tuple(form for form in matching if len(form.text) == longest))


def _account_at(text: str, start: int) -> Place | None:
    account = _ACCOUNT.match(text, start)
    listed = shipped().by_handle.get(account[0].replace("_", "").casefold()) if account else None
    return Place(start, account.end(), (), listed, WRITTEN_OUT) if account and listed else None


@dataclass(frozen=True, slots=True)
class _Address:
    """An address that is written out; ``listed`` where it is all of a listed outlet's, and no page of it."""

    start: int
    end: int
    listed: Outlet | None = None


def _addresses(text: str) -> Iterator[_Address]:
    """Links, mail addresses and domains, in order: the words in them are no names."""
    for chunk in _CHUNK.finditer(text):
        words = chunk[0]
        if (scheme := _SCHEME.search(words)) is not None:
            yield _Address(chunk.start() + scheme.start(), chunk.end())
        elif "@" in words[1:] and words[words.index("@", 1) - 1].isalnum():
            yield _Address(chunk.start(), chunk.end())
        elif "." in words[1:-1] and len(words) <= _LONGEST_ADDRESS:
            skipped = len(words) - len(words.lstrip("(“\"'‘["))
            found = _DOMAIN.fullmatch(words, skipped)
            if found is None:
                continue
            start = chunk.start() + skipped
            listed = _listed_host(found[1].lower())
            if found[2] is not None:
                yield _Address(start, chunk.end())
            elif listed is not None or found[1].islower():
                yield _Address(start, start + len(found[1]), listed)


def _listed_host(host: str) -> Outlet | None:
    """The listed outlet of a host that a text writes out, by the host itself or the domain that it is under."""
    by_host = shipped().by_host
    while "." in host:
        if host in by_host:
            return by_host[host]
        host = host.split(".", 1)[1]
    return None


def _own_form(own: Outlet | None) -> Form | None:
    """The name of an outlet that is not listed. A single word without any mark of a name is no evidence."""
    if own is None or by_domain(own.domain) == own or len(own.name) <= 3:
        return None
    name = plain(own.name).removeprefix("The ")
    single = re.fullmatch(r"[^\W\d_]+", name) is not None
    if single and name[1:].islower() and (own.domain or "").split(".")[0] != name.casefold():
        return None
    return Form(name, "clear", (own,), article=False, loose=False) if _WORD.match(name) else None


def _stands(text: str, start: int, form: Form) -> bool:
    """Whether a name stands at ``start``, as a name of its own and no part of another word."""
    end = start + len(form.text)
    there = text[start:end]
    if there != form.text:
        several = " " in form.text
        folded = form.loose and there.casefold() == form.text.casefold()
        if not folded and not (several and form.kind == "clear" and there == form.text.upper()):
            return False
    if form.article and form.kind != "short" and text[max(0, start - 4) : start].lower() != "the ":
        return False
    strict = form.kind in ("short", "word", "surname")
    before, after = text[start - 1 : start], text[end : end + 2]
    if before and (before in "@#_" or (before in "-." and (strict or not text[start - 2 : start - 1].isalnum()))):
        return False
    if before == "/" and (strict or not text[start - 2 : start - 1].isalpha()):
        return False
    if before == "-" and not _capitalised_before(text, start - 1):
        return False
    follows = after[:1]
    if follows.isalnum() or follows in ("_", "@"):
        return False
    if follows == "/" and not after[1:].isupper():
        return False
    return not (follows in ("-", ".") and after[1:].isalnum() and (strict or follows == "."))


def _capitalised_before(text: str, end: int) -> bool:
    start = end
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    return start < end and text[start].isupper()


def _decided(place: Place, context: Context) -> OutletSpan | None:
    if place.listed is not None:
        context.name(place.listed, place)
        return OutletSpan(place.start, place.end, place.listed, *place.method)
    for kind, method in (("clear", NAMED), ("programme", PROGRAMME)):
        for form in place.forms:
            if form.kind == kind and not context.is_another(place, form):
                if form.outlets[0].domain is None and shipped().named(form.outlets[0].name) is None:
                    method = NAMED_SO
                context.name(form.outlets[0], place)
                return OutletSpan(place.start, place.end, form.outlets[0], *method)
    outlet = context.decide(place)
    if outlet is None:
        return None
    context.name(outlet, place)
    return OutletSpan(place.start, place.end, outlet, *IN_CONTEXT)


# --- by the text's own dateline or by-line ---------------------------------------------------------------------


_HEAD: Final = 1_500
_DATELINE: Final = re.compile(
    r"^[ \t]*(?:[A-Z][\w.'-]*(?:[ ,/]+(?:[A-Z][\w.'-]*|\d{1,2}|of|de|la))*[, ]*)?\(([^()\n]{2,40})\) ?(?:[-–—]|--) ?",
    re.MULTILINE,
)
_BYLINE: Final = re.compile(
    r"^[ \t]*(?:By|BY) [A-Z][^\n,|]{2,60}?(?:,| of| for|[ ]*[|/•·–—]|[ ]-)[ ]*(?:the |The )?(?P<from>[^\n]{2,60})$",
    re.MULTILINE,
)


def _credited(text: str, found: list[OutletSpan]) -> list[OutletSpan]:
    """``found`` with those marked that the beginning of the text names as where it is from."""
    head = text[:_HEAD]
    credits = [(match.start(1), match.end(1), DATELINE) for match in _DATELINE.finditer(head)]
    credits += [(match.start("from"), match.end("from"), BYLINE) for match in _BYLINE.finditer(head)]
    if not credits:
        return found
    return [
        next(
            (
                replace(span, method=method[0], confidence=method[1], credit=True)
                for start, end, method in credits
                if start <= span.start and span.end <= end
            ),
            span,
        )
        for span in found
    ]


# --- the whole -------------------------------------------------------------------------------------------------


def outlet_mentions(
    own: Outlet | None, named: Mapping[Container, list[OutletSpan]], linked: Mapping[Container, list[OutletSpan]]
) -> tuple[OutletMention, ...]:
    """One ``OutletMention`` for each outlet, the document's own first; with the best of its methods."""
    outlets: dict[str, Outlet] = {}
    places: dict[str, dict[Mention, None]] = {}  # as keys: a place that is both named and linked counts once
    methods: dict[str, tuple[str, float]] = {}
    if own is not None:
        outlets[own.id], places[own.id], methods[own.id] = own, {}, PUBLISHER
    for spans_of in (named, linked):
        for container, spans in spans_of.items():
            for span in spans:
                key = span.outlet.id
                outlets.setdefault(key, span.outlet)
                if key not in methods or span.confidence > methods[key][1]:
                    methods[key] = span.method, span.confidence
                places.setdefault(key, {})[Mention(container, span.start, span.end)] = None
    return tuple(
        OutletMention(outlet=outlet, mentions=tuple(places[key]), method=methods[key][0], confidence=methods[key][1])
        for key, outlet in outlets.items()
    )
