"""Checks an answer against the schema that the OpenAPI description gives for it: the part of JSON Schema it uses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_KNOWN = {
    "$ref", "anyOf", "type", "properties", "required", "additionalProperties", "items", "prefixItems", "enum", "const",
    "format", "minItems", "maxItems", "title", "description", "examples", "default",
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], parts: dict[str, Any], at: str = "$") -> list[str]:
    """Where the value is not as the schema says."""
    unknown = schema.keys() - _KNOWN
    assert not unknown, f"the check does not know {unknown}"
    if "$ref" in schema:
        return problems(value, parts[schema["$ref"].rpartition("/")[2]], parts, at)
    if "anyOf" in schema:
        tried = [problems(value, one, parts, at) for one in schema["anyOf"]]
        return [] if any(not found for found in tried) else [f"{at}: none of anyOf: {tried}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of {schema['enum']}"]
    if "const" in schema and value != schema["const"]:
        return [f"{at}: {value!r} is not {schema['const']!r}"]
    if "type" in schema:
        right = isinstance(value, _TYPES[schema["type"]]) and (schema["type"] == "boolean") == isinstance(value, bool)
        if not right:
            return [f"{at}: {value!r} is no {schema['type']}"]
    found: list[str] = []
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        found.append(f"{at}: {value} has no zone")
    if isinstance(value, dict):
        found += [f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value]
        named = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            found += [f"{at}: {name} is not described" for name in value.keys() - named.keys()]
        for name in value.keys() & named.keys():
            found += problems(value[name], named[name], parts, f"{at}.{name}")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{at}: {len(value)} items")
        each = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        for n, (item, of) in enumerate(zip(value, each, strict=False)):
            found += problems(item, of, parts, f"{at}[{n}]")
    return found
