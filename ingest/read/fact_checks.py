"""ClaimReview in a page's mark-up -> fact-checks: who published which verdict on which words.

JSON-LD (alone, in a list, in ``@graph``, within another thing) and microdata. What cannot be used costs the page
nothing: it is left out, and a note says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from lxml.etree import _Element

from ingest.model import FactCheck, Outlet, Verdict, fact_check_id, outlet_id
from ingest.read.encoding import without_surrogates
from ingest.read.htmlthreads import absolute
from ingest.read.times import parse_time
from ingest.urls import canonical, registered_domain

_TYPE: Final = "claimreview"
_DEEPEST: Final = 40
_MOST: Final = 200
_LONGEST: Final = 5_000
"""Characters of a claim that are kept."""
_LONGEST_NAME: Final = 300
_COMMENT: Final = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a page's mark-up says of claims, and a line for people for each piece that cannot be used."""

    fact_checks: tuple[FactCheck, ...]
    notes: tuple[str, ...]


def fact_checks_of(root: _Element, base: str | None) -> Checked:
    """The fact-checks that a page states, each once, in the order of the page."""
    notes: list[str] = []
    found: dict[str, FactCheck] = {}
    for review in (*_json_ld(root, notes), *_microdata(root)):
        check = _fact_check(review, base)
        if check is None:
            notes.append("a ClaimReview that names no claim or no rating was left out")
        elif len(found) < _MOST:
            found.setdefault(check.id, check)
    return Checked(tuple(found.values()), tuple(dict.fromkeys(notes)))


def verdict_of(
    rating: str | None, value: float | None = None, best: float | None = None, worst: float | None = None
) -> Verdict:
    """What a rating amounts to: by its words where they are known, else by its number between worst and best."""
    words = _plain(rating or "")
    if words:
        known = _verdicts()
        if words in known:
            return known[words]
        # "False. The photo is from 2014": the first words that are known, longest first.
        for phrase, verdict in known.items():
            if re.match(rf"{re.escape(phrase)}(?!\w)", words):
                return verdict
        for phrase, verdict in known.items():
            if len(phrase) > 4 and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words):
                return verdict
    return _by_number(value, best, worst)


def _by_number(value: float | None, best: float | None, worst: float | None) -> Verdict:
    if value is None or best is None or worst is None or best == worst:
        return "other"
    share = (value - worst) / (best - worst)
    if not 0 <= share <= 1:
        return "other"
    steps: tuple[tuple[float, Verdict], ...] = (
        (0.125, "false"),
        (0.375, "mostly_false"),
        (0.625, "mixed"),
        (0.875, "mostly_true"),
    )
    return next((verdict for below, verdict in steps if share < below), "true")


