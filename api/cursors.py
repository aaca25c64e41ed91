"""Cursors: where a list goes on, as an opaque text that fits the one list and the filters it was made for."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ingest.errors import OnRecordError

Key = str | int | float | datetime
"""One part of a place in a list: a name, a number or a time."""


class CursorError(OnRecordError):
    """A cursor that is none, or that belongs to another list or to other filters."""


def fingerprint(name: str, filters: Mapping[str, Any]) -> str:
    """Tells lists apart: ``name`` with the filters that are set; ``limit`` and ``cursor`` are no filters."""
    parts = sorted((key, _plain(value)) for key, value in filters.items() if value is not None)
    encoded = json.dumps([name, parts], separators=(",", ":")).encode()
    return hashlib.sha256(encoded).hexdigest()[:16]


def encode(list_id: str, keys: Sequence[Key]) -> str:
    """The cursor for the page after the item with these keys, in the list with this fingerprint."""
    body = json.dumps([list_id, [_tagged(key) for key in keys]], separators=(",", ":"), ensure_ascii=True)
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def decode(cursor: str, list_id: str, types: Sequence[type]) -> tuple[Key, ...]:
    """The keys in a cursor.

    Args:
        cursor: as it came from outside.
        list_id: the fingerprint of the list and filters of this request.
        types: what each key must be.

    Raises:
        CursorError: it is no cursor, or another list's, or one for other filters.
    """
    try:
        body = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        found, tagged = json.loads(body)
        keys = tuple(_untagged(key) for key in tagged)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError, binascii.Error):
        raise CursorError("is not a cursor that this service gave out") from None
    if found != list_id:
        raise CursorError("belongs to another list or to other filters; start again without it")
    if len(keys) != len(types) or not all(type(key) is kind for key, kind in zip(keys, types, strict=True)):
        raise CursorError("is not a cursor that this service gave out")
    return keys


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else json.dumps(value)


def _tagged(key: Key) -> Any:
    return {"t": key.isoformat()} if isinstance(key, datetime) else key


def _untagged(key: Any) -> Key:
    if isinstance(key, dict):
        time = datetime.fromisoformat(key["t"])
        if time.tzinfo is None:
            raise ValueError("a time without a zone")
        return time
    if isinstance(key, str):
        # A lone surrogate can be written in JSON and not be sent to the database.
        key.encode("utf-8")
        return key
    if isinstance(key, bool) or not isinstance(key, int | float):
        raise TypeError("no key of a list")
    if isinstance(key, float) and key != key:
        raise ValueError("not a number")
    if isinstance(key, int) and abs(key) >= 2**63:
        raise ValueError("too large a number")
    number: int | float = key
    return number
