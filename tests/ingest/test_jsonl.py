"""The object that ``onrecord extract`` prints: exactly the one of the contract."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from ingest.jsonl import as_json
from ingest.model import Block, Link, Outlet, Span, outlet_id
from tests.ingest.claims.pages import extracted, page

# The example of the contract, with every key that it has.
CONTRACT: dict[str, Any] = json.loads(
    """
{"id": "doc-...", "version": "ver-...", "url": null, "title": "...", "outlet": {"id": "ent-...", "name": "...", "domain": "..."},
 "author": "...", "published_at": null, "language": "en", "text": "...", "tail": "",
 "blocks": [{"kind": "paragraph|heading|quote|item|turn|caption", "start": 0, "end": 80, "lead_in": null}],
 "links": [{"container": "body", "start": 3, "end": 9, "url": "..."}],
 "comments": [{"index": 0, "id": "com-...", "author": "...", "by_post_author": false, "depth": 0, "parent": null,
   "posted_at": null, "url": null, "text": "..."}],
 "assertions": [{"id": "ast-...", "container": "body",
   "speaker": {"id": "ent-...", "name": "Dmitry Peskov", "kind": "person", "method": "...", "confidence": 0.9},
   "speaker_status": "resolved", "source": [[10, 22]], "cue": [[23, 27]], "content": [[29, 80]], "text": "...",
   "directness": "direct", "polarity": "affirmed", "certainty": "certain",
   "cites": [{"id": "ent-...", "name": "TASS", "domain": "tass.com", "role": "via"}],
   "reported_in": null, "passage": null, "asserted_at": null, "confidence": 0.93, "method": "model:..."}],
 "entities": [{"id": "ent-...", "name": "...", "kind": "person", "mentions": [["body", 10, 22]],
   "references": [["body", 40, 42]]}],
 "outlets": [{"id": "ent-...", "name": "...", "domain": "...", "mentions": [["body", 5, 8]]}],
 "replies": [{"comment": 5, "to": 2, "stance": "agree|disagree|neutral", "confidence": 0.8}],
 "disputes": [], "fact_checks": []}
"""  # noqa: E501
)
ADDED = {"asserted_at_from", "asserted_at_precision", "when", "quotes"}
TEXT = "Dmitry Peskov told TASS that it was late. He left.\n\nIt was said.\n\nThe talks went on and on."


def full() -> dict[str, Any]:
    document = page(
        TEXT,
        comments=[("ann", None, "I think it is late."), ("bob", 0, "Yes.")],
        blocks=[
            Block("paragraph", 0, 50),
            Block(
                "quote", TEXT.index("The talks"), len(TEXT), Span(TEXT.index("It was said"), TEXT.index("said.") + 5)
            ),
        ],
        links=[Link("body", 3, 9, "https://example.org/")],
        author="Yves Smith",
        outlet=Outlet(outlet_id(domain="example.org", name="Example"), "Example", "example.org"),
        published_at=datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=2))),
        posted_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    )
    return as_json(extracted(document))


def same_keys(given: Any, contract: Any) -> None:
    """All objects have the contract's keys, in its order, and after them what is added to it."""
    if isinstance(contract, dict) and given is not None:
        assert list(given)[: len(contract)] == list(contract)
        assert set(given) - set(contract) <= ADDED
        for key, value in contract.items():
            same_keys(given[key], value)
    elif isinstance(contract, list) and contract and isinstance(contract[0], dict):
        for item in given:
            same_keys(item, contract[0])


def test_every_key_of_the_contract_in_its_order() -> None:
    found = full()
    same_keys(found, CONTRACT)
    # Were one of these empty, nothing would have been compared.
    assert all(found[key] for key in CONTRACT if key not in {"url", "title", "tail", "disputes", "fact_checks"})
    assert any(assertion["cites"] for assertion in found["assertions"])
    assert any(assertion["speaker"] for assertion in found["assertions"])


def test_it_is_plain_json() -> None:
    found = full()
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_values() -> None:
    found = full()
    assertion = found["assertions"][0]
    assert assertion["source"] == [[0, 13]]
    assert assertion["cue"] == [[14, 18]]
    assert assertion["content"] == [[24, 40]]
    assert assertion["text"] == "that it was late"
    assert assertion["speaker"]["name"] == "Dmitry Peskov"
    assert [cite["role"] for cite in assertion["cites"]] == ["via"]
    assert found["published_at"] == "2026-01-02T03:04:00+02:00"
    assert found["comments"][0]["posted_at"] == "2026-01-02T03:04:00+00:00"
    assert [block["lead_in"] for block in found["blocks"]] == [None, [52, 64]]
    assert found["replies"] == [
        {"comment": 0, "to": "body", "stance": None, "confidence": None},
        {"comment": 1, "to": 0, "stance": "agree", "confidence": 0.8},
    ]
    assert found["entities"][0]["mentions"] == [["body", 0, 13]]


def test_what_is_absent_is_null() -> None:
    found = as_json(extracted(page("It was reported that the talks had ended.")))
    (assertion,) = found["assertions"]
    assert assertion["source"] is None
    assert assertion["speaker"] is None
    assert found["outlet"] is None
    assert found["published_at"] is None
