"""Pure: the values that properties have, as JSON and back.

Texts, numbers, booleans and lists of them stand for themselves; everything else is an object of one member, whose name
says what it is: ``{"datetime": ["2026-01-31T12:00:00.000000000", "Europe/Berlin", 3600]}``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, timedelta, timezone
from typing import Any

import pytz  # type: ignore[import-untyped]  # what the driver takes and gives zones as
from neo4j.spatial import CartesianPoint, Point, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time

UTC_ZONE = "UTC"
"""The zone of that name, which to Neo4j is another than an offset of nothing."""


def plain(properties: Mapping[str, Any], zones: Collection[str] = ()) -> dict[str, Any]:
    """Properties as the driver gives them, as JSON takes them.

    Args:
        properties: of a node or a relationship.
        zones: those whose time is in the zone named UTC; the driver does not tell it from an offset of nothing.

    Raises:
        TypeError: a value that this release does not know; names the property.
    """
    made = {}
    for key, value in properties.items():
        try:
            made[key] = _plain(value)
        except TypeError as error:
            raise TypeError(f"the property {key!r} is {error}") from None
        if key in zones:
            made[key]["datetime"][1] = UTC_ZONE
    return made


def native(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What ``plain`` made, as the driver takes it.

    Raises:
        ValueError: not made by ``plain``.
    """
    return {key: _native(value) for key, value in properties.items()}


def _plain(value: Any) -> Any:
    # In the order of how often each comes.
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, DateTime):
        return {"datetime": _datetime(value)}
    if isinstance(value, Date):
        return {"date": value.iso_format()}
    if isinstance(value, Time):
        return {"time": [_clock(value), None if value.tzinfo is None else _seconds(value.utcoffset())]}
    if isinstance(value, Duration):
        return {"duration": [value.months, value.days, value.seconds, value.nanoseconds]}
    if isinstance(value, Point):
        return {"point": [value.srid, *value]}
    if isinstance(value, bytes | bytearray):
        return {"bytes": bytes(value).hex()}
    raise TypeError(f"of a kind that backups do not know ({type(value).__name__})")


def _datetime(value: DateTime) -> list[Any]:
    """The clock's time, the zone's name if it has one, and the offset in seconds; neither for a time without a zone."""
    clock = f"{value.date().iso_format()}T{_clock(value.time())}"
    if value.tzinfo is None:
        return [clock, None, None]
    name = getattr(value.tzinfo, "zone", None)
    return [clock, None if name in (None, UTC_ZONE) else name, _seconds(value.utcoffset())]


def _clock(value: Time) -> str:
    return f"{value.hour:02}:{value.minute:02}:{value.second:02}.{value.nanosecond:09}"


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else round(offset.total_seconds())


def _native(value: Any) -> Any:
    if isinstance(value, list):
        return [_native(item) for item in value]
    if not isinstance(value, dict):
        return value
    try:
        ((kind, held),) = value.items()
        return _READERS[kind](held)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ValueError(f"not a value of a property: {value!r:.80}") from error


def _read_datetime(held: list[Any]) -> DateTime:
    clock, zone, offset = held
    local: DateTime = DateTime.from_iso_format(clock)
    if offset is None:
        return local
    if zone is None:
        return _at(local, offset)
    # Once a year a clock shows the same hour twice: the offset tells which.
    moved: DateTime = _at(local, offset).astimezone(pytz.timezone(zone))
    return moved


def _at(local: DateTime, offset: int) -> DateTime:
    # The driver sends what pytz calls UTC as the zone of that name, and Python's own as an offset of nothing.
    placed: DateTime = local.replace(tzinfo=UTC if offset == 0 else timezone(timedelta(seconds=offset)))
    return placed


def _read_time(held: list[Any]) -> Time:
    clock, offset = held
    read: Time = Time.from_iso_format(clock)
    return read if offset is None else read.replace(tzinfo=pytz.FixedOffset(offset // 60))


def _read_point(held: list[Any]) -> Point:
    srid, *coordinates = held
    kinds: Mapping[int, type[Point]] = {4326: WGS84Point, 4979: WGS84Point, 7203: CartesianPoint, 9157: CartesianPoint}
    return kinds[srid](coordinates)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "float": float,
    "datetime": _read_datetime,
    "date": Date.from_iso_format,
    "time": _read_time,
    "duration": lambda held: Duration(months=held[0], days=held[1], seconds=held[2], nanoseconds=held[3]),
    "point": _read_point,
    "bytes": bytes.fromhex,
}
