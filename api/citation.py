"""The line to cite an assertion by: who, whose words, where, which version, when, and the checksum of the page.

Pure. A line may be printed as it stands, so it claims no more than the graph holds: words that a page reports
indirectly are not given as the speaker's own, and a denial is called one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from api.plain import clean

_DOUBLE = ('"', "“", "”", "„")
_OPENING = (*_DOUBLE, "«")
_CLOSING = (*_DOUBLE, "»")
_STANCE = {"denied": "denies", "questioned": "questions"}


def cite(
    *,
    speaker: str | None,
    words: str,
    directness: str,
    polarity: str,
    via: Sequence[str] = (),
    commenter: bool = False,
    posted_at: datetime | None = None,
    title: str | None,
    outlet: str | None,
    url: str | None,
    published_at: datetime | None,
    version: str,
    fetched_at: datetime,
    sha256: str,
) -> str:
    """One line, without a full stop.

    Args:
        speaker: the name, or ``None`` where the text names nobody.
        words: the words on the page.
        directness: as in the model; only ``direct`` and ``own`` words are the speaker's own.
        polarity: as in the model; ``denied`` and ``questioned`` are said.
        via: names of what the words came through, from the speaker outwards.
        commenter: whether the words stand in a comment on the page.
        posted_at: when the comment was posted, where the page says so.
        title, outlet, url: of the page; ``None`` where it has none.
        published_at: when the page says that it was published.
        version: the id of the text of the page that the offsets point into.
        fetched_at: when the page was read.
        sha256: of the bytes as they were fetched.
    """
    parts = [
        _who(speaker, words, directness, polarity),
        *(f"via {name}" for name in via),
        *_page(title, outlet, url, commenter),
    ]
    if posted_at is not None:
        parts.append(f"posted {posted_at.date().isoformat()}")
    parts.extend(_proof(published_at, version, fetched_at, sha256))
    return clean(", ".join(parts))


def cite_page(
    *,
    title: str | None,
    outlet: str | None,
    url: str | None,
    published_at: datetime | None,
    version: str,
    fetched_at: datetime,
    sha256: str,
) -> str:
    """The line to cite a page as a whole by: what ``cite`` says of it, under the same names."""
    parts = [*_page(title, outlet, url, commenter=False), *_proof(published_at, version, fetched_at, sha256)]
    return clean(", ".join(parts))


def cite_dispute(
    *,
    kind: str,
    by: str | None,
    words: str,
    whose: str | None,
    against: str,
    commenter: bool,
    title: str | None,
    outlet: str | None,
    url: str | None,
    published_at: datetime | None,
    version: str,
    fetched_at: datetime,
    sha256: str,
) -> str:
    """The line to cite a dispute by: whose objection, in the words of the page, against whose words.

    Args:
        kind: as in the model.
        by: who raises it, or ``None`` where the page names nobody.
        words: the words of the objection on the page.
        whose: who asserted what it is against, if anybody.
        against: the words that it is against.
        commenter: whether the objection stands in a comment.
        title, outlet, url, published_at, version, fetched_at, sha256: as ``cite`` takes them, of the objection.
    """
    objection = f"{by or 'Unnamed source'}, {kind.replace('_', ' ')}, in the page’s words: {_quoted(words)}"
    target = f"against {whose}: {_quoted(against)}" if whose else f"against: {_quoted(against)}"
    parts = [objection, target, *_page(title, outlet, url, commenter)]
    parts.extend(_proof(published_at, version, fetched_at, sha256))
    return clean(", ".join(parts))


def cite_fact_check(
    *,
    outlet: str | None,
    rating: str,
    claim: str,
    claimant: str | None,
    url: str | None,
    published_at: datetime | None,
    version: str,
    fetched_at: datetime,
    sha256: str,
) -> str:
    """The line to cite a published verdict by; ``claim`` is as the fact-check words it."""
    whose = f"a claim of {claimant}" if claimant else "the claim"
    parts = [f"{outlet or 'Unnamed fact-checker'} rates {whose} {_quoted(claim)} as {_quoted(rating)}"]
    if url:
        parts.append(f"<{url}>")
    parts.extend(_proof(published_at, version, fetched_at, sha256))
    return clean(", ".join(parts))


def _who(speaker: str | None, words: str, directness: str, polarity: str) -> str:
    name = speaker or "Unnamed source"
    stance = _STANCE.get(polarity)
    if directness in ("direct", "own"):
        lead = f"{name} {stance}" if stance else name
    elif directness == "mixed":
        lead = f"{name}, partly in the page’s words" + (f", {stance}" if stance else "")
    else:
        lead = f"{name}, in the page’s words" + (f", {stance}" if stance else "")
    return f"{lead}: {_quoted(words)}"


def _quoted(words: str) -> str:
    """Words between quotation marks: those of the page where it has them, and never the same ones twice over."""
    words = words.strip()
    if words.startswith(_OPENING) and words.endswith(_CLOSING):
        return words
    return f"‘{words}’" if any(mark in words for mark in _DOUBLE) else f"“{words}”"


def _page(title: str | None, outlet: str | None, url: str | None, commenter: bool) -> Iterator[str]:
    name = f"“{title}”" if title else "page without a title"
    yield f"comment on {name}" if commenter else name
    if outlet:
        yield outlet
    if url:
        yield f"<{url}>"


def _proof(published_at: datetime | None, version: str, fetched_at: datetime, sha256: str) -> Iterator[str]:
    if published_at is not None:
        yield f"published {published_at.date().isoformat()}"
    yield f"version {version}, read {_utc(fetched_at)}, SHA-256 {sha256}"


def _utc(time: datetime) -> str:
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
