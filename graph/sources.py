"""Pure: through whom an assertion reached us, and how many sources several assertions really have.

An assertion goes from its speaker outwards: through the outlets that it cites, then through whoever is said to report
it and what those cite, then, where its words are quoted or copied from another text, through that, and last through
the account or outlet in whose text it stands. Its *source* is the speaker and the first it went through. Two pages
that print the same agency's report have one source; so have a page and its copy, and a page and a comment that quotes
it. Descriptions ("two officials") are not told from one another: of several unnamed speakers through one outlet one
is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
Step = dict[str, Any]


def through(row: Row) -> list[Step]:
    """Everybody an assertion went through, from its speaker outwards; the last is the text that it stands in.

    Args:
        row: of ``read/reached``.

    Returns:
        Steps with ``kind`` (``speaker``, ``cited``, ``reported``, ``quoted``, ``copied``, ``comment``, ``page``), the
        ``id`` and ``name`` of whoever it is, where known; with the ``role`` in which an outlet is cited, the
        ``assertion`` that reports or is quoted, the ``document`` it stands in, and the ``share`` of a copy that is the
        same.
    """
    steps: list[Step] = []
    for place, link in enumerate(row["chain"]):
        speaker = link["speaker"] or {"id": None, "name": None}
        steps.append(_step("reported" if place else "speaker", speaker, assertion=link["id"]))
        steps += [_step("cited", cited, role=cited["role"], assertion=link["id"]) for cited in link["cites"]]
    steps += [_step("quoted", {"id": None, "name": None}, assertion=quoted) for quoted in row["quotes"]]
    if row["copied"]:
        copied = row["copied"]
        steps.append(_step("copied", _of_page(copied), document=copied["document"]["id"], share=copied["share"]))
    if row["comment"]:
        writer = row["comment"]["writer"] or {"id": None, "name": None}
        steps.append(_step("comment", writer, document=row["document"]["id"]))
    else:
        steps.append(_step("page", _of_page(row), document=row["document"]["id"]))
    return steps


def sources(rows: Iterable[Row]) -> Step:
    """How many sources several assertions have, and what each of them says.

    Args:
        rows: of ``read/reached``, all assertions of one claim.

    Returns:
        ``assertions``, how many there are; ``independent``, how many sources; ``ends``, each source with its
        ``speaker``, the first it came ``through``, and the ids of its ``assertions``, those with the most first.
    """
    by_id = {row["id"]: row for row in rows}
    ends: dict[tuple[str | None, str], Step] = {}
    for identity, row in sorted(by_id.items()):
        end = _end(by_id, row)
        speaker = end["chain"][0]["speaker"] if end["chain"] else None
        first = _first(end)
        named = speaker if speaker and speaker["kind"] != "unnamed" else None
        key = (named["id"] if named else None, first["id"])
        known = ends.setdefault(
            key,
            {
                "speaker": {"id": named["id"], "name": named["name"]} if named else None,
                "through": first,
                "assertions": [],
            },
        )
        known["assertions"].append(identity)
    ordered = sorted(ends.items(), key=lambda item: (-len(item[1]["assertions"]), item[0][0] or "", item[0][1]))
    return {"assertions": len(by_id), "independent": len(ends), "ends": [end for _, end in ordered]}


def _end(by_id: Mapping[str, Row], row: Row) -> Row:
    """The assertion that this one's words are quoted from in the end, as far as it is among them."""
    seen: set[str] = set()
    while row["id"] not in seen and not _cited(row):
        seen.add(row["id"])
        row = next((by_id[quoted] for quoted in row["quotes"] if quoted in by_id), row)
    return row


def _cited(row: Row) -> Step | None:
    """The first outlet or person that the text itself says the words came through."""
    for place, link in enumerate(row["chain"]):
        if place and link["speaker"]:
            return {"id": link["speaker"]["id"], "name": link["speaker"]["name"]}
        if link["cites"]:
            return {"id": link["cites"][0]["id"], "name": link["cites"][0]["name"]}
    return None


def _first(row: Row) -> Step:
    cited = _cited(row)
    if cited is not None:
        return cited
    if row["comment"]:
        return row["comment"]["writer"] or {"id": row["comment"]["id"], "name": None}
    return _of_page(row["copied"] or row)


def _of_page(row: Row) -> Step:
    """Who is answerable for a page: its outlet, else its writer, else nobody but the page."""
    known = row["outlet"] or row.get("writer")
    return {"id": known["id"], "name": known["name"]} if known else {"id": row["document"]["id"], "name": None}


def _step(kind: str, who: Row, **more: Any) -> Step:
    empty = {"role": None, "assertion": None, "document": None, "share": None}
    return {"kind": kind, "id": who["id"], "name": who["name"], **empty, **more}