@cache
def _verdicts() -> Mapping[str, Verdict]:
    """Ratings as fact-checkers word them, the longest first."""
    known: dict[str, Verdict] = {}
    verdict: Any = ""
    for raw in (files("ingest.read") / "data" / "verdicts.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            verdict = line[1:-1]
        elif line and not line.startswith("#"):
            known[_plain(line)] = verdict
    return dict(sorted(known.items(), key=lambda item: -len(item[0])))


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


# --- where they stand -----------------------------------------------------------------------------------------------


def _json_ld(root: _Element, notes: list[str]) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if not text.strip():
            continue
        known = list(_objects(text))
        if not known and "claimreview" in text.lower():
            notes.append("a ClaimReview in JSON-LD that is broken was left out")
        for one in known:
            nodes = _by_reference(one)
            yield from (_resolved(review, nodes) for review in _reviews(one, 0))


def _objects(text: str) -> Iterator[Any]:
    """The values in a script; what is written a little wrong (comments around it, a comma too many) is read too."""
    text = _COMMENT.sub("", _COMMENT.sub("", text)).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            yield json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return


def _reviews(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _reviews(item, depth + 1)
    elif isinstance(value, dict):
        if _is_type(value, _TYPE):
            yield value
        else:
            for item in value.values():
                if isinstance(item, dict | list):
                    yield from _reviews(item, depth + 1)


def _by_reference(
    value: Any, depth: int = 0, found: dict[str, Mapping[str, Any]] | None = None
) -> dict[str, Mapping[str, Any]]:
    """The nodes of a graph by ``@id``: one may be named where it stands and told elsewhere."""
    found = {} if found is None else found
    if depth <= _DEEPEST:
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1:
                found.setdefault(name, value)
            for item in value.values():
                _by_reference(item, depth + 1, found)
        elif isinstance(value, list):
            for item in value:
                _by_reference(item, depth + 1, found)
    return found


def _resolved(review: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    def known(value: Any, depth: int) -> Any:
        if depth > 4:
            return value
        if isinstance(value, list):
            return [known(item, depth + 1) for item in value]
        if isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) == 1 and name in nodes:
                value = nodes[name]
            return {key: known(item, depth + 1) for key, item in value.items()}
        return value

    found: Mapping[str, Any] = known(dict(review), 0)
    return found


def _is_type(value: Mapping[str, Any], name: str) -> bool:
    types = value.get("@type")
    return any(
        isinstance(one, str) and one.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() == name
        for one in (types if isinstance(types, list) else [types])
    )


def _microdata(root: _Element) -> Iterator[Mapping[str, Any]]:
    for element in root.iter():
        kind = element.get("itemtype") if isinstance(element.tag, str) else None
        if kind is not None and any(one.rsplit("/", 1)[-1].lower() == _TYPE for one in kind.split()):
            yield _item(element, 0)


def _item(scope: _Element, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting = list(reversed(scope))
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        names = (element.get("itemprop") or "").split()
        nested = element.get("itemscope") is not None
        if names and depth < _DEEPEST:
            value = _item(element, depth + 1) if nested else _value(element)
            for name in names:
                found.setdefault(name, value)
        if not nested:
            waiting.extend(reversed(element))
    return found


def _value(element: _Element) -> str:
    for name in ("content", "href", "src", "datetime", "value"):
        stated = element.get(name)
        if stated is not None:
            return stated
    return " ".join("".join(text for text in element.itertext() if isinstance(text, str)).split())


# --- what they say ---------------------------------------------------------------------------------------------------


def _fact_check(review: Mapping[str, Any], base: str | None) -> FactCheck | None:
    claim = _first(review.get("claimReviewed"))
    item = _thing(review.get("itemReviewed"))
    words = _text(claim) or _text(item.get("text")) or _text(item.get("name")) or _text(item.get("description"))
    rating = _thing(review.get("reviewRating"))
    named = _text(rating.get("alternateName")) or _text(rating.get("name")) or _text(rating.get("ratingExplanation"))
    number = _number(rating.get("ratingValue"))
    stated = named or _text(rating.get("ratingValue")) or _text(review.get("reviewRating"))
    if not words or not stated:
        return None
    url = _address(review.get("url"), base)
    outlet = _outlet(review, url or base)
    words = words[:_LONGEST]
    shown = stated[:_LONGEST_NAME]
    return FactCheck(
        id=fact_check_id(url, outlet.id if outlet else None, words, shown),
        url=url,
        outlet=outlet,
        rating=shown,
        verdict=verdict_of(named, number, _number(rating.get("bestRating")), _number(rating.get("worstRating"))),
        claim_text=words,
        claimant=_claimant(item),
        published_at=_time(review.get("datePublished") or review.get("dateCreated")),
    )


def _claimant(item: Mapping[str, Any]) -> str | None:
    for key in ("author", "creator", "spokenByCharacter"):
        who = _first(item.get(key))
        name = _text(who.get("name")) if isinstance(who, dict) else _text(who)
        if name:
            return name[:_LONGEST_NAME]
    return None


def _outlet(review: Mapping[str, Any], address: str | None) -> Outlet | None:
    for key in ("author", "publisher"):
        who = _first(review.get(key))
        name = _text(who.get("name")) if isinstance(who, dict) else _text(who)
        site = _address(who.get("url"), address) if isinstance(who, dict) else None
        domain = _domain(site) or _domain(address)
        if name or domain:
            shown = (name or domain or "")[:_LONGEST_NAME]
            return Outlet(outlet_id(domain=domain, name=shown), shown, domain)
    domain = _domain(address)
    return Outlet(outlet_id(domain=domain, name=domain), domain, domain) if domain else None


def _domain(address: str | None) -> str | None:
    return registered_domain(address) if address else None


def _address(value: Any, base: str | None) -> str | None:
    stated = _first(value)
    if isinstance(stated, dict):
        stated = stated.get("@id") or stated.get("url")
    if not isinstance(stated, str) or not stated.strip():
        return None
    address = absolute(stated.strip(), base)
    if address is None or not address.lower().startswith(("http://", "https://")):
        return None
    try:
        return canonical(address)
    except ValueError:
        return None


def _time(value: Any) -> datetime | None:
    stated = _text(_first(value))
    return parse_time(stated) if stated else None


def _thing(value: Any) -> Mapping[str, Any]:
    found = _first(value)
    return found if isinstance(found, dict) else {}


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else (None if isinstance(value, list) else value)


def _text(value: Any) -> str | None:
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(without_surrogates(str(value)).replace("\x00", " ").split()) or None


def _number(value: Any) -> float | None:
    stated = _text(value)
    try:
        number = float(stated.replace(",", ".")) if stated else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e9 else None
