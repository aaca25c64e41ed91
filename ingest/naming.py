"""How much a name says: whether the same name on two pages means the same one.

A full name does, until a person parts two namesakes. A surname alone, initials, or what anybody may sign with
("Anonymous", "Guest") does not: whoever bears it stays local to the page, by the qualifier of the id.
"""

from __future__ import annotations

import re

from ingest.model import Document, EntityKind, Id, account_id, entity_id


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HONORIFICS = _words(
    """
    mr mrs ms mx miss mister madam madame monsieur m mme mlle herr frau señor señora senor senora sra don doña dr doctor
    prof professor sir lord lady dame baron baroness count countess duke duchess king queen prince princess emperor
    empress sultan emir sheikh shaikh sheik pope cardinal archbishop bishop father rev reverend rabbi imam ayatollah
    mullah pastor brother sister saint st president vice premier chancellor prime minister secretary senator sen
    congressman congresswoman representative rep governor gov mayor ambassador judge justice attorney general gen
    lieutenant lt colonel col major maj captain capt sergeant sgt corporal private admiral adm commander cmdr marshal
    officer detective inspector sheriff chief chairman chairwoman coach hon deputy former ex acting late then
    """
)
"""Titles and what goes before them; no part of who somebody is."""

SUFFIXES = _words("jr sr ii iii iv esq phd md mp mep kc qc obe cbe jnr")

_ANYBODY = _words(
    """
    anonymous anon anonym anonymus anonyme anonimo anónimo anonymer guest gast invité visitor reader commenter user
    member unknown nobody noname nickname someone somebody admin administrator moderator mod webmaster editor editors
    editorial staff newsroom correspondent reporter contributor author writer blogger poster op me myself name test
    deleted removed private na none null undefined
    """
)
_FILLING = _words(
    "a an the our your web site news desk coward person user reader writer reporter correspondent member account from"
)
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ \-]?){1,3}")
_NO_SPACES = 0x2E80
"""From this code point on, scripts write names without spaces."""


def says_who(kind: EntityKind, name: str) -> bool:
    """Whether an entity of this name is the same one on every page.

    Of a person that takes two words that are more than initials, or two initials and a family name, titles aside; of
    anything else any name will do.
    """
    if kind != "person":
        return True
    words = [word for word in _WORD.findall(name.casefold()) if word not in HONORIFICS and word not in SUFFIXES]
    if any(len(word) > 1 and ord(word[0]) >= _NO_SPACES for word in words):
        return True
    spelled = sum(len(word) > 1 for word in words)
    return spelled > 1 or (spelled == 1 and len(words) > 2)


def anybody(name: str) -> bool:
    """Whether a writer's name is one that anybody may sign with: "Anonymous", "Guest 12", "A. K.", "JK"."""
    shown = " ".join(name.split())
    if _INITIALS.fullmatch(shown) and (shown == shown.upper() or "." in shown or len(shown) == 1):
        return True
    words = _WORD.findall(shown.casefold())
    return not words or (any(word in _ANYBODY for word in words) and all(w in _ANYBODY | _FILLING for w in words))


def account(document: Document, name: str) -> Id:
    """The account that a comment of a page, or the page, is signed with."""
    return account_id(document.site, name, document.id if anybody(name) else "")


def named(document: Document, kind: EntityKind, name: str) -> Id:
    """The entity that a page means by a name."""
    return entity_id(kind, name, "" if says_who(kind, name) else document.id)
