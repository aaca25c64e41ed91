"""Pure: rows of the graph as the answers of ``api.schemas``.

Spans become pairs, empty ``source`` and ``cue`` become null, the words around an assertion end at whole words, and each
assertion gets the line to cite it by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from api import schemas
from api.citation import cite, cite_dispute, cite_fact_check, cite_page

Row = Mapping[str, Any]

CUT = 24
"""How many characters at an edge of the context may be given up to end at a whole word."""


def spans(flat: Sequence[int] | None) -> list[tuple[int, int]] | None:
    """``[s, e, s, e]`` as pairs; ``None`` for none at all."""
    if not flat:
        return None
    return [pair for n, pair in enumerate(pairwise(flat)) if n % 2 == 0]


def assertion(row: Row) -> schemas.Assertion:
    """An assertion with its evidence."""
    version, comment, speaker = row["version"], row["comment"], row["speaker"]
    # A comment may have come later than the text above it was first read, from bytes that do not hold it.
    proof = comment or version
    context = trimmed(row["context"], row["context_start"], *_extent(row))
    line = cite(
        speaker=speaker["name"] if speaker else None,
        words=row["text"],
        directness=row["directness"],
        polarity=row["polarity"],
        via=[cited["name"] for cited in row["cites"] if cited["role"] == "via"],
        commenter=comment is not None,
        posted_at=comment["posted_at"] if comment else None,
        title=version["title"],
        outlet=row["outlet"]["name"] if row["outlet"] else None,
        url=(comment and comment["url"]) or row["document"]["url"],
        published_at=version["published_at"],
        version=version["id"],
        fetched_at=proof["fetched_at"],
        sha256=proof["sha256"],
    )
    given = {name: row[name] for name in _PLAIN}
    return schemas.Assertion.model_validate(
        {
            **given,
            "container": "body" if comment is None else comment["index"],
            "source": spans(row["source"]),
            "cue": spans(row["cue"]),
            "content": spans(row["content"]) or [],
            "when": spans(row["when"]),
            "context": context,
            "cite": line,
            "comment": written(comment) if comment else None,
        }
    )


def dispute(row: Row) -> schemas.Dispute:
    """A dispute with the evidence of both sides."""
    stated, target = _side(row["stated"], row["text"]), _side(row["target"], row["against"])
    assert stated is not None
    comment = row["stated"]["comment"]
    proof = comment or row["stated"]["version"]
    line = cite_dispute(
        kind=row["kind"],
        by=row["by"]["name"] if row["by"] else None,
        words=row["text"],
        whose=target.speaker.name if target is not None and target.speaker is not None else None,
        against=row["against"],
        commenter=comment is not None,
        title=stated.version.title,
        outlet=stated.outlet.name if stated.outlet else None,
        url=(comment and comment["url"]) or stated.document.url,
        published_at=stated.version.published_at,
        version=stated.version.id,
        fetched_at=proof["fetched_at"],
        sha256=proof["sha256"],
    )
    given = {name: row[name] for name in schemas.Dispute.model_fields if name not in ("stated_in", "target", "cite")}
    return schemas.Dispute.model_validate({**given, "stated_in": stated, "target": target, "cite": line})


def _side(row: Row | None, words: str) -> schemas.Side | None:
    if row is None:
        return None
    comment = row["comment"]
    flat = row["spans"]
    low, high = (min(flat), max(flat)) if flat else (0, 0)
    return schemas.Side.model_validate(
        {
            **{name: row[name] for name in ("assertion", "speaker", "document", "version", "outlet")},
            "text": words,
            "spans": spans(flat) or [],
            "container": "body" if comment is None else comment["index"],
            "context": trimmed(row["context"], row["context_start"], low, high),
            "comment": written(comment) if comment else None,
        }
    )


def fact_check(row: Row) -> schemas.FactCheck:
    """A published verdict."""
    stated = row["stated"][0]
    line = cite_fact_check(
        outlet=row["outlet"]["name"] if row["outlet"] else None,
        rating=row["rating"],
        claim=row["claim_text"],
        claimant=row["claimant"],
        url=row["url"] or stated["document"]["url"],
        published_at=row["published_at"],
        version=stated["version"]["id"],
        fetched_at=stated["version"]["fetched_at"],
        sha256=stated["version"]["sha256"],
    )
    return schemas.FactCheck.model_validate({**row, "cite": line})


_PLAIN = tuple(
    name
    for name in schemas.Assertion.model_fields
    if name not in ("container", "source", "cue", "content", "when", "context", "cite", "comment")
)


def claim(row: Row) -> schemas.Claim:
    """A claim with the assertions that matched."""
    return schemas.Claim(
        id=row["id"],
        text=row["text"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        disputed=row["disputed"],
        former_ids=row["former_ids"],
        assertions=[assertion(one) for one in row["assertions"]],
        more_assertions=row["more_assertions"],
    )


def assertion_detail(row: Row, reached: Row) -> schemas.AssertionDetail:
    """An assertion with the way that it took: ``reached`` is what ``graph.read.reached`` says of it."""
    return schemas.AssertionDetail.model_validate({**assertion(row).model_dump(), **reached})


def claim_detail(row: Row, sources: Row, sides: Row) -> schemas.ClaimDetail:
    """A claim with its sources, and with what ``graph.read.claim_sides`` says of its sides."""
    said = {name: [assertion(one) for one in sides[name]] for name in ("affirming", "denying", "questioning")}
    contradicting = [
        {**one, "assertions": [assertion(each) for each in one["assertions"]]} for one in sides["contradicting"]
    ]
    return schemas.ClaimDetail.model_validate(
        {
            **claim(row).model_dump(),
            "sources": sources,
            "sides": sides["sources"],
            "contradicting": contradicting,
            **said,
        }
    )


def review(row: Row) -> schemas.Review:
    """What a person decided."""
    return schemas.Review.model_validate({name: row["with" if name == "other" else name] for name in _REVIEW})


_REVIEW = tuple(schemas.Review.model_fields)


def picked(model: type[schemas.AnswerT], row: Row) -> schemas.AnswerT:
    """A row whose names are those of the model; what the model does not have is left out.

    A count stands in the row under what it counts: ``comment_count`` is the row's ``comments``.
    """
    return model.model_validate({name: row[_counted(name)] for name in model.model_fields})


def _counted(name: str) -> str:
    return f"{name.removesuffix('_count')}s" if name.endswith("_count") else name


def written(row: Row) -> Row:
    """A row whose ``author`` is an account, with the name alone as ``author``, as ``extract`` has it."""
    account = row["author"]
    return {**row, "author": account["name"] if account else None, "account": account}


def comment(row: Row) -> schemas.CommentDetail:
    """A comment by itself."""
    return picked(schemas.CommentDetail, written(row))


def listed_document(row: Row) -> schemas.Document:
    """A document as lists have it: what its newest version says of it, beside what it is."""
    return picked(schemas.Document, _flat(row))


def document(row: Row) -> schemas.DocumentDetail:
    """A document with its text and its thread."""
    flat = {**_flat(row), "cite": _cite_page(row["version"], row["outlet"], row["url"])}
    given = {name: flat[_counted(name)] for name in schemas.DocumentDetail.model_fields if name != "comments"}
    comments = [picked(schemas.Comment, written(one)) for one in row["thread"]]
    return schemas.DocumentDetail.model_validate({**given, "comments": comments})


def version(row: Row) -> schemas.VersionDetail:
    """One text of a page."""
    return picked(schemas.VersionDetail, {**row, "cite": _cite_page(row, row["outlet"], row["document"]["url"])})


def _cite_page(version: Row, outlet: Row | None, url: str | None) -> str:
    return cite_page(
        title=version["title"],
        outlet=outlet["name"] if outlet else None,
        url=url,
        published_at=version["published_at"],
        version=version["id"],
        fetched_at=version["fetched_at"],
        sha256=version["sha256"],
    )


def _flat(row: Row) -> Row:
    return {**row["version"], **written(row), "version": row["version"]["id"]}


def trimmed(text: str, start: int, low: int, high: int) -> dict[str, Any]:
    """The context without the halves of words at its edges.

    Args:
        text: the words as the graph cut them, from ``start`` of the container on.
        start: where they begin in the container.
        low, high: the stretch of the container that has to stay.
    """
    left = 0
    if start > 0:
        space = text.find(" ", 0, max(0, min(low - start, CUT)))
        left = space + 1 if space >= 0 else 0
    right = len(text)
    space = text.rfind(" ", max(high - start, len(text) - CUT, 0))
    if space >= 0 and space > left:
        right = space
    return {"start": start + left, "end": start + right, "text": text[left:right]}


def _extent(row: Row) -> tuple[int, int]:
    offsets = [*(row["source"] or ()), *(row["cue"] or ()), *row["content"]]
    return (min(offsets), max(offsets)) if offsets else (0, 0)
