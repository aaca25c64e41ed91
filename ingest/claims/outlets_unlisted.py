"""Outlets that no catalogue lists, by how they are named.

A name in capitals that ends as names of papers and stations do ("Harbour Gazette", "Tarn Radio") is an outlet's where
the text says so once, "told the Harbour Gazette", "an article in the Tarn Herald"; then it is one in the whole text.
Stations in the United States are also told by their call signs, "WKOW-TV".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ingest.claims.outlets_catalogue import Form, first_word, shipped, without_article
from ingest.claims.outlets_context import given_names, says_outlet
from ingest.model import Outlet, outlet_id

# Names end so, and seldom other names do; or only after an article, since people are called so too.
_SURE: Final = (
    r"Gazette|Tribune|Herald|Chronicle|Courier|Inquirer|Examiner|Sentinel|Telegraph|Observer|Advertiser|Bulletin|News"
    r"|Times|Journal|Daily|Weekly|Dispatch|Register|Magazine|Radio|FM|Echo|Argus|Mercury|Enquirer|Monitor"
)
_AFTER_ARTICLE: Final = r"Post|Star|Mail|Mirror|Standard|Record|Review|Press|Globe|Independent|Express|Reporter|Leader"
_NAME: Final = re.compile(
    rf"(?P<article>\b[Tt]he\ )?\b(?P<name>(?:[A-Z][\w'&-]{{0,30}}\ ){{1,4}}(?:(?P<sure>{_SURE})|{_AFTER_ARTICLE}))\b"
    r"(?!-\w|\ [A-Z])"
)
_NO_NAME: Final = frozenset(("The", "A", "An", "In", "On", "At", "Local", "State", "Good", "Bad", "Fake", "Breaking"))


def unlisted(text: str) -> Mapping[str, tuple[Form, ...]]:
    """The forms of such names by their first words; ``text`` as ``outlets_catalogue.plain`` leaves it, on one line."""
    found: dict[str, Form] = {}
    for match in _NAME.finditer(text):
        name = match["name"]
        if name in found or not (match["article"] or match["sure"]):
            continue
        words = name.split()
        if words[0] in _NO_NAME or words[0] in given_names() or _is_listed(name):
            continue
        if says_outlet(text, match.start("name"), match.end("name")):
            outlet = Outlet(outlet_id(domain=None, name=name), name)
            found[name] = Form(name, "clear", (outlet,), article=False, loose=False)
    by_first: dict[str, tuple[Form, ...]] = {}
    for name, form in found.items():
        key = first_word(name)
        by_first[key] = (*by_first.get(key, ()), form)
    return by_first


def _is_listed(name: str) -> bool:
    """Whether the name, or an end or a beginning of it, is listed already."""
    catalogue = shipped()
    if any(form.text == name for form in catalogue.by_first_word.get(first_word(name), ())):
        return True
    words = re.split(r"[ -]", name)
    parts = [" ".join(words[at:]) for at in range(len(words) - 1)] + [
        " ".join(words[:at]) for at in range(2, len(words))
    ]
    return any(catalogue.named(without_article(part)) is not None for part in parts)


_CALL_SIGN: Final = re.compile(r"[KW][A-Z]{2,3}")
_STATION: Final = re.compile(r"-(?:TV|FM|AM|DT|LD)\b")


def station(text: str, word: re.Match[str]) -> tuple[Outlet, int] | None:
    """The station whose call sign is ``word``, and where its name ends; ``None`` without a suffix that says so."""
    if _CALL_SIGN.fullmatch(word[0]) is None or (suffix := _STATION.match(text, word.end())) is None:
        return None
    return Outlet(outlet_id(domain=None, name=word[0]), word[0], None, "US", "broadcaster"), suffix.end()
